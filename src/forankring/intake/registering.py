"""Turn readings into submissions in the ledger: numbers are given once, and what a file replaces is linked to it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import replace
from datetime import datetime

from forankring.intake.carrying import carry_places, carry_points
from forankring.intake.news import GUESSED, MENDABLE
from forankring.intake.records import Gathered, Reading, SourceFile
from forankring.intake.screening import COVER
from forankring.language import natural_key
from forankring.ledger import Ledger, Outcome, Submission
from forankring.ledger.store import point_id, submission_id
from forankring.workspace import Strategy


def register(
    ledger: Ledger,
    readings: Iterable[Reading],
    strategy: Strategy,
    when: datetime,
    news: Iterable[SourceFile] | None = None,
) -> Gathered:
    """Return the ledger with the readings in it. Pure: the same arguments give the same ledger.

    Readings may come in portions, in order; then ``news`` are all files that ``find_new`` found, and the ledger that
    the portions end with is the one that all readings at once would give.

    The same bytes at several places of one folder are one submission with all these places; it keeps those that still
    hold its bytes when others get new ones (``find_new`` sees to it that they are among the readings). Other bytes at a
    submission's last place are a new submission that replaces it, but a refused one never takes the place of an
    accepted one: what a party said stands until it can be read anew. A file read again after quarantine keeps its
    number and its time.
    """
    readings = tuple(readings)
    held = {(item.file.place, item.sha256) for item in readings} | {(file.place, file.sha256) for file in news or ()}
    desk = _Register(ledger, strategy, when, held)
    for reading in readings:
        desk.enter(reading)
    return desk.result()


class _Register:
    """A ledger that is being written; looks up by place and by bytes, the newest first. ``held`` is what places
    hold now."""

    def __init__(self, ledger: Ledger, strategy: Strategy, when: datetime, held: Set[tuple[str, str]]) -> None:
        self._before, self._strategy, self._when, self._held = ledger, strategy, when, held
        self._items = {item.id: item for item in ledger.submissions}
        self._next = ledger.next_number()
        self._at: dict[str, set[str]] = defaultdict(set)
        self._with_bytes: dict[tuple[str, str, str], set[str]] = defaultdict(set)
        for item in ledger.submissions:
            self._note(item)

    def enter(self, reading: Reading) -> None:
        """Enter one reading: as what it is already, as another place of it, or as something new."""
        place = reading.file.place
        there = self._newest(self._at[place], lambda item: place in item.places)
        if there and _same_file(there, reading):
            if there.outcome == Outcome.QUARANTINED:
                self._mend(there, reading)
            elif there.outcome == Outcome.ACCEPTED and _is_other(there, reading):
                self._reread(there, reading)
            return
        before = there if COVER not in place else None
        twin = self._newest(self._with_bytes[_bytes_key(reading)], lambda item: item.outcome != Outcome.WITHDRAWN)
        if twin and not (there and before is None):
            now = replace(twin, places=tuple(dict.fromkeys((*twin.places, place))))
            self._put(now)
        else:
            now = self._add(reading, before)
        if before:
            self._leave(before, place, now)

    def result(self) -> Gathered:
        """Return the new ledger with what was added and what changed in it."""
        old = {item.id: item for item in self._before.submissions}
        ledger = Ledger().with_submissions(*self._items.values())
        added = tuple(item for item in ledger.submissions if item.id not in old)
        changed = tuple(item for item in ledger.submissions if item.id in old and item != old[item.id])
        return Gathered(ledger, added, changed)

    def _add(self, reading: Reading, before: Submission | None) -> Submission:
        number = submission_id(self._next)
        self._next += 1
        replaced = self._standing(before) if before and not self._elsewhere(before, reading.file.place) else None
        if replaced:
            reading = replace(reading, points=carry_places(replaced.points, reading.points))
        new = _submission(
            reading,
            number,
            self._when,
            late=self._late(reading.file.round, self._when),
            replaces=replaced.id if replaced else "",
            places=(reading.file.place,),
        )
        self._put(new)
        return new

    def _mend(self, there: Submission, reading: Reading) -> None:
        """Enter another reading of a refused file; once accepted, it replaces what it came to replace."""
        now = self._again(there, reading)
        self._put(now)
        if now.replaces:
            self._retire(self._items[now.replaces], now)

    def _reread(self, there: Submission, reading: Reading) -> None:
        """Enter what a newer reader made of an accepted file; what it cannot read stands as it was read before.

        The same holds where it cannot read a file that this one encloses any more. A personal number that was
        overlooked before is the exception: then the file is refused after all.
        """
        lost = {part.name for part in there.parts if not part.refusals} & set(_refused_parts(reading))
        if any(refusal.code == "personal_number" for refusal in reading.refusals) or not (reading.refusals or lost):
            self._put(self._again(there, reading))
        else:
            self._put(replace(there, reader=reading.reader))

    def _leave(self, before: Submission, place: str, now: Submission) -> None:
        """Take the place from the submission that was there; one without any other place is replaced."""
        elsewhere = self._elsewhere(before, place)
        if elsewhere:
            self._put(replace(self._items[before.id], places=elsewhere))
            return
        for old in (self._standing(before), before):
            self._retire(old, now)

    def _retire(self, old: Submission, now: Submission) -> None:
        """Mark the old one as replaced, but an accepted one never by a refused one."""
        stands = old.outcome == Outcome.ACCEPTED and now.outcome != Outcome.ACCEPTED
        if old.id != now.id and not old.replaced_by and not stands:
            self._items[old.id] = replace(old, replaced_by=now.id)

    def _standing(self, there: Submission) -> Submission:
        """Return the accepted submission that a refused one could not replace, else itself."""
        earlier = self._items.get(there.replaces)
        refused = there.outcome == Outcome.QUARANTINED
        return earlier if refused and earlier and not earlier.replaced_by else there

    def _elsewhere(self, there: Submission, place: str) -> tuple[str, ...]:
        """Return the other places that hold the submission's bytes still."""
        return tuple(other for other in there.places if other != place and (other, there.sha256) in self._held)

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
        if there.points:
            points, given = carry_points(there, reading.points)
            fresh = replace(fresh, points=points, numbers_given=given if given > len(points) else 0)
        return replace(fresh, replaced_by=there.replaced_by)

    def _late(self, round_key: str, received: datetime) -> bool:
        deadline = self._strategy.deadline(round_key)
        return deadline is not None and received > deadline

    def _put(self, item: Submission) -> None:
        self._items[item.id] = item
        self._note(item)

    def _note(self, item: Submission) -> None:
        for place in item.places:
            self._at[place].add(item.id)
        if item.sha256 and item.places:
            self._with_bytes[(item.round, _folder(item.places[0]), item.sha256)].add(item.id)

    def _newest(self, numbers: Set[str], suits: Callable[[Submission], bool]) -> Submission | None:
        """Return the newest of these submissions that nothing has replaced and that suits."""
        found = (self._items[number] for number in numbers)
        standing = [item for item in found if not item.replaced_by and suits(item)]
        return max(standing, key=lambda item: natural_key(item.id), default=None)


def _same_file(there: Submission, reading: Reading) -> bool:
    """Tell whether a place still holds the file that the ledger knows; one that could not be opened may be it."""
    unread = not there.sha256 and any(refusal.code in MENDABLE for refusal in there.refusals)
    return there.sha256 == reading.sha256 or unread


def _is_other(there: Submission, reading: Reading) -> bool:
    """Tell whether an accepted file was read otherwise this time: by a newer reader, it or what it encloses, with what
    was missing then, or with columns that the strategy names by now."""
    before, now = (any(note.code in GUESSED for note in item.notes) for item in (there, reading))
    return reading.reader != there.reader or reading.parts != there.parts or before != now


def _refused_parts(reading: Reading) -> Iterator[str]:
    """Yield the names of enclosed files that could not be read; one with a personal number may not stand."""
    for part in reading.parts:
        if part.refusals and all(refusal.code != "personal_number" for refusal in part.refusals):
            yield part.name


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
        reader=reading.reader,
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
        parts=reading.parts,
        points=points,
    )
