"""Turn a point into what its sender reads of it: where it will be dealt with, where it stood, and its words."""

import dataclasses
from collections.abc import Iterator
from enum import Enum
from typing import Any

from forankring.intake.choices import choice_label
from forankring.intake.receipts.records import Fact, ToldPoint
from forankring.language import Locale
from forankring.ledger import Content, InputKind, Place, Point, Visibility
from forankring.workspace import Strategy

_WRITTEN = {"capacity": "staff_years"}
"""What a form calls a field of its content that the envelope has by the same name for something else."""


def told_point(point: Point, strategy: Strategy, locale: Locale) -> ToldPoint:
    """Return the point in words. What the ledger holds covered stays covered."""
    rest = tuple(_rest(point, locale))
    return ToldPoint(
        id=point.id,
        title=point.title,
        facts=tuple(_facts(point, strategy, locale)),
        text="" if point.text in {value for _, value in rest} else point.text,
        rest=rest,
    )


def _facts(point: Point, strategy: Strategy, locale: Locale) -> Iterator[Fact]:
    chapter = strategy.chapter(point.about.chapter)
    unplaced = locale.label("receipts.unplaced")
    yield locale.label("receipts.points.chapter"), chapter.title if chapter else unplaced
    if place := ", ".join(_place(point.place, locale)):
        yield locale.label("receipts.points.place"), place
    if point.kind != InputKind.RESPONSE:
        yield locale.label("receipts.points.kind"), locale.label(f"choices.kind.{point.kind}")
    if point.classes:
        named = [locale.label(f"choices.class.{item}") for item in point.classes]
        yield locale.label("receipts.points.classes"), locale.listed(named)
    for key, value in (
        ("goal", point.about.goal),
        ("initiative", point.about.initiative),
        ("quote", point.about.quote),
    ):
        if value:
            yield locale.label(f"receipts.points.{key}"), locale.quoted(value) if key == "quote" else value
    if point.visibility == Visibility.INTERNAL:
        yield locale.label("receipts.points.visibility"), locale.label("choices.visibility.internal")


def _place(place: Place, locale: Locale) -> Iterator[str]:
    """Yield where the point stood, from the outside inwards."""
    if place.part:
        yield locale.label("receipts.places.part", name=place.part)
    for key in ("page", "paragraph", "line"):
        if number := getattr(place, key):
            yield locale.label(f"receipts.places.{key}", n=number)
    if place.cell:
        yield locale.label("receipts.places.cell", name=place.cell)
    if place.field:
        yield locale.label("receipts.places.field", name=locale.field_label(place.field))
    if place.heading:
        yield locale.label("receipts.places.heading", name=" › ".join(place.heading))


def _rest(point: Point, locale: Locale) -> Iterator[Fact]:
    if point.proposal:
        yield locale.label("fields.proposal"), point.proposal
    if point.content:
        yield from _content(point.content, locale)
    yield from point.details


def _content(content: Content, locale: Locale) -> Iterator[Fact]:
    """Yield the fields of a form that were filled in, each with the name that the form gives it."""
    for path, value in _leaves(content, ()):
        values = value if isinstance(value, tuple) else (value,)
        shown = "; ".join(choice_label(path, _said(item, locale), locale) for item in values)
        yield locale.field_label(".".join(path)), shown


def _leaves(value: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    if dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            if path or field.name != "kind":
                yield from _leaves(getattr(value, field.name), (*path, _WRITTEN.get(field.name, field.name)))
    elif isinstance(value, tuple) and any(map(dataclasses.is_dataclass, value)):
        for place, item in enumerate(value):
            yield from _leaves(item, (*path, str(place)))
    elif value not in (None, "", ()):
        yield path, value


def _said(value: Any, locale: Locale) -> str:
    if isinstance(value, bool):
        return locale.label("forms.yes" if value else "forms.no")
    if isinstance(value, float):
        return locale.exact(value)
    return str(value.value if isinstance(value, Enum) else value)
