#!/usr/bin/env python3
"""A worker that is killed at the five worst moments of a big run: receipt and list as if nothing had happened.

Usage: crash_test.py PRESET [unittest options]. ORACLE_MEMBERS says how many people; 150,000 unless given.
"""

import json
import os
import pathlib
import re
import sys
import tempfile
import unittest

from passage import Passage
from stack import ROOT, Stack, wait_until

sys.path.insert(0, str(ROOT / "tests/oracle"))
import oracle  # pylint: disable=wrong-import-position,wrong-import-order

MEMBERS = int(os.environ.get("ORACLE_MEMBERS", "150000"))
SEED = 2
PRESET = "ci"
LONG = 400  # Seconds until something that must happen counts as missing.
IMPORT = "POST /v3/activities/contacts_file_import"
# Below the worker's request time-out, so that it is the kill that ends the waiting.
ANSWER_COMES_AFTER_MS = 4000


class Crash(unittest.TestCase):
    def setUp(self):
        self.stack = Stack(PRESET)
        self.addCleanup(self.stack.close)
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.every = list(oracle.members(MEMBERS, SEED))
        oracle.write(self.every, self.folder)
        self.greedy = oracle.greedy_imports(self.every)
        self.list = self.stack.fresh_list()
        host, port, path = re.fullmatch(r"(https://[^:/]+):(\d+)(.*)", self.stack.environment["API_URL"]).groups()
        self.passage = Passage(int(port))
        self.addCleanup(self.passage.close)
        self.api_url = f"{host}:{self.passage.port}{path}"
        self.stack.stop_worker()
        self.start_worker()

    def start_worker(self):
        self.stack.start_worker("--constant-contact.api-url", self.api_url)

    def imports(self):
        """Requests for imports that the vendor has read to their end."""
        return [request for request in self.stack.requests() if request["route"].endswith("contacts_file_import")]

    def activities(self):
        return json.loads(self.stack.control("activities"))

    def kill_before_the_first_import(self):
        wait_until(lambda: self.stack.is_up() and
                   self.stack.metric("segment_export_intake_records_total") > MEMBERS / 10, "members to come in", LONG)
        self.stack.kill_worker()
        self.assertEqual(self.imports(), [])

    def kill_in_mid_body(self):
        self.passage.stop_after = 1_000_000
        self.start_worker()
        self.assertTrue(self.passage.stopped.wait(LONG), "no body came")
        self.stack.kill_worker()
        self.passage.stop_after = None
        self.assertEqual(self.imports(), [])

    def kill_after_an_answer_that_was_not_read(self):
        self.stack.control("faults", {"route": IMPORT, "effect": "latency", "latency_ms": ANSWER_COMES_AFTER_MS,
                                      "count": 1})
        self.start_worker()
        taken, *_ = wait_until(self.imports, "an import", LONG)
        self.stack.kill_worker()
        self.assertEqual(taken["status"], 201)

    def kill_at_half_of_the_imports(self):
        self.start_worker()
        wait_until(lambda: len(self.imports()) >= (self.greedy + 1) // 2, "half of the imports", LONG)
        self.stack.kill_worker()

    def kill_before_the_last_commit(self):
        """All imports have ended, and the worker is being told."""
        self.start_worker()
        wait_until(lambda: len(self.activities()) >= self.greedy, "all imports", LONG)
        self.stack.control("faults", {"route": "GET /v3/activities", "effect": "latency",
                                      "latency_ms": ANSWER_COMES_AFTER_MS, "count": -1})
        looks = wait_until(self.looks_after_the_end, "the worker to ask about imports that have all ended", LONG)
        self.stack.kill_worker()
        self.assertGreater(looks, 0)
        self.assertIsNone(self.export.poll(), "the receipt was out already")

    def looks_after_the_end(self):
        """How many times the worker has asked since all imports ended, its answer still on the way."""
        if any(activity["state"] in ("initialized", "processing") for activity in self.activities()):
            self.looks_before = self.looks()
            return 0
        return self.looks() - self.looks_before

    def looks(self):
        return sum(request["method"] == "GET" and request["route"] == "/v3/activities"
                   for request in self.stack.requests())

    def test_five_kills_change_nothing(self):
        self.looks_before = 0
        self.export = self.stack.spawn("run", "--connection", "demo", "--list", self.list, "--records", "single",
                                       "--format", "json", *oracle.run_options(self.folder))
        self.addCleanup(self.export.kill)
        for kill in (self.kill_before_the_first_import, self.kill_in_mid_body,
                     self.kill_after_an_answer_that_was_not_read, self.kill_at_half_of_the_imports,
                     self.kill_before_the_last_commit):
            kill()
            print(f"killed: {kill.__name__}, {len(self.imports())} of {self.greedy} imports", flush=True)
        self.start_worker()
        printed, complaints = self.export.communicate(timeout=900)
        self.assertEqual(self.export.returncode, 8, complaints[-2000:])
        outcome = json.loads(printed)

        differences = [*oracle.differences_of_receipt(oracle.receipt_of(self.every), outcome),
                       *oracle.differences_of_list(self.every,
                                                   oracle.found_at(self.stack.environment["SANDBOX_URL"], self.list))]
        self.assertEqual(differences, [])
        told = {batch["batch_id"] for batch in outcome["receipt"]["batches"] if batch["possible_duplicate"]}
        held = self.stack.counters()["activities_by_batch"]
        self.assertEqual(told, {batch for batch, activities in held.items() if activities > 1})
        self.assertLessEqual(len(held), self.greedy + 1)
        self.assertLessEqual(self.stack.counters()["max_in_sliding_second"], 4)
        print(f"{MEMBERS} members, five kills: {len(held)} imports, {len(told)} of them twice and told so", flush=True)


if __name__ == "__main__":
    if len(sys.argv) > 1 and not sys.argv[1].startswith("-"):
        PRESET = sys.argv.pop(1)
    os.chdir(ROOT)
    unittest.main(verbosity=2)
