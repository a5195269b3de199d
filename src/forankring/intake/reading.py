"""Turn files into readings: kept in the vault, detected, guarded, read, screened, split and routed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from forankring.errors import InputError, Problem
from forankring.intake.contacts import keep_contacts
from forankring.intake.detect import VERSION
from forankring.intake.envelope import LONGEST_TITLE, Form, read_fields
from forankring.intake.masking import Sieve, without_numbers
from forankring.intake.opening import Opened, open_up
from forankring.intake.parties import Sender, find_sender
from forankring.intake.pointing import Made, make_points
from forankring.intake.readers.trees import pandocs
from forankring.intake.records import (
    Desk,
    Envelope,
    Extract,
    Format,
    Original,
    Reading,
    SourceFile,
    Stated,
    refusal_of,
)
from forankring.intake.routing import Router
from forankring.intake.vault import keep
from forankring.language import Locale
from forankring.ledger import Attachment, InputKind, Note, Outcome, Point, Stance, Visibility
from forankring.workspace import Strategy, Workspace

WORKERS = 2
"""Reading is done by other programs, so two threads keep two cores busy."""

_NAMES = {
    Format.MARKDOWN: (".md", ".markdown", ".txt", ".text"),
    Format.TEXT: (".txt", ".text", ".md", ""),
    Format.FORM: (".yaml", ".yml", ".json", ".txt"),
    Format.CSV: (".csv", ".tsv", ".tab", ".txt"),
    Format.IMAGE: (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".gif", ".bmp", ".webp"),
    Format.HTML: (".html", ".htm", ".xhtml"),
}


@dataclass(frozen=True, slots=True)
class _Office:
    """What every reading needs at hand."""

    workspace: Workspace
    desk: Desk
    router: Router

    @property
    def strategy(self) -> Strategy:
        return self.desk.strategy

    @property
    def locale(self) -> Locale:
        return self.desk.locale

    @property
    def sieve(self) -> Sieve:
        return Sieve(self.strategy.screening, self.locale)


@dataclass(frozen=True, slots=True)
class _Part:
    """One opened file with what its form says and the points made of it."""

    opened: Opened
    extract: Extract
    form: Form
    made: Made


def read_files(
    workspace: Workspace,
    strategy: Strategy,
    locale: Locale,
    files: Iterable[SourceFile],
    chapters: Mapping[str, str] | None = None,
) -> tuple[Reading, ...]:
    """Read the files and return their readings in the same order.

    Whatever is wrong with a file becomes its refusals. Raises OSError only where the workspace itself cannot be
    written. Contact data goes to the private file, nowhere else. ``chapters`` is the draft that was sent out, in which
    quotes are looked up.
    """
    office = _Office(workspace, Desk(strategy=strategy, locale=locale), Router(strategy, chapters))
    with pandocs(), ThreadPoolExecutor(WORKERS) as pool:
        readings = tuple(pool.map(lambda file: _read_file(office, file), files))
    keep_contacts(workspace, {item.sha256: item.private for item in readings if item.private})
    return readings


def _read_file(office: _Office, file: SourceFile) -> Reading:
    kind = Format.LINK if file.odd else Format.UNKNOWN
    reading = Reading(file=file, size=file.size, format=kind, reader=VERSION)
    try:
        original = keep(office.workspace, file)
        reading = replace(reading, sha256=original.sha256, size=original.size)
        _check_round(office.strategy, original)
        opened = open_up(office.workspace, office.desk, original)
        reading = replace(reading, format=opened[0].format, reader=opened[0].reader)
        return _screened_last(office, _read(office, opened, reading))
    except InputError as error:
        return _refused(office, reading, error.problems)


def _read(office: _Office, opened: Sequence[Opened], reading: Reading) -> Reading:
    """Turn a file and what it encloses into one reading; what is wrong with an enclosed file is told of that file."""
    parts, refused = _parts(office, opened)
    envelope = next((part.form.envelope for part in parts if part.extract.form), Envelope())
    sender = find_sender(office.strategy, opened[0].original, tuple(_stated(parts)), office.locale)
    _check_outcome(opened[0].original, sender, envelope, parts, refused)
    main = parts[0]
    return replace(
        reading,
        notes=(*(note for part in parts for note in _notes(office, part)), *sender.notes),
        party=sender.party,
        party_evidence=sender.evidence,
        envelope=replace(envelope, title=envelope.title or _title(opened[0].original, main.extract, main.made)),
        points=tuple(_for_whom((point for part in parts for point in part.made.points), sender)),
        parts=tuple(_attachment(office, item, parts, refused) for item in opened if item.name),
        private={**dict(item for part in parts for item in part.form.private.items()), **sender.private},
    )


def _parts(office: _Office, opened: Iterable[Opened]) -> tuple[list[_Part], dict[str, tuple[Problem, ...]]]:
    """Return the parts that were read, and the problems of the others by name; those of the file itself are raised."""
    parts: list[_Part] = []
    refused: dict[str, tuple[Problem, ...]] = {}
    for item in opened:
        try:
            parts.append(_part(office, item))
        except InputError as error:
            if not item.name:
                raise
            refused[item.name] = error.problems
    return parts, refused


def _part(office: _Office, opened: Opened) -> _Part:
    """Screen one opened file and make its points; each step may refuse it."""
    if opened.extract is None:
        raise InputError(*opened.problems)
    original, extract = opened.original, opened.extract
    path = (*original.file.path.relative_to(office.workspace.inbox).parts, opened.name)
    extract = replace(extract, notes=(*extract.notes, *office.sieve.look_through(original, extract, path)))
    origin = "front_matter" if opened.format == Format.MARKDOWN else "form"
    form = read_fields(extract.form, office.locale, origin=origin) if extract.form else Form()
    made = make_points(form, extract, office.router, office.locale)
    if opened.name:
        points = (replace(point, place=replace(point.place, part=opened.name)) for point in made.points)
        made = replace(made, points=tuple(points))
    return _Part(opened, extract, form, made)


def _of_form(part: _Part) -> tuple[Stated, ...]:
    return (part.form.stated,) if part.extract.form else ()


def _stated(parts: Sequence[_Part]) -> Iterator[Stated]:
    """Yield what the parts say of the sender. A mail says it of the file that it is; one that is only enclosed may be
    somebody else's, and counts where the file itself names no sender and all that are enclosed name the same."""
    mails = [stated for part in parts if part.opened.name for stated in part.extract.stated if stated.origin == "mail"]
    own = any(stated.origin == "mail" for part in parts if not part.opened.name for stated in part.extract.stated)
    passed_over = mails if own or len({stated.address.casefold() for stated in mails}) > 1 else []
    for part in parts:
        yield from _of_form(part)
        yield from (stated for stated in part.extract.stated if stated not in passed_over or not part.opened.name)


def _check_round(strategy: Strategy, original: Original) -> None:
    known = [item.key for item in strategy.rounds]
    if original.file.round not in known:
        raise InputError(original.problem("no_round", known=", ".join(known) or "–"))


def _check_outcome(
    original: Original,
    sender: Sender,
    envelope: Envelope,
    parts: Sequence[_Part],
    refused: Mapping[str, tuple[Problem, ...]],
) -> None:
    """Refuse a file from nobody, and one that says nothing; what its enclosed files were refused for is the reason."""
    problems = [] if sender.party else [original.problem("no_party")]
    says = envelope.kind != InputKind.RESPONSE or envelope.stance != Stance.NOT_STATED
    if not says and not any(part.made.points for part in parts):
        inner = [problem for found in refused.values() for problem in found]
        remarks = sum(int(note.values["n"]) for note in parts[0].extract.notes if note.code == "comments_left_out")
        alone = original.problem("only_comments", n=remarks) if remarks else original.problem("nothing_to_read")
        problems += inner or [alone]
    if problems:
        raise InputError(*problems)


def _for_whom(points: Iterable[Point], sender: Sender) -> Iterator[Point]:
    for point in points:
        yield replace(point, visibility=Visibility.INTERNAL if sender.internal else Visibility.PUBLIC)


def _attachment(
    office: _Office, opened: Opened, parts: Sequence[_Part], refused: Mapping[str, tuple[Problem, ...]]
) -> Attachment:
    problems = refused.get(opened.name, ())
    return Attachment(
        name=opened.name,
        format=opened.format.value,
        size=opened.original.size,
        sha256=opened.original.sha256,
        reader=opened.reader,
        outcome=Outcome.QUARANTINED if problems else Outcome.ACCEPTED,
        refusals=tuple(without_numbers(refusal_of(_worded(office, problem))) for problem in problems),
        points=sum(len(part.made.points) for part in parts if part.opened.name == opened.name),
    )


def _title(original: Original, extract: Extract, made: Made) -> str:
    return extract.title or made.title or original.file.name.rsplit(".", 1)[0]


def _notes(office: _Office, part: _Part) -> Iterator[Note]:
    """Yield what should be told about one part, with the part's name where it is an enclosed file."""
    for note in (*_own_notes(office, part), *part.extract.notes, *part.made.notes):
        yield replace(note, values={**note.values, "part": part.opened.name}) if part.opened.name else note


def _own_notes(office: _Office, part: _Part) -> Iterator[Note]:
    kind = part.opened.format
    suffix = part.opened.original.file.suffix
    if suffix not in _NAMES.get(kind, (f".{kind.value}",)):
        yield Note(
            code="read_as",
            values={"name": suffix or "–", "format": office.locale.label(f"intake.formats.{kind.value}")},
        )
    if part.form.private.get("contact"):
        yield Note(code="contact_kept_private")
    if part.form.attachments:
        yield Note(code="attachments_named")
    if part.form.round and part.form.round != part.opened.original.file.round:
        folder = part.opened.original.file.round
        yield Note(code="form_round_differs", values={"form": part.form.round, "folder": folder})


def _screened_last(office: _Office, reading: Reading) -> Reading:
    """Look once more at exactly what would enter git: whatever a reader overlooked stops here.

    A title is cut only now, for half an address would not be known as one.
    """
    try:
        covered = office.sieve.cover(reading)
        short = replace(covered.envelope, title=covered.envelope.title[:LONGEST_TITLE])
        return replace(covered, envelope=short)
    except InputError as error:
        return _refused(office, replace(reading, points=(), notes=()), error.problems)


def _refused(office: _Office, reading: Reading, problems: Iterable[Problem]) -> Reading:
    """Return the reading as refused, with nothing in it that its problem may be about."""
    stated = find_sender(office.strategy, _stand_in(reading), (), office.locale)
    refusals = tuple(without_numbers(refusal_of(_worded(office, problem))) for problem in problems)
    return Reading(
        file=reading.file,
        sha256=reading.sha256,
        size=reading.size,
        format=reading.format,
        reader=reading.reader,
        refusals=refusals,
        party=stated.party,
        party_evidence=stated.evidence,
    )


def _stand_in(reading: Reading) -> Original:
    return Original(file=reading.file, path=reading.file.path, sha256=reading.sha256, size=reading.size)


def _worded(office: _Office, problem: Problem) -> Problem:
    """Say in words where a personal number stood."""
    if problem.code != "personal_number":
        return problem
    values = dict(problem.values)
    return replace(problem, values={"where": office.locale.label(f"intake.where.{values['part']}", **values)})
