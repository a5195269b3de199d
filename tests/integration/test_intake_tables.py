"""Tables, slides and older Word files through the whole intake: each row a point, and no personal number on its way."""

import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from intake_scene import STRATEGY, codes, gathered, only
from openpyxl.comments import Comment

from forankring.ledger import Route, dump_ledger
from forankring.ledger.records import PointClass

PLACE = "hoering-1/eksempel-kommune/"
HEAD = ["Nr.", "Kapitel", "Bemærkning", "Ændringsforslag", "Type", "Prioritet"]
NUMBER = "010190-1234"


def book(change: Callable[[openpyxl.Workbook], None] = lambda _: None) -> bytes:
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "Ark1"
    for row in (HEAD, ["7", "Fra teknologi til værdi", "For langt.", "Kort det ned.", "sproglig", "høj"]):
        sheet.append(row)
    sheet.append(["8", "Afsnit Q", "Godt.", None, "andet", None])
    change(workbook)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def test_a_row_becomes_a_point_with_its_place_and_its_columns(tmp_path: Path) -> None:
    item = only(gathered(tmp_path, {PLACE + "svar.xlsx": book()}))
    first, second = item.points

    assert (first.title, first.text, first.proposal, first.place.cell) == (
        "7",
        "For langt.",
        "Kort det ned.",
        "Ark1!C2",
    )
    assert (first.about.chapter, first.about.route) == ("value", Route.FORM)
    assert (first.classes, first.details) == ((PointClass.LINGUISTIC,), (("Prioritet", "høj"),))
    assert second.details == (("Mål eller henvisning", "Afsnit Q"), ("Type", "andet"))
    assert [note.code for note in item.notes] == ["target_unknown"]


def test_who_is_named_in_the_table_or_made_the_file_is_the_sender_where_no_folder_says_so(tmp_path: Path) -> None:
    def named(workbook: openpyxl.Workbook) -> None:
        workbook.worksheets[0].insert_rows(1)
        workbook.worksheets[0]["A1"] = "Høringspart: Region Eksempel"

    def made(workbook: openpyxl.Workbook) -> None:
        workbook.properties.creator = "Eksempel Kommune"

    files = {"hoering-1/ukendt/a.xlsx": book(named), "hoering-1/ukendt/b.xlsx": book(made)}
    first, second = gathered(tmp_path, files).ledger.submissions

    assert (first.party and first.party.key, first.party_evidence) == ("region-eksempel", "form")
    assert (second.party and second.party.key, second.party_evidence) == ("eksempel-kommune", "properties")


def in_cell(workbook: openpyxl.Workbook) -> None:
    workbook.worksheets[0]["F9"] = NUMBER


def in_comment(workbook: openpyxl.Workbook) -> None:
    workbook.worksheets[0]["A1"].comment = Comment(NUMBER, "x")


def in_properties(workbook: openpyxl.Workbook) -> None:
    workbook.properties.keywords = NUMBER


def in_hidden_sheet(workbook: openpyxl.Workbook) -> None:
    workbook.create_sheet("Skjult").append([NUMBER])
    workbook["Skjult"].sheet_state = "veryHidden"


def in_sheet_name(workbook: openpyxl.Workbook) -> None:
    workbook.worksheets[0].title = NUMBER


def in_formula(workbook: openpyxl.Workbook) -> None:
    workbook.worksheets[0]["H2"] = f'="{NUMBER}"'


def in_footer(workbook: openpyxl.Workbook) -> None:
    workbook.worksheets[0].oddFooter.center.text = NUMBER


@pytest.mark.parametrize(
    "change", [in_cell, in_comment, in_properties, in_hidden_sheet, in_sheet_name, in_formula, in_footer]
)
def test_a_personal_number_anywhere_in_a_workbook_refuses_it(
    tmp_path: Path, change: Callable[[openpyxl.Workbook], None]
) -> None:
    found = gathered(tmp_path, {PLACE + "svar.xlsx": book(change)})

    assert codes(only(found)) == ["personal_number"]
    assert NUMBER.encode() not in b"".join(dump_ledger(found.ledger).values())


def test_a_mapped_table_is_read_by_the_strategy(tmp_path: Path) -> None:
    mapping = "tables:\n  - columns: {text: Hvad, target: Hvor}\n"
    table = "Kommentar;Hvor;Hvad\nfast;value;Værdien mangler.\n".encode()
    (point,) = only(gathered(tmp_path, {PLACE + "svar.csv": table}, STRATEGY + mapping)).points

    assert (point.text, point.about.chapter, point.details) == ("Værdien mangler.", "value", (("Kommentar", "fast"),))
