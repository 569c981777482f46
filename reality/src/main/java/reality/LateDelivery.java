package reality;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.producer.LocalTransactionState;
import org.apache.rocketmq.client.producer.TransactionListener;
import org.apache.rocketmq.client.producer.TransactionMQProducer;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;

/** SC-1 to SC-9: how late are delay levels and timer messages, and what do odd wishes become? */
final class LateDelivery {
  private static final String TOPIC = "Later";
  private static final int EACH = 30;

  private LateDelivery() {}

  static void ask() throws Exception {
    try (Cluster cluster = new Cluster("delay")) {
      cluster.startBroker("a", "127.0.0.1", Cluster.PORT_A, Map.of());
      cluster.createTopic(TOPIC, 1, Cluster.ADDRESS_A);
      List<Delivery> seen = Collections.synchronizedList(new ArrayList<>());
      DefaultMQPushConsumer consumer = Consumers.start("delay", TOPIC, "*", message -> {
        seen.add(Delivery.of(message));
        return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
      });
      TransactionMQProducer producer = new TransactionMQProducer("delay");
      producer.setNamesrvAddr(Cluster.NAME_SERVER);
      producer.setTransactionListener(new Committing());
      producer.start();
      Thread.sleep(5_000);

      List<Long> wished = new ArrayList<>();
      for (int i = 0; i < EACH; i++) {
        for (int level = 1; level <= 3; level++) {
          int wish = level;
          send(producer, "level%d-%d".formatted(level, i), message -> message.setDelayTimeLevel(wish));
        }
        send(producer, "for-" + i, message -> message.setDelayTimeMs(3_000));
        // A whole second, and one that is none.
        long atMs = (System.currentTimeMillis() / 1000 + 4) * 1000 + i % 2 * 500;
        wished.add(atMs);
        send(producer, "at-" + i, message -> message.setDeliverTimeMs(atMs));
        Thread.sleep(137);
      }
      odd(producer);
      Thread.sleep(20_000);

      long[] levelsMs = {1_000, 5_000, 10_000};
      for (int level = 1; level <= 3; level++) {
        long waitMs = levelsMs[level - 1];
        String prefix = "level" + level + "-";
        Report.line("level %d: late by %s ms (%d), begun %s ms after that", level,
            Report.spread(of(seen, prefix).map(d -> d.storedMs() - d.bornMs() - waitMs).toList()),
            of(seen, prefix).count(),
            Report.spread(of(seen, prefix).map(d -> d.beganMs() - d.storedMs()).toList()));
      }
      Report.line("3 s by setDelayTimeMs: late by %s ms (%d); put %s ms after a whole second",
          Report.spread(of(seen, "for-").map(d -> d.storedMs() - d.bornMs() - 3_000).toList()),
          of(seen, "for-").count(), Report.spread(of(seen, "for-").map(d -> d.storedMs() % 1000).toList()));
      for (int half = 0; half < 2; half++) {
        int odd = half;
        List<Delivery> each = of(seen, "at-").filter(d -> number(d) % 2 == odd).toList();
        Report.line("setDeliverTimeMs at a %s second: late by %s ms (%d)", half == 0 ? "whole" : "half",
            Report.spread(each.stream().map(d -> d.storedMs() - wished.get(number(d))).toList()), each.size());
      }
      for (String id : List.of("past", "now", "both", "batch", "tx-level", "tx-timer")) {
        Report.line("%s: %s", id, of(seen, id).map(d -> "%s read %.2f s after its send".formatted(
            d.id(), (d.beganMs() - d.bornMs()) / 1e3)).collect(Collectors.joining(", ")));
      }
      Report.line("topics: %s", List.of("SCHEDULE_TOPIC_XXXX", "rmq_sys_wheel_timer", "RMQ_SYS_TRANS_HALF_TOPIC",
          "RMQ_SYS_TRANS_OP_HALF_TOPIC", "TRANS_CHECK_MAX_TIME_TOPIC", TOPIC).stream()
          .map(topic -> topic + " " + stored(cluster, topic)).collect(Collectors.joining(", ")));
      consumer.shutdown();
      producer.shutdown();
    }
  }

  private static void odd(TransactionMQProducer producer) throws Exception {
    send(producer, "past", message -> message.setDeliverTimeMs(System.currentTimeMillis() - 5_000));
    send(producer, "now", message -> message.setDelayTimeMs(0));
    send(producer, "both", message -> {
      message.setDelayTimeLevel(2);
      message.setDeliverTimeMs(System.currentTimeMillis() + 2_000);
    });
    send(producer, "far", message -> message.setDelayTimeSec(259_201));
    List<Message> batch = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Message message = message("batch" + i);
      message.setDelayTimeMs(3_000);
      batch.add(message);
    }
    try {
      Report.line("a batch with setDelayTimeMs: %s", producer.send(batch).getSendStatus());
    } catch (Exception e) {
      Report.line("a batch with setDelayTimeMs: %s", e);
    }
    for (String id : List.of("tx-level", "tx-timer")) {
      Message message = message(id);
      if (id.equals("tx-level")) {
        message.setDelayTimeLevel(2);
      } else {
        message.setDelayTimeMs(3_000);
      }
      try {
        Report.line("%s: %s", id, producer.sendMessageInTransaction(message, null).getSendStatus());
      } catch (Exception e) {
        Report.line("%s: %s", id, e);
      }
    }
  }

  private static Message message(String id) {
    return new Message(TOPIC, id.getBytes(StandardCharsets.UTF_8));
  }

  private static void send(TransactionMQProducer producer, String id, Consumer<Message> wish) throws Exception {
    Message message = message(id);
    wish.accept(message);
    try {
      producer.send(message);
    } catch (Exception e) {
      Report.line("%s: %s", id, e.getMessage().lines().findFirst().orElse(""));
    }
  }

  private static java.util.stream.Stream<Delivery> of(List<Delivery> seen, String prefix) {
    return List.copyOf(seen).stream().filter(each -> each.id().startsWith(prefix));
  }

  private static int number(Delivery delivery) {
    return Integer.parseInt(delivery.id().substring(delivery.id().indexOf('-') + 1));
  }

  private static String stored(Cluster cluster, String topic) {
    try {
      return String.valueOf(SyncMaster.stored(cluster, topic));
    } catch (Exception e) {
      return "does not exist";
    }
  }

  private static final class Committing implements TransactionListener {
    @Override
    public LocalTransactionState executeLocalTransaction(Message message, Object argument) {
      return LocalTransactionState.COMMIT_MESSAGE;
    }

    @Override
    public LocalTransactionState checkLocalTransaction(MessageExt message) {
      Report.line("asked about %s", new String(message.getBody(), StandardCharsets.UTF_8));
      return LocalTransactionState.COMMIT_MESSAGE;
    }
  }
}
