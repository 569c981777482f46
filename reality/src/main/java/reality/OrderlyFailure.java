package reality;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.ConsumeOrderlyContext;
import org.apache.rocketmq.client.consumer.listener.ConsumeOrderlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerOrderly;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.remoting.protocol.heartbeat.MessageModel;

/** OR-6, OR-7, CO-14: a message that fails in order, with and without a limit; one that fails while broadcasting. */
final class OrderlyFailure {
  private static final String TOPIC = "Failing";

  private OrderlyFailure() {}

  private interface Answer {
    ConsumeOrderlyStatus of(ConsumeOrderlyContext context);
  }

  static void ask() throws Exception {
    try (Cluster cluster = new Cluster("suspend")) {
      cluster.startBroker("a", "127.0.0.1", Cluster.PORT_A, Map.of());
      cluster.createTopic(TOPIC, 1, Cluster.ADDRESS_A);
      DefaultMQProducer producer = new DefaultMQProducer("suspend");
      producer.setNamesrvAddr(Cluster.NAME_SERVER);
      producer.start();
      for (String id : List.of("first", "bad", "next")) {
        producer.send(new Message(TOPIC, id.getBytes(StandardCharsets.UTF_8)));
      }
      ordered(cluster, "suspends", -1, context -> ConsumeOrderlyStatus.SUSPEND_CURRENT_QUEUE_A_MOMENT);
      ordered(cluster, "throws", -1, context -> {
        throw new IllegalStateException("a mistake of the listener");
      });
      ordered(cluster, "null", -1, context -> null);
      ordered(cluster, "limit-2", 2, context -> ConsumeOrderlyStatus.SUSPEND_CURRENT_QUEUE_A_MOMENT);
      ordered(cluster, "says-1-ms", -1, context -> {
        context.setSuspendCurrentQueueTimeMillis(1);
        return ConsumeOrderlyStatus.SUSPEND_CURRENT_QUEUE_A_MOMENT;
      });

      AtomicInteger times = new AtomicInteger();
      DefaultMQPushConsumer broadcasting = Consumers.start("broadcasting", TOPIC, "*", (messages, context) -> {
        times.incrementAndGet();
        return ConsumeConcurrentlyStatus.RECONSUME_LATER;
      }, consumer -> consumer.setMessageModel(MessageModel.BROADCASTING));
      Thread.sleep(15_000);
      Report.line("broadcasting, RECONSUME_LATER: 3 messages delivered %d times in 15 s", times.get());
      broadcasting.shutdown();
      producer.shutdown();
    }
  }

  private static void ordered(Cluster cluster, String what, int maxReconsumeTimes, Answer answer) throws Exception {
    List<Delivery> seen = Collections.synchronizedList(new ArrayList<>());
    DefaultMQPushConsumer consumer = new DefaultMQPushConsumer(what);
    consumer.setNamesrvAddr(Cluster.NAME_SERVER);
    consumer.setInstanceName(what);
    consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
    consumer.setMaxReconsumeTimes(maxReconsumeTimes);
    consumer.subscribe(TOPIC, "*");
    consumer.registerMessageListener((MessageListenerOrderly) (messages, context) -> {
      MessageExt message = messages.get(0);
      seen.add(Delivery.of(message));
      return seen.get(seen.size() - 1).id().equals("bad") ? answer.of(context) : ConsumeOrderlyStatus.SUCCESS;
    });
    consumer.start();
    Thread.sleep(10_000);
    consumer.shutdown();
    List<Delivery> all = List.copyOf(seen);
    List<Delivery> bad = all.stream().filter(each -> each.id().equals("bad")).toList();
    List<Long> gaps = new ArrayList<>();
    for (int i = 1; i < bad.size(); i++) {
      gaps.add(bad.get(i).beganMs() - bad.get(i - 1).beganMs());
    }
    Report.line("%s: in 10 s bad is delivered %d times, each %s ms, reconsumeTimes up to %d; next %d times; dead letters %s",
        what, bad.size(), Report.spread(gaps), bad.isEmpty() ? -1 : bad.get(bad.size() - 1).reconsumed(),
        all.stream().filter(each -> each.id().equals("next")).count(), deadLetters(cluster, what));
  }

  private static String deadLetters(Cluster cluster, String group) {
    try {
      return String.valueOf(SyncMaster.stored(cluster, "%DLQ%" + group));
    } catch (Exception e) {
      return "none";
    }
  }
}
