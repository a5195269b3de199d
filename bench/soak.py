"""Turn a large made-up inbox into proof that every file is accounted for: counted, run again, and killed on the way.

``python -m bench.soak`` (``make soak``) makes 10,000 files and takes a while; a test run makes 300.
"""

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.corpus import Expected, write_corpus
from bench.measuring import tell

NOON = "1794830400"
PROGRAM = "import sys; from flows.cli import main; sys.argv[0] = 'forankring'; main()"
_BRANCH = "main:ledger/submissions"

Submissions = dict[str, dict[str, Any]]
"""Plain JSON by number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """One run of ``forankring gather``: seconds on the clock, the most memory that its own process had (MiB), and its
    answer; a killed run has none."""

    seconds: float
    peak_mib: float
    answer: dict[str, object]


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the files, gather them, and say what was found; the exit code is 1 where anything is amiss."""
    parser = argparse.ArgumentParser(prog="python -m bench.soak", description=__doc__)
    parser.add_argument("--files", type=int, default=10_000, help="files in the inbox (default 10,000)")
    parser.add_argument(
        "--kills", type=int, default=20, help="how often a second workspace's run is killed (default 20)"
    )
    parser.add_argument("--seed", type=int, default=1, help="another seed, other files and other moments")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="forankring-soak-") as folder:
        faults = soak(Path(folder), given.files, given.kills, given.seed)
    for fault in faults:
        tell(f"AMISS: {fault}")
    return 1 if faults else 0


def soak(folder: Path, files: int, kills: int, seed: int) -> list[str]:
    """Return what is amiss, one line each; nothing where all is well."""
    tell(f"soak: making {files:,} files")
    calm, disturbed = folder / "calm", folder / "disturbed"
    expected = write_corpus(calm, files, seed=seed)
    shares = Counter(item.format for item in expected.values())
    tell("soak: " + ", ".join(f"{name} {n}" for name, n in shares.most_common()))
    shutil.copytree(calm, disturbed)
    first = gather(calm)
    tell(f"soak: gathered in {first.seconds:.1f} s, {files / first.seconds:.0f} a second, {first.peak_mib:.0f} MiB")
    faults = check(calm, expected) + _memory(first)
    before = ledger(calm)
    second = gather(calm)
    tell(f"soak: nothing new: {second.seconds:.1f} s, at most {second.peak_mib:.0f} MiB")
    faults += [] if second.answer.get("registered") == [] else ["the second run registered something"]
    faults += [] if ledger(calm) == before else ["the second run changed the ledger"]
    faults += _memory(second)
    done = _killed(disturbed, kills, random.Random(seed), first.seconds)
    tell(f"soak: {done} runs killed, then one to the end")
    gather(disturbed)
    return [*faults, *_different(before, ledger(disturbed))]


def gather(workspace: Path) -> Ran:
    """Run the command to its end; raise RuntimeError where it fails."""
    begun, peak = time.monotonic(), 0.0
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = _start(workspace, out.fileno(), err.fileno())
        while child.poll() is None:
            peak = max(peak, _peak(child.pid))
            time.sleep(0.05)
        out.seek(0)
        err.seek(0)
        if child.returncode:
            raise RuntimeError(err.read().decode()[-2_000:])
        return Ran(seconds=time.monotonic() - begun, peak_mib=peak, answer=json.loads(out.read()))


def check(workspace: Path, expected: dict[str, Expected]) -> list[str]:
    """Compare the ledger with what was put in: each file once, with its outcome, and its words in its own points."""
    found = {place: item for item in ledger(workspace).values() for place in item["places"]}
    faults = [f"lost: {place}" for place in expected.keys() - found.keys()]
    faults += [f"never put in: {place}" for place in found.keys() - expected.keys()]
    for place in sorted(expected.keys() & found.keys()):
        item, wanted = found[place], expected[place]
        if (item["outcome"] == "accepted") != wanted.accepted:
            faults.append(f"{place}: {item['outcome']} {item.get('refusals', '')}")
        elif wanted.mark and wanted.accepted and wanted.mark not in json.dumps(item["points"], ensure_ascii=False):
            faults.append(f"{place}: its words are not among its points")
        if wanted.twin and found.get(wanted.twin) is not item:
            faults.append(f"{place}: the same bytes as {wanted.twin}, but not one submission")
    return faults


def ledger(workspace: Path) -> Submissions:
    """Return ``{number: submission}`` as git has it."""
    git = ["git", "-C", str(workspace / "text")]
    names = subprocess.run([*git, "ls-tree", "--name-only", _BRANCH], check=True, capture_output=True).stdout.decode()
    requests = "".join(f"{_BRANCH}/{name}\n" for name in names.split())
    batch = subprocess.run([*git, "cat-file", "--batch"], input=requests.encode(), check=True, capture_output=True)
    return {str(item["id"]): item for item in _objects(batch.stdout)}


def _objects(data: bytes) -> Iterator[dict[str, Any]]:
    """Yield the objects of what ``git cat-file --batch`` prints: a line that ends with a length, and as many bytes."""
    start = 0
    while start < len(data):
        end = data.index(b"\n", start)
        size = int(data[start:end].split()[-1])
        yield json.loads(data[end + 1 : end + 1 + size])
        start = end + size + 2


def _different(calm: Submissions, disturbed: Submissions) -> list[str]:
    """Say which submissions are not what an undisturbed run made of them."""
    numbers = sorted(calm.keys() | disturbed.keys())
    return [
        f"{number} after killed runs: {disturbed.get(number)}, undisturbed: {calm.get(number)}"[:2_000]
        for number in numbers
        if calm.get(number) != disturbed.get(number)
    ]


def _killed(workspace: Path, kills: int, chance: random.Random, whole: float) -> int:
    """Start the command again and again and kill it; a run that was too fast to be killed counts as well."""
    for number in range(kills):
        with tempfile.TemporaryFile() as sink:
            child = _start(workspace, sink.fileno(), sink.fileno())
            try:
                child.wait(chance.uniform(0.2, max(3.0, min(60.0, 2.5 * whole / max(kills, 1)))))
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()
        tell(
            f"soak: run {number + 1} ended with {child.returncode}, {_registered(workspace)} submissions in the ledger"
        )
    return kills


def _registered(workspace: Path) -> int:
    try:
        return len(ledger(workspace))
    except subprocess.CalledProcessError:
        return 0


def _start(workspace: Path, out: int, err: int) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-c", PROGRAM, "gather", "--json", "--workspace", str(workspace)]
    environment = os.environ | {"SOURCE_DATE_EPOCH": NOON}
    return subprocess.Popen(command, stdout=out, stderr=err, env=environment, start_new_session=True)


def _peak(process: int) -> float:
    """Return the most memory that the process itself has had so far, in MiB; 0 where it is gone."""
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    except OSError:
        return 0.0
    found = [line for line in status.splitlines() if line.startswith("VmHWM")]
    return int(found[0].split()[1]) / 1024 if found else 0.0


def _memory(ran: Ran, most: float = 500.0) -> list[str]:
    return [] if ran.peak_mib < most else [f"{ran.peak_mib:.0f} MiB of memory"]


if __name__ == "__main__":
    sys.exit(main())
