"""Turn the inbox and the ledger into one account whose rows add up to the files in the inbox."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

from forankring.intake.digests import digests
from forankring.intake.erasing import load_erased
from forankring.intake.inbox import count_passed_over, list_inbox
from forankring.intake.records import Format, SourceFile
from forankring.ledger import Ledger, Outcome, Route, Submission
from forankring.workspace import PartyType, Workspace

COLUMNS = ("accepted", "quarantined", "withdrawn", "same", "unread")
"""How a file in the inbox can have ended. ``same``: its bytes are those of another file, which is counted by its own
outcome. ``unread``: it came, or changed, while the run went on."""

UNKNOWN = "none"
"""The sender's type of a file from nobody knows whom."""

UNREAD = "unread"
"""Format and sender's type of a file that is not read yet."""

Held = Set[tuple[str, str]]
"""What lies in the inbox: place and sha256 of each file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """How many files of one kind ended how, in the order of ``COLUMNS``."""

    key: str
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """All files of this kind."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What became of all files. ``formats`` and ``parties`` count those in the inbox, by format and by the sender's
    type; ``files`` is how many there are by the list of the inbox alone.

    Of the ``registered`` submissions some were ``replaced``, and some are ``gone``: their file is no longer in the
    inbox. ``lost`` are files that this run was to read and that the ledger does not know. ``parts`` are enclosed files
    by outcome, ``points``, ``unplaced`` and ``late`` those of submissions that stand.
    """

    formats: tuple[Row, ...] = ()
    parties: tuple[Row, ...] = ()
    files: int = 0
    lost: tuple[str, ...] = ()
    registered: int = 0
    replaced: int = 0
    gone: int = 0
    passed_over: int = 0
    parts: tuple[tuple[str, int], ...] = ()
    points: int = 0
    unplaced: int = 0
    late: int = 0

    @property
    def adds_up(self) -> bool:
        """Has every file exactly one outcome? If not, the engine has a bug."""
        sums = (sum(row.total for row in rows) for rows in (self.formats, self.parties))
        return not self.lost and all(total == self.files for total in sums)

    @property
    def totals(self) -> Row:
        """The bottom line: the sums of the columns."""
        return Row(key="total", counts=tuple(sum(row.counts[n] for row in self.formats) for n in range(len(COLUMNS))))


@dataclass(frozen=True, slots=True)
class _File:
    """One file in the inbox as the ledger tells it."""

    place: str
    format: str
    party: str
    column: str


def take_account(workspace: Workspace, ledger: Ledger, news: Iterable[SourceFile] = ()) -> Account:
    """Return the account of the inbox as it lies there now; ``news`` are the files that this run was to read.

    The rows are counted from the ledger, by place and bytes; the list of the inbox says only what lies there and how
    much it is. So a file that the ledger has twice, or not at all, makes a sum that does not fit.
    """
    files = list_inbox(workspace)
    sums, erased = digests(workspace, files), load_erased(workspace)
    held = set(sums.items())
    told = list(_in_ledger(ledger, held, sums))
    told += _erased(ledger, {place: sums[place] for place in sums.keys() - {file.place for file in told}}, erased)
    waiting = sums.keys() - {file.place for file in told}
    told += [_File(place, UNREAD, UNREAD, UNREAD) for place in waiting]
    present = {item.id for item in ledger.submissions if not item.replaced_by and any(_there(item, held, sums))}
    present |= {erased[sha] for sha in sums.values() if sha in erased}
    current = ledger.current
    return Account(
        formats=_rows(((file.format, file.column) for file in told), [*map(str, Format), UNREAD]),
        parties=_rows(((file.party, file.column) for file in told), [*map(str, PartyType), UNKNOWN, UNREAD]),
        files=len(files),
        lost=tuple(sorted(file.place for file in news if file.place in waiting and sums[file.place] == file.sha256)),
        registered=len(ledger.submissions),
        replaced=sum(bool(item.replaced_by) for item in ledger.submissions),
        gone=sum(not item.replaced_by and item.id not in present for item in ledger.submissions),
        passed_over=count_passed_over(workspace),
        parts=_parts(ledger),
        points=sum(len(item.points) for item in current),
        unplaced=sum(point.about.route == Route.UNPLACED for item in current for point in item.points),
        late=sum(item.late for item in current),
    )


def account_data(account: Account) -> dict[str, object]:
    """Return the account as plain data for programs; the keys are a promise to scripts."""
    return {
        "files": account.files,
        "adds_up": account.adds_up,
        "total": _row_data(account.totals),
        "formats": {row.key: _row_data(row) for row in account.formats},
        "party_types": {row.key: _row_data(row) for row in account.parties},
        "lost": len(account.lost),
        "registered": account.registered,
        "replaced": account.replaced,
        "gone": account.gone,
        "passed_over": account.passed_over,
        "parts": dict(account.parts),
        "points": account.points,
        "unplaced": account.unplaced,
        "late": account.late,
    }


def _row_data(row: Row) -> dict[str, int]:
    return {**dict(zip(COLUMNS, row.counts, strict=True)), "total": row.total}


def _in_ledger(ledger: Ledger, held: Held, sums: Mapping[str, str]) -> Iterator[_File]:
    """Yield the files that the ledger knows; the first place of a submission has its outcome, any other is the same."""
    for item in ledger.submissions:
        if item.replaced_by:
            continue
        for number, place in enumerate(_there(item, held, sums)):
            yield _File(place, item.format, _party(item), "same" if number else str(item.outcome))


def _there(item: Submission, held: Held, sums: Mapping[str, str]) -> Iterator[str]:
    """Yield the submission's places that hold its bytes; of one that could not be opened nobody knows the bytes."""
    unopened = item.outcome == Outcome.QUARANTINED and not item.sha256
    for place in item.places:
        if (place, item.sha256) in held or (unopened and place in sums):
            yield place


def _erased(ledger: Ledger, sums: Mapping[str, str], erased: Mapping[str, str]) -> Iterator[_File]:
    """Yield the files that are still in the inbox though everything about them is erased."""
    known = {item.id: item for item in ledger.submissions}
    for place, sha256 in sums.items():
        if sha256 in erased:
            item = known[erased[sha256]]
            yield _File(place, item.format, _party(item), str(Outcome.WITHDRAWN))


def _party(item: Submission) -> str:
    return str(item.party.type) if item.party else UNKNOWN


def _rows(kinds: Iterable[tuple[str, str]], order: Iterable[str]) -> tuple[Row, ...]:
    found = Counter(kinds)
    rows = (Row(key=key, counts=tuple(found[(key, column)] for column in COLUMNS)) for key in order)
    return tuple(row for row in rows if row.total)


def _parts(ledger: Ledger) -> tuple[tuple[str, int], ...]:
    standing = (item for item in ledger.submissions if not item.replaced_by)
    found = Counter(str(part.outcome) for item in standing for part in item.parts)
    return tuple((str(outcome), found[str(outcome)]) for outcome in (Outcome.ACCEPTED, Outcome.QUARANTINED))
