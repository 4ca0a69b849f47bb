package upstream;

import com.google.protobuf.ByteString;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import segment_export.v1.Arrives.ExportJob;
import segment_export.v1.Arrives.ExportMessage;
import segment_export.v1.Arrives.MappedField;
import segment_export.v1.Arrives.Segment;
import segment_export.v1.Arrives.SegmentEnd;
import segment_export.v1.Arrives.SegmentMember;
import segment_export.v1.Arrives.SegmentMembers;
import segment_export.v1.Arrives.Trigger;

/** The records of one run, made from a CSV file. */
final class Records {
  private static final int MOST_RECORD_BYTES = 900_000;
  private static final CSVFormat FORMAT = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).build();

  private final Arguments arguments;
  private final String runId;
  private final String segment;

  Records(Arguments arguments, String runId) {
    this.arguments = arguments;
    this.runId = runId;
    this.segment = arguments.get("segment");
  }

  /** The file, read once to its end: one that turns out to be broken half-way would leave half a run. */
  long countMembers() throws IOException {
    try (CSVParser rows = open()) {
      for (String column : arguments.columns()) {
        if (!rows.getHeaderMap().containsKey(column)) throw new IllegalArgumentException("no column " + column);
      }
      for (CSVRecord row : rows) {
        if (row.isConsistent()) continue;
        throw new IllegalArgumentException("row " + row.getRecordNumber() + ": not as many cells as the header has");
      }
      return rows.getRecordNumber();
    }
  }

  ExportMessage job(long expected) {
    ExportJob.Builder job = ExportJob.newBuilder()
        .setRunId(runId)
        // Runs of one export keep their order: a newer one replaces an older one that still waits.
        .setExportId(arguments.get("export", arguments.get("connection") + "/" + segment))
        .setExportName(segment)
        .setConnectionId(arguments.get("connection"))
        .setApplication(arguments.get("application", ""))
        .setTrigger(Trigger.TRIGGER_ON_DEMAND)
        .addListIds(arguments.get("list"))
        .addSegments(Segment.newBuilder().setId(segment).setName(segment).setExpectedMembers(expected))
        .setCreatedAtMs(System.currentTimeMillis());
    arguments.mapping.forEach((target, column) -> {
      if (target.equals("email")) {
        job.getMappingBuilder().setEmailAttribute(column);
      } else if (target.startsWith("cf:")) {
        job.getMappingBuilder().addFields(
            MappedField.newBuilder().setAttribute(column).setCustomField(target.substring("cf:".length())));
      } else {
        job.getMappingBuilder().addFields(MappedField.newBuilder().setAttribute(column).setStandardField(target));
      }
    });
    return ExportMessage.newBuilder().setJob(job).build();
  }

  /** The people, no more of them in a record than asked for and never more bytes than a record may have. */
  void members(Sink sink) throws Exception {
    List<SegmentMembers.Member> batch = new ArrayList<>();
    int size = 0;
    try (CSVParser rows = open()) {
      for (CSVRecord row : rows) {
        SegmentMembers.Member member = member(row);
        int bytes = member.getSerializedSize() + 8;
        boolean full = batch.size() == arguments.membersPerRecord() || size + bytes > MOST_RECORD_BYTES - 1024;
        if (full && !batch.isEmpty()) {
          sink.put(record(batch));
          batch.clear();
          size = 0;
        }
        batch.add(member);
        size += bytes;
      }
    }
    if (!batch.isEmpty()) sink.put(record(batch));
  }

  ExportMessage end(long sent) {
    return ExportMessage.newBuilder()
        .setEnd(SegmentEnd.newBuilder().setRunId(runId).setSegmentId(segment).setMembersSent(sent))
        .build();
  }

  private SegmentMembers.Member member(CSVRecord row) {
    SegmentMembers.Member.Builder member = SegmentMembers.Member.newBuilder()
        .setProfileId(ByteString.copyFromUtf8("row-" + row.getRecordNumber()));
    for (String column : arguments.columns()) {
      member.addAttributesBuilder()
          .setName(ByteString.copyFromUtf8(column))
          .setValue(ByteString.copyFromUtf8(row.get(column)));
    }
    return member.build();
  }

  private ExportMessage record(List<SegmentMembers.Member> batch) {
    if (arguments.membersPerRecord() > 1) {
      return ExportMessage.newBuilder()
          .setMembers(SegmentMembers.newBuilder().setRunId(runId).setSegmentId(segment).addAllMembers(batch))
          .build();
    }
    SegmentMembers.Member member = batch.get(0);
    return ExportMessage.newBuilder()
        .setMember(SegmentMember.newBuilder().setRunId(runId).setSegmentId(segment)
            .setProfileId(member.getProfileId()).addAllAttributes(member.getAttributesList()))
        .build();
  }

  private CSVParser open() throws IOException {
    BufferedReader file = Files.newBufferedReader(Path.of(arguments.get("csv")));  // Refuses what is no UTF-8.
    file.mark(1);
    if (file.read() != '\uFEFF') file.reset();
    return FORMAT.parse(file);
  }
}
