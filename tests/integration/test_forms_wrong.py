"""Forms filled in wrongly: every mistake is named by its Danish label, its place and its remedy, and nothing else is
lost."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document
from lxml import etree

from forankring.errors import InputError, Problem
from forankring.intake.envelope import Form, read_fields
from forankring.language import load_locale
from forankring.ledger import Initiative, InputKind
from forankring.text import plain
from tests.integration.forms_scene import expected, filled_in, read, without_nothing
from tests.integration.test_forms import EXAMPLES

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DANISH = load_locale("da")
WRONG: dict[str, Any] = {
    "title": "x",
    "anchoring_level": "7",
    "benefits": [{"beneficiary": "a"}, {"type": "time", "year": "snart"}],
    "co_parties": [{"party": "KL", "date": "31-02-2027"}],
    "funding": "måske",
    "start": "30. februar 2027",
    "milestones": [{"when": "Q2 2027"}],
    "legislation.change_needed": "vist nok",
}
SAID = {
    "anchoring_level": "Feltet »Forankringstrin« har værdien »7«, som er for høj.",
    "benefits.0.type": "Feltet »Gevinster 1: Gevinstens art« mangler.",
    "benefits.1.year": "Feltet »Gevinster 2: År« skal være et tal, men er »snart«.",
    "co_parties.0.date": "Feltet »Medvirkende parter 1: Dato for svar« skal være en dato, men er »31-02-2027«.",
    "funding": "Feltet »Finansiering« har værdien »måske«, som ikke er blandt de mulige.",
    "start": "Feltet »Start« skal være en dato, men er »30. februar 2027«.",
    "milestones.0.deliverable": "Feltet »Milepæle 1: Leverance« mangler.",
    "legislation.change_needed": "Feltet »Lovgivning: Kræver lovændring?« skal være ja eller nej, men er »vist nok«.",
}
IN_WORD = {
    "anchoring_level": "feltet under overskriften »Organisatorisk forankring«",
    "benefits.0.type": "række 1 i tabellen under overskriften »Gevinster«",
    "benefits.1.year": "række 2 i tabellen under overskriften »Gevinster«",
    "co_parties.0.date": "række 1 i tabellen under overskriften »Medvirkende parter«",
    "funding": "feltet under overskriften »Økonomi«",
    "start": "feltet under overskriften »Tid«",
    "milestones.0.deliverable": "række 1 i tabellen under overskriften »Milepæle«",
}


def test_every_mistake_in_a_word_form_is_named_by_its_label_and_its_heading(tmp_path: Path) -> None:
    answers = {name: value for name, value in WRONG.items() if name != "legislation.change_needed"}  # two boxes

    assert _said(_problems(tmp_path, answers, "word")) == {
        name: f"skema, {place}: {SAID[name]}" for name, place in IN_WORD.items()
    }


def test_a_field_without_which_a_form_says_nothing_is_named_by_its_heading(tmp_path: Path) -> None:
    answers = {"goal": "G1", "achieved": "x", "evidence": [{"title": "a"}, {"finding": "b"}]}

    assert list(_said(_problems(tmp_path, answers, "word", InputKind.GOAL_STATUS)).values()) == [
        "skema, feltet under overskriften »Vurdering af målet«: Feltet »Vurdering« mangler.",
        "skema, række 2 i tabellen under overskriften »Dokumentation«: Feltet »Dokumentation 2: Dokumentets titel« "
        "mangler.",
    ]


def test_every_mistake_in_a_workbook_is_named_by_its_label_and_its_cell(tmp_path: Path) -> None:
    data = filled_in(InputKind.INITIATIVE, "excel", WRONG)
    main = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    rows = {str(cell.value).removesuffix(" *"): cell.row for (cell,) in main.iter_rows(max_col=1)}
    cells = {
        **{name: f"celle B{rows[DANISH.field_label(name)]} i arket »Skema«" for name in WRONG if name in SAID},
        "benefits.0.type": "celle A5 i arket »Gevinster«",
        "benefits.1.year": "celle F6 i arket »Gevinster«",
        "co_parties.0.date": "celle C5 i arket »Medvirkende parter«",
        "milestones.0.deliverable": "celle B5 i arket »Milepæle«",
    }

    assert _said(_problems(tmp_path, WRONG, "excel")) == {
        name: f"skema, {place}: {SAID[name]}" for name, place in cells.items()
    }


def test_every_mistake_in_a_yaml_form_is_named_by_its_label_and_its_line(tmp_path: Path) -> None:
    lines = filled_in(InputKind.INITIATIVE, "yaml", WRONG).decode().split("\n")
    found = _said(_problems(tmp_path, WRONG, "yaml"))

    for name, said in SAID.items():
        key = name.split(".")[1 if name.startswith("legislation") else 0]
        (line,) = [
            n for n, text in enumerate(lines, 1) if text.strip().startswith(f"{key}:") and not text.endswith(":")
        ]
        assert found.pop(name) == f"skema, linje {line}: {said}"
    assert not found


@pytest.mark.parametrize(
    ("form", "remedies"),
    [
        ("word", {"start": "år-måned-dag", "benefits.0.type": "tøm hele rækken", "benefits.1.year": "15 eller 1,5"}),
        ("yaml", {"start": "år-måned-dag", "benefits.0.type": "(type)", "funding": "delvist finansieret (partly)"}),
    ],
)
def test_every_mistake_has_a_remedy_that_fits_the_form(form: str, remedies: dict[str, str], tmp_path: Path) -> None:
    answers = {name: value for name, value in WRONG.items() if name != "legislation.change_needed"}
    found = {problem.field: DANISH.problem(problem)[1] for problem in _problems(tmp_path, answers, form)}

    assert all(found.values())
    assert [part for name, part in remedies.items() if part not in str(found[name])] == []


def test_a_declaration_that_is_refused_is_named(tmp_path: Path) -> None:
    (problem,) = _problems(tmp_path, {"title": "x", "declaration": "nej"}, "word")

    assert (problem.code, problem.where) == ("declaration_refused", "feltet under overskriften »Offentliggørelse«")


def test_times_are_read_as_people_write_them_and_others_are_noted(tmp_path: Path) -> None:
    answers = {
        "start": "1. marts 2027",
        "end": "efter aftale",
        "milestones": [{"when": "2. kvartal 2027", "deliverable": "a"}, {"when": "1/6-28", "deliverable": "b"}],
        "cost": [{"year": "2027", "amount": "6,5"}],
    }
    for form in ("word", "excel", "yaml"):
        extract = read(tmp_path, filled_in(InputKind.INITIATIVE, form, answers), form)
        content = _form(extract.form).content

        assert isinstance(content, Initiative)
        assert (content.start, content.end) == ("2027-03-01", "efter aftale")
        assert [item.when for item in content.milestones] == ["2027-Q2", "2028-06-01"]
        assert content.cost[0].amount == 6.5
        assert {note.code: note.values for note in extract.notes}["form_times_unclear"] == {"fields": "Slut"}


def test_a_remark_that_only_proposes_other_words_is_a_remark(tmp_path: Path) -> None:
    answers = {"points": [{"proposal": "Slet »og«."}, {"text": "Uklart.", "proposal": "Skriv »skal«."}]}

    remarks = _form(read(tmp_path, filled_in(InputKind.RESPONSE, "excel", answers), "excel").form).remarks

    assert [(remark.text, remark.proposal) for remark in remarks] == [
        ("Slet »og«.", None),
        ("Uklart.", "Skriv »skal«."),
    ]


def _without_question(document: Any) -> None:
    row = next(row for table in document.tables for row in table.rows if row.cells[0].text.startswith("Start *"))
    row._tr.getparent().remove(row._tr)


def _without_head(document: Any) -> None:
    table = next(table for table in document.tables if table.rows[0].cells[0].text == "Part *")
    table._tbl.remove(table.rows[0]._tr)


def _without_headings(document: Any) -> None:
    for paragraph in document.paragraphs:
        paragraph._p.getparent().remove(paragraph._p)


@pytest.mark.parametrize(
    ("spoil", "lost"), [(_without_question, {"start"}), (_without_head, set()), (_without_headings, set())]
)
def test_a_word_form_that_lost_a_part_keeps_all_the_rest(
    spoil: Callable[[Any], None], lost: set[str], tmp_path: Path
) -> None:
    answers = EXAMPLES[InputKind.INITIATIVE]
    document = Document(io.BytesIO(filled_in(InputKind.INITIATIVE, "word", answers)))
    spoil(document)
    saved = io.BytesIO()
    document.save(saved)

    found = read(tmp_path, saved.getvalue(), "word")

    assert found.form is not None
    assert found.form.data == expected(InputKind.INITIATIVE, {k: v for k, v in answers.items() if k not in lost})
    assert {"Start"} & set(_gaps(found)) == ({"Start"} if lost else set())


def test_boxes_and_hidden_text_in_a_word_form_are_read_as_in_other_files(tmp_path: Path) -> None:
    document = Document(io.BytesIO(filled_in(InputKind.INITIATIVE, "word", EXAMPLES[InputKind.INITIATIVE])))
    box = "<w:txbxContent><w:p><w:r><w:t>I en boks.</w:t></w:r></w:p></w:txbxContent>"
    twice = (
        f"<w:r><m:AlternateContent><m:Choice>{box}</m:Choice><m:Fallback>{box}</m:Fallback></m:AlternateContent></w:r>"
    )
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>Skjult.</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r>"
    names = f"xmlns:w='{W}' xmlns:m='http://schemas.openxmlformats.org/markup-compatibility/2006'"
    said = f"<w:p {names}><w:r><w:t>Til sidst.</w:t></w:r>{twice}<w:del>{twice}</w:del>{hidden}</w:p>"
    document.element.body[-1].addprevious(etree.fromstring(said))
    saved = io.BytesIO()
    document.save(saved)

    found = read(tmp_path, saved.getvalue(), "word")

    assert [plain(piece.node) for piece in found.pieces] == ["Til sidst.", "I en boks."]
    assert {"hidden_text_left_out", "footnotes_left_out"} <= {note.code for note in found.notes}


@pytest.mark.parametrize("lost", ["row", "heads", "sheet"])
def test_a_workbook_that_lost_a_part_keeps_all_the_rest(lost: str, tmp_path: Path) -> None:
    answers = EXAMPLES[InputKind.INITIATIVE]
    book = openpyxl.load_workbook(io.BytesIO(filled_in(InputKind.INITIATIVE, "excel", answers)))
    if lost == "row":
        book["Skema"].delete_rows(
            next(cell.row for (cell,) in book["Skema"].iter_rows(max_col=1) if cell.value == "Start *")
        )
    elif lost == "heads":
        book["Gevinster"].delete_rows(2, 3)
    else:
        del book["Gevinster"]
    gone = {"row": "start", "sheet": "benefits"}.get(lost)
    saved = io.BytesIO()
    book.save(saved)

    found = read(tmp_path, saved.getvalue(), "excel")

    assert found.form is not None
    assert without_nothing(found.form.data) == expected(
        InputKind.INITIATIVE, {name: value for name, value in answers.items() if name != gone}
    )
    assert {"Start", "Gevinster"} & set(_gaps(found)) == ({DANISH.field_label(gone)} if gone else set())


def _gaps(found: Any) -> list[str]:
    return str(next(note.values["fields"] for note in found.notes if note.code == "form_gaps")).split(", ")


def _form(source: Any) -> Form:
    assert source is not None
    return read_fields(source, DANISH, origin="form")


def _problems(
    folder: Path, answers: dict[str, Any], form: str, kind: InputKind = InputKind.INITIATIVE
) -> tuple[Problem, ...]:
    found = read(folder, filled_in(kind, form, answers), form).form
    with pytest.raises(InputError) as caught:
        _form(found)
    return caught.value.problems


def _said(problems: tuple[Problem, ...]) -> dict[str, str]:
    return {problem.field: DANISH.problem(problem)[0] for problem in problems}
