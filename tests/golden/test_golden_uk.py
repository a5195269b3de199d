"""A whole real strategy, 28,000 words in another language and with every sin of a web page, in a workspace of its own:
three editions that hold its words, and a report with exactly these findings."""

import json
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import lxml.html
import pypdfium2
import pytest
from lxml import etree

from flows import steps
from forankring import text
from forankring.drafting import Draft
from forankring.workspace import open_workspace
from tests.integration.test_publishing import UK

pytestmark = pytest.mark.skipif(not UK.is_dir(), reason="the real text lies beside the project, not in it")

FINDINGS = Path(__file__).parent / "uk" / "findings.txt"
STRATEGY = """key: uk
title: Government Digital Strategy
label: uk
locale: en
time_zone: Europe/London
period: {first: 2012, last: 2015, label: 2012-2015}
imprint: {publisher: Cabinet Office}
parties: [{key: co, name: Cabinet Office, type: state, signs: true}]
chapters:
"""


@dataclass(frozen=True, slots=True)
class Built:
    """The chapters as they were written, what each edition says, letters and digits only, and the report."""

    chapters: Mapping[str, str]
    said: Mapping[str, str]
    findings: list[dict[str, object]]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Put the text into the history of a workspace, word for word, and build its first version."""
    root = tmp_path_factory.mktemp("uk")
    chapters = {key_of(file): file.read_text(encoding="utf-8") for file in sorted(UK.glob("*.md"))}
    lines = "".join(f'  - {{key: {key}, title: "{key}"}}\n' for key in chapters)
    (root / "strategy.yaml").write_text(STRATEGY + lines, encoding="utf-8")
    job = steps.begin(open_workspace(root))
    steps.record_draft(job, Draft(chapters=chapters, provenance={}, completeness=()))
    folder = steps.build_version(job, "v1").folder
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    said = {"docx": word(folder / "uk-v1.docx"), "pdf": pdf(folder / "uk-v1.pdf"), "html": page(folder / "uk-v1.html")}
    return Built(chapters, {kind: bare(words) for kind, words in said.items()}, report["findings"])


def test_the_findings_are_exactly_these(built: Built, request: pytest.FixtureRequest) -> None:
    lines = "".join(f"{found['file']} {found['line']} {found['code']}\n" for found in built.findings)
    if request.config.getoption("--update-golden"):
        FINDINGS.write_text(lines, encoding="utf-8")
    assert lines == FINDINGS.read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", ["docx", "pdf", "html"])
def test_every_paragraph_of_every_chapter_is_in_the_edition(built: Built, kind: str) -> None:
    lost = [
        (key, words[:60])
        for key, chapter in built.chapters.items()
        for block in text.parse(chapter).blocks
        if block["t"] == "Para" and (words := bare(text.plain(block))) and words not in built.said[kind]
    ]
    assert lost == []


def key_of(file: Path) -> str:
    return "part_" + re.sub(r"\W", "_", file.stem)


def bare(words: str) -> str:
    """Return the letters and digits alone: editions differ in spaces, quotation marks and where lines end."""
    return re.sub(r"[\W_]", "", words)


def word(file: Path) -> str:
    with zipfile.ZipFile(file) as archive:
        parts = (etree.fromstring(archive.read(f"word/{name}.xml")) for name in ("document", "footnotes"))
        return "".join("".join(part.itertext("{*}t")) for part in parts)


def pdf(file: Path) -> str:
    """Return the words without what stands in head and foot of each page, which may part a paragraph."""
    said = []
    for sheet in pypdfium2.PdfDocument(file):
        words = sheet.get_textpage()
        said.append(words.get_text_bounded(bottom=70, top=sheet.get_height() - 70))
    return "".join(said)


def page(file: Path) -> str:
    return str(lxml.html.fromstring(file.read_bytes()).find(".//main").text_content())
