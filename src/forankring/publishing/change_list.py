"""Turn two versions into the list of their changes: where, what, who and why, as a chapter and as a workbook."""

import dataclasses
import io
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from openpyxl import Workbook

from forankring import text
from forankring.drafting import BlockSource, Passage, passages, sources_of
from forankring.intake.forms.excel_look import Paint, lines_in, set_page, set_widths
from forankring.intake.forms.packing import packed
from forankring.language import Locale, load_locale
from forankring.publishing.credits import Credits
from forankring.publishing.manuscript.tables import table
from forankring.publishing.records import Heading, Manuscript, ManuscriptChapter, VersionText
from forankring.text import Change, Document, Node
from forankring.versions import Origin, Written

CHAPTER = "changes"
_COLUMNS = ("place", "kind", "before", "now", "who", "when", "why")
_WIDTHS = [26.0, 12.0, 48.0, 48.0, 24.0, 14.0, 30.0]
_SHORT = 160
_LONGEST_CELL = 32_767
_LINE = 15
_NAMED = 6
"""Points that are named before the rest is counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedChange:
    """One change. ``chapter`` is the title of its chapter; ``points`` are what the new words rest on, ``came`` those
    that the old words did not rest on, ``gone`` those that the new ones no longer do."""

    chapter: str
    change: Change
    written: Written | None
    points: tuple[str, ...] = ()
    came: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    @property
    def when(self) -> datetime | None:
        """When it was changed, as far as it is known."""
        return self.written.by.when if self.written else None


def list_changes(
    old: VersionText, new: VersionText, credit: Credits, wanted: Collection[str]
) -> tuple[ListedChange, ...]:
    """Return what changed in the chapters that are ``wanted``, in the new strategy's order, then those that went."""
    locale = load_locale(new.strategy.locale)
    keys = [chapter.key for chapter in new.strategy.chapters]
    present = {*old.chapters, *new.chapters}
    ordered = [*(key for key in keys if key in present), *sorted(present - set(keys))]
    changed = [key for key in ordered if key in wanted and old.chapters.get(key) != new.chapters.get(key)]
    sources = [markdown for key in changed for markdown in (old.chapters.get(key, ""), new.chapters.get(key, ""))]
    read = [text.lined(document, locale) for document in text.parse_all(sources)]
    return tuple(
        listed
        for number, key in enumerate(changed)
        for listed in _in_chapter(
            _title(old, new, key),
            *_chapters(
                (read[2 * number], old.provenance.get(key, ())), (read[2 * number + 1], new.provenance.get(key, ()))
            ),
            credit,
        )
    )


def change_sheet(rows: Sequence[ListedChange], new: VersionText, title: str, locale: Locale) -> bytes:
    """Return the list as an Excel workbook; the same list gives the same bytes."""
    book: Any = Workbook()
    sheet, paint = book.active, Paint(new.look)
    sheet.title = locale.label("publishing.changes.sheet")
    for column, key in enumerate(_COLUMNS, 1):
        cell = sheet.cell(1, column, locale.label(f"publishing.changes.columns.{key}"))
        paint.label(cell)
    for number, row in enumerate(rows, 2):
        words = [*_place(row), *_told(row, locale)]
        for column, said in enumerate(words, 1):
            cell = sheet.cell(number, column, said[:_LONGEST_CELL])
            cell.data_type = "s"  # »=1+1« is somebody's words, never a formula
            paint.answer(cell)
        lines = max(lines_in(said, width) for said, width in zip(words, _WIDTHS, strict=True))
        sheet.row_dimensions[number].height = min(400, _LINE * lines + 3)
    set_widths(sheet, _WIDTHS)
    set_page(sheet, landscape=True, head=1, foot=title)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    made = io.BytesIO()
    book.save(made)
    office = new.strategy.imprint.publisher
    return packed(made.getvalue(), title=title, creator=office, language=locale.name)


def title_of(old: VersionText, new: VersionText, locale: Locale) -> str:
    """Return what the list of their changes is called."""
    return locale.label("publishing.changes.title", old=old.version, new=new.version)


def with_list(manuscript: Manuscript, rows: Sequence[ListedChange], title: str, locale: Locale) -> Manuscript:
    """Return a manuscript whose last chapter is the list; the same chapter after both editions is no change itself."""
    head = [locale.label(f"publishing.changes.columns.{key}") for key in ("place", "change", "who", "why")]
    body = [_short_row(row, locale) for row in rows]
    shown: Node = table(head, body, title) if body else text.para(locale.label("publishing.changes.none"))
    blocks = (text.header(1, title, CHAPTER, ("unnumbered",)), text.para(_counted(rows, locale)), shown)
    return dataclasses.replace(
        manuscript,
        chapters=(*manuscript.chapters, ManuscriptChapter(key=CHAPTER, title=title, blocks=blocks)),
        headings=(*manuscript.headings, Heading(level=1, identifier=CHAPTER, text=title)),
    )


def points_of(sources: Iterable[str]) -> list[str]:
    """Return the points among what a passage rests on, and the submissions of which no point is named."""
    named = [source for source in sources if ":" not in source]
    told = {source.partition("-")[0] for source in named if "-" in source}
    return [source for source in named if source not in told]


def reason_of(row: ListedChange, locale: Locale) -> str:
    """Return whose edit it was, or which points came and went, or else which points the new words rest on."""
    written = row.written
    if written and written.origin is Origin.HAND:
        return _by_hand(written.by.subject, locale)
    gone = "publishing.changes.without" if row.change.new else "publishing.changes.rested_on"
    told = [named(row.came, locale)] if row.came else []
    told += [locale.label(gone, points=named(row.gone, locale))] if row.gone else []
    if told or (points := points_of(row.points)):
        return "; ".join(told) or named(points, locale)
    if written is None or written.origin is Origin.GENERATED:
        return locale.label("publishing.changes.by_template")
    return _by_hand(written.by.subject, locale)


def named(points: Sequence[str], locale: Locale) -> str:
    """Return the first points, and how many others there are."""
    rest = [locale.count("publishing.changes.others", len(points) - _NAMED)] if len(points) > _NAMED else []
    return locale.listed([*points[:_NAMED], *rest])


@dataclass(frozen=True, slots=True)
class _Chapter:
    """One chapter of one version: its passages, those that the other version has not before all others, and all points
    that some of them rests on."""

    document: Document
    passages: tuple[Passage, ...]
    points: frozenset[str]


def _chapters(
    old: tuple[Document, Iterable[BlockSource]], new: tuple[Document, Iterable[BlockSource]]
) -> tuple[_Chapter, _Chapter]:
    ours, theirs = (passages(known, document.blocks) for document, known in (old, new))
    return _chapter(old[0], ours, theirs), _chapter(new[0], theirs, ours)


def _chapter(document: Document, found: Sequence[Passage], others: Iterable[Passage]) -> _Chapter:
    stood = {passage.words for passage in others}
    ordered = sorted(found, key=lambda passage: passage.words in stood)
    return _Chapter(document, tuple(ordered), frozenset(source for passage in found for source in passage.sources))


def _in_chapter(title: str, old: _Chapter, new: _Chapter, credit: Credits) -> Iterator[ListedChange]:
    """Yield the changes; what stands on one side only is held against all that the chapter rests on on the other."""
    for change in text.changes(text.redline(old.document, new.document)):
        before = sources_of(old.passages, change.old, change.under)
        now = sources_of(new.passages, change.new, change.under)
        gone = _without(before, now if change.new else new.points)
        yield ListedChange(
            chapter=title,
            change=change,
            written=credit.of(change),
            points=now,
            came=_without(now, before if change.old else old.points),
            gone=gone if gone or change.new else tuple(points_of(before)),
        )


def _without(sources: Iterable[str], known: Collection[str]) -> tuple[str, ...]:
    return tuple(point for point in points_of(sources) if point not in known)


def _title(old: VersionText, new: VersionText, key: str) -> str:
    chapter = new.strategy.chapter(key) or old.strategy.chapter(key)
    return chapter.title if chapter else key


def _place(row: ListedChange) -> list[str]:
    under = row.change.under
    return [f"{row.chapter}: {under}" if under and under != row.chapter else row.chapter]


def _told(row: ListedChange, locale: Locale) -> list[str]:
    kind = locale.label(f"publishing.changes.kinds.{row.change.kind}")
    who = row.written.by.author.name if row.written else ""
    when = locale.date(row.when) if row.when else ""
    return [kind, row.change.old, row.change.new, who, when, reason_of(row, locale)]


def _by_hand(what: str, locale: Locale) -> str:
    if what == locale.label("flows.messages.hand_edits"):  # nobody said why
        return locale.label("publishing.changes.by_hand")
    return locale.label("publishing.changes.by_hand_because", what=what)


def _short_row(row: ListedChange, locale: Locale) -> list[str]:
    kind, old, new, who, when, why = _told(row, locale)
    said = [words for words in (_quoted(old, locale), _quoted(new, locale)) if words]
    change = f"{kind}: {' → '.join(dict.fromkeys(said))}" if said else kind
    return [*_place(row), change, "\n".join(filter(None, (who, when))), why]


def _quoted(words: str, locale: Locale) -> str:
    flat = " ".join(words.split())
    return locale.quoted(flat if len(flat) <= _SHORT else f"{flat[: _SHORT - 1]}…") if flat else ""


def _counted(rows: Iterable[ListedChange], locale: Locale) -> str:
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.change.kind] = counts.get(row.change.kind, 0) + 1
    parts = [locale.count(f"publishing.changes.counts.{kind}", counts[kind]) for kind in sorted(counts)]
    return locale.label("publishing.changes.counted", parts=locale.listed(parts)) if parts else ""
