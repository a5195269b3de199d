"""Turn look.yaml into the record of how every edition looks: colours, fonts, sizes, margins and a few choices."""

import json
import re
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, TypeAdapter
from pydantic_core import PydanticCustomError

from forankring.errors import InputError, Problem
from forankring.workspace.records import record, validate
from forankring.workspace.source import YamlSource, scan_yaml

CONTRAST = 4.5
"""The least ratio between words and what they stand on (WCAG 2.2, 1.4.3)."""

WHITE = "#ffffff"


def _colour(value: str) -> str:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
        raise PydanticCustomError("look_colour", "not a colour")
    return value.lower()


def _font(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*( [A-Za-z0-9-]+)*", value) or len(value) > 40:
        raise PydanticCustomError("look_font", "not the name of a font")
    return value


Colour = Annotated[str, AfterValidator(_colour)]
FontName = Annotated[str, AfterValidator(_font)]
Points = Annotated[float, Field(ge=9, le=14, allow_inf_nan=False)]
HeadingPoints = Annotated[float, Field(ge=10, le=40, allow_inf_nan=False)]
Millimetres = Annotated[float, Field(ge=15, le=45, allow_inf_nan=False)]


@record
class Colours:
    """The colours of one scheme, ``#rrggbb``; ``paper`` is what everything stands on."""

    paper: Colour = WHITE
    ink: Colour
    quiet: Colour
    accent: Colour
    tint: Colour
    line: Colour
    alert: Colour
    alert_tint: Colour


@record
class Fonts:
    """One family for each kind of file: ``pdf`` ships with the project, ``word`` comes with Word, ``web`` is what a
    browser tries in turn."""

    pdf: Literal["Open Sans", "Libertinus Serif"]
    word: Literal["Aptos", "Arial", "Calibri", "Cambria", "Georgia", "Segoe UI", "Times New Roman", "Verdana"]
    web: Annotated[tuple[FontName, ...], Field(min_length=1, max_length=8)]


@record
class Sizes:
    """Sizes in points; ``word_adds`` is what Word's letters get on top, for fonts that draw small."""

    body: Points
    title: HeadingPoints
    chapter: HeadingPoints
    section: HeadingPoints
    subsection: HeadingPoints
    word_adds: Annotated[float, Field(ge=0, le=2, allow_inf_nan=False)]


@record
class Margins:
    """The empty edges of a page, in millimetres."""

    top: Millimetres
    bottom: Millimetres
    left: Millimetres
    right: Millimetres


@record
class Look:
    """All of look.yaml."""

    name: Annotated[str, Field(min_length=1)]
    colours: Colours
    dark: Colours
    fonts: Fonts
    sizes: Sizes
    margins: Margins
    cover: Literal["open", "band"]
    box: Literal["tinted", "bar"]
    tables: Literal["lines", "striped"]
    headings: Literal["plain", "ruled"]
    titles: Literal["sentence", "capitals"]


_LOOK = TypeAdapter(Look)


def parse_look(text: str, file: str = "look.yaml") -> Look:
    """Turn the text of look.yaml into its record; raise InputError that names every mistake at once, by line.

    A look in which some words could not be read is refused, with the pair of colours and its ratio.
    """
    source, twice = scan_yaml(text, file)
    if not isinstance(source.data, dict):
        raise InputError(Problem(code="yaml_not_a_mapping", file=file, line=1))
    problems = [*twice, *_lost_colours(source)]
    try:
        look: Look = validate(Look, source)
    except InputError as error:
        lost = {problem.field for problem in problems}
        problems += [problem for problem in error.problems if problem.field not in lost]
    else:
        problems += _pale(look, source)
    if problems:
        raise InputError(*sorted(problems, key=lambda problem: problem.line or 0))
    return look


def dump_look(look: Look) -> bytes:
    """Return the look as canonical JSON, the snapshot that lies beside the text of each version."""
    data = _LOOK.dump_python(look, mode="json")
    return (json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def load_look_snapshot(data: bytes) -> Look:
    """Return the look from a snapshot."""
    return _LOOK.validate_json(data)


def contrast(first: str, second: str) -> float:
    """Return the ratio of contrast of two colours, from 1 to 21 (WCAG 2.2, relative luminance)."""
    low, high = sorted((_luminance(first), _luminance(second)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


_PAIRS = (
    ("ink", "paper"),
    ("ink", "tint"),
    ("quiet", "paper"),
    ("quiet", "tint"),
    ("accent", "paper"),
    ("accent", "tint"),
    ("alert", "paper"),
    ("alert", "alert_tint"),
)
"""Words, and what they stand on. On a band it is paper on accent: the same ratio as accent on paper."""


def _pale(look: Look, source: YamlSource) -> Iterator[Problem]:
    """Report each pair of colours in which words could not be read."""
    if look.colours.paper != WHITE:
        yield _at(source, ("colours", "paper"), "look_paper", {"given": look.colours.paper})
    for scheme, colours in (("colours", look.colours), ("dark", look.dark)):
        for words, ground in _PAIRS:
            ratio = contrast(getattr(colours, words), getattr(colours, ground))
            if ratio < CONTRAST:
                shown = int(ratio * 100) / 100  # cut, not rounded: 4.499 is not 4.50
                yield _at(source, (scheme, words), "look_contrast", {"ground": f"{scheme}.{ground}", "ratio": shown})


def _lost_colours(source: YamlSource) -> Iterator[Problem]:
    """Report colours without quotation marks: YAML takes what follows the # for a remark."""
    for scheme in ("colours", "dark"):
        group = source.data.get(scheme)
        for key, value in group.items() if isinstance(group, dict) else ():
            if value is None:
                yield _at(source, (scheme, key), "look_colour_empty", {})


def _at(source: YamlSource, path: tuple[str, ...], code: str, values: dict[str, Any]) -> Problem:
    return Problem(code=code, file=source.file, line=source.line(path), field=".".join(path), values=values)
