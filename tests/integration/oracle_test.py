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

    def export(self, records):
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
                   if request["route"].endswith("contacts_file_import")]
        greedy = oracle.greedy_imports(self.every)
        print(f"{MEMBERS} members, {records} in a record: {len(imports)} imports, {greedy} by greedy packing, "
              f"{len(stack.requests()) - before} requests")
        self.assertLessEqual(len(imports), greedy + 1)
        for request in imports:
            self.assertLessEqual(request["rows"], 40_000)
            self.assertLessEqual(request["bytes"], 4_000_000)
        counters = stack.counters()
        self.assertEqual(counters["rows_lost"], 0)
        self.assertLessEqual(counters["max_in_sliding_second"], 4)
        self.assertEqual(set(counters["activities_by_batch"].values()), {1})

    def test_members_in_a_record_of_their_own_come_out_as_the_oracle_knows(self):
        self.export("single")

    def test_a_hundred_members_in_a_record_come_out_as_the_oracle_knows(self):
        self.export("100")


if __name__ == "__main__":
    if len(sys.argv) > 1 and not sys.argv[1].startswith("-"):
        PRESET = sys.argv.pop(1)
    os.chdir(ROOT)
    unittest.main(verbosity=2)
