package reality;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.SendStatus;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.remoting.protocol.body.BrokerReplicasInfo.ReplicasInfo;
import org.apache.rocketmq.remoting.protocol.route.BrokerData;

/** HA-26 to HA-31: three replicas under a controller; the master is killed (-9), with and without others in sync. */
final class ControllerFailover {
  private static final String TOPIC = "Elected";
  private static final String CONTROLLER = "127.0.0.1:" + (Cluster.PORT + 5);
  private static final int REPLICAS = 3;

  private final Cluster cluster;
  private final Map<Integer, Cluster.Node> running = new TreeMap<>();
  /** Moments at which a send ended with SEND_OK. */
  private final List<Long> okMs = Collections.synchronizedList(new ArrayList<>());
  private volatile boolean on = true;

  private ControllerFailover(Cluster cluster) {
    this.cluster = cluster;
  }

  static void ask() throws Exception {
    List<String> lines = List.of("enableControllerInNamesrv=true", "controllerDLegerGroup=controllers",
        "controllerDLegerPeers=n0-" + CONTROLLER, "controllerDLegerSelfId=n0", "mappedFileSize=" + (16 << 20),
        "controllerStorePath=" + Cluster.DATA.resolve("controller").resolve("controller-store").toAbsolutePath());
    try (Cluster cluster = new Cluster("controller", 1, lines)) {
      new ControllerFailover(cluster).run();
    }
  }

  private void run() throws Exception {
    for (int i = 0; i < REPLICAS; i++) {
      start(i);
    }
    inSync("at the start", REPLICAS);
    cluster.createTopic(TOPIC, 1, info().getMasterAddress());
    DefaultMQProducer producer = new DefaultMQProducer("elected");
    producer.setNamesrvAddr(Cluster.NAME_SERVER);
    producer.start();
    Thread sender = new Thread(() -> send(producer));
    sender.start();
    Thread.sleep(12_000);
    for (int round = 1; round <= 4; round++) {
      failover("kill -9 (%d)".formatted(round));
      Thread.sleep(5_000);
    }

    int master = masterIndex();
    long slavesKilledMs = System.currentTimeMillis();
    for (int i = 0; i < REPLICAS; i++) {
      if (i != master) {
        running.remove(i).kill();
      }
    }
    inSync("the slaves killed", 1);
    Report.line("the set is the master alone %.1f s after the slaves were killed",
        (System.currentTimeMillis() - slavesKilledMs) / 1e3);
    Thread.sleep(3_000);
    long killedMs = System.currentTimeMillis();
    running.remove(master).kill();
    for (int i = 0; i < REPLICAS; i++) {
      if (i != master) {
        running.put(i, cluster.java("r" + i, "-Xms256m -Xmx512m -XX:MaxDirectMemorySize=1g",
            "org.apache.rocketmq.broker.BrokerStartup", "-c", cluster.file("r" + i + ".properties").toString()));
      }
    }
    Thread.sleep(45_000);
    Report.line("both slaves back for up to 45 s: master %s, SEND_OK since the kill %d", info().getMasterAddress(),
        okMs.stream().filter(each -> each > killedMs).count());
    long backMs = System.currentTimeMillis();
    running.put(master, cluster.startReplica("r" + master, "a", port(master), settings()));
    awaitOk(backMs);
    Report.line("the old master back: SEND_OK %.1f s after its start, master %s",
        (firstOkAfter(backMs) - backMs) / 1e3, info().getMasterAddress());
    on = false;
    sender.join();
    producer.shutdown();
    Report.line("SEND_OK %d, in the queue %d", okMs.size(), SyncMaster.stored(cluster, TOPIC));
  }

  private void failover(String what) throws Exception {
    int master = masterIndex();
    String before = info().getMasterAddress();
    long killedMs = System.currentTimeMillis();
    running.remove(master).kill();
    long electedMs = 0;
    long listedMs = 0;
    for (int i = 0; i < 1_200 && (electedMs == 0 || listedMs == 0); i++) {
      String now = info().getMasterAddress();
      if (electedMs == 0 && now != null && !now.isEmpty() && !now.equals(before)) {
        electedMs = System.currentTimeMillis();
      }
      BrokerData data = cluster.admin().examineBrokerClusterInfo().getBrokerAddrTable().get("a");
      String listed = data == null ? null : data.getBrokerAddrs().get(0L);
      if (listedMs == 0 && listed != null && !listed.equals(before)) {
        listedMs = System.currentTimeMillis();
      }
      Thread.sleep(50);
    }
    awaitOk(killedMs + 200);
    Report.line("%s: elected %.2f s after it, listed by the name server %.2f s, first SEND_OK %.1f s", what,
        (electedMs - killedMs) / 1e3, (listedMs - killedMs) / 1e3, (firstOkAfter(killedMs + 200) - killedMs) / 1e3);
    start(master);
    inSync(what, REPLICAS);
  }

  private void start(int i) throws Exception {
    running.put(i, cluster.startReplica("r" + i, "a", port(i), settings()));
  }

  private static Map<String, String> settings() {
    return Map.of("enableControllerMode", "true", "controllerAddr", CONTROLLER);
  }

  private static int port(int i) {
    return Cluster.PORT + 10 * (i + 1);
  }

  private ReplicasInfo info() throws Exception {
    return cluster.admin().getInSyncStateData(CONTROLLER, List.of("a")).getReplicasInfoTable().get("a");
  }

  private int masterIndex() throws Exception {
    String address = info().getMasterAddress();
    return (Integer.parseInt(address.substring(address.indexOf(':') + 1)) - Cluster.PORT) / 10 - 1;
  }

  private void inSync(String what, int replicas) throws Exception {
    long began = System.nanoTime();
    Cluster.await(replicas + " in sync", 90, () -> info().getInSyncReplicas().size() == replicas);
    Report.line("%s: %d in sync after %.1f s", what, replicas, (System.nanoTime() - began) / 1e9);
  }

  private void send(DefaultMQProducer producer) {
    for (int i = 0; on; i++) {
      try {
        if (producer.send(new Message(TOPIC, ("m" + i).getBytes(StandardCharsets.UTF_8))).getSendStatus()
            == SendStatus.SEND_OK) {
          okMs.add(System.currentTimeMillis());
        }
        Thread.sleep(50);
      } catch (InterruptedException e) {
        return;
      } catch (Exception e) {
        // No master that the producer knows.
      }
    }
  }

  private void awaitOk(long sinceMs) throws Exception {
    Cluster.await("SEND_OK", 120, () -> firstOkAfter(sinceMs) > 0);
  }

  private long firstOkAfter(long ms) {
    return List.copyOf(okMs).stream().filter(each -> each > ms).findFirst().orElse(0L);
  }
}
