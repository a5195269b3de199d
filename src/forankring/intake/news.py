"""Tell which files of the inbox need reading: unknown ones, changed ones, and those that may go better this time."""

import hashlib
from collections.abc import Iterable, Set
from dataclasses import replace

from forankring.intake.detect import VERSION
from forankring.intake.digests import digests
from forankring.intake.erasing import load_erased
from forankring.intake.readers import READERS
from forankring.intake.records import SourceFile
from forankring.intake.vault import is_kept, private_folder
from forankring.ledger import Ledger, Outcome, Submission
from forankring.workspace import Strategy, Workspace, write_file

SETTLED = "inbox-settled"

MENDABLE = frozenset({"tool_missing", "ocr_missing", "file_unreadable", "file_changed"})
"""Reasons for quarantine that someone can remove without touching the file."""
MENDABLE_BY_STRATEGY = frozenset(
    {"no_round", "no_party", "personal_number", "email_in_file", "phone_in_file", "address_in_file"}
)
"""The same, but only in strategy.yaml: until something changes there, nothing can go better."""
GUESSED = frozenset({"text_column_guessed"})
"""Notes on an accepted file that ask for a word in strategy.yaml."""


def find_new(
    workspace: Workspace, ledger: Ledger, strategy: Strategy, files: Iterable[SourceFile]
) -> tuple[SourceFile, ...]:
    """Return the files that the ledger does not know as they are now, in the order given, each with its sha256.

    Unchanged files cost a look at size and time: their sha256 is remembered. A file in quarantine for a reason that
    may have been removed meanwhile is read again, and so is one that an older reader has read. So is one that the
    register has to see again: bytes that another of their places no longer holds, bytes that came back after a file
    that was refused, and bytes that the vault lacks. What was erased is never read again.
    """
    files = tuple(files)
    sums, erased, known = digests(workspace, files), load_erased(workspace), _known(ledger)
    files = tuple(file for file in files if sums[file.place] not in erased or (file.place, sums[file.place]) in known)
    mended = MENDABLE if _is_settled(workspace, strategy) else MENDABLE | MENDABLE_BY_STRATEGY | GUESSED
    news = {file.place for file in files if _needs_reading(known.get((file.place, sums[file.place])), mended)}
    touched = {item.id for item in known.values() if not news.isdisjoint(item.places)}
    refused = {item.replaces for item in known.values() if item.outcome == Outcome.QUARANTINED}

    def matters(file: SourceFile) -> bool:
        found = known.get((file.place, sums[file.place]))
        again = found is not None and found.id in touched | refused
        return again or file.place in news or not _in_vault(workspace, sums[file.place])

    return tuple(replace(file, sha256=sums[file.place]) for file in files if matters(file))


def settle(workspace: Workspace, strategy: Strategy) -> None:
    """Remember that all files were looked at with these parties, rounds, tables and rules of screening."""
    private_folder(workspace)
    write_file(workspace.private / SETTLED, _grounds(strategy).encode())


def _is_settled(workspace: Workspace, strategy: Strategy) -> bool:
    """Tell whether the last run ended with the same strategy; else forget it, for a run that is killed now may have
    refused files for what an editor then takes back."""
    settled = workspace.private / SETTLED
    try:
        if settled.read_text(encoding="ascii") == _grounds(strategy):
            return True
        settled.unlink()
    except (OSError, ValueError):
        pass
    return False


def _grounds(strategy: Strategy) -> str:
    grounds = (strategy.parties, strategy.rounds, strategy.tables, strategy.screening)
    return hashlib.sha256(repr(grounds).encode("utf-8", "replace")).hexdigest()


def _in_vault(workspace: Workspace, sha256: str) -> bool:
    """Tell whether the original is safe; one that cannot be read at all has nothing to keep."""
    return not sha256 or is_kept(workspace, sha256)


def _known(ledger: Ledger) -> dict[tuple[str, str], Submission]:
    return {(place, item.sha256): item for item in ledger.submissions if not item.replaced_by for place in item.places}


def _needs_reading(found: Submission | None, mended: Set[str]) -> bool:
    if found is None:
        return True
    if found.outcome == Outcome.WITHDRAWN:
        return False
    codes = {
        refusal.code for refusals in (found.refusals, *(part.refusals for part in found.parts)) for refusal in refusals
    }
    return _read_by_older(found) or not mended.isdisjoint(codes | {note.code for note in found.notes})


def _read_by_older(found: Submission) -> bool:
    """Tell whether there is a newer reader than the one that read it, or that read a file which it encloses."""
    read = ((found.format, found.reader), *((part.format, part.reader) for part in found.parts))
    return any(version < _VERSIONS.get(kind, VERSION) for kind, version in read)


_VERSIONS = {kind.value: known.version for kind, known in READERS.items()}
