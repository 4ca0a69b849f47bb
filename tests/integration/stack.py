"""The local stack for tests: real Kafka, the stand-in, the real binaries. Started and ended by deploy/local."""

import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.request
import uuid

ROOT = pathlib.Path(__file__).resolve().parents[2]
ACCOUNT = "p0demo"


class Broker:
    """One Kafka broker whose data and process id lie in `folder`."""

    def __init__(self, folder):
        self.folder = folder

    def id(self):
        """As the cluster names it; the last setting counts."""
        return int(re.findall(r"^node\.id=(\d+)$", (self.folder / "server.properties").read_text(), re.MULTILINE)[-1])

    def signal(self, number):
        os.kill(int((self.folder / "pid").read_text()), number)

    def stop(self):
        subprocess.run([ROOT / "deploy/local/kafka/stop", self.folder], check=True)

    def kill(self):
        pid = int((self.folder / "pid").read_text())
        self.signal(signal.SIGKILL)
        wait_until(lambda: not alive(pid), "the broker to be gone")

    def start(self):
        """Comes back with its data under its address."""
        subprocess.run([ROOT / "deploy/local/kafka/start", self.folder, "0"], check=True, capture_output=True)


class Stack:
    """One stack on free ports; `preset` names the build that is tested, `options` are more ones of deploy/local/up.
    `broker_settings`: lines for all brokers."""

    def __init__(self, preset, *options, brokers=1, broker_settings=""):
        self.dir = pathlib.Path(tempfile.mkdtemp(prefix="segment-export-test-"))
        kafka = self.dir / "kafka"
        if broker_settings:
            kafka.mkdir()
            (kafka / "extra.properties").write_text(broker_settings)
        self.brokers = [Broker(kafka if brokers == 1 else kafka / str(number + 1)) for number in range(brokers)]
        self.environment = dict(os.environ)
        self.worker = None  # Of a worker that was started again; the first one is the stack's.
        up = subprocess.run([ROOT / "deploy/local/up", "--dir", self.dir, "--free-ports", "--preset", preset,
                             "--no-build", "--brokers", str(brokers), *options],
                            capture_output=True, text=True, check=False)
        if up.returncode != 0:
            raise RuntimeError(f"the stack did not start:\n{up.stdout}{up.stderr}")
        for line in (self.dir / "env").read_text().splitlines():
            name, value = re.fullmatch(r"export (\w+)='?([^']*)'?(?::.*)?", line).groups()
            if name == "PATH":
                value = f"{value}:{os.environ['PATH']}"
            self.environment[name] = value

    def close(self, keep=False):
        subprocess.run([ROOT / "deploy/local/down", "--dir", self.dir], check=False)
        if self.worker:
            self.worker.wait()
        if keep:
            print(f"logs are kept in {self.dir}")
        else:
            shutil.rmtree(self.dir, ignore_errors=True)

    def run(self, *arguments, **options):
        """Runs the command line to its end."""
        return subprocess.run(["segment-export", *map(str, arguments)], env=self.environment, capture_output=True,
                              text=True, timeout=options.pop("timeout", 300), check=False, **options)

    def spawn(self, *arguments):
        """Starts the command line and lets it go on."""
        return subprocess.Popen(["segment-export", *map(str, arguments)], env=self.environment,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def control(self, path, body=None, method=None):
        """Asks the stand-in's control routes; a body makes it a POST."""
        data = None if body is None else json.dumps(body).encode()
        url = f"{self.environment['SANDBOX_URL']}/__sandbox/{path}"
        request = urllib.request.Request(url, data=data, method=method)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.read().decode()

    def fresh_list(self):
        """A list of its own for a test, so that tests do not see each other's people."""
        list_id = str(uuid.uuid4())
        self.control("seed", {"lists": [{"list_id": list_id, "name": list_id, "account": ACCOUNT}]})
        return list_id

    def members(self, list_id):
        """The first 10,000."""
        return json.loads(self.control(f"lists/{list_id}/members"))

    def counters(self):
        return json.loads(self.control("counters"))

    def requests(self, after=0):
        return [json.loads(line) for line in self.control(f"requests?after={after}").splitlines() if line]

    def worker_pid(self):
        return int((self.dir / "worker.pid").read_text())

    def kill_worker(self):
        os.kill(self.worker_pid(), signal.SIGKILL)
        if self.worker:
            self.worker.wait()
        wait_until(lambda: not alive(self.worker_pid()), "the worker to be gone")

    def stop_worker(self):
        """Lets it hand over what it has."""
        os.kill(self.worker_pid(), signal.SIGTERM)
        if self.worker:
            self.worker.wait()
        wait_until(lambda: not alive(self.worker_pid()), "the worker to have drained")

    def start_worker(self, *arguments):
        with open(self.dir / "worker.log", "ab") as log:
            # pylint: disable-next=consider-using-with
            self.worker = subprocess.Popen(["segment-export", "worker", *arguments], env=self.environment, stdout=log,
                                           stderr=log, stdin=subprocess.DEVNULL, start_new_session=True)
        (self.dir / "worker.pid").write_text(str(self.worker.pid))

    def is_up(self):
        """The worker that was started last answers."""
        try:
            return bool(self.metrics())
        except (OSError, AttributeError):
            return False

    def admin_url(self):
        """Of the worker that was started last."""
        return re.search(r"ADMIN_URL='?([^'\n]+)", (self.dir / "worker.ports").read_text()).group(1)

    def metrics(self):
        with urllib.request.urlopen(f"{self.admin_url()}/metrics", timeout=10) as answer:
            return answer.read().decode()

    def metric(self, name):
        """The sum over all labels."""
        return sum(float(line.rsplit(" ", 1)[1]) for line in self.metrics().splitlines()
                   if re.match(rf"{name}[{{ ]", line))


def alive(pid):
    try:
        return pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def wait_until(condition, what, seconds=120):
    """Looks again until it is true; fails with what was waited for."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = condition()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError(f"waited in vain for {what}")
