package upstream;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import segment_export.v1.Arrives.ExportMessage;

/** Where the records of a run go. */
interface Sink extends AutoCloseable {
  void put(ExportMessage record) throws Exception;

  /** Ends when all records are safe; throws what became of the first that is not. */
  void flush() throws Exception;

  /** The input topic. Every record of the run has the run id as its key, which keeps them in one partition. */
  final class InTopic implements Sink {
    private final KafkaProducer<String, byte[]> producer;
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final String topic;
    private final String runId;

    InTopic(Arguments arguments, String runId) {
      this.topic = arguments.get("topic", "segment-exports");
      this.runId = runId;
      // The default partitioner goes by the key (murmur2); one that spreads records evenly would tear the run apart.
      producer = new KafkaProducer<>(
          Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, arguments.get("brokers"),
                 ProducerConfig.ACKS_CONFIG, "all",
                 ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true,
                 ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4",
                 ProducerConfig.LINGER_MS_CONFIG, 20,
                 ProducerConfig.BATCH_SIZE_CONFIG, 262_144),
          new StringSerializer(), new ByteArraySerializer());
    }

    @Override
    public void put(ExportMessage record) throws Exception {
      if (failure.get() != null) throw failure.get();
      producer.send(new ProducerRecord<>(topic, runId, record.toByteArray()),
                    (where, problem) -> failure.compareAndSet(null, problem));
    }

    @Override
    public void flush() throws Exception {
      producer.flush();
      if (failure.get() != null) throw failure.get();
    }

    @Override
    public void close() {
      producer.close();
    }
  }

  /** Each record after its length as a varint; `segment-export validate` reads it. */
  final class InFile implements Sink {
    private final OutputStream file;

    InFile(Path path) throws IOException {
      file = new BufferedOutputStream(Files.newOutputStream(path));
    }

    @Override
    public void put(ExportMessage record) throws IOException {
      record.writeDelimitedTo(file);
    }

    @Override
    public void flush() throws IOException {
      file.flush();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
