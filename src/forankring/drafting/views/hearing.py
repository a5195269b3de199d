"""Turn rounds, submissions and points into the hearing annexes: who was asked, who answered, and with what."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from forankring.drafting.views.entries import (
    Entry,
    published_submissions,
    sender_label,
    shown_party,
    type_label,
    type_of,
    with_type,
)
from forankring.drafting.views.material import Material, View
from forankring.language import sort_key
from forankring.ledger import InputKind, Outcome, Publication, Stance, Submission, Visibility
from forankring.workspace import Party, PartyType
from forankring.workspace.strategy import Chapter, Round, Status

_BEFORE_REVISION = frozenset({Status.WORKING, Status.INTERNAL, Status.CONSULTATION})


@dataclass(frozen=True, slots=True, kw_only=True)
class Consulted:
    """A consulted party and what came from it in one round. ``numbers`` are its submissions, as a phrase."""

    party: Party
    type_label: str
    numbers: str
    answered: bool
    remarks: bool
    submissions: tuple[Submission, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """An answer from outside the list of consulted parties, or from someone who asked to be anonymous."""

    name: str
    type_label: str
    submission: Submission

    @property
    def shown(self) -> str:
        """The name with its type."""
        return with_type(self.name, self.type_label)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A name and how often it occurs, the number in words of the locale."""

    name: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundView:
    """One consultation round and its answers. ``stances`` counts consultation responses only; ``open`` holds until the
    editors call the draft revised, for a draft does not look at the clock."""

    round: Round
    days: str
    received: tuple[Submission, ...]
    without_remarks: int
    consulted: tuple[Consulted, ...]
    answered: int
    others: tuple[Other, ...]
    by_type: tuple[Counted, ...]
    stances: tuple[Counted, ...]
    late: int
    open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterPoints:
    """The points that one chapter shows."""

    chapter: Chapter
    entries: tuple[Entry[Any], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How many points on one chapter came from each type of party; the last row may be of those without a chapter."""

    title: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HearingView(View):
    """Everything the hearing annex prints."""

    rounds: tuple[RoundView, ...]
    chapters: tuple[ChapterPoints, ...]
    senders: tuple[str, ...]
    spread: tuple[Spread, ...]
    without_remarks: tuple[Entry[Any], ...]
    unplaced: tuple[Entry[Any], ...]
    total: int
    refused: tuple[Counted, ...]
    refused_total: int
    withdrawn: int
    withheld: int

    @property
    def points(self) -> tuple[Any, ...]:
        """Every point that is told, with a chapter or without."""
        placed = tuple(entry.point for group in self.chapters for entry in group.entries)
        return placed + tuple(entry.point for entry in (*self.without_remarks, *self.unplaced))


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedParties:
    """The parties of one type, in Danish order of names."""

    title: str
    parties: tuple[Party, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartiesView(View):
    """Everything the annex of parties prints."""

    signatories: tuple[Party, ...]
    signing: str
    groups: tuple[TypedParties, ...]
    outside: tuple[Other, ...]
    total: int


def hearing_view(material: Material) -> HearingView:
    """Return the view of ``annex_hearing``."""
    submissions = material.ledger.submissions
    refused = _refused(material)
    kinds = [kind for kind in PartyType if any(entry.party_type == kind for entry in material.entries)]
    homeless = [entry for entry in material.entries if not entry.home]
    return HearingView(
        rounds=tuple(_round(item, material) for item in material.strategy.rounds),
        chapters=_by_chapter(material),
        senders=tuple(material.label("party_types", kind.value) for kind in kinds),
        spread=tuple(_spread(material, kinds)),
        without_remarks=tuple(entry for entry in homeless if entry.submission.stance == Stance.NO_REMARKS),
        unplaced=tuple(entry for entry in homeless if entry.submission.stance != Stance.NO_REMARKS),
        total=len(material.entries),
        refused=refused,
        refused_total=sum(item.count for item in refused),
        withdrawn=sum(item.outcome == Outcome.WITHDRAWN for item in submissions),
        withheld=len(material.ledger.current) - len(published_submissions(material.strategy, material.ledger)),
    )


def parties_view(material: Material) -> PartiesView:
    """Return the view of ``annex_parties``."""
    groups = (
        TypedParties(
            title=material.words(f"party_headings.{kind.value}"),
            parties=tuple(item for item in _asked(material) if item.type == kind and not item.signs),
        )
        for kind in PartyType
    )
    return PartiesView(
        contributions=material.contributions("annex_parties"),
        signatories=material.strategy.signatories,
        signing=material.listed(party.told for party in material.strategy.signatories),
        groups=tuple(group for group in groups if group.parties),
        outside=_others(published_submissions(material.strategy, material.ledger), material),
        total=len(_asked(material)),
    )


def _round(item: Round, material: Material) -> RoundView:
    received = tuple(
        submission
        for submission in published_submissions(material.strategy, material.ledger)
        if submission.round == item.key
    )
    consulted = tuple(_consulted(party, received, material) for party in _asked(material))
    return RoundView(
        round=item,
        days=material.locale.count("drafting.counts.days", item.days),
        received=received,
        without_remarks=sum(not _has_remarks(submission) for submission in received),
        consulted=consulted,
        answered=sum(party.answered for party in consulted),
        others=_others(received, material),
        by_type=_by_type(received, material),
        stances=_stances(received, material),
        late=sum(submission.late for submission in received),
        open=item == material.strategy.rounds[-1] and material.strategy.status in _BEFORE_REVISION,
    )


def _asked(material: Material) -> list[Party]:
    parties = (party for party in material.strategy.parties if party.consulted and not party.internal)
    order = sort_key(material.locale)
    return sorted(parties, key=lambda party: order(party.name))


def _consulted(party: Party, received: Sequence[Submission], material: Material) -> Consulted:
    """Only answers given under the party's own name count here: a tick must not lift an anonymity."""
    own = tuple(
        item
        for item in received
        if item.party and item.party.key == party.key and item.publication == Publication.PUBLIC
    )
    return Consulted(
        party=party,
        type_label=type_label(party.type, party.signs, material.locale),
        numbers=material.listed(item.id for item in own),
        answered=bool(own),
        remarks=any(_has_remarks(item) for item in own),
        submissions=own,
    )


def _has_remarks(submission: Submission) -> bool:
    return submission.stance != Stance.NO_REMARKS and any(
        point.visibility == Visibility.PUBLIC for point in submission.points
    )


def _others(received: Sequence[Submission], material: Material) -> tuple[Other, ...]:
    asked, order = {party.key for party in _asked(material)}, sort_key(material.locale)
    outside = (
        Other(
            name=shown_party(item, material.locale),
            type_label="" if item.publication == Publication.ANONYMOUS else _label(item, material),
            submission=item,
        )
        for item in received
        if item.party is None or item.party.key not in asked or item.publication != Publication.PUBLIC
    )
    return tuple(sorted(outside, key=lambda other: (order(other.name), other.submission.id)))


def _label(submission: Submission, material: Material) -> str:
    return sender_label(submission, material.strategy, material.locale)


def _by_type(received: Sequence[Submission], material: Material) -> tuple[Counted, ...]:
    times = Counter("signs" if _signs(item, material) else type_of(item).value for item in received)
    keys = ("signs", *(kind.value for kind in PartyType))
    return tuple(Counted(name=material.words(f"party_headings.{key}"), count=times[key]) for key in keys if times[key])


def _signs(submission: Submission, material: Material) -> bool:
    """Tell whether a signing party sent it under its own name: it speaks for a level, not as one municipality."""
    signing = {party.key for party in material.strategy.signatories}
    public = submission.publication == Publication.PUBLIC
    return submission.party is not None and public and submission.party.key in signing


def _stances(received: Sequence[Submission], material: Material) -> tuple[Counted, ...]:
    times = Counter(item.stance for item in received if item.kind in (None, InputKind.RESPONSE))
    return tuple(
        Counted(name=material.words(f"stance.{stance.value}"), count=times[stance])
        for stance in Stance
        if times[stance]
    )


def _by_chapter(material: Material) -> tuple[ChapterPoints, ...]:
    groups = (
        ChapterPoints(chapter=chapter, entries=tuple(entry for entry in material.entries if entry.home == chapter.key))
        for chapter in material.strategy.chapters
    )
    return tuple(group for group in groups if group.entries)


def _spread(material: Material, kinds: Sequence[PartyType]) -> Iterator[Spread]:
    """Yield the chapters' points by type of party, and last those that have no chapter: every point counts once."""
    groups = [(group.chapter.title, group.entries) for group in _by_chapter(material)]
    groups.append((material.words("no_chapter"), tuple(entry for entry in material.entries if not entry.home)))
    for title, entries in groups:
        if entries:
            times = Counter(entry.party_type for entry in entries)
            yield Spread(title=title, counts=tuple(times[kind] for kind in kinds))


def _refused(material: Material) -> tuple[Counted, ...]:
    """Count refused files by reason; each file counts once, and none is named."""
    reasons = Counter(_reason(item, material) for item in material.ledger.refused)
    return tuple(Counted(name=name, count=reasons[name]) for name in sorted(reasons, key=sort_key(material.locale)))


def _reason(submission: Submission, material: Material) -> str:
    """Name the family of the refusal, which is the first word of its code: ``format_sheet`` is a matter of format."""
    code = submission.refusals[0].code if submission.refusals else "other"
    key = f"refusals.{code.partition('_')[0]}"
    return material.words(key if material.locale.has(f"drafting.{key}") else "refusals.other")
