"""YAML from outside is text until a record says what it is, and every mistake has a line and a remedy."""

import dataclasses
import re

import pytest

from forankring.errors import InputError, Problem
from forankring.language import load_locale
from forankring.ledger import Content
from forankring.workspace import YesNo, read_yaml, record, validate


@record
class Part:
    """A record inside a record."""

    name: str
    number: int = 0


@record
class Whole:
    """One field of each sort."""

    title: str
    parts: tuple[Part, ...] = ()
    words: tuple[str, ...] = ()
    agreed: YesNo = False
    amount: float | None = None


def test_scalars_stay_as_they_are_written() -> None:
    found = read_yaml("number: 1.10\ncountry: no\nday: 2024-01-01\nyes: on\noctal: 010\nword: 'null'\n", "f").data

    assert found == {
        "number": "1.10",
        "country": "no",
        "day": "2024-01-01",
        "yes": "on",
        "octal": "010",
        "word": "null",
    }


@pytest.mark.parametrize("blank", ["", " ~", " null", " Null"])
def test_a_key_without_a_value_is_nothing(blank: str) -> None:
    assert read_yaml(f"a:{blank}\nb: ''\n", "f").data == {"a": None, "b": ""}


@pytest.mark.parametrize("blank", ["parts:", "words: ~", "agreed:", "amount:"])
def test_a_field_left_blank_counts_as_left_out(blank: str) -> None:
    assert validate(Whole, read_yaml(f"title: a\n{blank}\n", "f")) == Whole(title="a")


def test_a_required_field_left_blank_is_missing_at_its_line() -> None:
    assert _problems("words: [a]\ntitle:\n") == [("field_missing", 2, "title")]


def test_an_unknown_key_left_blank_is_still_unknown() -> None:
    assert _problems("title: a\nnonsense:\n") == [("field_unknown", 2, "nonsense")]


@pytest.mark.parametrize(
    ("word", "expected"), [("ja", True), ("Nej", False), ("yes", True), ("no", False), ("true", True)]
)
def test_yes_and_no_may_be_said_in_danish(word: str, expected: bool) -> None:
    assert validate(Whole, read_yaml(f"title: a\nagreed: {word}\n", "f")).agreed is expected


def test_every_mistake_is_told_at_once_with_its_line() -> None:
    written = (
        "words: ord\nparts:\n- name: a\n  number: to\n- tekst\n- number: 3\n- name: [a]\n"
        "agreed: måske\nother: 1\namount: {a: 1}\n"
    )

    assert _problems(written) == [
        ("field_list", 1, "words"),
        ("field_missing", 1, "title"),
        ("field_number", 4, "parts.0.number"),
        ("field_group", 5, "parts.1"),
        ("field_missing", 6, "parts.2.name"),
        ("field_text", 7, "parts.3.name"),
        ("field_yes_no", 8, "agreed"),
        ("field_unknown", 9, "other"),
        ("field_text", 10, "amount"),
    ]


def test_the_line_counts_from_where_the_yaml_begins_in_the_file() -> None:
    with pytest.raises(InputError) as caught:
        validate(Whole, read_yaml("title: a\nother: 1\n", "f.md", first_line=2))

    assert caught.value.problems[0].line == 3


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("kind: goal_status\nassessment: perhaps\ngoal: G1\n", ("field_choice", 2, "assessment")),
        ("kind: initiative\nanchoring_level: 7\n", ("field_too_high", 2, "anchoring_level")),
        ("kind: initiative\nanchoring_level: -1\n", ("field_too_low", 2, "anchoring_level")),
        ("kind: initiative\nbenefits:\n- type: x\n", ("field_choice", 3, "benefits.0.type")),
        ("kind: initiative\nthemes:\n-\n- b\n", ("field_empty", 3, "themes.0")),
        ("kind: nonsense\n", ("field_choice", 1, "kind")),
        ("goal: G1\n", ("field_missing", 1, "kind")),
        ("kind: evidence\nclaim: a\nevidence: 1\n", ("field_unknown", 3, "evidence")),
        ("- a\n", ("yaml_not_a_mapping", 1, "")),
    ],
)
def test_a_form_of_any_kind_names_its_field_without_the_machinery(written: str, expected: tuple[str, int, str]) -> None:
    assert _problems(written, Content) == [expected]


def test_a_choice_names_what_may_be_chosen() -> None:
    with pytest.raises(InputError) as caught:
        validate(Content, read_yaml("kind: goal_status\nassessment: x\ngoal: G1\n", "f"))

    assert caught.value.problems[0].values["allowed"] == "reached, mostly, partly, not, unknown"


@pytest.mark.parametrize(
    ("written", "code", "line"),
    [
        ("a: [1\nb: 2\n", "yaml_syntax", 2),
        ("a: b: c\n", "yaml_syntax", 1),
        ("a:\n\t- b\n", "yaml_syntax", 2),
        ("a: 'b\n", "yaml_syntax", 2),
        ("a: 1\n---\nb: 2\n", "yaml_syntax", 2),
        ("? [a, b]\n: c\n", "yaml_syntax", 1),
        ("a: \x00b\n", "yaml_syntax", None),
        ("a: &x [1]\nb: *x\n", "yaml_too_complex", 2),
        ("a: &x 1\n<<: *x\n", "yaml_too_complex", 2),
        ("[" * 100_000, "yaml_too_complex", 1),
        ("a: " + "{a: " * 30 + "}" * 30, "yaml_too_complex", 1),
        ("- a\n" * 60_000, "yaml_too_complex", None),
        ("a: 1\nb: 2\na: 3\n", "yaml_duplicate", 3),
    ],
)
def test_broken_or_hostile_yaml_is_refused_with_its_line(written: str, code: str, line: int | None) -> None:
    with pytest.raises(InputError) as caught:
        read_yaml(written, "f")

    problem = caught.value.problems[0]
    assert problem.code == code
    assert line is None or problem.line == line


def test_every_key_that_stands_twice_is_told() -> None:
    with pytest.raises(InputError) as caught:
        read_yaml("a: 1\na: 2\nb:\n  c: 1\n  c: 2\n", "f")

    assert [(problem.line, problem.field) for problem in caught.value.problems] == [(2, "a"), (5, "b.c")]


def test_a_tag_in_the_file_builds_nothing() -> None:
    assert read_yaml("a: !!python/object/apply:os.system ['ls']\n", "f").data == {"a": ["ls"]}


def test_a_record_is_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Part(name="a").name = "b"  # type: ignore[misc]  # that is what is tested


@pytest.mark.parametrize("locale", ["da", "en"])
@pytest.mark.parametrize(
    "written", ["words: ord\n", "title: [a]\nagreed: x\namount: y\nother: 1\n", "title: a\nparts: [a, {}]\n"]
)
def test_every_mistake_can_be_told_without_a_gap(locale: str, written: str) -> None:
    with pytest.raises(InputError) as caught:
        validate(Whole, read_yaml(written, "strategy.yaml"))

    for problem in caught.value.problems:
        for sentence in load_locale(locale).problem(problem):
            assert not re.search(r"[{}…]|»«|“”", sentence)


def _problems(written: str, kind: object = Whole) -> list[tuple[str, int | None, str]]:
    with pytest.raises(InputError) as caught:
        validate(kind, read_yaml(written, "f"))
    return sorted((_told(problem) for problem in caught.value.problems), key=lambda told: (told[1] or 0, told[0]))


def _told(problem: Problem) -> tuple[str, int | None, str]:
    return problem.code, problem.line, problem.field
