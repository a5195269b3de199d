"""»Tilslutter sig X« is read as it is meant, and a »not« is heard."""

import pytest

from forankring.sharing.endorsing import Known, find_endorsements
from forankring.sharing.records import Said

KNOWN = (
    Known("kl", ("KL", "Kommunernes Landsforening")),
    Known("region-eksempel", ("Region Eksempel",)),
    Known("ef", ("Dansk Eksempelforbund",)),
    Known("own", ("Eksempel Kommune",)),
)


def joined(text: str) -> list[tuple[str, str]]:
    said = Said(point="B001-01", party="own", text=text)
    return [(item.name, item.party) for item in find_endorsements([said], KNOWN)]


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("Eksempel Kommune tilslutter sig KL's høringssvar.", "kl"),
        ("Vi kan fuldt ud tilslutte os bemærkningerne fra Kommunernes Landsforening.", "kl"),
        ("Vi støtter Region Eksempels høringssvar.", "region-eksempel"),
        ("Der henvises til KL’s svar, og vi henviser til svaret fra DE.", "ef"),
        ("Vi kan tiltræde bemærkningerne fra Region Eksempel.", "region-eksempel"),
        ("KL's svar er også vores.", "kl"),
        ("We fully agree with the response from KL.", "kl"),
        ("The council endorses the submission by Region Eksempel.", "region-eksempel"),
    ],
)
def test_joining_is_recognised_and_led_to_the_party(text: str, party: str) -> None:
    assert party in [key for _, key in joined(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Vi tilslutter os ikke KL's høringssvar.",
        "Vi kan ikke tilslutte os bemærkningerne fra KL.",
        "Vi støtter KL's arbejde med velfærdsteknologi.",
        "Vi tilslutter os målet om, at KL får ansvaret.",
        "Eksempel Kommune henviser til Eksempel Kommunes høringssvar.",
        "We do not agree with the response from KL.",
    ],
)
def test_other_words_about_a_party_are_no_joining(text: str) -> None:
    assert joined(text) == []


def test_several_parties_are_joined_one_by_one_and_an_unknown_one_is_named() -> None:
    assert joined("Vi tilslutter os høringssvarene fra KL, Region Eksempel og Foreningen af Prøver.") == [
        ("KL", "kl"),
        ("Region Eksempel", "region-eksempel"),
        ("Foreningen af Prøver", ""),
    ]
