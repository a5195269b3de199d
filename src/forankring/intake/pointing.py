"""Turn a form and a file's blocks into points, each routed to its chapter; ids are given when they are registered."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from forankring.intake.envelope import Form, RemarkFields
from forankring.intake.records import Extract, Row
from forankring.intake.routing import Router
from forankring.intake.splitting import Remark, split
from forankring.language import Locale
from forankring.ledger import About, Content, InputKind, Note, Place, Point, Route
from forankring.ledger.records import PointClass
from forankring.workspace import YamlSource

_MAIN_TEXT = {
    InputKind.GOAL_STATUS: ("rationale", "achieved", "outstanding", "lesson"),
    InputKind.INITIATIVE: ("content", "problem", "process_change"),
    InputKind.TECHNOLOGY_CASE: ("result", "purpose", "business_effect", "technology"),
    InputKind.ANCHORING_PLAN: ("organisation", "mandate", "follow_up"),
    InputKind.EVIDENCE: ("claim",),
    InputKind.GOAL_PROPOSAL: ("statement",),
}
"""The first of these fields that is filled in is what a reader would call the point's text."""


@dataclass(frozen=True, slots=True)
class Made:
    """A file's points, the heading over the whole of it, and what should be told about the making."""

    points: tuple[Point, ...]
    title: str = ""
    notes: tuple[Note, ...] = ()


def make_points(form: Form, extract: Extract, router: Router, locale: Locale) -> Made:
    """Return the points in the file's order: what the form holds first, then the remarks of its text."""
    asked = router.by_target(form.target) if form.target else None
    notes = [Note(code="target_unknown", values={"target": form.target})] if form.target and not asked else []
    found = split(extract.pieces, locale, extract.title)
    if found.letter_lines:
        notes.append(Note(code="letter_lines_left_out", values={"n": found.letter_lines}))
    content = tuple(_from_content(form, asked, router))
    home = content[0].about if content else None
    points = (
        *content,
        *_from_form(form, asked, router, extract.form, notes),
        *_from_rows(extract.rows, asked, router, notes, locale),
        *(_from_remark(remark, asked, home, router) for remark in found.remarks),
    )
    return Made(tuple(_quoting(point, router) for point in points), found.title, tuple(notes))


def _quoting(point: Point, router: Router) -> Point:
    """Return a remark with what it quotes of the draft; its own text stays whole."""
    if point.kind != InputKind.RESPONSE:
        return point
    text = "\n".join(part for part in (point.text, point.proposal) if part)
    return replace(point, about=router.with_quote(point.about, text))


def _from_content(form: Form, asked: About | None, router: Router) -> Iterator[Point]:
    if form.content is None:
        return
    kind = form.envelope.kind
    about = router.by_content(kind, form.content)
    if asked:
        about = replace(asked, goal=asked.goal or about.goal, initiative=asked.initiative or about.initiative)
    yield Point(
        id="",
        kind=kind,
        title=form.envelope.title,
        text=_main_text(kind, form.content) or form.envelope.title,
        about=about,
        content=form.content,
    )


def _main_text(kind: InputKind, content: Content) -> str:
    texts = (getattr(content, name) for name in _MAIN_TEXT[kind])
    return next((text for text in texts if text), "")


def _from_form(
    form: Form, asked: About | None, router: Router, source: YamlSource | None, notes: list[Note]
) -> Iterator[Point]:
    for index, remark in enumerate(form.remarks):
        about = router.by_target(remark.target, Route.FORM) if remark.target else None
        if remark.target and not about:
            notes.append(Note(code="target_unknown", values={"target": remark.target}))
        line = source.line(("points", index)) if source else None
        cell = source.cells.get(("points", index), "") if source else ""
        yield Point(
            id="",
            kind=InputKind.RESPONSE,
            title=_number(remark, index),
            text=remark.text,
            proposal=remark.proposal or "",
            classes=remark.classes,
            place=Place(field=f"points.{index}", line=line, cell=cell),
            about=about or asked or router.by_text((), f"{remark.text}\n{remark.proposal or ''}"),
        )


def _from_rows(
    rows: Iterable[Row], asked: About | None, router: Router, notes: list[Note], locale: Locale
) -> Iterator[Point]:
    """Yield one point a row; a reference that leads nowhere and classes that no list knows stay among the details."""
    known = {str(item) for item in PointClass}
    for row in rows:
        about = router.by_target(row.target, Route.FORM) if row.target else None
        kept = ((locale.label("fields.target"), row.target),) if row.target and not about else ()
        unknown = Note(code="target_unknown", values={"target": row.target})
        if row.target and not about and unknown not in notes:
            notes.append(unknown)
        yield Point(
            id="",
            kind=InputKind.RESPONSE,
            title=row.number,
            text=row.text,
            proposal=row.proposal,
            classes=tuple(PointClass(item) for item in row.classes if item in known),
            place=Place(cell=row.cell, line=row.line),
            about=about or asked or router.by_text((), f"{row.text}\n{row.proposal}"),
            details=(*kept, *row.details),
        )


def _number(remark: RemarkFields, index: int) -> str:
    """Keep the sender's own number, where it says more than the order does."""
    number = remark.number or ""
    return "" if number.strip(" .") == str(index + 1) else number


def _from_remark(remark: Remark, asked: About | None, home: About | None, router: Router) -> Point:
    about = asked or router.by_text(remark.headings, remark.text, opens=remark.opens)
    if about.route == Route.UNPLACED and home:
        about = home
    return Point(
        id="",
        kind=InputKind.RESPONSE,
        text=remark.text,
        blocks=remark.blocks,
        place=remark.place,
        about=about,
    )
