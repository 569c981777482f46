package reality;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.rocketmq.common.message.MessageExt;

/** A message as its listener sees it when the work on it begins; its id is its body. Times are of the wall clock. */
record Delivery(String id, int queue, long offset, int reconsumed, long bornMs, long storedMs, long beganMs) {
  static Delivery of(MessageExt message) {
    return new Delivery(new String(message.getBody(), StandardCharsets.UTF_8), message.getQueueId(),
        message.getQueueOffset(), message.getReconsumeTimes(), message.getBornTimestamp(),
        message.getStoreTimestamp(), System.currentTimeMillis());
  }

  String line() {
    return "%s %d %d %d %d %d %d".formatted(id, queue, offset, reconsumed, bornMs, storedMs, beganMs);
  }

  static List<Delivery> read(Path file) throws IOException {
    List<Delivery> read = new ArrayList<>();
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        String[] parts = line.split(" ");
        // What a kill cut off is no line.
        if (parts.length == 7) {
          read.add(new Delivery(parts[0], Integer.parseInt(parts[1]), Long.parseLong(parts[2]),
              Integer.parseInt(parts[3]), Long.parseLong(parts[4]), Long.parseLong(parts[5]),
              Long.parseLong(parts[6])));
        }
      }
    }
    return read;
  }
}
