package reality;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.ConsumeOrderlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.client.consumer.listener.MessageListenerOrderly;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;
import org.apache.rocketmq.common.message.MessageExt;

/** A consumer in a JVM of its own that notes each {@link Delivery}; SIGTERM shuts it down in order. */
public final class Worker {
  private Worker() {}

  /**
   * Arguments: kind (orderly, concurrently, pop), group, topic, instance name, work in ms (the listener never returns
   * below 0), file of notes. Runs until it is killed, 20 min at most.
   */
  public static void main(String[] args) throws Exception {
    int workMs = Integer.parseInt(args[4]);
    OutputStream notes = new FileOutputStream(args[5], true);
    DefaultMQPushConsumer consumer = new DefaultMQPushConsumer(args[1]);
    consumer.setNamesrvAddr(Cluster.NAME_SERVERS);
    consumer.setInstanceName(args[3]);
    consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
    consumer.subscribe(args[2], "*");
    consumer.setClientRebalance(!args[0].equals("pop"));
    if (args[0].equals("orderly")) {
      consumer.registerMessageListener((MessageListenerOrderly) (messages, context) -> {
        work(notes, messages, workMs);
        return ConsumeOrderlyStatus.SUCCESS;
      });
    } else {
      consumer.registerMessageListener((MessageListenerConcurrently) (messages, context) -> {
        work(notes, messages, workMs);
        return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
      });
    }
    Runtime.getRuntime().addShutdownHook(new Thread(consumer::shutdown));
    consumer.start();
    Thread.sleep(1_200_000);
    Runtime.getRuntime().halt(1);
  }

  private static void work(OutputStream notes, List<MessageExt> messages, int workMs) {
    for (MessageExt message : messages) {
      try {
        notes.write((Delivery.of(message).line() + "\n").getBytes(StandardCharsets.UTF_8));
        Thread.sleep(workMs < 0 ? Long.MAX_VALUE : workMs);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
