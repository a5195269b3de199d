"""Real files from real programs, read all at once: each has the outcome that someone reading it would expect."""

import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree

from forankring.intake import list_inbox, problem_of, read_files, register
from forankring.language import load_locale
from forankring.ledger import Ledger, Point, Submission
from forankring.workspace import Party, PartyType, Workspace, load_strategy, reference_strategy
from tests.integration.real_inputs import HOSTILE, MIXED, OTHERS, REAL, Real, Said, need_real_inputs
from tests.integration.real_inputs_uk import UK
from tests.integration.real_inputs_word import WORD

EXPECTED: Mapping[str, Real] = {
    **OTHERS,
    **{f"word-reviews/{name}": expected for name, expected in WORD.items()},
    **{f"mixed/{name}": expected for name, expected in MIXED.items()},
    **{f"hostile/{name}": expected for name, expected in HOSTILE.items()},
    **{f"uk-digital-strategy/{name}": expected for name, expected in UK.items()},
}
WHEN = datetime(2026, 11, 20, 12, tzinfo=UTC)
FOLDERS = {"folder": "eksempel-software", "mail": "indbakke", "properties": "indbakke"}
"""Files whose sender is to be known by what they say themselves lie in a folder that says nothing."""

MAKERS = ("The Bank of England", "Plutext Pty Ltd", "Jet Infosystem")
DOMAINS = ("@microsoft.com", "@acme.com", "@xxxx.de")
"""The bodies that such files name: in their properties, and by the address that a mail is from."""

HEAVY = (
    "mixed/testPDF_protected.pdf",
    "mixed/testOCR.pdf",
    "word-reviews/stress023.docx",
    "uk-digital-strategy/09-actions-and-themes.md",
    "tables/vtaiwan-uberx-comments.csv",
)
COSTLY = {**{f"hostile/{name}": 256 for name in HOSTILE}, **dict.fromkeys(HEAVY, 400)}
"""What hostile and heavy files may cost in memory (MiB): the process that reads, which is some 60 of it, and the
largest of the programs that it starts, of which it waits for one at a time."""
MOST_SECONDS = 15.0


@pytest.fixture(scope="module")
def gathered(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Submission]:
    """Gather all files together, the hostile among the good; return the submissions by their place in the folder."""
    need_real_inputs()
    root = tmp_path_factory.mktemp("real")
    shutil.copy(reference_strategy() / "strategy.yaml", root)
    for name, expected in EXPECTED.items():
        if (REAL / name).is_file():
            target = root / "inbox" / "hoering-1" / FOLDERS[expected.sender] / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(REAL / name, target)
    workspace = Workspace(root)
    strategy = load_strategy(workspace)
    party = Party(key="afsender", name="Afsender", type=PartyType.COMPANY, aliases=MAKERS, addresses=DOMAINS)
    strategy = replace(strategy, parties=(*strategy.parties, party))
    readings = read_files(workspace, strategy, load_locale("da"), list_inbox(workspace))
    submissions = register(Ledger(), readings, strategy, WHEN).ledger.submissions
    return {item.places[0].split("/", 2)[2]: item for item in submissions}


def test_every_real_file_has_an_expectation_and_an_outcome(gathered: Mapping[str, Submission]) -> None:
    files = sorted(path.relative_to(REAL).as_posix() for path in REAL.rglob("*") if path.is_file())
    assert sorted(EXPECTED) == files
    assert sorted(gathered) == files
    assert all(bool(item.points) != bool(item.refusals) for item in gathered.values())


@pytest.mark.parametrize("name", EXPECTED)
def test_a_real_file_ends_as_its_reader_expects(gathered: Mapping[str, Submission], name: str) -> None:
    item, expected = gathered[name], EXPECTED[name]
    if name == "mixed/testOCR.pdf" and not shutil.which("tesseract"):
        expected = Real(format="pdf", refused="ocr_missing")
    assert (item.format, [refusal.code for refusal in item.refusals]) == (
        expected.format,
        [expected.refused] if expected.refused else [],
    )
    assert expected.points[0] <= len(item.points) <= expected.points[1]
    for said in expected.says:
        assert any(_is_said(said, point) for point in item.points), (said, _near(said, item.points))
    shown = _flat(
        " | ".join([item.title, *(word for point in item.points for word in (*point.place.heading, point.text))])
    )
    assert [words for words in expected.unsaid if words in shown] == []
    counts = {note.code: note.values.get("n") for note in item.notes}
    assert {code: n if expected.notes.get(code) else None for code, n in counts.items()} == expected.notes
    assert tuple((part.name, part.format, part.points) for part in item.parts) == expected.parts
    assert item.party_evidence == expected.sender
    assert expected.title in (None, item.title)


def _is_said(said: Said, point: Point) -> bool:
    place = point.place
    return (
        _flat(said.words) in _flat(point.text)
        and place.part == said.part
        and said.page in (None, place.page)
        and said.line in (None, place.line)
        and said.under in (None, place.heading[-1] if place.heading else "")
    )


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _near(said: Said, points: tuple[Point, ...]) -> list[object]:
    """Return where the words stand instead, for whoever reads the failure."""
    return [point.place for point in points if _flat(said.words) in _flat(point.text)]


@pytest.mark.parametrize("name", [name for name, real in EXPECTED.items() if real.format in ("docx", "markdown")])
def test_no_word_of_a_file_is_lost(gathered: Mapping[str, Submission], name: str) -> None:
    item, expected = gathered[name], EXPECTED[name]
    if expected.refused:
        return
    headings = [point.place.heading for point in item.points]
    new = [word for before, after in pairwise([(), *headings]) for word in after[_shared(before, after) :]]
    said = _words(" ".join([item.title, *new, *(point.text for point in item.points)]))
    lost = _words(_in_word(REAL / name) if expected.format == "docx" else _in_markdown(REAL / name)) - said
    assert lost.total() == expected.unread, lost


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


def _shared(before: tuple[str, ...], after: tuple[str, ...]) -> int:
    return next(
        (n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(len(before), len(after))
    )


def _in_word(file: Path) -> str:
    """Return the words of a Word file with its changes accepted, as they stand in its XML."""
    gone = {f"{W}del", f"{W}moveFrom", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
    lines: dict[etree._Element | None, list[str]] = {}
    with zipfile.ZipFile(file) as package:
        for name in {"word/document.xml", "word/footnotes.xml", "word/endnotes.xml"} & {*package.namelist()}:
            for part in etree.fromstring(package.read(name)).iter(f"{W}t", f"{W}tab", f"{W}br"):
                above = list(part.iterancestors())
                is_note = any(element.get(f"{W}type") in _RULES for element in above)
                if not is_note and gone.isdisjoint(element.tag for element in above):
                    words = part.text or "" if part.tag == f"{W}t" else " "
                    lines.setdefault(next(part.iterancestors(f"{W}p"), None), []).append(words)
    return "\n".join(map("".join, lines.values()))


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RULES = ("separator", "continuationSeparator", "continuationNotice")
"""Kinds of notes that are none."""


def _in_markdown(file: Path) -> str:
    """Return the words of a Markdown file without its tags and the addresses of its links."""
    return re.sub(r"\]\([^)]*\)|<[^>]*>", " ", file.read_text(encoding="utf-8-sig"))


def test_a_refused_real_file_is_told_with_a_remedy(gathered: Mapping[str, Submission]) -> None:
    danish = load_locale("da")
    told = [danish.problem(problem_of(refusal)) for item in gathered.values() for refusal in item.refusals]
    assert told
    assert all(what.endswith(".") and remedy.endswith(".") for what, remedy in told)


def test_the_article_is_split_into_points_that_find_their_chapters(gathered: Mapping[str, Submission]) -> None:
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
        points = [point for point in gathered["efterlysning-2024-strategi.txt"].points if point.text.startswith(start)]
        assert {point.about.chapter for point in points} == {chapter}, start


def test_a_table_of_comments_gives_each_its_number_and_its_votes(gathered: Mapping[str, Submission]) -> None:
    points = gathered["tables/vtaiwan-uberx-comments.csv"].points
    assert all(point.text and point.title and point.place.line for point in points)
    headings = Counter(heading for point in points for heading, _ in point.details)
    assert headings == dict.fromkeys(("timestamp", "datetime", "agrees", "disagrees", "moderated"), len(points))


@pytest.fixture(scope="module")
def costs() -> Mapping[str, Mapping[str, float]]:
    """Read the hostile and the heavy files one after another, each in a process of its own; return what each cost."""
    need_real_inputs()
    program = [sys.executable, "-m", "tests.integration.real_inputs_measured", *(str(REAL / name) for name in COSTLY)]
    project, most = Path(__file__).parents[2], MOST_SECONDS * len(COSTLY)
    ended = subprocess.run(program, cwd=project, capture_output=True, check=True, timeout=most, text=True)
    return dict(zip(COSTLY, map(json.loads, ended.stdout.splitlines()), strict=True))


@pytest.mark.parametrize("name", COSTLY)
def test_a_hostile_or_heavy_file_stays_within_its_limits(costs: Mapping[str, Mapping[str, float]], name: str) -> None:
    cost = costs[name]
    assert cost["files"] == 1
    assert cost["seconds"] <= MOST_SECONDS
    assert 0 < cost["own_mib"] + cost["child_mib"] <= COSTLY[name]
