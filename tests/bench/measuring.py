"""What the benchmarks have in common: looks at a process, a stack and the clock."""

import argparse
import datetime
import json
import os
import pathlib
import sys
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests/integration"), str(ROOT / "tests/oracle")]

TICKS = os.sysconf("SC_CLK_TCK")


def cpu_seconds(pid):
    """Of the whole process, librdkafka's threads included."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def peak_megabytes(pid):
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    return None


def seconds_between(earlier, later):
    parse = datetime.datetime.fromisoformat
    return (parse(later.replace("Z", "+00:00")) - parse(earlier.replace("Z", "+00:00"))).total_seconds()


def is_ready(stack):
    try:
        with urllib.request.urlopen(f"{stack.admin_url()}/readyz", timeout=10):
            return True
    except OSError:
        return False


def take_no_time(stack):
    """What is left is our own time: this vendor has read an import as soon as it has taken it."""
    stack.control("knobs", {"rows_per_second": 1_000_000_000, "start_delay_ms": 0})


def options(description):
    """What every benchmark takes."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--preset", default="release")
    parser.add_argument("--json", type=pathlib.Path, help="also write the figures there")
    return parser


def report(figures, file):
    print(json.dumps(figures, indent=1))
    if file:
        file.write_text(json.dumps(figures))
