package reality;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.SendResult;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.message.MessageQueue;

/** PR-14, BR-5, BR-29: what a batch becomes on the broker, and what happens to one that is too large for it. */
final class BatchSend {
  private static final String TOPIC = "Batches";
  private static final int MIB = 1 << 20;

  private BatchSend() {}

  static void ask() throws Exception {
    try (Cluster cluster = new Cluster("batch-send")) {
      cluster.startBroker("a", "127.0.0.1", Cluster.PORT_A, Map.of("mappedFileSizeCommitLog", String.valueOf(MIB)));
      cluster.createTopic(TOPIC, 1, Cluster.ADDRESS_A);
      DefaultMQProducer producer = producer("narrow", 4 * MIB);
      DefaultMQProducer wide = producer("wide", 64 * MIB);
      List<MessageExt> read = Collections.synchronizedList(new ArrayList<>());
      DefaultMQPushConsumer consumer = consumer(read);

      send(cluster, producer, "3 of 100 B", messages(3, 100));
      send(cluster, producer, "6 of 100 KiB", messages(6, 100 << 10));
      send(cluster, producer, "6 of 100 KiB again, the file is 1 MiB", messages(6, 100 << 10));
      send(cluster, producer, "5 of 1 MiB, producer's limit 4 MiB", messages(5, MIB));
      send(cluster, wide, "5 of 1 MiB, producer's limit 64 MiB", messages(5, MIB));
      List<Message> delayed = messages(3, 100);
      delayed.get(1).setDelayTimeLevel(1);
      send(cluster, producer, "3 of 100 B, one delayed", delayed);
      send(cluster, producer, "20 of 100 KiB, more than a file", messages(20, 100 << 10));
      send(cluster, producer, "3 of 100 B after that", messages(3, 100));
      // Random bytes: a compressed body would fit.
      byte[] body = new byte[2 * MIB];
      new Random(1).nextBytes(body);
      send(cluster, producer, "one message of 2 MiB, more than a file", new Message(TOPIC, body));
      send(cluster, producer, "3 of 100 B after that", messages(3, 100));

      Thread.sleep(5_000);
      List<MessageExt> seen = new ArrayList<>(read);
      seen.sort(Comparator.comparingLong(MessageExt::getQueueOffset));
      for (MessageExt each : seen) {
        Report.line("read offset %d at %d, %d B: id %s, keys %s", each.getQueueOffset(), each.getCommitLogOffset(),
            each.getStoreSize(), each.getMsgId(), each.getKeys());
      }
      consumer.shutdown();
      producer.shutdown();
      wide.shutdown();
    }
  }

  private static DefaultMQProducer producer(String name, int maxMessageSize) throws Exception {
    DefaultMQProducer producer = new DefaultMQProducer(name);
    producer.setNamesrvAddr(Cluster.NAME_SERVER);
    producer.setInstanceName(name);
    producer.setSendMsgTimeout(10_000);
    producer.setMaxMessageSize(maxMessageSize);
    producer.start();
    return producer;
  }

  private static DefaultMQPushConsumer consumer(List<MessageExt> read) throws Exception {
    DefaultMQPushConsumer consumer = new DefaultMQPushConsumer("batch-send");
    consumer.setNamesrvAddr(Cluster.NAME_SERVER);
    consumer.setInstanceName("reader");
    consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
    consumer.subscribe(TOPIC, "*");
    consumer.registerMessageListener((MessageListenerConcurrently) (messages, context) -> {
      read.addAll(messages);
      return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
    });
    consumer.start();
    return consumer;
  }

  private static List<Message> messages(int count, int bytes) {
    List<Message> messages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      messages.add(new Message(TOPIC, "", "k" + i, "x".repeat(bytes).getBytes(StandardCharsets.UTF_8)));
    }
    return messages;
  }

  private static void send(Cluster cluster, DefaultMQProducer producer, String what, Object load) throws Exception {
    long began = System.nanoTime();
    String said;
    try {
      @SuppressWarnings("unchecked")
      SendResult result = load instanceof Message one ? producer.send(one) : producer.send((List<Message>) load);
      said = "%s, offset %d, first id %s".formatted(
          result.getSendStatus(), result.getQueueOffset(), result.getMsgId().split(",")[0]);
    } catch (Exception e) {
      said = chain(e);
    }
    Report.line("%s: %s after %.0f ms; max offset now %d", what, said, (System.nanoTime() - began) / 1e6,
        cluster.admin().maxOffset(new MessageQueue(TOPIC, "a", 0)));
  }

  private static String chain(Throwable e) {
    List<Throwable> all = new ArrayList<>();
    for (Throwable each = e; each != null && all.size() < 4; each = each.getCause()) {
      all.add(each);
    }
    return all.stream().map(each -> each.getClass().getSimpleName() + " \"" + first(each.getMessage()) + "\"")
        .collect(Collectors.joining(" <- "));
  }

  private static String first(String text) {
    String line = text == null ? "" : text.lines().findFirst().orElse("");
    return line.length() > 160 ? line.substring(0, 160) : line;
  }
}
