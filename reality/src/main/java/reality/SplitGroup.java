package reality;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.MessageSelector;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.remoting.protocol.admin.ConsumeStats;

/** FI-2, FI-5, FI-6: one group whose members subscribe to different tags; two tags of one hash code; SQL not enabled. */
final class SplitGroup {
  private static final String TOPIC = "Wishes";
  private static final int RATE = 40;
  private static final int WINDOW_S = 10;

  private SplitGroup() {}

  private record Sent(String tag, int queue, long atMs) {}

  static void ask() throws Exception {
    try (Cluster cluster = new Cluster("filter")) {
      cluster.startBroker("a", "127.0.0.1", Cluster.PORT_A, Map.of());
      cluster.createTopic(TOPIC, 4, Cluster.ADDRESS_A);
      cluster.createTopic("Twins", 1, Cluster.ADDRESS_A);
      DefaultMQProducer producer = new DefaultMQProducer("filter");
      producer.setNamesrvAddr(Cluster.NAME_SERVER);
      producer.start();
      split(cluster, producer);
      twins(cluster, producer);
      DefaultMQPushConsumer sql = new DefaultMQPushConsumer("sql");
      sql.setNamesrvAddr(Cluster.NAME_SERVER);
      sql.setInstanceName("sql");
      sql.subscribe("Twins", MessageSelector.bySql("a > 1"));
      sql.registerMessageListener((org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently)
          (messages, context) -> ConsumeConcurrentlyStatus.CONSUME_SUCCESS);
      try {
        sql.start();
        Report.line("SQL without enablePropertyFilter: started");
      } catch (Exception e) {
        Report.line("SQL without enablePropertyFilter: start throws %s: %s", e.getClass().getSimpleName(),
            String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
      }
      sql.shutdown();
      producer.shutdown();
    }
  }

  private static void split(Cluster cluster, DefaultMQProducer producer) throws Exception {
    Map<String, Sent> sent = new ConcurrentHashMap<>();
    Set<String> read = ConcurrentHashMap.newKeySet();
    List<DefaultMQPushConsumer> members = new ArrayList<>();
    for (String tag : List.of("TagA", "TagB")) {
      members.add(Consumers.start("wishes", TOPIC, tag, message -> {
        read.add(new String(message.getBody(), StandardCharsets.UTF_8));
        return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
      }));
      Thread.sleep(7_000);
    }
    long beganMs = System.currentTimeMillis();
    for (int i = 0; i < 110 * RATE; i++) {
      // The tags change every four messages, so that each queue gets both.
      String tag = i / 4 % 2 == 0 ? "TagA" : "TagB";
      var result = producer.send(new Message(TOPIC, tag, ("m" + i).getBytes(StandardCharsets.UTF_8)));
      sent.put("m" + i, new Sent(tag, result.getMessageQueue().getQueueId(), System.currentTimeMillis()));
      Thread.sleep(Math.max(0, beganMs + (i + 1) * 1000L / RATE - System.currentTimeMillis()));
    }
    Thread.sleep(5_000);
    for (String tag : List.of("TagA", "TagB")) {
      Map<Long, String> windows = new TreeMap<>();
      for (long window = 0; window < 110 / WINDOW_S; window++) {
        long at = window;
        windows.put(at * WINDOW_S, share(sent, read, each -> each.tag().equals(tag)
            && (each.atMs() - beganMs) / (1000 * WINDOW_S) == at ? 1 : 0));
      }
      Map<Integer, String> queues = new TreeMap<>();
      for (int i = 0; i < 4; i++) {
        int queue = i;
        queues.put(queue, share(sent, read, each -> each.tag().equals(tag) && each.queue() == queue ? 1 : 0));
      }
      Report.line("%s read: by queue %s; by second %s", tag, queues, windows);
    }
    ConsumeStats stats = cluster.admin().examineConsumeStats("wishes", TOPIC);
    Report.line("lag in the end: %d", stats.computeTotalDiff());
    members.forEach(DefaultMQPushConsumer::shutdown);
  }

  private static String share(Map<String, Sent> sent, Set<String> read, ToLongFunction<Sent> counts) {
    long all = sent.values().stream().mapToLong(counts).sum();
    long got = sent.entrySet().stream().filter(each -> read.contains(each.getKey()))
        .mapToLong(each -> counts.applyAsLong(each.getValue())).sum();
    return got + "/" + all;
  }

  private static void twins(Cluster cluster, DefaultMQProducer producer) throws Exception {
    List<String> read = Collections.synchronizedList(new ArrayList<>());
    DefaultMQPushConsumer consumer = Consumers.start("twins", "Twins", "Aa", message -> {
      read.add(message.getTags());
      return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
    });
    for (String tag : List.of("BB", "Aa", "BB", "Cc", "BB")) {
      producer.send(new Message("Twins", tag, tag.getBytes(StandardCharsets.UTF_8)));
    }
    Thread.sleep(15_000);
    Report.line("subscribed to Aa, sent BB Aa BB Cc BB: read %s, lag %d", read,
        cluster.admin().examineConsumeStats("twins", "Twins").computeTotalDiff());
    consumer.shutdown();
  }
}
