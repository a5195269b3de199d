"""Each locale writes dates, numbers and messages as its readers do, and can tell every problem."""

import ast
import re
import string
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
import yaml

import forankring
from forankring.errors import Problem
from forankring.language import Locale, load_locale, locale_names
from forankring.workspace import Catalogue, Strategy

DANISH, ENGLISH = load_locale("da"), load_locale("en")


def test_dates_are_held_together() -> None:
    assert DANISH.date(date(2024, 1, 1)) == "1.\u00a0januar\u00a02024"
    assert ENGLISH.date(date(2024, 1, 1)) == "1\u00a0January\u00a02024"


def test_times_are_told_by_the_day() -> None:
    moment = datetime(2024, 1, 1, 17, 5)

    assert DANISH.time(moment) == "kl.\u00a017.05"
    assert ENGLISH.time(moment) == "17:05"


@pytest.mark.parametrize(
    ("value", "danish", "english"),
    [
        (7, "7", "7"),
        (110000, "110.000", "110,000"),
        (2325750, "2.325.750", "2,325,750"),
        (Decimal("1000.5"), "1.000,5", "1,000.5"),
        (-1.5, "-1,5", "-1.5"),
    ],
)
def test_numbers_have_the_separators_of_the_language(value: int | float | Decimal, danish: str, english: str) -> None:
    assert (DANISH.number(value), ENGLISH.number(value)) == (danish, english)


def test_per_cent_is_held_to_its_number() -> None:
    assert DANISH.percent(12.5) == "12,5\u00a0%"


def test_quotes_and_lists_follow_the_language() -> None:
    assert (DANISH.quoted("ord"), ENGLISH.quoted("word")) == ("»ord«", "“word”")
    assert [DANISH.listed(["a", "b", "c"][:n]) for n in range(4)] == ["", "a", "a og b", "a, b og c"]


@pytest.mark.parametrize(
    ("n", "expected"), [(0, "0 svar i alt"), (1, "ét svar"), (2, "2 svar i alt"), (1200, "1.200 svar i alt")]
)
def test_counting_knows_one_from_many(n: int, expected: str) -> None:
    words = {**DANISH.words, "test": {"one": "ét svar", "other": "{n} svar {where}"}}

    assert Locale("da", "da-DK", words).count("test", n, where="i alt") == expected


def test_counting_nothing_may_have_its_own_words() -> None:
    assert DANISH.count("drafting.counts.initiatives", 0) == "ingen initiativer"
    assert DANISH.count("drafting.counts.initiatives", 2) == "2 initiativer"


def test_an_unknown_label_is_a_mistake_in_the_engine() -> None:
    with pytest.raises(KeyError):
        DANISH.label("no.such.key")
    with pytest.raises(KeyError):
        DANISH.label("formats")
    assert not DANISH.has("formats")
    assert not DANISH.has("formats.date.deeper")


def test_an_unknown_locale_is_a_mistake_in_the_engine() -> None:
    with pytest.raises(KeyError):
        load_locale("../da")


def test_a_problem_names_file_line_field_and_remedy() -> None:
    what, remedy = DANISH.problem(Problem(code="field_missing", file="strategy.yaml", line=3, field="parties.1.name"))

    assert what == "strategy.yaml, linje 3: Feltet »Parter 2: Navn« mangler."
    assert remedy == "Tilføj feltet (name), og udfyld det."


def test_a_note_about_a_file_within_a_file_names_it() -> None:
    assert DANISH.note("headers_left_out", {}) == "Sidehoved og sidefod er ikke læst med."
    assert DANISH.note("headers_left_out", {"part": "a.docx"}) == "a.docx: Sidehoved og sidefod er ikke læst med."


@pytest.mark.parametrize(("file", "line", "start"), [("", None, ""), ("", 3, "linje 3: "), ("a.md", None, "a.md: ")])
def test_a_place_that_is_not_known_is_left_out(file: str, line: int | None, start: str) -> None:
    assert (
        DANISH.problem(Problem(code="locked", file=file, line=line))[0]
        == f"{start}En anden kørsel arbejder på strategien lige nu."
    )


def test_a_message_with_a_missing_value_is_still_told() -> None:
    assert "…" in DANISH.problem(Problem(code="unreadable", file="a.md"))[0]


def test_braces_in_what_a_user_wrote_are_only_text() -> None:
    told = DANISH.problem(Problem(code="field_choice", field="{x}", values={"given": "{0} {} {a.b}", "allowed": "{"}))

    assert "{x}" in told[0]
    assert "{0} {} {a.b}" in told[0]


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("", ""),
        ("parties", "Parter"),
        ("parties.0", "Parter 1"),
        ("parties.0.aliases.2", "Parter 1: Andre navne 3"),
        ("x-y", "x-y"),
        ("0", "0"),
    ],
)
def test_a_field_path_is_named_as_a_reader_would(path: str, label: str) -> None:
    assert DANISH.field_label(path) == label


def test_every_locale_says_the_same_things_with_the_same_values() -> None:
    danish = dict(_texts(DANISH.words))
    for key in locale_names():
        other = dict(_texts(load_locale(key).words))
        assert sorted(set(danish) ^ set(other)) == []
        assert [path for path, text in other.items() if _slots(text) != _slots(danish[path])] == []


def test_no_text_of_a_locale_is_empty_or_a_yaml_accident() -> None:
    for key in locale_names():
        assert [path for path, text in _texts(load_locale(key).words) if not isinstance(text, str) or not text] == []


@pytest.mark.parametrize("locale", locale_names())
def test_every_problem_raised_in_the_foundation_can_be_told(locale: str) -> None:
    package = Path(forankring.__file__).parent
    codes = {
        code
        for folder in ("workspace", "text", "ledger")
        for file in (package / folder).glob("*.py")
        for code in _codes(file)
    }
    told = load_locale(locale)

    assert {"field_missing", "yaml_syntax", "locked", "disk_full", "field_too_low"} <= codes
    assert [
        code
        for code in sorted(codes)
        if not told.has(f"problems.{code}.what") or not told.has(f"problems.{code}.remedy")
    ] == []


@pytest.mark.parametrize("locale", locale_names())
@pytest.mark.parametrize("kind", [Strategy, Catalogue])
def test_every_key_of_the_workspaces_files_has_a_name(locale: str, kind: type) -> None:
    assert [key for key in sorted(_keys(kind)) if not load_locale(locale).has(f"fields.{key}")] == []


def test_no_locale_file_repeats_a_key() -> None:
    for file in Path(forankring.__file__).parent.glob("language/locales/*/*.yaml"):
        assert _repeated(yaml.compose(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)) == [], file


def _texts(node: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(node, Mapping):
        for key, value in node.items():
            yield from _texts(value, f"{path}.{key}".strip("."))
    elif not isinstance(node, list):
        yield path, node


def _slots(text: Any) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None} - {"field", "key"}


def _codes(file: Path) -> set[str]:
    """Return the string constants that look like codes of problems: given to Problem, or listed beside such codes."""
    source = file.read_text(encoding="utf-8")
    strings = {
        node.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    direct = set(re.findall(r'code="(\w+)"', source))
    return direct | {value for value in strings if re.fullmatch(r"field_[a-z_]+|\w+_(early|twice|unknown)", value)}


def _keys(kind: Any) -> set[str]:
    if not is_dataclass(kind):
        return {key for part in get_args(kind) for key in _keys(part)}
    hints = get_type_hints(kind)
    return {key for field in fields(kind) for key in (field.name, *_keys(hints[field.name]))}


def _repeated(node: Any) -> list[str]:
    if isinstance(node, yaml.SequenceNode):
        return [key for item in node.value for key in _repeated(item)]
    if not isinstance(node, yaml.MappingNode):
        return []
    names = [key.value for key, _ in node.value]
    return [name for name in names if names.count(name) > 1] + [
        key for _, value in node.value for key in _repeated(value)
    ]
