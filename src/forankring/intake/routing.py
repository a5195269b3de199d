"""Tell which chapter a point is about, and why: by its form, the sender's reference, what it quotes, its headings
or its words."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from forankring.ledger import About, Content, Evidence, GoalStatus, Initiative, InputKind, Route, Sureness
from forankring.sharing import Drafted
from forankring.workspace import Strategy

NEVER_GUESSED = frozenset({"cover", "foreword"})
"""Chapters that only an explicit reference reaches; so are all annexes."""

_BY_KIND = {
    InputKind.GOAL_STATUS: "status",
    InputKind.INITIATIVE: "initiatives",
    InputKind.TECHNOLOGY_CASE: "value",
    InputKind.ANCHORING_PLAN: "anchoring",
    InputKind.EVIDENCE: "context",
    InputKind.GOAL_PROPOSAL: "vision",
}
_PAST_GOAL = re.compile(r"[GF]\d{1,2}")
_INITIATIVE = re.compile(r"\d{1,2}\.\d{1,2}[a-z]?")
_PARTS_OF_TITLE = re.compile(r"[:?.,/]| og | and ")
_SHORTEST = 5
_SHOWN = 80
"""Letters of a quote that say which one it is."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading over a point. ``title`` stands over the whole file; ``opening`` begins a paragraph like a heading."""

    text: str
    rank: Literal["title", "heading", "opening"] = "heading"


@dataclass(frozen=True, slots=True)
class Hit:
    """Words that speak for a chapter; ``weight`` is how many letters of them there are."""

    chapter: str
    weight: int
    matched: str


class Router:
    """A strategy's chapters with the patterns that lead to them."""

    def __init__(self, strategy: Strategy, chapters: Mapping[str, str] | None = None) -> None:
        """``chapters`` is the draft as it was sent out, Markdown by key; nothing before there is one."""
        self.strategy = strategy
        known = {chapter.key for chapter in strategy.chapters}
        self._drafted = Drafted({key: text for key, text in (chapters or {}).items() if key in known})
        self._order = {chapter.key: index for index, chapter in enumerate(strategy.chapters)}
        guessed = [item for item in strategy.chapters if _may_guess(item.key)]
        words = {word: item.key for item in reversed(guessed) for word in item.keywords}
        titles = {part: item.key for item in reversed(guessed) for part in _title_parts(item.title)}
        self._titles = {item.title.casefold(): item.key for item in guessed}
        phrases = {part: key for part, key in titles.items() if " " in part}
        self._words = _Patterns({**phrases, **words})
        self._headings = _Patterns({**titles, **words})

    def by_content(self, kind: InputKind, content: Content) -> About:
        """Return where the content of a form belongs."""
        chapter = _BY_KIND[kind]
        goal = content.goal if isinstance(content, GoalStatus) else ""
        if isinstance(content, Evidence):
            goal = next((ref for ref in content.relevance if _PAST_GOAL.fullmatch(ref)), "")
            chapter = "status" if goal else chapter
        number = (content.number or "") if isinstance(content, Initiative) else ""
        if chapter not in self._order:
            return About(goal=goal, initiative=number)
        return About(chapter=chapter, route=Route.FORM, matched=kind.value, goal=goal, initiative=number)

    def by_target(self, target: str, route: Route = Route.FRONT_MATTER) -> About | None:
        """Return where a sender's own reference leads: a chapter's key or title, a goal or an initiative."""
        wanted = target.strip()
        for chapter in self.strategy.chapters:
            if wanted.casefold() in (chapter.key, chapter.title.casefold()):
                return About(chapter=chapter.key, route=route, matched=wanted)
        if wanted in {goal.id for goal in self.strategy.goals}:
            return About(chapter=self._known("vision"), route=route, matched=wanted, goal=wanted)
        if _PAST_GOAL.fullmatch(wanted):
            return About(chapter=self._known("status"), route=route, matched=wanted, goal=wanted)
        if _INITIATIVE.fullmatch(wanted):
            return About(chapter=self._known("initiatives"), route=route, matched=wanted, initiative=wanted)
        found = self._best(self._headings.hits(wanted))
        return About(chapter=found.chapter, route=route, matched=wanted) if found else None

    def with_quote(self, about: About, text: str) -> About:
        """Return where a point belongs when what it quotes of the draft is known as well; a human's or the sender's own
        word goes before the quote, the quote before headings and words."""
        quotes = self._drafted.quotes(text)
        if not quotes:
            return about
        best = quotes[0]
        if about.sure == Sureness.CERTAIN:
            return replace(about, quote=best.text)
        matched = best.text if len(best.text) <= _SHOWN else f"{best.text[: _SHOWN - 1]}…"
        return replace(about, chapter=best.chapter, route=Route.QUOTE, matched=matched, quote=best.text)

    def by_text(self, headings: tuple[Heading, ...], text: str, *, opens: bool = False) -> About:
        """Return where free text belongs, innermost heading first, then its words, then an opening further up.

        An opening counts as a heading only for the paragraph that it opens (``opens``); over the following ones, their
        own words go first. A whole file's title says too little about one paragraph to place it, unless it is a
        chapter's own: a letter may begin with the chapter that it is about.
        """
        strong = [item for item in reversed(headings) if item.rank == "heading" or (opens and item.rank == "opening")]
        weak = [item for item in reversed(headings) if item.rank == "opening" and not opens]
        for item in strong:
            found = self._best(self._headings.hits(item.text))
            if found:
                return About(chapter=found.chapter, route=Route.HEADING, matched=item.text)
        found = self._best(self._words.hits(text))
        if found:
            return About(chapter=found.chapter, route=Route.WORDS, matched=found.matched)
        for item in weak:
            found = self._best(self._headings.hits(item.text))
            if found:
                return About(chapter=found.chapter, route=Route.HEADING, matched=item.text)
        for item in headings:
            key = self._titles.get(item.text.strip().casefold())
            if key:
                return About(chapter=key, route=Route.HEADING, matched=item.text)
        return About()

    def _known(self, chapter: str) -> str:
        return chapter if chapter in self._order else ""

    def _best(self, hits: Iterator[Hit]) -> Hit | None:
        """Return the chapter that the most letters speak for, in all different matches together."""
        found: dict[str, dict[str, Hit]] = {}
        for hit in hits:
            found.setdefault(hit.chapter, {})[hit.matched.casefold()[: hit.weight]] = hit
        if not found:
            return None

        def weight(chapter: str) -> int:
            return sum(hit.weight for hit in found[chapter].values())

        winner = min(found, key=lambda chapter: (-weight(chapter), self._order[chapter]))
        return max(found[winner].values(), key=lambda hit: hit.weight)


class _Patterns:
    """Phrases as one expression in which the longest phrase wins at each place; each word may go on (stems)."""

    def __init__(self, chapters: dict[str, str]) -> None:
        self._chapters: list[tuple[str, int]] = []
        parts = []
        for phrase in sorted(chapters, key=lambda item: (-len(item), item)):
            words = phrase.split()
            if words:
                self._chapters.append((chapters[phrase], len(phrase)))
                # the empty group at the end tells the phrase; one around it would hide its first letter from the search
                parts.append(r"\w*\s+".join(re.escape(word.lower()) for word in words) + r"\w*()")
        self._expression = re.compile(r"(?<!\w)(?:" + "|".join(parts) + ")") if parts else None

    def hits(self, text: str) -> Iterator[Hit]:
        lowered = text.lower()
        shown = text if len(text) == len(lowered) else lowered
        for found in self._expression.finditer(lowered) if self._expression else ():
            chapter, weight = self._chapters[(found.lastindex or 1) - 1]
            yield Hit(chapter=chapter, weight=weight, matched=shown[found.start() : found.end()])


def _may_guess(key: str) -> bool:
    return key not in NEVER_GUESSED and not key.startswith("annex")


def _title_parts(title: str) -> Iterator[str]:
    """Yield a title and the phrases that it is made of: ``Det nye årti: klima, tillid`` names three things."""
    yield title
    for part in _PARTS_OF_TITLE.split(title):
        if len(part.strip()) >= _SHORTEST:
            yield part.strip()
