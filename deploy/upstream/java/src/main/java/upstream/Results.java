package upstream;

import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import segment_export.v1.Leaves.ResultEvent;

/** What is published about runs from now on; made before the run is published, so that no event is missed. */
final class Results implements AutoCloseable {
  private final KafkaConsumer<String, byte[]> consumer;

  Results(Arguments arguments) {
    consumer = new KafkaConsumer<>(
        Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, arguments.get("brokers"),
               ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
               ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false),
        new StringDeserializer(), new ByteArrayDeserializer());
    String topic = arguments.get("results-topic", "export-results");
    List<TopicPartition> places = consumer.partitionsFor(topic).stream()
        .map(found -> new TopicPartition(topic, found.partition())).toList();
    consumer.assign(places);
    consumer.endOffsets(places).forEach(consumer::seek);
  }

  /** Waits for the event that ends the run, however long it takes. */
  ResultEvent endOf(String runId) throws InvalidProtocolBufferException {
    while (true) {
      for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
        if (!runId.equals(record.key())) continue;
        ResultEvent event = ResultEvent.parseFrom(record.value());
        if (event.hasCompleted()) return event;
        System.err.println(event.getChanged().getStatus() + " " + event.getChanged().getReason().getReason());
      }
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
