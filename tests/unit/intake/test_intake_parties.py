"""Parties: the folder goes before the form, every answer has its evidence, and a citizen's name stays private."""

from collections.abc import Callable

from forankring.intake.parties import Sender, Stated, find_sender
from forankring.intake.records import Original
from forankring.language import Locale
from forankring.workspace import PartyType, Strategy

Make = Callable[..., Original]


def sender(strategy: Strategy, original: Original, danish: Locale, **stated: object) -> Sender:
    return find_sender(strategy, original, (Stated(**stated),), danish)  # type: ignore[arg-type]  # plain words of a test


def test_a_folder_names_its_party_by_key_name_or_alias(strategy: Strategy, original: Make, danish: Locale) -> None:
    for folder, key in (
        ("kl", "kl"),
        ("Kommunernes Landsforening", "kl"),
        ("AERØ", "aeroe"),
        ("Ærø 2", ""),
        ("Ærø Kommune", "aeroe"),
    ):
        found = sender(strategy, original("x", f"h1/{folder}/a.txt"), danish)
        assert (found.party.key if found.party else "") == key
        assert found.evidence == ("folder" if key else "")


def test_the_folder_goes_before_the_form_and_the_difference_is_told(
    strategy: Strategy, original: Make, danish: Locale
) -> None:
    found = sender(strategy, original("x"), danish, name="Ærø Kommune")
    assert found.party is not None
    assert found.party.key == "kl"
    assert [(note.code, note.values) for note in found.notes] == [
        ("party_differs", {"folder": "KL", "form": "Ærø Kommune"})
    ]
    assert sender(strategy, original("x"), danish, name="Kommunernes landsforening").notes == ()


def test_the_form_names_the_party_where_no_folder_does(strategy: Strategy, original: Make, danish: Locale) -> None:
    found = sender(strategy, original("x", "h1/a.txt"), danish, name="KL", origin="front_matter")
    assert found.party is not None
    assert (found.party.key, found.party.listed, found.evidence) == ("kl", True, "front_matter")


def test_a_body_outside_the_catalogue_is_taken_at_its_word(strategy: Strategy, original: Make, danish: Locale) -> None:
    loose = original("x", "h1/a.txt")
    found = sender(strategy, loose, danish, name="Nyt Forum", type=PartyType.OTHER)
    assert found.party is not None
    assert (found.party.key, found.party.name, found.party.listed) == ("nyt-forum", "Nyt Forum", False)
    assert sender(strategy, loose, danish, name="Nyt Forum").party is None, "a name alone is not enough"


def test_a_citizens_name_is_kept_out_of_the_ledger(strategy: Strategy, original: Make, danish: Locale) -> None:
    found = sender(strategy, original("x", "h1/a.txt"), danish, name="Ane Eksempel", type=PartyType.CITIZEN)
    assert found.party is not None
    assert found.party.name == "Borger"
    assert "Ane" not in str((found.party, found.notes))
    assert found.private == {"name": "Ane Eksempel"}


def test_internal_parties_are_known_as_such(strategy: Strategy, original: Make, danish: Locale) -> None:
    assert sender(strategy, original("x", "h1/dept/a.txt"), danish).internal
