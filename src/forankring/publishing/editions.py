"""Turn one version of the text into the files of its editions, side by side."""

import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor, wait
from hashlib import sha256
from pathlib import Path
from typing import Any

from forankring.language import Locale, load_locale
from forankring.publishing.figures.drawing import prepare
from forankring.publishing.findings import find, refuse_unfinished
from forankring.publishing.html.edition import html_edition
from forankring.publishing.manuscript.assembling import assemble
from forankring.publishing.manuscript.illustrating import FIGURE
from forankring.publishing.pdf.edition import pdf_edition
from forankring.publishing.pdf.page_numbers import heading_pages
from forankring.publishing.proof import prove, read_back
from forankring.publishing.records import BuiltFile, Difference, Manuscript, VersionText
from forankring.publishing.report import report_files
from forankring.publishing.word.edition import word_edition
from forankring.publishing.word.file import paged
from forankring.workspace import EditionFormat, write_file


def build(
    text: VersionText,
    folder: Path,
    formats: Iterable[EditionFormat] | None = None,
    progress: Callable[[str], None] | None = None,
) -> tuple[BuiltFile, ...]:
    """Write the version's editions into ``folder`` and return them, sorted by name; the same version, the same bytes.

    Each file is held against the text before any is written. ``formats`` defaults to the strategy's own, and only
    then a report tells of the whole; ``progress`` gets a sentence for each step done. Raises InputError where the
    text cannot be set or a file does not pass, ToolError where a tool fails. Use ``assemble`` for what was mended.
    """
    wanted = sorted(set(text.strategy.editions if formats is None else formats), key=_slowest_first)
    locale, tell = load_locale(text.strategy.locale), progress or _silent
    tell(locale.label("publishing.steps.manuscript"))
    if any(f".{FIGURE}" in chapter for chapter in text.chapters.values()):
        threading.Thread(target=prepare, daemon=True).start()  # loads what draws while pandoc reads
    manuscript = assemble(text)
    refuse_unfinished(manuscript, text.chapters)
    files = {kind: folder / f"{text.edition_id}.{kind.value}" for kind in wanted}
    with ThreadPoolExecutor(max_workers=4 * len(EditionFormat)) as pool:  # many of them wait for one another
        findings = pool.submit(find, manuscript, text.chapters) if formats is None else None
        editions, read = _started(pool, wanted, manuscript, text, locale)
        proofs = {kind: pool.submit(_proven, kind, files[kind], editions[kind], manuscript, read) for kind in wanted}
        made = {files[kind].name: edition.result() for kind, edition in editions.items()}
        report = pool.submit(report_files, text, manuscript, findings.result(), made, locale) if findings else None
        for kind, proof in proofs.items():
            proof.result()
            tell(locale.label(f"publishing.steps.{kind.value}"))
        made |= report.result() if report else {}
    return tuple(_written(folder, name, made[name]) for name in sorted(made))


_Read = Future[tuple[Difference, ...]]


def _proven(
    kind: EditionFormat, file: Path, edition: Future[bytes], manuscript: Manuscript, read: _Read | None
) -> None:
    """Hold an edition against the manuscript as soon as it is there; raise InputError where it does not pass."""
    prove(kind, file, edition.result(), manuscript, read.result() if read and kind is EditionFormat.WORD else ())


def _started(
    pool: Executor, kinds: Sequence[EditionFormat], manuscript: Manuscript, text: VersionText, locale: Locale
) -> tuple[dict[EditionFormat, Future[bytes]], _Read | None]:
    """Start every wanted edition, and the reading back of Word's while its contents wait for the pages of the PDF.

    The page waits for the PDF: Word and its reading back take as long as these two one after the other, and three at
    once on two cores would only delay the longest.
    """
    started: dict[EditionFormat, Future[bytes]] = {}
    read: _Read | None = None
    pdf: Future[bytes] | None = None
    if EditionFormat.WORD in kinds or EditionFormat.PDF in kinds:
        pdf = started[EditionFormat.PDF] = pool.submit(pdf_edition, manuscript, text.when, locale)
    if pdf and EditionFormat.WORD in kinds:
        word = pool.submit(word_edition, manuscript, text.when, locale)
        read = pool.submit(lambda: read_back(word.result(), manuscript, locale))
        started[EditionFormat.WORD] = pool.submit(
            lambda: paged(word.result(), heading_pages(pdf.result(), manuscript.headings))
        )
    if EditionFormat.HTML in kinds:
        started[EditionFormat.HTML] = pool.submit(_after, pdf, html_edition, manuscript, locale)
    return {kind: started[kind] for kind in kinds}, read


def _after(other: Future[bytes] | None, make: Callable[[Manuscript, Locale], bytes], *given: Any) -> bytes:
    """Make an edition when another is finished, however that went."""
    if other:
        wait([other])
    return make(*given)


def _written(folder: Path, name: str, data: bytes) -> BuiltFile:
    write_file(folder / name, data)
    return BuiltFile(name=name, sha256=sha256(data).hexdigest(), size=len(data))


def _slowest_first(kind: EditionFormat) -> int:
    return [EditionFormat.WORD, EditionFormat.PDF, EditionFormat.HTML].index(kind)


def _silent(sentence: str) -> None:
    """Take a step's sentence when nobody listens."""
