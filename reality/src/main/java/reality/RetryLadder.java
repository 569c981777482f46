package reality;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyContext;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;

/** CO-13, CO-19 to CO-23, SC-4: what becomes of a message that fails, when, and where it stands meanwhile. */
final class RetryLadder {
  private static final String TOPIC = "Ladder";
  private static final int LATER = 20;
  private static final List<Integer> LADDER_MS = List.of(10_000, 30_000, 60_000);

  private RetryLadder() {}

  static void ask() throws Exception {
    try (Cluster cluster = new Cluster("retry")) {
      cluster.startBroker("a", "127.0.0.1", Cluster.PORT_A, Map.of());
      cluster.createTopic(TOPIC, 1, Cluster.ADDRESS_A);
      List<Delivery> seen = Collections.synchronizedList(new ArrayList<>());
      DefaultMQPushConsumer ladder = Consumers.start("ladder", TOPIC, "*", (messages, context) -> {
        seen.add(Delivery.of(messages.get(0)));
        describe(messages.get(0));
        return answer(messages.get(0), context);
      }, consumer -> {});
      List<Delivery> limited = Collections.synchronizedList(new ArrayList<>());
      DefaultMQPushConsumer once = Consumers.start("once", TOPIC, "*", (messages, context) -> {
        limited.add(Delivery.of(messages.get(0)));
        return ConsumeConcurrentlyStatus.RECONSUME_LATER;
      }, consumer -> consumer.setMaxReconsumeTimes(1));
      DefaultMQProducer producer = new DefaultMQProducer("retry");
      producer.setNamesrvAddr(Cluster.NAME_SERVER);
      producer.start();
      for (String id : List.of("null", "throws", "level1", "dead", "ok")) {
        producer.send(new Message(TOPIC, id.getBytes(StandardCharsets.UTF_8)));
      }
      // 130 ms apart: their due times fall on all phases of the 100 ms looks.
      for (int i = 0; i < LATER; i++) {
        producer.send(new Message(TOPIC, ("later" + i).getBytes(StandardCharsets.UTF_8)));
        Thread.sleep(130);
      }
      Report.line("while they wait: %s", topics(cluster));
      Thread.sleep(20_000);
      Report.line("20 s later: %s", topics(cluster));
      List<Delivery> dead = Collections.synchronizedList(new ArrayList<>());
      DefaultMQPushConsumer undertaker = Consumers.start("undertaker", "%DLQ%once", "*", message -> {
        dead.add(Delivery.of(message));
        return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
      });
      Thread.sleep(90_000);

      for (String id : List.of("null", "throws", "level1", "dead", "ok", "later0")) {
        List<Delivery> each = of(seen, id);
        Report.line("%s: delivered at %s s, reconsumeTimes %s, offsets %s", id,
            each.stream().map(d -> "%.2f".formatted((d.beganMs() - each.get(0).beganMs()) / 1e3)).toList(),
            each.stream().map(Delivery::reconsumed).toList(), each.stream().map(Delivery::offset).toList());
      }
      for (int step = 0; step < LADDER_MS.size(); step++) {
        List<Long> put = new ArrayList<>();
        List<Long> taken = new ArrayList<>();
        for (int i = 0; i < LATER; i++) {
          List<Delivery> each = of(seen, "later" + i);
          if (each.size() > step + 1) {
            put.add(each.get(step + 1).storedMs() - each.get(step).beganMs() - LADDER_MS.get(step));
            taken.add(each.get(step + 1).beganMs() - each.get(step + 1).storedMs());
          }
        }
        Report.line("retry %d, after %d s: put to the retry topic late by %s ms, begun %s ms after that (%d messages)",
            step + 1, LADDER_MS.get(step) / 1000, Report.spread(put), Report.spread(taken), put.size());
      }
      Report.line("maxReconsumeTimes 1: later0 delivered %d times, as dead letter %d times (reconsumeTimes %s), of all"
          + " %d dead letters; put there %d ms after its last delivery", of(limited, "later0").size(),
          of(dead, "later0").size(), of(dead, "later0").stream().map(Delivery::reconsumed).toList(), dead.size(),
          of(dead, "later0").get(0).storedMs() - of(limited, "later0").get(1).beganMs());
      Report.line("in the end: %s", topics(cluster));
      for (DefaultMQPushConsumer each : List.of(ladder, once, undertaker)) {
        each.shutdown();
      }
      producer.shutdown();
    }
  }

  private static ConsumeConcurrentlyStatus answer(MessageExt message, ConsumeConcurrentlyContext context) {
    switch (new String(message.getBody(), StandardCharsets.UTF_8)) {
      case "null":
        return null;
      case "throws":
        throw new IllegalStateException("a mistake of the listener");
      case "ok":
        return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
      case "level1":
        context.setDelayLevelWhenNextConsume(1);
        return ConsumeConcurrentlyStatus.RECONSUME_LATER;
      case "dead":
        context.setDelayLevelWhenNextConsume(-1);
        return ConsumeConcurrentlyStatus.RECONSUME_LATER;
      default:
        return ConsumeConcurrentlyStatus.RECONSUME_LATER;
    }
  }

  private static void describe(MessageExt message) {
    if (new String(message.getBody(), StandardCharsets.UTF_8).equals("later0")) {
      Report.line("later0: topic %s, queue %d, msgId %s, properties %s", message.getTopic(), message.getQueueId(),
          message.getMsgId(), message.getProperties());
    }
  }

  private static List<Delivery> of(List<Delivery> all, String id) {
    return List.copyOf(all).stream().filter(each -> each.id().equals(id))
        .sorted(Comparator.comparingLong(Delivery::beganMs)).toList();
  }

  /** Messages in each queue of the topics that a retry touches. */
  private static String topics(Cluster cluster) throws Exception {
    return List.of("SCHEDULE_TOPIC_XXXX", "%RETRY%ladder", "%DLQ%ladder", "%RETRY%once", "%DLQ%once").stream()
        .map(topic -> {
          try {
            return topic + cluster.admin().examineTopicStats(topic).getOffsetTable().entrySet().stream()
                .filter(each -> each.getValue().getMaxOffset() > 0)
                .collect(Collectors.toMap(each -> each.getKey().getQueueId(), each -> each.getValue().getMaxOffset()));
          } catch (Exception e) {
            return topic + " does not exist";
          }
        }).collect(Collectors.joining(", "));
  }
}
