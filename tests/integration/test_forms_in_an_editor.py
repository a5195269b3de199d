"""YAML forms filled in with a text editor, as somebody does who has never seen YAML: every field comes back right."""

from pathlib import Path

import pytest

from forankring.errors import InputError
from forankring.intake.envelope import read_fields
from forankring.language import load_locale
from forankring.ledger import Evidence, Initiative, InputKind, Stance
from forankring.ledger.records import PointClass
from tests.integration.forms_scene import made, read

DANISH = load_locale("da")

ONE = {
    "capacity:": "capacity: egne vegne",
    "contact:": "contact: Digitaliseringskontoret",
    "title:": "title: Ærø, Ølstykke & Århus – »sådan gør vi«",
    "publication:": "publication: må offentliggøres",
    "declaration:": "declaration: Ja",
    "goals:": "goals: M1, M2",
    "themes:": "themes:\n- klima\n- værdi",
    "problem:": "problem: >-\n  Ansøgere venter længe:\n  det koster tid.\n\n  Og penge.",
    "content:": "content: |\n    Første linje\n    Anden linje # med et tegn",
    "target_groups:": 'target_groups:\n  - "husejere, også nye"\n  - sagsbehandlere',
    "  use:": "  use: beslutningsstøtte",
    "  - type:": "  - type: tid",
    "    baseline:": '    baseline: "42 dage: for længe"',
    "    high:": "    high: 12 dage\n  - type: climate\n    owner: 'Eksempel Kommune'\n    year: 2028",
    "  - party:": "  - party: KL",
    "    commitment:": "    commitment: bekræftet",
    "    date:": "    date: 30. september 2026",
    "anchoring_level:": "anchoring_level: 2",
    "    amount:": "    amount: 6,5",
    "  - year:": "  - year: 2027",
    "start:": "start: 2027-Q1",
    "  change_needed:": "  change_needed: nej",
    "  principles:": "  principles: 1, 4",
}


def in_an_editor(text: str, typed: dict[str, str]) -> str:
    """Type after, or in place of, a line with nothing behind its colon; each line must be there."""
    lines = text.split("\n")
    for empty, written in typed.items():
        lines[lines.index(empty)] = written
    return "\n".join(lines)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_form_typed_in_an_editor_comes_back_with_every_field_right(encoding: str, end: str, tmp_path: Path) -> None:
    text = in_an_editor(made(InputKind.INITIATIVE, "yaml").decode(), ONE)

    found = read(tmp_path, text.replace("\n", end).encode(encoding), "yaml")
    assert found.form is not None
    form = read_fields(found.form, DANISH, origin="form")

    assert form.envelope.title == "Ærø, Ølstykke & Århus – »sådan gør vi«"
    assert form.private == {"contact": "Digitaliseringskontoret"}
    content = form.content
    assert isinstance(content, Initiative)
    assert (content.goals, content.themes) == (("M1", "M2"), ("klima", "værdi"))
    assert content.problem == "Ansøgere venter længe: det koster tid.\nOg penge."
    assert content.content == "Første linje\nAnden linje # med et tegn"
    assert content.target_groups == ("husejere, også nye", "sagsbehandlere")
    assert content.ai is not None
    assert content.ai.use == "support"
    assert [(item.type, item.baseline, item.high, item.owner, item.year) for item in content.benefits] == [
        ("time", "42 dage: for længe", "12 dage", None, None),
        ("climate", None, None, "Eksempel Kommune", 2028),
    ]
    assert [(item.party, item.commitment, item.date) for item in content.co_parties] == [
        ("KL", "confirmed", "2026-09-30")
    ]
    assert [(item.year, item.amount) for item in content.cost] == [(2027, 6.5)]
    assert (content.anchoring_level, content.start) == (2, "2027-Q1")
    assert content.legislation is not None
    assert (content.legislation.change_needed, content.legislation.principles) == (False, (1, 4))
    assert "form_cut_off" not in [note.code for note in found.notes]


def test_an_answer_with_remarks_typed_in_an_editor_comes_back_with_every_field_right(tmp_path: Path) -> None:
    typed = {
        "stance:": "stance: støtter med bemærkninger",
        "    target:": "    target: Organisatorisk forankring",
        "    classes:": "    classes: juridisk, generel",
        "    text:": "    text: Uklart.",
        "    proposal:": "    proposal: >-\n      Skriv\n      »skal«.\n"
        "  - number: 2\n    text: |-\n      To linjer\n      her",
    }
    found = read(tmp_path, in_an_editor(made(InputKind.RESPONSE, "yaml").decode(), typed).encode(), "yaml")
    assert found.form is not None
    form = read_fields(found.form, DANISH, origin="form")

    assert form.envelope.stance == Stance.SUPPORTS_WITH_REMARKS
    first, second = form.remarks
    assert (first.target, first.text, first.proposal) == ("Organisatorisk forankring", "Uklart.", "Skriv »skal«.")
    assert first.classes == (PointClass.LEGAL, PointClass.GENERAL)
    assert (second.number, second.text, second.proposal) == ("2", "To linjer\nher", None)


def test_an_answer_that_a_number_sign_cuts_off_is_noted_with_its_line(tmp_path: Path) -> None:
    text = (
        "kind: evidence # art\n"
        "claim: Løsning i sag #12 og sag #13 er god\n"
        "source: '#12 # og 13' # i anførselstegn\n"
        "method: #ukendt\n"
        "licence: |\n  CC #4\n"
        "relevance:\n- M1 # værdi\n"
    )

    (note,) = [note for note in read(tmp_path, text.encode(), "yaml").notes if note.code == "form_cut_off"]

    assert note.values == {"lines": "1, 2, 4, 8"}


@pytest.mark.parametrize("kind", ["[a]", "{a: b}", "ukendt"])
def test_a_form_of_no_known_kind_is_named_as_such(kind: str, tmp_path: Path) -> None:
    found = read(tmp_path, f"kind: {kind}\nclaim: x\n".encode(), "yaml")
    assert found.form is not None
    with pytest.raises(InputError) as caught:
        read_fields(found.form, DANISH, origin="form")

    assert [(problem.field, problem.line) for problem in caught.value.problems] == [("kind", 1)]


def test_a_form_may_name_its_kind_in_words(tmp_path: Path) -> None:
    found = read(tmp_path, b"kind: Viden og data\nclaim: x\nrelevance: M1, M2\n", "yaml")
    assert found.form is not None
    content = read_fields(found.form, DANISH, origin="form").content

    assert isinstance(content, Evidence)
    assert content.relevance == ("M1", "M2")
    assert [note.code for note in found.notes] == ["form_gaps"]
