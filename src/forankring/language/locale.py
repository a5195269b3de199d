"""Turn a locale file into labels, messages, dates, numbers and quotes of that language."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

import babel
import yaml
from babel.dates import format_date, format_time
from babel.numbers import format_decimal

from forankring.errors import Problem

NBSP = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Locale:
    """One language's words and forms. ``name`` is the BCP 47 tag of its documents (``da-DK``)."""

    key: str
    name: str
    words: Mapping[str, Any] = field(repr=False, compare=False)

    def label(self, key: str, **values: object) -> str:
        """Return the text at the dotted ``key`` with its placeholders filled; raise KeyError where there is none."""
        return self._text(key).format(**values)

    def has(self, key: str) -> bool:
        """Tell whether there is a text at ``key``."""
        try:
            return isinstance(self._find(key), str)
        except KeyError:
            return False

    def count(self, key: str, n: int, **values: object) -> str:
        """Return the singular or plural text at ``key`` (entries ``one`` and ``other``), with ``{n}`` as a number; for
        nothing at all the entry ``zero``, where there is one (»ingen initiativer«)."""
        if n == 0 and self.has(f"{key}.zero"):
            return self.label(f"{key}.zero", **values)
        form = "one" if babel.Locale(self.key).plural_form(n) == "one" else "other"
        return self.label(f"{key}.{form}", n=self.number(n), **values)

    def date(self, day: date) -> str:
        """Return the date as written in running text: ``1. januar 2024``, held together by no-break spaces."""
        return format_date(day, self._find("formats.date"), locale=self.key).replace(" ", NBSP)

    def time(self, moment: datetime) -> str:
        """Return the time of day with its abbreviation: ``kl. 17.30``."""
        return format_time(moment, self._find("formats.time"), locale=self.key).replace(" ", NBSP)

    def number(self, value: int | float | Decimal) -> str:
        """Return the number with the separators of the language: ``2.325.750``, ``1.000,5``."""
        return str(format_decimal(value, locale=self.key))

    def exact(self, value: float) -> str:
        """Return the number as ``number`` does, with all its decimals and without those that are nought."""
        whole = Decimal(int(value)) if value.is_integer() else Decimal(str(value))
        return str(format_decimal(whole, locale=self.key, decimal_quantization=False))

    def percent(self, value: int | float | Decimal) -> str:
        """Return ``value`` (15 for 15 per cent) with its sign, held together."""
        return f"{self.number(value)}{NBSP}%"

    def quoted(self, text: str) -> str:
        """Return the text in the language's double quotation marks."""
        opening, closing = self._find("formats.quotes")
        return f"{opening}{text}{closing}"

    def listed(self, items: list[str]) -> str:
        """Return the items as a phrase: ``a, b og c``."""
        if len(items) < 2:
            return "".join(items)
        return ", ".join(items[:-1]) + " " + self.label("formats.and") + " " + items[-1]

    def problem(self, problem: Problem) -> tuple[str, str]:
        """Return what is wrong, with its place, and the remedy, as two sentences for the one who can mend it.

        The texts may name ``{field}`` (the visible label), ``{key}`` (the name to write in the file) and the
        problem's own values; one that is not given becomes ``…``, for a gap in a message must never hide it.
        """
        key = problem.field.rpartition(".")[2]
        given = {
            name: self.number(value) if isinstance(value, float) else value for name, value in problem.values.items()
        }
        values = _Given({"key": key} | given | {"field": self.field_label(problem.field)})
        what = self._text(f"problems.{problem.code}.what").format_map(values)
        remedy = self._text(f"problems.{problem.code}.remedy").format_map(values)
        return f"{self._place(problem)}{what}", remedy

    def note(self, code: str, values: Mapping[str, str | int]) -> str:
        """Return a note about a file as a sentence; one about a file within it begins with that file's name."""
        note = self._text(f"notes.{code}").format_map(_Given(values))
        return self.label("notes.about_part", part=values["part"], note=note) if "part" in values else note

    def field_label(self, path: str) -> str:
        """Return the visible name of a field path: ``benefits.0.owner`` becomes ``Gevinster 1: Gevinstejer``.

        A field whose name says something else in its group has its own entry under ``within``.
        """
        words: list[str] = []
        group = ""
        for part in filter(None, path.split(".")):
            if part.isdecimal() and words:
                words[-1] += f" {int(part) + 1}"
            else:
                known = (key for key in (f"within.{group}.{part}", f"fields.{part}") if self.has(key))
                words.append(next((self.label(key) for key in known), part))
                group = part
        return ": ".join(words)

    def _place(self, problem: Problem) -> str:
        line = self.label("formats.line", n=problem.line) if problem.line else ""
        place = ", ".join(part for part in (problem.file, line, problem.where) if part)
        return f"{place}: " if place else ""

    def _text(self, key: str) -> str:
        text = self._find(key)
        if not isinstance(text, str):
            raise KeyError(f"{self.key}: {key}")
        return text

    def _find(self, key: str) -> Any:
        node: Any = self.words
        for part in key.split("."):
            if not isinstance(node, Mapping) or part not in node:
                raise KeyError(f"{self.key}: {key}")
            node = node[part]
        return node


class _Given(dict[str, str | int]):
    """The values of a message; one that is missing is shown as a gap."""

    def __missing__(self, key: str) -> str:
        return "…"


def locale_names() -> tuple[str, ...]:
    """Return the keys of the locales that ship with the engine, sorted."""
    return tuple(sorted(entry.name for entry in _folder().iterdir() if entry.is_dir()))


@functools.cache
def load_locale(key: str) -> Locale:
    """Read one locale by its key (``da``, ``en``); raise KeyError where there is none.

    A locale is a folder of YAML files, one per module that speaks; sections of the same name are joined.
    """
    if key not in locale_names():
        raise KeyError(key)
    words: dict[str, Any] = {}
    for file in sorted(_folder().joinpath(key).iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".yaml"):
            _join(words, yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader), file.name)
    return Locale(key=key, name=words["name"], words=words)


def _folder() -> Traversable:
    return resources.files("forankring.language") / "locales"


def _join(words: dict[str, Any], more: Mapping[str, Any], file: str) -> None:
    """Add a file's sections; the same key in two files is a mistake in the locale."""
    for name, value in more.items():
        if isinstance(value, Mapping):
            _join(words.setdefault(name, {}), value, file)
        elif name in words:
            raise ValueError(f"{file}: {name} stands in another file of this locale too")
        else:
            words[name] = value
