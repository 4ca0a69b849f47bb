#!/usr/bin/env python3
"""Measures the worker on real parts with the oracle's people. Prints figures; nothing here is a test.

  tests/bench/bench.py                              a million people, preset release
  tests/bench/bench.py --members 200000 --json out.json
"""

import json
import pathlib
import sys
import tempfile
import time

# pylint: disable-next=wrong-import-order
from measuring import cpu_seconds, options, peak_megabytes, report, seconds_between, take_no_time
import oracle
from stack import Stack, wait_until


def run(stack, folder, records, *more):
    return stack.run("run", "--connection", "demo", "--list", stack.fresh_list(), "--records", records, "--format",
                     "json", *oracle.run_options(folder), *more, timeout=1800)


def intake_alone(stack, folder, members):
    """A worker of the first stage only reads what was published before it began."""
    stack.kill_worker()
    published = run(stack, folder, "single", "--no-follow")
    if published.returncode != 10:
        sys.exit(f"publishing failed: {published.stderr}")
    stack.start_worker("--stages=intake")
    pid = stack.worker_pid()

    def decided():
        return stack.metric("segment_export_intake_members_total") >= members
    wait_until(stack.is_up, "the worker's metrics")
    wait_until(decided, "intake to decide about everybody", 600)
    used, peak = cpu_seconds(pid), peak_megabytes(pid)
    stack.kill_worker()
    # Its run must not share the account with the one that is measured next.
    stack.start_worker()
    run_id = json.loads(published.stdout)["run_id"]
    wait_until(lambda: stack.run("watch", run_id, timeout=1800).returncode == 8, "the run to end", 1800)
    return {"members_per_cpu_second": round(members / used), "cpu_seconds": round(used, 2),
            "peak_megabytes": round(peak)}


def whole_way(stack, folder, every):
    before = len(stack.requests())
    began = time.monotonic()
    done = run(stack, folder, "100")
    took = time.monotonic() - began
    if done.returncode != 8:
        sys.exit(f"the run did not end as it should: {done.stderr[-500:]}")
    receipt = json.loads(done.stdout)["receipt"]
    requests = stack.requests()[before:]
    imports = [request for request in requests if request["route"].endswith("contacts_file_import")]
    greedy = oracle.greedy_imports(every)
    return {"first_record_to_receipt_seconds": round(took, 1),
            "seal_to_receipt_seconds": seconds_between(receipt["sealed_at"], receipt["ended_at"]),
            "requests": len(requests), "imports": len(imports), "imports_by_greedy_packing": greedy,
            "rate_alone_seconds": round(len(requests) / 3.5, 1),
            "peak_megabytes": round(peak_megabytes(stack.worker_pid())),
            "stand_in_peak_megabytes": round(peak_megabytes(int((stack.dir / "sandbox.pid").read_text())))}


def main():
    parser = options(__doc__)
    parser.add_argument("--members", type=int, default=1_000_000)
    arguments = parser.parse_args()
    every = list(oracle.members(arguments.members, 1))
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        oracle.write(every, folder)
        stack = Stack(arguments.preset)
        try:
            figures = {"members": arguments.members, "intake": intake_alone(stack, folder, arguments.members),
                       "whole": whole_way(stack, folder, every)}
            take_no_time(stack)
            figures["whole_with_a_vendor_that_takes_no_time"] = whole_way(stack, folder, every)
        finally:
            stack.close()
    report(figures, arguments.json)


if __name__ == "__main__":
    main()
