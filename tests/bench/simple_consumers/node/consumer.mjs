// The first version that one writes after KafkaJS's "Getting Started" and "Consuming Messages" (kafka.js.org/docs,
// files docs/GettingStarted.md and docs/Consuming.md of tulios/kafkajs): a group, subscribe from the beginning, run
// with eachMessage, everything else as by default. autoCommit is true then, and what eachMessage has returned for is
// committed after each fetched batch.
//
// Collects people and sends them to Constant Contact's JSON import; logs a request that fails and goes on.

import kafkajs from "kafkajs";
import lz4 from "lz4js";
import protobuf from "protobufjs";

const { Kafka, CompressionCodecs, CompressionTypes } = kafkajs;
const { KAFKA_BROKERS, API_URL, ACCESS_TOKEN, LIST_ID, PROTO_DIR } = process.env;

const PEOPLE_PER_IMPORT = Number(process.env.PEOPLE_PER_IMPORT);
const PAUSE_MS = 300; // The vendor allows four requests a second.
const EMAIL = /^[^@\s]+@[^@\s]+\.[^@\s]+$/;

// KafkaJS reads LZ4 only with a codec that one brings along.
CompressionCodecs[CompressionTypes.LZ4] = () => ({
  compress: async (encoder) => Buffer.from(lz4.compress(encoder.buffer)),
  decompress: async (buffer) => Buffer.from(lz4.decompress(buffer)),
});

const schema = new protobuf.Root();
schema.resolvePath = (_, target) => `${PROTO_DIR}/${target}`;
await schema.load("segment_export/v1/arrives.proto");
const ExportMessage = schema.lookupType("segment_export.v1.ExportMessage");

let people = [];

function personOf(member) {
  const values = Object.fromEntries(
    member.attributes.map(({ name, value }) => [name.toString(), value.toString()]),
  );
  return { email: (values.EMail ?? "").trim(), first_name: values.FirstName, last_name: values.LastName };
}

async function importPeople() {
  if (people.length === 0) return;
  const batch = people;
  people = [];
  await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  try {
    const answer = await fetch(`${API_URL}/activities/contacts_json_import`, {
      method: "POST",
      headers: { Authorization: `Bearer ${ACCESS_TOKEN}`, "Content-Type": "application/json" },
      body: JSON.stringify({ list_ids: [LIST_ID], import_data: batch }),
    });
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    await answer.json();
    console.log(`imported ${batch.length} people`);
  } catch (error) {
    console.error(`import failed, ${batch.length} people: ${error.message}`);
  }
}

async function add(member) {
  const person = personOf(member);
  if (!EMAIL.test(person.email)) {
    console.error("skipped somebody without a usable address");
    return;
  }
  people.push(person);
  if (people.length >= PEOPLE_PER_IMPORT) await importPeople();
}

const kafka = new Kafka({ clientId: "simple-consumer", brokers: KAFKA_BROKERS.split(",") });
const consumer = kafka.consumer({ groupId: "simple-consumer-node" });

await consumer.connect();
await consumer.subscribe({ topic: "segment-exports", fromBeginning: true });
await consumer.run({
  eachMessage: async ({ message }) => {
    const record = ExportMessage.decode(message.value);
    if (record.member) await add(record.member);
    for (const member of record.members?.members ?? []) await add(member);
    if (record.end) await importPeople();
  },
});
