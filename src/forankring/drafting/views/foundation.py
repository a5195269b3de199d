"""Turn systems, law and safeguards into chapter ``foundation``, and all the links between them into ``whole``."""

from dataclasses import dataclass

from forankring.drafting.views.cards import Card, SystemRef
from forankring.drafting.views.context import GoalAim, goal_aims
from forankring.drafting.views.material import Material, View
from forankring.workspace.catalogue import Principle, System


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemUse:
    """A shared solution and the initiatives that build on it."""

    system: System
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedIn:
    """A solution as one initiative names it."""

    ref: SystemRef
    card: Card


@dataclass(frozen=True, slots=True, kw_only=True)
class LawCheck:
    """An initiative's answers on law; ``considered`` are the principles' numbers, ``law`` the answer in words."""

    card: Card
    law: str
    considered: tuple[str, ...]
    not_considered: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundationView(View):
    """Everything chapter ``foundation`` prints."""

    systems: tuple[SystemUse, ...]
    unknown: tuple[NamedIn, ...]
    outdated: tuple[NamedIn, ...]
    principles: tuple[Principle, ...]
    checks: tuple[LawCheck, ...]
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeView(View):
    """Everything chapter ``whole`` prints: the matrix and what stands alone in it."""

    goals: tuple[GoalAim, ...]
    cards: tuple[Card, ...]
    orphan_goals: tuple[GoalAim, ...]
    orphan_cards: tuple[Card, ...]
    dependent: tuple[Card, ...]
    alone: tuple[Card, ...]


def foundation_view(material: Material) -> FoundationView:
    """Return the view of chapter ``foundation``."""
    named = [NamedIn(ref=ref, card=card) for card in material.cards for ref in card.systems]
    return FoundationView(
        contributions=material.contributions("foundation"),
        systems=tuple(_use(system, named) for system in material.catalogue.systems),
        unknown=tuple(item for item in named if item.ref.system is None),
        outdated=tuple(item for item in named if item.ref.outdated),
        principles=tuple(sorted(material.catalogue.principles, key=lambda item: item.number)),
        checks=tuple(_check(card, material) for card in material.cards),
        cards=material.cards,
    )


def whole_view(material: Material) -> WholeView:
    """Return the view of chapter ``whole``."""
    goals = goal_aims(material)
    return WholeView(
        contributions=material.contributions("whole"),
        goals=goals,
        cards=material.cards,
        orphan_goals=tuple(item for item in goals if not item.cards),
        orphan_cards=tuple(card for card in material.cards if not card.goals),
        dependent=tuple(card for card in material.cards if card.depends_on),
        alone=tuple(card for card in material.cards if not (card.depends_on or card.systems or card.partners)),
    )


def _use(system: System, named: list[NamedIn]) -> SystemUse:
    cards = {item.card.entry.point.id: item.card for item in named if item.ref.system is system}
    return SystemUse(system=system, cards=tuple(cards.values()))


def _check(card: Card, material: Material) -> LawCheck:
    law = card.content.legislation
    given = set(law.principles) if law else set()
    numbers = sorted(item.number for item in material.catalogue.principles)
    return LawCheck(
        card=card,
        law=card.law,
        considered=tuple(str(number) for number in numbers if number in given),
        not_considered=tuple(str(number) for number in numbers if number not in given),
    )
