"""A time line is read and drawn from a table of starts and ends: times as people write them, and what is missing."""

import io
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from forankring.language import load_locale
from forankring.publishing.figures.charts import draw
from forankring.publishing.figures.drawable import Flaw, drawable
from forankring.publishing.figures.telling import alternative
from forankring.publishing.figures.timelines import Timeline
from forankring.publishing.figures.times import days_of
from forankring.publishing.manuscript.tables import table

DA, EN = load_locale("da"), load_locale("en")
HEAD = ["Initiativ", "Start", "Slut"]


def timeline(*rows: list[str], head: list[str] = HEAD, locale: str = "da") -> Timeline:
    found = drawable(["timeline"], table(head, rows), load_locale(locale))
    assert isinstance(found, Timeline)
    return found


def said(*rows: list[str], locale: str = "da") -> str:
    return alternative(timeline(*rows, locale=locale), "", load_locale(locale))


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("1. marts 2027", date(2027, 3, 1), date(2027, 3, 1)),
        ("1.\N{NO-BREAK SPACE}Marts 2027", date(2027, 3, 1), date(2027, 3, 1)),
        ("februar 2028", date(2028, 2, 1), date(2028, 2, 29)),
        ("2. kvartal 2027", date(2027, 4, 1), date(2027, 6, 30)),
        ("4. kvt. 2027", date(2027, 10, 1), date(2027, 12, 31)),
        ("K1 2027", date(2027, 1, 1), date(2027, 3, 31)),
        ("2. halvår 2027", date(2027, 7, 1), date(2027, 12, 31)),
        ("2027", date(2027, 1, 1), date(2027, 12, 31)),
        ("31.12.2027", date(2027, 12, 31), date(2027, 12, 31)),
        ("01-03-2027", date(2027, 3, 1), date(2027, 3, 1)),
        ("2027-03-01", date(2027, 3, 1), date(2027, 3, 1)),
        ("2027-03", date(2027, 3, 1), date(2027, 3, 31)),
        ("2027-Q3", date(2027, 7, 1), date(2027, 9, 30)),
    ],
)
def test_a_time_is_read_as_danes_and_their_forms_write_it(words: str, first: date, last: date) -> None:
    found = days_of(words, DA)
    assert found
    assert (found.first, found.last) == (first, last)


@pytest.mark.parametrize("words", ["1 March 2027", "March 1, 2027", "2027-03-01"])
def test_a_date_in_english_is_read_in_english(words: str) -> None:
    found = days_of(words, EN)
    assert found
    assert found.first == date(2027, 3, 1)
    assert days_of("1. marts 2027", EN) is None


@pytest.mark.parametrize(
    "words", ["", "–", "31. februar 2027", "5. kvartal 2027", "999", "snart", "1. marts", "2027-13"]
)
def test_what_is_no_time_is_none(words: str) -> None:
    assert days_of(words, DA) is None


@given(st.dates(date(1500, 1, 1), date(2999, 12, 31)), st.sampled_from([DA, EN]))
def test_every_date_that_the_locale_prints_is_read_back(day: date, locale: Any) -> None:
    found = days_of(locale.date(day), locale)
    assert found
    assert found.first == found.last == day


def test_the_last_two_columns_are_the_times_and_the_first_the_name() -> None:
    rows = (["Fælles sprog", "Eksempelstyrelsen", "2026", "2027"],)
    found = timeline(*rows, head=["Initiativ", "Ansvarlig", "Start", "Slut"])
    assert found.labels == ("Fælles sprog",)
    assert (found.first, found.last) == (date(2026, 1, 1), date(2027, 12, 31))


def test_its_words_say_from_when_to_when() -> None:
    rows = ["Fælles sprog", "1. marts 2027", "4. kvartal 2028"], ["Et år", "2027", "2027"]
    assert said(*rows) == "Tidslinje. Fælles sprog: fra 1. marts 2027 til 4. kvartal 2028. Et år: 2027."


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        ("2027", "⚠ Mangler", "fra 2027; slut mangler"),
        ("–", "2027", "til 2027; start mangler"),
        ("", "⚠ Mangler", "start og slut mangler"),
        ("2028", "2027", "fra 2028 til 2027; slut ligger før start"),
        ("efter høringen", "2027", "til 2027; start: »efter høringen«"),
        ("snart", "", "start: »snart«, slut mangler"),
    ],
)
def test_a_row_that_lacks_a_time_is_not_left_out_and_says_so(start: str, end: str, told: str) -> None:
    assert said(["Hel", "2027", "2027"], ["Halv", start, end]).endswith(f" Halv: {told}.")


def test_a_row_that_lacks_a_time_is_seen_in_the_picture() -> None:
    whole, without = (["Hel", "2026", "2027"], ["Uden", "⚠ Mangler", "⚠ Mangler"])
    one, two = (draw(timeline(*rows)) or b"" for rows in ([whole], [whole, without]))
    assert Image.open(io.BytesIO(two)).height > Image.open(io.BytesIO(one)).height
    assert darkness(two) > darkness(one)


def test_words_for_many_rows_name_the_first_the_last_and_how_many_lack_a_time() -> None:
    rows = [[f"Et initiativ med et temmelig langt navn, nummer {n}", str(2020 + n), ""] for n in range(1, 12)]
    told = said(["Det første", "1. januar 2020", "2040"], *rows)
    assert "Først begynder »Det første« (1. januar 2020)." in told
    assert "Sidst slutter »Det første« (2040). 11 af 12 mangler en brugbar start eller slut." in told
    assert told.endswith("Alle oplysninger står i tabellen til figuren.")


LONG = ["Et initiativ med et navn, der er så langt, at der ikke er plads til alle i ord, slet ikke", "2030", "2031"]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (
            [["A", "2. kvartal 2027", "2028"], ["B", "2. kvartal 2027", "2040"]],
            "Først begynder »A« og »B« (2. kvartal 2027).",
        ),
        ([["A", "2. kvartal 2027", "2028"], ["B", "april 2027", "2040"]], "Først begynder »A« og »B« (1. april 2027)."),
        ([["A", "2027", "2038"], ["B", "2027", "2037"]], "Sidst slutter »A« (2038)."),
        (
            [[letter, "2027", "2040"] for letter in "ABCDE"],
            "Først begynder 5 af 15 (2027). Sidst slutter 5 af 15 (2040).",
        ),
    ],
)
def test_rows_that_begin_or_end_together_are_all_told(rows: list[list[str]], told: str) -> None:
    assert told in said(*rows, *[LONG] * 10).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    "rows",
    [[["A", "snart", "senere"]], [["A", "⚠ Mangler", ""]], [["A", "1", "2"]]],
    ids=("words", "missing", "numbers"),
)
def test_a_table_without_any_time_is_no_time_line(rows: list[list[str]]) -> None:
    assert isinstance(drawable(["timeline"], table(HEAD, rows), DA), Flaw)


def test_a_table_of_two_columns_is_no_time_line() -> None:
    assert isinstance(drawable(["timeline"], table(["Start", "Slut"], [["2026", "2027"]]), DA), Flaw)


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=60)
TIMES = st.one_of(
    st.dates(date(1500, 1, 1), date(2999, 12, 31)).map(DA.date),
    st.integers(1400, 3100).map(str),
    st.sampled_from(["", "–", "⚠ Mangler", "2. kvartal 2027", "1. halvår 2026", "marts 2027", "snart " * 12]),
    WORDS,
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(WORDS, TIMES, TIMES), min_size=1, max_size=8))
def test_any_table_is_drawn_or_refused_and_always_alike(rows: list[tuple[str, str, str]]) -> None:
    found = drawable(["timeline"], table(HEAD, rows), DA)
    if isinstance(found, Timeline):
        assert alternative(found, "", DA)
        assert draw.__wrapped__(found) == draw.__wrapped__(found)


@pytest.mark.parametrize("last", ["31. januar 2026", "2028", "2031", "2050", "2600"])
def test_a_scale_of_any_length_has_room(last: str) -> None:
    data = draw(timeline(["Fra først", "1. januar 2026", last], ["Sidst", last, last]))
    assert data
    picture = Image.open(io.BytesIO(data)).convert("L")
    years = [picture.getpixel((picture.width - 1, y)) for y in range(30)]
    assert min(years) > 100  # no word runs over the edge


def darkness(data: bytes) -> int:
    return sum(Image.open(io.BytesIO(data)).convert("L").histogram()[:128])
