"""Screening: personal numbers are found however they are written, and nothing else is taken for one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forankring.intake import covering
from forankring.intake.covering import Kind, cover_block, cover_contacts, find_contacts, kinds_in
from forankring.intake.screening import COVER, count_numbers, cover_numbers, find_number
from forankring.language import load_locale
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
        "https://eksempel.dk/?q=%30%31%30%31%39%30-1234",
        "&#48;10190-1234",
        "01 01 90 1234",
        "Nummer 010190/1234.",
        "0 1 0 1 9 0 1 2 3 4",
        "0 1 0 1 9 0 - 1 2 3 4",
        "٠١٠١٩٠-١٢٣٤",
        "010190-1234@eksempel.dk",
        "x010190-1234y",
        "| 010190 | 1234 |",
        "310190-\t1234",
        "310190 | -1234",
        "010190-\n1234",
        "010190\n-1234",
        "010190-\n\n1234",
        "010190-12 34",
        "01\u00a001\u00a090-1234",
        "010190 (1234)",
        "CPR 010190:1234",
        "CPR:\n010190 * 1234",
        "0\u200b1\u200b0\u200b1\u200b9\u200b0\u200b-1234",
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
        "j.nr. 120324/1234",
        "IBAN DK50 0040 0440 1162 43",
        "DK5000400440116243",
        "den 24.11.2026 kl. 10.15.30",
        "2026-11-24T10:15:30",
        "110250\t1500",
        "| 121212 | 2024 |",
        "5 4 3 2 1 5 4 3 2 1",
        "01 01 90 12 34 56",
        "10 11 12 1314 1516",
        "978 87 93422 00 1",
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
        ("Telefonnr.: 12345678", "▇▇▇▇▇▇▇▇▇▇▇ ▇▇▇▇▇▇▇▇"),
        ("Mobilnummer 1234 5678", "▇▇▇▇▇▇▇▇▇▇▇ ▇▇▇▇ ▇▇▇▇"),
        ("Tlf. 12.34.56.78 hele ugen", "Tlf. ▇▇▇▇▇▇▇▇▇▇▇ hele ugen"),
        ("telefonen er 12 år", "telefonen er 12 år"),
        ("Vi giver direkte 12.000.000 kr.", "Vi giver direkte 12.000.000 kr."),
        ("Til ane@\u200beksempel.dk", "Til ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇"),
        ("Til ane@eksem\u00adpel.dk", "Til ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇"),
        ("https://eksempel.dk/?a=ane%40eksempel.dk", "https://eksempel.dk/?a=▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇"),
        ("Tlf 12\u200b34 56 78", "▇▇▇ ▇▇▇▇▇ ▇▇ ▇▇"),
    ],
)
def test_mail_addresses_and_telephone_numbers_are_covered_in_place(text: str, shown: str) -> None:
    covered, found = cover_contacts(text)
    assert (covered, found) == (shown, int(shown != text))
    assert len(covered) == len(text)


@pytest.mark.parametrize("text", ["CVR 12345678", "CVR-nr. 12 34 56 78", "412 bygninger i 2027", "17,5 pct. af 9.000"])
def test_other_numbers_are_not_covered(text: str) -> None:
    assert cover_contacts(text) == (text, 0)


def test_contact_data_is_covered_in_blocks_where_formatting_splits_it() -> None:
    bold = {"t": "Strong", "c": [{"t": "Str", "c": "@eksempel.dk"}]}
    block = {"t": "Para", "c": [*inlines("Skriv til ane"), bold, *inlines(" i dag")]}
    covered = cover_block(block)
    assert plain(covered) == "Skriv til " + COVER * 15 + " i dag"


def test_a_link_to_a_mail_address_becomes_its_words() -> None:
    link = {"t": "Link", "c": [["", [], []], inlines("skriv til os"), ["mailto:ane@eksempel.dk", ""]]}
    covered = cover_block({"t": "Para", "c": [link]})
    assert "mailto" not in str(covered)
    assert plain(covered) == "skriv til os"


ADDRESSES = [
    "Eksempelvej 12, 2. tv., 8000 Aarhus C",
    "Eksempelvej 12",
    "Gammel Eksempelgade 3B, st. th., 5000 Odense C",
    "Eksempelvej 12 A\n8000 Aarhus C",
    "Eksempel Allé 7, 2. sal, lejl. 14, 2300 København S",
    "Slotseksemplet 5, 1216 København K",
    "Eksempelvej 12, Lille Landsby, 4683 Rønnede",
    "Postboks 123, 1003 København K",
    "Postboks 123",
    "c/o Ane Eksempel",
    "DK-8000 Aarhus C",
    "8000 Aarhus C",
    "221B Example Street",
    "10 Example Road, London SW1A 2AA",
]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("around", ["{}", "Jeg bor på {}.", "Hilsen\nBo Prøve\n{}\nog mere"])
def test_an_address_is_covered_as_a_whole(address: str, around: str) -> None:
    covered, found = cover_contacts(around.format(address))
    hidden = "".join(letter if letter.isspace() else COVER for letter in address)
    assert hidden in covered or hidden.rstrip(COVER) in covered
    assert found >= 1
    assert not any(word in covered for word in address.replace(",", " ").replace(".", " ").split() if len(word) > 2)


@pytest.mark.parametrize(
    "text",
    [
        "§ 12, 8000 kr.",
        "bilag 4, 2024",
        "Bilag 4, 2024 Aarhus",
        "Rådhuspladsen er et sted",
        "I 2024 vedtog Aarhus Kommune det",
        "lovens § 8, stk. 2",
        "Der er 4000 ansatte i kommunen",
        "Mål 3, 2025",
        "på vej 3 gange om året",
        "Alle 12 kommuner er enige",
        "Digitaliseringsvejen er lang, og 12 år er gået",
        "den 3. marts 2024 København",
        "Initiativ 4, 1200 borgere",
        "Vi har 98 kommuner og 5 regioner",
        "Kapitel 2, Vision",
        "24 hours",
        "In 2012 Government Digital Service",
        "4 Open Standards",
    ],
)
def test_other_lines_are_no_addresses(text: str) -> None:
    assert cover_contacts(text) == (text, 0)


@pytest.mark.parametrize(
    "text",
    [
        "{} @ eksempel.dk",
        "{} @eksempel.dk",
        "{}@ eksempel.dk",
        "{}@eksempel. dk",
        "{}@\neksempel.dk",
        "{}@eksem-\npel.dk",
        "{}\n@eksempel.dk",
        "{}-\nx@eksempel.dk",
        "{}[at]eksempel.dk",
        "{} (at) eksempel (dot) dk",
        "{} snabel-a eksempel punktum dk",
        "{}@eksempel[.]dk",
        "{}%40eksempel.dk",
        "{}&#64;eksempel.dk",
        "{}&#x40;eksempel.dk",
        "{}\uff20eksempel.dk",
        "{}@kommune",
        '"{}"@eksempel.dk',
        "{}@\u200beksempel.dk",
    ],
)
@pytest.mark.parametrize("hidden", ["", "\u200b", "\u00ad"])
def test_a_mail_address_is_covered_however_it_is_written(text: str, hidden: str) -> None:
    covered = cover_contacts(f"Skriv {text.format(hidden.join('annekirstine'))} i dag")[0]
    assert "anne" not in covered.replace(hidden or " ", "")
    assert covered.startswith("Skriv ")
    assert covered.endswith(" i dag")


@pytest.mark.parametrize(
    "text",
    [
        "+45.23.32.10.49",
        "+4523321049",
        "+45\n23 32 10 49",
        "+45 23–32–10–49",
        "23.32.10.49",
        "23–32–10–49",
        "23 - 32 - 10 - 49",
        "23  32  10  49",
        "tlf. 23.32.10.49",
        "tlf.-nr. 2332 1049",
        "Tlf:\n23321049",
        "telefonnummer 23321049",
        "mobilnr. 23321049",
        "mobiltelefon: 23321049",
        "ring til mig på 23321049",
        "kontakt mig på 2332 1049",
        "T 23321049",
        "M: 2332 1049",
        "２３ ３２ １０ ４９",
        "tlf. 2\u200b3\u200b3\u200b2\u200b1\u200b0\u200b4\u200b9",
    ],
)
def test_a_telephone_number_is_covered_however_it_is_written(text: str) -> None:
    covered = cover_contacts(f"Vi svarer: {text}.")[0]
    assert not any(letter.isdigit() for letter in covered)
    assert covered.startswith("Vi svarer: ")


@pytest.mark.parametrize(
    "text",
    [
        "25th @ 10 o'clock",
        "3 stk. @ 100 kr.",
        "mobil 2016-2020",
        "kontakt virksomheden med CVR 12345678",
        "kontakt dem om 12.500.000 kr.",
        "mobildækning for 12 500 000 kr.",
        "ved at borger.dk virker",
        "følg os på @eksempel",
    ],
)
def test_other_words_and_numbers_are_no_contact_data(text: str) -> None:
    assert cover_contacts(text) == (text, 0)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ane(at)eksempel.dk", Kind.EMAIL),
        ("ane@sub.eksempel.dk", Kind.EMAIL),
        ("+46 70 123 45 67", Kind.PHONE),
        ("(+45) 12 34 56 78", Kind.PHONE),
        ("12\N{NO-BREAK SPACE}34\N{NO-BREAK SPACE}56\N{NO-BREAK SPACE}78", Kind.PHONE),
        ("12-34-56-78", Kind.PHONE),
        ("tlf. 1234 5678", Kind.PHONE),
    ],
)
def test_each_kind_is_told_from_the_others(text: str, kind: Kind) -> None:
    assert [item.kind for item in find_contacts(text)] == [kind]


def test_what_is_found_is_counted_by_kind() -> None:
    text = "010190-1234, 020290-1234, ane@eksempel.dk og tlf. 12345678"
    assert kinds_in(text) == [Kind.PERSONAL_NUMBER, Kind.PERSONAL_NUMBER, Kind.EMAIL, Kind.PHONE]
    assert count_numbers(text) == 2


@given(st.integers(0, 10**8 - 1), st.sampled_from(["CVR {}", "CVR-nr. {}", "SE-nr. {}", "{} kr.", "EAN 57980{}"]))
def test_eight_digits_that_are_no_telephone_number_stay(number: int, around: str) -> None:
    text = around.format(f"{number:08}")
    assert find_number(text) is None
    assert cover_contacts(text) == (text, 0)


@given(st.text("01290-/. \t|\n@aævej%;&#", max_size=60))
def test_covering_keeps_the_length_and_covers_once_and_for_all(text: str) -> None:
    covered = cover_numbers(text)
    assert len(covered) == len(text)
    assert find_number(covered) is None


def test_a_long_text_made_to_be_slow_is_looked_through_at_once() -> None:
    for text in ("a" * 300_000 + "@", "1 " * 200_000, "Aa " * 100_000 + "1", "1@" * 100_000):
        assert len(cover_contacts(cover_numbers(text))[0]) == len(text)


_TOWNS = load_locale("da").words["screening"]["towns"]
_GAPS = st.sampled_from([" ", "\xa0", "  "])
_ADDRESSES = st.one_of(
    st.builds("{}{}{}".format, st.sampled_from(["8000", "2100", "DK-8000", "DK 2100"]), _GAPS, st.sampled_from(_TOWNS)),
    st.builds("{}{}{}".format, st.sampled_from(["Postboks", "boks", "BOKS", "PO Box"]), _GAPS, st.integers(1, 99_999)),
    st.builds("{}{}Baker{}Street".format, st.sampled_from(["12", "4a", "221B"]), _GAPS, _GAPS),
    st.sampled_from(["SW1A 2AA", "EC1 4AB", "B1 1AA"]),
)
_AROUND = st.sampled_from(["", " ", ",", "kl. ", "\n", "nr. 3, ", "Vej"])


@settings(max_examples=300, deadline=None)
@given(st.builds("{}{}{}".format, _AROUND, _ADDRESSES, _AROUND))
def test_the_quick_look_passes_over_no_address_that_the_slow_one_finds(text: str) -> None:
    known = covering._known()
    assert known.may_stand_alone(text) or not known.alone.search(text)


@pytest.mark.parametrize("town", _TOWNS)
def test_a_postcode_with_any_known_town_is_an_address(town: str) -> None:
    assert Kind.ADDRESS in kinds_in(f"Send det til 8000 {town}.")
