#!/usr/bin/python3
"""Everything that upstream, a file, a setting or a broker can get wrong, and what a person is told. The table is in
tests/README.md.

Debian's Python, whatever else is installed: it is the one that sees Debian's Kafka client.
Usage: bad_input_test.py PRESET [unittest options]
"""

import json
import os
import pathlib
import random
import re
import signal
import subprocess
import sys
import tempfile
import unittest
import urllib.error
import urllib.request

from confluent_kafka import Consumer, TopicPartition
from confluent_kafka.admin import AdminClient, ConfigResource, NewPartitions

import records
from stack import ROOT, Stack, alive, wait_until

PRESET = "ci"
STACK = None
MAP = ["--map", "email=EMail", "--map", "first_name=FirstName"]
NOBODY_LISTENS = "127.0.0.1:1"
HEADER = b"EMail,FirstName\n"
# Shorter than in production: what is waited for comes within the test.
WAITS = ["--delivery.missing-belief", "1s", "--intake.silence-limit", "4s", "--intake.tick-after", "1s"]


def person(number, tag):
    return {"EMail": f"person{number}.{tag}@example.com", "FirstName": "Ada"}


def setUpModule():
    global STACK
    STACK = Stack(PRESET)
    STACK.stop_worker()
    STACK.start_worker(*WAITS)


def tearDownModule():
    STACK.close(keep=Case.failed)


class Case(unittest.TestCase):
    """One stack for all; a list and a run id of its own for each test."""

    failed = False

    @classmethod
    def setUpClass(cls):
        cls.stack = STACK
        cls.publisher = records.Publisher(STACK.environment["KAFKA_BROKERS"])

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.list = self.stack.fresh_list()
        self.tag = self.list[:8]
        self.run_id = f"run-{self.tag}"

    def run(self, result=None):
        before = len(result.failures) + len(result.errors)
        super().run(result)
        Case.failed = Case.failed or len(result.failures) + len(result.errors) > before

    def command(self, code, *arguments, says=()):
        """Runs the command line; gives what it printed. It ends with `code` and says each of `says`."""
        done = self.stack.run(*arguments)
        self.assertEqual(done.returncode, code, done.stdout[-2000:] + done.stderr[-2000:])
        for text in [says] if isinstance(says, str) else says:
            self.assertIn(text, done.stdout + done.stderr)
        return done.stdout

    def file(self, content, name="people.csv"):
        path = self.folder / name
        path.write_bytes(content)
        return path

    def export(self, *more):
        return ["run", "--connection", "demo", "--list", self.list, *MAP, *more]

    def outcome(self, code):
        """What `watch` shows of the run once it has ended, and its exit code."""
        shown = wait_until(lambda: self.watch(self.run_id, "receipt"), f"the receipt of {self.run_id}")
        self.assertEqual(shown.returncode, code, shown.stdout[-2000:])
        outcome = json.loads(shown.stdout)
        decided, delivered = outcome["receipt"]["decided"], outcome["receipt"]["delivered"]
        self.assertEqual(decided["received"], sum(decided[name] for name in decided if name != "received"))
        self.assertEqual(decided["accepted"], sum(delivered.values()))
        return outcome

    def watch(self, run_id, wanted):
        shown = self.stack.run("watch", run_id, "--no-follow", "--format", "json")
        return shown if shown.stdout and wanted in json.loads(shown.stdout) else None

    def reason(self, outcome):
        return outcome["status"], (outcome["reason"] or {}).get("reason")

    def warnings(self, outcome):
        return {warning["reason"]: warning["detail"] for warning in outcome["warnings"]}

    def inspect(self, topic):
        shown = self.command(0, "inspect", topic, "--limit", 1_000_000, "--show-addresses")
        return [json.loads(line) for line in shown.splitlines()]

    def dead_letter(self, place):
        def find():
            for record in self.inspect("rejects"):
                letter = record["value"].get("dead_letter")
                if letter and (int(letter["partition"]), int(letter["offset"])) == place:
                    return letter
            return None
        return wait_until(find, f"the dead letter of {place}")

    def rejects(self):
        """Reason and rule of each person of the run that was not taken, by profile id."""
        return {record["value"]["member"]["profile_id"]:
                (record["value"]["member"]["reason"], record["value"]["member"].get("rule", ""))
                for record in self.inspect("rejects")
                if record["key"] == self.run_id and "member" in record["value"]}

    def publish(self, *values, run_id=None):
        return self.publisher.publish("segment-exports", run_id or self.run_id, *values)

    def job(self, **more):
        return records.job(self.run_id, self.list, **more)

    def member(self, number=1, segment="Loyal", **attributes):
        return records.member(self.run_id, segment, f"profile-{number}", {**person(number, self.tag), **attributes})

    def end(self, sent=None, segment="Loyal"):
        return records.end(self.run_id, segment, sent)

    def worker(self, *settings):
        """A worker beside the stack's; gives its process and the address of its health."""
        ports = self.folder / "ports"
        log = open(self.folder / "worker.log", "wb")
        process = subprocess.Popen(["segment-export", "worker", *settings, "--admin.port", "0",
                                    "--admin.ports-file", ports], env=self.stack.environment, stdout=log, stderr=log)
        self.addCleanup(log.close)
        self.addCleanup(process.kill)
        url = wait_until(lambda: ports.exists() and re.search(r"ADMIN_URL=(.*)", ports.read_text()), "the health port")
        return process, url.group(1)

    def assert_ends(self, process):
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.wait(30), 0)

    def emails(self):
        return sorted(member["email"] for member in self.stack.members(self.list))


class CommandLine(Case):
    def records_in_input(self):
        consumer = Consumer({"bootstrap.servers": self.stack.environment["KAFKA_BROKERS"], "group.id": "looks"})
        try:
            return sum(consumer.get_watermark_offsets(TopicPartition("segment-exports", partition))[1]
                       for partition in range(4))
        finally:
            consumer.close()

    def refused(self, code, *arguments, says):
        before = self.records_in_input()
        self.command(code, *arguments, says=says)
        self.assertEqual(self.records_in_input(), before, "something was published")

    def test_a_file_that_is_no_table(self):
        rows = HEADER + b"a@example.com,Ada\n"
        cases = {
            "ragged row": (HEADER + b"a@example.com,Ada,more\n", "line 2: has 3 values, the header names 2"),
            "text after a closing quote": (HEADER + b'"a@example.com"x,Ada\n', "line 2: text follows a closing quote"),
            "nothing at all": (b"", "is empty; for a segment without members, give a CSV file that has only its header"),
            "no header": (b"a@example.com,Ada\n", "line 1: column 1 is named by an address"),
            "duplicate column": (b"EMail,EMail\na@example.com,Ada\n", "columns 1 and 2 have the same name"),
            "UTF-16": (rows.decode().encode("utf-16"), "iconv -f UTF-16 -t UTF-8"),
            "a line of 10 MB": (HEADER + b"a@example.com," + b"x" * 10_000_001 + b"\n", "line 2: is longer than 10 MB"),
            "an attribute of 2 MB": (rows + b"b@example.com," + b"x" * 2_000_000 + b"\n",
                                     "line 3: the mapped values are longer than 900,000 bytes"),
            "a zero byte": (HEADER + b"a@example.com,A\0da\n", "line 2: holds a zero byte"),
        }
        for name, (content, says) in cases.items():
            with self.subTest(name):
                self.refused(4, *self.export("--input", self.file(content)), says=says)

    def test_a_file_that_is_not_there(self):
        self.refused(4, *self.export("--input", self.folder / "people.csv"), says="No such file or directory")

    def test_a_mapping_without_the_address(self):
        self.refused(2, "run", "--connection", "demo", "--list", self.list, "--map", "first_name=FirstName",
                     "--input", self.file(HEADER), says="add --map email=ATTRIBUTE")

    def test_a_mapping_of_a_column_that_is_not_there(self):
        self.refused(4, *self.export("--map", "last_name=FirstNam", "--input", self.file(HEADER)),
                     says="no column 'FirstNam'; did you mean FirstName?")

    def test_a_list_id_that_is_none(self):
        self.refused(2, "run", "--connection", "demo", "--list", "customers", *MAP, "--input", self.file(HEADER),
                     says="--list customers: is no list id")

    def test_a_connection_without_consent(self):
        before = self.command(0, "connection", "list")
        self.command(2, "connection", "add", "other", "--application", "demo", "--refresh-token-file",
                     self.stack.dir / "refresh.token", says=["--consent-by", "--consent-text"])
        self.assertEqual(self.command(0, "connection", "list"), before)

    def test_an_application_that_is_not_configured(self):
        self.command(3, "connection", "add", "other", "--application", "demos", "--consent-by", "Ada",
                     "--consent-text", "yes", "--refresh-token-file", self.stack.dir / "refresh.token",
                     says="did you mean demo?")

    def test_only_a_header_is_an_empty_segment(self):
        outcome = json.loads(self.command(8, *self.export("--input", self.file(HEADER), "--format", "json")))
        self.assertEqual(outcome["status"], "COMPLETED_WITH_WARNINGS")
        self.assertEqual(list(self.warnings(outcome)), ["EMPTY"])
        self.assertEqual(outcome["receipt"]["delivered"]["imported"], 0)

    def test_a_value_that_is_not_utf8(self):
        rows = HEADER + b"bad.%b@example.com,A\xff\n" % self.tag.encode() + b"good.%b@example.com,Ada\n" % self.tag.encode()
        outcome = json.loads(self.command(8, *self.export("--input", self.file(rows), "--format", "json", "--run-id",
                                                          self.run_id)))
        self.assertIn("ROWS_REJECTED", self.warnings(outcome))
        self.assertEqual(self.rejects(), {"row-1": ("INVALID_UTF8", "first_name")})
        self.assertEqual(self.emails(), [f"good.{self.tag}@example.com"])

    def test_several_wrong_settings_at_once(self):
        for command in (["config", "check"], ["worker"], ["topics", "check"]):
            with self.subTest(command[0]):
                self.command(3, *command, "--delivery.rate", "many", "--intake.default-cap", "0", "--log.level", "loud",
                             "--delivery.lease", "10", says=["delivery.rate", "intake.default-cap", "log.level",
                                                             "delivery.lease"])

    def test_a_flag_that_is_none(self):
        self.command(2, "worker", "--kafka.session-timeot", "6s", says="did you mean --kafka.session-timeout?")

    def test_names_of_what_is_not_there(self):
        for command in ("watch", "cancel", "release"):
            with self.subTest(command):
                self.command(11, command, "run-that-never-was", says="run-that-never-was")
        self.command(2, "inspect", "reslts", says="no topic of ours; did you mean results? There are exports, control")


class WhatUpstreamPublishes(Case):
    def test_a_job_without_the_address_in_its_mapping(self):
        self.publish(self.job(email=None), self.member(), self.end())
        outcome = self.outcome(7)
        self.assertEqual(self.reason(outcome), ("FAILED", "EMAIL_NOT_MAPPED"))
        self.assertEqual(self.emails(), [])

    def test_a_mapped_attribute_that_nobody_has(self):
        self.publish(self.job(email="Mail"), self.member(1), self.member(2), self.end(2))
        outcome = self.outcome(8)
        self.assertEqual(set(self.warnings(outcome)), {"EMPTY", "ROWS_REJECTED"})
        self.assertEqual(self.rejects(), {"profile-1": ("MISSING_EMAIL", ""), "profile-2": ("MISSING_EMAIL", "")})

    def test_a_mapping_to_a_custom_field_that_the_account_lacks(self):
        file = self.file(HEADER + b"a@example.com,Ada\n")
        self.command(7, *self.export("--map", "cf:Shoe size=FirstName", "--input", file),
                     says=["UNKNOWN_FIELD: the account has no custom field 'Shoe size'", "Create the custom field"])

    def test_a_connection_that_nobody_added(self):
        file = self.file(HEADER + b"person.%b@example.com,Ada\n" % self.tag.encode())
        self.command(10, "run", "--connection", "nobody", "--list", self.list, *MAP, "--input", file, "--run-id",
                     self.run_id, "--no-follow", says="there is no connection nobody yet")
        self.assert_waits_for("NO_CONNECTION")

    def test_a_connection_that_nobody_consented_to(self):
        self.publisher.publish("export-control", f"connection/{self.tag}",
                               records.connection(self.tag, "demo-application"))
        self.publish(self.job(connection=self.tag), self.member(), self.end())
        self.assert_waits_for("NO_CONSENT")

    def assert_waits_for(self, reason):
        def waits():
            shown = self.watch(self.run_id, "status")
            return shown and self.reason(json.loads(shown.stdout)) == ("RETRYING", reason) and shown
        self.assertEqual(wait_until(waits, reason).returncode, 10)
        self.command(0, "cancel", self.run_id)
        self.assertEqual(self.emails(), [])

    def test_an_application_that_no_worker_knows(self):
        self.publish(self.job(application="nobody's"), self.member(), self.end())
        self.assertEqual(self.reason(self.outcome(7)), ("FAILED", "UNKNOWN_APPLICATION"))

    def test_a_list_that_does_not_exist(self):
        missing = "99999999-9999-4999-8999-999999999999"
        self.publish(records.job(self.run_id, missing), self.member(), self.end())
        outcome = self.outcome(7)
        self.assertEqual(self.reason(outcome), ("FAILED", "LIST_MISSING"))
        self.assertIn(missing, outcome["reason"]["detail"])

    def test_a_list_that_was_deleted(self):
        self.stack.control("seed", {"lists": [{"list_id": self.list, "name": self.list, "account": "p0demo",
                                               "deleted": True}]})
        self.publish(self.job(), self.member(), self.end())
        self.assertEqual(self.reason(self.outcome(7)), ("FAILED", "LIST_MISSING"))

    def test_a_segment_without_people(self):
        self.publish(self.job(expected=0), self.end(0))
        outcome = self.outcome(8)
        self.assertEqual((outcome["status"], list(self.warnings(outcome))), ("COMPLETED_WITH_WARNINGS", ["EMPTY"]))
        self.assertEqual(outcome["receipt"]["delivered"]["imported"], 0)

    def test_a_member_before_its_job(self):
        places = self.publish(self.member(1), self.job(), self.member(2), self.end(2))
        self.assertEqual(self.dead_letter(places[0])["cause"], "NO_OPEN_RUN")
        self.assertIn("COUNT_SHORT", self.warnings(self.outcome(8)))
        self.assertEqual(self.emails(), [person(2, self.tag)["EMail"]])

    def test_a_member_after_the_end(self):
        places = self.publish(self.job(), self.member(1), self.end(1), self.member(2))
        self.assertEqual(self.dead_letter(places[-1])["cause"], "NO_OPEN_RUN")
        self.assertEqual(self.outcome(0)["status"], "SUCCESSFUL")
        self.assertEqual(self.emails(), [person(1, self.tag)["EMail"]])

    def test_a_member_of_a_segment_that_the_job_does_not_name(self):
        self.publish(self.job(), self.member(1), self.member(2, "Unheard of"), self.end(1))
        self.assertIn("ROWS_REJECTED", self.warnings(self.outcome(8)))
        self.assertEqual(self.rejects(), {"profile-2": ("UNKNOWN_SEGMENT", "")})
        self.assertEqual(self.emails(), [person(1, self.tag)["EMail"]])

    def test_a_job_that_is_published_twice(self):
        self.publish(self.job(), self.member(1), self.job(), self.member(2), self.end(2))
        self.assertEqual(self.outcome(0)["receipt"]["delivered"]["imported"], 2)

    def test_a_run_id_with_another_job(self):
        places = self.publish(self.job(), self.member(1), self.job(email="Mail"), self.member(2), self.end(2))
        self.assertEqual(self.dead_letter(places[2])["cause"], "CONFLICTING_JOB")
        self.assertEqual(self.outcome(0)["receipt"]["delivered"]["imported"], 2)

    def test_a_run_id_that_is_used_again_after_its_end(self):
        self.publish(self.job(), self.member(1), self.end(1))
        self.outcome(0)
        self.publish(self.job(email="FirstName"), self.member(2), self.end(1))

        def ends():
            return [record["value"]["completed"] for record in self.inspect("results")
                    if record["key"] == self.run_id and "completed" in record["value"]]
        second = wait_until(lambda: len(ends()) == 2 and ends()[1], "the second run's end")
        self.assertEqual((second["status"], second["reason"]["reason"]), ("SKIPPED", "REPEATED_RUN"))
        self.assertEqual(self.emails(), [person(1, self.tag)["EMail"]])

    def test_fewer_people_than_declared(self):
        self.publish(self.job(expected=5), self.member(1), self.end(5))
        self.assertIn("5 declared, 1 received", self.warnings(self.outcome(8))["COUNT_SHORT"])

    def test_more_people_than_declared(self):
        self.publish(self.job(expected=1), self.member(1), self.member(2), self.end(1))
        self.assertIn("1 declared, 2 received", self.warnings(self.outcome(8))["COUNT_EXCESS"])

    def test_an_end_that_never_comes(self):
        self.publish(self.job(), self.member(1))
        outcome = self.outcome(8)
        self.assertIn("INCOMPLETE_RUN", self.warnings(outcome))
        self.assertEqual(outcome["receipt"]["delivered"]["imported"], 1)

    def test_an_attribute_of_2_mb_that_came_compressed(self):
        self.publish(self.job(fields=[("FirstName", "first_name")]), self.member(1, FirstName="x" * 2_000_000),
                     self.member(2, Unmapped="x" * 2_000_000), self.end(2))
        self.assertIn("ROWS_REJECTED", self.warnings(self.outcome(8)))
        self.assertEqual(self.rejects(), {"profile-1": ("FIELD_TOO_LONG", "first_name")})
        self.assertEqual(self.emails(), [person(2, self.tag)["EMail"]])

    def test_zero_bytes(self):
        self.publish(self.job(fields=[("FirstName", "first_name")]), self.member(1, EMail="a\0b@example.com"),
                     self.member(2, FirstName="A\0da"), self.end(2))
        self.outcome(8)
        self.assertEqual(self.rejects(), {"profile-1": ("INVALID_EMAIL", "local_character")})
        self.assertEqual([member["first_name"] for member in self.stack.members(self.list)], ["A da"])

    def test_invalid_utf8(self):
        self.publish(self.job(fields=[("FirstName", "first_name")]), self.member(1, EMail=b"a\xff@example.com"),
                     self.member(2, FirstName=b"\xc3("), self.member(3, Unmapped=b"\xff"), self.end(3))
        self.outcome(8)
        self.assertEqual(self.rejects(), {"profile-1": ("INVALID_UTF8", ""), "profile-2": ("INVALID_UTF8", "first_name")})
        self.assertEqual(self.emails(), [person(3, self.tag)["EMail"]])

    def test_201_attributes(self):
        many = {f"a{number}": "x" for number in range(199)}
        places = self.publish(self.job(), self.member(1, **many, more="x"), self.member(2), self.end(2))
        self.assertEqual(self.dead_letter(places[1])["cause"], "OUT_OF_BOUNDS")
        outcome = self.outcome(8)
        self.assertEqual((outcome["receipt"]["decided"]["undecodable"], outcome["receipt"]["decided"]["received"]), (1, 2))
        self.assertEqual(self.emails(), [person(2, self.tag)["EMail"]])

    def test_garbage(self):
        noise = random.Random(4)
        pieces = [b"", b"\xff" * 100, noise.randbytes(1000), self.member(9)[:-3]]
        places = self.publish(self.job(), *pieces, self.member(1), self.end(1))
        for place in places[1:-2]:
            self.assertEqual(self.dead_letter(place)["cause"], "UNREADABLE")
        outcome = self.outcome(8)
        self.assertEqual(outcome["receipt"]["decided"]["undecodable"], len(pieces))
        self.assertEqual(self.emails(), [person(1, self.tag)["EMail"]])

    def test_a_kind_of_record_of_the_future(self):
        places = self.publish(self.job(), records.field(99, b"what comes next"), self.member(1), self.end(1))
        letter = self.dead_letter(places[1])
        self.assertEqual(letter["cause"], "UNREADABLE")
        self.assertIn("a kind that this release does not know", letter["detail"])
        self.assertEqual(self.outcome(8)["receipt"]["delivered"]["imported"], 1)


class Topics(Case):
    """Topics under names of their own, made and then spoilt; the stack's stay as they are."""

    def setUp(self):
        super().setUp()
        words = ("exports", "control", "decided", "deliveries", "credentials", "results", "rejects")
        self.names = {word: f"{word}-{self.tag}" for word in words}
        self.settings = [text for word, name in self.names.items() for text in (f"--topics.{word}", name)]
        self.groups = [text for name in ("intake-group", "delivery-group", "transactional-id-prefix")
                       for text in (f"--kafka.{name}", f"{name}-{self.tag}")]
        self.admin = AdminClient({"bootstrap.servers": self.stack.environment["KAFKA_BROKERS"]})

    def make(self):
        self.command(0, "topics", "create", *self.settings, *self.groups)
        self.command(0, "topics", "check", *self.settings)

    def assert_a_worker_waits(self, says):
        """It owns nothing, says what it waits for, and ends when it is asked to."""
        process, url = self.worker(*self.settings, *self.groups)
        wait_until(lambda: says in not_ready(url), says)
        self.assertIsNone(process.poll())
        self.assert_ends(process)

    def test_topics_that_are_missing(self):
        says = f"{self.names['control']}: topic is missing, must be there; segment-export topics create"
        self.command(6, "topics", "check", *self.settings, says=says)
        self.assert_a_worker_waits(says)

    def test_a_topic_that_grew(self):
        self.make()
        grown = self.admin.create_partitions([NewPartitions(self.names["decided"], 5)])
        grown[self.names["decided"]].result(30)
        says = f"{self.names['decided']}: partitions is 5, must be 4"
        wait_until(lambda: self.stack.run("topics", "check", *self.settings).returncode == 6, "the new partition")
        self.command(6, "topics", "check", *self.settings, says=says)
        self.assert_a_worker_waits(says)

    def test_a_topic_that_grows_under_a_worker(self):
        self.make()
        process, url = self.worker(*self.settings, *self.groups)
        wait_until(lambda: not not_ready(url), "the worker to be ready")
        self.admin.create_partitions([NewPartitions(self.names["exports"], 5)])[self.names["exports"]].result(30)
        self.assertEqual(process.wait(60), 6)
        self.assertIn("partitions is 5, must be 4", (self.folder / "worker.log").read_text())

    def test_a_retention_that_loses_input(self):
        self.make()
        resource = ConfigResource("topic", self.names["exports"], set_config={"retention.ms": "3600000"})
        self.admin.alter_configs([resource])[resource].result(30)
        wait_until(lambda: self.stack.run("topics", "check", *self.settings).returncode == 6, "the new retention")
        self.command(6, "topics", "check", *self.settings, says=[f"{self.names['exports']}: retention.ms is 3600000"])


    def test_topics_for_a_group_that_is_at_work(self):
        self.command(6, "topics", "create", *self.settings, says="stop the workers of this group, or name another")


class NoBroker(Case):
    def test_commands_without_a_broker(self):
        for command in (self.export("--input", self.file(HEADER)), ["watch", "run-1"], ["topics", "check"],
                        ["connection", "list"], ["inspect", "results"]):
            with self.subTest(command[0]):
                self.command(5, *command, "--brokers", NOBODY_LISTENS, "--kafka.call-timeout", "1s",
                             says="check --brokers and the network")

    def test_a_worker_that_starts_without_a_broker(self):
        process, url = self.worker("--brokers", NOBODY_LISTENS, "--kafka.call-timeout", "1s")
        wait_until(lambda: "check --brokers and the network" in not_ready(url), "the worker to say what it waits for")
        self.assert_ends(process)

    def test_a_broker_that_goes_and_comes_back(self):
        """The worker stays, says that it is not ready, and goes on by itself."""
        kafka = self.stack.dir / "kafka"
        url = self.stack.admin_url()
        subprocess.run([ROOT / "deploy/local/kafka/stop", kafka], check=True, capture_output=True)
        wait_until(lambda: not_ready(url), "the worker to miss its broker")
        started = subprocess.run([ROOT / "deploy/local/kafka/start", kafka, "0"], check=True, capture_output=True, text=True)
        self.assertEqual(started.stdout.strip(), self.stack.environment["KAFKA_BROKERS"])
        self.publish(self.job(), self.member(), self.end(1))
        self.assertEqual(self.outcome(0)["receipt"]["delivered"]["imported"], 1)
        wait_until(lambda: not not_ready(url), "the worker to be ready")
        self.assertTrue(alive(self.stack.worker_pid()))


def not_ready(url):
    """What the worker says it waits for; nothing where it is ready."""
    try:
        with urllib.request.urlopen(f"{url}/readyz", timeout=10) as answer:
            answer.read()
            return ""
    except urllib.error.HTTPError as answer:
        return answer.read().decode()


if __name__ == "__main__":
    if len(sys.argv) > 1 and not sys.argv[1].startswith("-"):
        PRESET = sys.argv.pop(1)
    os.chdir(ROOT)
    unittest.main(verbosity=2)
