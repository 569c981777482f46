package reality;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** CO-25, CO-29, OR-8, OR-9: how long does a queue stand still when a consumer dies, leaves in order, or joins? */
final class HandOver {
  private final Cluster cluster;
  private final String listener;
  private final String topic;
  private final int workMs;

  private HandOver(Cluster cluster, String listener, String topic, int workMs) {
    this.cluster = cluster;
    this.listener = listener;
    this.topic = topic;
    this.workMs = workMs;
  }

  static void concurrently() throws Exception {
    try (Cluster cluster = new Cluster("take-over")) {
      cluster.startBroker("a", "127.0.0.1", Cluster.PORT_A, Map.of());
      new HandOver(cluster, "concurrently", "Shared", 20).fallsAndJoins(40, 4, 2);
    }
  }

  static void orderly() throws Exception {
    try (Cluster cluster = new Cluster("orderly")) {
      cluster.startBroker("a", "127.0.0.1", Cluster.PORT_A, Map.of());
      new HandOver(cluster, "orderly", "Orderly", 20).fallsAndJoins(40, 4, 2);
      // A listener call outlasts the 500 ms that a rebalance waits for it.
      new HandOver(cluster, "orderly", "Slow", 3_000).fallsAndJoins(2, 2, 0);
    }
  }

  private void fallsAndJoins(int ratePerSecond, int queues, int kills) throws Exception {
    cluster.createTopic(topic, queues, Cluster.ADDRESS_A);
    start("w0");
    try (Writer writer = new Writer(Cluster.NAME_SERVER, topic, "m", ratePerSecond)) {
      Thread.sleep(12_000);
      for (int round = 1; round <= kills + 2; round++) {
        boolean graceful = round > kills;
        String other = "w" + round;
        long joinedMs = System.currentTimeMillis();
        Cluster.Node second = start(other);
        Thread.sleep(40_000 + 6_000L * round);
        tell("join (%d)".formatted(round), "w0", other, joinedMs);
        long fellMs = System.currentTimeMillis();
        if (graceful) {
          second.stop();
        } else {
          second.kill();
        }
        long goneMs = System.currentTimeMillis();
        Thread.sleep(graceful || !listener.equals("orderly") ? 30_000 : 75_000);
        tell("%s (%d, process gone after %d ms)".formatted(graceful ? "SIGTERM" : "kill -9", round, goneMs - fellMs),
            other, "w0", fellMs);
      }
    }
  }

  private Cluster.Node start(String name) throws IOException {
    return cluster.java(topic + name, "-Xms32m -Xmx128m", "reality.Worker",
        listener, listener + "-" + topic, topic, name, String.valueOf(workMs), cluster.file(topic + name).toString());
  }

  /** For each queue that both have had: from the last message that one began to the first of the other after it. */
  private void tell(String what, String from, String to, long sinceMs) throws IOException {
    Map<Integer, List<Delivery>> before = byQueue(from);
    Map<Integer, List<Delivery>> after = byQueue(to);
    Report.line("%s %s: %s", topic, what, after.keySet().stream().sorted().map(queue -> {
      Delivery first = after.get(queue).stream().filter(each -> each.beganMs() >= sinceMs)
          .min(Comparator.comparingLong(Delivery::beganMs)).orElse(null);
      if (first == null || !before.containsKey(queue)) {
        return null;
      }
      Delivery last = before.get(queue).stream().filter(each -> each.beganMs() <= first.beganMs())
          .max(Comparator.comparingLong(Delivery::beganMs)).orElse(null);
      // A queue that the survivor has had all along.
      if (last == null || last.beganMs() < sinceMs - 5_000L - 10L * workMs) {
        return null;
      }
      return "queue %d stands %.1f s, goes on %.1f s after it, at offset %d behind %d".formatted(queue,
          (first.beganMs() - last.beganMs()) / 1e3, (first.beganMs() - sinceMs) / 1e3, first.offset(), last.offset());
    }).filter(each -> each != null).collect(Collectors.joining("; ")));
  }

  private Map<Integer, List<Delivery>> byQueue(String name) throws IOException {
    return Delivery.read(cluster.file(topic + name)).stream().collect(Collectors.groupingBy(Delivery::queue));
  }
}
