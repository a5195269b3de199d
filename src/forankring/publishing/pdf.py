"""Turn a manuscript into its PDF edition: typst source, set in a process with limits."""

import json
import shutil
import sys
import tempfile
from datetime import datetime
from pathlib import Path

from forankring.errors import InputError, Problem, ToolError
from forankring.language import Locale
from forankring.process import Finished, Limits, run
from forankring.publishing.records import Manuscript
from forankring.publishing.typst_writer import write_typst
from forankring.workspace import house_templates

_LIMITS = Limits(seconds=180, memory_mib=4096, output_mib=256)


def pdf_edition(manuscript: Manuscript, when: datetime, locale: Locale) -> bytes:
    """Return the PDF file; raise InputError where typst stops at the text, ToolError where it does not end."""
    house = house_templates() / "publishing"
    with tempfile.TemporaryDirectory(prefix="forankring-") as folder:
        root = Path(folder)
        (root / "packages").mkdir()
        shutil.copyfile(house / "edition.typ", root / "edition.typ")
        for name, data in manuscript.pictures.items():
            (root / name).write_bytes(data)
        (root / "main.typ").write_text(write_typst(manuscript, _words(manuscript, when, locale)), encoding="utf-8")
        program = [sys.executable, "-m", "forankring.publishing.typesetting"]
        moment = str(int(when.timestamp()))
        finished = run([*program, root, house / "fonts", moment], limits=_LIMITS, cwd=root)
        if finished.exit_code == 0:
            return (root / "main.pdf").read_bytes()
    raise _failure(finished)


def _words(manuscript: Manuscript, when: datetime, locale: Locale) -> dict[str, str]:
    face = manuscript.face
    language, _, region = locale.name.partition("-")
    return {
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
    }


def _failure(finished: Finished) -> Exception:
    """Tell a text that typst cannot set, which someone can mend, from a run that broke down."""
    try:
        message = str(json.loads(finished.stderr)["message"])
    except (ValueError, KeyError, TypeError):
        return ToolError("typst", None if finished.timed_out else finished.exit_code, finished.last_lines)
    return InputError(Problem(code="typesetting_failed", values={"cause": message}))
