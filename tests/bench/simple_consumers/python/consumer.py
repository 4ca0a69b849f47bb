#!/usr/bin/python3
"""Reads segment members and sends them to Constant Contact's JSON import; logs a request that fails and goes on.

The first version that one writes after the usage section of confluent-kafka-python's README (repository
confluentinc/confluent-kafka-python): a group, subscribe, and a loop around poll, everything else as by default.
librdkafka's defaults (its CONFIGURATION.md) are enable.auto.commit and enable.auto.offset.store: what poll has returned
is committed every five seconds in the background.
"""

import json
import logging
import os
import re
import time
import urllib.request

from confluent_kafka import Consumer
from segment_export.v1 import arrives_pb2  # Made by protoc from the project's proto/.

PEOPLE_PER_IMPORT = int(os.environ["PEOPLE_PER_IMPORT"])
PAUSE_SECONDS = 0.3  # The vendor allows four requests a second.
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")

logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s")
people = []


def person_of(member):
    values = {attribute.name.decode(): attribute.value.decode() for attribute in member.attributes}
    return {"email": values.get("EMail", "").strip(), "first_name": values.get("FirstName"),
            "last_name": values.get("LastName")}


def import_people():
    if not people:
        return
    time.sleep(PAUSE_SECONDS)
    body = json.dumps({"list_ids": [os.environ["LIST_ID"]], "import_data": people}).encode()
    request = urllib.request.Request(
        f"{os.environ['API_URL']}/activities/contacts_json_import", data=body,
        headers={"Authorization": f"Bearer {os.environ['ACCESS_TOKEN']}", "Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            json.load(answer)
        logging.info("imported %d people", len(people))
    except (OSError, ValueError) as error:
        logging.error("import failed, %d people: %s", len(people), error)
    people.clear()


def add(member):
    person = person_of(member)
    if not EMAIL.fullmatch(person["email"]):
        logging.error("skipped somebody without a usable address")
        return
    people.append(person)
    if len(people) >= PEOPLE_PER_IMPORT:
        import_people()


def main():
    consumer = Consumer({
        "bootstrap.servers": os.environ["KAFKA_BROKERS"],
        "group.id": "simple-consumer-python",
        "auto.offset.reset": "earliest",
    })
    consumer.subscribe(["segment-exports"])
    while True:
        message = consumer.poll(1.0)
        if message is None:
            continue
        if message.error():
            logging.error("Kafka: %s", message.error())
            continue
        record = arrives_pb2.ExportMessage.FromString(message.value())
        kind = record.WhichOneof("kind")
        if kind == "member":
            add(record.member)
        elif kind == "members":
            for member in record.members.members:
                add(member)
        elif kind == "end":
            import_people()


if __name__ == "__main__":
    main()
