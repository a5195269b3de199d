"""Gather what every chapter's view is computed from: strategy, catalogue, published entries and initiative cards."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from forankring.drafting.views.cards import Card, make_cards
from forankring.drafting.views.entries import Entry, published_entries
from forankring.language import Locale
from forankring.ledger import Initiative, Ledger
from forankring.workspace import Catalogue, Strategy

C = TypeVar("C")


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What every chapter has: the free-text points that are routed to it, and the years of the strategy before
    (``past``)."""

    contributions: tuple[Entry[Any], ...] = ()
    past: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """Everything a view may look at."""

    strategy: Strategy
    catalogue: Catalogue
    ledger: Ledger
    locale: Locale
    entries: tuple[Entry[Any], ...]
    cards: tuple[Card, ...]

    @property
    def past(self) -> str:
        """The years of the strategy that is taken stock of, or words for it."""
        return self.catalogue.past_years or self.words("past_unknown")

    def of(self, kind: type[C]) -> tuple[Entry[C], ...]:
        """Return the entries with this kind of content."""
        return tuple(entry for entry in self.entries if isinstance(entry.content, kind))

    def contributions(self, chapter: str) -> tuple[Entry[Any], ...]:
        """Return the free-text entries of a chapter."""
        return tuple(entry for entry in self.entries if entry.content is None and entry.home == chapter)

    def words(self, key: str, **values: object) -> str:
        """Return one of the labels of the drafting locale."""
        return self.locale.label(f"drafting.{key}", **values)

    def label(self, section: str, value: str) -> str:
        """Return the label of an enum value; a value that the locale does not know is its own label."""
        key = f"drafting.{section}.{value}"
        return self.locale.label(key) if self.locale.has(key) else value

    def listed(self, items: Iterable[str]) -> str:
        """Return the items as a phrase."""
        return self.locale.listed(list(items))


def gather_material(strategy: Strategy, catalogue: Catalogue, ledger: Ledger, locale: Locale) -> Material:
    """Return the material for one draft."""
    entries = published_entries(strategy, catalogue, ledger, locale)
    initiatives = tuple(entry for entry in entries if isinstance(entry.content, Initiative))
    cards = make_cards(initiatives, strategy, catalogue, locale)
    return Material(strategy=strategy, catalogue=catalogue, ledger=ledger, locale=locale, entries=entries, cards=cards)
