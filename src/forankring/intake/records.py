"""The records that pass between the steps of the intake: a file, what a reader found in it, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from forankring.errors import Problem
from forankring.language import Locale
from forankring.ledger import Attachment, InputKind, Note, PartyRef, Point, Publication, Refusal, Stance, Submission
from forankring.ledger.store import Ledger
from forankring.text import Node
from forankring.workspace import PartyType, Strategy, YamlSource


class Format(StrEnum):
    """What a file is, told from its content."""

    MARKDOWN = "markdown"
    TEXT = "text"
    FORM = "form"
    DOCX = "docx"
    ODT = "odt"
    RTF = "rtf"
    HTML = "html"
    PDF = "pdf"
    DOC = "doc"
    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    CSV = "csv"
    PPTX = "pptx"
    SLIDES = "slides"
    EML = "eml"
    MSG = "msg"
    ZIP = "zip"
    ARCHIVE = "archive"
    IMAGE = "image"
    TNEF = "tnef"
    CONTACT = "contact"
    CALENDAR = "calendar"
    ENCRYPTED = "encrypted"
    EMPTY = "empty"
    LINK = "link"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """One file in the inbox.

    ``place`` is its path below the inbox as it may be shown and stored: POSIX, NFC, personal data covered. ``path``
    opens it. ``stamp`` changes when its bytes may have: times in nanoseconds and the number of its node. ``odd`` says
    why it is no ordinary file: ``symlink``, ``not_a_file`` or ``file_unreadable`` (a folder, or what is in it, that may
    not be opened). ``sha256`` is that of its bytes when news were looked for, empty where nobody looked.
    """

    place: str
    round: str
    folder: str
    size: int
    stamp: tuple[int, ...]
    path: Path = field(repr=False)
    odd: str = ""
    sha256: str = ""

    @property
    def name(self) -> str:
        """The file's own name."""
        return self.place.rsplit("/", 1)[-1]

    @property
    def suffix(self) -> str:
        """The end of the file's name, in lower case, with its full stop."""
        return Path(self.name).suffix.lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """A file's bytes, safe in the vault: what readers open."""

    file: SourceFile
    path: Path
    sha256: str
    size: int

    def problem(self, code: str, **values: str | int) -> Problem:
        """Return a problem with this file."""
        return Problem(code=code, file=self.file.place, values=values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What a reader may look up: the strategy (columns, screening) and the words of its language."""

    strategy: Strategy
    locale: Locale


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One block of a file and where it stood. ``role`` marks what looks like a heading: ``heading`` (a line of its
    own) or ``opening`` (the first words of the paragraph that follows). ``page`` also counts slides, ``cell`` names
    sheet and cell."""

    node: Node
    page: int | None = None
    line: int | None = None
    cell: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a table of remarks. ``cell`` is where its text stands (``Ark1!C5``); ``details`` are the cells of
    columns that have no field here, as ``(heading, value)``, so that none is lost. Empty where a column is missing."""

    text: str
    cell: str = ""
    line: int | None = None
    number: str = ""
    target: str = ""
    proposal: str = ""
    classes: tuple[str, ...] = ()
    details: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosed:
    """A file inside a file: an attachment of a mail or a member of an archive, not looked at yet. ``refused`` is the
    code of the problem that keeps its bytes from being had: it is locked, or only referred to."""

    name: str
    data: bytes = field(repr=False)
    refused: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What a file says about its sender; ``origin`` is the kind of evidence: ``form``, ``front_matter``, ``mail`` (then
    ``address`` is the sender's) or ``properties``."""

    name: str = ""
    type: PartyType | None = None
    address: str = field(default="", repr=False)
    origin: str = "form"


@dataclass(frozen=True, slots=True, kw_only=True)
class Screened:
    """Text that is looked through for personal numbers; ``part`` says where (a key under ``intake.where``)."""

    text: str
    part: str = "text"
    values: Mapping[str, str | int] = field(default_factory=dict)
    lines: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """What a reader found: blocks, rows of a table of remarks, the fields of a form, enclosed files, what it says about
    its sender, and all text that must be screened, shown or not."""

    pieces: tuple[Piece, ...] = ()
    rows: tuple[Row, ...] = ()
    form: YamlSource | None = None
    enclosed: tuple[Enclosed, ...] = ()
    stated: tuple[Stated, ...] = ()
    screened: tuple[Screened, ...] = ()
    notes: tuple[Note, ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """What the sender says about the submission as a whole (domain §3.2). Empty where nothing was said."""

    kind: InputKind = InputKind.RESPONSE
    title: str = ""
    language: str = ""
    capacity: str = "own"
    on_behalf_of: str = ""
    about_version: str = ""
    publication: Publication = Publication.PUBLIC
    case_ref: str = ""
    stance: Stance = Stance.NOT_STATED


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One file after reading: accepted where ``refusals`` is empty, else for quarantine. Points have no ids yet."""

    file: SourceFile
    sha256: str = ""
    size: int = 0
    format: Format = Format.UNKNOWN
    reader: int = 0
    refusals: tuple[Refusal, ...] = ()
    notes: tuple[Note, ...] = ()
    party: PartyRef | None = None
    party_evidence: str = ""
    envelope: Envelope = field(default_factory=Envelope)
    points: tuple[Point, ...] = ()
    parts: tuple[Attachment, ...] = ()
    private: Mapping[str, Any] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Gathered:
    """The ledger after a gathering, with the submissions that are new in it and the older ones that changed."""

    ledger: Ledger
    added: tuple[Submission, ...] = ()
    changed: tuple[Submission, ...] = ()


def refusal_of(problem: Problem) -> Refusal:
    """Return the problem as it is kept in the ledger."""
    return Refusal(
        code=problem.code,
        file=problem.file,
        line=problem.line,
        where=problem.where,
        field=problem.field,
        values=dict(problem.values),
    )


def problem_of(refusal: Refusal) -> Problem:
    """Return a refusal as the problem that a locale can put into words."""
    return Problem(
        code=refusal.code,
        file=refusal.file,
        line=refusal.line,
        where=refusal.where,
        field=refusal.field,
        values=dict(refusal.values),
    )
