"""Turn money, benefits and dates into the chapters ``economy``, ``next_steps`` and ``governance``."""

from dataclasses import dataclass
from typing import Any

from forankring.drafting.views.cards import Card
from forankring.drafting.views.entries import Entry
from forankring.drafting.views.material import Material, View
from forankring.drafting.views.money import Sum, sums_of, sums_per_year
from forankring.drafting.views.when import when_key, when_label
from forankring.ledger import AnchoringPlan
from forankring.ledger.contents import Benefit
from forankring.workspace.strategy import Governance, SteeringGroup


@dataclass(frozen=True, slots=True, kw_only=True)
class Gain:
    """One benefit of one initiative, with the name of its type."""

    card: Card
    benefit: Benefit
    type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Funded:
    """An initiative and its money; ``funding`` is empty where it is not told."""

    card: Card
    funding: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EconomyView(View):
    """Everything chapter ``economy`` prints."""

    years: tuple[Sum, ...]
    totals: tuple[Sum, ...]
    funding: tuple[Funded, ...]
    unfunded: tuple[Card, ...]
    without_cost: tuple[Card, ...]
    gains: tuple[Gain, ...]
    unowned: int
    unmeasured: int
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """A step or milestone in time order. ``source`` is what it rests on; ``card`` the initiative, for a milestone."""

    when: str
    title: str
    owner: str
    source: Any
    card: Card | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStepsView(View):
    """Everything chapter ``next_steps`` prints. ``schedule`` has every initiative in the order of their starts,
    ``unscheduled`` those without a start or an end."""

    steps: tuple[Coming, ...]
    milestones: tuple[Coming, ...]
    without_milestones: tuple[Card, ...]
    schedule: tuple[Card, ...]
    unscheduled: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupWork:
    """A steering group and the initiatives it steers."""

    group: SteeringGroup
    members: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GovernanceView(View):
    """Everything chapter ``governance`` prints. ``ungoverned`` initiatives name no steering group, ``misgoverned`` ones
    name a group that the strategy does not have."""

    governance: Governance
    groups: tuple[GroupWork, ...]
    ungoverned: tuple[Card, ...]
    misgoverned: tuple[Card, ...]
    follow_ups: tuple[Entry[AnchoringPlan], ...]


def economy_view(material: Material) -> EconomyView:
    """Return the view of chapter ``economy``."""
    cards = material.cards
    costs = [cost for card in cards for cost in card.content.cost]
    gains = tuple(_gain(card, benefit, material) for card in cards for benefit in card.content.benefits)
    return EconomyView(
        contributions=material.contributions("economy"),
        years=sums_per_year(costs, material.locale),
        totals=sums_of(costs, material.locale),
        funding=tuple(_funded(card, material) for card in cards),
        unfunded=tuple(card for card in cards if card.content.funding and card.content.funding.value != "funded"),
        without_cost=tuple(card for card in cards if not card.content.cost),
        gains=gains,
        unowned=sum(not gain.benefit.owner for gain in gains),
        unmeasured=sum(not (gain.benefit.indicator and gain.benefit.baseline) for gain in gains),
        cards=cards,
    )


def next_steps_view(material: Material) -> NextStepsView:
    """Return the view of chapter ``next_steps``."""
    steps = sorted(material.strategy.next_steps, key=lambda step: when_key(step.when))
    return NextStepsView(
        contributions=material.contributions("next_steps"),
        steps=tuple(
            Coming(when=when_label(step.when, material.locale), title=step.title, owner=step.owner or "", source=step)
            for step in steps
        ),
        milestones=_milestones(material),
        without_milestones=tuple(card for card in material.cards if not card.milestones),
        schedule=tuple(sorted(material.cards, key=_period)),
        unscheduled=tuple(card for card in material.cards if not (card.start and card.end)),
    )


def governance_view(material: Material) -> GovernanceView:
    """Return the view of chapter ``governance``."""
    homeless = [card for card in material.cards if card.group is None]
    return GovernanceView(
        contributions=material.contributions("governance"),
        governance=material.strategy.governance,
        groups=tuple(
            GroupWork(
                group=group,
                members=material.listed(group.members),
                cards=tuple(card for card in material.cards if card.group == group),
            )
            for group in material.strategy.steering_groups
        ),
        ungoverned=tuple(card for card in homeless if not card.content.steering_group),
        misgoverned=tuple(card for card in homeless if card.content.steering_group),
        follow_ups=tuple(entry for entry in material.of(AnchoringPlan) if entry.content.follow_up),
    )


def _gain(card: Card, benefit: Benefit, material: Material) -> Gain:
    return Gain(card=card, benefit=benefit, type=material.words(f"benefit_types.{benefit.type.value}"))


def _funded(card: Card, material: Material) -> Funded:
    funding = card.content.funding
    return Funded(card=card, funding=material.words(f"funding.{funding.value}") if funding else "")


def _period(card: Card) -> tuple[tuple[tuple[int, int, int], str], ...]:
    return when_key(card.content.start), when_key(card.content.end)


def _milestones(material: Material) -> tuple[Coming, ...]:
    found = [(item, card) for card in material.cards for item in card.content.milestones]
    ordered = sorted(found, key=lambda pair: when_key(pair[0].when))
    return tuple(
        Coming(
            when=when_label(item.when, material.locale),
            title=item.deliverable,
            owner=card.content.owner or "",
            source=card.entry.point,
            card=card,
        )
        for item, card in ordered
    )
