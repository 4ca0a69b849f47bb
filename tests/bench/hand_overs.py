#!/usr/bin/python3
"""Measures what hand-overs cost: a worker that is stopped in order and started again, over and over, with a run that
stays open and one that comes and goes each time. Prints figures; no test.

  tests/bench/hand_overs.py                              a hundred, preset release
  tests/bench/hand_overs.py --hand-overs 5 --json out.json
"""

import collections
import time

# pylint: disable-next=wrong-import-order
from measuring import is_ready, options, report, take_no_time
from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaError, TopicPartition
import records
from stack import Stack, wait_until

TOPIC = "export-deliveries"


def journal(stack):
    """All records that were committed, as pairs of key and value, partition by partition."""
    consumer = Consumer({"bootstrap.servers": stack.environment["KAFKA_BROKERS"], "group.id": "hand-overs",
                         "isolation.level": "read_committed", "enable.partition.eof": True})
    try:
        partitions = consumer.list_topics(TOPIC, 60).topics[TOPIC].partitions
        consumer.assign([TopicPartition(TOPIC, number, OFFSET_BEGINNING) for number in partitions])
        ended = set()
        while len(ended) < len(partitions):
            message = consumer.poll(60)
            if message is None:
                raise RuntimeError("the broker does not answer")
            if not message.error():
                yield (message.partition(), message.key().decode()), message.value()
            elif message.error().code() == KafkaError._PARTITION_EOF:  # pylint: disable=protected-access
                ended.add(message.partition())
            else:
                raise RuntimeError(message.error().str())
    finally:
        consumer.close()


def kinds(keys):
    return dict(sorted(collections.Counter(key.split("/")[0] for _, key in keys).items()))


def standing(stack):
    """What was ever appended, and what compaction keeps of it: the newest value of each key."""
    every = list(journal(stack))
    kept = {key: value for key, value in dict(every).items() if value is not None}
    return {"appended": kinds(key for key, _ in every), "appended_bytes": size(every),
            "tombstones": kinds(key for key, value in every if value is None),
            "kept": kinds(kept), "kept_bytes": size(kept.items()),
            "kept_bytes_without_runs": size(item for item in kept.items() if not item[0][1].startswith("run/")),
            "calls_counted": stack.metric("segment_export_delivery_calls_used"), "calls_made": len(stack.requests())}


def size(items):
    return sum(len(key) + len(value or b"") for (_, key), value in items)


def publish(publisher, run_id, list_id, *end):
    person = records.member(run_id, "Loyal", "P1", {"EMail": f"{run_id}@example.com"})
    publisher.publish("segment-exports", run_id, records.job(run_id, list_id), person, *end)


def hand_over(stack, publisher, run_id, list_id):
    publish(publisher, run_id, list_id, records.end(run_id, "Loyal", 1))
    wait_until(lambda: stack.run("watch", run_id, "--no-follow").returncode in (0, 10), "the run to be known")
    began = time.monotonic()
    stack.stop_worker()
    stopped = time.monotonic()
    stack.start_worker()
    wait_until(lambda: is_ready(stack), "the worker to be ready")
    return stopped - began, time.monotonic() - stopped


def measured(stack, hand_overs):
    publisher = records.Publisher(stack.environment["KAFKA_BROKERS"])
    list_id = stack.fresh_list()
    publish(publisher, "open", list_id)
    after, took = {}, []
    for number in range(1, hand_overs + 1):
        run_id = f"passing-{number}"
        took.append(hand_over(stack, publisher, run_id, list_id))
        if number in (1, hand_overs):
            for passed in range(1, number + 1):
                stack.run("watch", f"passing-{passed}")
            after[f"after_{number}"] = standing(stack)
    return {"hand_overs": hand_overs, **after, "longest_stop_seconds": round(max(stop for stop, _ in took), 2),
            "longest_start_seconds": round(max(start for _, start in took), 2)}


def main():
    parser = options(__doc__)
    parser.add_argument("--hand-overs", type=int, default=100)
    arguments = parser.parse_args()
    stack = Stack(arguments.preset)
    try:
        take_no_time(stack)
        figures = measured(stack, arguments.hand_overs)
    finally:
        stack.close()
    report(figures, arguments.json)


if __name__ == "__main__":
    main()
