package reality;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.producer.LocalTransactionState;
import org.apache.rocketmq.client.producer.SendStatus;
import org.apache.rocketmq.client.producer.TransactionListener;
import org.apache.rocketmq.client.producer.TransactionMQProducer;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;

/** SC-6, SC-10, TX-12: the broker is killed (-9): what was already delivered is delivered again by its own services? */
final class CrashAgain {
  private static final String TOPIC = "Again";
  private static final int GAP_MS = 50;
  /** Plain, delay level 1, timer of 2 s, transaction that commits at once. */
  private static final List<String> KINDS = List.of("plain", "level", "timer", "tx");

  private CrashAgain() {}

  static void ask() throws Exception {
    try (Cluster cluster = new Cluster("crash-again")) {
      Cluster.Node broker = cluster.startBroker("a", "127.0.0.1", Cluster.PORT_A, Map.of());
      cluster.createTopic(TOPIC, 1, Cluster.ADDRESS_A);
      List<Delivery> seen = Collections.synchronizedList(new ArrayList<>());
      DefaultMQPushConsumer consumer = Consumers.start("again", TOPIC, "*", message -> {
        seen.add(Delivery.of(message));
        return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
      });
      TransactionMQProducer producer = new TransactionMQProducer("again");
      producer.setNamesrvAddr(Cluster.NAME_SERVER);
      producer.setRetryTimesWhenSendFailed(0);
      producer.setTransactionListener(new Committed());
      producer.start();
      Thread.sleep(3_000);
      for (int round = 1; round <= 3; round++) {
        List<String> stored = new ArrayList<>();
        // The rounds differ, so that the kills fall on different phases of the 10 s and 3 s timers.
        long endMs = System.currentTimeMillis() + 22_000 + 2_300L * round;
        for (int i = 0; System.currentTimeMillis() < endMs; i++) {
          String id = KINDS.get(i % KINDS.size()) + "-" + round + "-" + i;
          if (send(producer, id)) {
            stored.add(id);
          }
          Thread.sleep(GAP_MS);
        }
        broker.kill();
        long killedMs = System.currentTimeMillis();
        broker = cluster.startBroker("a", "127.0.0.1", Cluster.PORT_A, Map.of());
        Thread.sleep(75_000);
        for (String kind : KINDS) {
          tell(round, kind, stored, List.copyOf(seen), killedMs);
        }
      }
      consumer.shutdown();
      producer.shutdown();
    }
  }

  private static void tell(int round, String kind, List<String> stored, List<Delivery> seen, long killedMs) {
    Map<String, List<Delivery>> by = new TreeMap<>();
    seen.stream().filter(each -> each.id().startsWith(kind + "-" + round + "-"))
        .forEach(each -> by.computeIfAbsent(each.id(), id -> new ArrayList<>()).add(each));
    long missing = stored.stream().filter(each -> each.startsWith(kind + "-") && !by.containsKey(each)).count();
    List<Delivery> again = by.values().stream().filter(each -> each.size() > 1).map(each -> each.get(1)).toList();
    List<Long> age = by.values().stream().filter(each -> each.size() > 1)
        .map(each -> killedMs - each.get(0).beganMs()).toList();
    Report.line("kill -9 (%d), %s: %d SEND_OK, %d delivered, %d again; these had been delivered %s ms before the kill and"
        + " came again %s ms after it; never delivered %d", round, kind,
        stored.stream().filter(each -> each.startsWith(kind + "-")).count(), by.size(), again.size(),
        Report.spread(age), Report.spread(again.stream().map(each -> each.beganMs() - killedMs).toList()), missing);
  }

  private static boolean send(TransactionMQProducer producer, String id) {
    Message message = new Message(TOPIC, id.getBytes(StandardCharsets.UTF_8));
    try {
      if (id.startsWith("tx")) {
        return producer.sendMessageInTransaction(message, null).getSendStatus() == SendStatus.SEND_OK;
      }
      if (id.startsWith("level")) {
        message.setDelayTimeLevel(1);
      } else if (id.startsWith("timer")) {
        message.setDelayTimeMs(2_000);
      }
      return producer.send(message).getSendStatus() == SendStatus.SEND_OK;
    } catch (Exception e) {
      return false;
    }
  }

  private static final class Committed implements TransactionListener {
    @Override
    public LocalTransactionState executeLocalTransaction(Message message, Object argument) {
      return LocalTransactionState.COMMIT_MESSAGE;
    }

    @Override
    public LocalTransactionState checkLocalTransaction(MessageExt message) {
      return LocalTransactionState.COMMIT_MESSAGE;
    }
  }
}
