#!/usr/bin/env python3
"""A worker that is told to stop while an import is at the vendor's: what it says, how it ends, and what its successor finds.

Usage: stopping_test.py PRESET [unittest options]
"""

import os
import pathlib
import signal
import sys
import tempfile
import unittest
import urllib.error
import urllib.request

from stack import Stack, alive, wait_until

PRESET = "ci"
PEOPLE = 1_000
IMPORT = "POST /v3/activities/contacts_file_import"
# Below the worker's request time-out and its grace period, and longer than all that is looked at meanwhile.
ANSWER_COMES_AFTER_MS = 10_000
INTERRUPTED = 130


class Stopping(unittest.TestCase):
    def setUp(self):
        self.stack = Stack(PRESET)
        self.addCleanup(self.stack.close)
        self.stack.stop_worker()
        self.stack.start_worker()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        people = pathlib.Path(folder.name) / "people.csv"
        rows = "".join(f"person{number}@example.com\n" for number in range(PEOPLE))
        people.write_text("EMail\n" + rows, encoding="utf-8")
        self.list = self.stack.fresh_list()
        self.stack.control("faults", {"route": IMPORT, "effect": "latency", "latency_ms": ANSWER_COMES_AFTER_MS,
                                      "count": 1})
        self.export = self.stack.spawn("run", "--input", people, "--map", "email=EMail", "--connection", "demo",
                                       "--list", self.list)
        self.addCleanup(self.export.kill)
        wait_until(self.imports, "an import")

    def imports(self):
        return [request for request in self.stack.requests() if request["route"].endswith("contacts_file_import")]

    def readiness(self):
        try:
            with urllib.request.urlopen(f"{self.stack.admin_url()}/readyz", timeout=10) as answer:
                return answer.read().decode()
        except urllib.error.HTTPError as refusal:
            return refusal.read().decode()

    def tell_to_stop(self):
        os.kill(self.stack.worker_pid(), signal.SIGTERM)

    def assert_the_next_one_ends_the_run(self):
        self.stack.start_worker()
        told, _ = self.export.communicate(timeout=400)
        self.assertEqual(self.export.returncode, 0, told)
        self.assertEqual(len(self.stack.members(self.list)), PEOPLE)
        self.assertEqual(len(self.imports()), 1)

    def test_first_is_not_ready_then_lets_go_of_what_it_has_finished(self):
        self.tell_to_stop()
        wait_until(lambda: "is ending" in self.readiness(), "readiness to fall")
        self.assertTrue(alive(self.stack.worker_pid()), "it did not wait for the vendor's answer")
        self.assertEqual(self.stack.worker.wait(timeout=60), 0)
        self.assert_the_next_one_ends_the_run()

    def test_ends_at_once_when_told_twice(self):
        self.tell_to_stop()
        wait_until(lambda: "is ending" in self.readiness(), "readiness to fall")
        self.tell_to_stop()
        self.assertEqual(self.stack.worker.wait(timeout=60), INTERRUPTED)
        # The vendor had taken the import, and its answer was never read.
        self.assert_the_next_one_ends_the_run()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        PRESET = sys.argv.pop(1)
    unittest.main()
