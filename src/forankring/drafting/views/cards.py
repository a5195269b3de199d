"""Turn proposed initiatives into cards: references looked up, times and money in words, missing answers named."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from forankring.drafting.views.entries import Entry
from forankring.drafting.views.gaps import Gap, Lacking, find_gaps, lacking, supported_level
from forankring.drafting.views.money import Sum, sums_of, sums_per_year
from forankring.drafting.views.when import when_key, when_label
from forankring.language import Locale, natural_key
from forankring.ledger import Initiative
from forankring.ledger.contents import Commitment, CoParty
from forankring.workspace import Catalogue, Strategy
from forankring.workspace.catalogue import System
from forankring.workspace.strategy import Goal, SteeringGroup


@dataclass(frozen=True, slots=True, kw_only=True)
class Ref:
    """A reference as written, and the text and anchor of what it was found to be (empty anchor: not found)."""

    text: str
    anchor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemRef:
    """A named shared solution; ``system`` is its catalogue entry, if it has one. ``name`` is as the party wrote it."""

    name: str
    system: System | None = None

    @property
    def shown(self) -> str:
        """The name as readers know it: who wrote the catalogue's key meant what the solution is called now. A present
        name that only explains the old one (»Digital Post (ny løsning)«) is the same name."""
        if self.system is None or self.name != self.system.key:
            return self.name
        return self.system.name if self.system.now.startswith(self.system.name) else self.system.now

    @property
    def outdated(self) -> bool:
        """Is it a name that belongs to the past (RQ-31)?"""
        system = self.system
        return system is not None and bool(system.obsolete) and self.shown.strip().casefold() != system.now.casefold()


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """A co-party and what it has said, in words; ``when`` is empty where no date is given."""

    party: str
    commitment: str
    confirmed: bool
    declined: bool
    when: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A milestone with its time in words."""

    when: str
    deliverable: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One proposed initiative, ready to be printed. ``number`` is the editor's number, else the point's."""

    entry: Entry[Initiative]
    number: str
    title: str
    anchor: str
    goals: tuple[Goal, ...]
    unknown_goals: tuple[str, ...]
    systems: tuple[SystemRef, ...]
    depends_on: tuple[Ref, ...]
    group: SteeringGroup | None
    partners: tuple[Partner, ...]
    level: str
    supported: int
    milestones: tuple[Dated, ...]
    start: str
    end: str
    costs: tuple[Sum, ...]
    total: tuple[Sum, ...]
    law: str
    gaps: tuple[Gap, ...]
    lacking: Lacking

    @property
    def content(self) -> Initiative:
        """The fields of the form."""
        return self.entry.content

    @property
    def has_value(self) -> bool:
        """Is there an answer to »what value, for whom«?"""
        return bool(self.content.benefits)

    @property
    def has_business(self) -> bool:
        """Is there an answer to »what work changes«?"""
        return bool(self.content.process_change)

    @property
    def has_anchoring(self) -> bool:
        """Is it said who is accountable, and who takes over?"""
        return bool(self.content.owner and self.content.operations_owner)

    @property
    def answers_all_three(self) -> bool:
        """Are value, business and anchoring all answered?"""
        return self.has_value and self.has_business and self.has_anchoring


def make_cards(
    entries: Iterable[Entry[Initiative]], strategy: Strategy, catalogue: Catalogue, locale: Locale
) -> tuple[Card, ...]:
    """Return a card for each initiative: numbered ones first in natural order, then the rest as they came."""
    ordered = sorted(entries, key=_order)
    return tuple(_card(entry, ordered, strategy, catalogue, locale) for entry in ordered)


def find_system(name: str, catalogue: Catalogue) -> System | None:
    """Return the catalogue entry of a solution, by key or by its name then or now."""
    wanted = name.strip().casefold()
    own = (system for system in catalogue.systems if wanted in (system.key.casefold(), system.name.casefold()))
    renamed = (system for system in catalogue.systems if wanted == system.now.casefold())
    return next(own, None) or next(renamed, None)


def _card(
    entry: Entry[Initiative],
    all_entries: Sequence[Entry[Initiative]],
    strategy: Strategy,
    catalogue: Catalogue,
    locale: Locale,
) -> Card:
    content = entry.content
    known = {goal.id.casefold(): goal for goal in strategy.goals}
    group = _group(content.steering_group, strategy)
    gaps = find_gaps(content, group is not None, locale)
    return Card(
        entry=entry,
        number=content.number or entry.point.id,
        title=entry.title,
        anchor=_anchor(entry),
        goals=tuple(known[ref.casefold()] for ref in content.goals if ref.casefold() in known),
        unknown_goals=tuple(ref for ref in content.goals if ref.casefold() not in known),
        systems=tuple(SystemRef(name=name, system=find_system(name, catalogue)) for name in content.systems),
        depends_on=tuple(_reference(ref, all_entries) for ref in content.depends_on),
        group=group,
        partners=tuple(_partner(item, locale) for item in content.co_parties),
        level=_level(content.anchoring_level, locale),
        supported=supported_level(content, group is not None),
        milestones=tuple(
            Dated(when=when_label(item.when, locale), deliverable=item.deliverable)
            for item in sorted(content.milestones, key=lambda item: when_key(item.when))
        ),
        start=when_label(content.start, locale) if content.start else "",
        end=when_label(content.end, locale) if content.end else "",
        costs=sums_per_year(content.cost, locale),
        total=sums_of(content.cost, locale),
        law=_law(content, locale),
        gaps=gaps,
        lacking=lacking(gaps, locale),
    )


def _anchor(entry: Entry[Initiative]) -> str:
    """Return the box's anchor; empty where the strategy has no chapter of boxes."""
    return entry.shown if entry.home == "initiatives" else ""


def _order(entry: Entry[Initiative]) -> tuple[bool, tuple[tuple[int, int, str], ...]]:
    return not entry.content.number, natural_key(entry.content.number or entry.point.id)


def _group(name: str | None, strategy: Strategy) -> SteeringGroup | None:
    wanted = (name or "").strip().casefold()
    for group in strategy.steering_groups:
        if wanted in (group.id.casefold(), group.title.casefold()):
            return group
    return None


def _reference(text: str, entries: Sequence[Entry[Initiative]]) -> Ref:
    """Find another initiative by point id, number or title."""
    wanted = text.strip().casefold()
    for entry in entries:
        names = (entry.point.id, entry.content.number or "", entry.title)
        if wanted in {name.casefold() for name in names if name}:
            return Ref(text=entry.title, anchor=_anchor(entry))
    return Ref(text=text)


def _partner(item: CoParty, locale: Locale) -> Partner:
    return Partner(
        party=item.party,
        commitment=locale.label(f"drafting.commitment.{item.commitment.value}"),
        confirmed=item.commitment == Commitment.CONFIRMED and bool(item.date),
        declined=item.commitment == Commitment.DECLINED,
        when=when_label(item.date, locale) if item.date else "",
    )


def _level(level: int | None, locale: Locale) -> str:
    return "" if level is None else locale.label(f"drafting.levels.l{level}")


def _law(content: Initiative, locale: Locale) -> str:
    """Return in words whether a law must change; empty where it is not told."""
    if content.legislation is None or content.legislation.change_needed is None:
        return ""
    return locale.label("drafting.law.needed" if content.legislation.change_needed else "drafting.law.not_needed")
