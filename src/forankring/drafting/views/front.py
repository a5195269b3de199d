"""Turn the whole material into the chapters at the front: cover, foreword and the summary on one page."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from forankring.drafting.views.anchoring import Flag, value_view
from forankring.drafting.views.cards import Card
from forankring.drafting.views.context import GoalAim, goal_aims
from forankring.drafting.views.entries import Entry, published_submissions
from forankring.drafting.views.gaps import ANCHORING, THREE_QUESTIONS, Gap, make_gap, rank
from forankring.drafting.views.material import Material, View
from forankring.drafting.views.status import StatusView, status_view
from forankring.ledger import Submission
from forankring.workspace import Party
from forankring.workspace.strategy import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverView(View):
    """``parties`` is the cover's line of signing parties, ``signing`` the imprint's: while the strategy is a draft,
    both say that the parties are proposed."""

    parties: str
    signing: str
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A signing party and what it wrote for the foreword (nothing: a gap)."""

    party: Party
    entries: tuple[Entry[Any], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ForewordView(View):
    """The statements of the signing parties; other points routed here are contributions."""

    statements: tuple[Statement, ...]
    signatories: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lacked:
    """An answer that initiatives lack, and how many."""

    gap: Gap
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryView(View):
    """Everything the summary counts."""

    submissions: tuple[Submission, ...]
    parties: int
    points: int
    cards: tuple[Card, ...]
    goals: tuple[GoalAim, ...]
    with_value: int
    with_business: int
    with_anchoring: int
    complete: int
    status: StatusView
    assessments: int
    unmeasured: tuple[GoalAim, ...]
    lacked: tuple[Lacked, ...]
    flagged: tuple[Flag, ...]


def cover_view(material: Material) -> CoverView:
    """Return the view of chapter ``cover``."""
    strategy = material.strategy
    names = [party.name for party in strategy.signatories]
    final = strategy.status == Status.FINAL
    signing = material.words("signing.agreed" if final else "signing.proposed", parties=material.listed(names))
    return CoverView(
        parties=material.words("slash").join(names) if final else signing,
        signing=signing,
        status=material.words(f"status.{strategy.status.value}"),
    )


def foreword_view(material: Material) -> ForewordView:
    """Return the view of chapter ``foreword``: what a signing party sent for it is its statement."""
    here = material.contributions("foreword")
    statements = tuple(
        Statement(party=party, entries=tuple(entry for entry in here if _is_from(entry, party)))
        for party in material.strategy.signatories
    )
    spoken = {entry.point.id for item in statements for entry in item.entries}
    return ForewordView(
        contributions=tuple(entry for entry in here if entry.point.id not in spoken),
        statements=statements,
        signatories=material.listed(party.told for party in material.strategy.signatories),
    )


def summary_view(material: Material) -> SummaryView:
    """Return the view of chapter ``summary``."""
    cards = material.cards
    submissions = published_submissions(material.strategy, material.ledger)
    goals = goal_aims(material)
    status = status_view(material)
    value = value_view(material)
    return SummaryView(
        contributions=material.contributions("summary"),
        submissions=submissions,
        parties=len({item.party.key for item in submissions if item.party}),
        points=len(material.entries),
        cards=cards,
        goals=goals,
        with_value=sum(card.has_value for card in cards),
        with_business=sum(card.has_business for card in cards),
        with_anchoring=sum(card.has_anchoring for card in cards),
        complete=value.complete,
        status=status,
        assessments=sum(len(goal.assessed) for goal in status.goals),
        unmeasured=tuple(item for item in goals if not item.measured),
        lacked=_most_lacked(material),
        flagged=value.flagged,
    )


def _is_from(entry: Entry[Any], party: Party) -> bool:
    """Tell whether a signing party wrote it, under its own name."""
    sender = entry.submission.party
    return sender is not None and sender.key == party.key and entry.party == party.name


def _most_lacked(material: Material) -> tuple[Lacked, ...]:
    """Return the three answers to the three questions that most initiatives lack, most often first."""
    asked = THREE_QUESTIONS | ANCHORING
    gaps = [gap for card in material.cards for gap in card.gaps if gap.key in asked]
    counts = Counter(gap.key for gap in gaps)
    joined = (
        make_gap(key, (party for gap in gaps if gap.key == key for party in gap.parties), material.locale)
        for key in counts
    )
    ordered = sorted(joined, key=lambda gap: (-counts[gap.key], rank(gap)))
    return tuple(Lacked(gap=gap, count=counts[gap.key]) for gap in ordered[:3])
