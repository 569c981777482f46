package reality;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.SendResult;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.remoting.netty.NettySystemConfig;

/** S06 step 2 to 4: two masters of four queues, closed-loop sync senders, one master falls silent. */
final class SilentBroker {
  private static final String TOPIC = "Silent";
  private static final int WARM_MS = 3000;
  private static final int SILENT_MS = 40_000;

  private SilentBroker() {}

  private record Sent(long atMs, long tookMs, String broker, String error) {}

  private record Setup(
      String name, boolean stop, int threads, boolean ownProducers, boolean latency, int perRequestMs, int connectMs) {}

  /** Step 2. */
  static void defaults() throws Exception {
    ask(List.of(
        new Setup("kill -STOP, 4 threads, one producer", true, 4, false, false, -1, 3000),
        new Setup("silent link, 4 threads, one producer", false, 4, false, false, -1, 3000),
        new Setup("silent link, 4 threads, a producer each", false, 4, true, false, -1, 3000),
        new Setup("silent link, 1 thread", false, 1, false, false, -1, 3000)));
  }

  /** Step 3. */
  static void latency() throws Exception {
    Setup one = new Setup("silent link, 4 threads, one producer, sendLatencyEnable", false, 4, false, true, -1, 3000);
    Setup each = new Setup("silent link, 4 threads, a producer each, sendLatencyEnable", false, 4, true, true, -1, 3000);
    ask(List.of(one, one, each, each));
  }

  /** Step 4. */
  static void cap() throws Exception {
    ask(List.of(
        new Setup("silent link, 4 threads, 1000 per request", false, 4, false, false, 1000, 3000),
        new Setup("silent link, 4 threads, 1000 per request, connect 1000", false, 4, false, false, 1000, 1000),
        new Setup("silent link, 1 thread, 1000 per request, connect 1000", false, 1, false, false, 1000, 1000)));
  }

  private static void ask(List<Setup> setups) throws Exception {
    try (Cluster cluster = new Cluster("silent"); Relay relay = new Relay("127.0.0.2", "127.0.0.1", Cluster.PORT_B)) {
      cluster.startBroker("a", "127.0.0.1", Cluster.PORT_A, Map.of());
      Cluster.Node b = cluster.startBroker("b", "127.0.0.2", Cluster.PORT_B, Map.of());
      cluster.createTopic(TOPIC, 4, Cluster.ADDRESS_A, "127.0.0.2:" + Cluster.PORT_B);
      for (Setup setup : setups) {
        run(setup, b, relay);
      }
    }
  }

  private static void run(Setup setup, Cluster.Node b, Relay relay) throws Exception {
    Report.line("--- %s", setup.name());
    NettySystemConfig.connectTimeoutMillis = setup.connectMs();
    List<DefaultMQProducer> producers = new ArrayList<>();
    for (int i = 0; i < (setup.ownProducers() ? setup.threads() : 1); i++) {
      producers.add(producer(setup, i));
    }
    long began = System.currentTimeMillis();
    long end = began + WARM_MS + SILENT_MS;
    List<List<Sent>> logs = new ArrayList<>();
    CountDownLatch done = new CountDownLatch(setup.threads());
    for (int i = 0; i < setup.threads(); i++) {
      List<Sent> log = new ArrayList<>();
      logs.add(log);
      DefaultMQProducer producer = producers.get(i % producers.size());
      new Thread(() -> {
        sendUntil(end, producer, log);
        done.countDown();
      }).start();
    }
    Thread.sleep(WARM_MS);
    long cut = System.currentTimeMillis();
    if (setup.stop()) {
      b.signal("STOP");
    } else {
      relay.silence();
    }
    boolean ended = done.await(SILENT_MS + 15_000, TimeUnit.MILLISECONDS);
    if (setup.stop()) {
      b.signal("CONT");
    } else {
      relay.heal();
    }
    if (!ended) {
      throw new IllegalStateException("senders hang");
    }
    producers.forEach(DefaultMQProducer::shutdown);
    say(logs, cut);
    Thread.sleep(3000);
  }

  private static DefaultMQProducer producer(Setup setup, int index) throws Exception {
    DefaultMQProducer producer = new DefaultMQProducer("silent" + index);
    producer.setNamesrvAddr(Cluster.NAME_SERVER);
    producer.setInstanceName("silent" + System.nanoTime());
    producer.setSendLatencyFaultEnable(setup.latency());
    producer.setSendMsgMaxTimeoutPerRequest(setup.perRequestMs());
    producer.start();
    return producer;
  }

  private static void sendUntil(long end, DefaultMQProducer producer, List<Sent> log) {
    while (System.currentTimeMillis() < end) {
      long at = System.currentTimeMillis();
      long beganNs = System.nanoTime();
      String broker = null;
      String error = null;
      try {
        SendResult result = producer.send(new Message(TOPIC, "m".getBytes(StandardCharsets.UTF_8)));
        broker = result.getMessageQueue().getBrokerName();
      } catch (Exception e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        error = e.getClass().getSimpleName()
            + (cause == e ? "" : " < " + cause.getClass().getSimpleName()) + ": "
            + String.valueOf(cause.getMessage()).replaceAll("\\s+", " ").replaceAll("[0-9]{2,}", "#");
        error = error.substring(0, Math.min(150, error.length()));
      }
      log.add(new Sent(at, (System.nanoTime() - beganNs) / 1_000_000, broker, error));
    }
  }

  /** a, b: stored there within 500 ms; A, B: stored there, but later; X: failed. Runs of the same are counted. */
  private static void say(List<List<Sent>> logs, long cut) {
    int good = 0;
    int slow = 0;
    int failed = 0;
    Map<String, Integer> errors = new TreeMap<>();
    Map<Long, Integer> tookOfFailed = new TreeMap<>();
    Map<Long, Integer> tookOfSlow = new TreeMap<>();
    for (List<Sent> log : logs) {
      StringBuilder pattern = new StringBuilder();
      char last = 0;
      int run = 0;
      for (Sent sent : log) {
        if (sent.atMs() + sent.tookMs() < cut + 50) {
          continue;
        }
        char mark;
        if (sent.error() != null) {
          mark = 'X';
          failed++;
          errors.merge(sent.error(), 1, Integer::sum);
          tookOfFailed.merge(sent.tookMs() / 100 * 100, 1, Integer::sum);
        } else if (sent.tookMs() >= 500) {
          mark = Character.toUpperCase(sent.broker().charAt(0));
          slow++;
          tookOfSlow.merge(sent.tookMs() / 100 * 100, 1, Integer::sum);
        } else {
          mark = sent.broker().charAt(0);
          good++;
        }
        if (mark == last) {
          run++;
        } else {
          flush(pattern, last, run);
          last = mark;
          run = 1;
        }
      }
      flush(pattern, last, run);
      Report.line("  thread: %s", pattern.length() > 400 ? pattern.substring(0, 400) + "…" : pattern);
    }
    int all = good + slow + failed;
    Report.line("  sends that ended in the silence: %d; stored quickly %d, stored after >= 500 ms %d, failed %d (%.1f %%)",
        all, good, slow, failed, 100.0 * failed / Math.max(1, all));
    Report.line("  failed after ms (floor 100): %s; slow after ms: %s", tookOfFailed, tookOfSlow);
    errors.forEach((error, count) -> Report.line("  %d x %s", count, error));
  }

  private static void flush(StringBuilder pattern, char mark, int run) {
    if (run > 0) {
      pattern.append(run > 4 ? mark + "(" + run + ")" : String.valueOf(mark).repeat(run));
    }
  }
}
