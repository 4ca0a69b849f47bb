package simple;

import com.google.gson.Gson;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import segment_export.v1.Arrives.Attribute;
import segment_export.v1.Arrives.ExportMessage;
import segment_export.v1.Arrives.SegmentMembers;

/**
 * Reads segment members and sends them to Constant Contact's JSON import; logs a request that fails and goes on.
 *
 * <p>The first version that one writes after "Automatic Offset Committing" in the Javadoc of Apache Kafka's
 * KafkaConsumer: a group, subscribe, and a loop around poll, everything else as by default. By default
 * enable.auto.commit is true: a poll that comes five seconds after the last commit commits what earlier polls returned.
 */
public final class Consumer {
  private static final int PEOPLE_PER_IMPORT = Integer.parseInt(System.getenv("PEOPLE_PER_IMPORT"));
  private static final long PAUSE_MS = 300;  // The vendor allows four requests a second.
  private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s]+");

  private final HttpClient http = HttpClient.newHttpClient();
  private final Gson gson = new Gson();
  private final List<Map<String, String>> people = new ArrayList<>();

  public static void main(String[] arguments) throws InterruptedException, InvalidProtocolBufferException {
    new Consumer().run();
  }

  private void run() throws InterruptedException, InvalidProtocolBufferException {
    Map<String, Object> settings = Map.of("bootstrap.servers", System.getenv("KAFKA_BROKERS"),
                                          "group.id", "simple-consumer-java",
                                          "auto.offset.reset", "earliest");
    try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(List.of("segment-exports"));
      while (true) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          take(ExportMessage.parseFrom(record.value()));
        }
      }
    }
  }

  private void take(ExportMessage record) throws InterruptedException {
    switch (record.getKindCase()) {
      case MEMBER -> add(record.getMember().getAttributesList());
      case MEMBERS -> {
        for (SegmentMembers.Member member : record.getMembers().getMembersList()) add(member.getAttributesList());
      }
      case END -> importPeople();
      default -> { }
    }
  }

  private void add(List<Attribute> attributes) throws InterruptedException {
    Map<String, String> values = new HashMap<>();
    for (Attribute attribute : attributes) {
      values.put(attribute.getName().toStringUtf8(), attribute.getValue().toStringUtf8());
    }
    String email = values.getOrDefault("EMail", "").trim();
    if (!EMAIL.matcher(email).matches()) {
      System.err.println("skipped somebody without a usable address");
      return;
    }
    people.add(Map.of("email", email, "first_name", values.getOrDefault("FirstName", ""),
                      "last_name", values.getOrDefault("LastName", "")));
    if (people.size() >= PEOPLE_PER_IMPORT) importPeople();
  }

  private void importPeople() throws InterruptedException {
    if (people.isEmpty()) return;
    Thread.sleep(PAUSE_MS);
    String body = gson.toJson(Map.of("list_ids", List.of(System.getenv("LIST_ID")), "import_data", people));
    HttpRequest request = HttpRequest.newBuilder(
            URI.create(System.getenv("API_URL") + "/activities/contacts_json_import"))
        .header("Authorization", "Bearer " + System.getenv("ACCESS_TOKEN"))
        .header("Content-Type", "application/json")
        .timeout(Duration.ofSeconds(30))
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
    try {
      int status = http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
      if (status / 100 != 2) throw new IOException("status " + status);
      System.out.println("imported " + people.size() + " people");
    } catch (IOException error) {
      System.err.println("import failed, " + people.size() + " people: " + error.getMessage());
    }
    people.clear();
  }
}
