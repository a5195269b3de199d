"""Keep who received which version, and when: the question to every new draft is what has changed since then.

The list names people, so it lies in the private folder and never in git.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter, ValidationError

from forankring.errors import InputError, Problem
from forankring.workspace import Workspace, write_file

FILE = "sent.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatch:
    """A version as it was sent to a party, or to one person there."""

    version: str
    party: str
    person: str = ""
    when: datetime


_DISPATCHES = TypeAdapter(tuple[Dispatch, ...])


def read_dispatches(workspace: Workspace) -> tuple[Dispatch, ...]:
    """Return what was sent, oldest first; raise InputError where a hand has broken the list."""
    file = workspace.private / FILE
    if not file.is_file():
        return ()
    try:
        return _DISPATCHES.validate_json(file.read_bytes())
    except ValidationError as error:
        raise InputError(Problem(code="dispatches_unreadable", file=FILE)) from error


def keep_dispatch(workspace: Workspace, sent: Dispatch) -> None:
    """Add to the list; the caller holds the workspace's lock."""
    write_file(workspace.private / FILE, _DISPATCHES.dump_json((*read_dispatches(workspace), sent), indent=1))


def newest_received(
    dispatches: Iterable[Dispatch], versions: Sequence[str], party: str, person: str = ""
) -> Dispatch | None:
    """Return the newest of ``versions`` (oldest first) that a person received, or else their party; None for none."""
    to_party = [sent for sent in dispatches if sent.party == party]
    to_person = [sent for sent in to_party if person and sent.person == person]
    received = to_person or [sent for sent in to_party if not sent.person]
    known = [sent for sent in received if sent.version in versions]
    return max(known, key=lambda sent: versions.index(sent.version), default=None)


def latest_dispatches(dispatches: Iterable[Dispatch]) -> tuple[Dispatch, ...]:
    """Return the last one to each party and person, sorted by them."""
    last = {(sent.party, sent.person): sent for sent in dispatches}
    return tuple(last[key] for key in sorted(last))
