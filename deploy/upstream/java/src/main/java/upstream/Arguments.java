package upstream;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The command line: `--name value`, `--map` any number of times, `--wait` alone. */
final class Arguments {
  private static final Set<String> NAMES = Set.of("brokers", "record", "connection", "list", "segment", "csv", "records",
      "export", "application", "topic", "results-topic");

  final Map<String, String> mapping = new LinkedHashMap<>();
  final boolean wait;
  private final Map<String, String> values = new LinkedHashMap<>();

  Arguments(String[] line) {
    boolean waits = false;
    for (int at = 0; at < line.length; at++) {
      if (line[at].equals("--wait")) {
        waits = true;
        continue;
      }
      String name = line[at].startsWith("--") ? line[at].substring(2) : "";
      if (!name.equals("map") && !NAMES.contains(name)) throw new IllegalArgumentException(line[at] + " is no option");
      if (++at == line.length) throw new IllegalArgumentException("--" + name + " needs a value");
      if (name.equals("map")) {
        String[] pair = line[at].split("=", 2);
        if (pair.length < 2) throw new IllegalArgumentException("--map " + line[at] + ": must be TARGET=COLUMN");
        mapping.put(pair[0], pair[1]);
      } else {
        values.put(name, line[at]);
      }
    }
    wait = waits;
    for (String name : new String[] {"connection", "list", "segment", "csv"}) get(name);
    if (has("brokers") == has("record")) throw new IllegalArgumentException("either --brokers or --record is needed");
    if (!mapping.containsKey("email")) throw new IllegalArgumentException("--map email=COLUMN is missing");
    membersPerRecord();
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  String get(String name) {
    if (!has(name)) throw new IllegalArgumentException("--" + name + " is missing");
    return values.get(name);
  }

  String get(String name, String fallback) {
    return values.getOrDefault(name, fallback);
  }

  int membersPerRecord() {
    String text = get("records", "100");
    int number = text.equals("single") ? 1 : Integer.parseInt(text);
    if (number < 1) throw new IllegalArgumentException("--records must be single or a number from 1 on");
    return number;
  }

  /** What is not mapped need not leave the house. */
  Set<String> columns() {
    return new HashSet<>(mapping.values());
  }
}
