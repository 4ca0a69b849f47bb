#!/usr/bin/python3
"""Workers of both stages that come, go and are killed (-9) at events of mixed runs: outcomes as without a kill.

Debian's Python, whatever else is installed: it is the one that sees Debian's Kafka client.
Usage: kills_test.py PRESET [unittest options]. KILLS_SEED draws the order of events; 1 unless given.
"""

import collections
import concurrent.futures
import itertools
import json
import os
import pathlib
import random
import re
import sys
import tempfile
import unittest
import uuid

from confluent_kafka.admin import AdminClient

import records
from fleet import Worker
from stack import ROOT, Stack, wait_until

PRESET = "ci"
SEED = int(os.environ.get("KILLS_SEED", "1"))
LONG = 60  # Seconds until an event that must come counts as missing.
LEAST = {"any": 50, "POST": 10, "rebalance": 5, "refresh": 5}

IMPORT = "/v3/activities/contacts_file_import"
TOKEN = "/oauth2/default/v1/token"
# Below the workers' request time-out, so that it is the kill that ends the waiting.
ANSWER_COMES_AFTER_MS = 2500
# Beyond every other request, within a body of the smallest run that is waited for there.
IN_MID_BODY = 10_000
# Two for each of the four partitions of the outbox.
APPLICATIONS = [f"application-{number}" for number in (0, 11, 6, 2, 1, 14, 12, 5)]
OF_EXPIRED = 6  # Connections whose tokens have expired when their second run comes.
LONG_LIFE_S, SHORT_LIFE_S = 86_400, 3
SIZES = (10, 3000, 200, 12_000, 1000, 20_000, 50, 5000)
TRUNCATE, SKIP, QUEUE = 2, 1, 2  # As numbers of OverCap and OlderRun.
INTAKE, DELIVERY = "segment-export-intake", "segment-export-delivery"

# Members are sorted by names that begin with this: such a guest gets a partition, and the others' move up.
FIRST_IN_THE_GROUP = ["--kafka.client-id", "a-guest"]

# Shorter than in production: who comes after a killed worker takes over soon.
SETTINGS = ["--kafka.session-timeout", "6s", "--kafka.heartbeat-interval", "500ms", "--intake.commit-interval", "100ms",
            "--intake.range-age", "200ms", "--delivery.request-timeout", "3s", "--delivery.lease", "1200ms",
            "--delivery.handover-margin", "1200ms", "--delivery.heartbeat", "500ms", "--delivery.predecessor-silence",
            "6s", "--delivery.settle", "1s", "--delivery.second-look", "1s", "--delivery.poll-first", "300ms",
            "--delivery.poll-longest", "2s", "--delivery.park-first", "1s", "--delivery.park-longest", "4s",
            "--delivery.token-expiry-margin", "1s", "--delivery.batch-rows", "500"]


def people(tag, size, name):
    """Segment, address as written, address as it must arrive (none where it is invalid) and name of each member."""
    chance = random.Random(tag)
    for number in range(size):
        segment = "New" if number >= size * 6 // 10 else "Loyal"
        draw = chance.random()
        if draw < 0.02:
            yield segment, f"nobody{number}", None, name
            continue
        # Of New, a quarter are members of Loyal too.
        repeats = draw < 0.06 or (segment == "New" and draw < 0.3)
        address = f"person{chance.randrange(number + 1) if repeats else number}.{tag}@example.com"
        yield segment, f" {address.upper()}\t" if repeats else address, address, name


class Export:
    """A run: its records, and what must come of it."""

    def __init__(self, number, connection, list_id, size, policy):
        self.run_id, self.connection, self.list = f"run-{number}", connection, list_id
        self.export_id, self.tag, self.name = f"export-{number}", f"run{number}", f"Name {number}"
        self.size, self.policy = size, policy
        self.single = number % 2
        self.cap = size // 2 if policy in ("truncate", "skip") else 0
        self.decided = {"Loyal": collections.Counter(), "New": collections.Counter()}
        self.people = {}

    def after(self, older):
        """Makes it a later run of the same export, of the same people under other names."""
        self.export_id, self.tag, self.list = older.export_id, older.tag, older.list
        return self

    def messages(self, application):
        rows = list(people(self.tag, self.size, self.name))
        self.expect(rows)
        over_cap = {"truncate": TRUNCATE, "skip": SKIP}.get(self.policy, 0)
        yield records.job(self.run_id, self.list, segments=("Loyal", "New"), fields=[("FirstName", "first_name")],
                          connection=self.connection, application=application, export_id=self.export_id, cap=self.cap,
                          over_cap=over_cap, older_run=QUEUE)
        for segment, of_segment in itertools.groupby(rows, key=lambda row: row[0]):
            profiles = [(f"profile-{number}", {"EMail": row[1], "FirstName": row[3]})
                        for number, row in enumerate(of_segment)]
            if self.single:
                yield from (records.member(self.run_id, segment, *profile) for profile in profiles)
            else:
                yield from (records.members(self.run_id, segment, profiles[first:first + 100])
                            for first in range(0, len(profiles), 100))
        for segment in ("Loyal", "New"):
            yield records.end(self.run_id, segment, self.decided[segment]["received"])

    def expect(self, rows):
        for segment, _, address, name in rows:
            verdict = "accepted"
            if address is None:
                verdict = "invalid"
            elif address in self.people:
                verdict = "duplicate"
            elif self.cap and len(self.people) == self.cap:
                verdict = "over_cap"
            else:
                self.people[address] = name
            self.decided[segment].update(("received", verdict))
        if self.policy == "skip":
            self.people = {}

    def outcome(self):
        """As of(), of a run that nothing disturbed."""
        total = sum(self.decided.values(), collections.Counter())
        reasons = {("INVALID_EMAIL", "missing_at"): total["invalid"], ("DUPLICATE", ""): total["duplicate"],
                   ("OVER_CAP", ""): total["over_cap"]}
        warnings = {"ROWS_REJECTED"} if total["invalid"] else set()
        if self.policy == "truncate":
            warnings.add("TRUNCATED_AT_CAP")
        status = "COMPLETED_WITH_WARNINGS" if warnings else "SUCCESSFUL"
        reason, delivered = "REASON_UNSPECIFIED", {"imported": total["accepted"]}
        if self.policy == "skip":
            status, reason, delivered = "SKIPPED", "OVER_CAP", {"not_sent": total["accepted"]}
        return {"status": status, "reason": reason, "warnings": warnings, "decided": dict(total),
                "segments": {name: dict(counts) for name, counts in self.decided.items()}, "delivered": delivered,
                "reasons": {reason: number for reason, number in reasons.items() if number}}


def of(completed):
    """What is compared of a run's end. A batch that the vendor truly holds twice is looked at elsewhere."""
    def counts(numbers):
        return {name: int(number) for name, number in numbers.items() if int(number)}
    receipt = completed["receipt"]
    warnings = {warning["reason"] for warning in completed.get("warnings", [])} - {"POSSIBLE_DUPLICATE"}
    told_only = completed["status"] == "COMPLETED_WITH_WARNINGS" and not warnings
    return {"status": "SUCCESSFUL" if told_only else completed["status"], "reason": completed["reason"]["reason"],
            "warnings": warnings, "decided": counts(receipt["decided"]),
            "segments": {segment["name"]: counts(segment["decided"]) for segment in receipt["segments"]},
            "delivered": counts(receipt["delivered"]),
            "reasons": {(reason["reason"], reason.get("rule", "")): int(reason["members"])
                        for reason in receipt.get("reasons", [])}}


class Kills(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.stack = Stack(PRESET)
        cls.addClassCleanup(lambda: cls.stack.close(keep=cls.failed))
        cls.failed = True
        cls.stack.stop_worker()
        cls.publisher = records.Publisher(cls.stack.environment["KAFKA_BROKERS"])
        cls.admin = AdminClient({"bootstrap.servers": cls.stack.environment["KAFKA_BROKERS"]})
        cls.exports, cls.lists, cls.kills, cls.later = {}, {}, [], []
        cls.chance = random.Random(SEED)
        cls.sizes = itertools.cycle(SIZES)
        cls.policies = itertools.cycle(("plain", "truncate", "plain", "pair", "plain", "skip", "plain"))
        cls.connections = {f"steady-{number}": application for number, application in enumerate(APPLICATIONS)}
        cls.connections |= {f"expired-{number}": APPLICATIONS[number] for number in range(OF_EXPIRED)}
        cls.turns = itertools.cycle(f"steady-{number}" for number in range(len(APPLICATIONS)))
        cls.add_connections()
        cls.fleet = [cls.worker("intake-0", "intake"), cls.worker("intake-1", "intake")]
        cls.fleet += [cls.worker(f"delivery-{number}", "delivery", "--kafka.delivery-instance", f"delivery-{number}")
                      for number in range(3)]
        cls.fleet.append(cls.worker("both-0", "intake,delivery", "--kafka.delivery-instance", "both-0"))
        cls.guests = []

    @classmethod
    def tearDownClass(cls):
        del cls.publisher, cls.admin  # They would complain about a broker that has gone.

    @classmethod
    def add_connections(cls):
        """Every second application's refresh tokens are good for one refresh only."""
        cls.stack.control("seed", {
            "applications": [{"client_id": name, "client_secret": "kills",
                              "refresh": "long_lived" if number % 2 else "rotating"}
                             for number, name in enumerate(APPLICATIONS)],
            "accounts": [{"encoded_account_id": name} for name in cls.connections],
            "grants": [{"refresh_token": f"refresh-{name}", "client": application, "account": name}
                       for name, application in cls.connections.items()]})
        folder = pathlib.Path(tempfile.mkdtemp(dir=cls.stack.dir))
        secret = folder / "secret"
        secret.write_text("kills\n")
        with open(cls.stack.dir / "worker.toml", "a", encoding="utf-8") as settings:
            for name in APPLICATIONS:
                settings.write(f'\n[application.{name}]\nclient-id = "{name}"\nclient-secret-file = "{secret}"\n')

        def add(name):
            token = folder / name
            token.write_text(f"refresh-{name}\n")
            return cls.stack.run("connection", "add", name, "--application", cls.connections[name],
                                 "--refresh-token-file", token, "--consent-by", "a test", "--consent-text", "Yes.")
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            for added in pool.map(add, cls.connections):
                assert added.returncode == 0, added.stderr

    @classmethod
    def worker(cls, name, stages, *settings):
        worker = Worker(cls.stack, name, stages, *SETTINGS, *settings)
        cls.addClassCleanup(worker.close)
        return worker.start()

    # What is published.

    def export(self, connection=None, size=None, policy="plain"):
        connection = connection or next(self.turns)
        list_id = str(uuid.uuid4())
        self.stack.control("seed", {"lists": [{"list_id": list_id, "name": list_id, "account": connection}]})
        export = Export(len(self.exports), connection, list_id, size or next(self.sizes), policy)
        self.exports[export.run_id] = export
        return export

    def messages(self, export):
        messages = list(export.messages(self.connections[export.connection]))
        self.lists[export.list] = export.people  # A later run of the same export has the last word.
        return messages

    def publish(self, export):
        self.publisher.publish("segment-exports", export.run_id, *self.messages(export))
        return export

    def publish_next(self, least=0):
        """The next of the mixed runs, of at least so many people."""
        self.publish_second_halves()
        size, policy = max(next(self.sizes), least), next(self.policies)
        if size < 200 or (least and policy == "skip"):
            policy = "plain"
        export = self.publish(self.export(size=size, policy=policy))
        if policy == "pair":
            self.later.append((export, self.export(export.connection, size).after(export)))
        return export

    def publish_second_halves(self):
        """Later runs of exports whose older one delivery knows: else the older one might be skipped."""
        known = self.known() if self.later else ()
        for older, later in [pair for pair in self.later if pair[0].run_id in known]:
            self.later.remove((older, later))
            self.publish(later)
        return not self.later

    # What is waited for.

    def known(self):
        """Ids of the runs that delivery has told of, in all lives."""
        told = re.compile(r'"message":"run changed","run_id":"([^"]+)"')
        return {run_id for log in self.stack.dir.glob("*.log") for run_id in told.findall(log.read_text())}

    def of_stage(self, stage):
        return [worker for worker in self.fleet + self.guests if stage in worker.stages and worker.alive()]

    def requests(self, after=0):
        return [json.loads(line) for line in self.stack.control(f"requests?after={after}").splitlines() if line]

    def state_of(self, group):
        return self.admin.list_groups(group, timeout=10)[0].state

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

    def wait_for_the_ends(self, seconds=LONG):
        wait_until(lambda: len(self.receipts()) == len(self.exports), "all receipts", seconds)

    def watch(self, stage, **members):
        """Finds the worker that writes such a line from now on."""
        workers = self.of_stage(stage)
        before = {worker: len(worker.said(**members)) for worker in workers}

        def find():
            return next((worker for worker in workers if len(worker.said(**members)) > before[worker]), None)
        return find

    def stopped(self, way):
        """The worker whose next request on that way stops; the others' go on."""
        def find():
            return next((worker for worker in self.of_stage("delivery") if getattr(worker, way).stopped.is_set()), None)
        worker = wait_until(find, f"a request ({way}) that stops", LONG)
        for other in self.of_stage("delivery"):
            getattr(other, way).stop_after = None
        return worker

    def stop_the_next(self, way, after):
        for worker in self.of_stage("delivery"):
            getattr(worker, way).stopped.clear()
            getattr(worker, way).stop_after = after

    def kill(self, kind, worker, where, still=None):
        """Another one takes its place at once. Where it was no longer `still` so, it was a kill of no special kind."""
        lines = worker.kill()
        if still and not still(lines):
            kind = "other"
        self.kills.append(kind)
        print(f"{len(self.kills):3} {worker.name:11}{kind:10}{where}", flush=True)
        if worker in self.guests:
            self.guests.remove(worker)
        else:
            worker.start()

    # The events.

    def in_mid_body(self):
        self.stop_the_next("api", IN_MID_BODY)
        self.publish_next(least=1000)
        self.kill("POST", self.stopped("api"), "its body on the way")

    def before_the_answer_to_an_import_is_read(self):
        after = len(self.requests())
        self.stack.control("faults", {"route": f"POST {IMPORT}", "effect": "latency",
                                      "latency_ms": ANSWER_COMES_AFTER_MS, "count": 1})
        self.publish_next()

        def phase(lines, batch):
            return next((line["phase"] for line in reversed(lines) if line.get("batch_id") == batch), None)

        def unread():
            """An import that the vendor has taken, and its worker, which does not know it."""
            for request in self.requests(after):
                if request["route"] == IMPORT and request["status"] == 201:
                    batch = request["file_name"].rsplit("-", 1)[0]
                    for worker in self.of_stage("delivery"):
                        if phase(worker.said(), batch) == "intent":
                            return worker, batch
            return None
        worker, batch = wait_until(unread, "an import without its answer", LONG)
        self.kill("POST", worker, "its answer on the way", lambda lines: phase(lines, batch) == "intent")

    def at_a_batch(self, phase):
        find = self.watch("delivery", message="batch changed", phase=phase)
        self.publish_next()
        self.kill("other", wait_until(find, f"a batch ({phase})", LONG), f"a batch: {phase}")

    def at_the_end_of_a_run(self):
        find = self.watch("delivery", message="run ended")
        self.publish_next()
        self.kill("other", wait_until(find, "the end of a run", LONG), "a run ended")

    def twice(self):
        """Again while it takes over what the first kill left."""
        find = self.watch("delivery", message="batch changed", phase="intent")
        self.publish_next()
        worker = wait_until(find, "a batch", LONG)
        self.kill("other", worker, "a batch: intent")
        wait_until(lambda: worker.said(message="claim changed", phase="waiting_for_predecessor"), "a take-over", LONG)
        self.kill("other", worker, "a claim: waiting_for_predecessor")

    def before_the_token_host_hears(self, number):
        after = len(self.requests())
        self.stop_the_next("token", 0)
        self.publish(self.export(f"expired-{number}", 1000))
        self.kill("refresh", self.stopped("token"), "its question on the way")
        self.assertEqual(self.asked_until_a_token_is_used(number, after), 1)

    def before_the_token_is_read(self, number):
        after = len(self.requests())
        self.stack.control("faults", {"route": f"POST {TOKEN}", "effect": "latency",
                                      "latency_ms": ANSWER_COMES_AFTER_MS, "count": 1})
        export = self.publish(self.export(f"expired-{number}", 1000))
        wait_until(lambda: any(request["route"] == TOKEN for request in self.requests(after)), "a token", LONG)
        told = [(line["time"], worker.name, worker) for worker in self.of_stage("delivery")
                for line in worker.said(message="run changed", run_id=export.run_id)]
        self.kill("refresh", max(told)[-1], "its answer on the way")
        self.assertEqual(self.asked_until_a_token_is_used(number, after), 2)

    def asked_until_a_token_is_used(self, number, after):
        """How many questions the token host heard. Before its use a token is stored; until then another kill, at a grant
        whose tokens are good for one refresh only, would need a person."""
        def asked():
            routes = [request["route"] for request in self.requests(after) if request["account"] == f"expired-{number}"]
            return any(route != TOKEN for route in routes) and routes.count(TOKEN)
        return wait_until(asked, "a use of the token", LONG)

    def while_partitions_of_the_outbox_move(self, victim):
        """A guest comes; the group waits for an owner that has a request on the way."""
        self.stop_the_next("api", IN_MID_BODY)
        self.publish_next(least=1000)
        owner = self.stopped("api")
        lets_go = {"message": "claim changed", "phase": "draining"}
        before = len(owner.said(**lets_go))
        guest = self.worker(f"guest-{len(self.kills)}", "delivery", *FIRST_IN_THE_GROUP)
        self.guests.append(guest)

        def moves_or_has_moved():
            if guest.said(message="claim changed", phase="working"):
                return "moved"
            return len(owner.said(**lets_go)) > before and self.state_of(DELIVERY) == "PreparingRebalance" and "moves"
        if wait_until(moves_or_has_moved, "the outbox to move", LONG) == "moves":
            self.kill("rebalance", {"owner": owner, "guest": guest}[victim], f"the outbox moves, {victim}")
            if victim == "owner":
                self.see_off(guest, phase="working")
        else:  # The request had ended before the guest came.
            self.see_off(guest, phase="working")
            self.while_partitions_of_the_outbox_move(victim)

    def see_off(self, guest, **members):
        wait_until(lambda: guest.said(**members), f"the guest to say {members}", LONG)
        self.guests.remove(guest)
        self.assertEqual(guest.end(), 0)

    def amid_the_members_of_a_run(self, then=None):
        """Half of the members are there, and have been read."""
        export = self.export(size=5000)
        messages = self.messages(export)
        half = len(messages) // 2
        find = self.watch("intake", message="run opened", run_id=export.run_id)
        self.publisher.publish("segment-exports", export.run_id, *messages[:half])
        worker = wait_until(find, "the run to open", LONG)
        committed, restart = (f"segment_export_intake_{name}_offset" for name in ("committed", "restart"))
        wait_until(lambda: worker.metric(committed) > worker.metric(restart), "a commit amid the run", LONG)
        replays = self.watch_replays()
        self.kill("other", worker, "members of a run")
        if then:
            then(replays, worker)
        self.publisher.publish("segment-exports", export.run_id, *messages[half:])

    def watch_replays(self):
        """Finds the worker that from now on reads again what was decided."""
        before = {worker: worker.began for worker in self.of_stage("intake")}
        seen = {worker: len(worker.said(message="input partition assigned")) for worker in before}

        def find():
            for worker in self.of_stage("intake"):
                old = seen.get(worker, 0) if before.get(worker) == worker.began else 0
                assigned = worker.said(message="input partition assigned")[old:]
                if any(line["offset"] < line["committed"] for line in assigned):
                    return worker
            return None
        return find

    def while_members_are_replayed(self):
        self.amid_the_members_of_a_run(lambda replays, _: self.kill(
            "other", wait_until(replays, "a replay", LONG), "a replay"))

    def while_partitions_of_the_input_move(self):
        """The group waits for the one that was killed; another one dies."""
        def kill_another(_, first):
            wait_until(lambda: self.state_of(INTAKE) == "PreparingRebalance", "the input to move", LONG)
            other = self.chance.choice([worker for worker in self.of_stage("intake") if worker is not first])
            self.kill("rebalance", other, "the input moves")
        self.amid_the_members_of_a_run(kill_another)

    def at_a_seal(self):
        find = self.watch("intake", message="run sealed")
        self.publish_next()
        self.kill("other", wait_until(find, "a seal", LONG), "a seal")

    def intake_comes_and_goes(self):
        """No kill: the input moves in an orderly way while runs are open."""
        guest = self.worker(f"guest-{len(self.kills)}", "intake")
        self.guests.append(guest)
        self.publish_next()
        self.see_off(guest, message="input partition assigned")

    # The tests.

    def warm_up(self):
        """A first run of each connection that nothing disturbs; tokens of some expire after it."""
        self.control_life(SHORT_LIFE_S)
        for number in range(OF_EXPIRED):
            self.publish(self.export(f"expired-{number}", 20))
        self.wait_for_the_ends()
        self.control_life(LONG_LIFE_S)
        for number in range(len(APPLICATIONS)):
            self.publish(self.export(f"steady-{number}", 200, ("plain", "truncate", "skip")[number % 3]))
        self.wait_for_the_ends()
        self.assert_outcomes()

    def control_life(self, seconds):
        self.stack.control("knobs", {"access_token_life_s": seconds})

    def plan(self):
        """In an order that is drawn; the events of intake lie evenly among those of delivery."""
        of_delivery = [(self.in_mid_body,), (self.before_the_answer_to_an_import_is_read,)] * 6
        of_delivery += [(self.at_a_batch, phase) for phase in ("intent", "submitted", "ended")] * 3
        of_delivery += [(self.at_the_end_of_a_run,), (self.twice,)] * 2
        of_delivery += [(self.before_the_token_is_read if number % 2 else self.before_the_token_host_hears, number)
                        for number in range(OF_EXPIRED)]
        of_delivery += [(self.while_partitions_of_the_outbox_move, victim) for victim in ("owner", "guest", "owner")]
        of_intake = [(self.while_members_are_replayed,), (self.while_partitions_of_the_input_move,)] * 3
        of_intake += [(self.at_a_seal,)] * 3
        of_intake += [(self.amid_the_members_of_a_run,), (self.intake_comes_and_goes,)] * 2
        for events in (of_delivery, of_intake):
            self.chance.shuffle(events)
        between = len(of_delivery) // len(of_intake)
        for event in of_intake:
            yield from of_delivery[:between]
            del of_delivery[:between]
            yield event
        yield from of_delivery

    def test_fifty_kills_change_nothing(self):
        self.warm_up()
        for event, *more in self.plan():
            event(*more)
        wait_until(self.publish_second_halves, "delivery to know all older runs", LONG)
        self.wait_for_the_ends(120)

        counted = collections.Counter(self.kills)
        counted["any"] = len(self.kills)
        for kind, least in LEAST.items():
            self.assertGreaterEqual(counted[kind], least, kind)
        twice = self.assert_outcomes()
        counters = self.stack.counters()
        self.assertLessEqual(max(counters["max_in_sliding_second_by_client"].values()), 4)
        self.assertEqual((counters["rows_lost"], counters["spent_refresh_tokens"]), (0, 0))
        members = sum(export.size for export in self.exports.values())
        print(f"{len(self.exports)} runs of {members} members, seed {SEED}, {twice} batches twice and told so:",
              ", ".join(f"{number} {kind}" for kind, number in counted.items()), flush=True)
        type(self).failed = False

    def assert_outcomes(self):
        """Gives how many batches the vendor holds twice."""
        receipts = self.receipts()
        told = set()
        self.assertEqual(receipts.keys(), self.exports.keys())
        for run_id, export in self.exports.items():
            completed, = receipts[run_id]
            self.assertEqual(of(completed), export.outcome(), (run_id, completed))
            batches = completed["receipt"].get("batches", [])
            told |= {batch["batch_id"] for batch in batches if batch["possible_duplicate"]}
        held = self.stack.counters()["activities_by_batch"]
        self.assertEqual(told, {batch for batch, activities in held.items() if activities > 1})
        for list_id, expected in self.lists.items():
            path = f"lists/{list_id}/members?limit=100000"
            found = {member["email"]: member["first_name"] for member in json.loads(self.stack.control(path))}
            # Counts only: whoever reads this must not read addresses.
            self.assertEqual((len(found), found == expected), (len(expected), True), list_id)
        return len(told)


if __name__ == "__main__":
    if len(sys.argv) > 1 and not sys.argv[1].startswith("-"):
        PRESET = sys.argv.pop(1)
    os.chdir(ROOT)
    unittest.main(verbosity=2)
