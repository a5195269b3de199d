"""Turn a manuscript into its PDF edition: pandoc writes typst source, typst sets it in a process with limits."""

import dataclasses
import json
import shutil
import sys
import tempfile
from datetime import datetime
from pathlib import Path

from forankring.errors import InputError, Problem, ToolError
from forankring.language import Locale
from forankring.process import Finished, Limits, pandoc, run
from forankring.publishing.figures.glyphs import showable
from forankring.publishing.pdf import typesetting
from forankring.publishing.pdf.tree import typst_pictures, typst_tree
from forankring.publishing.records import Manuscript
from forankring.text import Document, dump_json
from forankring.workspace import house_templates

_WRITING = Limits(seconds=120)
_SETTING = Limits(seconds=180, memory_mib=4096, output_mib=256)


def pdf_edition(manuscript: Manuscript, when: datetime, locale: Locale, *, compares: bool = False) -> bytes:
    """Return the PDF file; raise InputError where typst stops at the text, ToolError where it does not end.

    ``compares`` says that words in it are marked as added, removed or moved.
    """
    house = house_templates() / "publishing"
    with tempfile.TemporaryDirectory(prefix="forankring-") as folder:
        root = Path(folder)
        (root / "packages").mkdir()
        shutil.copyfile(house / "edition.typ", root / "edition.typ")
        for name, data in manuscript.pictures.items():
            (root / name).write_bytes(data)
        (root / "edition.json").write_text(showable(_data(manuscript, locale, compares=compares)), encoding="utf-8")
        (root / "main.typ").write_text(showable(_source(manuscript, house / "main.typ")), encoding="utf-8")
        # Run as a file: as a module it would first load the whole engine, a third of a second for nothing.
        program = [sys.executable, "-P", typesetting.__file__]
        moment = str(int(when.timestamp()))
        finished = run([*program, root, house / "fonts", moment], limits=_SETTING, cwd=root)
        if finished.exit_code == 0:
            return (root / "main.pdf").read_bytes()
    raise _failure(finished)


def _source(manuscript: Manuscript, template: Path) -> str:
    """Return what pandoc writes; extensions are off that would read citations into words and quotes by language."""
    target = ["--from", "json", "--to", "typst-citations-smart", "--wrap", "none", "--syntax-highlighting", "none"]
    tree = dump_json(Document(typst_tree(manuscript)))
    return pandoc([*target, "--template", template], stdin=tree, limits=_WRITING).decode()


def _data(manuscript: Manuscript, locale: Locale, *, compares: bool) -> str:
    """Return the words of the face and of the pictures: typst reads them as data, so no sign in them does anything."""
    face = manuscript.face
    language, _, region = locale.name.partition("-")
    words = {
        "title": face.title,
        "subtitle": face.subtitle,
        "parties": face.parties,
        "label": face.label,
        "mark": face.mark,
        "version": face.version,
        "date": face.date,
        "status": face.status,
        "edition-id": face.edition_id,
        "language": language,
        "region": region,
        "contents-title": locale.label("publishing.contents"),
        "page-of": locale.label("publishing.page", page="{page}", pages="{pages}"),
        "lines": face.cover_lines,
    }
    look, pictures = dataclasses.asdict(manuscript.look), typst_pictures(manuscript)
    return json.dumps({"face": words, "pictures": pictures, "look": look, "compares": compares}, ensure_ascii=False)


def _failure(finished: Finished) -> Exception:
    """Tell a text that typst cannot set, which someone can mend, from a run that broke down."""
    try:
        message = str(json.loads(finished.stderr)["message"])
    except (ValueError, KeyError, TypeError):
        return ToolError("typst", None if finished.timed_out else finished.exit_code, finished.last_lines)
    return InputError(Problem(code="typesetting_failed", values={"cause": message}))
