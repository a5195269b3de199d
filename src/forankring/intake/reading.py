"""Turn files into readings: kept in the vault, detected, guarded, read, screened, split and routed."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from forankring.errors import InputError, Problem, ToolError
from forankring.intake.contacts import keep_contacts
from forankring.intake.detect import detect
from forankring.intake.envelope import Form, read_fields
from forankring.intake.masking import without_contacts, without_numbers
from forankring.intake.parties import Sender, Stated, find_sender
from forankring.intake.pointing import Made, make_points
from forankring.intake.readers import READERS, REFUSED
from forankring.intake.records import Extract, Format, Original, Reading, Screened, SourceFile, refusal_of
from forankring.intake.routing import Router
from forankring.intake.screening import first_number
from forankring.intake.vault import keep
from forankring.language import Locale
from forankring.ledger import InputKind, Note, Point, Stance, Visibility
from forankring.workspace import Strategy, Workspace

WORKERS = 2
"""Reading is done by other programs, so two threads keep two cores busy."""

_NAMES = {
    Format.MARKDOWN: (".md", ".markdown", ".txt", ".text"),
    Format.TEXT: (".txt", ".text", ".md", ""),
    Format.FORM: (".yaml", ".yml", ".json", ".txt"),
    Format.HTML: (".html", ".htm", ".xhtml"),
}


@dataclass(frozen=True, slots=True)
class _Desk:
    """What every reading needs at hand."""

    workspace: Workspace
    strategy: Strategy
    locale: Locale
    router: Router


def read_files(
    workspace: Workspace, strategy: Strategy, locale: Locale, files: Iterable[SourceFile]
) -> tuple[Reading, ...]:
    """Read the files and return their readings in the same order.

    Whatever is wrong with a file becomes its refusals. Raises OSError only where the workspace itself cannot be
    written. Contact data goes to the private file, nowhere else.
    """
    desk = _Desk(workspace, strategy, locale, Router(strategy))
    with ThreadPoolExecutor(WORKERS) as pool:
        readings = tuple(pool.map(lambda file: _read_file(desk, file), files))
    keep_contacts(workspace, {item.sha256: item.private for item in readings if item.private})
    return readings


def _read_file(desk: _Desk, file: SourceFile) -> Reading:
    reading = Reading(file=file, size=file.size, format=Format.LINK if file.odd else Format.UNKNOWN)
    try:
        original = keep(desk.workspace, file)
    except InputError as error:
        return _refused(desk, reading, error.problems)
    reading = replace(reading, sha256=original.sha256, size=original.size)
    try:
        reading = replace(reading, format=detect(original))
        return _screened_last(desk, _read(desk, original, reading))
    except InputError as error:
        return _refused(desk, reading, error.problems)
    except ToolError as error:
        missing = Problem(code="tool_missing", file=file.place, values={"program": error.program})
        return _refused(desk, reading, (missing,))


def _read(desk: _Desk, original: Original, reading: Reading) -> Reading:
    """Read one original step by step; each step may refuse it."""
    _check_round(desk.strategy, original)
    extract = _extract(original, reading.format)
    _screen(original, extract.screened, original.file.path.relative_to(desk.workspace.inbox))
    origin = "form" if reading.format == Format.FORM else "front_matter"
    form = read_fields(extract.form, desk.locale, origin=origin) if extract.form else Form()
    sender = find_sender(desk.strategy, original, form.stated, desk.locale)
    made = make_points(form, extract, desk.router, desk.locale)
    _check_outcome(original, sender, form, made)
    return replace(
        reading,
        notes=(*_own_notes(desk, original, reading.format, form), *extract.notes, *sender.notes, *made.notes),
        party=sender.party,
        party_evidence=sender.evidence,
        envelope=replace(form.envelope, title=form.envelope.title or _title(original, extract, made)),
        points=tuple(_for_whom(made, sender)),
        private={**form.private, **sender.private},
    )


def _check_round(strategy: Strategy, original: Original) -> None:
    known = [item.key for item in strategy.rounds]
    if original.file.round not in known:
        raise InputError(original.problem("no_round", known=", ".join(known) or "–"))


def _extract(original: Original, kind: Format) -> Extract:
    if kind not in READERS:
        raise InputError(original.problem(REFUSED[kind]))
    return READERS[kind](original)


def _screen(original: Original, texts: Iterable[Screened], path: Path) -> None:
    """Refuse a file with a personal number in any of its texts, or in its path below the inbox; say where, never
    which."""
    name = Screened(text="\n\n".join(path.parts), part="name")
    found = first_number((*texts, name))
    if found:
        text, line = found
        values = {"part": text.part, **text.values}
        raise InputError(Problem(code="personal_number", file=original.file.place, line=line, values=values))


def _check_outcome(original: Original, sender: Sender, form: Form, made: Made) -> None:
    problems = []
    if not sender.party:
        problems.append(original.problem("no_party"))
    if not made.points and form.envelope.kind == InputKind.RESPONSE and form.envelope.stance == Stance.NOT_STATED:
        problems.append(original.problem("nothing_to_read"))
    if problems:
        raise InputError(*problems)


def _for_whom(made: Made, sender: Sender) -> Iterator[Point]:
    for point in made.points:
        yield replace(point, visibility=Visibility.INTERNAL if sender.internal else Visibility.PUBLIC)


def _title(original: Original, extract: Extract, made: Made) -> str:
    return (extract.title or made.title or original.file.name.rsplit(".", 1)[0])[:150]


def _own_notes(desk: _Desk, original: Original, kind: Format, form: Form) -> tuple[Note, ...]:
    suffix = original.file.suffix
    notes = []
    if suffix not in _NAMES.get(kind, (f".{kind.value}",)):
        values: dict[str, str | int] = {
            "name": suffix or "–",
            "format": desk.locale.label(f"intake.formats.{kind.value}"),
        }
        notes.append(Note(code="read_as", values=values))
    if form.private.get("contact"):
        notes.append(Note(code="contact_kept_private"))
    if form.attachments:
        notes.append(Note(code="attachments_named"))
    return tuple(notes)


def _screened_last(desk: _Desk, reading: Reading) -> Reading:
    """Look once more at exactly what would enter git: whatever a reader overlooked stops here."""
    covered = without_contacts(reading)
    if covered.has_number:
        number = Problem(code="personal_number", file=reading.file.place, values={"part": "text"})
        return _refused(desk, replace(reading, points=(), notes=()), (number,))
    return covered.reading


def _refused(desk: _Desk, reading: Reading, problems: Iterable[Problem]) -> Reading:
    """Return the reading as refused, with nothing in it that its problem may be about."""
    stated = find_sender(desk.strategy, _stand_in(reading), Stated(), desk.locale)
    refusals = tuple(without_numbers(refusal_of(_worded(desk, problem))) for problem in problems)
    return Reading(
        file=reading.file,
        sha256=reading.sha256,
        size=reading.size,
        format=reading.format,
        refusals=refusals,
        party=stated.party,
        party_evidence=stated.evidence,
    )


def _stand_in(reading: Reading) -> Original:
    return Original(file=reading.file, path=reading.file.path, sha256=reading.sha256, size=reading.size)


def _worded(desk: _Desk, problem: Problem) -> Problem:
    """Say in words where a personal number stood."""
    if problem.code != "personal_number":
        return problem
    values = dict(problem.values)
    return replace(problem, values={"where": desk.locale.label(f"intake.where.{values['part']}", **values)})
