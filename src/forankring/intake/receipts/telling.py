"""Turn a submission into its receipt: every fact in words, to be read by the one who sent it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePosixPath

from forankring.intake.receipts.points import told_point
from forankring.intake.receipts.records import Fact, Reason, Receipt, ToldPart
from forankring.intake.records import problem_of
from forankring.language import Locale
from forankring.ledger import Attachment, Note, Outcome, Publication, Refusal, Stance, Submission, Visibility
from forankring.workspace import PartyType, Strategy

_NOT_READ = frozenset(
    "pages_without_text pages_not_recognised pages_unsure rows_without_remark rows_above_table picture_without_text "
    "formulas_without_value sheet_no_table".split()
)
"""Notes about what was not read, beside those whose codes end so."""


@dataclass(frozen=True, slots=True)
class _Teller:
    """The words and the strategy that a receipt is told with, and the submissions that it may refer to."""

    item: Submission
    strategy: Strategy
    locale: Locale
    others: Mapping[str, Submission]

    def say(self, key: str, **values: object) -> str:
        return self.locale.label(f"receipts.{key}", **values)

    def moment(self, when: datetime) -> str:
        here = when.astimezone(self.strategy.zone)
        return f"{self.locale.date(here)} {self.locale.time(here)}"

    @property
    def round(self) -> str:
        """The round's title, empty where the file lies in none."""
        return next((item.title for item in self.strategy.rounds if item.key == self.item.round), "")

    @property
    def deadline(self) -> str:
        found = self.strategy.deadline(self.item.round)
        return self.moment(found) if found else ""

    @property
    def contact(self) -> str:
        imprint = self.strategy.imprint
        return self.say("contact", contact=imprint.contact) if imprint.contact else imprint.publisher


def tell(item: Submission, strategy: Strategy, locale: Locale, others: Mapping[str, Submission]) -> Receipt:
    """Return the receipt of a submission; ``others`` are all submissions by number. Nothing in it depends on when it is
    told, so that the same ledger gives the same receipts."""
    teller = _Teller(item, strategy, locale, others)
    notes = [(note.code, _note(teller, note)) for note in item.notes]
    return Receipt(
        language=locale.name,
        strategy=strategy.title,
        publisher=strategy.imprint.publisher,
        id=item.id,
        title=teller.say("title", number=item.id),
        outcome=teller.say(f"outcomes.{_state(item)}"),
        summary=_summary(teller),
        facts=tuple(_facts(teller)),
        places=item.places,
        sha256=item.sha256,
        reasons=() if item.replaced_by else tuple(_own_reason(teller, refusal) for refusal in item.refusals),
        parts=() if item.withdrawal else tuple(_part(teller, part) for part in item.parts),
        left_out=tuple(text for code, text in notes if _is_left_out(code)),
        notes=tuple(text for code, text in notes if not _is_left_out(code)),
        points=() if item.withdrawal else tuple(told_point(point, strategy, locale) for point in item.points),
        next=tuple(_next(teller)),
        replacing=tuple(_replacing(teller)),
        withdrawing=tuple(_withdrawing(teller)),
    )


def _state(item: Submission) -> str:
    """Return what the receipt is about: a replaced file is no longer what counts, however it was read."""
    if item.outcome != Outcome.WITHDRAWN and item.replaced_by:
        return "replaced"
    return str(item.outcome)


def _summary(teller: _Teller) -> str:
    item = teller.item
    if _state(item) == Outcome.ACCEPTED:
        counted = teller.locale.count("receipts.points_read", len(item.points))
        return teller.say("summaries.accepted", points=counted)
    return teller.say(f"summaries.{_state(item)}")


def _facts(teller: _Teller) -> Iterator[Fact]:
    """Yield what is known of the submission as a whole, in the order in which a reader asks."""
    item, locale = teller.item, teller.locale
    known: tuple[tuple[str, str], ...] = (
        ("number", item.id),
        ("round", teller.round),
        ("sender", _sender(teller)),
        ("on_behalf_of", item.on_behalf_of),
        ("kind", locale.label(f"choices.kind.{item.kind}") if item.kind else ""),
        ("subject", item.title),
        ("stance", locale.label(f"choices.stance.{item.stance}") if item.stance != Stance.NOT_STATED else ""),
        ("case_ref", item.case_ref),
        ("format", locale.label(f"intake.formats.{item.format}")),
        ("size", locale.count("receipts.bytes", item.size)),
        ("registered", teller.moment(item.received_at)),
        ("withdrawn", teller.moment(item.withdrawal.when) if item.withdrawal else ""),
        ("deadline", _in_time(teller)),
        ("publication", _publication(teller)),
        ("replaces", item.replaces),
        ("replaced_by", item.replaced_by),
    )
    for key, value in known:
        if value:
            yield teller.say(f"facts.{key}"), value


def _sender(teller: _Teller) -> str:
    party = teller.item.party
    if party is None:
        return teller.say("sender_unknown")
    evidence = teller.item.party_evidence
    if not evidence or not teller.locale.has(f"intake.party_evidence.{evidence}"):
        return party.name
    words = teller.locale.label(f"intake.party_evidence.{evidence}")
    return teller.say("sender_found", name=party.name, evidence=words)


def _in_time(teller: _Teller) -> str:
    if not teller.deadline:
        return ""
    return teller.say("late" if teller.item.late else "in_time", deadline=teller.deadline)


def _publication(teller: _Teller) -> str:
    """Return the sender's choice; a refused file was not read so far that one could be known."""
    if teller.item.outcome != Outcome.ACCEPTED:
        return ""
    return teller.locale.label(f"choices.publication.{teller.item.publication}")


def _own_reason(teller: _Teller, refusal: Refusal) -> Reason:
    """Return the same, with the name of the enclosed file where it is about one."""
    reason, name = _reason(teller, refusal), PurePosixPath(refusal.file).name
    own = not name or name in {PurePosixPath(place).name for place in teller.item.places}
    return reason if own else replace(reason, what=f"{name}: {reason.what}")


def _reason(teller: _Teller, refusal: Refusal) -> Reason:
    """Return what is wrong and the remedy in words for the sender; those of the report are for the secretariat."""
    what, remedy = teller.locale.problem(problem_of(replace(refusal, file="")))
    own = f"receipts.remedies.{refusal.code}"
    return Reason(
        what=what[:1].upper() + what[1:], remedy=teller.locale.label(own) if teller.locale.has(own) else remedy
    )


def _part(teller: _Teller, part: Attachment) -> ToldPart:
    locale = teller.locale
    return ToldPart(
        name=part.name,
        format=locale.label(f"intake.formats.{part.format}"),
        size=locale.count("receipts.bytes", part.size),
        outcome=teller.say(f"part_outcomes.{part.outcome}"),
        points=locale.count("receipts.part_points", part.points),
        reasons=tuple(_reason(teller, refusal) for refusal in part.refusals),
    )


def _note(teller: _Teller, note: Note) -> str:
    """Return a note in words; where its own are for the secretariat, in those for the sender."""
    own = f"receipts.notes.{note.code}"
    values = {name: value for name, value in note.values.items() if name != "part"}
    text = teller.locale.label(own if teller.locale.has(own) else f"notes.{note.code}", **values)
    part = note.values.get("part", "")
    return teller.locale.label("notes.about_part", part=part, note=text) if part else text


def _is_left_out(code: str) -> bool:
    return code.endswith("_left_out") or code in _NOT_READ


def _next(teller: _Teller) -> Iterator[str]:
    """Yield what happens to the submission now, one sentence or two at a time."""
    item = teller.item
    if item.outcome == Outcome.WITHDRAWN:
        yield teller.say("next.withdrawn")
        return
    if item.replaced_by:
        yield teller.say("next.replaced", number=item.replaced_by)
        return
    if item.outcome == Outcome.QUARANTINED:
        yield teller.say("next.quarantined")
        earlier = teller.others.get(item.replaces)
        if earlier and earlier.outcome == Outcome.ACCEPTED and not earlier.replaced_by:
            yield teller.say("next.earlier_stands", number=earlier.id)
    else:
        yield from _treatment(teller)
    if teller.deadline:
        key = "late" if item.late else "deadline_mending" if item.outcome == Outcome.QUARANTINED else "deadline"
        yield teller.say(f"next.{key}", round=teller.round, deadline=teller.deadline)


def _treatment(teller: _Teller) -> Iterator[str]:
    item = teller.item
    yield teller.say("next.no_points" if not item.points else "next.answer")
    internal = any(point.visibility == Visibility.INTERNAL for point in item.points)
    person = item.party and item.party.type == PartyType.CITIZEN and not item.party.listed
    if item.publication != Publication.PUBLIC:
        yield teller.say(f"next.memo.{item.publication}")
    elif internal:
        yield teller.say("next.internal")
    else:
        yield teller.say(f"next.memo.{Publication.ANONYMOUS if person else Publication.PUBLIC}")


def _replacing(teller: _Teller) -> Iterator[str]:
    item = teller.item
    if item.outcome == Outcome.WITHDRAWN or item.replaced_by or not item.places:
        return
    yield teller.say("replacing", place=item.places[0])
    yield teller.say("replacing_by_mail", contact=teller.contact, number=item.id)


def _withdrawing(teller: _Teller) -> Iterator[str]:
    item = teller.item
    if item.outcome != Outcome.WITHDRAWN:
        yield teller.say("withdrawing", contact=teller.contact, number=item.id)
    yield teller.say("erasing", contact=teller.contact, number=item.id)
