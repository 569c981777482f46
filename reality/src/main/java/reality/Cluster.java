package reality;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.rocketmq.common.TopicConfig;
import org.apache.rocketmq.remoting.protocol.route.BrokerData;
import org.apache.rocketmq.tools.admin.DefaultMQAdminExt;

/** Name servers and brokers, each a JVM of its own on loopback, with its data under reality/data. */
final class Cluster implements AutoCloseable {
  static final Path DATA = Path.of("data");
  static final int PORT = Integer.getInteger("reality.port", 29870);
  static final int PORT_A = PORT + 10;
  static final int PORT_B = PORT + 20;
  static final String NAME_SERVER = "127.0.0.1:" + PORT;
  /** What a process started by {@link #java} uses: all name servers of its cluster. */
  static final String NAME_SERVERS = System.getProperty("reality.names", NAME_SERVER);
  static final String ADDRESS_A = "127.0.0.1:" + PORT_A;

  private final Path root;
  private final String names;
  private final List<Node> nodes = new ArrayList<>();
  private DefaultMQAdminExt admin;

  /** Starts the name server; what an earlier run of this name left is deleted. */
  Cluster(String name) throws Exception {
    this(name, 1);
  }

  /** The same with so many name servers, on ports from {@link #PORT}. */
  Cluster(String name, int nameServers) throws Exception {
    this(name, nameServers, List.of());
  }

  /** The same with further lines in the configuration of each name server. */
  Cluster(String name, int nameServers, List<String> nameServerLines) throws Exception {
    names = IntStream.range(PORT, PORT + nameServers).mapToObj(port -> "127.0.0.1:" + port)
        .collect(Collectors.joining(";"));
    root = DATA.resolve(name).toAbsolutePath();
    deleteTree(root);
    Files.createDirectories(root);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> nodes.forEach(Node::kill)));
    for (int i = 0; i < nameServers; i++) {
      Path file = root.resolve("namesrv-" + i + ".properties");
      List<String> lines = new ArrayList<>(nameServerLines);
      lines.addAll(List.of(
          "rocketmqHome=" + root, "listenPort=" + (PORT + i), "bindAddress=127.0.0.1",
          "kvConfigPath=" + root.resolve("kv-" + i + ".json"),
          "configStorePath=" + root.resolve("ns-" + i + ".properties")));
      Files.write(file, lines);
      java("namesrv-" + i, "-Xms64m -Xmx128m", "org.apache.rocketmq.namesrv.NamesrvStartup", "-c", file.toString());
      awaitPort("127.0.0.1", PORT + i);
    }
  }

  /**
   * Starts a master and waits until the name server lists it.
   *
   * @param ip the address it tells clients; it always listens on 127.0.0.1, so another one needs a relay
   */
  Node startBroker(String name, String ip, int port, Map<String, String> settings) throws Exception {
    return start(name, name, 0, ip, port, settings);
  }

  /** Starts the slave of a master (brokerId 1) and waits until the name server lists it. */
  Node startSlave(String name, int port) throws Exception {
    return start(name + "-slave", name, 1, "127.0.0.1", port, Map.of("brokerRole", "SLAVE"));
  }

  /** Starts a replica whose role and id a controller gives it, and waits until the name server lists its address. */
  Node startReplica(String label, String name, int port, Map<String, String> settings) throws Exception {
    return start(label, name, 0, "127.0.0.1", port, settings);
  }

  private Node start(String label, String name, long id, String ip, int port, Map<String, String> settings)
      throws Exception {
    Map<String, String> all = new TreeMap<>(Map.ofEntries(
        Map.entry("brokerClusterName", "reality"),
        Map.entry("brokerName", name),
        Map.entry("brokerId", String.valueOf(id)),
        Map.entry("brokerIP1", ip),
        Map.entry("brokerIP2", "127.0.0.1"),
        Map.entry("bindAddress", "127.0.0.1"),
        Map.entry("listenPort", String.valueOf(port)),
        Map.entry("haListenPort", String.valueOf(port + 1)),
        Map.entry("namesrvAddr", names),
        Map.entry("autoCreateTopicEnable", "false"),
        Map.entry("mappedFileSizeCommitLog", String.valueOf(16 << 20)),
        Map.entry("mappedFileSizeConsumeQueue", String.valueOf(20 * 100_000)),
        Map.entry("maxHashSlotNum", "50000"),
        Map.entry("maxIndexNum", "200000"),
        Map.entry("storePathRootDir", root.resolve(label).toString()),
        Map.entry("storePathCommitLog", root.resolve(label).resolve("commitlog").toString())));
    all.putAll(settings);
    List<String> lines = new ArrayList<>();
    all.forEach((key, value) -> lines.add(key + "=" + value));
    Path file = root.resolve(label + ".properties");
    Files.write(file, lines);
    long began = System.nanoTime();
    Node node = java(label, "-Xms256m -Xmx512m -XX:MaxDirectMemorySize=1g",
        "org.apache.rocketmq.broker.BrokerStartup", "-c", file.toString());
    awaitPort("127.0.0.1", port);
    await("registration of " + label, 60, () -> {
      BrokerData data = admin().examineBrokerClusterInfo().getBrokerAddrTable().get(name);
      return data != null && data.getBrokerAddrs().containsValue(ip + ":" + port);
    });
    Report.line("broker %s up after %.1f s", label, (System.nanoTime() - began) / 1e9);
    return node;
  }

  void createTopic(String topic, int queues, String... addresses) throws Exception {
    for (String address : addresses) {
      admin().createAndUpdateTopicConfig(address, new TopicConfig(topic, queues, queues, 6));
    }
    await("route of " + topic, 30, () ->
        admin().examineTopicRouteInfo(topic).getQueueDatas().size() == addresses.length);
  }

  DefaultMQAdminExt admin() throws Exception {
    if (admin == null) {
      admin = new DefaultMQAdminExt();
      admin.setNamesrvAddr(names);
      admin.setInstanceName("admin" + System.nanoTime());
      admin.start();
    }
    return admin;
  }

  /** Starts one of this harness's own mains, or one of the product's, with the class path of this JVM. */
  Node java(String name, String options, String... mainAndArgs) throws IOException {
    Path home = Files.createDirectories(root.resolve("home-" + name));
    List<String> command = new ArrayList<>(List.of("java"));
    command.addAll(List.of(options.split(" ")));
    command.addAll(List.of(
        "--add-opens=java.base/java.nio=ALL-UNNAMED", "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
        "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
        "-Dreality.port=" + PORT, "-Dreality.names=" + names, "-Duser.home=" + home, "-Drocketmq.home.dir=" + root,
        "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(mainAndArgs));
    Process process = new ProcessBuilder(command).directory(root.toFile()).redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(root.resolve(name + ".out").toFile())).start();
    Node node = new Node(process);
    nodes.add(node);
    return node;
  }

  String nameServers() {
    return names;
  }

  Path file(String first, String... more) {
    return root.resolve(Path.of(first, more));
  }

  /** Sum over the queues of what the broker's consumerOffset.json holds now, -1 when there is no entry. */
  long offsetsInFile(String broker, String topic, String group) throws IOException {
    Path path = file(broker, "config", "consumerOffset.json");
    if (!Files.exists(path)) {
      return -1;
    }
    JSONObject table = JSON.parseObject(Files.readString(path)).getJSONObject("offsetTable");
    JSONObject queues = table == null ? null : table.getJSONObject(topic + "@" + group);
    return queues == null ? -1 : queues.values().stream().mapToLong(each -> ((Number) each).longValue()).sum();
  }

  @Override
  public void close() throws IOException {
    if (admin != null) {
      admin.shutdown();
    }
    nodes.forEach(Node::kill);
  }

  interface Check {
    boolean holds() throws Exception;
  }

  static void await(String what, int seconds, Check check) throws Exception {
    Exception last = null;
    for (int i = 0; i < seconds * 10; i++) {
      try {
        if (check.holds()) {
          return;
        }
      } catch (Exception e) {
        last = e;
      }
      Thread.sleep(100);
    }
    throw new IllegalStateException(what + " did not come within " + seconds + " s", last);
  }

  private static void awaitPort(String host, int port) throws Exception {
    await("port " + port, 60, () -> {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(host, port), 500);
        return true;
      }
    });
  }

  private static void deleteTree(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> walk = Files.walk(path)) {
      for (Path each : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  /** One process of the cluster. */
  record Node(Process process) {
    void signal(String name) throws Exception {
      new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
    }

    /** kill -9, and waits until it is gone. */
    void kill() {
      process.destroyForcibly();
      process.onExit().join();
    }

    /** SIGTERM: the product's own shutdown hook runs. */
    void stop() {
      process.destroy();
      process.onExit().join();
    }
  }
}
