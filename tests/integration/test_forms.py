"""Forms in Word, Excel and YAML: what was filled in comes back field by field, whatever happened to the file."""

import io
import re
import time
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forankring.errors import InputError
from forankring.intake.envelope import read_fields
from forankring.intake.forms.fields import Field, Shape, form_of
from forankring.language import load_locale
from forankring.ledger import Initiative, InputKind
from forankring.text import clean_text
from tests.integration.forms_scene import FORMATS, expected, filled_in, made, read, without_nothing
from tests.integration.intake_scene import codes, gathered, only

KINDS = list(InputKind)
EXAMPLES = {
    InputKind.INITIATIVE: {
        "party.type": "municipality",
        "title": "Beslutningsstøtte i byggesager",
        "publication": "public",
        "declaration": "ja",
        "goals": ["M1", "M2"],
        "themes": ["klima", "værdi"],
        "problem": "Ansøgere venter »længe«.\n\nDet koster tid; også penge.",
        "target_groups": ["husejere, også nye", "sagsbehandlere"],
        "ai.use": "support",
        "benefits": [
            {"type": "time", "beneficiary": "ansøgere", "baseline": "42 dage", "year": "2027"},
            {"type": "climate", "owner": "Eksempel Kommune"},
        ],
        "co_parties": [{"party": "KL", "commitment": "confirmed", "date": "2026-09-30"}],
        "anchoring_level": "2",
        "cost": [{"year": "2027", "amount": "6.5"}],
        "start": "2027-Q1",
        "legislation.change_needed": "nej",
        "legislation.principles": ["1", "4"],
    },
    InputKind.RESPONSE: {
        "stance": "supports_with_remarks",
        "points": [
            {"number": "1", "target": "Organisatorisk forankring", "classes": ["legal", "general"], "text": "Æblegrød"},
            {"target": "value", "text": "To linjer\ni én bemærkning", "proposal": "Slet »og«."},
        ],
    },
    InputKind.GOAL_STATUS: {
        "goal": "G1",
        "assessment": "partly",
        "evidence": [{"title": "Måling", "type": "measurement", "date": "2020-12"}],
    },
    InputKind.TECHNOLOGY_CASE: {"technology": "Robotter", "value_realised": "no"},
    InputKind.ANCHORING_PLAN: {"staff_years": "3,5 årsværk", "capacity": "own", "barriers": ["tid", "penge"]},
    InputKind.EVIDENCE: {"claim": "Gevinster nås.", "relevance": ["M1", "værdi"]},
    InputKind.GOAL_PROPOSAL: {
        "statement": "Ingen opgiver.",
        "indicators": [{"title": "Andel", "baseline_year": "2024"}],
    },
}


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_filled_in_comes_back_field_by_field(kind: InputKind, form: str, language: str, tmp_path: Path) -> None:
    answers = _in_language(EXAMPLES[kind], language)

    found = read(tmp_path, filled_in(kind, form, answers, language), form, language)

    assert found.form is not None
    assert without_nothing(found.form.data) == expected(kind, answers)
    assert not found.pieces
    read_fields(found.form, load_locale(language), origin="form")


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_form_in_which_nothing_was_filled_in_is_named_as_such(kind: InputKind, form: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, made(kind, form), form)

    assert [problem.code for problem in caught.value.problems] == ["form_not_filled_in"]


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_form_has_the_same_bytes_at_another_time(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    now = made(InputKind.INITIATIVE, form)
    made.cache_clear()
    later = time.localtime(2_000_000_000)
    monkeypatch.setattr(time, "localtime", lambda *_: later)

    assert made(InputKind.INITIATIVE, form) == now


@pytest.mark.parametrize("form", ["word", "excel"])
def test_a_form_names_nobody_in_its_properties(form: str) -> None:
    with zipfile.ZipFile(io.BytesIO(made(InputKind.EVIDENCE, form))) as archive:
        core = archive.read("docProps/core.xml").decode()

    assert re.findall(r"<dc:(\w+)>([^<]*)<", core) == [
        ("title", "Viden og data"),
        ("creator", "Sekretariatet"),
        ("language", "da-DK"),
    ]


_RAW = st.text(
    st.sampled_from("æøåÆØÅé \"'»«:;,#-=&<>%\t\n[")
    | st.characters(max_codepoint=0x2FFF, categories=["L", "N", "P", "S"]),
    min_size=1,
    max_size=60,
)
_TEXT = _RAW.map(lambda text: clean_text(text).strip()).filter(
    lambda text: bool(text) and not re.search(r"_x[0-9a-fA-F]{4}_|\[\w", text)
)
_LINE = st.text("abcæøå :»«'\"&<.", min_size=1, max_size=20).map(str.strip).filter(bool)
_REFERENCE = st.from_regex(r"[A-ZÆØÅ]{1,3}[0-9]{1,2}", fullmatch=True)


def _value(item: Field) -> st.SearchStrategy[Any]:
    match item.shape:
        case Shape.GROUP:
            row = st.fixed_dictionaries({}, optional={column.path[-1]: _value(column) for column in item.columns})
            return st.lists(row.filter(bool), min_size=1, max_size=4)
        case Shape.CHOICE:
            return st.sampled_from(item.keys)
        case Shape.CHOICES:
            return st.lists(st.sampled_from(item.keys), min_size=1, unique=True)
        case Shape.YES_NO:
            return st.sampled_from(["ja", "nej"])
        case Shape.NUMBER:
            return st.integers(1990, 2050).map(str)
        case Shape.LINES:
            return st.lists(_LINE, min_size=1, max_size=4)
        case Shape.REFERENCES:
            return st.lists(_REFERENCE, min_size=1, max_size=4)
        case _:
            return _TEXT


def _answers(kind: InputKind) -> st.SearchStrategy[dict[str, Any]]:
    beforehand = ("kind", "round", "party.name", "language")
    fields = [item for item in form_of(kind).fields if item.name not in beforehand]
    main = next(item for item in reversed(fields) if item.name not in ("declaration",))
    return st.fixed_dictionaries(
        {main.name: _value(main)}, optional={item.name: _value(item) for item in fields if item != main}
    )


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_answer_comes_back_as_it_was_written(
    kind: InputKind, form: str, data: st.DataObject, tmp_path: Path
) -> None:
    answers = data.draw(_answers(kind))

    found = read(tmp_path, filled_in(kind, form, answers), form)

    assert found.form is not None
    assert without_nothing(found.form.data) == expected(kind, answers)


def test_what_was_written_beside_the_control_is_the_answer(tmp_path: Path) -> None:
    document = Document(io.BytesIO(made(InputKind.EVIDENCE, "word")))
    cells = {row.cells[0].paragraphs[0].text: row.cells[1] for table in document.tables for row in table.rows}
    cells["Påstand *"].add_paragraph("Skrevet under feltet")
    cells["Kilde *"].paragraphs[0].add_run(" og ved siden af")

    found = _read_word(tmp_path, document)

    assert (found["claim"], found["source"]) == ("Skrevet under feltet", "og ved siden af")


def test_a_form_without_controls_and_bookmarks_is_read_by_its_labels(tmp_path: Path) -> None:
    answers = EXAMPLES[InputKind.INITIATIVE]
    document = Document(io.BytesIO(filled_in(InputKind.INITIATIVE, "word", answers)))
    for mark in list(document.element.body.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))):
        mark.getparent().remove(mark)
    for control in list(document.element.body.iter(qn("w:sdt"))):
        for run in control.find(qn("w:sdtContent")):
            control.addprevious(run)
        control.getparent().remove(control)

    assert _read_word(tmp_path, document) == expected(InputKind.INITIATIVE, answers)


def test_tables_that_were_joined_and_rows_that_were_added_are_read_all_the_same(tmp_path: Path) -> None:
    answers = {"co_parties": [{"party": name} for name in ("A", "B", "C", "D")], "leader_role": "Direktør"}
    document = Document(io.BytesIO(filled_in(InputKind.INITIATIVE, "word", answers)))
    table = next(table for table in document.tables if table.rows[0].cells[0].text == "Part *")
    table.add_row().cells[0].text = "E"
    after = document.tables[[item._tbl for item in document.tables].index(table._tbl) + 1]
    for row in after.rows:
        table._tbl.append(row._tr)
    after._tbl.getparent().remove(after._tbl)

    found = _read_word(tmp_path, document)

    assert [row["party"] for row in found["co_parties"]] == ["A", "B", "C", "D", "E"]
    assert found["leader_role"] == "Direktør"


def test_tracked_changes_are_read_as_accepted(tmp_path: Path) -> None:
    document = Document(io.BytesIO(filled_in(InputKind.EVIDENCE, "word", {"claim": "Gammelt"})))
    run = next(run for run in document.element.body.iter(qn("w:t")) if run.text == "Gammelt").getparent()
    deleted = run.makeelement(qn("w:del"), {qn("w:id"): "900", qn("w:author"): "x"})
    run.addprevious(deleted)
    inserted = run.makeelement(qn("w:ins"), {qn("w:id"): "901", qn("w:author"): "x"})
    deleted.addnext(inserted)
    new = run.makeelement(qn("w:r"), {})
    text = new.makeelement(qn("w:t"), {})
    text.text = "Nyt"
    new.append(text)
    inserted.append(new)
    deleted.append(run)

    assert _read_word(tmp_path, document)["claim"] == "Nyt"


@pytest.mark.parametrize(("ticked", "value"), [((0,), "ja"), ((1,), "nej"), ((0, 1), "ja nej"), ((), None)])
def test_a_question_of_yes_or_no_is_told_by_its_boxes(
    ticked: tuple[int, ...], value: str | None, tmp_path: Path
) -> None:
    document = Document(io.BytesIO(filled_in(InputKind.EVIDENCE, "word", {"claim": "x"})))
    boxes = [text for text in document.element.body.iter(qn("w:t")) if text.text == "\N{BALLOT BOX}"]
    for n in ticked:
        boxes[n].text = "\N{BALLOT BOX WITH X}"

    assert _read_word(tmp_path, document).get("declaration") == value


def test_what_stands_outside_the_fields_becomes_remarks(tmp_path: Path) -> None:
    document = Document(io.BytesIO(made(InputKind.RESPONSE, "word")))
    document.add_paragraph("Vi vil gerne tilføje noget.")
    book = openpyxl.load_workbook(io.BytesIO(made(InputKind.RESPONSE, "excel")))
    book.worksheets[0]["F9"] = "En note i margenen"
    book.create_sheet("Vores ark")["B2"] = "Et helt ark for sig"

    by_word = read(tmp_path, _saved(document), "word")
    by_excel = read(tmp_path, _saved(book), "excel")

    assert [piece.node["t"] for piece in by_word.pieces] == ["Para"]
    assert [piece.cell for piece in by_excel.pieces] == ["Skema!F9", "Vores ark!B2"]
    assert by_word.notes[0].code == by_excel.notes[0].code == "form_text_outside"


def test_a_workbook_without_its_hidden_column_and_row_is_read_by_its_labels(tmp_path: Path) -> None:
    answers = EXAMPLES[InputKind.INITIATIVE]
    book = openpyxl.load_workbook(io.BytesIO(filled_in(InputKind.INITIATIVE, "excel", answers)))
    for sheet in book.worksheets:
        for row in sheet.iter_rows(max_row=1):
            for cell in row:
                cell.value = None
        if sheet == book.worksheets[0]:
            sheet["A1"] = "Initiativforslag"
            sheet.delete_cols(4)

    found = read(tmp_path, _saved(book), "excel")

    assert found.form is not None
    assert without_nothing(found.form.data) == expected(InputKind.INITIATIVE, answers)


def test_an_answer_that_is_also_the_name_of_a_field_is_an_answer(tmp_path: Path) -> None:
    answers = {
        "title": "points.text",
        "milestones": [{"when": "2027", "deliverable": "start"}],
        "benefits": [{"type": "time", "beneficiary": "title", "indicator": "start", "owner": "owner"}],
    }

    found = read(tmp_path, filled_in(InputKind.INITIATIVE, "excel", answers), "excel").form

    assert found is not None
    assert found.data == expected(InputKind.INITIATIVE, answers)


def test_numbers_and_dates_of_excel_are_read_as_they_are_shown(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(made(InputKind.INITIATIVE, "excel")))
    benefits, cost = book["Gevinster"], book["Udgifter"]
    benefits["A5"], benefits["D5"], benefits["E5"], benefits["F5"] = "tid", 0.175, date(2027, 3, 1), 2027
    benefits["D5"].number_format, benefits["E5"].number_format = "0.0%", "dd-mm-yyyy"
    cost["A5"], cost["B5"], cost["A6"], cost["B6"] = 2027, 1.125, 2028, "6,5"

    found = read(tmp_path, _saved(book), "excel").form

    assert found is not None
    assert found.data["benefits"] == [{"type": "time", "baseline": "17,5 %", "target": "2027-03-01", "year": "2027"}]
    assert [row["amount"] for row in found.data["cost"]] == ["1.125", "6.5"]


def test_a_blank_block_of_a_yaml_form_is_no_row_and_moves_no_line(tmp_path: Path) -> None:
    text = "kind: goal_status\nassessment: nået\nevidence:\n  - title:\n    finding:\n  - finding: Uden titel\n"

    found = read(tmp_path, text.encode(), "yaml").form
    assert found is not None
    with pytest.raises(InputError) as caught:
        read_fields(found, load_locale("da"), origin="form")

    assert [(problem.field, problem.line) for problem in caught.value.problems] == [
        ("goal", 1),
        ("evidence.0.title", 6),
    ]


def test_fields_that_should_be_filled_in_are_noted_by_their_labels(tmp_path: Path) -> None:
    answers = {"goal": "G1", "assessment": "unknown", "capacity": "on_behalf"}

    (note,) = read(tmp_path, filled_in(InputKind.GOAL_STATUS, "word", answers), "word").notes

    assert note.code == "form_gaps"
    named = str(note.values["fields"])
    assert "Begrundelse, Hvad er opnået?" in named
    assert "På vegne af" in named
    assert "Dokumentation" not in named  # nothing documents what cannot be judged


@pytest.mark.parametrize(("form", "name"), [("word", "skema.docx"), ("excel", "skema.xlsx"), ("yaml", "skema.yaml")])
def test_a_form_in_the_inbox_becomes_the_submission_that_it_describes(form: str, name: str, tmp_path: Path) -> None:
    answers = {**EXAMPLES[InputKind.INITIATIVE], "contact": "Ane, tlf. 12345678"}
    data = filled_in(InputKind.INITIATIVE, form, answers)

    item = only(gathered(tmp_path, {f"hoering-1/eksempel-kommune/{name}": data}))

    assert codes(item) == []
    assert item.title == "Beslutningsstøtte i byggesager"
    (point,) = item.points
    assert isinstance(point.content, Initiative)
    assert [benefit.year for benefit in point.content.benefits] == [2027, None]
    assert point.content.cost[0].amount == 6.5
    assert {"contact_kept_private", "form_gaps"} <= {note.code for note in item.notes}
    assert "Ane" not in str(item)


def test_a_remark_of_a_workbook_keeps_its_cell(tmp_path: Path) -> None:
    data = filled_in(InputKind.RESPONSE, "excel", EXAMPLES[InputKind.RESPONSE])

    item = only(gathered(tmp_path, {"hoering-1/eksempel-kommune/svar.xlsx": data}))

    assert [point.place.cell for point in item.points] == ["Bemærkninger!A5", "Bemærkninger!A6"]
    assert [point.about.chapter for point in item.points] == ["anchoring", "value"]


def test_a_form_in_the_folder_of_another_round_is_noted(tmp_path: Path) -> None:
    text = "kind: evidence\nround: hoering-0\nclaim: x\n"

    item = only(gathered(tmp_path, {"hoering-1/eksempel-kommune/svar.yaml": text}))

    assert "form_round_differs" in [note.code for note in item.notes]


def test_a_personal_number_in_a_form_is_found_before_anything_else(tmp_path: Path) -> None:
    number = "010190" + "-1234"
    data = filled_in(InputKind.EVIDENCE, "excel", {"claim": f"Sagen om {number}"})

    item = only(gathered(tmp_path, {"hoering-1/eksempel-kommune/svar.xlsx": data}))

    assert codes(item) == ["personal_number"]


def _in_language(answers: dict[str, Any], language: str) -> dict[str, Any]:
    """Return the answers with the words of yes and no that the form has."""
    words = load_locale(language).words["forms"]
    return {name: words[{"ja": "yes", "nej": "no"}[v]] if v in ("ja", "nej") else v for name, v in answers.items()}


def _read_word(folder: Path, document: Any) -> dict[str, Any]:
    found = read(folder, _saved(document), "word").form
    assert found is not None
    data: dict[str, Any] = found.data
    return data


def _saved(document: Any) -> bytes:
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()
