package reality;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.rocketmq.client.producer.DefaultMQProducer;

/** What updateBrokerConfig of flushDiskType does to a running broker. */
final class FlushSwitch {

  private FlushSwitch() {}

  static void ask() throws Exception {
    try (Cluster cluster = new Cluster("flush")) {
      turn(cluster, "ASYNC_FLUSH", "SYNC_FLUSH");
      turn(cluster, "SYNC_FLUSH", "ASYNC_FLUSH");
    }
  }

  private static void turn(Cluster cluster, String from, String to) throws Exception {
    String topic = "From_" + from;
    Cluster.Node broker =
        cluster.startBroker(from.toLowerCase(), "127.0.0.1", Cluster.PORT_A, Map.of("flushDiskType", from));
    cluster.createTopic(topic, 1, Cluster.ADDRESS_A);
    DefaultMQProducer producer = new DefaultMQProducer("flush");
    producer.setNamesrvAddr(Cluster.NAME_SERVER);
    producer.setInstanceName("flush" + System.nanoTime());
    producer.setSendMsgTimeout(10_000);
    producer.setRetryTimesWhenSendFailed(0);
    producer.start();
    for (int i = 0; i < 3; i++) {
      Report.line("started as %s: %s", from, SyncMaster.one(producer, topic));
    }
    set(cluster, to);
    for (int i = 0; i < 3; i++) {
      Report.line("set to %s: %s", to, SyncMaster.one(producer, topic));
    }
    Thread.sleep(1000);
    Report.line("messages in the queue: %d of 6 sent", SyncMaster.stored(cluster, topic));
    set(cluster, from);
    for (int i = 0; i < 3; i++) {
      Report.line("set back to %s: %s", from, SyncMaster.one(producer, topic));
    }
    Thread.sleep(1000);
    Report.line("messages in the queue: %d of 9 sent", SyncMaster.stored(cluster, topic));
    casts(cluster.file("home-" + from.toLowerCase())).forEach((line, count) -> Report.line("log: %d x %s", count, line));
    producer.shutdown();
    broker.kill();
  }

  private static void set(Cluster cluster, String type) throws Exception {
    Properties change = new Properties();
    change.setProperty("flushDiskType", type);
    try {
      cluster.admin().updateBrokerConfig(Cluster.ADDRESS_A, change);
    } catch (Exception e) {
      Report.line("updateBrokerConfig refused: %s", e.getMessage());
    }
    Report.line("the broker now says flushDiskType=%s",
        cluster.admin().getBrokerConfig(Cluster.ADDRESS_A).getProperty("flushDiskType"));
  }

  private static Map<String, Integer> casts(Path home) throws IOException {
    Map<String, Integer> found = new TreeMap<>();
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".log")).toList()) {
        List<String> lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
          if (lines.get(i).contains("ClassCastException")) {
            String at = i + 1 < lines.size() ? lines.get(i + 1).strip() : "";
            found.merge(file.getFileName() + ": " + lines.get(i).replaceAll("^.*java.lang", "java.lang") + " " + at, 1,
                Integer::sum);
          }
        }
      }
    }
    return found;
  }
}
