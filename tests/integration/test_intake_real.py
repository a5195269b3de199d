"""Real files from real programs, where they are at hand: each has the outcome that someone reading it would expect."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from forankring.intake import list_inbox, problem_of, read_files, register
from forankring.language import load_locale
from forankring.ledger import Ledger, Submission
from forankring.workspace import Workspace, load_strategy, reference_strategy

REAL = Path(__file__).resolve().parents[2].parent / "shared" / "real-inputs"
WHEN = datetime(2026, 11, 20, 12, tzinfo=UTC)

pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason="the real inputs lie beside the project only in development")

REFUSED = {
    "testThunderbirdEml.eml": "nothing_to_read",
    "testDdeLink.xlsx": "nothing_to_read",
    "testEXCEL_poi.xlsx": "nothing_to_read",
    "51921-Word-Crash067.docx": "nothing_to_read",
    "ExternalEntityInText.docx": "doctype",
    "bug53475-password-is-pass.docx": "encrypted",
    "clusterfuzz-testcase-minimized-POIXSSFFuzzer-4828727001088000.xlsx": "broken_file",
    "clusterfuzz-testcase-minimized-POIXWPFFuzzer-4791943399604224.docx": "broken_file",
    "poc-xmlbomb.xlsx": "doctype",
    "truncated62886.docx": "broken_file",
}


def gathered(root: Path, *sources: Path) -> dict[str, Submission]:
    """Put the files in a company's folder and gather them; return the submissions by file name."""
    shutil.copy(reference_strategy() / "strategy.yaml", root)
    folder = root / "inbox" / "hoering-1" / "eksempel-software"
    folder.mkdir(parents=True)
    for source in sources:
        shutil.copy(source, folder)
    workspace = Workspace(root)
    strategy = load_strategy(workspace)
    readings = read_files(workspace, strategy, load_locale("da"), list_inbox(workspace))
    submissions = register(Ledger(), readings, strategy, WHEN).ledger.submissions
    return {item.places[0].rsplit("/", 1)[-1]: item for item in submissions}


def test_mixed_and_hostile_files_end_as_a_reader_would_expect(tmp_path: Path) -> None:
    sources = [path for folder in ("mixed", "hostile") for path in sorted((REAL / folder).iterdir())]
    found = gathered(tmp_path, *sources)
    assert sorted(found) == sorted(path.name for path in sources)
    scanned = {} if shutil.which("tesseract") else {"testOCR.pdf": "ocr_missing"}
    assert {name: item.refusals[0].code for name, item in found.items() if item.refusals} == REFUSED | scanned
    danish = load_locale("da")
    for item in found.values():
        assert item.refusals or item.points
        for refusal in item.refusals:
            what, remedy = danish.problem(problem_of(refusal))
            assert what.endswith(".")
            assert remedy.endswith(".")


def test_the_article_is_split_into_points_that_find_their_chapters(tmp_path: Path) -> None:
    name = "efterlysning-2024-strategi.txt"
    item = gathered(tmp_path, REAL / name)[name]
    openings = {
        "Danmark har brug": "anchoring",
        "Vi skriver 2020": "status",
        "Det ligger derfor": "status",
        "Det er tid at gøre status": "status",
        "I snart 20 år": "foundation",
        "Den fællesoffentlige": "foundation",
        "DET NYE ÅRTI?": "context",
        "Fra den eksisterende": "leadership",
        "TEKNOLOGIGLÆDE.": "value",
        "Teknologiglæden må": "value",
    }
    for start, chapter in openings.items():
        points = [point for point in item.points if point.text.startswith(start)]
        assert points, start
        assert {point.about.chapter for point in points} == {chapter}, start
    assert all(point.place.line for point in item.points)
    assert not any("netværk" in point.text for point in item.points), "a web page's left-overs are no remarks"


def test_real_word_files_with_tracked_changes_are_read_and_say_so(tmp_path: Path) -> None:
    found = gathered(tmp_path, *sorted((REAL / "word-reviews").iterdir()))
    accepted = [name for name, item in found.items() if not item.refusals]
    assert len(accepted) >= 15
    assert "tracked_changes" in {note.code for note in found["delins.docx"].notes}
    assert "comments_left_out" in {note.code for note in found["docx_comments.docx"].notes}


def test_a_table_of_197_comments_gives_197_points_with_nothing_lost_beside_them(tmp_path: Path) -> None:
    name = "vtaiwan-uberx-comments.csv"
    item = gathered(tmp_path, REAL / "tables" / name)[name]
    assert len(item.points) == 197
    assert all(point.text and point.title and point.place.line for point in item.points)
    headings = {heading for point in item.points for heading, _ in point.details}
    assert headings == {"timestamp", "datetime", "agrees", "disagrees", "moderated"}
    (note,) = [note for note in item.notes if note.code == "contact_columns_left_out"]
    assert note.values["headings"] == "author-id"


def test_a_slide_with_a_comment_gives_its_title_and_a_note(tmp_path: Path) -> None:
    item = gathered(tmp_path, REAL / "mixed" / "testComment.pptx")["testComment.pptx"]
    (point,) = item.points
    assert point.place.page == 1
    assert "comments_left_out" in {note.code for note in item.notes}


@pytest.mark.skipif(not shutil.which("tesseract"), reason="Tesseract is not installed")
def test_a_scanned_page_gives_the_words_that_are_printed_on_it(tmp_path: Path) -> None:
    item = gathered(tmp_path, REAL / "mixed" / "testOCR.pdf")["testOCR.pdf"]
    (point,) = item.points
    assert point.text == "Happy New Year 2003!"
    assert "pages_recognised" in {note.code for note in item.notes}
