package reality;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.producer.LocalTransactionState;
import org.apache.rocketmq.client.producer.TransactionListener;
import org.apache.rocketmq.client.producer.TransactionMQProducer;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageConst;
import org.apache.rocketmq.common.message.MessageExt;

/** TX-6 to TX-12: when are open transactions asked about, how often, and what becomes of them? */
final class OpenTransactions {
  private OpenTransactions() {}

  static void ask() throws Exception {
    try (Cluster cluster = new Cluster("tx")) {
      cluster.startBroker("a", "127.0.0.1", Cluster.PORT_A, Map.of());
      cluster.startBroker("b", "127.0.0.1", Cluster.PORT_B,
          Map.of("transactionCheckInterval", "3000", "transactionTimeOut", "1000"));
      cluster.createTopic("Defaults", 1, Cluster.ADDRESS_A);
      cluster.createTopic("Quick", 1, "127.0.0.1:" + Cluster.PORT_B);
      Thread defaults = new Thread(() -> quietly(() -> defaults(cluster)));
      defaults.start();
      quick(cluster);
      defaults.join();
    }
  }

  /** Halves of every age that are never answered, on a broker of default settings. */
  private static void defaults(Cluster cluster) throws Exception {
    Application application = new Application();
    TransactionMQProducer producer = application.start("tx-defaults");
    for (int i = 0; i < 40; i++) {
      application.send(producer, "Defaults", "open" + i, -1, null);
      Thread.sleep(1_000);
    }
    Thread.sleep(120_000);
    List<Long> first = new ArrayList<>();
    List<Long> gaps = new ArrayList<>();
    Map<Long, Integer> rounds = new TreeMap<>();
    for (int i = 0; i < 40; i++) {
      List<Long> asked = application.askedMs("open" + i);
      for (int j = 0; j < asked.size(); j++) {
        if (j == 0) {
          first.add(asked.get(0) - application.sentMs("open" + i));
        } else {
          gaps.add(asked.get(j) - asked.get(j - 1));
        }
        rounds.merge((asked.get(j) - application.sentMs("open0")) / 1000, 1, Integer::sum);
      }
    }
    Report.line("defaults: first asked %s ms after the send (%d of 40), again after %s ms; questions by second since"
        + " the first send %s", Report.spread(first), first.size(), Report.spread(gaps), rounds);
    producer.shutdown();
  }

  /** Checks each 3 s from an age of 1 s on. */
  private static void quick(Cluster cluster) throws Exception {
    Application application = new Application();
    List<Delivery> seen = Collections.synchronizedList(new ArrayList<>());
    DefaultMQPushConsumer consumer = Consumers.start("tx", "Quick", "*", message -> {
      seen.add(Delivery.of(message));
      return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
    });
    TransactionMQProducer producer = application.start("tx-quick");
    application.send(producer, "Quick", "never", -1, null);
    for (int i = 0; i < 5; i++) {
      application.send(producer, "Quick", "slow" + i, 7_000, null);
      application.send(producer, "Quick", "slow-immune" + i, 7_000, "20");
      application.send(producer, "Quick", "late" + i, 7_000, "3");
      application.send(producer, "Quick", "fast" + i, 0, null);
      Thread.sleep(700);
    }
    Thread.sleep(100_000);
    for (String kind : List.of("fast", "slow", "slow-immune", "late")) {
      List<Long> times = new ArrayList<>();
      List<String> asked = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        String id = kind + i;
        times.add(seen.stream().filter(each -> each.id().equals(id)).count());
        asked.add(application.askedAfterS(id));
      }
      Report.line("%s: delivered %s times; asked after s %s; ended %s", kind, times, asked,
          application.endedAfterS(kind + 0));
    }
    List<Long> asked = application.askedMs("never");
    List<Long> gaps = new ArrayList<>();
    for (int i = 1; i < asked.size(); i++) {
      gaps.add(asked.get(i) - asked.get(i - 1));
    }
    Report.line("never: asked %d times, first after %d ms, then each %s ms; counts as the application is told %s",
        asked.size(), asked.get(0) - application.sentMs("never"), Report.spread(gaps), application.counts("never"));
    for (String topic : List.of("RMQ_SYS_TRANS_HALF_TOPIC", "RMQ_SYS_TRANS_OP_HALF_TOPIC",
        "TRANS_CHECK_MAX_TIME_TOPIC")) {
      // The topics of both brokers; Defaults has no part in the last one within this time.
      Report.line("%s: %s", topic, cluster.admin().examineTopicStats(topic).getOffsetTable().entrySet().stream()
          .map(each -> each.getKey().getBrokerName() + " " + each.getValue().getMaxOffset()).toList());
    }
    consumer.shutdown();
    producer.shutdown();
  }

  private interface Task {
    void run() throws Exception;
  }

  private static void quietly(Task task) {
    try {
      task.run();
    } catch (Exception e) {
      Report.line("failed: %s", e);
    }
  }

  /** Local transactions that take their time in a thread each; while one runs the application does not know its end. */
  private static final class Application implements TransactionListener {
    private final Map<String, Long> sent = new ConcurrentHashMap<>();
    private final Map<String, Long> ended = new ConcurrentHashMap<>();
    private final Map<String, List<Long>> asked = new ConcurrentHashMap<>();
    private final Map<String, List<String>> counts = new ConcurrentHashMap<>();
    private final Set<String> committed = ConcurrentHashMap.newKeySet();

    TransactionMQProducer start(String group) throws Exception {
      TransactionMQProducer producer = new TransactionMQProducer(group);
      producer.setNamesrvAddr(Cluster.NAME_SERVER);
      producer.setInstanceName(group);
      producer.setExecutorService(Executors.newFixedThreadPool(8));
      producer.setTransactionListener(this);
      producer.start();
      return producer;
    }

    /** @param takesMs of the local transaction, which then commits; below 0: UNKNOW for ever */
    void send(TransactionMQProducer producer, String topic, String id, int takesMs, String immunitySeconds) {
      Message message = new Message(topic, id.getBytes(StandardCharsets.UTF_8));
      if (immunitySeconds != null) {
        message.putUserProperty(MessageConst.PROPERTY_CHECK_IMMUNITY_TIME_IN_SECONDS, immunitySeconds);
      }
      Thread thread = new Thread(() -> quietly(() -> producer.sendMessageInTransaction(message, takesMs)));
      thread.setDaemon(true);
      thread.start();
    }

    @Override
    public LocalTransactionState executeLocalTransaction(Message message, Object argument) {
      String id = new String(message.getBody(), StandardCharsets.UTF_8);
      int takesMs = (Integer) argument;
      sent.put(id, System.currentTimeMillis());
      if (takesMs < 0) {
        return LocalTransactionState.UNKNOW;
      }
      try {
        Thread.sleep(takesMs);
      } catch (InterruptedException e) {
        return LocalTransactionState.UNKNOW;
      }
      committed.add(id);
      ended.put(id, System.currentTimeMillis());
      return LocalTransactionState.COMMIT_MESSAGE;
    }

    @Override
    public LocalTransactionState checkLocalTransaction(MessageExt message) {
      String id = new String(message.getBody(), StandardCharsets.UTF_8);
      asked.computeIfAbsent(id, each -> Collections.synchronizedList(new ArrayList<>()))
          .add(System.currentTimeMillis());
      counts.computeIfAbsent(id, each -> Collections.synchronizedList(new ArrayList<>()))
          .add(message.getProperty(MessageConst.PROPERTY_TRANSACTION_CHECK_TIMES));
      return committed.contains(id) ? LocalTransactionState.COMMIT_MESSAGE : LocalTransactionState.UNKNOW;
    }

    List<Long> askedMs(String id) {
      return asked.getOrDefault(id, List.of());
    }

    List<String> counts(String id) {
      return counts.getOrDefault(id, List.of());
    }

    long sentMs(String id) {
      return sent.get(id);
    }

    String askedAfterS(String id) {
      return askedMs(id).stream().map(each -> "%.1f".formatted((each - sentMs(id)) / 1e3)).toList().toString();
    }

    String endedAfterS(String id) {
      return ended.containsKey(id) ? "after %.1f s".formatted((ended.get(id) - sentMs(id)) / 1e3) : "never";
    }
  }
}
