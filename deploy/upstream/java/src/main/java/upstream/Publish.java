package upstream;

import com.google.protobuf.util.JsonFormat;
import java.nio.file.Path;
import java.util.UUID;
import segment_export.v1.Leaves.ResultEvent;
import segment_export.v1.Leaves.RunStatus;

/** Publishes the people of a CSV file as one run of an export; prints the run id and, with --wait, the receipt. */
public final class Publish {
  private Publish() {}

  public static void main(String[] line) throws Exception {
    Arguments arguments;
    try {
      arguments = new Arguments(line);
    } catch (IllegalArgumentException mistake) {
      System.err.println(mistake.getMessage());
      System.exit(2);
      return;
    }
    System.exit(run(arguments));
  }

  private static int run(Arguments arguments) throws Exception {
    String runId = "run-" + UUID.randomUUID();  // Fresh for every try: a run id that was used before is skipped.
    Records records = new Records(arguments, runId);
    if (arguments.has("record")) {
      try (Sink sink = new Sink.InFile(Path.of(arguments.get("record")))) {
        publish(records, sink);
      }
      System.out.println(runId);
      return 0;
    }
    try (Results results = arguments.wait ? new Results(arguments) : null) {
      try (Sink sink = new Sink.InTopic(arguments, runId)) {
        publish(records, sink);
      }
      System.out.println(runId);
      if (results == null) return 0;
      ResultEvent event = results.endOf(runId);
      System.out.println(JsonFormat.printer().preservingProtoFieldNames().includingDefaultValueFields()
          .omittingInsignificantWhitespace().print(event));
      RunStatus status = event.getCompleted().getStatus();
      return status == RunStatus.SUCCESSFUL || status == RunStatus.COMPLETED_WITH_WARNINGS ? 0 : 1;
    }
  }

  private static void publish(Records records, Sink sink) throws Exception {
    long expected = records.countMembers();
    sink.put(records.job(expected));
    records.members(sink);
    // The end says that all members are there. So it goes only once the brokers have all of them.
    sink.flush();
    sink.put(records.end(expected));
    sink.flush();
  }
}
