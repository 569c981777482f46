package reality;

import java.io.PrintStream;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** What the harness says: plain lines on standard output, stamped with seconds since the start. */
final class Report {
  private static final PrintStream OUT = System.out;
  private static final long BEGAN_NS = System.nanoTime();

  private Report() {}

  static void title(String name) {
    OUT.printf("%n== %s ==%n", name);
  }

  static synchronized void line(String format, Object... values) {
    double seconds = (System.nanoTime() - BEGAN_NS) / 1e9;
    OUT.printf(Locale.ROOT, "%7.1f  %s%n", seconds, String.format(Locale.ROOT, format, values));
  }

  /** Least, middle and greatest of some numbers: "3 / 52 / 101". */
  static String spread(Collection<Long> numbers) {
    List<Long> sorted = numbers.stream().sorted().toList();
    return sorted.isEmpty() ? "(none)"
        : sorted.get(0) + " / " + sorted.get(sorted.size() / 2) + " / " + sorted.get(sorted.size() - 1);
  }
}
