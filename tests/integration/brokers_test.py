#!/usr/bin/python3
"""Brokers that go away, one after the other and all at once, while runs are on their way; topics, records and
permissions that are lost. The table is in tests/README.md.

Debian's Python, whatever else is installed: it is the one that sees Debian's Kafka client.
Usage: brokers_test.py PRESET [unittest options]
"""

import concurrent.futures
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import urllib.error
import urllib.request
import uuid

from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaException, Producer, TopicPartition
from confluent_kafka.admin import AdminClient

import records
from stack import ROOT, Stack, alive, wait_until

PRESET = "ci"
APPLICATIONS = 6  # They spread over the partitions of the outbox.
UNIQUE, REPEATED, INVALID = 270, 20, 10
AT_ONCE = 8  # Runs that are on their way.
TOPICS = ["segment-exports", "export-control", "decided-contacts", "export-deliveries", "export-credentials",
          "export-results", "export-rejects"]
AWAY_SECONDS = 60
ALL = -1  # Records of a partition that are to be deleted.
AUTHORIZER = """authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
allow.everyone.if.no.acl.found=true
"""
LONG = 120  # Seconds until something that must happen counts as missing.


def people(run_id):
    """Rows of invented people of one run, and what must arrive of them: address to first name."""
    expected = {f"person{number}.{run_id}@example.com": f"Name {number % 7}" for number in range(UNIQUE)}
    rows = list(expected.items())
    rows += [(f" {rows[number * 3][0].upper()} ", "Another") for number in range(REPEATED)]
    rows += [(f"nobody{number}", "Nobody") for number in range(INVALID)]
    return rows, expected


def not_ready(url):
    """What the worker says it waits for; nothing where it is ready."""
    try:
        with urllib.request.urlopen(f"{url}/readyz", timeout=10) as answer:
            answer.read()
            return ""
    except urllib.error.HTTPError as answer:
        return answer.read().decode()


class Results(threading.Thread):
    """Follows the results as another team would, whatever becomes of brokers."""

    def __init__(self, brokers):
        super().__init__(daemon=True)
        self.consumer = Consumer({"bootstrap.servers": brokers, "log_level": 0, "group.id": "results",
                                  "enable.auto.commit": False, "isolation.level": "read_committed",
                                  "topic.metadata.refresh.interval.ms": 1000})
        self.consumer.assign([TopicPartition("export-results", number, OFFSET_BEGINNING) for number in range(4)])
        self.sequences = {}  # Of each run, as they came.
        self.ended = set()
        self.over = threading.Event()
        self.start()

    def run(self):
        while not self.over.is_set():
            message = self.consumer.poll(0.1)
            if message is None or message.error():
                continue
            event = records.decode(message.value())
            run_id = message.key().decode()
            self.sequences.setdefault(run_id, []).append(event[2])
            if 11 in event:
                self.ended.add(run_id)
        self.consumer.close()

    def close(self):
        self.over.set()
        self.join()


class Load(threading.Thread):
    """Publishes runs, the next one as soon as an older one has ended, until it is told to stop."""

    def __init__(self, stack, results, connections):
        super().__init__(daemon=True)
        self.stack, self.results, self.connections = stack, results, connections
        self.publisher = records.Publisher(stack.environment["KAFKA_BROKERS"], patience=LONG + AWAY_SECONDS)
        self.lists = {}  # Of each run that was published.
        self.over = threading.Event()
        self.failure = None
        self.start()

    def run(self):
        try:
            while not self.over.is_set():
                if len(self.lists) - len(self.results.ended & set(self.lists)) < AT_ONCE:
                    self.publish()
                else:
                    self.over.wait(0.05)
        except Exception as failure:  # pylint: disable=broad-except
            self.failure = failure  # finish() raises it in the test's own thread.

    def publish(self):
        run_id = f"run-{uuid.uuid4().hex[:12]}"
        account = len(self.lists) % APPLICATIONS
        list_id = str(uuid.uuid4())
        self.stack.control("seed", {"lists": [{"list_id": list_id, "name": run_id, "account": f"account-{account}"}]})
        rows = people(run_id)[0]
        half = len(rows) // 2
        job = records.job(run_id, list_id, fields=[("FirstName", "first_name")], expected=len(rows),
                          connection=self.connections[account], application=f"application-{account}")
        members = [records.member(run_id, "Loyal", f"profile-{number}", {"EMail": email, "FirstName": name})
                   for number, (email, name) in enumerate(rows)]
        self.publisher.publish("segment-exports", run_id, job, *members[:half])
        self.publisher.publish("segment-exports", run_id, *members[half:], records.end(run_id, "Loyal", len(rows)))
        self.lists[run_id] = list_id

    def await_runs(self, count):
        """Until so many runs have ended that were not even published at the time of the call."""
        before = set(self.lists)
        wait_until(lambda: self.failure or len(self.results.ended & (set(self.lists) - before)) >= count,
                   f"{count} further runs, of which {len(before)} are out", LONG)

    def finish(self):
        self.over.set()
        self.join()
        if self.failure:
            raise self.failure
        wait_until(lambda: set(self.lists) <= self.results.ended, "the receipts of all runs", LONG)


class ThreeBrokers(unittest.TestCase):
    """Each record has three copies. A worker of many runs, after which no person should have to look."""

    @classmethod
    def setUpClass(cls):
        cls.stack = Stack(PRESET, brokers=3)
        cls.failed = False
        cls.folder = pathlib.Path(tempfile.mkdtemp(dir=cls.stack.dir))
        try:
            cls.seed()
        except BaseException:
            cls.stack.close()
            raise

    @classmethod
    def tearDownClass(cls):
        cls.stack.close(keep=cls.failed)

    @classmethod
    def seed(cls):
        numbers = range(APPLICATIONS)
        cls.stack.control("seed", {
            "applications": [{"client_id": f"application-{number}", "client_secret": "many", "refresh": "rotating"}
                             for number in numbers],
            "accounts": [{"encoded_account_id": f"account-{number}"} for number in numbers],
            "grants": [{"refresh_token": f"refresh-{number}", "client": f"application-{number}",
                        "account": f"account-{number}"} for number in numbers]})
        secret = cls.folder / "secret"
        secret.write_text("many\n")
        with open(cls.stack.dir / "worker.toml", "a", encoding="utf-8") as settings:
            for number in numbers:
                settings.write(f'\n[application.many{number}]\nclient-id = "application-{number}"\n'
                               f'client-secret-file = "{secret}"\n')
        cls.stack.stop_worker()
        cls.stack.start_worker("--delivery.batch-rows", "100")
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            for done in pool.map(cls.add_connection, numbers):
                assert done.returncode == 0, done.stderr

    @classmethod
    def add_connection(cls, number):
        token = cls.folder / f"token-{number}"
        token.write_text(f"refresh-{number}\n")
        return cls.stack.run("connection", "add", f"connection-{number}", "--application", f"application-{number}",
                             "--refresh-token-file", token, "--consent-by", "a test", "--consent-text", "Yes.")

    def setUp(self):
        self.admin = AdminClient({"bootstrap.servers": self.stack.environment["KAFKA_BROKERS"], "log_level": 0})
        self.results = Results(self.stack.environment["KAFKA_BROKERS"])
        self.addCleanup(self.results.close)
        self.load = Load(self.stack, self.results, [f"connection-{number}" for number in range(APPLICATIONS)])
        self.addCleanup(self.load.over.set)
        self.pid = self.stack.worker_pid()
        self.load.await_runs(1)

    def run(self, result=None):
        before = len(result.failures) + len(result.errors)
        super().run(result)
        type(self).failed = self.failed or len(result.failures) + len(result.errors) > before

    def topics(self):
        """As whichever broker answers knows them."""
        def ask():
            try:
                return self.admin.list_topics(timeout=5).topics
            except KafkaException:
                return None
        return wait_until(ask, "a broker that answers", LONG)

    def partitions(self, topic):
        return self.topics()[topic].partitions

    def coordinator(self, topic, name):
        """The broker that leads the partition of a group or a transactional id."""
        code = 0
        for letter in name:
            code = (31 * code + ord(letter)) & 0xffffffff
        return self.leader(topic, (code & 0x7fffffff) % len(self.partitions(topic)))

    def leader(self, topic, number):
        leader = self.partitions(topic)[number].leader
        return next((broker for broker in self.stack.brokers if broker.id() == leader), None)

    def await_copies(self):
        def all_in_sync():
            partitions = [part for topic in self.topics().values() for part in topic.partitions.values()]
            return all(len(partition.isrs) == 3 for partition in partitions)
        wait_until(all_in_sync, "all copies to be in sync", LONG)

    def assert_as_if_nothing_had_happened(self):
        """Receipts and lists as the runs' makers know them, each batch imported once, by the process that began."""
        self.load.finish()
        self.assertTrue(alive(self.pid))
        wait_until(lambda: not not_ready(self.stack.admin_url()), "the worker to be ready")
        shown = self.stack.run("inspect", "results", "--limit", 1_000_000)
        self.assertEqual(shown.returncode, 0, shown.stderr)
        receipts = {}
        for line in shown.stdout.splitlines():
            event = json.loads(line)["value"]
            if "completed" in event:
                receipts.setdefault(event["instance"]["run_id"], []).append(event["completed"])
        for run_id, list_id in self.load.lists.items():
            completed, = receipts[run_id]
            self.assertEqual([warning["reason"] for warning in completed["warnings"]], ["ROWS_REJECTED"], run_id)
            for part, counted in {"decided": {"received": UNIQUE + REPEATED + INVALID, "accepted": UNIQUE,
                                              "duplicate": REPEATED, "invalid": INVALID},
                                  "delivered": {"imported": UNIQUE}}.items():
                found = {name: int(count) for name, count in completed["receipt"][part].items() if int(count)}
                self.assertEqual(found, counted, run_id)
            found = {member["email"]: member["first_name"] for member in self.stack.members(list_id)}
            self.assertEqual(found, people(run_id)[1])
            sequences = self.results.sequences[run_id]
            self.assertEqual(sequences, sorted(set(sequences)), run_id)
        counters = self.stack.counters()
        self.assertEqual(set(counters["activities_by_batch"].values()), {1})
        self.assertLessEqual(max(counters["max_in_sliding_second_by_client"].values()), 4)
        self.assertEqual((counters["rows_lost"], counters["spent_refresh_tokens"]), (0, 0))
        print(f"{len(self.load.lists)} runs, {len(counters['activities_by_batch'])} imports in all", flush=True)

    def test_each_record_has_three_copies(self):
        topics = self.topics()
        for name in [*TOPICS, "__consumer_offsets", "__transaction_state"]:
            with self.subTest(name):
                self.assertEqual({len(partition.replicas) for partition in topics[name].partitions.values()}, {3})
        self.assertEqual(self.stack.run("topics", "check").returncode, 0)
        self.assert_as_if_nothing_had_happened()

    def test_brokers_that_are_restarted_in_turn(self):
        for broker in self.stack.brokers:
            broker.stop()
            self.load.await_runs(2)
            broker.start()
            self.await_copies()
        self.load.await_runs(2)
        self.assert_as_if_nothing_had_happened()

    def roles(self):
        """Which broker holds what a worker needs one for."""
        return {"leader of the input": self.leader("segment-exports", 0),
                "leader of the outbox": self.leader("decided-contacts", 0),
                "leader of the journal": self.leader("export-deliveries", 0),
                "leader of the control topic": self.leader("export-control", 0),
                "coordinator of intake": self.coordinator("__consumer_offsets", "segment-export-intake"),
                "coordinator of delivery": self.coordinator("__consumer_offsets", "segment-export-delivery"),
                "coordinator of transactions": self.coordinator("__transaction_state", "segment-export-delivery-0")}

    def test_leaders_and_coordinators_that_are_killed(self):
        """Until the holder of each role was killed once; another one takes the role over, and runs go on."""
        left = set(self.roles())
        while left:
            held = self.roles()
            broker = max(self.stack.brokers, key=lambda each: sum(held[role] is each for role in left))
            lost = {role for role in held if held[role] is broker}
            print(f"killed: {', '.join(sorted(lost))}", flush=True)
            broker.kill()
            self.load.await_runs(2)
            now = self.roles()
            self.assertEqual([role for role in lost if now[role] in (None, broker)], [])
            left -= lost
            broker.start()
            self.await_copies()
        self.assert_as_if_nothing_had_happened()

    def test_all_brokers_away_for_a_minute(self):
        for broker in self.stack.brokers:
            broker.signal(signal.SIGSTOP)
        for broker in self.stack.brokers:
            broker.kill()
        time.sleep(AWAY_SECONDS)
        self.assertTrue(alive(self.pid))
        self.assertNotEqual(not_ready(self.stack.admin_url()), "")
        with urllib.request.urlopen(f"{self.stack.admin_url()}/livez", timeout=10) as answer:
            self.assertEqual(answer.status, 200)
        with concurrent.futures.ThreadPoolExecutor(len(self.stack.brokers)) as pool:
            list(pool.map(lambda broker: broker.start(), self.stack.brokers))
        self.load.await_runs(2)
        self.await_copies()
        self.assert_as_if_nothing_had_happened()


def administer(brokers, *order):
    """What neither our command line nor Debian's Python client can do; the orders are in KafkaAdmin.java."""
    fetched = subprocess.run([ROOT / "deploy/local/kafka/fetch"], check=True, capture_output=True, text=True)
    done = subprocess.run(["java", "-XX:TieredStopAtLevel=1", "-cp", f"{fetched.stdout.strip()}/*",
                           ROOT / "tests/integration/KafkaAdmin.java", brokers, *map(str, order)],
                          capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(done.stderr[-3000:])


class Deployment:
    """Topics, groups, an application and a worker of its own for one test, on the brokers of a stack."""

    def __init__(self, stack, folder):
        self.stack, self.folder = stack, folder
        self.tag = uuid.uuid4().hex[:8]
        self.topics = {word: f"{word}-{self.tag}" for word in ("exports", "control", "decided", "deliveries",
                                                               "credentials", "results", "rejects")}
        self.brokers = stack.environment["KAFKA_BROKERS"]
        self.publisher = records.Publisher(self.brokers)
        self.list = str(uuid.uuid4())
        self.process = None
        self.grants = 0
        stack.control("seed", {
            "applications": [{"client_id": self.tag, "client_secret": "many", "refresh": "rotating"}],
            "accounts": [{"encoded_account_id": self.tag}],
            "lists": [{"list_id": self.list, "name": self.list, "account": self.tag}]})
        (folder / "secret").write_text("many\n")
        own = "".join(f'{name} = "{self.own(name)}"\n'
                      for name in ("intake-group", "delivery-group", "transactional-id-prefix"))
        settings = (stack.dir / "worker.toml").read_text().replace("demo-application", self.tag)
        settings = settings.replace(str(stack.dir / "application.secret"), str(folder / "secret"))
        settings = settings.replace("[kafka]\n", "[kafka]\n" + own)
        settings += "\n[topics]\n" + "".join(f'{word} = "{name}"\n' for word, name in self.topics.items())
        (folder / "worker.toml").write_text(settings)
        created = self.create_topics()
        assert created.returncode == 0, created.stdout + created.stderr
        self.connect()

    def own(self, name):
        """A group or the prefix of transactional ids."""
        return f"{name}-{self.tag}"

    def connect(self, connection="demo"):
        """A new sign-in each time: refresh tokens are single use."""
        self.grants += 1
        token = f"refresh-{self.tag}-{self.grants}"
        self.stack.control("seed", {"grants": [{"refresh_token": token, "client": self.tag, "account": self.tag}]})
        (self.folder / "token").write_text(f"{token}\n")
        added = self.run("connection", "add", connection, "--refresh-token-file", self.folder / "token",
                         "--consent-by", "a test", "--consent-text", "Yes.")
        assert added.returncode == 0, added.stderr

    def run(self, *arguments):
        return self.stack.run(*arguments, "--config", self.folder / "worker.toml")

    def create_topics(self):
        return self.run("topics", "create", "--partitions", 1)

    def start(self, *settings):
        """A worker with a log of its own."""
        (self.folder / "ports").unlink(missing_ok=True)
        with open(self.folder / "worker.log", "wb") as log:
            # pylint: disable-next=consider-using-with
            self.process = subprocess.Popen(
                ["segment-export", "worker", "--config", self.folder / "worker.toml", "--admin.port", "0",
                 "--admin.ports-file", self.folder / "ports", *settings],
                env=self.stack.environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL)

    def start_to_be_ready(self, *settings):
        self.start(*settings)
        wait_until(lambda: self.waits_for() == "", "the worker to be ready")

    def waits_for(self):
        """What the worker says of its readiness; None while it does not answer."""
        try:
            return not_ready((self.folder / "ports").read_text().strip().removeprefix("ADMIN_URL="))
        except OSError:
            return None

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)

    def close(self):
        if self.process:
            self.process.kill()
            self.process.wait()

    def log(self):
        return (self.folder / "worker.log").read_text()

    def publish(self, run_id, *values):
        return self.publisher.publish(self.topics["exports"], run_id, *values)

    def publish_whole(self, run_id):
        """A job with two members and their end."""
        self.publish(run_id, records.job(run_id, self.list), self.member(run_id, 1), self.member(run_id, 2),
                     records.end(run_id, "Loyal", 2))

    def member(self, run_id, number):
        return records.member(run_id, "Loyal", f"profile-{number}", {"EMail": f"person{number}.{run_id}@example.com"})

    def watch(self, run_id):
        shown = self.run("watch", run_id, "--no-follow", "--format", "json")
        return json.loads(shown.stdout) if shown.stdout else {}

    def outcome(self, run_id):
        """What `watch` shows of a run once it has ended."""
        return wait_until(lambda: (lambda found: found if "receipt" in found else None)(self.watch(run_id)),
                          f"the receipt of {run_id}")

    def consumer(self, group):
        return Consumer({"bootstrap.servers": self.brokers, "group.id": self.own(group), "log_level": 0})

    def committed(self, group, word):
        consumer = self.consumer(group)
        try:
            return consumer.committed([TopicPartition(self.topics[word], 0)], timeout=10)[0].offset
        finally:
            consumer.close()

    def end_of(self, word):
        consumer = self.consumer("looks")
        try:
            return consumer.get_watermark_offsets(TopicPartition(self.topics[word], 0), timeout=10)[1]
        finally:
            consumer.close()

    def set_offset_to_start(self, group, word):
        """As Kafka's own tool does for a group that nobody is in."""
        consumer = self.consumer(group)
        try:
            start, _ = consumer.get_watermark_offsets(TopicPartition(self.topics[word], 0), timeout=10)
            consumer.commit(offsets=[TopicPartition(self.topics[word], 0, start)], asynchronous=False)
        finally:
            consumer.close()

    def administer(self, *order):
        administer(self.brokers, *order)


class OneBroker(unittest.TestCase):
    """What needs no copies: deleted topics and records, permissions, producers. A deployment for each test."""

    @classmethod
    def setUpClass(cls):
        cls.stack = Stack(PRESET, broker_settings=AUTHORIZER)
        cls.stack.stop_worker()

    @classmethod
    def tearDownClass(cls):
        cls.stack.close()

    def setUp(self):
        self.deployment = self.deploy()

    def deploy(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        deployment = Deployment(self.stack, pathlib.Path(folder.name))
        self.addCleanup(deployment.close)
        return deployment

    def assert_works(self, run_id, deployment=None):
        deployment = deployment or self.deployment
        deployment.publish_whole(run_id)
        outcome = deployment.outcome(run_id)
        self.assertEqual((outcome["status"], outcome["receipt"]["delivered"]["imported"]), ("SUCCESSFUL", 2), outcome)

    def assert_ends(self, code, says, deployment=None):
        """The worker leaves by itself, and its last line says why."""
        deployment = deployment or self.deployment
        left = deployment.process.wait(LONG)
        last = json.loads(deployment.log().splitlines()[-1])
        self.assertEqual(left, code, last)
        self.assertEqual((last["level"], last["message"]), ("error", "worker failed"))
        self.assertIn(says, last["detail"])

    def await_in_log(self, *texts):
        wait_until(lambda: all(text in self.deployment.log() for text in texts), f"the log to say {texts}")

    def deny(self, *what):
        self.deployment.administer("deny", *what)
        self.addCleanup(self.deployment.administer, "allow", *what[:2])

    def allow(self, *what):
        self.deployment.administer("allow", *what)

    def test_a_topic_that_is_deleted(self):
        """Whichever it is: the worker leaves and says so, waits in its next life, and works once it was made again."""
        def lose(deployment, word):
            deployment.start_to_be_ready("--kafka.close-timeout", "3s")
            self.assert_works(f"before-{word}", deployment)
            admin = AdminClient({"bootstrap.servers": deployment.brokers, "log_level": 0})
            admin.delete_topics([deployment.topics[word]])[deployment.topics[word]].result(30)
            missing = f"{deployment.topics[word]}: topic is missing, must be there; segment-export topics create"
            self.assert_ends(6, missing, deployment)
            deployment.start()
            wait_until(lambda: missing in (deployment.waits_for() or ""), missing)
            self.assertEqual(deployment.stop(), 0)
            # A client that hung on the deleted topic could not leave its group, which misses it after a while.
            wait_until(lambda: deployment.create_topics().returncode == 0, "the topics to be made")
            if word in ("control", "credentials"):  # A sign-in is in these.
                deployment.connect()
            deployment.start_to_be_ready()
            self.assert_works(f"after-{word}", deployment)
        deployments = {word: self.deploy() for word in self.deployment.topics}
        with concurrent.futures.ThreadPoolExecutor(len(deployments)) as pool:
            for done in [pool.submit(lose, deployment, word) for word, deployment in deployments.items()]:
                done.result()

    def test_input_that_was_deleted_before_it_was_read(self):
        worker = self.deployment
        worker.start_to_be_ready()
        self.assert_works("run-1")
        worker.process.send_signal(signal.SIGSTOP)
        # One by one: what was asked for already is answered by the first of them.
        for record in (records.job("run-2", worker.list), worker.member("run-2", 1), records.end("run-2", "Loyal", 1)):
            worker.publish("run-2", record)
        worker.administer("delete-records", worker.topics["exports"], 0, ALL)
        worker.process.send_signal(signal.SIGCONT)
        self.assert_ends(1, f"an offset of partition 0 of {worker.topics['exports']} is outside of the log; "
                            "the process has to be started again")
        worker.start()
        self.await_in_log("intake alarm offset_outside_log")
        wait_until(lambda: "partition 0 is halted: the committed offset is outside the log: stop the workers, set" in
                   worker.waits_for(), "the halted partition")
        self.assertEqual(worker.stop(), 0)
        worker.set_offset_to_start("intake-group", "exports")
        worker.start_to_be_ready()
        self.assert_works("run-3")

    def test_an_open_run_whose_beginning_was_deleted(self):
        """Its later members belong to no run, and it waits for its deadline, or for somebody who cancels it."""
        worker = self.deployment
        worker.start_to_be_ready("--intake.range-age", "100ms")
        worker.publish("run-1", records.job("run-1", worker.list))
        (_, member), = worker.publish("run-1", worker.member("run-1", 1))
        wait_until(lambda: worker.committed("intake-group", "exports") > member, "the member's commit")
        self.assertEqual(worker.stop(), 0)
        worker.publish("run-1", worker.member("run-1", 2), records.end("run-1", "Loyal", 2))
        worker.administer("delete-records", worker.topics["exports"], 0, member + 1)
        worker.start_to_be_ready()
        self.await_in_log("intake alarm input_lost")
        self.assert_works("run-2")
        shown = worker.run("inspect", "rejects")
        letters = [json.loads(line)["value"]["dead_letter"] for line in shown.stdout.splitlines()]
        self.assertEqual([(letter["cause"], int(letter["offset"]), int(letter["lost_until"])) for letter in letters],
                         [("LOST_SPAN", member - 1, member + 1), ("NO_OPEN_RUN", member + 1, 0),
                          ("NO_OPEN_RUN", member + 2, 0)])
        self.assertEqual(worker.watch("run-1")["reason"]["reason"], "WAITING_FOR_MEMBERS")
        self.assertEqual(worker.run("cancel", "run-1", "--no-follow").returncode, 0)
        wait_until(lambda: worker.watch("run-1")["status"] == "CANCELED", "the cancelled run")

    def test_decided_people_that_were_deleted_before_they_were_sent(self):
        worker = self.deployment
        worker.start_to_be_ready("--delivery.park-first", "1s", "--delivery.park-longest", "1s")
        worker.publish("run-1", records.job("run-1", worker.list, connection="later"), worker.member("run-1", 1),
                       records.end("run-1", "Loyal", 1))
        wait_until(lambda: (worker.watch("run-1").get("reason") or {}).get("reason") == "NO_CONNECTION", "the wait")
        worker.administer("delete-records", worker.topics["decided"], 0, ALL)
        worker.connect("later")
        outcome = worker.outcome("run-1")
        self.assertEqual((outcome["status"], outcome["reason"]["reason"]), ("FAILED", "OUTBOX_GAP"))
        self.assertEqual(outcome["receipt"]["delivered"]["not_sent"], 1)
        self.assertEqual(self.stack.members(worker.list), [])

    def test_an_outbox_that_was_deleted_before_it_was_read(self):
        worker = self.deployment
        worker.start_to_be_ready()
        self.assert_works("run-1")
        self.assertEqual(worker.stop(), 0)
        worker.start("--stages", "intake")
        worker.publish_whole("run-2")
        wait_until(lambda: worker.end_of("decided") >= 6, "the decided run")
        self.assertEqual(worker.stop(), 0)
        worker.administer("delete-records", worker.topics["decided"], 0, ALL)
        worker.start()
        wait_until(lambda: "offset_outside_log (offset 3): set the group's offset" in (worker.waits_for() or ""),
                   "the remedy")
        self.assertEqual(worker.stop(), 0)
        worker.set_offset_to_start("delivery-group", "decided")
        worker.start_to_be_ready()
        self.assert_works("run-3")

    def test_input_that_may_no_longer_be_read(self):
        worker = self.deployment
        worker.start_to_be_ready()
        self.assert_works("run-1")
        what = ("TOPIC", worker.topics["exports"], "READ")
        self.deny(*what)
        self.assert_ends(1, f"reading {worker.topics['exports']}: Broker: Topic authorization failed")
        self.allow(*what[:2])
        worker.start_to_be_ready()
        self.assert_works("run-2")

    def test_a_group_that_may_not_be_joined(self):
        worker = self.deployment
        what = ("GROUP", worker.own("intake-group"), "READ")
        self.deny(*what)
        worker.start()
        self.assert_ends(1, f"reading {worker.topics['exports']}: Broker: Group authorization failed")
        self.allow(*what[:2])
        worker.start_to_be_ready()
        self.assert_works("run-1")

    def test_an_outbox_that_may_no_longer_be_written(self):
        """The run that was on its way is whole after the restart."""
        worker = self.deployment
        worker.start_to_be_ready()
        what = ("TOPIC", worker.topics["decided"], "WRITE")
        self.deny(*what)
        worker.publish_whole("run-1")
        self.assert_ends(1, "a record of intake's cannot be delivered: Broker: Topic authorization failed; "
                            "the process has to be started again")
        self.allow(*what[:2])
        worker.start_to_be_ready()
        outcome = worker.outcome("run-1")
        self.assertEqual((outcome["status"], outcome["receipt"]["delivered"]["imported"]), ("SUCCESSFUL", 2))

    def test_delivery_without_a_permission(self):
        """It goes on asking, says for what, and it works by itself once it may."""
        worker = self.deployment
        worker.start_to_be_ready()
        for number, (what, says) in enumerate([
                (("TOPIC", worker.topics["deliveries"], "WRITE"), "Topic authorization failed"),
                (("TOPIC", worker.topics["results"], "WRITE"), "Topic authorization failed"),
                (("TRANSACTIONAL_ID", f"{worker.own('transactional-id-prefix')}-delivery-0", "WRITE"),
                 "Transactional Id authorization failed"),
                (("GROUP", worker.own("delivery-group"), "READ"), "Group authorization failed")]):
            self.assertEqual(worker.stop(), 0)
            self.deny(*what)
            worker.start()
            worker.publish_whole(f"run-{number}")
            self.await_in_log(says)
            if what[0] != "GROUP":
                wait_until(lambda: "claim_fails" in (worker.waits_for() or ""), "readiness to say why")
            self.assertIsNone(worker.process.poll())
            self.allow(*what[:2])
            outcome = worker.outcome(f"run-{number}")
            self.assertEqual((outcome["status"], outcome["receipt"]["delivered"]["imported"]), ("SUCCESSFUL", 2))
            wait_until(lambda: worker.waits_for() == "", "the worker to be ready")

    def test_a_producer_that_is_at_its_end(self):
        """One that may write nothing any more gets no producer id, which librdkafka calls fatal."""
        worker = self.deployment
        self.deny("CLUSTER", "kafka-cluster", "IDEMPOTENT_WRITE")
        self.deny("TOPIC", "*", "WRITE")
        worker.start()
        self.assert_ends(1, "CLUSTER_AUTHORIZATION_FAILED: Failed to acquire idempotence PID from broker")
        self.assertIn("the process has to be started again", worker.log().splitlines()[-1])
        self.allow("TOPIC", "*")
        self.allow("CLUSTER", "kafka-cluster")
        worker.start_to_be_ready()
        self.assert_works("run-1")

    def test_an_owner_that_is_fenced(self):
        """Delivery loses its claim to somebody who stays silent, and takes it back without a person and a restart."""
        worker = self.deployment
        worker.start_to_be_ready()
        run_id = f"run-{worker.tag}"  # Batches are counted over all deployments.
        worker.publish(run_id, records.job(run_id, worker.list), worker.member(run_id, 1))
        wait_until(lambda: worker.watch(run_id), "the open run")
        other = Producer({"bootstrap.servers": worker.brokers, "log_level": 0,
                          "transactional.id": f"{worker.own('transactional-id-prefix')}-delivery-0"})
        other.init_transactions(30)
        self.await_in_log("fenced by a newer instance")
        worker.publish(run_id, worker.member(run_id, 2), records.end(run_id, "Loyal", 2))
        outcome = worker.outcome(run_id)
        self.assertEqual((outcome["status"], outcome["receipt"]["delivered"]["imported"]), ("SUCCESSFUL", 2))
        self.assertIsNone(worker.process.poll())
        batch, = outcome["receipt"]["batches"]
        self.assertEqual(self.stack.counters()["activities_by_batch"][batch["batch_id"]], 1)


if __name__ == "__main__":
    if len(sys.argv) > 1 and not sys.argv[1].startswith("-"):
        PRESET = sys.argv.pop(1)
    os.chdir(ROOT)
    unittest.main(verbosity=2)
