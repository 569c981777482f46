package reality;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** S20 step 4 and CO-26: the broker's process ends and comes back while its two consumers live on. */
final class BrokerRestart {
  private static final String TOPIC = "Restart";

  private BrokerRestart() {}

  private record Fall(String name, boolean graceful, int downMs) {}

  static void ask() throws Exception {
    Fall[] falls = {
      new Fall("kill -9, back at once (1)", false, 0),
      new Fall("kill -9, back at once (2)", false, 0),
      new Fall("SIGTERM, back at once (1)", true, 0),
      new Fall("SIGTERM, back at once (2)", true, 0),
      new Fall("SIGTERM, back at once (3)", true, 0),
      new Fall("kill -9, down 65 s", false, 65_000),
    };
    try (Cluster cluster = new Cluster("restart")) {
      Cluster.Node broker = cluster.startBroker("a", "127.0.0.1", Cluster.PORT_A, Map.of());
      cluster.createTopic(TOPIC, 4, Cluster.ADDRESS_A);
      for (int i = 0; i < 2; i++) {
        cluster.java("r" + i, "-Xms32m -Xmx128m", "reality.Reader",
            "restart", TOPIC, "r" + i, "100", cluster.file("notes-" + i).toString());
      }
      try (Writer writer = new Writer(TOPIC, "m")) {
        Thread.sleep(25_000);
        for (Fall fall : falls) {
          Seen before = see(cluster);
          if (fall.graceful()) {
            broker.stop();
          } else {
            broker.kill();
          }
          Thread.sleep(fall.downMs());
          broker = cluster.startBroker("a", "127.0.0.1", Cluster.PORT_A, Map.of());
          Thread.sleep(35_000);
          Seen after = see(cluster);
          Report.line("%s: delivered %d more, of them again %d (begun by both readers %d)", fall.name(),
              after.begun() - before.begun(), after.again() - before.again(), after.both() - before.both());
        }
      }
    }
  }

  private record Seen(int begun, int again, int both) {}

  private static Seen see(Cluster cluster) throws Exception {
    Map<String, Integer> times = new HashMap<>();
    Map<String, Set<Integer>> readers = new HashMap<>();
    for (int i = 0; i < 2; i++) {
      for (Reader.Note note : Reader.notes(cluster.file("notes-" + i))) {
        if (note.begin()) {
          times.merge(note.id(), 1, Integer::sum);
          readers.computeIfAbsent(note.id(), id -> new HashSet<>()).add(i);
        }
      }
    }
    int begun = times.values().stream().mapToInt(Integer::intValue).sum();
    return new Seen(begun, begun - times.size(), (int) readers.values().stream().filter(s -> s.size() > 1).count());
  }
}
