"""Scanned pages and pictures: their text is recognised where Tesseract is installed, and waits where it is not."""

import io
import shutil
from pathlib import Path

import pypdfium2
import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st
from intake_scene import STRATEGY, WHEN, codes, gathered, only
from PIL import Image

from forankring.intake import find_new, list_inbox, read_files, register
from forankring.intake.readers import recognition
from forankring.intake.readers.recognition import Paragraph, is_sure, pieces_of
from forankring.language import load_locale
from forankring.ledger import Submission
from forankring.text import plain
from forankring.workspace import Workspace, parse_strategy

PLACE = "hoering-1/eksempel-kommune/"
LETTER = """#set text(size: 12pt, lang: "da")
= Om forankring
Forankring kræver, at én myndighed får ansvaret for driften, når projektet er slut.

Vi savner også et afsnit om økonomien i forslaget.
"""

needs_tesseract = pytest.mark.skipif(
    not shutil.which("tesseract"),
    reason="Tesseract is not installed (Debian: apt install tesseract-ocr tesseract-ocr-dan)",
)


def printed(folder: Path, text: str = LETTER) -> pypdfium2.PdfDocument:
    source = folder / "brev.typ"
    source.write_text(text, encoding="utf-8")
    return pypdfium2.PdfDocument(typst.compile(source))


def pictures(document: pypdfium2.PdfDocument) -> list[Image.Image]:
    return [page.render(scale=200 / 72).to_pil().convert("L") for page in document]


def saved(images: list[Image.Image], kind: str) -> bytes:
    buffer = io.BytesIO()
    if kind in ("PDF", "TIFF"):
        images[0].copy().save(buffer, kind, save_all=True, append_images=images[1:], resolution=200)
    else:
        images[0].copy().save(buffer, kind)
    return buffer.getvalue()


def words(submission: Submission) -> str:
    return " ".join(" ".join(point.text.split()) for point in submission.points)


def told(submission: Submission) -> dict[str, dict[str, str | int]]:
    return {note.code: dict(note.values) for note in submission.notes}


@needs_tesseract
@pytest.mark.parametrize(
    ("kind", "name"), [("PDF", "svar.pdf"), ("PNG", "svar.png"), ("JPEG", "a.jpg"), ("TIFF", "a.tif")]
)
def test_a_scanned_letter_is_read_and_says_that_it_was_recognised(tmp_path: Path, kind: str, name: str) -> None:
    item = only(gathered(tmp_path / "w", {PLACE + name: saved(pictures(printed(tmp_path)), kind)}))

    assert codes(item) == []
    assert "én myndighed får ansvaret for driften" in words(item)
    assert item.points[0].about.chapter == "anchoring"
    assert {point.place.page for point in item.points} == {1}
    assert set(told(item)) == {"pages_recognised" if kind == "PDF" else "picture_recognised"}


@needs_tesseract
def test_only_the_pages_without_text_are_recognised_and_all_stay_in_their_order(tmp_path: Path) -> None:
    document = printed(tmp_path, LETTER)
    mixed = pypdfium2.PdfDocument.new()
    mixed.import_pages(document)
    mixed.import_pages(pypdfium2.PdfDocument(saved(pictures(document), "PDF")))
    mixed.new_page(595, 842)
    buffer = io.BytesIO()
    mixed.save(buffer)
    item = only(gathered(tmp_path / "w", {PLACE + "svar.pdf": buffer.getvalue()}))

    assert told(item) == {"pages_recognised": {"pages": "2"}, "pages_without_text": {"pages": "3"}}
    assert list(dict.fromkeys(point.place.page for point in item.points)) == [1, 2]
    assert words(item).count("én myndighed får ansvaret for driften") == 2


@needs_tesseract
def test_more_pages_than_the_limit_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("forankring.intake.readers.pdf.MOST_PAGES", 1)
    pages = pictures(printed(tmp_path)) * 2
    item = only(gathered(tmp_path / "w", {PLACE + "svar.pdf": saved(pages, "PDF")}))

    assert told(item) == {"pages_recognised": {"pages": "1"}, "pages_not_recognised": {"pages": "2"}}


@needs_tesseract
def test_a_personal_number_in_a_scan_refuses_the_file(tmp_path: Path) -> None:
    page = pictures(printed(tmp_path, "#set text(size: 14pt)\nSagen handler om 010190-1234 og ikke andet."))
    files = {PLACE + "svar.pdf": saved(page, "PDF"), PLACE + "svar.png": saved(page, "PNG")}

    assert [codes(item) for item in gathered(tmp_path / "w", files).ledger.submissions] == [["personal_number"]] * 2


@needs_tesseract
@pytest.mark.parametrize(
    "image", [Image.new("L", (400, 300), 255), Image.effect_noise((400, 300), 90)], ids=["blank", "noise"]
)
def test_a_picture_without_words_is_no_answer(tmp_path: Path, image: Image.Image) -> None:
    files = {PLACE + "svar.png": saved([image], "PNG"), PLACE + "svar.pdf": saved([image], "PDF")}

    assert sorted(code for item in gathered(tmp_path, files).ledger.submissions for code in codes(item)) == [
        "nothing_to_read",
        "pdf_without_text",
    ]


def test_without_tesseract_a_scan_waits_and_is_read_again_when_it_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    images = pictures(printed(tmp_path))
    root = tmp_path / "w"
    with monkeypatch.context() as patch:
        patch.setenv("PATH", str(tmp_path / "nothing"))
        first = gathered(root, {PLACE + "a.pdf": saved(images, "PDF"), PLACE + "b.png": saved(images, "PNG")})
    assert [codes(item) for item in first.ledger.submissions] == [["ocr_missing"], ["ocr_missing"]]

    workspace, strategy = Workspace(root), parse_strategy(STRATEGY)
    again = find_new(workspace, first.ledger, strategy, list_inbox(workspace))
    assert [file.name for file in again] == ["a.pdf", "b.png"]
    if shutil.which("tesseract"):
        readings = read_files(workspace, strategy, load_locale("da"), again)
        ledger = register(first.ledger, readings, strategy, WHEN).ledger
        assert [item.refusals for item in ledger.submissions] == [(), ()]


def test_pictures_in_a_format_that_nothing_here_reads_are_named(tmp_path: Path) -> None:
    data = b"\0\0\0\x18ftypheic" + b"\0" * 100

    assert codes(only(gathered(tmp_path, {PLACE + "foto.heic": data}))) == ["format_image"]


@needs_tesseract
@pytest.mark.parametrize("head", [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"II*\0", b"GIF89a"])
def test_a_broken_picture_has_an_outcome(tmp_path: Path, head: bytes) -> None:
    (code,) = codes(only(gathered(tmp_path, {PLACE + "foto.png": head + bytes(range(256)) * 4})))

    assert code in ("broken_file", "nothing_to_read", "too_heavy")


def test_words_parted_at_a_lines_end_are_joined_and_compound_words_are_not() -> None:
    text = Paragraph(lines=("Den digitale for-", "valtning og IT-", "Branchen i 2024-", "2027"), page=1).text

    assert text == "Den digitale forvaltning og IT- Branchen i 2024- 2027"


def test_lines_that_begin_with_the_same_mark_are_a_list() -> None:
    (piece,) = pieces_of([Paragraph(lines=("e Første punkt", "der går videre", "e Andet punkt"), page=3)])

    assert (piece.page, piece.node["t"], plain(piece.node)) == (
        3,
        "BulletList",
        "Første punkt der går videre\n\nAndet punkt",
    )


@pytest.mark.parametrize(
    ("text", "sure", "kept"), [("Godt nok", 90, True), ("Godt nok", 20, False), ("| _ =", 95, False)]
)
def test_what_is_hardly_text_is_not_taken_for_text(text: str, sure: float, kept: bool) -> None:
    assert is_sure(Paragraph(lines=(text,), page=1, sure=sure)) == kept


ROW = st.tuples(st.sampled_from("1345"), *[st.integers(1, 2)] * 4, st.sampled_from(["", "ord", "|", "12", '"']))


@given(rows=st.lists(ROW, max_size=30))
@settings(deadline=None)
def test_no_word_that_was_recognised_is_lost_between_its_lines(rows: list[tuple[str, int, int, int, int, str]]) -> None:
    head = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"
    lines, known = [], set()
    for level, *place, word in rows:
        key = "\t".join(map(str, place))
        if key not in known:
            known.add(key)
            lines.append(f"4\t{key}\t0\t0\t{len(lines) * 10}\t9\t10\t-1\t")
        lines.append(f"{level if level != '4' else '5'}\t{key}\t1\t0\t0\t9\t9\t90.5\t{word}")
    found = list(recognition._paragraphs(head + "\n".join(lines)))

    expected = sorted(word for level, *_, word in rows if word and level in "45")
    assert sorted(word for item in found for line in item.lines for word in line.split()) == expected
