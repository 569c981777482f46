package reality;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;
import org.apache.rocketmq.common.message.MessageExt;

/** A consumer in a JVM of its own that notes each beginning (B) and end (E) of a message's work in a file. */
public final class Reader {
  private Reader() {}

  /** One line of a reader's notes. */
  record Note(boolean begin, String id, long atMs) {}

  /** Arguments: group, topic, instance name, work in ms, file of notes. Runs until it is killed, 10 min at most. */
  public static void main(String[] args) throws Exception {
    int workMs = Integer.parseInt(args[3]);
    OutputStream notes = new FileOutputStream(args[4], true);
    DefaultMQPushConsumer consumer = new DefaultMQPushConsumer(args[0]);
    consumer.setNamesrvAddr(Cluster.NAME_SERVERS);
    consumer.setInstanceName(args[2]);
    consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
    consumer.subscribe(args[1], "*");
    consumer.registerMessageListener((MessageListenerConcurrently) (messages, context) -> {
      for (MessageExt message : messages) {
        String id = new String(message.getBody(), StandardCharsets.UTF_8);
        write(notes, "B " + id + " " + System.currentTimeMillis());
        try {
          Thread.sleep(workMs);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        write(notes, "E " + id + " " + System.currentTimeMillis());
      }
      return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
    });
    consumer.start();
    Thread.sleep(600_000);
    Runtime.getRuntime().halt(1);
  }

  static List<Note> notes(Path file) throws IOException {
    List<Note> notes = new ArrayList<>();
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        String[] parts = line.split(" ");
        notes.add(new Note(parts[0].equals("B"), parts[1], Long.parseLong(parts[2])));
      }
    }
    return notes;
  }

  private static void write(OutputStream notes, String line) {
    try {
      notes.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
