#!/usr/bin/env python3
"""The samples for those who publish: what they publish is delivered, and what a publisher can do wrong is told.

Usage: upstream_test.py PRESET [unittest options]
"""

import csv
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

from stack import ROOT, Stack, wait_until

PYTHON = "/usr/bin/python3"  # Debian's, whatever runs this test: it is the one that sees Debian's Kafka client.
UPSTREAM = ROOT / "deploy/upstream"
PRESET = "ci"
UNIQUE, REPEATED, INVALID = 300, 40, 25

# Publishes recorded records from outside of the samples, so that it can do what they do not.
REPLAY = """
import sys
from confluent_kafka import Producer
brokers, run, members_key, file = sys.argv[1:]
producer = Producer({"bootstrap.servers": brokers, "partitioner": "murmur2_random", "enable.idempotence": True})
left, number = open(file, "rb").read(), 0
while left:
    length, shift = 0, 0
    while True:
        byte, left = left[0], left[1:]
        length |= (byte & 0x7f) << shift
        shift += 7
        if byte < 0x80:
            break
    value, left = left[:length], left[length:]
    is_member = value[0] >> 3 in (2, 3)
    key = members_key.format(run=run, number=number) if is_member else run
    producer.produce("segment-exports", key=key, value=value)
    number += 1
assert producer.flush(60) == 0
"""


def people(tag):
    """Rows of invented people, and what must arrive of them: address to first and last name.

    Another tag is other people: the vendor refuses an address that comes too often.
    """
    given = ["Ada", 'Margaret "Maggie"', "Jean-Luc", "O'Brien", "李", "Zoë 🚀", "مريم", "two\nlines"]
    family = ["Jones, Jr.", "Müller", 'The "Rock", esq.', "Núñez", "Smith"]
    domains = ["example.com", "example.org", "mail.test"]
    rows, expected = [], {}
    for number in range(UNIQUE):
        first, last = given[number % len(given)], family[number % len(family)]
        address = f"person{number}.{tag}@{domains[number % len(domains)]}"
        rows.append((address, first, last))
        expected[address] = (" ".join(first.split()), last)
    rows += [(f" {rows[number * 3][0].upper()} ", "Another", "Name") for number in range(REPEATED)]
    wrong = ["", "no address", "two@@example.com", "a b@example.org", '"quoted"@example.com']
    rows += [(wrong[number % len(wrong)], "In, valid", "🙈") for number in range(INVALID)]
    return rows, expected


class Upstream(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        subprocess.run(["mvn", "-q", "-B", "-Dstyle.color=never", "-f", UPSTREAM / "java/pom.xml", "compile"],
                       check=True)
        cls.stack = Stack(PRESET)
        cls.failed = False

    @classmethod
    def tearDownClass(cls):
        cls.stack.close(keep=cls.failed)

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.list = self.stack.fresh_list()
        self.rows, self.expected = people(self.list[:8])

    def run(self, result=None):
        before = len(result.failures) + len(result.errors)
        super().run(result)
        type(self).failed = type(self).failed or len(result.failures) + len(result.errors) > before

    def csv(self):
        path = self.folder / "people.csv"
        with open(path, "w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([("EMail", "FirstName", "LastName"), *self.rows])
        return path

    def sample(self, language, *options):
        """Runs a sample over all rows and gives the lines that it prints."""
        program = {"python": [PYTHON, UPSTREAM / "python/publish.py"],
                   "java": ["java", "-cp", f"{UPSTREAM}/java/target/classes:{UPSTREAM}/java/target/lib/*",
                            "upstream.Publish"]}[language]
        if "--record" not in options:
            options += ("--brokers", self.stack.environment["KAFKA_BROKERS"])
        done = subprocess.run([*program, "--connection", "demo", "--list", self.list, "--segment", "Loyal",
                               "--csv", self.csv(), "--map", "email=EMail", "--map", "first_name=FirstName",
                               "--map", "last_name=LastName", "--export", self.list, *options],
                              capture_output=True, text=True, timeout=120, check=False)
        self.assertEqual(done.returncode, 0, done.stderr[-2000:])
        return done.stdout.splitlines()

    def publish(self, language, *options):
        """Publishes a whole run and gives its id and the event that ended it."""
        run_id, event = self.sample(language, "--wait", *options)
        event = json.loads(event)
        self.assertEqual(event["instance"]["run_id"], run_id)
        return run_id, event["completed"]

    def record(self, *options):
        """The records of a run in a file, not published; gives its id and the file."""
        file = self.folder / "run.bin"
        run_id, = self.sample("python", "--record", file, *options)
        return run_id, file

    def replay(self, run_id, file, members_key="{run}"):
        subprocess.run([PYTHON, "-c", REPLAY, self.stack.environment["KAFKA_BROKERS"], run_id, members_key, file],
                       check=True, timeout=100)

    def inspect(self, topic):
        shown = self.stack.run("inspect", topic, "--limit", 1_000_000)
        self.assertEqual(shown.returncode, 0, shown.stderr)
        return [json.loads(line) for line in shown.stdout.splitlines()]

    def records_of(self, run_id):
        """What lies in the input topic of a run: kind, partition and offset, and how many members it holds."""
        for record in self.inspect("exports"):
            (kind, body), = record["value"].items()
            if body.get("run_id") == run_id:
                members = len(body["members"]) if kind == "members" else int(kind == "member")
                yield kind, record["partition"], record["offset"], members

    def watch(self, run_id):
        shown = self.stack.run("watch", run_id, "--no-follow", "--format", "json")
        return json.loads(shown.stdout) if shown.stdout else None

    def ended(self, run_id):
        """The run once its receipt is there."""
        outcome = self.watch(run_id)
        return outcome if outcome and "receipt" in outcome else None

    def assert_delivered(self, language, records, kinds):
        """All of a run in one partition, in order; a right receipt; the valid people on the list."""
        run_id, completed = self.publish(language, "--records", records)
        published = list(self.records_of(run_id))
        self.assertEqual([kind for kind, *_ in published], kinds)
        self.assertEqual(len({partition for _, partition, *_ in published}), 1)
        self.assertEqual([offset for *_, offset, _ in published], sorted(offset for *_, offset, _ in published))

        self.assertEqual(completed["status"], "COMPLETED_WITH_WARNINGS")
        self.assertEqual([warning["reason"] for warning in completed["warnings"]], ["ROWS_REJECTED"])
        receipt = completed["receipt"]
        self.assertEqual({name: int(count) for name, count in receipt["decided"].items()},
                         {"received": len(self.rows), "accepted": UNIQUE, "invalid": INVALID, "duplicate": REPEATED,
                          "over_cap": 0, "undecodable": 0})
        self.assertEqual(receipt["delivered"]["imported"], str(UNIQUE), receipt)
        segment, = receipt["segments"]
        self.assertEqual((segment["segment_id"], segment["ended"]), ("Loyal", True))
        self.assertEqual({int(segment["expected_members"]), int(segment["members_sent"])}, {len(self.rows)})
        self.assert_on_list()

    def assert_on_list(self):
        found = {member["email"]: (member["first_name"], member["last_name"])
                 for member in self.stack.members(self.list)}
        self.assertEqual(found, self.expected)

    def test_the_input_topic_has_several_partitions(self):
        self.assertEqual(self.stack.run("inspect", "exports:1").returncode, 0)

    def test_python_one_person_in_a_record(self):
        self.assert_delivered("python", "single", ["job", *["member"] * len(self.rows), "end"])

    def test_python_a_hundred_people_in_a_record(self):
        self.assert_delivered("python", "100", ["job", *["members"] * 4, "end"])

    def test_java_one_person_in_a_record(self):
        self.assert_delivered("java", "single", ["job", *["member"] * len(self.rows), "end"])

    def test_java_a_hundred_people_in_a_record(self):
        self.assert_delivered("java", "100", ["job", *["members"] * 4, "end"])

    def test_both_samples_record_the_same_run(self):
        files = {}
        for language in ("python", "java"):
            file = self.folder / language
            run_id, = self.sample(language, "--record", file)
            files[language] = len(file.read_bytes())
            self.replay(run_id, file)
            outcome = wait_until(lambda run=run_id: self.ended(run), "the receipt")
            self.assertEqual(outcome["receipt"]["decided"]["accepted"], UNIQUE)
        self.assertEqual(files["python"], files["java"])

    def test_a_recorded_run_is_foreseen_as_it_will_end(self):
        run_id, file = self.record()
        foreseen = self.stack.run("validate", file, "--format", "json")
        self.assertEqual(foreseen.returncode, 8, foreseen.stderr)
        run, = json.loads(foreseen.stdout)["runs"]
        self.replay(run_id, file)
        outcome = wait_until(lambda: self.ended(run_id), "the run to end")
        self.assertEqual((run["status"], run["decided"]), (outcome["status"], outcome["receipt"]["decided"]))

    def test_a_segment_without_people_ends_with_a_warning(self):
        self.rows = []
        _, completed = self.publish("python")
        self.assertEqual((completed["status"], [warning["reason"] for warning in completed["warnings"]]),
                         ("COMPLETED_WITH_WARNINGS", ["EMPTY"]))

    def test_another_key_for_each_member_is_told(self):
        run_id, file = self.record("--records", "single")
        self.replay(run_id, file, members_key="profile-{number}")
        published = list(self.records_of(run_id))
        home = {partition for kind, partition, *_ in published if kind != "member"}
        self.assertEqual(len(home), 1)
        astray = {(partition, offset) for _, partition, offset, _ in published if partition not in home}
        self.assertTrue(astray)
        arrived = sum(members for _, partition, _, members in published if partition in home)

        outcome = wait_until(lambda: self.ended(run_id), "the receipt")
        warning = outcome["warnings"][0]
        self.assertEqual(warning["reason"], "COUNT_SHORT")
        self.assertIn(f"{len(self.rows)} declared, {arrived} received", warning["detail"])

        def told():
            letters = [record["value"]["dead_letter"] for record in self.inspect("rejects")
                       if "dead_letter" in record["value"]]
            return {(letter["partition"], letter["offset"]) for letter in letters
                    if letter["cause"] == "NO_OPEN_RUN"} >= astray
        wait_until(told, "a dead letter for each record that went astray")

    def test_a_publisher_that_dies_half_way_is_replaced_by_its_next_try(self):
        run_id, file = self.record()
        whole = file.read_bytes()
        end_bytes = 2 + 2 + len(run_id) + 2 + len("Loyal") + 3 + 1  # Its length, envelope, run, segment, count.
        file.write_bytes(whole[:-end_bytes])
        self.replay(run_id, file)
        self.assertEqual([kind for kind, *_ in self.records_of(run_id)], ["job", *["members"] * 4])
        waiting = wait_until(lambda: self.watch(run_id), "the run to be known")
        self.assertEqual((waiting["status"], waiting["reason"]["reason"]), ("NOT_STARTED", "WAITING_FOR_MEMBERS"))

        _, completed = self.publish("python")
        self.assertEqual(int(completed["receipt"]["delivered"]["imported"]), UNIQUE)
        self.assert_on_list()
        wait_until(lambda: self.watch(run_id)["status"] == "SKIPPED", "the half run to be skipped")
        self.assertEqual(self.watch(run_id)["reason"]["reason"], "SUPERSEDED")

    def test_a_run_id_that_is_used_again_sends_nobody(self):
        run_id, file = self.record()

        def outcomes():
            return [record["value"]["completed"] for record in self.inspect("results")
                    if record["key"] == run_id and "completed" in record["value"]]
        self.replay(run_id, file)
        wait_until(outcomes, "the receipt")
        self.replay(run_id, file)
        first, second = wait_until(lambda: len(outcomes()) == 2 and outcomes(), "the second receipt")
        self.assertEqual(first["receipt"]["delivered"]["imported"], UNIQUE)
        self.assertEqual((second["status"], second["reason"]["reason"]), ("SKIPPED", "REPEATED_RUN"))
        self.assertEqual(second["receipt"]["delivered"]["not_sent"], UNIQUE)


if __name__ == "__main__":
    if len(sys.argv) > 1 and not sys.argv[1].startswith("-"):
        PRESET = sys.argv.pop(1)
    os.chdir(ROOT)
    unittest.main(verbosity=2)
