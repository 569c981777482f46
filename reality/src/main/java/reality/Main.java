package reality;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import org.apache.rocketmq.common.MQVersion;

/** Asks one question after the other; every question starts and stops its own name server and brokers. */
public final class Main {
  private Main() {}

  interface Question {
    void ask() throws Exception;
  }

  public static void main(String[] args) throws Exception {
    System.setProperty("user.home", Cluster.DATA.resolve("client").toAbsolutePath().toString());
    Report.line("RocketMQ %s, Java %s", MQVersion.getVersionDesc(MQVersion.CURRENT_VERSION),
        System.getProperty("java.version"));
    // The product's logging speaks on standard output; the answers shall stand there alone.
    System.setOut(new PrintStream(OutputStream.nullOutputStream()));
    List<String> asked = List.of((args.length == 0 ? "ha" : args[0]).split(","));
    for (String name : asked) {
      Report.title(name);
      try {
        question(name).ask();
      } catch (Exception e) {
        // The threads of the product's clients would keep this process alive.
        e.printStackTrace();
        System.exit(1);
      }
    }
    Report.line("done");
    System.exit(0);
  }

  private static Question question(String name) {
    return switch (name) {
      case "silent" -> SilentBroker::defaults;
      case "silent-latency" -> SilentBroker::latency;
      case "silent-cap" -> SilentBroker::cap;
      case "batch" -> BatchOfTen::ask;
      case "batch-send" -> BatchSend::ask;
      case "bookmark" -> Bookmark::ask;
      case "restart" -> BrokerRestart::ask;
      case "tour" -> () -> TourRestart.ask("tour", false, 10_000);
      case "tour-slaves" -> () -> TourRestart.ask("tour-slaves", true, 10_000);
      case "tour-together" -> () -> TourRestart.ask("tour-together", true, 0);
      case "ha" -> SyncMaster::ask;
      case "flush" -> FlushSwitch::ask;
      case "orderly" -> HandOver::orderly;
      case "take-over" -> HandOver::concurrently;
      case "new-group" -> NewGroup::ask;
      case "retry" -> RetryLadder::ask;
      case "delay" -> LateDelivery::ask;
      case "tx" -> OpenTransactions::ask;
      case "filter" -> SplitGroup::ask;
      case "pop" -> PopAgain::ask;
      case "controller" -> ControllerFailover::ask;
      case "suspend" -> OrderlyFailure::ask;
      case "crash-again" -> CrashAgain::ask;
      default -> throw new IllegalArgumentException(
          name + ": ask some of silent,silent-latency,silent-cap,batch,batch-send,bookmark,restart,tour,tour-slaves,tour-together,ha,flush,"
              + "orderly,take-over,new-group,retry,delay,tx,filter,pop,controller,crash-again,suspend");
    };
  }
}
