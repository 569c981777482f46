package reality;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** S20 step 4, the half of a killed process: how old is the broker's file of offsets when nobody re-commits. */
final class Bookmark {
  private static final String TOPIC = "Bookmark";
  private static final String GROUP = "bookmark";
  private static final int WORK_MS = 100;

  private Bookmark() {}

  static void ask() throws Exception {
    try (Cluster cluster = new Cluster("bookmark")) {
      Cluster.Node broker = cluster.startBroker("a", "127.0.0.1", Cluster.PORT_A, Map.of());
      cluster.createTopic(TOPIC, 4, Cluster.ADDRESS_A);
      // The waits differ by 0.7 s, so the kills fall on different phases of the 5 s timer.
      for (int round = 0; round < 6; round++) {
        broker = round(cluster, broker, round, 16_000 + 700 * round, true);
      }
      round(cluster, broker, 6, 16_000, false);
    }
  }

  private static Cluster.Node round(Cluster cluster, Cluster.Node broker, int round, int runMs, boolean killBroker)
      throws Exception {
    Path before = cluster.file("before-" + round);
    Path after = cluster.file("after-" + round);
    Cluster.Node reader = reader(cluster, "r" + round, before);
    Writer writer = new Writer(TOPIC, "m" + round + "-");
    Cluster.await("first message", 60, () -> Files.exists(before) && Files.size(before) > 0);
    Thread.sleep(runMs);
    reader.kill();
    Cluster.Node running = broker;
    long ageMs = -1;
    long inFile = -1;
    if (killBroker) {
      broker.kill();
    }
    long killedMs = System.currentTimeMillis();
    writer.close();
    if (killBroker) {
      ageMs = killedMs
          - Files.getLastModifiedTime(cluster.file("a", "config", "consumerOffset.json")).toMillis();
      inFile = cluster.offsetsInFile("a", TOPIC, GROUP);
      running = cluster.startBroker("a", "127.0.0.1", Cluster.PORT_A, Map.of());
    }
    Set<String> begun = new HashSet<>();
    Set<String> ended = new HashSet<>();
    for (Reader.Note note : Reader.notes(before)) {
      (note.begin() ? begun : ended).add(note.id());
    }
    Cluster.Node second = reader(cluster, "s" + round, after);
    for (int i = 0; i < 300 && !(Files.exists(after) && Files.size(after) > 0); i++) {
      Thread.sleep(100);
    }
    long[] size = {-1};
    Cluster.await("quiet", 60, () -> {
      Thread.sleep(2000);
      long now = Files.exists(after) ? Files.size(after) : 0;
      boolean quiet = now == size[0];
      size[0] = now;
      return quiet;
    });
    List<Reader.Note> notes = Reader.notes(after);
    Set<String> again = new HashSet<>();
    notes.stream().filter(Reader.Note::begin).forEach(note -> again.add(note.id()));
    long inHand = again.stream().filter(id -> begun.contains(id) && !ended.contains(id)).count();
    long finished = again.stream().filter(ended::contains).count();
    // A graceful end of the second reader would leave the next round a clean start; so does waiting for its 5 s timer.
    Thread.sleep(6000);
    second.kill();
    Report.line("round %d, reader%s killed: ended %d before; finished ones again %d, in hand again %d; file of offsets:"
            + " sum %d, age %d ms",
        round, killBroker ? " and broker" : " only", ended.size(), finished, inHand, inFile, ageMs);
    return running;
  }

  private static Cluster.Node reader(Cluster cluster, String name, Path notes) throws Exception {
    return cluster.java(name, "-Xms32m -Xmx128m", "reality.Reader",
        GROUP, TOPIC, name, String.valueOf(WORK_MS), notes.toString());
  }
}
