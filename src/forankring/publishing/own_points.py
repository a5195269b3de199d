"""Turn a party's points into notes beside the passages that rest on them."""

from collections.abc import Iterable
from dataclasses import dataclass

from forankring.drafting import Provenance
from forankring.language import Locale
from forankring.ledger import Point
from forankring.publishing.change_list import named
from forankring.publishing.records import Hand, MarginNote

_SHORT = 300


@dataclass(frozen=True, slots=True)
class _Passage:
    chapter: str
    start: str
    points: tuple[str, ...]
    number_of_sources: int


def points_in_margin(
    provenance: Provenance, chapters: Iterable[str], points: Iterable[Point], by: Hand, locale: Locale
) -> tuple[MarginNote, ...]:
    """Return notes in the order of ``chapters``. Each point is quoted once, at the first of the passages that rest on
    fewest others, and only its number stands once in every other chapter: a reader wants to see where a point went, not
    to read it again beside every row and sum."""
    own = {point.id: point for point in points}
    passages = _passages(provenance, chapters, own)
    quoted = _places(passages)
    told = {(passage.chapter, name) for name, passage in quoted.items()}
    notes: list[MarginNote] = []
    for passage in passages:
        lines = [_quoted(own[name], locale) for name in passage.points if quoted[name] is passage]
        others = [name for name in passage.points if (passage.chapter, name) not in told]
        told.update((passage.chapter, name) for name in others)
        if others:
            lines.append(locale.count("publishing.own_points", len(others), numbers=named(others, locale)))
        if lines:
            notes.append(MarginNote(words=passage.start, text="\n".join(lines), by=by))
    return tuple(notes)


def _passages(provenance: Provenance, chapters: Iterable[str], own: Iterable[str]) -> tuple[_Passage, ...]:
    """Return the passages that rest on some of these points, in reading order."""
    known = frozenset(own)
    found = (
        _Passage(key, source.start, tuple(name for name in source.sources if name in known), len(source.sources))
        for key in chapters
        for source in provenance.get(key, ())
    )
    return tuple(passage for passage in found if passage.points)


def _places(passages: Iterable[_Passage]) -> dict[str, _Passage]:
    """Return where each point is quoted."""
    places: dict[str, _Passage] = {}
    for passage in sorted(passages, key=lambda passage: passage.number_of_sources):
        for name in passage.points:
            places.setdefault(name, passage)
    return places


def _quoted(point: Point, locale: Locale) -> str:
    said = " ".join((point.text or point.title).split())
    short = said if len(said) <= _SHORT else f"{said[: _SHORT - 1]}…"
    return locale.label("publishing.own_point", number=point.id, said=locale.quoted(short) if short else "–")
