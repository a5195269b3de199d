"""Measure Word, PDF and HTML of a long text, alone and with figures, beside bare pandoc and typst on the same cores."""

import functools
import statistics
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench.measuring import Row, seconds, side_by_side, tell
from bench.scenes import WHEN, figures, long_text, pandoc_path, strategy
from forankring.language import load_locale
from forankring.publishing import Manuscript, VersionText, assemble, build
from forankring.publishing.figures.charts import draw
from forankring.text import READER, Document, dump_json, normal_form
from forankring.workspace import write_files

TYPST = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2], root=sys.argv[3], ignore_system_fonts=True)"
FIRST = "from bench.editions import first; import sys; print(first(sys.argv[1] == 'drawn'))"
_FIRSTS = 3


def measure(runs: int, *, drawn: bool = False) -> Row:
    """Build the same text both ways; ``drawn`` with five figures more.

    The engine starts from the chapters as they lie in a version, broken links and missing pictures included, and draws
    its figures anew each time. The bare tools get the mended text, because typst stops at the first broken link, and
    the pictures as ready files, for they draw nothing; they write the same three files with their own templates,
    contents and section numbers, and without marks, checks, house style or PDF/UA. Neither looks for fonts on the
    machine.
    """
    row = "figures" if drawn else "editions"
    name, version = _version(figures() if drawn else "")
    words = sum(len(markdown.split()) for markdown in version.chapters.values())
    told = f"{name}, {words:,} words{', 5 figures' if drawn else ''}"
    tell(f"{row}: {told}")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        source = _mended(assemble(version), root)
        ours, bare, spread = side_by_side(
            functools.partial(_build, version, root / "ours"), functools.partial(_bare, source, root), runs
        )
    notes = (told, spread, *([_told_firsts()] if drawn else []))
    return Row(name=row, ours=ours, bare=bare, value=ours / bare, goal=1.15, notes=notes)


def first(drawn: bool) -> float:
    """Return the seconds of the first build of a process, its figures drawn or left as tables."""
    _, version = _version(figures() if drawn else figures().replace(".figure ", ""))
    with tempfile.TemporaryDirectory() as folder:
        return seconds(functools.partial(_build, version, Path(folder)))


def _told_firsts() -> str:
    """Return what the first figure of a process costs, for which a plotting library is loaded."""
    kinds = ("drawn", "bare")
    taken = [[_first(kind) for kind in kinds] for _ in range(_FIRSTS)]
    drawn, bare = (statistics.median(each) for each in zip(*taken, strict=True))
    return f"first build of a process: {drawn:.2f} s, its figures left as tables {bare:.2f} s"


def _first(kind: str) -> float:
    done = subprocess.run([sys.executable, "-c", FIRST, kind], check=True, capture_output=True, text=True)
    return float(done.stdout)


def _version(added: str) -> tuple[str, VersionText]:
    """Return the long text, and with it a chapter more where there is one."""
    name, chapters = long_text()
    locale = load_locale("en")
    whole = {**chapters, "figures": added} if added else chapters
    normal = {key: normal_form(markdown, locale) for key, markdown in whole.items()}
    return name, VersionText(version="v1", when=WHEN, commit="0" * 40, strategy=strategy(normal), chapters=normal)


def _build(version: VersionText, folder: Path) -> None:
    draw.cache_clear()
    build(version, folder)


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
