"""Times are understood however people write them, and a day that no calendar has is a mistake."""

from datetime import date

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from forankring.intake.times import time_of, unplanned, with_times


@pytest.mark.parametrize(
    ("written", "time"),
    [
        ("1. marts 2027", "2027-03-01"),
        ("den 1. Marts 2027.", "2027-03-01"),
        ("01-03-2027", "2027-03-01"),
        ("1/3 2027", "2027-03-01"),
        ("1/3-27", "2027-03-01"),
        ("1/3 – 2027", "2027-03-01"),
        ("March 1, 2027", "2027-03-01"),
        ("1st of March 2027", "2027-03-01"),
        ("marts\N{NO-BREAK SPACE}2027", "2027-03"),
        ("2020-12", "2020-12"),
        ("2. kvartal 2027", "2027-Q2"),
        ("K2 2027", "2027-Q2"),
        ("2027-q2", "2027-Q2"),
        ("2nd quarter of 2027", "2027-Q2"),
        ("2027", "2027"),
        ("2016-20", None),
        ("2027-28", None),
        ("efter aftale", None),
        ("foråret 2027", None),
        ("5. kvartal 2027", None),
        ("", None),
    ],
)
def test_a_time_is_understood_as_people_write_it(written: str, time: str | None) -> None:
    assert time_of(written) == time


@pytest.mark.parametrize("written", ["31-02-2027", "30. februar 2027", "2027-13", "2027-06-31", "0/1 2027"])
def test_a_day_that_no_calendar_has_is_a_mistake(written: str) -> None:
    with pytest.raises(ValueError, match=r"month|day"):
        time_of(written)


@given(st.dates(date(1900, 1, 1), date(2999, 12, 31)), st.sampled_from(["da", "en_GB"]))
def test_every_day_is_understood_in_every_spelling(day: date, locale: str) -> None:
    for pattern in ("d. MMMM y", "d MMM y", "dd.MM.y", "d/M y", "d-M-y", "y-MM-dd", "MMMM d, y"):
        assert time_of(format_date(day, pattern, locale=locale)) == day.isoformat()


@given(st.text(st.sampled_from("0123456789 .-/QqkKtmarskvl²٣"), max_size=14))
def test_what_was_understood_stays_understood(written: str) -> None:
    try:
        time = time_of(written)
    except ValueError:
        return
    assert time is None or time_of(time) == time


def test_only_fields_that_hold_a_time_are_changed() -> None:
    wrong: list[tuple[str | int, ...]] = []
    data = {
        "title": "1. marts 2027",
        "start": "1. marts 2027",
        "milestones": [{"when": "Q2 2027", "deliverable": "1/3 2027"}, {"when": "31-02-2027"}],
        "end": "engang",
    }

    assert with_times(data, wrong) == {
        "title": "1. marts 2027",
        "start": "2027-03-01",
        "milestones": [{"when": "2027-Q2", "deliverable": "1/3 2027"}, {"when": "31-02-2027"}],
        "end": "engang",
    }
    assert wrong == [("milestones", 1, "when")]
    assert list(unplanned(data)) == [("end",)]
