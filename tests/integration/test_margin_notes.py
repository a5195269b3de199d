"""Notes stand in the margin of a redline beside their words, and change nothing in what it leads to."""

from datetime import UTC, datetime
from pathlib import Path

from lxml import etree

from forankring.language import load_locale
from forankring.publishing.records import Hand, MarginNote
from forankring.publishing.word.file import unpacked
from forankring.publishing.word.margin_notes import with_margin_notes
from forankring.publishing.word.names import w
from forankring.publishing.word.redline.making import redline
from tests.integration.publishing_scene import CHAPTERS, scene
from tests.integration.test_word_redline import edition
from tests.validation import openxml, tools

WHEN = datetime(2026, 3, 2, 9, tzinfo=UTC)


def noted(tmp_path: Path, *words: str) -> tuple[Path, int]:
    """Return a redline with a note on each of the words, and how many notes found no place."""
    old = edition(scene())
    new = edition(scene(status=CHAPTERS["status"].replace("ambitiøse", "meget ambitiøse")))
    made = redline(old, new, lambda text, came: Hand("Motor", WHEN), load_locale("da")).data
    notes = [MarginNote(part, "B012-03: Se svaret.\nTak.", "Eksempel Kommune", WHEN) for part in words]
    data, left = with_margin_notes(made, notes)
    file = tmp_path / "noted.docx"
    file.write_bytes(data)
    return file, len(left)


def test_a_note_stands_beside_the_paragraph_that_has_its_words(tmp_path: Path) -> None:
    file, left = noted(tmp_path, "havde meget ambitiøse mål", "Teknologi skaber først værdi, når den er forankret.")
    body, comments = (
        etree.fromstring(unpacked(file.read_bytes())[f"word/{name}.xml"]) for name in ("document", "comments")
    )
    anchored = [node.getparent() for node in body.iter(w("commentReference"))]
    said = ["".join(run.getparent().itertext(w("t"))) for run in anchored]
    assert (left, len(said), len(comments)) == (0, 2, 2)
    assert any("meget ambitiøse" in words for words in said)


def test_a_note_whose_words_are_nowhere_is_returned(tmp_path: Path) -> None:
    assert noted(tmp_path, "Ingen har skrevet dette")[1] == 1


def test_a_file_with_notes_is_valid_open_xml(tmp_path: Path) -> None:
    tools.need(tools.OPEN_XML)
    assert openxml.check(noted(tmp_path, "Forord", "Nået")[0]) == []
