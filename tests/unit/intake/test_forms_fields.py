"""The description of each form: nothing of a record is forgotten, and everything has words."""

import dataclasses
from typing import Any, get_args

import pytest

from forankring.intake.envelope import EnvelopeFields
from forankring.intake.forms import words
from forankring.intake.forms.fields import Shape, form_of
from forankring.language import Locale, load_locale, locale_names
from forankring.ledger import Content, InputKind
from forankring.workspace import house_look, parse_strategy
from tests.unit.intake.conftest import STRATEGY

KINDS = list(InputKind)
RECORDS = {dataclasses.fields(record)[0].default: record for record in get_args(get_args(Content)[0])}
BY_THE_EDITOR = {"number"}
ELSEWHERE = {"chapter", "stance", "points", "about"}
"""The short way to name a target, and what only a response says."""


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind in RECORDS])
def test_every_field_of_a_record_is_asked_for_once(kind: InputKind) -> None:
    aliases = {"capacity": "staff_years"} if kind == InputKind.ANCHORING_PLAN else {}
    wanted = [aliases.get(name, name) for name in _names(RECORDS[kind]) if name not in BY_THE_EDITOR | {"kind"}]
    envelope = set(_names(EnvelopeFields))
    tops = list(dict.fromkeys(item.path[0] for item in form_of(kind).fields))

    assert sorted(name for name in tops if name not in envelope) == sorted(wanted)
    assert {name for name in tops if name in envelope} == envelope - ELSEWHERE


def test_every_field_of_a_group_is_asked_for() -> None:
    for kind in KINDS:
        for item in form_of(kind).fields:
            if item.shape == Shape.GROUP:
                assert len({column.name for column in item.columns}) == len(item.columns) > 1


@pytest.mark.parametrize("language", locale_names())
@pytest.mark.parametrize("kind", KINDS)
def test_no_two_fields_of_a_form_have_the_same_label(kind: InputKind, language: str) -> None:
    locale = load_locale(language)
    labels = [words.bare(words.label(item, locale)) for item in form_of(kind).fields]
    heads = [
        {words.bare(words.column_label(column, locale)) for column in item.columns}
        for item in form_of(kind).fields
        if item.columns
    ]

    assert len(set(labels)) == len(labels)
    assert all(len(columns) == len(item.columns) for columns, item in zip(heads, _groups(kind), strict=True))
    assert len({frozenset(columns) for columns in heads}) == len(heads)


@pytest.mark.parametrize("language", locale_names())
@pytest.mark.parametrize("kind", KINDS)
def test_every_field_and_choice_has_its_words(kind: InputKind, language: str) -> None:
    locale = load_locale(language)
    for item in form_of(kind).names.values():
        assert not any(part == name for part, name in zip(_parts(item, locale), item.path, strict=True))
        assert all(words.choice_word(item, key, locale) for key in item.keys)


def test_the_words_of_a_choice_lead_back_to_its_key_in_any_language() -> None:
    for kind in KINDS:
        for item in form_of(kind).names.values():
            for key, language in ((key, language) for key in item.keys for language in locale_names()):
                assert words.key_of(item, words.choice_word(item, key, load_locale(language)).upper()) == key


@pytest.mark.parametrize(
    ("language", "written", "value"),
    [
        ("da", "6,5", "6.5"),
        ("da", "6.5", "6.5"),
        ("da", "1.500,25", "1500.25"),
        ("en", "1,500.25", "1500.25"),
        ("da", "ca. 6", "ca. 6"),
    ],
)
def test_a_number_is_read_as_its_language_writes_it(language: str, written: str, value: str) -> None:
    amount = form_of(InputKind.INITIATIVE).names["cost.amount"]

    assert words.value_of(amount, written, load_locale(language)) == value


def test_what_helps_names_the_goals_that_may_be_referred_to(danish: Locale) -> None:
    strategy = parse_strategy(STRATEGY)
    order = words.Order(kind=InputKind.INITIATIVE, strategy=strategy, locale=danish, look=house_look())

    assert "M1: Et mål." in words.help_text(form_of(InputKind.INITIATIVE).names["goals"], order)


def _groups(kind: InputKind) -> list[Any]:
    return [item for item in form_of(kind).fields if item.columns]


def _parts(item: Any, locale: Locale) -> list[str]:
    return [locale.field_label(".".join(item.path[: n + 1])).rpartition(": ")[2] for n in range(len(item.path))]


def _names(record: Any) -> list[str]:
    return [field.name for field in dataclasses.fields(record)]
