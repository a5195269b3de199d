"""Tables: one remark a row, whatever the program, the headings and the language; nothing in a row is lost."""

import io
import zipfile
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from compound import compound, old_workbook
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment

from forankring.errors import InputError
from forankring.intake.detect import detect
from forankring.intake.readers import READERS
from forankring.intake.readers.csv_table import grid_of
from forankring.intake.readers.grids import MOST_FILLED, Grid, filled_down
from forankring.intake.records import Desk, Extract, Format, Original
from forankring.intake.screening import first_number
from forankring.language import Locale
from forankring.text import plain
from forankring.workspace import Strategy, parse_strategy

Read = Callable[..., Extract]

HEAD = ["Nr.", "Kapitel", "Bemærkning", "Ændringsforslag", "Type", "Prioritet"]
ROWS = [
    HEAD,
    [1, "Værdi", "Kapitlet er for langt.", "Kort det ned.", "sproglig", "høj"],
    [2, None, None, "Slet afsnittet.", "noget andet", None],
]


def book(
    *sheets: tuple[str, Iterable[Iterable[object]]], change: Callable[[openpyxl.Workbook], None] | None = None
) -> bytes:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, rows in sheets:
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    if change:
        change(workbook)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


@pytest.fixture
def desk(strategy: Strategy, danish: Locale) -> Desk:
    return Desk(strategy=strategy, locale=danish)


@pytest.fixture
def read(original: Callable[..., Original], desk: Desk) -> Read:
    """Return a function that reads bytes by what they are."""

    def reader(data: bytes, name: str = "svar.xlsx", at: Desk = desk) -> Extract:
        made = original(data, f"h1/kl/{name}")
        return READERS[detect(made)].read(made, at)

    return reader


def codes(extract: Extract) -> dict[str, dict[str, str | int]]:
    return {note.code: dict(note.values) for note in extract.notes}


def test_a_row_is_a_remark_with_its_cell_its_fields_and_the_rest_beside_it(read: Read) -> None:
    first, second = read(book(("Ark1", ROWS))).rows

    assert (first.number, first.target, first.text, first.proposal) == (
        "1",
        "Værdi",
        "Kapitlet er for langt.",
        "Kort det ned.",
    )
    assert (first.cell, first.classes, first.details) == ("Ark1!C2", ("linguistic",), (("Prioritet", "høj"),))
    assert (second.text, second.cell) == ("Slet afsnittet.", "Ark1!D3")
    assert (second.classes, second.details) == ((), (("Type", "noget andet"),))


def test_the_headings_need_not_stand_in_the_first_row(read: Read) -> None:
    found = read(book(("Ark1", [["Høringssvar om strategien"], [], ["Organisation:", "KL"], *ROWS])))

    assert [row.cell for row in found.rows] == ["Ark1!C5", "Ark1!D6"]
    assert found.title == "Høringssvar om strategien"
    assert codes(found)["rows_above_table"]["rows"] == "1, 3"
    assert "KL" in [item.name for item in found.stated]


@pytest.mark.parametrize(
    "head",
    [
        ["Comment no.", "Clause/ Subclause", "Comments", "Proposed change", "Type of comment", "Priority"],
        ["LØBENR", "Afsnit i udkastet", "Kommentar (fritekst)", "Forslag til ny tekst", "Art", "Andet"],
        ["Nr", "Henvisning:", "Bemærkninger *", "Forslag", "Kategori", "Status"],
    ],
)
def test_headings_are_known_in_danish_and_english_and_in_many_spellings(read: Read, head: list[str]) -> None:
    (row, _) = read(book(("Ark1", [head, *ROWS[1:]]))).rows

    assert (row.number, row.target, row.text, row.proposal) == (
        "1",
        "Værdi",
        "Kapitlet er for langt.",
        "Kort det ned.",
    )
    assert row.classes == ("linguistic",)


def test_of_two_columns_that_might_be_the_remark_the_fuller_one_is(read: Read) -> None:
    table = b"comment-id;comment-type;comment-body\n17;ed;Vi savner et afsnit om drift.\n"
    (row,) = read(table, "svar.csv").rows

    assert (row.number, row.text, row.details) == ("17", "Vi savner et afsnit om drift.", ())


def test_without_a_known_heading_the_column_that_says_most_is_the_remark_and_a_note_says_so(read: Read) -> None:
    found = read(
        book(("A", [["Hvor", "Hvad"], ["her", "Vi mener, at det er en god idé."], ["der", "Det mener vi ikke."]]))
    )

    assert [row.text for row in found.rows] == ["Vi mener, at det er en god idé.", "Det mener vi ikke."]
    assert [row.details for row in found.rows] == [(("Hvor", "her"),), (("Hvor", "der"),)]
    assert codes(found)["text_column_guessed"]["heading"] == "Hvad"


def test_the_strategy_says_what_a_column_is(read: Read, desk: Desk, strategy: Strategy) -> None:
    setting = 'tables:\n  - columns: {text: "Hvad siger I", target: "Hvor"}\n'
    text = (
        (Path(__file__).parent / "conftest.py").read_text(encoding="utf-8").split('STRATEGY = """')[1].split('"""')[0]
    )
    mapped = Desk(strategy=parse_strategy(text + setting), locale=desk.locale)
    table = "Bemærkning;HVOR;Hvad siger i\nfast tekst i skemaet;Værdi;Ja\n".encode()
    (row,) = read(table, "svar.csv", mapped).rows

    assert (row.text, row.target, row.details) == ("Ja", "Værdi", (("Bemærkning", "fast tekst i skemaet"),))


def test_a_row_with_one_cell_heads_the_rows_below_it(read: Read) -> None:
    table = [["Nr.", "Kapitel", "Bemærkning"], ["Kapitel om værdi"], [1, None, "Godt."], [2, "Vision", "For kort."]]
    first, second = read(book(("A", table))).rows

    assert (first.target, second.target) == ("Kapitel om værdi", "Vision")
    assert second.details == (("", "Kapitel om værdi"),)


def test_a_row_that_says_something_but_no_remark_is_told_of_and_an_empty_one_is_not(read: Read) -> None:
    table = [["Nr.", "Bemærkning", "Andet"], [1, "Godt.", None], [2, None, None], [3, None, "se bilaget"]]
    found = read(book(("A", table)))

    assert len(found.rows) == 1
    assert codes(found)["rows_without_remark"]["rows"] == "4"


def test_names_and_addresses_of_people_stay_out_of_the_remarks(read: Read) -> None:
    table = [["Bemærkning", "Kontaktperson", "Telefon"], ["Godt.", "Hanne Eksempel", "11 22 33 44"]]
    found = read(book(("A", table)))

    assert found.rows[0].details == ()
    assert codes(found)["contact_columns_left_out"]["headings"] == "Kontaktperson, Telefon"
    assert "Hanne Eksempel" in "".join(item.text for item in found.screened)


def test_one_sender_in_all_rows_is_stated_and_several_are_kept_with_their_rows(read: Read) -> None:
    head, rows = ["Organisation", "Bemærkning"], [["KL", "Godt."], ["KL", "Skidt."]]
    assert [item.name for item in read(book(("A", [head, *rows]))).stated if item.origin == "form"] == ["KL"]

    several = read(book(("A", [head, ["KL", "Godt."], ["Ærø Kommune", "Skidt."]])))
    assert [row.details for row in several.rows] == [(("Organisation", "KL"),), (("Organisation", "Ærø Kommune"),)]


def test_numbers_alone_are_no_remarks_and_a_letter_in_a_sheet_is_text(read: Read) -> None:
    numbers = read(book(("Tal", [["År", "Beløb"], [2024, 3.5], [2025, 4]])))
    letter = read(book(("Brev", [["Kære ministerium"], ["Vi støtter udkastet, men savner finansiering."]])))

    assert (numbers.rows, numbers.pieces) == ((), ())
    assert codes(numbers)["cells_left_out"] == {"sheet": "Tal", "n": 6}
    assert [(piece.cell, plain(piece.node)) for piece in letter.pieces][1] == (
        "Brev!A2",
        "Vi støtter udkastet, men savner finansiering.",
    )


def test_a_sheet_that_tells_how_to_fill_in_the_others_is_not_read(read: Read) -> None:
    guide = [["Skriv jeres bemærkninger i det andet ark, og send det til os."]]
    found = read(book(("Vejledning", guide), ("Ark1", ROWS)))

    assert (len(found.rows), found.pieces) == (2, ())
    assert codes(found)["sheet_of_instructions"] == {"sheet": "Vejledning"}


def test_dates_and_numbers_are_written_as_the_language_does(read: Read) -> None:
    table = [["Bemærkning", "Dato", "Beløb", "År", "Ja?"], ["Godt.", date(2026, 11, 3), 2.5, 2024, True]]
    (row,) = read(book(("A", table))).rows

    assert dict(row.details) == {"Dato": "3.\xa0november\xa02026", "Beløb": "2,5", "År": "2024", "Ja?": "SAND"}


def test_hidden_parts_are_read_and_told_and_comments_on_cells_are_screened(read: Read) -> None:
    def change(workbook: openpyxl.Workbook) -> None:
        workbook["Skjult"].sheet_state = "hidden"
        workbook["A"].row_dimensions[2].hidden = True
        workbook["A"]["A2"].comment = Comment("Nummeret er 010190-1234", "en anden")
        workbook["A"]["B2"] = "=1+1"

    found = read(book(("A", ROWS), ("Skjult", ROWS), change=change))
    assert len(found.rows) == 4
    assert {"sheet_hidden", "cells_hidden", "cell_comments_left_out", "formulas_without_value"} <= set(codes(found))
    assert first_number(found.screened) is not None


def test_a_cell_merged_over_several_rows_counts_for_each(read: Read) -> None:
    table = [["Kapitel", "Bemærkning"], ["Værdi", "Godt."], [None, "Skidt."]]
    found = read(book(("A", table), change=lambda workbook: workbook["A"].merge_cells("A2:A3")))

    assert [row.target for row in found.rows] == ["Værdi", "Værdi"]


def test_no_more_cells_are_filled_than_a_table_may_have() -> None:
    rows = tuple(("x" if index == 0 else "",) for index in range(MOST_FILLED + 10))
    filled = filled_down(Grid(name="A", rows=rows, merged=((0, 0, len(rows) - 1, 0),) * 1000))

    assert sum(row == ("x",) for row in filled.rows) == MOST_FILLED + 1


@pytest.mark.parametrize("place", ["A2", "B2", "C2"])
def test_a_personal_number_is_found_in_any_cell_also_where_it_lost_its_first_nought(read: Read, place: str) -> None:
    def change(workbook: openpyxl.Workbook) -> None:
        workbook["A"][place] = 101901234 if place == "C2" else "0101901234"

    found = read(book(("A", [["Nr.", "Bemærkning", "CPR-nr."], [1, "Godt.", "x"]]), change=change))
    assert first_number(found.screened) is not None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_delimited_text_is_read_whatever_its_encoding_and_sign(read: Read, encoding: str, sign: str, end: str) -> None:
    lines = [["Nr.", "Bemærkning"], ["1", f'"Første linje{end}og en anden{sign} med »æøå«"'], ["2", "Ærligt talt"]]
    between = sign.replace("\t", " ")
    found = read(end.join(sign.join(line) for line in lines).encode(encoding), "svar.csv")

    assert [row.text for row in found.rows] == [f"Første linje\nog en anden{between} med »æøå«", "Ærligt talt"]
    assert [row.line for row in found.rows] == [2, 4]


def test_the_line_by_which_excel_names_the_sign_is_no_row(read: Read) -> None:
    (row,) = read(b"sep=;\nNr.;Kommentar\n1;Godt, ja\n", "svar.csv").rows

    assert (row.text, row.line) == ("Godt, ja", 3)


def test_plain_text_is_a_table_only_where_every_line_is_a_row(original: Callable[..., Original]) -> None:
    table = "Nr.;Kapitel;Kommentar\n1;Værdi;Godt\n2;Vision;Skidt\n3;Mål;Nej\n"

    assert detect(original(table, "h1/kl/svar.txt")) == Format.CSV
    assert detect(original(table.replace("2;Vision", "2"), "h1/kl/brev.txt")) == Format.TEXT
    assert detect(original("Et brev; med et semikolon; og et til.\nMere.\nMere.\n", "h1/kl/to.txt")) == Format.TEXT


def test_an_open_document_with_a_password_is_named(read: Read) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<m:manifest xmlns:m='m'><m:encryption-data/></m:manifest>")
        archive.writestr("content.xml", b"\x01\x02\x03")
    with pytest.raises(InputError) as refused:
        read(buffer.getvalue(), "svar.ods")
    assert refused.value.problems[0].code == "encrypted"


def test_an_open_document_sheet_is_read(read: Read) -> None:
    (row,) = read(open_document([["Nr.", "Kommentar"], ["1", "Godt."]]), "svar.ods").rows

    assert (row.number, row.text, row.cell) == ("1", "Godt.", "Ark1!B2")


def test_an_open_document_keeps_lines_dates_and_shares_and_its_repeated_cells(read: Read) -> None:
    head = "".join(_cell("<t:p>{}</t:p>", name) for name in ("Nr.", "Kommentar", "Svar", "Andel", "Kapitel", "Frist"))
    cells = (
        _cell("<t:p>{}</t:p>", "1", "office:value-type='float' office:value='1'")
        + _cell("<t:p>Ét <t:s t:c='2'/><t:span>ord</t:span></t:p><t:p>{}</t:p>", "to<t:line-break/>tre")
        + _cell("<t:p>{}</t:p>", "SAND", "office:value-type='boolean' office:boolean-value='true'")
        + _cell("<t:p>{}</t:p>", "17,5 %", "office:value-type='percentage' office:value='0.175'")
        + _cell("<office:annotation><t:p>{}</t:p></office:annotation><t:p>Værdi</t:p>", "Skjult")
        + _cell("<t:p>{}</t:p>", "x", "office:value-type='date' office:date-value='2027-03-01T00:00:00'")
    )
    row = "<table:table-row {}>{}</table:table-row>"
    end = row.format("table:number-rows-repeated='1048000'", "<table:table-cell table:number-columns-repeated='999'/>")
    made = row.format("", head) + row.format("table:number-rows-repeated='3'", cells) + end

    day = "1.\N{NO-BREAK SPACE}marts\N{NO-BREAK SPACE}2027"
    first, *others = read(open_document([], made), "svar.ods").rows

    assert (first.text, first.number, first.cell) == ("Ét   ord\nto\ntre", "1", "Ark1!B2")
    assert dict(first.details) == {"Svar": "SAND", "Andel": "17,5 %", "Frist": day}
    assert [row.cell for row in others] == ["Ark1!B3", "Ark1!B4"]


REPEATED = (
    "<table:table-row table:number-rows-repeated='{}'>"
    "<table:table-cell table:number-columns-repeated='{}'><t:p>x</t:p></table:table-cell></table:table-row>"
)
TOO_MUCH = [REPEATED.format(*size) for size in ((1_000_000, 1), (600, 600), (9_999_999, 9_999_999))]
MORE_SHEETS = "</table:table><table:table table:name='x'>" * 200


@pytest.mark.parametrize("made", [*TOO_MUCH, MORE_SHEETS])
def test_an_open_document_with_cells_or_sheets_without_end_is_refused(made: str, read: Read) -> None:
    with pytest.raises(InputError) as refused:
        read(open_document([], made), "s.ods")
    assert refused.value.problems[0].code == "too_heavy"


@pytest.mark.parametrize("day", ["0000-01-01", "2027-13-45", "2027-03-01T99:99"])
def test_a_day_that_no_calendar_has_is_read_as_it_is_shown(day: str, read: Read) -> None:
    shown = _cell("<t:p>{}</t:p>", "engang", f"office:value-type='date' office:date-value='{day}'")
    cells = _cell("<t:p>{}</t:p>", "Godt.") + shown + _cell("<t:p>a{}b</t:p>", "<t:s t:c='9999999'/>")
    rows = ["".join(_cell("<t:p>{}</t:p>", name) for name in ("Kommentar", "Frist", "Andet")), cells]
    made = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    (found,) = read(open_document([], made), "svar.ods").rows
    assert dict(found.details) == {"Frist": "engang", "Andet": f"a{' ' * 40}b"}


def test_an_older_workbook_is_read_and_all_its_letters_are_screened(read: Read) -> None:
    streams = {"Workbook": old_workbook([["Nr.", "Kommentar"], ["1", "Gødt."]]), "Andet": b"Nummeret er 010190-1234"}
    found = read(compound(streams), "svar.xls")

    assert [(row.number, row.text, row.cell) for row in found.rows] == [("1", "Gødt.", "Ark1!B2")]
    assert first_number(found.screened) is not None


def test_an_older_workbook_with_macros_is_refused(read: Read) -> None:
    with pytest.raises(InputError) as refused:
        read(compound({"Workbook": old_workbook([["Kommentar"], ["Godt."]])}, ["_VBA_PROJECT_CUR"]), "svar.xls")
    assert refused.value.problems[0].code == "macros"


def _cell(inside: str, text: str, kind: str = "office:value-type='string'") -> str:
    return f"<table:table-cell {kind}>{inside.format(text)}</table:table-cell>"


def open_document(rows: Iterable[Iterable[str]], made: str = "") -> bytes:
    office, table, text = (f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "table", "text"))
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f"<table:table-cell office:value-type='string'><text:p>{cell}</text:p></table:table-cell>" for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<m:manifest xmlns:m='m'/>")
        archive.writestr(
            "content.xml",
            f"<office:document-content xmlns:office='{office}' xmlns:table='{table}' xmlns:text='{text}' "
            f"xmlns:t='{text}'>"
            "<office:body><office:spreadsheet>"
            f"<table:table table:name='Ark1'>{made or cells}</table:table>"
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return buffer.getvalue()


WHOLE = book(("Ark1", ROWS))
"""Made once: a workbook holds the time, and examples that differ between runs are none."""


@given(data=st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_bytes_a_workbook_holds_it_has_an_outcome(read: Read, data: st.DataObject) -> None:
    whole = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 20))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    whole[:4] = b"PK\x03\x04"
    cut = data.draw(st.integers(4, len(whole)))
    try:
        assert isinstance(read(bytes(whole[:cut]) if data.draw(st.booleans()) else bytes(whole)), Extract)
    except InputError as refused:
        assert refused.problems
    except KeyError as unread:  # what is left is no workbook any more
        assert unread.args[0] in Format


@given(text=st.text(alphabet=st.sampled_from('a;,\t|"\n\r =æ\0'), max_size=200))
@settings(max_examples=200, deadline=None)
def test_whatever_text_is_delimited_no_letter_of_it_is_lost(text: str) -> None:
    grid = grid_of(text.replace("\r\n", "\n").replace("\r", "\n"))

    assert sum(cell.count("æ") for row in grid.rows for cell in row) == text.count("æ")
    assert len(grid.rows) == len(grid.lines)
