"""Several workers on one stack, each with its log, its health port and its own way to the vendor."""

import json
import os
import re
import signal
import subprocess
import urllib.request

from passage import Passage
from stack import wait_until


class Worker:
    """One place in the fleet; the process in it may be killed, ended and started again."""

    def __init__(self, stack, name, stages, *settings):
        self.stack, self.name, self.stages = stack, name, stages
        host, port, path = re.fullmatch(r"(https://[^:/]+):(\d+)(.*)", stack.environment["API_URL"]).groups()
        self.api, self.token = Passage(int(port)), Passage(int(port))
        token_path = stack.environment["TOKEN_URL"].split(port, 1)[1]
        self.log, self.ports = stack.dir / f"{name}.log", stack.dir / f"{name}.ports"
        self.command = ["segment-export", "worker", "--stages", stages, *settings,
                        "--constant-contact.api-url", f"{host}:{self.api.port}{path}",
                        "--constant-contact.token-url", f"{host}:{self.token.port}{token_path}",
                        "--admin.port", "0", "--admin.ports-file", self.ports]
        self.process, self.began, self.read_up_to, self.lines = None, 0, 0, []

    def start(self):
        for passage in (self.api, self.token):
            passage.stop_after = None
            passage.stopped.clear()
        self.ports.unlink(missing_ok=True)
        with open(self.log, "ab") as log:
            self.began = self.read_up_to = log.tell()
            # pylint: disable-next=consider-using-with
            self.process = subprocess.Popen(self.command, env=self.stack.environment, stdout=log, stderr=log,
                                            stdin=subprocess.DEVNULL)
        self.lines = []
        return self

    def kill(self):
        """Gives what the process had written until then."""
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()
        return self.said()

    def end(self):
        """Lets it hand over what it has; gives its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)

    def close(self):
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        for passage in (self.api, self.token):
            passage.close()

    def alive(self):
        return self.process is not None and self.process.poll() is None

    def said(self, **members):
        """Lines of this life's log that have all of these members."""
        with open(self.log, "rb") as log:
            log.seek(self.read_up_to)
            text = log.read()
        whole = text[:text.rfind(b"\n") + 1]
        self.read_up_to += len(whole)
        self.lines += [json.loads(line) for line in whole.splitlines()]
        return [line for line in self.lines if members.items() <= line.items()]

    def metric(self, name):
        """The sum over all labels."""
        url = re.search(r"ADMIN_URL=(.*)", wait_until(lambda: self.ports.exists() and self.ports.read_text(), "a port"))
        with urllib.request.urlopen(f"{url.group(1)}/metrics", timeout=10) as answer:
            text = answer.read().decode()
        return sum(float(line.rsplit(" ", 1)[1]) for line in text.splitlines() if re.match(rf"{name}[{{ ]", line))
