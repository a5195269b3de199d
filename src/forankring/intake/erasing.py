"""Erase from the private folder what a person has the right to have erased: originals, contact data, sealed records."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from forankring.errors import InputError, Problem
from forankring.intake.contacts import drop_contacts, load_contacts
from forankring.intake.covering import cover_contacts
from forankring.intake.digests import forget_digests
from forankring.intake.receipts import drop_receipts
from forankring.intake.screening import find_number
from forankring.intake.vault import forget, private_folder
from forankring.ledger import Ledger, Submission, drop_sealed
from forankring.sharing import forget_sharing
from forankring.workspace import Workspace, write_file

FILE = "erased.json"
"""``{sha256: number}`` of what was erased: a copy that is still in the inbox is not read again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """How many originals are gone, and the numbers of the submissions that still hold one of the same files."""

    originals: int
    held_by: tuple[str, ...] = ()


def load_erased(workspace: Workspace) -> dict[str, str]:
    """Return the numbers of erased submissions by the sha256 of their files."""
    file = workspace.private / FILE
    found: dict[str, str] = json.loads(file.read_bytes()) if file.exists() else {}
    return found


def check_reason(workspace: Workspace, why: str, taken: Iterable[Submission]) -> None:
    """Raise InputError where the reason is empty or holds what the erasure shall remove: a name, an address, a number.

    It stands in the ledger for ever.
    """
    if not why.strip():
        raise InputError(Problem(code="reason_empty"))
    contacts = load_contacts(workspace)
    names = {word for item in taken for word in _names(item, contacts)}
    told = why.casefold()
    if find_number(why) is not None or cover_contacts(why)[1] or any(name in told for name in names):
        raise InputError(Problem(code="reason_names_person"))


def erase(workspace: Workspace, ledger: Ledger, taken: Iterable[Submission]) -> Erased:
    """Erase what the private folder holds of these submissions.

    Bytes that another submission rests on stay, whatever became of it: that one is its own sender's to have erased, and
    as long as its file is known, the next reading of the inbox would keep them again. The files in the inbox are the
    secretariat's to delete.
    """
    taken = tuple(taken)
    gone, mine = {item.id for item in taken}, {sha for item in taken for sha in _hashes(item)}
    others = {item.id: mine & _hashes(item) for item in ledger.submissions if item.id not in gone}
    kept = {sha for shared in others.values() for sha in shared}
    _remember(workspace, {item.sha256: item.id for item in taken if item.sha256})
    forget_digests(workspace, mine)
    drop_contacts(workspace, mine - kept)
    drop_sealed(workspace, gone)
    drop_receipts(workspace, gone)
    forget_sharing(workspace)
    originals = sum(forget(workspace, sha) for sha in sorted(mine - kept))
    return Erased(originals=originals, held_by=tuple(number for number, shared in others.items() if shared))


def _remember(workspace: Workspace, erased: dict[str, str]) -> None:
    known = load_erased(workspace)
    private_folder(workspace)
    data = json.dumps({**known, **erased}, indent=1, sort_keys=True)
    write_file(workspace.private / FILE, f"{data}\n".encode())


def _hashes(item: Submission) -> set[str]:
    return {sha for sha in (item.sha256, *(part.sha256 for part in item.parts)) if sha}


def _names(item: Submission, contacts: dict[str, object]) -> Iterable[str]:
    """Yield, in lower case, the names and addresses that are kept of the sender: never in the ledger, so only there."""
    for sha in _hashes(item):
        found = contacts.get(sha)
        for text in _texts(found):
            yield text.casefold()


def _texts(value: object) -> Iterable[str]:
    if isinstance(value, str) and len(value) > 2:
        yield value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _texts(item)
