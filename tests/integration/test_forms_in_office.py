"""Forms filled in with LibreOffice Writer and Calc, as somebody does who has no other: every field comes back right."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from forankring.intake.forms.controls import bookmark_name
from forankring.intake.forms.words import column_label, label
from forankring.intake.readers import READERS
from forankring.intake.records import Desk, Extract, Format
from forankring.language import load_locale
from forankring.ledger import InputKind
from tests.integration.forms_scene import (
    STRATEGY_HERE,
    Answers,
    expected,
    filled_in,
    made,
    one_by_one,
    original_in,
    shown,
)
from tests.integration.test_forms import EXAMPLES
from tests.integration.test_forms_iso import empty
from tests.validation import office, tools

DANISH = load_locale("da")
FILTERS = {
    "docx": "MS Word 2007 XML",
    "odt": "writer8",
    "doc": "MS Word 97",
    "rtf": "Rich Text Format",
    "html": "HTML (StarWriter)",
    "xlsx": "Calc MS Excel 2007 XML",
    "ods": "calc8",
    "xls": "MS Excel 97",
}
SAVED_AS = {"word": ("docx", "odt"), "excel": ("xlsx", "ods")}
SAVED_AGAIN_AS = {"word": ("docx", "doc", "rtf", "html"), "excel": ("xlsx", "xls")}

LONG = "\n".join(f"{n}. Ærlig talt: »æ, ø og å« – {'en lang sætning ' * 12}ender her." for n in range(1, 9))
MANY = [{"number": str(n), "target": "value", "text": f"Bemærkning {n}"} for n in range(1, 8)]
ANSWERS: dict[InputKind, dict[str, Any]] = {
    kind: {"title": "Svaret »1 < 2 & 3«", "party.type": "municipality", "declaration": "ja", **answers}
    for kind, answers in EXAMPLES.items()
}
ANSWERS[InputKind.INITIATIVE] |= {
    "content": LONG,
    "co_parties": [{"party": "KL", "commitment": "confirmed", "date": "30-09-2026"}, {"party": "Danske Regioner"}],
    "start": "1. marts 2027",
    "milestones": [{"when": "1/6 2027", "deliverable": "Prøve"}, {"when": "2. kvartal 2028", "deliverable": "Drift"}],
    "cost": [{"year": "2027", "amount": "1234.5"}],
    "privacy": "=ikke en formel",
}
ANSWERS[InputKind.RESPONSE] |= {"about.version": "v3", "points": [*EXAMPLES[InputKind.RESPONSE]["points"], *MANY]}

ISO_HEADS = ("Line number", "Clause/Subclause", "Type of comment", "Comments", "Proposed change")
ISO_ROWS = (
    ("17", "Organisatorisk forankring", "te", f"Ansvaret er uklart.\n{LONG}", "Skriv »myndigheden«."),
    *((str(n), "value", "ed", f"Kommentar {n}", "Slet.") for n in range(2, 15)),
)


@pytest.fixture(scope="module")
def came_back(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fill in every form, and save forms again that were filled in elsewhere; return the folder of the results."""
    tools.need(tools.FORMS)
    folder = tmp_path_factory.mktemp("office")
    office.fill_in(_jobs(folder), folder)
    return folder


@pytest.mark.parametrize("suffix", ["docx", "odt", "xlsx", "ods"])
@pytest.mark.parametrize("kind", list(InputKind))
def test_a_form_filled_in_with_an_office_program_comes_back_with_every_field_right(
    kind: InputKind, suffix: str, came_back: Path
) -> None:
    found = _read(came_back, kind, suffix)

    assert found.form is not None
    assert found.form.data == expected(kind, ANSWERS[kind])
    assert not found.pieces


@pytest.mark.parametrize("suffix", ["docx", "doc", "rtf", "html", "xlsx", "xls"])
@pytest.mark.parametrize("kind", [InputKind.INITIATIVE, InputKind.RESPONSE])
def test_a_form_that_an_office_program_saved_again_comes_back_with_every_field_right(
    kind: InputKind, suffix: str, came_back: Path
) -> None:
    found = _read(came_back, f"again-{kind}", suffix)

    assert found.form is not None
    assert found.form.data == expected(kind, EXAMPLES[kind])
    assert not found.pieces
    assert {note.code for note in found.notes} == {"form_gaps"}


@pytest.mark.parametrize("suffix", ["docx", "odt", "xlsx", "ods"])
def test_a_commenting_template_filled_in_with_an_office_program_comes_back_row_by_row(
    suffix: str, came_back: Path
) -> None:
    found = _read(came_back, "iso", suffix)

    assert [(row.text, row.proposal) for row in found.rows] == [(row[3], row[4]) for row in ISO_ROWS]
    assert [row.target for row in found.rows] == [row[1] for row in ISO_ROWS]
    assert {row.classes for row in found.rows} == {("professional",), ("linguistic",)}
    assert all(row[0] in [text for _, text in read.details] for row, read in zip(ISO_ROWS, found.rows, strict=True))
    assert not found.pieces


def _jobs(folder: Path) -> Iterator[office.Job]:
    for form, suffixes in SAVED_AS.items():
        for kind, answers in ANSWERS.items():
            yield _job(folder, kind, made(kind, form), suffixes, tuple(_steps(kind, answers, form)))
        for kind in (InputKind.INITIATIVE, InputKind.RESPONSE):
            yield _job(folder, f"again-{kind}", filled_in(kind, form, EXAMPLES[kind]), SAVED_AGAIN_AS[form], ())
        sheet = DANISH.label("forms.iso_title").replace("/", " ") if form == "excel" else ""
        rows = enumerate(ISO_ROWS, 1)
        steps = ((sheet, head, n, text) for n, row in rows for head, text in zip(ISO_HEADS, row, strict=True))
        yield _job(folder, "iso", empty(form), suffixes, tuple(steps))


def _job(
    folder: Path, name: str, data: bytes, suffixes: Sequence[str], steps: tuple[tuple[str, str, int, str], ...]
) -> office.Job:
    form = folder / f"{name}-form.{suffixes[0]}"
    form.write_bytes(data)
    saved = {FILTERS[suffix]: str(folder / f"{name}.{suffix}") for suffix in suffixes}
    return office.Job(form=str(form), steps=steps, saved=saved)


def _steps(kind: InputKind, answers: Answers, form: str) -> Iterator[tuple[str, str, int, str]]:
    for item, value, row in one_by_one(kind, answers):
        n, text = row + 1 if item.column else 0, shown(item, value, DANISH).replace("1234.5", "1234,5")
        if form == "word":
            yield bookmark_name(item.name), "", n, text
        elif item.column:
            yield DANISH.field_label(item.path[0]), column_label(item, DANISH), n, text
        else:
            yield DANISH.label("forms.sheet"), label(item, DANISH), n, text


def _read(folder: Path, name: str, suffix: str) -> Extract:
    original = original_in(folder, (folder / f"{name}.{suffix}").read_bytes())
    return READERS[Format(suffix)].read(original, Desk(strategy=STRATEGY_HERE, locale=DANISH))
