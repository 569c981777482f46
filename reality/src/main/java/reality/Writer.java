package reality;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.message.Message;

/** Sends numbered messages at a steady rate until it is closed; knows which were answered SEND_OK. */
final class Writer implements AutoCloseable {
  private final DefaultMQProducer producer = new DefaultMQProducer("writer");
  private final Set<String> stored = ConcurrentHashMap.newKeySet();
  private final Thread thread;
  private volatile boolean on = true;

  /** 100 messages a second. */
  Writer(String topic, String prefix) throws Exception {
    this(Cluster.NAME_SERVER, topic, prefix, 100);
  }

  Writer(String nameServers, String topic, String prefix, int ratePerSecond) throws Exception {
    producer.setNamesrvAddr(nameServers);
    producer.setInstanceName("writer" + System.nanoTime());
    // A copy made by the producer's own retry would be taken for a second delivery.
    producer.setRetryTimesWhenSendFailed(0);
    producer.start();
    thread = new Thread(() -> run(topic, prefix, 1_000_000_000L / ratePerSecond));
    thread.start();
  }

  int stored() {
    return stored.size();
  }

  @Override
  public void close() throws Exception {
    on = false;
    thread.join();
    producer.shutdown();
  }

  private void run(String topic, String prefix, long gapNs) {
    long dueNs = System.nanoTime();
    for (int i = 0; on; i++) {
      String id = prefix + i;
      try {
        producer.send(new Message(topic, id.getBytes(StandardCharsets.UTF_8)), 1000);
        stored.add(id);
      } catch (Exception e) {
        // The broker is down: this number is never stored, or stored unanswered.
      }
      dueNs = Math.max(dueNs + gapNs, System.nanoTime() - 50_000_000);
      long waitMs = (dueNs - System.nanoTime()) / 1_000_000;
      try {
        Thread.sleep(Math.max(0, waitMs));
      } catch (InterruptedException e) {
        return;
      }
    }
  }
}
