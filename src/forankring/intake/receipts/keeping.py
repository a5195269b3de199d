"""Keep one receipt a submission in the workspace: written when something in it changed, gone when it is erased."""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from forankring.errors import InputError, Problem
from forankring.intake.receipts.telling import tell
from forankring.intake.receipts.writing import TEMPLATES, Printer
from forankring.intake.vault import private_folder
from forankring.language import Locale
from forankring.ledger import Ledger, Submission
from forankring.workspace import Look, Strategy, Workspace, write_file

STATE = "receipts.json"
"""In the private folder: what the receipts were written with, and which submissions changed since."""

NO_ROUND = "_"
"""The folder of receipts for files that lie in no round; no round can have this key."""

SUFFIXES = (".md", ".html")
_VERSION = 2
"""Counts up when the same submission gives another receipt."""


def owe_receipts(workspace: Workspace, numbers: Iterable[str]) -> None:
    """Remember that these submissions change: to be called before the ledger is recorded, so that a run that is killed
    in between leaves no receipt behind that says otherwise."""
    wanted, (made_with, owed) = set(numbers), _load(workspace)
    if not wanted <= owed:
        _save(workspace, made_with, owed | wanted)


def write_receipts(workspace: Workspace, strategy: Strategy, look: Look, locale: Locale, ledger: Ledger) -> int:
    """Write the receipts that are owed or missing, all of them where the words, the look or the templates are others;
    return how many were written. Raises InputError for a mistake in a template."""
    made_with, owed = _load(workspace)
    now = _fingerprint(workspace, strategy, look, locale)
    there = _there(workspace)

    def is_due(item: Submission) -> bool:
        return made_with != now or item.id in owed or (_stem(item) in there) == _is_erased(item)

    due = [item for item in ledger.submissions if is_due(item)]
    if not due:
        return 0
    _open_folder(workspace)
    printer = Printer(workspace.template_folders, look, locale)
    others = {item.id: item for item in ledger.submissions}
    written = 0
    for item in due:
        if _is_erased(item):
            drop_receipts(workspace, [item.id])
            continue
        receipt = tell(item, strategy, locale, others)
        written += _put(workspace, item, printer.markdown(receipt), printer.html(receipt))
    if made_with != now or owed:
        _save(workspace, now, set())
    return written


def drop_receipts(workspace: Workspace, numbers: Iterable[str]) -> None:
    """Erase the receipts of these submissions."""
    for number in numbers:
        for file in sorted(workspace.receipts.glob(f"*/{number}.*")):
            file.unlink(missing_ok=True)


def _put(workspace: Workspace, item: Submission, *texts: str) -> bool:
    """Write both files where they differ from what is there; tell whether one did."""
    changed = False
    for suffix, text in zip(SUFFIXES, texts, strict=True):
        target, data = workspace.receipts / f"{_stem(item)}{suffix}", text.encode()
        if not target.is_file() or target.read_bytes() != data:
            write_file(target, data, lasting=False)
            changed = True
    return changed


def _stem(item: Submission) -> str:
    return f"{item.round if _is_key(item.round) else NO_ROUND}/{item.id}"


def _is_key(name: str) -> bool:
    """Tell whether a folder may be called so: the round of a file that lies in none is its folder's name."""
    return name.isascii() and name.replace("-", "").replace("_", "").isalnum() and not name.startswith(NO_ROUND)


def _is_erased(item: Submission) -> bool:
    return bool(item.withdrawal and item.withdrawal.erased)


def _there(workspace: Workspace) -> set[str]:
    """Return the receipts of which both files are there."""
    found: dict[str, int] = {}
    for folder in sorted(workspace.receipts.glob("*/")):
        with os.scandir(folder) as entries:
            for entry in entries:
                stem, dot, suffix = entry.name.partition(".")
                if stem and dot + suffix in SUFFIXES:
                    key = f"{folder.name}/{stem}"
                    found[key] = found.get(key, 0) + 1
    return {key for key, n in found.items() if n == len(SUFFIXES)}


def _open_folder(workspace: Workspace) -> None:
    """Make the folder for its owner only, and keep it out of whatever git repository the workspace lies in."""
    workspace.receipts.mkdir(mode=0o700, exist_ok=True)
    ignore = workspace.receipts / ".gitignore"
    if not ignore.exists():
        write_file(ignore, b"*\n")


def _fingerprint(workspace: Workspace, strategy: Strategy, look: Look, locale: Locale) -> str:
    """Return what tells whether the same submission would give the same receipt."""
    told = (_VERSION, strategy.title, strategy.time_zone, strategy.imprint, strategy.rounds, strategy.chapters)
    checksum = hashlib.sha256(repr((told, look, locale.key, locale.words)).encode())
    for data in _templates(workspace):
        checksum.update(data)
    return checksum.hexdigest()


def _templates(workspace: Workspace) -> Iterator[bytes]:
    for name in TEMPLATES:
        found = next((file for folder in workspace.template_folders if (file := folder / name).is_file()), None)
        if found is None:
            raise InputError(Problem(code="template_missing", file=name))
        yield found.read_bytes()


def _load(workspace: Workspace) -> tuple[str, set[str]]:
    """Return what the receipts were made with and which are owed; with a state that is gone or damaged, all are."""
    try:
        data = json.loads(_state(workspace).read_bytes())
        return str(data["made_with"]), {str(number) for number in data["owed"]}
    except (OSError, ValueError, KeyError, TypeError):
        return "", set()


def _save(workspace: Workspace, made_with: str, owed: set[str]) -> None:
    private_folder(workspace)
    data = json.dumps({"made_with": made_with, "owed": sorted(owed)}, indent=1)
    write_file(_state(workspace), f"{data}\n".encode())


def _state(workspace: Workspace) -> Path:
    return workspace.private / STATE
