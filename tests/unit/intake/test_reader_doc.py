"""Older Word files: the text as a reader sees it, with its headings, lists, tables and notes."""

import io
import shutil
import struct
import subprocess
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from compound import compound, old_document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forankring.errors import InputError
from forankring.intake.detect import detect
from forankring.intake.readers import READERS
from forankring.intake.records import Desk, Extract, Format, Original
from forankring.intake.screening import first_number
from forankring.language import Locale
from forankring.text import plain
from forankring.workspace import Strategy

DELETED, INSERTED, HIDDEN, BOLD = (struct.pack("<HB", code, 1) for code in (0x0800, 0x0801, 0x083C, 0x0835))
CELL = struct.pack("<HHB", 0, 0x2416, 1) + b"\0"
ROW_END = struct.pack("<HHBHB", 0, 0x2416, 1, 0x2417, 1)
ITEM = struct.pack("<HHH", 0, 0x460B, 1)

Read = Callable[[bytes], Extract]


@pytest.fixture
def read(original: Callable[..., Original], strategy: Strategy, danish: Locale) -> Read:
    """Return a function that reads bytes as an older Word file."""

    def reader(data: bytes) -> Extract:
        made = original(data, "h1/kl/svar.doc")
        assert detect(made) == Format.DOC
        return READERS[Format.DOC].read(made, Desk(strategy=strategy, locale=danish))

    return reader


def said(extract: Extract) -> list[tuple[str, str]]:
    return [(piece.node["t"], " ".join(plain(piece.node).split())) for piece in extract.pieces]


def told(extract: Extract) -> dict[str, dict[str, str | int]]:
    return {note.code: dict(note.values) for note in extract.notes}


def test_paragraphs_lists_and_tables_are_told_apart(read: Read) -> None:
    text = "Vi støtter »æøå«.\rEt\rTo\rÅr\x07Beløb\x07\x0724\x0710\x07\x07Slut \U0001f642.\r"
    ends = {at + 1: b"\0\0" for at, letter in enumerate(text) if letter in "\r\x07"}
    places = sorted(ends)
    styles = ends | dict.fromkeys(places[1:3], ITEM) | dict.fromkeys(places[3:9], CELL)
    styles |= {places[5]: ROW_END, places[8]: ROW_END}

    assert said(read(compound(old_document(text, styles=styles)))) == [
        ("Para", "Vi støtter »æøå«."),
        ("BulletList", "Et To"),
        ("Table", "År Beløb 24 10"),
        ("Para", "Slut \U0001f642."),
    ]


def test_a_field_shows_its_result_and_not_its_code(read: Read) -> None:
    text = 'Se \x13 HYPERLINK "https://eksempel.dk" \x01\x14siden\x15 og \x13 PAGE \x14\x13 X \x14fire\x15\x15.\r'

    assert said(read(compound(old_document(text)))) == [("Para", "Se siden og fire.")]


def test_changes_count_as_accepted_and_hidden_text_is_told_of(read: Read) -> None:
    runs = {(0, 5): DELETED, (5, 9): INSERTED, (13, 19): HIDDEN}
    found = read(compound(old_document("Ikke Helt godt, men nej.\r", runs=runs)))

    assert said(found) == [("Para", "Helt god nej.")]
    assert told(found) == {"tracked_changes": {"n": 2}, "hidden_text_left_out": {"n": 1}}


def test_a_paragraph_that_is_bold_throughout_is_kept_so(read: Read) -> None:
    (piece,) = read(compound(old_document("Overskrift\r", runs={(0, 10): BOLD}))).pieces

    assert piece.node["c"][0]["t"] == "Strong"


@pytest.mark.parametrize("runs", [{}, {(0, 4): DELETED, (4, 11): HIDDEN}])
def test_a_personal_number_is_found_also_where_it_is_deleted_or_in_a_comment(
    read: Read, runs: dict[tuple[int, int], bytes]
) -> None:
    in_text = read(compound(old_document("010190-1234 er mit.\r", runs=runs)))
    in_comment = read(compound(old_document("Godt.\x05\r", comments="\x05010190-1234\r")))
    beside = read(compound({**old_document("Godt.\r"), "Andet": b"ring 010190-1234"}))

    for found in (in_text, in_comment, beside):
        assert first_number(found.screened) is not None
    assert told(in_comment) == {"comments_left_out": {"n": 1}}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (compound(old_document("Godt.\r"), ["Macros"]), "macros"),
        (compound(old_document("Godt.\r", flags=0x100)), "encrypted"),
        (compound(old_document("Godt.\r", version=0x65)), "format_doc"),
        (compound({"WordDocument": b"\xec\xa5\xc1" + b"\0" * 5000, "1Table": b""}), "broken_file"),
        (compound({"WordDocument": b"intet"}), "broken_file"),
    ],
    ids=["macros", "password", "too old", "broken", "something else"],
)
def test_what_cannot_be_read_is_named(read: Read, data: bytes, code: str) -> None:
    with pytest.raises(InputError) as refused:
        read(data)
    problem = refused.value.problems[0].code
    assert problem == code


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice (soffice) is not installed")
def test_what_another_program_saves_is_read_as_its_word_file_is(
    read: Read, original: Callable[..., Original], strategy: Strategy, danish: Locale, tmp_path: Path
) -> None:
    document = docx.Document()
    document.core_properties.author = "KL"
    document.add_heading("Om økonomi", 1)
    document.add_paragraph("Vi savner »tal« – og penge.")
    for item in ("Et", "To"):
        document.add_paragraph(item, style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for cell, words in zip([*table.rows[0].cells, *table.rows[1].cells], ("År", "Beløb", "24", "10"), strict=True):
        cell.text = words
    buffer = io.BytesIO()
    document.save(buffer)
    (tmp_path / "svar.docx").write_bytes(buffer.getvalue())
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "doc:MS Word 97", "--outdir", ".", "svar.docx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)

    found = read((tmp_path / "svar.doc").read_bytes())
    word = READERS[Format.DOCX].read(
        original(buffer.getvalue(), "h1/kl/svar.docx"), Desk(strategy=strategy, locale=danish)
    )
    assert [words for _, words in said(found)] == [words for _, words in said(word)]
    assert [kind for kind, _ in said(found)] == ["Header", "Para", "BulletList", "Table"]
    assert [(item.name, item.origin) for item in found.stated] == [("KL", "properties")]


@given(data=st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_bytes_an_older_word_file_holds_it_has_an_outcome(read: Read, data: st.DataObject) -> None:
    streams = {
        name: bytearray(part)
        for name, part in old_document("Godt\x13 X \x14og\x15 vel.\r", runs={(0, 2): BOLD}).items()
    }
    for part in streams.values():
        for _ in range(data.draw(st.integers(0, 12))):
            at = data.draw(st.integers(0, len(part) - 1) | st.sampled_from([0x4C, 0x5C, 0xFA, 0x1A2, 0x1A6, 8, 12]))
            part[min(at, len(part) - 1)] = data.draw(st.integers(0, 255))
    try:
        assert isinstance(read(compound({name: bytes(part) for name, part in streams.items()})), Extract)
    except InputError as refused:
        assert {problem.code for problem in refused.problems} <= {
            "broken_file",
            "encrypted",
            "format_doc",
            "too_heavy",
        }
