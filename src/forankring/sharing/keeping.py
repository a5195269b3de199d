"""Turn a search that takes minutes for ten thousand submissions into one that is done once: its result is kept."""

import hashlib
import json
from dataclasses import asdict, astuple

from pydantic import TypeAdapter, ValidationError

from forankring.ledger import Ledger
from forankring.sharing.counting import count_said, find_sharing, known_parties, said_in
from forankring.sharing.records import SentOut, Sharing
from forankring.workspace import Strategy, Workspace, write_file

FILE = "sharing.json"
"""Below the private folder: it repeats what submissions say, also those that may not be published."""
VERSION = 1
"""Goes up when the search finds something else in the same words."""

_SHARING = TypeAdapter(Sharing)


MANY = 5_000
"""Points that are searched in a few seconds; who is waiting for something else need not wait for more."""


def quick_sharing(workspace: Workspace, ledger: Ledger, strategy: Strategy, draft: SentOut | None = None) -> Sharing:
    """Return what the submissions have in common; where there are many points, only how many."""
    counted = count_said(ledger)
    return keep_sharing(workspace, ledger, strategy, draft) if counted.total.points <= MANY else counted


def keep_sharing(workspace: Workspace, ledger: Ledger, strategy: Strategy, draft: SentOut | None = None) -> Sharing:
    """Return what the submissions have in common, searched anew only where words, parties or the draft changed."""
    key, file = _key(ledger, strategy, draft), workspace.private / FILE
    kept = _read(file.read_bytes(), key) if file.exists() else None
    if kept is not None:
        return kept
    found = find_sharing(ledger, strategy, draft)
    workspace.private.mkdir(parents=True, exist_ok=True, mode=0o700)
    write_file(file, json.dumps({"key": key, "found": asdict(found)}, ensure_ascii=False).encode())
    return found


def forget_sharing(workspace: Workspace) -> None:
    """Drop what is kept, with the words of a submission that is erased in it."""
    (workspace.private / FILE).unlink(missing_ok=True)


def _read(data: bytes, key: str) -> Sharing | None:
    """Return what is kept for this key; a broken file is as good as none, for it can be made again."""
    try:
        kept = json.loads(data)
        return _SHARING.validate_python(kept["found"]) if kept["key"] == key else None
    except (ValueError, KeyError, TypeError, ValidationError):
        return None


def _key(ledger: Ledger, strategy: Strategy, draft: SentOut | None) -> str:
    made = hashlib.sha256(f"{VERSION}{draft}{known_parties(ledger, strategy)}".encode())
    for item in said_in(ledger):
        made.update(repr(astuple(item)).encode("utf-8", "replace"))
    return made.hexdigest()
