#!/usr/bin/python3
"""Measures how delivery starts on a backlog that intake decided while nobody delivered. Prints figures; no test.

  tests/bench/cold_start.py                              ten million people beside a million, preset release
  tests/bench/cold_start.py --members 200000 --json out.json
"""

import time

# pylint: disable-next=wrong-import-order
from measuring import cpu_seconds, is_ready, options, peak_megabytes, report, take_no_time
from confluent_kafka import Consumer, TopicPartition
import records
from stack import Stack, wait_until

RUN_MEMBERS = 500_000
RECORD_MEMBERS = 100
BATCH_MEMBERS = 39_999
DIGITS = "########"


def template(run_id):
    """A record of the run in which only its people's numbers are missing: written field by field they take minutes."""
    people = [(f"P{DIGITS}", {"EMail": f"person{DIGITS}@example.com", "FirstName": f"First {place}",
                              "LastName": f"Last {place}", "City": "Example City"}) for place in range(RECORD_MEMBERS)]
    record = records.members(run_id, "Loyal", people)
    return record.replace(b"%", b"%%").replace(DIGITS.encode(), f"%0{len(DIGITS)}d".encode())


def publish(stack, members):
    """Runs of `RUN_MEMBERS`, each of an export of its own, so that none takes the place of another."""
    publisher = records.Publisher(stack.environment["KAFKA_BROKERS"])
    fields = (("FirstName", "first_name"), ("LastName", "last_name"), ("City", "city"))
    for begin in range(0, members, RUN_MEMBERS):
        run_id, end = f"backlog-{begin}", min(begin + RUN_MEMBERS, members)
        record = template(run_id)
        people = [record % tuple(person for person in range(first, first + RECORD_MEMBERS) for _ in range(2))
                  for first in range(begin, end, RECORD_MEMBERS)]
        publisher.publish("segment-exports", run_id, records.job(run_id, stack.fresh_list(), fields=fields), *people,
                          records.end(run_id, "Loyal", end - begin))


def decide(stack, members):
    """Intake alone; what it wrote is all that delivery finds."""
    stack.start_worker("--stages=intake")
    wait_until(stack.is_up, "the worker's metrics")
    wait_until(lambda: stack.metric("segment_export_intake_members_total") >= members, "intake to decide", 1800)
    figures = {"intake_cpu_seconds": round(cpu_seconds(stack.worker_pid()), 1),
               "intake_peak_megabytes": round(peak_megabytes(stack.worker_pid()))}
    stack.stop_worker()
    return figures


def records_in_outbox(stack):
    consumer = Consumer({"bootstrap.servers": stack.environment["KAFKA_BROKERS"], "group.id": "cold start"})
    try:
        partitions = consumer.list_topics("decided-contacts", 60).topics["decided-contacts"].partitions
        ends = [consumer.get_watermark_offsets(TopicPartition("decided-contacts", number), 60)[1]
                for number in partitions]
        return sum(ends)
    finally:
        consumer.close()


def imports(stack):
    return [request for request in stack.requests() if request["route"].endswith("contacts_file_import")]


def delivery_from_cold(stack, wanted):
    began = time.time()
    stack.start_worker("--stages=delivery")
    pid = stack.worker_pid()
    wait_until(lambda: is_ready(stack), "delivery to be ready", 600)
    figures = {"start_to_ready_seconds": round(time.time() - began, 2), "ready_cpu_seconds": round(cpu_seconds(pid), 2),
               "ready_peak_megabytes": round(peak_megabytes(pid), 1)}
    wait_until(lambda: imports(stack), "the first import", 600)
    figures["start_to_first_import_seconds"] = round(time.time() - began, 2)
    wait_until(lambda: len(imports(stack)) >= wanted, f"{wanted} imports", 600)
    figures["start_to_last_import_seconds"] = round(time.time() - began, 2)
    figures["imports"] = wanted
    figures["last_import_peak_megabytes"] = round(peak_megabytes(pid), 1)
    return figures


def backlog_of(members, preset, wanted):
    stack = Stack(preset)
    try:
        take_no_time(stack)
        stack.stop_worker()
        publish(stack, members)
        return {"members": members, "runs": -(-members // RUN_MEMBERS), **decide(stack, members),
                "outbox_records": records_in_outbox(stack), **delivery_from_cold(stack, wanted)}
    finally:
        stack.close()


def main():
    parser = options(__doc__)
    parser.add_argument("--members", type=int, default=10_000_000, help="a multiple of 1,000")
    arguments = parser.parse_args()
    wanted = min(20, -(-arguments.members // 10 // BATCH_MEMBERS))
    small = backlog_of(arguments.members // 10, arguments.preset, wanted)
    large = backlog_of(arguments.members, arguments.preset, wanted)
    ratios = {name: round(large[name] / small[name], 2)
              for name in ("ready_peak_megabytes", "last_import_peak_megabytes", "start_to_ready_seconds")}
    report({"small": small, "large": large, "large_over_small": ratios}, arguments.json)


if __name__ == "__main__":
    main()
