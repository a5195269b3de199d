"""Screening: personal numbers are found however they are written, and nothing else is taken for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forankring.intake.screening import (
    COVER,
    cover_contacts,
    cover_contacts_in,
    cover_numbers,
    find_number,
)
from forankring.text import inlines, plain

numbers = st.builds(
    lambda day, month, year, gap, serial: f"{day:02}{month:02}{year:02}{gap}{serial:04}",
    st.one_of(st.integers(1, 31), st.integers(61, 91)),
    st.integers(1, 12),
    st.integers(0, 99),
    st.sampled_from(["", "-", " ", " - ", "–", "\N{NO-BREAK SPACE}", "\N{NON-BREAKING HYPHEN}", "\n"]),
    st.integers(0, 9999),
)


@pytest.mark.parametrize(
    "text",
    [
        "Mit nummer er 010190-1234.",
        "0101901234",
        "CPR:311299 0001",
        "610190-1234 (erstatningsnummer)",
        "010190 – 1234",
        "01.01.90-1234",
        "010190\u00ad-1234",
        "０１０１９０-１２３４",
        "(010190-1234)",
        "010190-1234²",
        "010190--1234",
        "(010190) -1234",
        "01-01-90-1234",
        "01/01/90-1234",
        "cpr: 0 1 0 1 9 0 - 1 2 3 4",
        "CPR-nr. 01 01 90 1234",
        "personnummer 010190/1234",
        "Personnr.: 01.01.1990-1234",
        "cpr 010190.1234",
        "010190_1234",
        "010190\u02d71234",
        "010190\u034f-1234",
        "https://eksempel.dk/?q=010190%2D1234",
    ],
)
def test_a_personal_number_is_found_however_it_is_written(text: str) -> None:
    assert find_number(text) is not None
    assert find_number(cover_numbers(text)) is None


@pytest.mark.parametrize(
    "text",
    [
        "CVR 12345678",
        "CVR-nr. 29 18 98 46",
        "tlf. 12 34 56 78",
        "+45 12345678",
        "j.nr. 2025-2245",
        "EAN 5798009811578",
        "320190-1234 har ingen dag 32",
        "011390-1234 har ingen måned 13",
        "den 01.01.2024",
        "i 2016-2020 og 2022-2025",
        "12.345.678.901 kr.",
        "sag 24/003318",
        "ISBN 978-87-93422-00-1",
        "ISBN 87-12-10-45-1234",
        "CPR-kontoret, tlf. 12 10 45 67, kl. 8.30-15",
        "CPR-registret 2016-2020 og 2022-2025",
        "den 01.01.2024-2027",
        "den 01/01/2024 - 2027",
        "sag 120324/1234",
    ],
)
def test_other_numbers_are_no_personal_numbers(text: str) -> None:
    assert find_number(text) is None
    assert cover_numbers(text) == text


@given(
    before=st.text(st.characters(exclude_categories=["Nd", "Cs"])),
    number=numbers,
    after=st.sampled_from(["", ".", " kr", "x"]),
)
def test_no_number_survives_being_covered(before: str, number: str, after: str) -> None:
    covered = cover_numbers(f"{before} {number}{after}")
    assert find_number(covered) is None
    assert number not in covered


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Skriv til ane@eksempel.dk i dag", "Skriv til ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇ i dag"),
        ("Ring på tlf. 12345678.", "Ring på ▇▇▇▇ ▇▇▇▇▇▇▇▇."),
        ("Ring 12 34 56 78", "▇▇▇▇ ▇▇ ▇▇ ▇▇ ▇▇"),
        ("+45 12345678", "▇▇▇ ▇▇▇▇▇▇▇▇"),
    ],
)
def test_mail_addresses_and_telephone_numbers_are_covered_in_place(text: str, shown: str) -> None:
    covered, found = cover_contacts(text)
    assert (covered, found) == (shown, 1)
    assert len(covered) == len(text)


@pytest.mark.parametrize("text", ["CVR 12345678", "CVR-nr. 12 34 56 78", "412 bygninger i 2027", "17,5 pct. af 9.000"])
def test_other_numbers_are_not_covered(text: str) -> None:
    assert cover_contacts(text) == (text, 0)


def test_contact_data_is_covered_in_blocks_where_formatting_splits_it() -> None:
    bold = {"t": "Strong", "c": [{"t": "Str", "c": "@eksempel.dk"}]}
    block = {"t": "Para", "c": [*inlines("Skriv til ane"), bold, *inlines(" i dag")]}
    covered, found = cover_contacts_in(block)
    assert found == 1
    assert plain(covered) == "Skriv til " + COVER * 15 + " i dag"


def test_a_link_to_a_mail_address_becomes_its_words() -> None:
    link = {"t": "Link", "c": [["", [], []], inlines("skriv til os"), ["mailto:ane@eksempel.dk", ""]]}
    covered, _ = cover_contacts_in({"t": "Para", "c": [link]})
    assert "mailto" not in str(covered)
    assert plain(covered) == "skriv til os"
