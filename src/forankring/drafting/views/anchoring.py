"""Turn initiatives and plans into the chapters ``value``, ``anchoring`` and ``leadership``."""

from collections.abc import Iterable
from dataclasses import dataclass

from forankring.drafting.views.cards import Card
from forankring.drafting.views.documents import Document, documents
from forankring.drafting.views.entries import Entry
from forankring.drafting.views.gaps import ANCHORING
from forankring.drafting.views.material import Material, View
from forankring.drafting.views.when import when_label
from forankring.language import sort_key
from forankring.ledger import AnchoringPlan, TechnologyCase
from forankring.workspace import Party
from forankring.workspace.strategy import LeadershipAction


@dataclass(frozen=True, slots=True, kw_only=True)
class Technology:
    """One technology in one initiative, to be held against the three questions."""

    name: str
    card: Card


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A party's experience with a technology."""

    entry: Entry[TechnologyCase]
    realised: str
    documents: tuple[Document, ...]

    @property
    def complete(self) -> bool:
        """Are value, business effect and anchoring all told?"""
        content = self.entry.content
        return bool(content.value_realised and content.business_effect and content.anchored_in)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """An initiative and what it lacks, as a phrase."""

    card: Card
    lacks: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueView(View):
    """Everything chapter ``value`` prints."""

    technologies: tuple[Technology, ...]
    cases: tuple[Case, ...]
    flagged: tuple[Flag, ...]
    with_ai: tuple[Card, ...]
    cards: tuple[Card, ...]
    complete: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelCount:
    """How many initiatives are at a level; ``number`` is empty for »not told«. Without an accountable authority an
    initiative is at level 0, whatever it says."""

    number: str
    title: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AnchoringView(View):
    """Everything the main chapter prints."""

    cards: tuple[Card, ...]
    levels: tuple[LevelCount, ...]
    flagged: tuple[Flag, ...]
    overstated: tuple[Card, ...]
    without_risk: tuple[Card, ...]
    unowned: tuple[Card, ...]
    plans: tuple[Entry[AnchoringPlan], ...]
    without_plan: str
    unasked: tuple[Party, ...]
    unasked_names: str
    confirmed: int
    partners: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """What builds digital leadership, with its time in words."""

    title: str
    owner: str
    when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadershipView(View):
    """Everything chapter ``leadership`` prints."""

    actions: tuple[Action, ...]
    plans: tuple[Entry[AnchoringPlan], ...]
    cards: tuple[Card, ...]
    without_leader: int


def value_view(material: Material) -> ValueView:
    """Return the view of chapter ``value``."""
    order = sort_key(material.locale)
    technologies = (Technology(name=name, card=card) for card in material.cards for name in card.content.technologies)
    return ValueView(
        contributions=material.contributions("value"),
        technologies=tuple(sorted(technologies, key=lambda item: order(item.name))),
        cases=tuple(_case(entry, material) for entry in material.of(TechnologyCase)),
        flagged=tuple(_unanswered(material)),
        with_ai=tuple(card for card in material.cards if card.content.ai),
        cards=material.cards,
        complete=sum(card.answers_all_three for card in material.cards),
    )


def anchoring_view(material: Material) -> AnchoringView:
    """Return the view of chapter ``anchoring``."""
    cards = material.cards
    lacking = _without_plan(material)
    unasked = tuple(party for party in lacking if not party.consulted)
    partners = [partner for card in cards for partner in card.partners]
    return AnchoringView(
        contributions=material.contributions("anchoring"),
        cards=cards,
        levels=_level_counts(material),
        flagged=tuple(_flags(cards, material)),
        overstated=tuple(card for card in cards if (card.content.anchoring_level or 0) > card.supported),
        without_risk=tuple(card for card in cards if not card.content.anchoring_risk),
        unowned=tuple(card for card in cards if not card.content.owner),
        plans=material.of(AnchoringPlan),
        without_plan=material.listed(party.told for party in lacking if party.consulted),
        unasked=unasked,
        unasked_names=material.listed(party.told for party in unasked),
        confirmed=sum(partner.confirmed for partner in partners),
        partners=len(partners),
    )


def leadership_view(material: Material) -> LeadershipView:
    """Return the view of chapter ``leadership``."""
    return LeadershipView(
        contributions=material.contributions("leadership"),
        actions=tuple(_action(item, material) for item in material.strategy.leadership),
        plans=material.of(AnchoringPlan),
        cards=material.cards,
        without_leader=sum(not card.content.leader_role for card in material.cards),
    )


def _action(item: LeadershipAction, material: Material) -> Action:
    when = when_label(item.when, material.locale) if item.when else ""
    return Action(title=item.title, owner=item.owner or "", when=when)


def _case(entry: Entry[TechnologyCase], material: Material) -> Case:
    realised = entry.content.value_realised
    return Case(
        entry=entry,
        realised=material.words(f"realised.{realised.value}") if realised else "",
        documents=documents(entry.content.evidence, material.locale),
    )


def _unanswered(material: Material) -> Iterable[Flag]:
    """Name which of the three questions each initiative leaves open."""
    for card in material.cards:
        answers = {"value": card.has_value, "business": card.has_business, "anchoring": card.has_anchoring}
        open_ones = [material.words(f"questions.{name}") for name, answered in answers.items() if not answered]
        if open_ones:
            yield Flag(card=card, lacks=material.listed(open_ones))


def _flags(cards: Iterable[Card], material: Material) -> Iterable[Flag]:
    for card in cards:
        lacks = [gap.label for gap in card.gaps if gap.key in ANCHORING]
        if lacks:
            yield Flag(card=card, lacks=material.listed(lacks))


def _level_counts(material: Material) -> tuple[LevelCount, ...]:
    given = [card.content.anchoring_level if card.content.owner else 0 for card in material.cards]
    counts = tuple(
        LevelCount(number=str(level), title=material.words(f"levels.l{level}"), count=given.count(level))
        for level in range(5)
    )
    unknown = LevelCount(number="", title=material.words("levels.unknown"), count=given.count(None))
    return (*counts, unknown) if unknown.count else counts


def _without_plan(material: Material) -> tuple[Party, ...]:
    """Return the signing parties that have sent no anchoring plan."""
    sent = {entry.submission.party.key for entry in material.of(AnchoringPlan) if entry.submission.party}
    return tuple(party for party in material.strategy.signatories if party.key not in sent)
