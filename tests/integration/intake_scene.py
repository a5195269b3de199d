"""An inbox made from a dict, gathered; and Word files made from a few lines of XML."""

import io
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from forankring.intake import Gathered, find_new, list_inbox, read_files, register
from forankring.language import load_locale
from forankring.ledger import Ledger, Submission
from forankring.workspace import Workspace, parse_strategy

STRATEGY = """
key: lille
title: En lille strategi
label: Lille
locale: da
period: {first: 2024, last: 2027, label: 2024-2027}
imprint: {publisher: Sekretariatet}
parties:
  - {key: eksempel-kommune, name: Eksempel Kommune, type: municipality, signs: true}
  - {key: region-eksempel, name: Region Eksempel, type: region, signs: true}
chapters:
  - {key: value, title: Fra teknologi til værdi, keywords: [værdi, teknologi]}
  - {key: anchoring, title: Organisatorisk forankring, keywords: [forankring]}
rounds:
  - {key: hoering-1, title: Første høring, opens: 2026-11-02, closes: 2027-01-15}
"""
WHEN = datetime(2026, 11, 20, 12, tzinfo=UTC)
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = "[Content_Types].xml"


def gathered(root: Path, files: Mapping[str, str | bytes], strategy: str = STRATEGY) -> Gathered:
    """Put the files in the inbox of a workspace and gather them."""
    root.mkdir(parents=True, exist_ok=True)
    workspace = Workspace(root)
    for place, data in files.items():
        target = workspace.inbox / place
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data.encode() if isinstance(data, str) else data)
    found, danish = parse_strategy(strategy), load_locale("da")
    listed = list_inbox(workspace)
    readings = read_files(workspace, found, danish, find_new(workspace, Ledger(), found, listed))
    return register(Ledger(), readings, found, WHEN)


def only(found: Gathered) -> Submission:
    (submission,) = found.ledger.submissions
    return submission


def codes(submission: Submission) -> list[str]:
    return [refusal.code for refusal in submission.refusals]


def word(body: str, **parts: str | bytes) -> bytes:
    """Return a Word file with this body XML, and other parts by name (``__`` for a slash)."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
        archive.writestr(
            TYPES,
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
        )
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/") + ("" if "." in name else ".xml"), data)
    return buffer.getvalue()


def p(*runs: str) -> str:
    return "<w:p>" + "".join(f"<w:r><w:t xml:space='preserve'>{run}</w:t></w:r>" for run in runs) + "</w:p>"


SOUND = p("Forankring er vigtig for os.")
