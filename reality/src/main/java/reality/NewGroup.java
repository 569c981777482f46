package reality;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;

/** CO-25: when does a consumer of a new group take over the queue of its topic, and that of its retry topic? */
final class NewGroup {
  private static final String TOPIC = "Fresh";
  private static final int GROUPS = 5;

  private NewGroup() {}

  static void ask() throws Exception {
    try (Cluster cluster = new Cluster("new-group")) {
      cluster.startBroker("a", "127.0.0.1", Cluster.PORT_A, Map.of());
      cluster.createTopic(TOPIC, 1, Cluster.ADDRESS_A);
      for (String what : List.of("new group", "group that was there before")) {
        List<DefaultMQPushConsumer> consumers = new ArrayList<>();
        for (int i = 0; i < GROUPS; i++) {
          consumers.add(started(what, "fresh" + i));
        }
        consumers.forEach(DefaultMQPushConsumer::shutdown);
      }
    }
  }

  private static DefaultMQPushConsumer started(String what, String group) throws Exception {
    long beganNs = System.nanoTime();
    DefaultMQPushConsumer consumer =
        Consumers.start(group, TOPIC, "*", message -> ConsumeConcurrentlyStatus.CONSUME_SUCCESS);
    long startedNs = System.nanoTime();
    double own = ownedAfterS(consumer, TOPIC, beganNs);
    double retry = ownedAfterS(consumer, "%RETRY%" + group, beganNs);
    Report.line("%s: start() took %.0f ms; its queue after %.2f s, its retry queue after %.2f s", what,
        (startedNs - beganNs) / 1e6, own, retry);
    return consumer;
  }

  private static double ownedAfterS(DefaultMQPushConsumer consumer, String topic, long beganNs) throws Exception {
    Cluster.await("queue of " + topic, 60, () -> consumer.getDefaultMQPushConsumerImpl().getRebalanceImpl()
        .getProcessQueueTable().keySet().stream().anyMatch(queue -> queue.getTopic().equals(topic)));
    return (System.nanoTime() - beganNs) / 1e9;
  }
}
