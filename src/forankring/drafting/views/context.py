"""Turn facts, evidence and goals into the chapters ``context`` and ``vision``."""

from dataclasses import dataclass
from typing import Any

from forankring.drafting.views.cards import Card
from forankring.drafting.views.entries import Entry
from forankring.drafting.views.material import Material, View
from forankring.drafting.views.when import when_label
from forankring.ledger import Evidence, GoalProposal
from forankring.workspace.catalogue import ContextFact
from forankring.workspace.strategy import Goal

THEMES = ("climate", "demography", "trust", "technology")
"""The conditions of the decade, in the order of the chapter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A fact with its date in words; empty where the source already tells the year."""

    fact: ContextFact
    date: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """What is known about one theme, and which initiatives say that they contribute to it."""

    key: str
    title: str
    facts: tuple[Known, ...]
    evidence: tuple[Entry[Evidence], ...]
    cards: tuple[Card, ...]

    @property
    def told(self) -> str:
        """The title inside a sentence."""
        return self.title[:1].lower() + self.title[1:]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextView(View):
    """Everything chapter ``context`` prints."""

    themes: tuple[Theme, ...]
    other: tuple[Entry[Evidence], ...]
    untagged: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalAim:
    """A goal of the new strategy with the initiatives that serve it."""

    goal: Goal
    cards: tuple[Card, ...]

    @property
    def measured(self) -> bool:
        """Has at least one indicator a baseline, a target, a year and a source?"""
        return any(item.baseline and item.target and item.target_year and item.source for item in self.goal.indicators)


@dataclass(frozen=True, slots=True, kw_only=True)
class VisionView(View):
    """Everything chapter ``vision`` prints."""

    goals: tuple[GoalAim, ...]
    proposals: tuple[Entry[GoalProposal], ...]


def context_view(material: Material) -> ContextView:
    """Return the view of chapter ``context``."""
    entries = [entry for entry in material.of(Evidence) if entry.home != "status"]
    themes = tuple(_theme(key, entries, material) for key in THEMES)
    shown = {entry.point.id for theme in themes for entry in theme.evidence}
    return ContextView(
        contributions=material.contributions("context"),
        themes=themes,
        other=tuple(entry for entry in entries if entry.point.id not in shown),
        untagged=tuple(card for card in material.cards if not card.content.themes),
    )


def vision_view(material: Material) -> VisionView:
    """Return the view of chapter ``vision``."""
    return VisionView(
        contributions=material.contributions("vision"),
        goals=goal_aims(material),
        proposals=material.of(GoalProposal),
    )


def goal_aims(material: Material) -> tuple[GoalAim, ...]:
    """Return each goal of the new strategy with its initiatives."""
    return tuple(
        GoalAim(goal=goal, cards=tuple(card for card in material.cards if goal in card.goals))
        for goal in material.strategy.goals
    )


def _theme(key: str, entries: list[Entry[Any]], material: Material) -> Theme:
    words = _words_of(key, material)
    return Theme(
        key=key,
        title=material.words(f"themes.{key}"),
        facts=tuple(
            Known(fact=fact, date="" if fact.date[:4] in fact.fact.source else when_label(fact.date, material.locale))
            for fact in material.catalogue.context
            if fact.theme == key
        ),
        evidence=tuple(entry for entry in entries if _touches(entry.content.relevance, words)),
        cards=tuple(card for card in material.cards if _touches(card.content.themes, words)),
    )


def _words_of(key: str, material: Material) -> frozenset[str]:
    """Return the words that name a theme in a form, with its key."""
    listed = material.words(f"theme_words.{key}").split(",")
    return frozenset({key, *(word.strip() for word in listed)})


def _touches(tags: tuple[str, ...], words: frozenset[str]) -> bool:
    return any(tag.strip().casefold() in words for tag in tags)
