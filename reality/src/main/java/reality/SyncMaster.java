package reality;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.SendResult;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.remoting.protocol.admin.TopicOffset;

/** HA-7, HA-8: what a SYNC_MASTER without any slave answers. */
final class SyncMaster {
  private static final String TOPIC = "Ha";

  private SyncMaster() {}

  static void ask() throws Exception {
    try (Cluster cluster = new Cluster("ha")) {
      for (String inSyncReplicas : List.of("1", "2")) {
        Cluster.Node broker = cluster.startBroker("ha" + inSyncReplicas, "127.0.0.1", Cluster.PORT_A,
            Map.of("brokerRole", "SYNC_MASTER", "inSyncReplicas", inSyncReplicas));
        cluster.createTopic(TOPIC + inSyncReplicas, 1, Cluster.ADDRESS_A);
        send(cluster, TOPIC + inSyncReplicas, 10_000, inSyncReplicas);
        send(cluster, TOPIC + inSyncReplicas, 3000, inSyncReplicas);
        broker.kill();
      }
    }
  }

  private static void send(Cluster cluster, String topic, int timeoutMs, String inSyncReplicas) throws Exception {
    DefaultMQProducer producer = new DefaultMQProducer("ha");
    producer.setNamesrvAddr(Cluster.NAME_SERVER);
    producer.setInstanceName("ha" + System.nanoTime());
    producer.setSendMsgTimeout(timeoutMs);
    producer.start();
    long storedBefore = stored(cluster, topic);
    List<String> answers = Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < 3; i++) {
      answers.add(one(producer, topic));
    }
    Report.line("inSyncReplicas %s, sendMsgTimeout %d, one after the other: %s", inSyncReplicas, timeoutMs, answers);
    answers.clear();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Thread thread = new Thread(() -> answers.add(one(producer, topic)));
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    Report.line("inSyncReplicas %s, sendMsgTimeout %d, four at once: %s", inSyncReplicas, timeoutMs, answers);
    Thread.sleep(500);
    Report.line("stored %d of 7", stored(cluster, topic) - storedBefore);
    producer.shutdown();
  }

  static String one(DefaultMQProducer producer, String topic) {
    long beganNs = System.nanoTime();
    String answer;
    try {
      SendResult result = producer.send(new Message(topic, "m".getBytes(StandardCharsets.UTF_8)));
      answer = result.getSendStatus().name();
    } catch (Exception e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      String text = String.valueOf(cause.getMessage()).replaceAll("\\s+", " ");
      answer = e.getClass().getSimpleName() + " (" + text.substring(0, Math.min(200, text.length())) + ")";
    }
    return answer + " " + (System.nanoTime() - beganNs) / 1_000_000 + " ms";
  }

  static long stored(Cluster cluster, String topic) throws Exception {
    return cluster.admin().examineTopicStats(topic).getOffsetTable().values().stream()
        .mapToLong(TopicOffset::getMaxOffset).sum();
  }
}
