#!/usr/bin/python3
"""Publishes the people of a CSV file as one run of an export; prints the run id and, with --wait, the receipt.

Needs Debian's python3-confluent-kafka, python3-protobuf and protobuf-compiler. Example:

  publish.py --brokers 127.0.0.1:19092 --connection demo --list LIST-ID --segment Loyal --csv people.csv \\
    --map email=EMail --map first_name=FirstName --wait
"""

import argparse
import csv
import importlib
import pathlib
import subprocess
import sys
import tempfile
import time
import uuid

from confluent_kafka import Consumer, KafkaException, Producer, TopicPartition
from google.protobuf.json_format import MessageToJson

PROTO = pathlib.Path(__file__).resolve().parents[3] / "proto"
MOST_RECORD_BYTES = 900_000


def message_classes():
    """Made from the .proto files at each start: no generated file can grow old. About 50 ms."""
    with tempfile.TemporaryDirectory() as folder:
        files = [f"segment_export/v1/{name}.proto" for name in ("arrives", "leaves")]
        subprocess.run(["protoc", f"--proto_path={PROTO}", f"--python_out={folder}", *files], check=True)
        sys.path.insert(0, folder)
        return [importlib.import_module(f"segment_export.v1.{name}_pb2") for name in ("arrives", "leaves")]


arrives, leaves = message_classes()


def rows_of(path):
    """Reads strictly: a file that is no UTF-8 or has another number of cells somewhere is refused."""
    with open(path, newline="", encoding="utf-8-sig") as file:
        reader = csv.DictReader(file, strict=True)
        for row in reader:
            if None in row or None in row.values():
                raise ValueError(f"{path}, line {reader.line_num}: not as many cells as the header has")
            yield row


def job_record(arguments, run_id, expected):
    record = arrives.ExportMessage()
    job = record.job
    job.run_id = run_id
    # Runs of one export keep their order: a newer one replaces an older one that still waits.
    job.export_id = arguments.export or f"{arguments.connection}/{arguments.segment}"
    job.export_name = arguments.segment
    job.connection_id = arguments.connection
    job.application = arguments.application
    job.trigger = arrives.TRIGGER_ON_DEMAND
    job.list_ids.append(arguments.list)
    job.segments.add(id=arguments.segment, name=arguments.segment, expected_members=expected)
    job.created_at_ms = int(time.time() * 1000)
    job.mapping.email_attribute = arguments.map["email"]
    for target, column in arguments.map.items():
        if target.startswith("cf:"):
            job.mapping.fields.add(attribute=column, custom_field=target[len("cf:"):])
        elif target != "email":
            job.mapping.fields.add(attribute=column, standard_field=target)
    return record


def member_records(arguments, run_id):
    """The people, at most `records` of them in a record and never more bytes than a record may have."""
    columns = sorted(set(arguments.map.values()))  # What is not mapped need not leave the house.
    batch, size = [], 0
    for number, row in enumerate(rows_of(arguments.csv), 1):
        member = arrives.SegmentMembers.Member(profile_id=f"row-{number}".encode())
        for column in columns:
            member.attributes.add(name=column.encode(), value=row[column].encode())
        bytes_of_member = member.ByteSize() + 8
        if batch and (len(batch) == arguments.records or size + bytes_of_member > MOST_RECORD_BYTES - 1024):
            yield members_record(arguments, run_id, batch)
            batch, size = [], 0
        batch.append(member)
        size += bytes_of_member
    if batch:
        yield members_record(arguments, run_id, batch)


def members_record(arguments, run_id, batch):
    record = arrives.ExportMessage()
    if arguments.records == 1:
        record.member.run_id = run_id
        record.member.segment_id = arguments.segment
        record.member.profile_id = batch[0].profile_id
        record.member.attributes.extend(batch[0].attributes)
    else:
        record.members.run_id = run_id
        record.members.segment_id = arguments.segment
        record.members.members.extend(batch)
    return record


def end_record(arguments, run_id, sent):
    record = arrives.ExportMessage()
    record.end.run_id = run_id
    record.end.segment_id = arguments.segment
    record.end.members_sent = sent
    return record


class RunInTopic:
    """The input topic. Every record of the run has the run id as its key, which keeps them in one partition."""

    def __init__(self, arguments, run_id):
        self.topic, self.key, self.error = arguments.topic, run_id.encode(), None
        self.producer = Producer({
            "bootstrap.servers": arguments.brokers,
            "acks": "all",
            "enable.idempotence": True,
            "partitioner": "murmur2_random",  # Java's, so that a run id leads both samples to one partition.
            "compression.type": "lz4",
            "linger.ms": 20,
        })

    def put(self, record):
        while self.error is None:
            try:
                self.producer.produce(self.topic, key=self.key, value=record.SerializeToString(),
                                      on_delivery=self.delivered)
                self.producer.poll(0)
                return
            except BufferError:
                self.producer.poll(0.1)
        raise KafkaException(self.error)

    def delivered(self, error, _):
        self.error = self.error or error

    def flush(self):
        """Ends when each record is acknowledged or given up."""
        self.producer.flush()
        if self.error:
            raise KafkaException(self.error)


class RunInFile:
    """Each record after its length as a varint; `segment-export validate` reads it."""

    def __init__(self, path):
        self.file = open(path, "wb")  # pylint: disable=consider-using-with

    def put(self, record):
        value = record.SerializeToString()
        length = len(value)
        while length > 0x7F:
            self.file.write(bytes([length & 0x7F | 0x80]))
            length >>= 7
        self.file.write(bytes([length]) + value)

    def flush(self):
        self.file.flush()


def publish(sink, arguments, run_id):
    # Once beforehand: a file that turns out to be broken half-way would leave half a run.
    expected = sum(1 for _ in rows_of(arguments.csv))
    sink.put(job_record(arguments, run_id, expected))
    for record in member_records(arguments, run_id):
        sink.put(record)
    # The end says that all members are there. So it goes only once the brokers have all of them.
    sink.flush()
    sink.put(end_record(arguments, run_id, expected))
    sink.flush()


class Results:
    """What is published about runs from now on; made before the run is published, so that no event is missed."""

    def __init__(self, arguments):
        self.consumer = Consumer({
            "bootstrap.servers": arguments.brokers,
            "group.id": "segment-export-upstream-sample",  # Wanted by the client; nothing is committed.
            "enable.auto.commit": False,
            "isolation.level": "read_committed",
        })
        found = self.consumer.list_topics(arguments.results_topic, timeout=30).topics[arguments.results_topic]
        if found.error:
            raise KafkaException(found.error)
        places = [TopicPartition(arguments.results_topic, partition) for partition in found.partitions]
        for place in places:
            _, place.offset = self.consumer.get_watermark_offsets(place, timeout=30)
        self.consumer.assign(places)

    def end_of(self, run_id):
        """Waits for the event that ends the run, however long it takes."""
        while True:
            message = self.consumer.poll(1)
            if message is None or (message.error() and not message.error().fatal()):
                continue
            if message.error():
                raise KafkaException(message.error())
            if message.key() != run_id.encode():
                continue
            event = leaves.ResultEvent.FromString(message.value())
            if event.HasField("completed"):
                return event
            note = event.changed
            print(leaves.RunStatus.Name(note.status), leaves.Reason.Name(note.reason.reason), file=sys.stderr)


def parse(command_line):
    def pair(text):
        target, equals, column = text.partition("=")
        if not (target and equals and column):
            raise argparse.ArgumentTypeError(f"{text}: must be TARGET=COLUMN")
        return target, column

    def members_per_record(text):
        number = 1 if text == "single" else int(text)
        if number < 1:
            raise ValueError
        return number

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--brokers", help="host:port, comma separated")
    where.add_argument("--record", metavar="FILE", help="write the records to FILE instead of publishing them")
    parser.add_argument("--connection", required=True, metavar="ID", help="account to send to")
    parser.add_argument("--list", required=True, metavar="ID", help="list to put the people on")
    parser.add_argument("--segment", required=True, metavar="ID", help="id and name of the segment")
    parser.add_argument("--csv", required=True, metavar="FILE", help="the people; the first line names the columns")
    parser.add_argument("--map", required=True, action="append", type=pair, metavar="TARGET=COLUMN",
                        help="email, first_name, ..., or cf:<custom field>; may be repeated")
    parser.add_argument("--records", default=100, type=members_per_record, metavar="single|N",
                        help="people in each record; 100 unless given")
    parser.add_argument("--export", metavar="ID", help="the export that this is a run of; connection/segment if none")
    parser.add_argument("--application", default="", metavar="ID", help="the workers' default unless given")
    parser.add_argument("--topic", default="segment-exports")
    parser.add_argument("--results-topic", default="export-results")
    parser.add_argument("--wait", action="store_true", help="wait for the run's end and print its last event as JSON")
    arguments = parser.parse_args(command_line)
    arguments.map = dict(arguments.map)
    if "email" not in arguments.map:
        parser.error("--map email=COLUMN is missing")
    with open(arguments.csv, newline="", encoding="utf-8-sig") as file:
        missing = set(arguments.map.values()) - set(next(csv.reader(file), []))
    if missing:
        parser.error(f"{arguments.csv} has no column {', '.join(sorted(missing))}")
    return arguments


def main():
    arguments = parse(sys.argv[1:])
    run_id = f"run-{uuid.uuid4()}"  # Fresh for every try: a run id that was used before is skipped.
    if arguments.record:
        publish(RunInFile(arguments.record), arguments, run_id)
        print(run_id)
        return 0
    results = Results(arguments) if arguments.wait else None
    publish(RunInTopic(arguments, run_id), arguments, run_id)
    print(run_id, flush=True)
    if results is None:
        return 0
    event = results.end_of(run_id)
    print(MessageToJson(event, preserving_proto_field_name=True, including_default_value_fields=True, indent=None))
    return 0 if event.completed.status in (leaves.SUCCESSFUL, leaves.COMPLETED_WITH_WARNINGS) else 1


if __name__ == "__main__":
    sys.exit(main())
