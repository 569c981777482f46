package reality;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageRequestMode;

/** PO-1, PO-5 to PO-7, PO-9: when does a popped message come again whose consumer died, or failed? */
final class PopAgain {
  private static final int MESSAGES = 40;

  private PopAgain() {}

  static void ask() throws Exception {
    try (Cluster cluster = new Cluster("pop")) {
      cluster.startBroker("a", "127.0.0.1", Cluster.PORT_A, Map.of());
      for (String topic : List.of("Killed", "Failed", "Shared")) {
        cluster.createTopic(topic, 1, Cluster.ADDRESS_A);
        cluster.admin().setMessageRequestMode(
            Cluster.ADDRESS_A, topic, "pop-" + topic, MessageRequestMode.POP, 0, 5_000);
      }
      DefaultMQProducer producer = new DefaultMQProducer("pop");
      producer.setNamesrvAddr(Cluster.NAME_SERVER);
      producer.start();
      List<Delivery> failed = Collections.synchronizedList(new ArrayList<>());
      DefaultMQPushConsumer failing = Consumers.start("pop-Failed", "Failed", "*", (messages, context) -> {
        failed.add(Delivery.of(messages.get(0)));
        return ConsumeConcurrentlyStatus.RECONSUME_LATER;
      }, consumer -> consumer.setClientRebalance(false));
      Cluster.Node dying = worker(cluster, "Killed", "w0", -1);
      worker(cluster, "Shared", "s0", 100);
      worker(cluster, "Shared", "s1", 100);
      worker(cluster, "Shared", "s2", 100);
      Thread.sleep(10_000);
      long killMs = 0;
      for (int i = 0; i < MESSAGES; i++) {
        if (i < 20) {
          // The listener has 20 threads: each of these is in hand when the process dies.
          producer.send(new Message("Killed", ("m" + i).getBytes(StandardCharsets.UTF_8)));
          producer.send(new Message("Failed", ("m" + i).getBytes(StandardCharsets.UTF_8)));
        } else if (killMs == 0) {
          Thread.sleep(2_000);
          dying.kill();
          killMs = System.currentTimeMillis();
          worker(cluster, "Killed", "w1", 10);
        }
        for (int j = 0; j < 5; j++) {
          producer.send(new Message("Shared", ("m" + i + "-" + j).getBytes(StandardCharsets.UTF_8)));
        }
        Thread.sleep(713);
      }
      Report.line("one queue, three consumers: %s", List.of("s0", "s1", "s2").stream()
          .map(name -> quietly(() -> String.valueOf(Delivery.read(cluster.file(name)).size()))).toList());
      Thread.sleep(80_000);

      List<Delivery> before = Delivery.read(cluster.file("w0"));
      List<Delivery> after = Delivery.read(cluster.file("w1"));
      List<Long> revived = new ArrayList<>();
      List<Long> begun = new ArrayList<>();
      for (Delivery each : before) {
        after.stream().filter(next -> next.id().equals(each.id())).findFirst().ifPresent(next -> {
          revived.add(next.storedMs() - each.beganMs());
          begun.add(next.beganMs() - each.beganMs());
        });
      }
      Report.line("killed with %d in hand: %d come again, in the retry topic %s ms after they were begun, begun again"
          + " %s ms after it; reconsumeTimes %s; w1 read %d", before.size(), revived.size(), Report.spread(revived),
          Report.spread(begun), after.stream().map(Delivery::reconsumed).distinct().toList(), after.size());
      Report.line("one by one: %s", after.stream().sorted(Comparator.comparing(Delivery::beganMs))
          .map(next -> next.id() + " " + before.stream().filter(each -> each.id().equals(next.id())).findFirst()
              .map(each -> (next.storedMs() - each.beganMs()) + "/" + (next.beganMs() - each.beganMs())).orElse("new"))
          .collect(Collectors.joining(", ")));
      for (int step = 1; step <= 2; step++) {
        List<Long> put = new ArrayList<>();
        List<Long> taken = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
          String id = "m" + i;
          List<Delivery> each = List.copyOf(failed).stream().filter(d -> d.id().equals(id)).toList();
          if (each.size() > step) {
            put.add(each.get(step).storedMs() - each.get(step - 1).beganMs());
            taken.add(each.get(step).beganMs() - each.get(step - 1).beganMs());
          }
        }
        Report.line("failed, try %d: in the retry topic %s ms after the failure, begun %s ms after it (%d)", step + 1,
            Report.spread(put), Report.spread(taken), put.size());
      }
      Report.line("reconsumeTimes of the failed: %s", failed.stream().filter(d -> d.id().equals("m0"))
          .map(Delivery::reconsumed).toList());
      Report.line("topics: %s", cluster.admin().fetchAllTopicList().getTopicList().stream()
          .filter(topic -> topic.contains("pop-") || topic.contains("REVIVE")).sorted().map(topic -> topic + " "
              + quietly(() -> String.valueOf(SyncMaster.stored(cluster, topic)))).toList());
      failing.shutdown();
      producer.shutdown();
    }
  }

  private static Cluster.Node worker(Cluster cluster, String topic, String name, int workMs) throws IOException {
    return cluster.java(name, "-Xms32m -Xmx128m", "reality.Worker",
        "pop", "pop-" + topic, topic, name, String.valueOf(workMs), cluster.file(name).toString());
  }

  private interface Question {
    String ask() throws Exception;
  }

  private static String quietly(Question question) {
    try {
      return question.ask();
    } catch (Exception e) {
      return e.getClass().getSimpleName();
    }
  }
}
