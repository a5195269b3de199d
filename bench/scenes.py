"""Turn a number of words or files into the text, Word files and workspaces that are measured."""

import io
import os
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pypandoc

from forankring.process import run
from forankring.workspace import EditionFormat, Strategy
from forankring.workspace.strategy import Chapter, Imprint, Period

ROOT = Path(__file__).parents[1]
WHEN = datetime(2026, 11, 1, 12, tzinfo=UTC)
WORDS = 28_000
MARK = "NUMBER-OF-THE-FILE"

_SENTENCE = "The service was changed before the system, and {n} people now own what it gives every day."


def real_inputs() -> Path:
    """Return the folder of real files; it need not exist."""
    return Path(os.environ.get("FORANKRING_REAL_INPUTS", ROOT.parent / "shared" / "real-inputs"))


def long_text() -> tuple[str, dict[str, str]]:
    """Return what the text is, and its chapters as somebody wrote them."""
    files = sorted((real_inputs() / "uk-digital-strategy").glob("*.md"))
    if files:
        chapters = {file.stem.replace("-", "_"): file.read_text(encoding="utf-8") for file in files}
        return "UK Government Digital Strategy, 2012", chapters
    return "a generated text (the real one is not beside this checkout)", dict(_generated())


def strategy(chapters: dict[str, str]) -> Strategy:
    """Return a strategy that has these chapters and nothing else."""
    return Strategy(
        key="bench",
        title="A long text",
        label="bench",
        locale="en",
        period=Period(first=2012, last=2015, label="2012-2015"),
        imprint=Imprint(publisher="Bench"),
        parties=(),
        chapters=tuple(Chapter(key=key, title=key.replace("_", " ").capitalize()) for key in chapters),
        editions=tuple(EditionFormat),
    )


def figures() -> str:
    """Return a chapter with five figures of the kinds and sizes that the reference strategy has."""
    verdicts = "| Reached | Mostly | Partly | Not |\n|---|---:|---:|---:|---:|"
    counts = "| A | B | C | D | E | F | G | H |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|"
    return "\n\n".join(
        (
            "# Figures",
            _figure("bars", f"| Goal {verdicts}", [f"| Goal {n} | {n} | 1 | 0 | {n % 3} |" for n in range(1, 5)]),
            _figure("bars", "| Level | Count |\n|---|---:|", [f"| Level {n} | {n * 7 % 5 + 1} |" for n in range(5)]),
            _figure("matrix", "| Initiative | M1 | M2 | M3 |\n|---|---|---|---|", ["| One | yes | – | yes |"] * 6),
            _figure("timeline", "| Initiative | Start | End |\n|---|---|---|", ["| One | Q1 2027 | Q3 2027 |"] * 6),
            _figure("bars", f"| Chapter {counts}", [f"| Chapter {n} |" + f" {n % 4} |" * 8 for n in range(1, 15)]),
        )
    )


def _figure(kind: str, head: str, rows: list[str]) -> str:
    table = "\n".join((head, *rows))
    return f"::: {{.figure .{kind}}}\n{table}\n\n: What the figure shows\n:::"


def pandoc_path() -> str:
    """Return the same pandoc that the engine runs."""
    return str(pypandoc.get_pandoc_path())


def word_files(folder: Path, count: int) -> None:
    """Write Word files of five pages, each with its own number in its text, so that no two are alike."""
    folder.mkdir(parents=True)
    markdown = (
        "\n\n".join(f"# Part {part}\n\n{_paragraphs(part, 2)} **And soon.**" for part in range(1, 10)) + f"\n\n{MARK}\n"
    )
    made = run([pandoc_path(), "--from", "markdown", "--to", "docx", "--output", "-"], stdin=markdown.encode()).stdout
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for number in range(1, count + 1):
        (folder / f"answer-{number:05d}.docx").write_bytes(_numbered(parts, number))


def text_files(folder: Path, count: int) -> None:
    """Write short plain text files, no two alike."""
    folder.mkdir(parents=True)
    for number in range(1, count + 1):
        (folder / f"answer-{number:05d}.txt").write_text(f"Answer {number}\n\n{_paragraphs(number, 2)}\n", "utf-8")


def workspace(root: Path) -> Path:
    """Write the smallest strategy with one party and one round; return the party's folder in the inbox."""
    root.mkdir(parents=True)
    (root / "strategy.yaml").write_text(_STRATEGY, encoding="utf-8")
    return root / "inbox" / "round-1" / "party"


_STRATEGY = """\
key: bench
title: A long text
label: bench
locale: en
period: {first: 2024, last: 2027, label: 2024-2027}
imprint: {publisher: Bench}
parties:
  - {key: party, name: The Party, type: other, signs: true}
chapters:
  - {key: lessons, title: Lessons, keywords: [part, answer]}
rounds:
  - {key: round-1, title: First round, opens: 2026-10-01, closes: 2099-12-31}
"""


def _generated() -> Iterator[tuple[str, str]]:
    """Yield chapters with headings, lists, tables and links until there are words enough."""
    block = _paragraphs(1, 5) + " It is *owned* by those who use it."
    table = "| what | who | when |\n|---|---|---|\n" + "| the work | the owner | 2027 |\n" * 6
    part = f"## Section\n\n{block}\n\n- one point\n- another [link](https://example.org/)\n\n{table}\n"
    parts = WORDS // len(part.split()) + 1
    for number in range(1, 21):
        yield f"chapter_{number:02d}", f"# Chapter {number}\n\n" + part * (parts // 20 + 1)


def _paragraphs(seed: int, count: int) -> str:
    sentences = [_SENTENCE.format(n=seed * 100 + index) for index in range(6)]
    return "\n\n".join(" ".join(sentences) for _ in range(count))


def _numbered(parts: dict[str, bytes], number: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data.replace(MARK.encode(), f"file {number}".encode()))
    return buffer.getvalue()
