"""Turn the ledger into the entries that may be published: each point with the name its party is shown under."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from forankring.language import Locale
from forankring.ledger import (
    AnchoringPlan,
    Content,
    Evidence,
    GoalProposal,
    GoalStatus,
    Initiative,
    Ledger,
    Point,
    Publication,
    Submission,
    TechnologyCase,
    Visibility,
)
from forankring.workspace import Catalogue, PartyType, Strategy
from forankring.workspace.strategy import Chapter

C = TypeVar("C")

_SILENT = frozenset({"cover", "annex_hearing", "annex_versions"})
"""Chapters that print no contributions: what is routed there stands in the list of unplaced points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Generic[C]):
    """One published point. ``party`` is the name it is shown under, ``home`` the chapter that prints it (empty:
    unplaced), ``link`` its place in the hearing annex (empty where the draft has none), ``shown`` its place in the
    chapter, ``printed_in`` that chapter and the others that print a form's answers."""

    point: Point
    submission: Submission
    content: C
    party: str
    party_type: PartyType
    type_label: str
    anonymous: bool
    home: str
    link: str
    shown: str
    printed_in: tuple[Chapter, ...] = ()

    @property
    def named(self) -> str:
        """The name with its type."""
        return self.party if self.anonymous else with_type(self.party, self.type_label)

    @property
    def title(self) -> str:
        """The point's own title, else that of its file, which might name an anonymous sender."""
        return self.point.title or ("" if self.anonymous else self.submission.title)

    @property
    def heading(self) -> str:
        """The sender's own headings above the point, outermost first: a proposal is often made in one."""
        told = {self.point.title.casefold(), self.submission.title.casefold()}
        above = (words for words in self.point.place.heading if words.casefold() not in told)
        return " / ".join(words for words in above if not self.point.text.startswith(words))


def published_entries(
    strategy: Strategy, catalogue: Catalogue, ledger: Ledger, locale: Locale
) -> tuple[Entry[Any], ...]:
    """Return every point that may be shown, in the order of the ledger."""
    return tuple(
        _entry(submission, point, strategy, catalogue, locale)
        for submission in published_submissions(strategy, ledger)
        for point in submission.points
        if point.visibility == Visibility.PUBLIC
    )


def published_submissions(strategy: Strategy, ledger: Ledger) -> tuple[Submission, ...]:
    """Return the current submissions that may be shown: neither withheld nor from an internal party."""
    internal = {party.key for party in strategy.parties if party.internal}
    return tuple(
        item
        for item in ledger.current
        if item.publication != Publication.WITHHELD and (item.party is None or item.party.key not in internal)
    )


def shown_party(submission: Submission, locale: Locale) -> str:
    """Return the name a party is shown under; an anonymous one only tells its type."""
    if submission.party is None:
        return locale.label("drafting.party_unknown")
    if submission.publication == Publication.ANONYMOUS:
        return locale.label("drafting.party_anonymous", type=type_label(type_of(submission), False, locale))
    return submission.party.name


def type_of(submission: Submission) -> PartyType:
    """Return the type of the party that sent it."""
    return submission.party.type if submission.party else PartyType.OTHER


def sender_label(submission: Submission, strategy: Strategy, locale: Locale) -> str:
    """Return what a sender is: ``kommune``; for a signing party the level that it speaks for."""
    signing = {party.key for party in strategy.signatories}
    signs = submission.party is not None and submission.party.key in signing
    return type_label(type_of(submission), signs and submission.publication == Publication.PUBLIC, locale)


def with_type(name: str, label: str) -> str:
    """Return a name with its type in brackets: never a second pair, nor what the name already says (»Borger, …«)."""
    if not label or name.casefold().startswith(f"{label.casefold()},"):
        return name
    return f"{name}, {label}" if name.endswith(")") else f"{name} ({label})"


def type_label(kind: PartyType, signs: bool, locale: Locale) -> str:
    """Return the name of a party's type."""
    if signs and locale.has(f"drafting.levels_of_government.{kind.value}"):
        level = locale.label(f"drafting.levels_of_government.{kind.value}")
        return locale.label("drafting.party_signs", level=level)
    return locale.label(f"drafting.party_types.{kind.value}")


def _entry(
    submission: Submission, point: Point, strategy: Strategy, catalogue: Catalogue, locale: Locale
) -> Entry[Any]:
    home = _home(point, strategy, catalogue)
    return Entry(
        point=point,
        submission=submission,
        content=point.content,
        party=shown_party(submission, locale),
        party_type=type_of(submission),
        type_label=sender_label(submission, strategy, locale),
        anonymous=submission.publication == Publication.ANONYMOUS,
        home=home,
        link=f"hoering-{point.id}" if strategy.chapter("annex_hearing") else "",
        shown=_shown(point, home),
        printed_in=tuple(filter(None, map(strategy.chapter, (home, *_also_in(point.content))))) if home else (),
    )


def _home(point: Point, strategy: Strategy, catalogue: Catalogue) -> str:
    """Return the key of the chapter that prints the point: a form goes where its kind belongs."""
    match point.content:
        case None:
            wanted = "" if point.about.chapter in _SILENT else point.about.chapter
        case GoalStatus():
            wanted = "status"
        case Initiative():
            wanted = "initiatives"
        case TechnologyCase():
            wanted = "value"
        case AnchoringPlan():
            wanted = "anchoring"
        case GoalProposal():
            wanted = "vision"
        case Evidence(relevance=relevance):
            wanted = "status" if any(catalogue.goal_of(ref) for ref in relevance) else "context"
    return wanted if strategy.chapter(wanted) else ""


def _also_in(content: Content | None) -> tuple[str, ...]:
    """Return the chapters beside its home that draw on a form."""
    match content:
        case GoalStatus(lesson=str()):
            return ("lessons",)
        case TechnologyCase(difficulties=str()):
            return ("lessons",)
        case AnchoringPlan():
            return ("leadership",)
        case _:
            return ()


def _shown(point: Point, home: str) -> str:
    """Return the anchor where the chapter shows the point: its own box or quote, else the chapter."""
    if not home:
        return ""
    if isinstance(point.content, Initiative):
        return f"initiativ-{point.id}"
    return home if point.content else f"bidrag-{point.id}"
