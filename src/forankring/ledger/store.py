"""Turn the ledger into files for git and back: one readable JSON file a submission."""

import contextlib
import dataclasses
import functools
import gc
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import to_json

from forankring.errors import InputError, Problem
from forankring.language import natural_key
from forankring.ledger.records import Outcome, Point, Submission
from forankring.ledger.sealing import needs_seal, public_face

FOLDER = "ledger/submissions"

_SUBMISSION = TypeAdapter(Submission)


@dataclass(frozen=True, slots=True)
class Ledger:
    """All submissions, in the order of their numbers."""

    submissions: tuple[Submission, ...] = ()

    @property
    def current(self) -> tuple[Submission, ...]:
        """Accepted submissions that no later file replaced."""
        return tuple(item for item in self.submissions if item.outcome == Outcome.ACCEPTED and not item.replaced_by)

    @property
    def refused(self) -> tuple[Submission, ...]:
        """Submissions in quarantine for which nothing better came; who sent a good file instead is not in debt."""
        return tuple(i for i in self.submissions if i.outcome == Outcome.QUARANTINED and not i.replaced_by)

    def points(self) -> Iterator[tuple[Submission, Point]]:
        """Yield every point of every current submission, in order."""
        for submission in self.current:
            for point in submission.points:
                yield submission, point

    def next_number(self) -> int:
        """Return the first number that was never given."""
        return max((int(item.id[1:]) for item in self.submissions), default=0) + 1

    def with_submissions(self, *changed: Submission) -> "Ledger":
        """Return the ledger with these submissions added, or put in place of those with the same id."""
        merged = {item.id: item for item in self.submissions} | {item.id: item for item in changed}
        return replace(self, submissions=tuple(merged[key] for key in sorted(merged, key=natural_key)))


def submission_id(number: int) -> str:
    """Return the id of a submission: ``B012``; more digits when they are needed."""
    return f"B{number:03d}"


def point_id(submission: str, number: int) -> str:
    """Return the id of a point, ``number`` from 1: ``B012-03``."""
    return f"{submission}-{number:02d}"


def dump_ledger(ledger: Ledger) -> dict[str, bytes]:
    """Return ``{path in the text repository: bytes}``: what may be published. The same ledger gives the same bytes."""
    return {f"{FOLDER}/{item.id}.json": _dump(public_face(item)) for item in ledger.submissions}


def dump_sealed(ledger: Ledger) -> dict[str, bytes]:
    """Return ``{file name in the private folder: bytes}`` of the submissions that may not stand whole in git."""
    return {f"{item.id}.json": _dump(item) for item in ledger.submissions if needs_seal(item) and not item.sealed}


def load_ledger(files: Mapping[str, bytes], sealed: Mapping[str, bytes] | None = None) -> Ledger:
    """Return the ledger from the files that ``dump_ledger`` made; other paths are passed over.

    With ``sealed``, the files that ``dump_sealed`` made, every submission is whole; without, some show only their
    public face. Raises InputError that names the file which a hand has broken, or which is gone.
    """
    mine = sorted((path for path in files if path.startswith(f"{FOLDER}/")), key=natural_key)
    with _no_search_for_garbage():
        found = [_load(path, files[path]) for path in mine]
        return Ledger(tuple(found if sealed is None else (_whole(item, sealed) for item in found)))


@contextlib.contextmanager
def _no_search_for_garbage() -> Iterator[None]:
    """Keep Python from walking through hundreds of thousands of new records again and again: half of the time."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


def _whole(face: Submission, sealed: Mapping[str, bytes]) -> Submission:
    """Return the whole record; the public face alone would be read as a new file and numbered anew."""
    if not face.sealed:
        return face
    name = f"{face.id}.json"
    if name not in sealed:
        raise InputError(Problem(code="ledger_sealed_missing", file=f".forankring/ledger/{name}"))
    return _load(f"{FOLDER}/{name}", sealed[name])


def _load(path: str, data: bytes) -> Submission:
    """Read one submission; its file bears its number, so that none is lost or there twice."""
    try:
        item: Submission = _SUBMISSION.validate_json(data)
    except ValidationError as error:
        raise InputError(Problem(code="ledger_unreadable", file=path)) from error
    if path != f"{FOLDER}/{item.id}.json" or not item.id[1:].isdecimal():
        raise InputError(Problem(code="ledger_unreadable", file=path))
    return item


def _dump(submission: Submission) -> bytes:
    """Write what differs from the defaults, one key a line, so that git shows what changed."""
    return to_json(_plain(submission), indent=1) + b"\n"  # Python's own writer takes ten times as long when it indents


def _plain(value: Any) -> Any:
    """Return a value as JSON has it; a record keeps its ``kind`` and every field that is not as by default."""
    if isinstance(value, str):
        return value
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(value[key]) for key in sorted(value)}
    if isinstance(value, datetime):
        return value.isoformat()
    if not dataclasses.is_dataclass(value):
        return value
    kind: Any = type(value)
    items = ((name, getattr(value, name), default) for name, default in _defaults(kind))
    return {name: _plain(item) for name, item, default in items if name == "kind" or item != default}


@functools.cache
def _defaults(kind: type[Any]) -> tuple[tuple[str, Any], ...]:
    """Return the fields of a record in the order of their names, each with its default."""
    fields = sorted(dataclasses.fields(kind), key=lambda field: field.name)
    return tuple((field.name, _default(field)) for field in fields)


def _default(field: dataclasses.Field[Any]) -> Any:
    made = field.default_factory
    return field.default if made is dataclasses.MISSING else made()
