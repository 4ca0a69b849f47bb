#!/usr/bin/env python3
"""The main job on real parts: people in files become a list, with a receipt that adds up.

Usage: main_job_test.py PRESET [unittest options]
"""

import csv
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import unittest

from stack import ROOT, Stack, wait_until

MAP = ["--map", "email=EMail", "--map", "first_name=FirstName", "--map", "last_name=LastName"]
PRESET = "ci"
CANARY = "canary.person.4711"


def people(tag, count, first=0):
    """Rows of invented people under reserved domains; a tag and a number are the same person wherever they come up.

    Another tag is other people: the vendor refuses an address that comes too often.
    """
    given = ["Ada", "Grace", "Zoë", "Jean-Luc", 'Margaret "Maggie"', "O'Brien", "李", "Søren", "مريم"]
    family = ["Lovelace", "Hopper", "Van der Berg", "Jones, Jr.", "Müller", "Núñez", "Smith"]
    for number in range(first, first + count):
        chance = random.Random(number)
        yield {"Id": f"P{number}", "FirstName": chance.choice(given), "LastName": chance.choice(family),
               "EMail": f"person{number}.{tag}@{chance.choice(['example.com', 'example.org', 'mail.example'])}"}


def write_csv(path, rows):
    rows = list(rows)
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


class MainJob(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
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

    def run(self, result=None):
        before = len(result.failures) + len(result.errors)
        super().run(result)
        type(self).failed = type(self).failed or len(result.failures) + len(result.errors) > before

    def people(self, count, first=0):
        return people(self.list[:8], count, first)

    def people_file(self, count):
        return write_csv(self.folder / "people.csv", self.people(count))

    def export(self, *options, codes=(0,)):
        """Runs one export to its end and gives its receipt; both equations must hold."""
        done = self.stack.run("run", "--connection", "demo", "--list", self.list, *MAP, "--format", "json", *options)
        self.assertIn(done.returncode, codes, done.stderr[-2000:])
        outcome = json.loads(done.stdout)
        self.assert_adds_up(outcome["receipt"])
        return outcome

    def assert_adds_up(self, receipt):
        decided, delivered = receipt["decided"], receipt["delivered"]
        self.assertEqual(decided["received"], decided["accepted"] + decided["invalid"] + decided["duplicate"] +
                         decided["over_cap"] + decided["undecodable"])
        self.assertEqual(decided["accepted"], sum(delivered.values()))
        for name in decided:
            if name != "undecodable":
                self.assertEqual(decided[name], sum(segment["decided"][name] for segment in receipt["segments"]), name)

    def assert_on_list(self, *files, first=0):
        compared = subprocess.run([ROOT / "tests/integration/compare_list.py", "--sandbox-url",
                                   self.stack.environment["SANDBOX_URL"], "--list", self.list, "--first", str(first),
                                   *MAP, *(option for file in files for option in ("--input", file))],
                                  capture_output=True, text=True, check=False)
        self.assertEqual(compared.returncode, 0, compared.stdout + compared.stderr)

    def test_every_person_of_a_file_arrives_with_their_name(self):
        file = self.people_file(5000)
        outcome = self.export("--input", file)
        self.assertEqual(outcome["status"], "SUCCESSFUL")
        self.assertEqual(outcome["receipt"]["decided"]["received"], 5000)
        self.assertEqual(outcome["receipt"]["delivered"]["imported"], 5000)
        self.assert_on_list(file)

    def test_repeats_and_an_overlapping_second_segment_are_counted_per_segment(self):
        rows = list(self.people(5000))
        rows += [{**row, "EMail": f"  {row['EMail'].upper()} "} for row in rows[::10]]
        first = write_csv(self.folder / "first.csv", rows)
        second = write_csv(self.folder / "second.csv", self.people(2000, 4000))
        outcome = self.export("--segment", f"Loyal={first}", "--segment", f"New={second}")
        segments = {segment["name"]: segment["decided"] for segment in outcome["receipt"]["segments"]}
        self.assertEqual((segments["Loyal"]["received"], segments["Loyal"]["accepted"], segments["Loyal"]["duplicate"]),
                         (5500, 5000, 500))
        self.assertEqual((segments["New"]["received"], segments["New"]["accepted"], segments["New"]["duplicate"]),
                         (2000, 1000, 1000))
        self.assertEqual(outcome["receipt"]["delivered"]["imported"], 6000)
        self.assert_on_list(first, second)

    def test_skip_above_the_cap_sends_nothing_and_says_why(self):
        file = self.people_file(300)
        outcome = self.export("--input", file, "--cap", 200, "--over-cap", "skip", codes=(9,))
        self.assertEqual((outcome["status"], outcome["reason"]["reason"]), ("SKIPPED", "OVER_CAP"))
        self.assertIn("300", outcome["reason"]["detail"])
        self.assertEqual(outcome["receipt"]["delivered"]["not_sent"], 200)
        self.assertEqual(self.stack.members(self.list), [])

    def test_truncate_sends_the_first_and_names_how_many_were_cut(self):
        file = self.people_file(300)
        outcome = self.export("--input", file, "--cap", 200, "--over-cap", "truncate", codes=(8,))
        self.assertEqual(outcome["receipt"]["decided"]["over_cap"], 100)
        self.assertEqual(outcome["receipt"]["delivered"]["imported"], 200)
        self.assertIn("TRUNCATED_AT_CAP", [warning["reason"] for warning in outcome["warnings"]])
        self.assert_on_list(file, first=200)

    def hold(self):
        """A run that is held above its cap; gives its id."""
        file = self.people_file(300)
        published = self.stack.run("run", "--connection", "demo", "--list", self.list, *MAP, "--format", "json",
                                   "--input", file, "--cap", 200, "--over-cap", "hold", "--no-follow")
        run_id = json.loads(published.stdout)["run_id"]

        def held():
            shown = self.stack.run("watch", run_id, "--no-follow", "--format", "json")
            return shown.returncode == 10 and (json.loads(shown.stdout)["reason"] or {}).get("reason") == "HELD_OVER_CAP"
        wait_until(held, "the run to be held")
        self.assertEqual(self.stack.members(self.list), [])
        return run_id, file

    def test_a_run_that_is_held_above_its_cap_is_sent_once_it_is_released(self):
        run_id, file = self.hold()
        released = self.stack.run("release", run_id, "--format", "json")
        self.assertEqual(released.returncode, 8, released.stderr)
        receipt = json.loads(released.stdout)["receipt"]
        self.assert_adds_up(receipt)
        self.assertEqual((receipt["decided"]["over_cap"], receipt["delivered"]["imported"]), (100, 200))
        self.assert_on_list(file, first=200)
        again = self.stack.run("release", run_id)
        self.assertEqual(again.returncode, 13)
        self.assertIn("not held", again.stderr)

    def test_a_run_that_is_cancelled_sends_nothing_more(self):
        run_id, _ = self.hold()
        canceled = self.stack.run("cancel", run_id, "--why", "wrong list", "--format", "json")
        self.assertEqual(canceled.returncode, 0, canceled.stderr)
        outcome = json.loads(canceled.stdout)
        self.assertEqual((outcome["status"], outcome["reason"]["reason"]), ("CANCELED", "CANCELED_BY_OPERATOR"))
        self.assert_adds_up(outcome["receipt"])
        self.assertEqual(outcome["receipt"]["delivered"]["not_sent"], 200)
        self.assertEqual(self.stack.members(self.list), [])
        self.assertEqual(self.stack.run("cancel", run_id).returncode, 13)

    def test_inspect_shows_every_topic_and_hides_the_people(self):
        rows = list(self.people(20)) + [{"Id": CANARY, "FirstName": CANARY, "LastName": CANARY,
                                    "EMail": f"{CANARY}@example.com"},
                                   {"Id": CANARY, "FirstName": CANARY, "LastName": CANARY, "EMail": CANARY}]
        self.export("--input", write_csv(self.folder / "people.csv", rows), codes=(8,))
        for topic in ("exports", "control", "decided", "deliveries", "credentials", "results", "rejects"):
            hidden = self.stack.run("inspect", topic, "--limit", 100000)
            self.assertEqual(hidden.returncode, 0, hidden.stderr)
            records = [json.loads(line) for line in hidden.stdout.splitlines()]
            self.assertTrue(records, topic)
            self.assertNotIn(CANARY, hidden.stdout, topic)
        shown = self.stack.run("inspect", "decided", "--limit", 100000, "--show-addresses")
        self.assertIn(f"{CANARY}@example.com", shown.stdout)

    def test_no_person_is_in_logs_or_metrics(self):
        rows = [{"Id": CANARY, "FirstName": CANARY, "LastName": CANARY, "EMail": f"{CANARY}@example.com"},
                {"Id": CANARY, "FirstName": CANARY, "LastName": CANARY, "EMail": f"{CANARY}@bad domain"}]
        self.export("--input", write_csv(self.folder / "people.csv", rows), codes=(8,))
        self.assertNotIn(CANARY, self.stack.metrics())
        for log in self.stack.dir.glob("*.log"):
            self.assertNotIn(CANARY, log.read_text(errors="replace"), log.name)

    def test_prometheus_sees_the_worker(self):
        def up():
            answer = subprocess.run(["curl", "-fsS", f"{self.stack.environment['PROMETHEUS_URL']}/api/v1/query?query="
                                     "segment_export_build_info"], capture_output=True, text=True, check=False)
            return answer.returncode == 0 and json.loads(answer.stdout)["data"]["result"]
        wait_until(up, "Prometheus to have scraped the worker")


if __name__ == "__main__":
    if len(sys.argv) > 1 and not sys.argv[1].startswith("-"):
        PRESET = sys.argv.pop(1)
    os.chdir(ROOT)
    unittest.main(verbosity=2)
