#!/usr/bin/env python3
"""Breaks a promise in a copy of the sources, one patch after the other, and lives worlds until a book complains.

  tests/simulation/mutants/run.py                    all of them; some ten minutes on two cores
  tests/simulation/mutants/run.py prev-ignored ...   these
  tests/simulation/mutants/run.py --check            only whether each patch still applies

The copy and its build stay in --dir (default: build/mutants), so that the next time is quicker. Ends with 1 where a mutant
lives through all worlds, or a patch does not apply.
"""

import argparse
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]


def sources():
    listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT,
                            capture_output=True, text=True, check=True).stdout
    return [name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def copy_sources(target):
    """Only what has changed, so that only that is built again."""
    for name in sources():
        source, copy = ROOT / name, target / name
        if copy.is_file() and copy.read_bytes() == source.read_bytes():
            continue
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, copy)


def patch(mutant, target, *options):
    return subprocess.run(["patch", "--strip=1", "--force", "--silent", "--fuzz=0", "--no-backup-if-mismatch",
                           "--reject-file=-", *options, "--input", mutant], cwd=target, capture_output=True, text=True,
                          check=False)


def build(target):
    subprocess.run(["cmake", "--preset", "release"], cwd=target, capture_output=True, check=True)
    return subprocess.run(["cmake", "--build", "--preset", "release", "--target", "simulation"], cwd=target,
                          capture_output=True, text=True, check=False)


def live(target, seeds):
    """The seed and what its books say first; None: every world was in order."""
    said = subprocess.run([target / "build/release/bin/simulation", "--seeds", str(seeds), "--stop-at-failure"],
                          capture_output=True, text=True, check=False)
    found = re.search(r"^seed (\d+) failed\n  (.*)$", said.stdout, re.MULTILINE)
    return (int(found[1]), found[2]) if found else None


def try_mutant(mutant, target, seeds):
    """A line for the table, and whether it was caught."""
    if patch(mutant, target).returncode != 0:
        return f"{mutant.stem:44} does not apply: write it anew", False
    try:
        built = build(target)
        if built.returncode != 0:
            return f"{mutant.stem:44} does not build:\n{built.stdout[-2000:]}", False
        caught = live(target, seeds)
    finally:
        patch(mutant, target, "--reverse")
    if caught is None:
        return f"{mutant.stem:44} lives", False
    return f"{mutant.stem:44} {caught[0]:5}  {caught[1]}", True


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--seeds", type=int, default=1_000, help="worlds for each (%(default)s)")
    parser.add_argument("--dir", type=pathlib.Path, default=ROOT / "build/mutants")
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    known = {path.stem: path for path in sorted(HERE.glob("*.patch"))}
    unknown = [name for name in arguments.names if name not in known]
    if unknown:
        parser.error(f"unknown: {', '.join(unknown)}; there are {', '.join(known)}")
    chosen = [known[name] for name in arguments.names or known]

    if arguments.check:
        stale = [mutant.stem for mutant in chosen if patch(mutant, ROOT, "--dry-run").returncode != 0]
        if stale:
            sys.exit(f"mutants: these patches no longer apply, write them anew: {', '.join(stale)}")
        print(f"mutants: all {len(chosen)} apply")
        return

    target = arguments.dir.resolve()
    copy_sources(target)
    print(f"{'mutant':44} {'seed':>5}  what its books say first", flush=True)
    alive = 0
    for mutant in chosen:
        line, caught = try_mutant(mutant, target, arguments.seeds)
        alive += not caught
        print(line, flush=True)
    if alive:
        sys.exit(f"{alive} of {len(chosen)} not caught")


if __name__ == "__main__":
    main()
