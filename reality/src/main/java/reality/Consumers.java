package reality;

import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;
import org.apache.rocketmq.common.message.MessageExt;

/** Push consumers in this JVM, each a client of its own. */
final class Consumers {
  private Consumers() {}

  /** What is done with one message. */
  interface Work {
    ConsumeConcurrentlyStatus on(MessageExt message);
  }

  interface Setting {
    void of(DefaultMQPushConsumer consumer);
  }

  static DefaultMQPushConsumer start(String group, String topic, String tags, Work work) throws Exception {
    return start(group, topic, tags, (messages, context) -> work.on(messages.get(0)), consumer -> {});
  }

  static DefaultMQPushConsumer start(
      String group, String topic, String tags, MessageListenerConcurrently listener, Setting setting)
      throws Exception {
    DefaultMQPushConsumer consumer = new DefaultMQPushConsumer(group);
    consumer.setNamesrvAddr(Cluster.NAME_SERVER);
    consumer.setInstanceName(group + System.nanoTime());
    consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
    consumer.subscribe(topic, tags);
    consumer.registerMessageListener(listener);
    setting.of(consumer);
    consumer.start();
    return consumer;
  }
}
