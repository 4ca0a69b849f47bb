#!/usr/bin/python3
"""The same accidents for the worker and for three simple consumers; prints who was lost and who was sent twice.

Each of them puts the same made-up people on a list of the stand-in, on a stack of its own with a real broker:

  none     nothing happens, which shows that all of them can do the work
  kill     kill -9 within a second after the vendor has taken half of the people; then started again
  outage   the vendor answers 503 to everything for 12 s, from the first import that it has taken

Who is on the list, and in how many imports, is what the stand-in's books say. Ends with 1 if the worker lost
somebody or sent somebody twice.

  tests/bench/accidents.py                                     release, 100,000 people, a quarter of an hour
  tests/bench/accidents.py dev --members 20000 --only ours,node
  tests/bench/accidents.py --members 1000000 --accidents kill,outage --json accidents.json
"""

import argparse
import csv
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
SIMPLE = ROOT / "tests/bench/simple_consumers"
sys.path.insert(0, str(ROOT / "tests/integration"))
from stack import ACCOUNT, Stack, wait_until  # pylint: disable=wrong-import-position

WHO = ("ours", "node", "python", "java")
ACCIDENTS = ("none", "kill", "outage")
OUTAGE_SECONDS = 12
QUIET_SECONDS = 8  # Longer than the pause between two automatic commits.
IMPORTS = ("POST /v3/activities/contacts_file_import", "POST /v3/activities/contacts_json_import")
DOMAINS = ("example.com", "example.org", "example.net", "mail.example")
PAGE = 100_000
PEOPLE = "people.csv"
TOPIC = "segment-exports"
TOKEN = "access-token-of-simple-consumers"


def address(number):
    return f"person{number}@{DOMAINS[number % len(DOMAINS)]}"


def write_people(path, members):
    with open(path, "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(("EMail", "FirstName", "LastName"))
        out.writerows((address(number), f"Name {number % 7}", f"Family {number % 11}") for number in range(members))


def longest(members):
    """Seconds after which something that must happen counts as missing."""
    return 300 + members / 500


class Vendor:
    """What the stand-in's books say about imports."""

    def __init__(self, stack):
        self.stack = stack
        self.requests = self.taken = self.refused = 0

    def look(self):
        """Reads on in the log of requests; how many people it has taken so far, repeats included."""
        for request in self.stack.requests(self.requests):
            self.requests += 1
            if f"{request['method']} {request['route']}" not in IMPORTS:
                continue
            if request["status"] == 201:
                self.taken += request["rows"]
            else:
                self.refused += 1
        return self.taken

    def is_done(self):
        return all(activity["state"] not in ("initialized", "processing")
                   for activity in json.loads(self.stack.control("activities")))

    def end_outage(self):
        self.stack.control("faults", method="DELETE")

    def begin_outage_after_the_first_import(self):
        self.stack.control("faults", [{"route": route, "effect": "answer", "status": 503, "skip": 1, "count": -1}
                                      for route in IMPORTS])

    def extend_outage_to_everything(self):
        self.stack.control("faults", {"route": "*", "effect": "answer", "status": 503, "count": -1})

    def imports_by_address(self, list_id):
        found = {}
        while True:
            page = json.loads(self.stack.control(f"lists/{list_id}/members?limit={PAGE}&offset={len(found)}"))
            found.update((member["email"], member["imports"]) for member in page)
            if len(page) < PAGE:
                return found


class Ours:
    """The worker, and `segment-export run`, which publishes the people and prints the receipt."""

    def __init__(self, preset, folder):
        self.stack = Stack(preset)
        self.list = self.stack.fresh_list()
        self.people = folder / PEOPLE
        self.export = None

    def start(self):
        self.export = self.stack.spawn("run", *run_options(self.people, self.list), "--format", "json")

    def kill_and_restart(self):
        self.stack.kill_worker()
        self.stack.start_worker()

    def wait_for_the_end(self, vendor, seconds):
        """What the command that followed the run says, and whether the worker lives."""
        del vendor
        try:
            printed, complaints = self.export.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            return f"not ended after {seconds:.0f} s"
        if not printed:
            return f"exit {self.export.returncode}: {complaints.strip().splitlines()[-1:]}"
        outcome = json.loads(printed)
        if "receipt" not in outcome:
            return f"{outcome['status']}, exit {self.export.returncode}"
        told = sum(batch["possible_duplicate"] for batch in outcome["receipt"]["batches"])
        state = "worker runs" if self.stack.is_up() else "worker is gone"
        ended = " ".join([outcome["status"], *(warning["reason"] for warning in outcome["warnings"])])
        return f"{ended}, exit {self.export.returncode}, {told} possible duplicates told, {state}"

    def close(self):
        if self.export and self.export.poll() is None:
            self.export.kill()
            self.export.wait()
        self.stack.close()


class Simple:
    """A simple consumer, which reads what was published before it began."""

    def __init__(self, language, preset, folder, log, people_per_import):
        self.language = language
        self.stack = Stack(preset, "--no-worker")
        self.list = self.stack.fresh_list()
        self.log = log
        self.log.write_text("")
        self.process = None
        self.stack.control("seed", {
            "applications": [{"client_id": "simple", "client_secret": "simple"}],
            "grants": [{"refresh_token": "simple", "client": "simple", "account": ACCOUNT, "access_token": TOKEN}]})
        self.environment = {**self.stack.environment, "API_URL": f"{self.stack.environment['SANDBOX_URL']}/v3",
                            "ACCESS_TOKEN": TOKEN, "LIST_ID": self.list, "PROTO_DIR": str(ROOT / "proto"),
                            "PYTHONPATH": str(folder), "PEOPLE_PER_IMPORT": str(people_per_import)}
        published = self.stack.run("run", *run_options(folder / PEOPLE, self.list), "--no-follow", timeout=900)
        if published.returncode != 10:
            raise RuntimeError(f"publishing failed: {published.stderr[-500:]}")

    def start(self):
        java = SIMPLE / "java/target"
        command = {"node": ["node", SIMPLE / "node/consumer.mjs"],
                   "python": ["/usr/bin/python3", SIMPLE / "python/consumer.py"],
                   "java": ["java", "-cp", f"{java}/classes:{java}/lib/*", "simple.Consumer"]}[self.language]
        with open(self.log, "ab") as log:
            # pylint: disable-next=consider-using-with
            self.process = subprocess.Popen(command, env=self.environment, stdin=subprocess.DEVNULL, stdout=log,
                                            stderr=log)

    def kill_and_restart(self):
        self.process.kill()
        self.process.wait()
        self.start()

    def has_committed_all(self):
        """Whether the group's offsets are the ends of the topic."""
        from confluent_kafka import Consumer, TopicPartition  # pylint: disable=import-outside-toplevel
        group = Consumer({"bootstrap.servers": self.environment["KAFKA_BROKERS"],
                          "group.id": f"simple-consumer-{self.language}"})
        try:
            places = [TopicPartition(TOPIC, partition)
                      for partition in group.list_topics(TOPIC, timeout=30).topics[TOPIC].partitions]
            ends = {place.partition: group.get_watermark_offsets(place, timeout=30)[1] for place in places}
            return all(ends[place.partition] in (0, place.offset) for place in group.committed(places, timeout=30))
        finally:
            group.close()

    def wait_for_the_end(self, vendor, seconds):
        """Ends when all input is committed and nothing is sent any more, or the process has ended by itself."""
        deadline = time.monotonic() + seconds
        sent, since = -1, time.monotonic()
        while self.process.poll() is None:
            vendor.look()
            if vendor.requests != sent:
                sent, since = vendor.requests, time.monotonic()
            if time.monotonic() - since > QUIET_SECONDS and self.has_committed_all():
                return f"idle, {self.failures()}"
            if time.monotonic() > deadline:
                return f"not idle after {seconds:.0f} s, {self.failures()}"
            time.sleep(0.5)
        return f"exit {self.process.returncode}, {self.failures()}"

    def failures(self):
        return f"{self.log.read_text().count('import failed')} failed imports logged"

    def close(self):
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.stack.close()


def run_options(people, list_id):
    return ("--input", people, "--connection", "demo", "--list", list_id, "--map", "email=EMail", "--map",
            "first_name=FirstName", "--map", "last_name=LastName", "--records", "single")


def have_accident(accident, runner, vendor, members, seed):
    if accident == "outage":
        vendor.begin_outage_after_the_first_import()
    runner.start()
    if accident == "outage":
        wait_until(vendor.look, "the first import", longest(members))
        vendor.extend_outage_to_everything()
        time.sleep(OUTAGE_SECONDS)
        vendor.end_outage()
    elif accident == "kill":
        wait_until(lambda: vendor.look() * 2 >= members, "half of the people to be taken", longest(members))
        # The moment after an import is the one when a consumer has the least in hand: a crash does not wait for it.
        time.sleep(random.Random(seed).random())
        runner.kill_and_restart()


def measure(who, accident, arguments, folder, logs):
    members = arguments.members
    began = time.monotonic()
    if who == "ours":
        runner = Ours(arguments.preset, folder)
    else:
        runner = Simple(who, arguments.preset, folder, logs / f"{who}-{accident}.log", arguments.people_per_import)
    try:
        vendor = Vendor(runner.stack)
        have_accident(accident, runner, vendor, members, arguments.seed)
        state = runner.wait_for_the_end(vendor, longest(members))
        wait_until(vendor.is_done, "the imports to end", longest(members))
        vendor.look()
        found = vendor.imports_by_address(runner.list)
    finally:
        runner.close()
    expected = {address(number) for number in range(members)}
    return {"who": who, "accident": accident, "expected": members, "on_list": len(found),
            "lost": len(expected - found.keys()), "not_expected": len(found.keys() - expected),
            "doubled": sum(imports > 1 for imports in found.values()), "rows_taken": vendor.taken,
            "imports_refused": vendor.refused, "end": state, "seconds": round(time.monotonic() - began, 1)}


def prepare(preset, build, only, folder):
    """Fetches and builds all that is run."""
    needs_node = ["--node"] if "node" in only else []
    subprocess.run([ROOT / "deploy/local/packages", *needs_node], check=True)
    if build:
        subprocess.run(["cmake", "--preset", preset], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        subprocess.run(["cmake", "--build", "--preset", preset, "--target", "segment-export",
                        "constant-contact-sandbox"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    if "node" in only:
        subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"], cwd=SIMPLE / "node",
                       check=True)
    if "java" in only:
        subprocess.run(["mvn", "-q", "-B", "-Dstyle.color=never", "-f", SIMPLE / "java/pom.xml", "compile"],
                       check=True)
    if "python" in only:
        subprocess.run(["protoc", f"--proto_path={ROOT / 'proto'}", f"--python_out={folder}",
                        "segment_export/v1/arrives.proto"], check=True)


def print_table(results):
    columns = ("who", "accident", "expected", "on_list", "lost", "doubled", "end")
    rows = [columns, *([f"{result[name]:,}" if isinstance(result[name], int) else result[name] for name in columns]
                       for result in results)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(columns))]
    for row in rows:
        print("  ".join(cell.rjust(width) if 2 <= place < 6 else cell.ljust(width)
                        for place, (cell, width) in enumerate(zip(row, widths))).rstrip())


def parse():
    def some_of(names):
        def chosen(text):
            unknown = set(text.split(",")) - set(names)
            if unknown:
                raise argparse.ArgumentTypeError(f"{', '.join(sorted(unknown))}: not of {', '.join(names)}")
            return [name for name in names if name in text.split(",")]
        return chosen

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("preset", nargs="?", default="release", metavar="PRESET",
                        help="build of the worker and the stand-in; release unless given")
    parser.add_argument("--members", type=int, default=100_000, metavar="N", help="people; 100,000 unless given")
    parser.add_argument("--only", type=some_of(WHO), default=list(WHO), metavar="NAMES",
                        help=f"some of {','.join(WHO)}; all unless given")
    parser.add_argument("--accidents", type=some_of(ACCIDENTS), default=list(ACCIDENTS), metavar="NAMES",
                        help=f"some of {','.join(ACCIDENTS)}; all unless given")
    parser.add_argument("--people-per-import", type=int, default=20_000, metavar="N",
                        help="of a simple consumer; 20,000 unless given, half of what the vendor takes at most")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="draws when in that second the kill comes")
    parser.add_argument("--no-build", action="store_true", help="take the binaries as they are")
    parser.add_argument("--logs", type=pathlib.Path, metavar="DIR", help="keep the logs of simple consumers there")
    parser.add_argument("--json", type=pathlib.Path, metavar="FILE", help="also write the figures there")
    arguments = parser.parse_args()
    if arguments.members < 2 or arguments.people_per_import < 1:
        parser.error("--members takes a number from 2 on, --people-per-import one from 1 on")
    return arguments


def main():
    arguments = parse()
    results = []
    if arguments.logs:
        arguments.logs.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="segment-export-accidents-") as name:
        folder = pathlib.Path(name)
        prepare(arguments.preset, not arguments.no_build, arguments.only, folder)
        write_people(folder / PEOPLE, arguments.members)
        for who in arguments.only:
            for accident in arguments.accidents:
                print(f"{who}, {accident}: ", end="", file=sys.stderr, flush=True)
                result = measure(who, accident, arguments, folder, arguments.logs or folder)
                print("{lost:,} lost, {doubled:,} doubled, {seconds} s".format_map(result), file=sys.stderr, flush=True)
                results.append(result)
    print_table(results)
    if arguments.json:
        figures = {"members": arguments.members, "people_per_import": arguments.people_per_import,
                   "preset": arguments.preset, "seed": arguments.seed, "cores": os.cpu_count(), "results": results}
        arguments.json.write_text(json.dumps(figures, indent=1) + "\n")
    harmed = ("lost", "doubled", "not_expected")
    return int(any(result[name] for result in results if result["who"] == "ours" for name in harmed))


if __name__ == "__main__":
    sys.exit(main())
