"""Turn good files into damaged ones and read them: whatever bytes a file holds, it has an outcome within limits.

``make fuzz`` reads 10,000; a test run reads some hundreds. Number and seed of a file make it again.
"""

import argparse
import io
import random
import resource
import sys
import tempfile
import time
import traceback
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from bench.corpus import makers, write_strategy
from bench.measuring import tell
from bench.scenes import WHEN, real_inputs
from forankring.intake import Reading, list_inbox, read_files, register
from forankring.intake.readers.trees import pandocs
from forankring.language import load_locale
from forankring.ledger import Ledger
from forankring.workspace import load_strategy, open_workspace

SLOWEST = 150.0
"""Seconds on the clock that any one file may take: the limits of all programs that may be asked about it, together."""

AT_ONCE = 200
_HOSTILE = (
    b"<!DOCTYPE a [<!ENTITY b 'bbbbbbbbbb'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>]>",
    b"\x00" * 64,
    b"\xff" * 64,
    b"[" * 400,
    b"<table><tr><td>" * 100,
    b"{\\rtf1" * 50,
    b"A" * 5_000,
    "\u202e\u0000\ufeff".encode(),
    b"%PDF-1.7\n",
    b"PK\x03\x04",
    b"From: <a@eksempel.dk>\nContent-Type: multipart/mixed; boundary=a\n\n--a\n--a\n",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fuzzed:
    """What was seen: how many files ended how, the slowest in seconds, and what is amiss, a line a file."""

    files: int
    outcomes: Counter[str]
    slowest: float
    slowest_file: str
    faults: tuple[str, ...]


def main(arguments: Sequence[str] | None = None) -> int:
    """Read damaged files and say what came of them; the exit code is 1 where anything is amiss."""
    parser = argparse.ArgumentParser(prog="python -m bench.fuzz", description=__doc__)
    parser.add_argument("--files", type=int, default=10_000, help="damaged files (default 10,000)")
    parser.add_argument("--seed", type=int, default=1, help="another seed, other damage")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="forankring-fuzz-") as folder:
        found = fuzz(Path(folder), given.files, given.seed)
    for outcome, count in sorted(found.outcomes.items()):
        tell(f"{count:>7,}  {outcome}")
    tell(f"fuzz: {found.files:,} files; the slowest took {found.slowest:.1f} s ({found.slowest_file})")
    tell(f"fuzz: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB of memory at most")
    for fault in found.faults:
        tell(f"AMISS: {fault}")
    return 1 if found.faults else 0


def fuzz(folder: Path, files: int, seed: int) -> Fuzzed:
    """Read so many damaged files, some hundreds at a time, each alone."""
    originals = list(_originals())
    outcomes: Counter[str] = Counter()
    faults: list[str] = []
    slowest, slowest_file = 0.0, ""
    for start in range(0, files, AT_ONCE):
        names = range(start, min(start + AT_ONCE, files))
        damaged = {number: _damaged(originals, random.Random(f"{seed}-{number}")) for number in names}
        for name, result, seconds in _read(folder / str(start), damaged):
            if seconds > slowest:
                slowest, slowest_file = seconds, name
            fault = _fault(result, seconds)
            faults += [f"{name}, seed {seed}: {fault}"] if fault else []
            outcomes[_outcome(result)] += 1
        tell(f"fuzz: {len(names) + start:,} files read, {len(faults)} amiss")
    return Fuzzed(files=files, outcomes=outcomes, slowest=slowest, slowest_file=slowest_file, faults=tuple(faults))


def _read(root: Path, files: dict[int, tuple[str, bytes]]) -> Iterator[tuple[str, Reading | str, float]]:
    """Yield each file's name with its reading, or the traceback of what should not have happened, and its seconds."""
    inbox = root / "inbox" / "runde-1" / "part-01"
    inbox.mkdir(parents=True)
    write_strategy(root)
    for number, (name, data) in files.items():
        (inbox / f"{number:06d}-{name}").write_bytes(data)
    workspace = open_workspace(root)
    strategy, locale = load_strategy(workspace), load_locale("da")

    def one(file: object) -> tuple[Reading | str, float]:
        begun = time.monotonic()
        try:
            (reading,) = read_files(workspace, strategy, locale, [file])  # type: ignore[list-item]  # from list_inbox
            register(Ledger(), [reading], strategy, WHEN)
        except Exception:  # whatever it is, it is what this program looks for
            return traceback.format_exc(), time.monotonic() - begun
        return reading, time.monotonic() - begun

    listed = list_inbox(workspace)
    with pandocs(), ThreadPoolExecutor(2) as pool:
        for file, (result, seconds) in zip(listed, pool.map(one, listed), strict=True):
            yield file.name, result, seconds


def _fault(result: Reading | str, seconds: float) -> str:
    if isinstance(result, str):
        return result
    if not result.refusals and not result.points and result.envelope.stance == "not_stated":
        return "neither refused nor anything said"
    return f"{seconds:.0f} seconds" if seconds > SLOWEST else ""


def _outcome(result: Reading | str) -> str:
    if isinstance(result, str):
        return "a bug"
    return result.refusals[0].code if result.refusals else f"accepted as {result.format}"


def _originals() -> Iterator[tuple[str, bytes]]:
    """Yield a small and a larger file of each format, and the real ones where they are at hand."""
    for kind, make in makers().items():
        for paragraphs in (3, 8):
            yield f"a.{kind}", make(paragraphs, "svar 000001")
    for name in ("mixed", "hostile", "word-reviews"):
        for file in sorted((real_inputs() / name).glob("*")):
            if file.stat().st_size < 500_000:
                yield f"a{file.suffix}", file.read_bytes()


Damage = Callable[[bytes, random.Random], bytes]


def _damaged(originals: Sequence[tuple[str, bytes]], chance: random.Random) -> tuple[str, bytes]:
    """Return one of the originals after one to three kinds of damage."""
    name, data = chance.choice(originals)
    for _ in range(chance.randint(1, 3)):
        if chance.random() < 0.1:
            data = _crossed(data, chance.choice(originals)[1], chance)
        else:
            data = chance.choice(_DAMAGES)(data, chance)
    return (name if chance.random() < 0.9 else chance.choice(originals)[0]), data


def _flipped(data: bytes, chance: random.Random) -> bytes:
    """Change some bytes."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 3, 10, 100)) if changed else 0):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _beheaded(data: bytes, chance: random.Random) -> bytes:
    return data[chance.randrange(len(data) + 1) :]


def _stuffed(data: bytes, chance: random.Random) -> bytes:
    """Put something nasty somewhere."""
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(_HOSTILE) + data[at:]


def _repeated(data: bytes, chance: random.Random) -> bytes:
    """Repeat a part many times."""
    start = chance.randrange(len(data) + 1)
    piece = data[start : start + chance.randint(1, 400)]
    return data[:start] + piece * chance.randint(2, 50) + data[start:]


def _crossed(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Begin as one file and go on as another."""
    return data[: chance.randrange(len(data) + 1)] + other[chance.randrange(len(other) + 1) :]


def _inside(data: bytes, chance: random.Random) -> bytes:
    """Damage one member of a zip file, which is whole afterwards; any other file is cut."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, OSError, ValueError):
        return _cut(data, chance)
    if not members:
        return data
    victim = chance.choice(sorted(members))
    members[victim] = chance.choice((_flipped, _cut, _stuffed, _repeated))(members[victim], chance)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in members.items():
            archive.writestr(zipfile.ZipInfo(name), part)
    return buffer.getvalue()


_DAMAGES: tuple[Damage, ...] = (_flipped, _cut, _beheaded, _stuffed, _repeated, _inside, _inside)


if __name__ == "__main__":
    sys.exit(main())
