#!/usr/bin/env python3
"""A hundred runs at once: 4 partitions, 10 applications, 20 accounts, 1,000 members each.

Usage: many_runs_test.py PRESET [unittest options]
"""

import concurrent.futures
import csv
import json
import os
import pathlib
import sys
import tempfile
import unittest
import uuid

from stack import ROOT, Stack, wait_until

PRESET = "ci"
APPLICATIONS, ACCOUNTS, RUNS = 10, 20, 100
UNIQUE, REPEATED, INVALID = 900, 60, 40
AT_ONCE = 4
PARTITIONS = 4  # What `topics create` makes unless told otherwise.


def people(run):
    """Rows of invented people of one run, and what must arrive of them: address to first name."""
    expected = {f"person{number}.run{run}@example.com": f"Name {number % 7}" for number in range(UNIQUE)}
    rows = list(expected.items())
    rows += [(f" {rows[number * 3][0].upper()} ", "Another") for number in range(REPEATED)]
    rows += [(f"nobody{number}", "Nobody") for number in range(INVALID)]
    return rows, expected


class ManyRuns(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.stack = Stack(PRESET)
        cls.folder = pathlib.Path(tempfile.mkdtemp(dir=cls.stack.dir))
        cls.lists = [str(uuid.uuid4()) for _ in range(RUNS)]
        try:
            cls.seed()
            cls.restart_worker()
            cls.add_connections()
        except BaseException:
            cls.stack.close()
            raise

    @classmethod
    def tearDownClass(cls):
        cls.stack.close()

    @staticmethod
    def application(account):
        return f"application-{account % APPLICATIONS}"

    @classmethod
    def seed(cls):
        cls.stack.control("seed", {
            "applications": [{"client_id": f"application-{number}", "client_secret": "many", "refresh": "rotating"}
                             for number in range(APPLICATIONS)],
            "accounts": [{"encoded_account_id": f"account-{number}"} for number in range(ACCOUNTS)],
            "grants": [{"refresh_token": f"refresh-{number}", "client": cls.application(number),
                        "account": f"account-{number}"} for number in range(ACCOUNTS)],
            "lists": [{"list_id": list_id, "name": list_id, "account": f"account-{run % ACCOUNTS}"}
                      for run, list_id in enumerate(cls.lists)]})

    @classmethod
    def restart_worker(cls):
        secret = cls.folder / "secret"
        secret.write_text("many\n")
        with open(cls.stack.dir / "worker.toml", "a", encoding="utf-8") as settings:
            for number in range(APPLICATIONS):
                settings.write(f'\n[application.many{number}]\nclient-id = "application-{number}"\n'
                               f'client-secret-file = "{secret}"\n')
        cls.stack.stop_worker()
        cls.stack.start_worker()

    @classmethod
    def add_connections(cls):
        def add(number):
            token = cls.folder / f"token-{number}"
            token.write_text(f"refresh-{number}\n")
            return cls.stack.run("connection", "add", f"connection-{number}", "--application", cls.application(number),
                                 "--refresh-token-file", token, "--consent-by", "a test", "--consent-text", "Yes.")
        with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
            for done in pool.map(add, range(ACCOUNTS)):
                assert done.returncode == 0, done.stderr

    def publish(self, run):
        file = self.folder / f"run-{run}.csv"
        with open(file, "w", newline="", encoding="utf-8") as out:
            csv.writer(out).writerows([("EMail", "FirstName"), *people(run)[0]])
        done = self.stack.run("run", "--input", file, "--connection", f"connection-{run % ACCOUNTS}", "--list",
                              self.lists[run], "--map", "email=EMail", "--map", "first_name=FirstName", "--run-id",
                              f"run-{run}", "--records", "single" if run % 2 else "many", "--no-follow")
        self.assertEqual(done.returncode, 10, done.stderr)

    def receipts(self):
        """Of the runs that have ended, by run id."""
        shown = self.stack.run("inspect", "results", "--limit", 1_000_000)
        self.assertEqual(shown.returncode, 0, shown.stderr)
        found = {}
        for line in shown.stdout.splitlines():
            event = json.loads(line)["value"]
            if "completed" in event:
                found.setdefault(event["instance"]["run_id"], []).append(event["completed"])
        return found

    def test_all_of_them_come_out_right_within_the_limits_of_each_application(self):
        with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(self.publish, range(RUNS)))

        def all_ended():
            receipts = self.receipts()
            return receipts if len(receipts) == RUNS else None
        receipts = wait_until(all_ended, "all receipts", 400)

        for run in range(RUNS):
            completed, = receipts[f"run-{run}"]
            self.assertEqual(completed["status"], "COMPLETED_WITH_WARNINGS", completed)
            self.assertEqual([warning["reason"] for warning in completed["warnings"]], ["ROWS_REJECTED"])
            receipt = completed["receipt"]
            decided = {name: int(count) for name, count in receipt["decided"].items() if int(count)}
            self.assertEqual(decided, {"received": UNIQUE + REPEATED + INVALID, "accepted": UNIQUE,
                                       "duplicate": REPEATED, "invalid": INVALID})
            delivered = {name: int(count) for name, count in receipt["delivered"].items() if int(count)}
            self.assertEqual(delivered, {"imported": UNIQUE})
            found = {member["email"]: member["first_name"] for member in self.stack.members(self.lists[run])}
            self.assertEqual(found, people(run)[1])

        counters = self.stack.counters()
        by_client = counters["max_in_sliding_second_by_client"]
        self.assertEqual({client for client in by_client if client.startswith("application-")},
                         {f"application-{number}" for number in range(APPLICATIONS)})
        self.assertLessEqual(max(by_client.values()), 4)
        self.assertEqual(set(counters["activities_by_batch"].values()), {1})
        self.assertEqual(len(counters["activities_by_batch"]), RUNS)
        self.assertEqual((counters["rows_lost"], counters["spent_refresh_tokens"]), (0, 0))

        exports = self.stack.run("inspect", "exports", "--limit", 1_000_000)
        used = {json.loads(line)["partition"] for line in exports.stdout.splitlines()}
        self.assertEqual(used, set(range(PARTITIONS)))


if __name__ == "__main__":
    if len(sys.argv) > 1 and not sys.argv[1].startswith("-"):
        PRESET = sys.argv.pop(1)
    os.chdir(ROOT)
    unittest.main(verbosity=2)
