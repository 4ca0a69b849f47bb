#!/usr/bin/env python3
"""The oracle's people through real parts: receipt and list must equal what it knows, to the last person.

Usage: oracle_test.py PRESET [unittest options]. ORACLE_MEMBERS says how many; 60,000 unless given, which
needs more than one import.
"""

import json
import os
import pathlib
import sys
import tempfile
import unittest

from stack import ROOT, Stack

sys.path.insert(0, str(ROOT / "tests/oracle"))
import oracle  # pylint: disable=wrong-import-position,wrong-import-order

MEMBERS = int(os.environ.get("ORACLE_MEMBERS", "60000"))
SEED = 1
PRESET = "ci"
ROUTES = {"csv": "contacts_file_import", "json": "contacts_json_import"}


class Oracle(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.stack = Stack(PRESET)
        cls.folder = tempfile.TemporaryDirectory()
        cls.every = list(oracle.members(MEMBERS, SEED))
        oracle.write(cls.every, pathlib.Path(cls.folder.name))

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()
        cls.stack.close()

    def export(self, records, form="csv"):
        stack, to_list = self.stack, self.stack.fresh_list()
        before = len(stack.requests())
        options = oracle.run_options(pathlib.Path(self.folder.name))
        done = stack.run("run", "--connection", "demo", "--list", to_list, "--records", records, "--format", "json",
                         *options, timeout=900)
        self.assertEqual(done.returncode, 8, done.stderr[-2000:])
        outcome = json.loads(done.stdout)
        differences = [*oracle.differences_of_receipt(oracle.receipt_of(self.every), outcome),
                       *oracle.differences_of_list(self.every,
                                                   oracle.found_at(stack.environment["SANDBOX_URL"], to_list))]
        self.assertEqual(differences, [])
        imports = [request for request in stack.requests()[before:]
                   if request["route"].endswith(ROUTES[form])]
        greedy = oracle.greedy_imports(self.every, form)
        print(f"{MEMBERS} members, {records} in a record: {len(imports)} {form} imports, {greedy} by greedy packing, "
              f"{len(stack.requests()) - before} requests")
        self.assertLessEqual(len(imports), greedy + 1)
        for request in imports:
            self.assertLessEqual(request["rows"], 40_000)
            self.assertLessEqual(request["bytes"], 4_000_000)
        counters = stack.counters()
        self.assertEqual(counters["rows_lost"], 0)
        self.assertLessEqual(counters["max_in_sliding_second"], 4)
        self.assertEqual({*counters["activities_by_batch"].values(), *counters["json_imports_by_body"].values()}, {1})

    def test_members_in_a_record_of_their_own_come_out_as_the_oracle_knows(self):
        self.export("single")

    def test_a_hundred_members_in_a_record_come_out_as_the_oracle_knows(self):
        self.export("100")

    def test_people_who_are_sent_as_json_come_out_as_the_oracle_knows(self):
        self.stack.stop_worker()
        self.stack.start_worker("--import", "json")
        self.export("single", "json")


if __name__ == "__main__":
    if len(sys.argv) > 1 and not sys.argv[1].startswith("-"):
        PRESET = sys.argv.pop(1)
    os.chdir(ROOT)
    unittest.main(verbosity=2)
