"""A picture in a note of a Word file is known to the notes, and the proof sees one that is not."""

import io
import re
import zipfile
from pathlib import Path

from forankring.publishing import build
from forankring.publishing.soundness import faults
from forankring.workspace import EditionFormat
from tests.integration.publishing_scene import scene

LEAD = "word/_rels/footnotes.xml.rels"


def test_a_picture_in_a_note_is_known_to_the_notes_and_said_once(tmp_path: Path) -> None:
    parts = noted(tmp_path)
    assert b"media/" in parts[LEAD]
    assert parts["word/footnotes.xml"].count(b"descr=") == 1


def test_a_picture_that_the_notes_do_not_know_is_a_fault(tmp_path: Path) -> None:
    parts = noted(tmp_path)
    assert faults(EditionFormat.WORD, packed(parts)) == ()
    bare = re.sub(rb"<Relationship [^>]*media/[^>]*>", b"", parts[LEAD])
    found = faults(EditionFormat.WORD, packed({**parts, LEAD: bare}))
    assert [fault for fault in found if fault.startswith("word/footnotes.xml: rId")]


def noted(folder: Path) -> dict[str, bytes]:
    """Return the parts of a Word file with a picture in a note."""
    build(scene(status="# Status {#status}\n\nOrd^[Note ![Kurven](soejler.png)].\n"), folder, [EditionFormat.WORD])
    with zipfile.ZipFile(folder / "lille-strategi-v2.docx") as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    """Return a file of the parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return made.getvalue()
