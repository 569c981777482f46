package reality;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageQueue;

/** S33, lever "batch 10": two consumers of 20 threads, four queues, 400 ms for each call of the listener. */
final class BatchOfTen {
  private static final int BACKLOG = 48_000;
  private static final int CALL_MS = 400;

  private BatchOfTen() {}

  static void ask() throws Exception {
    try (Cluster cluster = new Cluster("batch")) {
      cluster.startBroker("a", "127.0.0.1", Cluster.PORT_A, Map.of());
      for (int pullBatchSize : new int[] {32, 30}) {
        cluster.createTopic("Backlog" + pullBatchSize, 4, Cluster.ADDRESS_A);
        measure("Backlog" + pullBatchSize, pullBatchSize);
      }
    }
  }

  private static void fill(String topic) throws Exception {
    DefaultMQProducer producer = new DefaultMQProducer("fill" + topic);
    producer.setNamesrvAddr(Cluster.NAME_SERVER);
    producer.setInstanceName("fill" + System.nanoTime());
    producer.start();
    byte[] body = "m".repeat(100).getBytes(StandardCharsets.UTF_8);
    List<MessageQueue> queues = producer.fetchPublishMessageQueues(topic);
    for (int sent = 0; sent < BACKLOG; sent += 200) {
      List<Message> batch = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        batch.add(new Message(topic, body));
      }
      producer.send(batch, queues.get(sent / 200 % queues.size()));
    }
    producer.shutdown();
    Report.line("%d messages wait in %d queues", BACKLOG, queues.size());
  }

  private static void measure(String topic, int pullBatchSize) throws Exception {
    AtomicLong ended = new AtomicLong();
    AtomicLong calls = new AtomicLong();
    AtomicInteger busy = new AtomicInteger();
    Map<Integer, Integer> sizes = new ConcurrentSkipListMap<>();
    List<DefaultMQPushConsumer> consumers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      DefaultMQPushConsumer consumer = new DefaultMQPushConsumer("batch" + pullBatchSize);
      consumer.setNamesrvAddr(Cluster.NAME_SERVER);
      consumer.setInstanceName("c" + i + "-" + pullBatchSize);
      consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
      consumer.setConsumeMessageBatchMaxSize(10);
      consumer.setPullBatchSize(pullBatchSize);
      consumer.subscribe(topic, "*");
      consumer.registerMessageListener((MessageListenerConcurrently) (messages, context) -> {
        sizes.merge(messages.size(), 1, Integer::sum);
        busy.incrementAndGet();
        try {
          Thread.sleep(CALL_MS);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        ended.addAndGet(messages.size());
        calls.incrementAndGet();
        busy.decrementAndGet();
        return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
      });
      consumer.start();
      consumers.add(consumer);
    }
    // Both own two queues before the backlog comes: the lever is asked, not the rebalance before it.
    Cluster.await("two queues each", 90, () -> consumers.stream().allMatch(each -> queuesOf(each, topic) == 2));
    fill(topic);
    Thread.sleep(8000);
    sizes.clear();
    long before = ended.get();
    long callsBefore = calls.get();
    long beganNs = System.nanoTime();
    int busyMin = 40;
    for (int i = 0; i < 300; i++) {
      Thread.sleep(100);
      busyMin = Math.min(busyMin, busy.get());
    }
    double seconds = (System.nanoTime() - beganNs) / 1e9;
    long messages = ended.get() - before;
    long callsMade = calls.get() - callsBefore;
    Report.line("pullBatchSize %d: %.1f messages/s, %.1f calls/s over %.1f s; calls by size %s;"
            + " threads busy at least %d of 40; left %d", pullBatchSize, messages / seconds, callsMade / seconds, seconds, sizes, busyMin,
        BACKLOG - ended.get());
    consumers.forEach(DefaultMQPushConsumer::shutdown);
  }

  private static long queuesOf(DefaultMQPushConsumer consumer, String topic) {
    return consumer.getDefaultMQPushConsumerImpl().getRebalanceImpl().getProcessQueueTable().keySet().stream()
        .filter(queue -> queue.getTopic().equals(topic)).count();
  }
}
