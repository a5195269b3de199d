"""The ISO/IEC commenting template: one remark a row, in Word and Excel, in the template's older and newer editions."""

import io
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from forankring.errors import InputError
from forankring.intake import forms
from forankring.intake.forms.iso import columns_in
from forankring.intake.records import Extract
from forankring.language import load_locale
from forankring.ledger import InputKind
from forankring.ledger.records import PointClass
from forankring.workspace import house_look
from tests.integration.forms_scene import STRATEGY_HERE, read
from tests.integration.intake_scene import gathered, only

NEWER = (
    "MB/NC1", "Line number (e.g. 17)", "Clause/ Subclause (e.g. 3.1)", "Paragraph/ Figure/Table/ (e.g. Table 1)",
    "Type of comment2", "Comments", "Proposed change", "Observations of the secretariat",
)  # fmt: skip
OLDER = (
    "MB1", "Clause No./ Subclause No./ Annex (e.g. 3.1)", "Paragraph/ Figure/Table/ Note (e.g. Table 1)",
    "Type of com-\nment2", "Comment (justification for change) by the MB", "Proposed change by the MB",
    "Secretariat observations on each comment submitted",
)  # fmt: skip
ROW = ("DK", "17", "Organisatorisk forankring", "Tabel 1", "te", "Ansvaret er uklart.", "Skriv »myndigheden«.", "")


def empty(form: str, language: str = "da") -> bytes:
    order = forms.Order(
        kind=InputKind.RESPONSE,
        strategy=STRATEGY_HERE,
        locale=load_locale(language),
        look=house_look(),
        filled={"round": "Første høring", "party.name": "Eksempel Kommune", "about.version": "v3"},
    )
    return forms.ISO_WRITERS[form](order)


def filled(form: str, rows: Sequence[Sequence[str]], language: str = "da") -> bytes:
    """Return our own template with these rows."""
    saved = io.BytesIO()
    if form == "word":
        document = Document(io.BytesIO(empty(form, language)))
        for cells, row in zip(document.tables[0].rows[1:], rows, strict=False):
            for cell, text in zip(cells.cells, row, strict=True):
                cell.text = text
        document.save(saved)
    else:
        book = openpyxl.load_workbook(io.BytesIO(empty(form, language)))
        sheet = book.active
        head = next(cell.row for (cell,) in sheet.iter_rows(max_col=1) if str(cell.value or "").startswith("MB/NC"))
        for n, row in enumerate(rows, head + 1):
            for column, text in enumerate(row, 1):
                sheet.cell(n, column).value = text
        book.save(saved)
    return saved.getvalue()


def word_table(*rows: Sequence[str]) -> bytes:
    document = Document()
    table = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("form", ["word", "excel"])
def test_a_row_comes_back_as_one_remark(form: str, language: str, tmp_path: Path) -> None:
    (row,) = read(tmp_path, filled(form, [ROW], language), form, language).rows

    assert (row.text, row.proposal) == ("Ansvaret er uklart.", "Skriv »myndigheden«.")
    assert (row.target, row.classes) == ("Organisatorisk forankring", ("professional",))
    assert [value for _, value in row.details] == ["DK", "17", "Tabel 1"]
    assert row.cell


@pytest.mark.parametrize("form", ["word", "excel"])
def test_a_template_in_which_nobody_commented_is_named_as_such(form: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, empty(form), form)

    assert [problem.code for problem in caught.value.problems] == ["form_not_filled_in"]


@pytest.mark.parametrize("form", ["word", "excel"])
def test_the_template_has_the_same_bytes_whenever_it_is_made(form: str) -> None:
    assert empty(form) == empty(form)


@pytest.mark.parametrize("heads", [NEWER, OLDER], ids=["newer", "older"])
def test_both_editions_of_the_template_are_known_by_their_heads(heads: tuple[str, ...], tmp_path: Path) -> None:
    numbers = tuple(f"({n})" for n in range(1, len(heads) + 1))
    cells = [*ROW[:1], *ROW[1 if len(heads) == 8 else 2 :]]

    (row,) = read(tmp_path, word_table(numbers, heads, cells), "word").rows

    assert (row.text, row.classes) == ("Ansvaret er uklart.", ("professional",))


def test_another_table_with_a_column_of_comments_is_no_template() -> None:
    assert not columns_in(["Navn", "Kommentar", "Type of comment", "Comments"])


def test_what_the_secretariat_wrote_is_noted_and_not_read(tmp_path: Path) -> None:
    found = read(tmp_path, filled("excel", [(*ROW[:7], "Enig")]), "excel")

    assert [(note.code, note.values) for note in found.notes] == [("iso_secretariat_left_out", {"n": 1})]
    assert "Enig" not in str(found.rows)


@pytest.mark.parametrize(
    ("given", "classes"),
    [("ge", ("general",)), ("te/ed", ("professional", "linguistic")), ("Editorial", ("linguistic",)), ("andet", ())],
)
def test_types_of_comment_become_classes(given: str, classes: tuple[str, ...], tmp_path: Path) -> None:
    (row,) = _read(tmp_path, [*ROW[:4], given, *ROW[5:]]).rows

    assert row.classes == classes
    assert bool([value for _, value in row.details if value == given]) is not bool(classes)


@pytest.mark.parametrize(
    ("clause", "target", "kept"),
    [("5.2", "", True), ("5 Organisatorisk forankring", "Organisatorisk forankring", True), ("value", "value", False)],
)
def test_a_bare_number_of_a_chapter_is_kept_but_leads_nowhere(
    clause: str, target: str, kept: bool, tmp_path: Path
) -> None:
    (row,) = _read(tmp_path, ["DK", "", clause, *ROW[3:]]).rows

    assert row.target == target
    assert (clause in [value for _, value in row.details]) is kept


def test_a_template_in_the_inbox_becomes_points(tmp_path: Path) -> None:
    rows = [ROW, ("DK2", "", "value", "", "ed", "", "Slet et komma.", "")]

    item = only(gathered(tmp_path, {"hoering-1/eksempel-kommune/svar.docx": filled("word", rows)}))

    assert [(point.about.chapter, point.text) for point in item.points] == [
        ("anchoring", "Ansvaret er uklart."),
        ("value", "Slet et komma."),
    ]
    assert item.points[0].classes == (PointClass.PROFESSIONAL,)
    assert item.points[1].title == "DK2"


def _read(folder: Path, row: Sequence[str]) -> Extract:
    return read(folder, word_table(NEWER, row), "word")
