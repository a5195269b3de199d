"""Turn two versions of the text into the files that show what changed between them: Word, PDF, HTML and a list."""

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from forankring.language import Locale, load_locale
from forankring.publishing.change_list import change_sheet, list_changes, title_of, with_list
from forankring.publishing.credits import Credits
from forankring.publishing.html.redline import html_redline
from forankring.publishing.manuscript.assembling import assemble
from forankring.publishing.manuscript.comparing import compared
from forankring.publishing.pdf.edition import pdf_edition
from forankring.publishing.pdf.page_numbers import heading_pages
from forankring.publishing.pdf.redline import pdf_redline
from forankring.publishing.proof import prove_redline
from forankring.publishing.records import BuiltFile, Manuscript, MarginNote, Redline, VersionText
from forankring.publishing.word.edition import word_edition
from forankring.publishing.word.file import paged
from forankring.publishing.word.margins import with_margin
from forankring.publishing.word.redline.making import redline
from forankring.workspace import EditionFormat, write_file


@dataclass(frozen=True, slots=True)
class Redlines:
    """The files that were written, how many changes they show, and what is shown as gone and come again because nothing
    finer was exact: the words of blocks in Word's, the titles of chapters in the others."""

    files: tuple[BuiltFile, ...]
    changes: int
    rebuilt: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """The two versions that are compared and who changed what. ``margin`` is what one reader, ``reader``, is told in
    Word's margin."""

    old: VersionText
    new: VersionText
    credit: Credits
    reader: str = ""
    margin: tuple[MarginNote, ...] = ()


def build_redlines(pair: Pair, folder: Path, formats: Iterable[EditionFormat] | None = None) -> Redlines:
    """Write the redline from one version to another; the same two versions and history give the same bytes.

    ``formats`` defaults to those of the new strategy. Word's file is proven to lead to both editions, each with the
    list of changes at its end. Raises InputError where a text cannot be set, ToolError where a tool fails.
    """
    old, new, credit = pair.old, pair.new, pair.credit
    locale = load_locale(new.strategy.locale)
    wanted = sorted(set(new.strategy.editions if formats is None else formats))
    rows = list_changes(old, new, credit, {*old.chapters, *new.chapters})
    title = title_of(old, new, locale)
    both = tuple(with_list(assemble(text), rows, title, locale) for text in (old, new))
    stem = "-".join(filter(None, (new.edition_id, "redline", old.version, pair.reader)))
    made: dict[str, bytes] = {f"{stem}.xlsx": change_sheet(rows, new, title, locale)}
    word: Redline | None = None
    pages = compared(both[0], both[1], locale)
    for kind in wanted:
        file = folder / f"{stem}.{kind.value}"
        match kind:
            case EditionFormat.WORD:
                word = _word(both, (old, new), credit, locale)
                made[file.name] = with_margin(word.data, pair.margin)
            case EditionFormat.PDF:
                made[file.name] = pdf_redline(pages, new.when, locale)
            case EditionFormat.HTML:
                made[file.name] = html_redline(pages, locale)
        prove_redline(kind, file, made[file.name], both)
    files = tuple(_written(folder, name, made[name]) for name in sorted(made))
    return Redlines(files, len(rows), (*(word.rebuilt if word else ()), *pages.rebuilt))


def redline_page(pair: Pair) -> bytes:
    """Return what changed between two versions as one page of HTML; raise ToolError where pandoc fails."""
    locale = load_locale(pair.new.strategy.locale)
    return html_redline(compared(assemble(pair.old), assemble(pair.new), locale), locale)


def _word(manuscripts: Sequence[Manuscript], texts: Sequence[VersionText], credit: Credits, locale: Locale) -> Redline:
    with ThreadPoolExecutor(max_workers=2) as pool:
        old, new = pool.map(lambda number: _word_file(manuscripts[number], texts[number], locale), (0, 1))
    return redline(old, new, credit.hand, locale)


def _word_file(manuscript: Manuscript, text: VersionText, locale: Locale) -> bytes:
    """Return the edition as it would be sent out, with the pages of its contents."""
    pages = heading_pages(pdf_edition(manuscript, text.when, locale), manuscript.headings)
    return paged(word_edition(manuscript, text.when, locale), pages)


def _written(folder: Path, name: str, data: bytes) -> BuiltFile:
    write_file(folder / name, data)
    return BuiltFile(name=name, sha256=sha256(data).hexdigest(), size=len(data))
