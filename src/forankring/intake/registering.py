"""Turn readings into submissions in the ledger: numbers are given once, and what a file replaces is linked to it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from forankring.intake.news import MENDABLE
from forankring.intake.records import Gathered, Reading
from forankring.intake.screening import COVER
from forankring.ledger import Ledger, Outcome, Submission
from forankring.ledger.store import point_id, submission_id
from forankring.workspace import Strategy


def register(ledger: Ledger, readings: Iterable[Reading], strategy: Strategy, when: datetime) -> Gathered:
    """Return the ledger with the readings in it. Pure: the same arguments give the same ledger.

    The same bytes at two places of one folder are one submission with both places. Other bytes at a known place are a
    new submission that replaces the old one. A file read again after quarantine keeps its number and its time.
    """
    desk = _Register(ledger, strategy, when)
    for reading in readings:
        desk.enter(reading)
    return desk.result()


class _Register:
    """A ledger that is being written; looks up by place and by bytes."""

    def __init__(self, ledger: Ledger, strategy: Strategy, when: datetime) -> None:
        self._before, self._strategy, self._when = ledger, strategy, when
        self._items = {item.id: item for item in ledger.submissions}
        self._next = ledger.next_number()
        self._by_place: dict[str, str] = {}
        self._by_bytes: dict[tuple[str, str, str], str] = {}
        for item in ledger.submissions:
            self._note(item)

    def enter(self, reading: Reading) -> None:
        """Enter one reading: as what it is already, as another place of it, or as something new."""
        place = reading.file.place
        there = self._items.get(self._by_place.get(place, ""))
        if there and _same_file(there, reading):
            if there.outcome != Outcome.WITHDRAWN:
                self._put(self._again(there, reading))
            return
        twin = self._items.get(self._by_bytes.get(_bytes_key(reading), ""))
        if twin and not there:
            self._put(replace(twin, places=(*twin.places, place)))
            return
        self._add(reading, there)

    def result(self) -> Gathered:
        """Return the new ledger with what was added and what changed in it."""
        old = {item.id: item for item in self._before.submissions}
        ledger = Ledger().with_submissions(*self._items.values())
        added = tuple(item for item in ledger.submissions if item.id not in old)
        changed = tuple(item for item in ledger.submissions if item.id in old and item != old[item.id])
        return Gathered(ledger, added, changed)

    def _add(self, reading: Reading, there: Submission | None) -> None:
        number = submission_id(self._next)
        self._next += 1
        replaces = there if there and COVER not in reading.file.place else None
        self._put(
            _submission(
                reading,
                number,
                self._when,
                late=self._late(reading.file.round, self._when),
                replaces=replaces.id if replaces else "",
                places=(reading.file.place,),
            )
        )
        if replaces:
            self._items[replaces.id] = replace(replaces, replaced_by=number)

    def _again(self, there: Submission, reading: Reading) -> Submission:
        """Return a submission after another reading of its file: the number, time and links stay."""
        fresh = _submission(
            reading,
            there.id,
            there.received_at,
            late=self._late(reading.file.round, there.received_at),
            replaces=there.replaces,
            places=there.places,
        )
        return replace(fresh, replaced_by=there.replaced_by)

    def _late(self, round_key: str, received: datetime) -> bool:
        deadline = self._strategy.deadline(round_key)
        return deadline is not None and received > deadline

    def _put(self, item: Submission) -> None:
        self._items[item.id] = item
        self._note(item)

    def _note(self, item: Submission) -> None:
        for place in item.places:
            if not item.replaced_by:
                self._by_place[place] = item.id
        if item.sha256 and item.outcome != Outcome.WITHDRAWN and not item.replaced_by:
            self._by_bytes[(item.round, _folder(item.places[0]), item.sha256)] = item.id


def _same_file(there: Submission, reading: Reading) -> bool:
    """Tell whether a place still holds the file that the ledger knows; one that could not be opened may be it."""
    unread = not there.sha256 and any(refusal.code in MENDABLE for refusal in there.refusals)
    return there.sha256 == reading.sha256 or unread


def _bytes_key(reading: Reading) -> tuple[str, str, str]:
    return reading.file.round, reading.file.folder, reading.sha256


def _folder(place: str) -> str:
    parts = place.split("/")
    return parts[1] if len(parts) > 2 else ""


def _submission(
    reading: Reading, number: str, received: datetime, *, late: bool, replaces: str, places: tuple[str, ...]
) -> Submission:
    points = tuple(replace(point, id=point_id(number, index)) for index, point in enumerate(reading.points, start=1))
    envelope = reading.envelope
    accepted = not reading.refusals
    return Submission(
        id=number,
        round=reading.file.round,
        outcome=Outcome.ACCEPTED if accepted else Outcome.QUARANTINED,
        places=places,
        sha256=reading.sha256,
        size=reading.size,
        format=reading.format.value,
        received_at=received,
        party=reading.party,
        party_evidence=reading.party_evidence,
        refusals=reading.refusals,
        kind=envelope.kind if accepted else None,
        title=envelope.title,
        language=envelope.language,
        capacity=envelope.capacity,
        on_behalf_of=envelope.on_behalf_of,
        about_version=envelope.about_version,
        publication=envelope.publication,
        case_ref=envelope.case_ref,
        stance=envelope.stance,
        late=late,
        notes=reading.notes,
        replaces=replaces,
        points=points,
    )
