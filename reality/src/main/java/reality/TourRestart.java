package reality;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * CO-26: two name servers, two broker groups of four queues, two producers of 20/s, three consumers of one group
 * (20 ms a message); the master of one group is killed (-9) and comes back 30 s later. What is delivered twice?
 */
final class TourRestart {
  private static final String TOPIC = "Orders";
  private static final int READERS = 3;
  private static final int ROUNDS = 5;
  private static final int DOWN_MS = 30_000;
  private static final int AFTER_MS = 55_000;

  private TourRestart() {}

  private record Begun(int reader, long atMs) {}

  /**
   * @param slaves whether each master has a slave
   * @param apartMs between the starts of the readers: so far are their route polls and heartbeats (30 s) apart
   */
  static void ask(String name, boolean slaves, int apartMs) throws Exception {
    try (Cluster cluster = new Cluster(name, 2)) {
      cluster.startBroker("a", "127.0.0.1", Cluster.PORT_A, Map.of());
      Cluster.Node master = cluster.startBroker("b", "127.0.0.1", Cluster.PORT_B, Map.of());
      if (slaves) {
        cluster.startSlave("a", Cluster.PORT + 30);
        cluster.startSlave("b", Cluster.PORT + 40);
      }
      cluster.createTopic(TOPIC, 4, Cluster.ADDRESS_A, "127.0.0.1:" + Cluster.PORT_B);
      for (int i = 0; i < READERS; i++) {
        cluster.java("r" + i, "-Xms32m -Xmx128m", "reality.Reader",
            "order-service", TOPIC, "r" + i, "20", cluster.file("notes-" + i).toString());
        Thread.sleep(apartMs);
      }
      try (Writer one = new Writer(cluster.nameServers(), TOPIC, "p", 20);
          Writer two = new Writer(cluster.nameServers(), TOPIC, "q", 20)) {
        Thread.sleep(45_000);
        for (int round = 1; round <= ROUNDS; round++) {
          long killedMs = System.currentTimeMillis();
          master.kill();
          Thread.sleep(DOWN_MS);
          long backMs = System.currentTimeMillis();
          master = cluster.startBroker("b", "127.0.0.1", Cluster.PORT_B, Map.of());
          Thread.sleep(AFTER_MS);
          tell(cluster, round, killedMs, backMs);
        }
      }
    }
  }

  /** A message counts where it is begun again, from the kill on. */
  private static void tell(Cluster cluster, int round, long killedMs, long backMs) throws IOException {
    Map<String, List<Begun>> begun = new HashMap<>();
    for (int i = 0; i < READERS; i++) {
      for (Reader.Note note : Reader.notes(cluster.file("notes-" + i))) {
        if (note.begin()) {
          begun.computeIfAbsent(note.id(), id -> new ArrayList<>()).add(new Begun(i, note.atMs()));
        }
      }
    }
    int delivered = 0;
    int again = 0;
    int byOthers = 0;
    Map<Long, Integer> perSecond = new TreeMap<>();
    for (List<Begun> each : begun.values()) {
      each.sort((x, y) -> Long.compare(x.atMs(), y.atMs()));
      for (int i = 0; i < each.size(); i++) {
        if (each.get(i).atMs() < killedMs) {
          continue;
        }
        delivered++;
        if (i > 0) {
          again++;
          byOthers += each.get(i).reader() == each.get(i - 1).reader() ? 0 : 1;
          perSecond.merge(Math.floorDiv(each.get(i).atMs() - backMs, 1000L), 1, Integer::sum);
        }
      }
    }
    Report.line("kill -9 (%d): delivered %d, of them again %d (by another reader %d), per second after the start %s",
        round, delivered, again, byOthers, perSecond);
  }
}
