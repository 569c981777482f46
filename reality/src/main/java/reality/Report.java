package reality;

import java.io.PrintStream;
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
}
