"""Turn a party's points into notes beside the passages that rest on them."""

from collections.abc import Iterable

from forankring.drafting import Provenance
from forankring.language import Locale
from forankring.ledger import Point
from forankring.publishing.records import Hand, MarginNote

_SHORT = 300


def points_in_margin(
    provenance: Provenance, points: Iterable[Point], by: Hand, locale: Locale
) -> tuple[MarginNote, ...]:
    """Return a note for each passage that rests on some of the points, in the order of the chapters."""
    own = {point.id: point for point in points}
    return tuple(
        MarginNote(words=source.start, text="\n".join(_told(own[name], locale) for name in found), by=by)
        for sources in provenance.values()
        for source in sources
        if (found := [name for name in source.sources if name in own])
    )


def _told(point: Point, locale: Locale) -> str:
    said = " ".join((point.text or point.title).split())
    short = said if len(said) <= _SHORT else f"{said[: _SHORT - 1]}…"
    return locale.label("publishing.own_point", number=point.id, said=locale.quoted(short) if short else "–")
