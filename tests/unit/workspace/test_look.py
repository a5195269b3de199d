"""look.yaml becomes a record, every mistake is told with its line, and a look that nobody could read is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forankring.errors import InputError, Problem
from forankring.language import load_locale
from forankring.workspace import (
    Workspace,
    dump_look,
    house_look,
    load_look,
    load_look_snapshot,
    look_names,
    look_text,
    parse_look,
)
from forankring.workspace.look import CONTRAST, contrast

HOUSE = look_text("house")
COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_the_house_ships_a_second_look_that_differs_in_colour_font_and_every_choice() -> None:
    house, forest = (parse_look(look_text(name)) for name in look_names()[::-1])

    assert look_names() == ("forest", "house")
    assert house.colours.accent != forest.colours.accent
    assert house.fonts.pdf != forest.fonts.pdf
    choices = ("cover", "box", "tables", "headings", "titles")
    assert all(getattr(house, choice) != getattr(forest, choice) for choice in choices)


@pytest.mark.parametrize("name", look_names())
def test_a_look_comes_back_from_its_snapshot_as_it_was(name: str) -> None:
    look = parse_look(look_text(name))

    assert load_look_snapshot(dump_look(look)) == look


def test_a_workspace_without_a_look_has_the_houses_and_one_with_has_its_own(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    workspace = Workspace(tmp_path_factory.mktemp("own"))

    assert load_look(workspace) == house_look()
    workspace.look_file.write_text(look_text("forest"), encoding="utf-8")
    assert load_look(workspace) == parse_look(look_text("forest"))


@pytest.mark.parametrize(
    ("old", "new", "code", "field"),
    [
        ('accent: "#0b4a6f"', 'accent: "#7fb2d0"', "look_contrast", "colours.accent"),
        ('accent: "#8cc8ee"', 'accent: "#3a5060"', "look_contrast", "dark.accent"),
        ('accent: "#0b4a6f"', "accent: #0b4a6f", "look_colour_empty", "colours.accent"),
        ('accent: "#0b4a6f"', "accent: blue", "look_colour", "colours.accent"),
        ('ink: "#1a1a1a"', 'paper: "#fffff0"\n  ink: "#1a1a1a"', "look_paper", "colours.paper"),
        ("pdf: Open Sans", "pdf: Comic Sans", "field_choice", "fonts.pdf"),
        ("[Open Sans, Segoe UI", '["Open;} body{", Segoe UI', "look_font", "fonts.web.0"),
        ("body: 10", "body: 8", "field_too_low", "sizes.body"),
        ("body: 10", "body: nan", "field_number", "sizes.body"),
        ("top: 30", "top: 3", "field_too_low", "margins.top"),
        ("cover: open ", "cover: round ", "field_choice", "cover"),
        ("cover: open ", "lid: open ", "field_unknown", "lid"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_a_remedy_in_both_languages(
    old: str, new: str, code: str, field: str
) -> None:
    assert HOUSE.count(old) == 1
    text = HOUSE.replace(old, new)

    problem = next(problem for problem in _refused(text) if problem.code == code)

    assert (problem.file, problem.field) == ("look.yaml", field)
    assert problem.line == text[: text.index(new)].count("\n") + 1
    for locale in ("da", "en"):
        words = load_locale(locale)
        values = {"field": problem.field, **problem.values}
        assert field in words.label(f"problems.{code}.what", **values)
        assert words.label(f"problems.{code}.remedy", **values)


@given(first=COLOURS, second=COLOURS)
def test_contrast_is_the_same_both_ways_and_lies_between_1_and_21(first: str, second: str) -> None:
    assert contrast(first, second) == contrast(second, first)
    assert 1 <= contrast(first, second) <= 21.0001
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@given(accent=COLOURS)
def test_an_accent_is_accepted_exactly_where_it_can_be_read_on_paper_and_tint(accent: str) -> None:
    readable = all(contrast(accent, ground) >= CONTRAST for ground in ("#ffffff", house_look().colours.tint))
    text = HOUSE.replace('accent: "#0b4a6f"', f'accent: "{accent}"')

    if readable:
        assert parse_look(text).colours.accent == accent
    else:
        assert {problem.code for problem in _refused(text)} == {"look_contrast"}


def test_a_ratio_just_below_the_least_is_not_shown_as_enough() -> None:
    problem = _refused(HOUSE.replace('quiet: "#4d4d4d"', 'quiet: "#777777"'))[0]

    assert problem.values == {"ground": "colours.paper", "ratio": 4.47}
    assert "Kontrasten er 4,47 til 1" in load_locale("da").problem(problem)[0]


def test_an_unknown_look_is_answered_with_the_names() -> None:
    with pytest.raises(InputError) as refused:
        look_text("../house")

    assert refused.value.problems[0].values["allowed"] == "forest, house"


def _refused(text: str) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as refused:
        parse_look(text)
    return refused.value.problems
