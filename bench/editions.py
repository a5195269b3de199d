"""Measure Word, PDF and HTML of a long text beside bare pandoc and typst on the same cores."""

import functools
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench.measuring import Row, side_by_side, tell
from bench.scenes import WHEN, long_text, pandoc_path, strategy
from forankring.language import load_locale
from forankring.publishing import Manuscript, VersionText, assemble, build
from forankring.text import READER, Document, dump_json, normal_form
from forankring.workspace import write_files

TYPST = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2], root=sys.argv[3], ignore_system_fonts=True)"


def measure(runs: int) -> Row:
    """Build the same text both ways.

    The engine starts from the chapters as they lie in a version, broken links and missing pictures included. The bare
    tools get the mended text, because typst stops at the first broken link; they write the same three files with their
    own templates, contents and section numbers, and without marks, checks, house style or PDF/UA. Neither looks for
    fonts on the machine.
    """
    name, chapters = long_text()
    locale = load_locale("en")
    normal = {key: normal_form(markdown, locale) for key, markdown in chapters.items()}
    version = VersionText(version="v1", when=WHEN, commit="0" * 40, strategy=strategy(normal), chapters=normal)
    words = sum(len(markdown.split()) for markdown in normal.values())
    tell(f"editions: {name}, {words:,} words")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        source = _mended(assemble(version), root)
        ours, bare, spread = side_by_side(
            functools.partial(build, version, root / "ours"), functools.partial(_bare, source, root), runs
        )
    return Row(
        name="editions", ours=ours, bare=bare, value=ours / bare, goal=1.15, notes=(f"{name}, {words:,} words", spread)
    )


def _mended(manuscript: Manuscript, root: Path) -> Path:
    """Write the manuscript as one Markdown file that every bare tool accepts, its pictures beside it."""
    write_files(root, manuscript.pictures)
    blocks = tuple(block for chapter in manuscript.chapters for block in chapter.blocks)
    source = root / "text.md"
    command = [pandoc_path(), "--from", "json", "--to", READER, "--output", str(source)]
    subprocess.run(command, input=dump_json(Document(blocks)), check=True)
    return source


def _bare(source: Path, root: Path) -> None:
    """Parse once, run the writers side by side, and typst as soon as its source is there."""
    tree = root / "text.json"
    _pandoc(root, ["--from", READER, "--to", "json", "--output", tree, source])
    with ThreadPoolExecutor(max_workers=3) as pool:
        pending = [pool.submit(_pdf, tree, root)]
        for kind in ("docx", "html"):
            target = root / f"bare.{kind}"
            pending.append(pool.submit(_pandoc, root, [*_whole(), "--output", target, tree]))
        for each in pending:
            each.result()


def _pdf(tree: Path, root: Path) -> None:
    _pandoc(root, [*_whole(), "--to", "typst", "--output", root / "bare.typ", tree])
    subprocess.run([sys.executable, "-c", TYPST, root / "bare.typ", root / "bare.pdf", root], check=True)


def _whole() -> list[str]:
    return ["--from", "json", "--standalone", "--toc", "--number-sections", "--metadata", "title=A long text"]


def _pandoc(root: Path, arguments: list[str | Path]) -> None:
    subprocess.run([pandoc_path(), *arguments], cwd=root, check=True, stderr=subprocess.DEVNULL)
