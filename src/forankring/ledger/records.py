"""The records of the ledger: a submission is one file from one party, a point is one thing it says."""

import dataclasses
from datetime import datetime
from enum import StrEnum
from typing import Any

from forankring.ledger.contents import Content
from forankring.workspace import PartyType, record


class InputKind(StrEnum):
    """The kinds of input, A to G (domain §3.3). A file without a form is a response (G)."""

    GOAL_STATUS = "goal_status"
    INITIATIVE = "initiative"
    TECHNOLOGY_CASE = "technology_case"
    ANCHORING_PLAN = "anchoring_plan"
    EVIDENCE = "evidence"
    GOAL_PROPOSAL = "goal_proposal"
    RESPONSE = "response"


class Outcome(StrEnum):
    """How a file ends; the three counts add up to all files."""

    ACCEPTED = "accepted"
    QUARANTINED = "quarantined"
    WITHDRAWN = "withdrawn"


class Publication(StrEnum):
    """The sender's choice; only ``public`` names the party outside the secretariat."""

    PUBLIC = "public"
    ANONYMOUS = "anonymous"
    WITHHELD = "withheld"


class Visibility(StrEnum):
    """Who may see a point."""

    PUBLIC = "public"
    INTERNAL = "internal"


class Stance(StrEnum):
    """Overall position of a response."""

    SUPPORTS = "supports"
    SUPPORTS_WITH_REMARKS = "supports_with_remarks"
    OPPOSES = "opposes"
    NO_REMARKS = "no_remarks"
    NOT_STATED = "not_stated"


class Route(StrEnum):
    """Why a point was placed in its chapter, surest first."""

    EDITOR = "editor"
    FORM = "form"
    FRONT_MATTER = "front_matter"
    QUOTE = "quote"
    HEADING = "heading"
    WORDS = "words"
    UNPLACED = "unplaced"


class Sureness(StrEnum):
    """How sure it is that a point belongs where it was placed. Steps, for a percentage would promise a measurement."""

    CERTAIN = "certain"
    LIKELY = "likely"
    GUESS = "guess"
    NONE = "none"


SURENESS = {
    Route.EDITOR: Sureness.CERTAIN,
    Route.FORM: Sureness.CERTAIN,
    Route.FRONT_MATTER: Sureness.CERTAIN,
    Route.QUOTE: Sureness.LIKELY,
    Route.HEADING: Sureness.LIKELY,
    Route.WORDS: Sureness.GUESS,
    Route.UNPLACED: Sureness.NONE,
}
"""A human said so, the file itself says so, or the words were weighed."""


class PointClass(StrEnum):
    """What a remark is about (response forms)."""

    GENERAL = "general"
    PROFESSIONAL = "professional"
    LEGAL = "legal"
    ECONOMIC = "economic"
    LINGUISTIC = "linguistic"


@record
class PartyRef:
    """Who sent it, as known when it came. ``listed`` is false for a body outside the party catalogue."""

    key: str
    name: str
    type: PartyType
    listed: bool = True


@record
class Note:
    """Something a reader should know about a file, not an error: a locale key under ``notes`` and its values."""

    code: str
    values: dict[str, str | int] = dataclasses.field(default_factory=dict)


@record
class Refusal:
    """Why a file is in quarantine: a problem as in ``forankring.errors``, without anything confidential in it."""

    code: str
    file: str = ""
    line: int | None = None
    where: str = ""
    field: str = ""
    values: dict[str, str | int] = dataclasses.field(default_factory=dict)


@record
class Place:
    """Where a point stood in its file; what the format does not tell is empty. Counts start at 1.

    ``part`` is the attachment or the file in an archive, ``page`` also counts slides, ``cell`` names sheet and cell
    (``Ark1!C5``).
    """

    part: str = ""
    page: int | None = None
    heading: tuple[str, ...] = ()
    paragraph: int | None = None
    line: int | None = None
    cell: str = ""
    field: str = ""


@record
class About:
    """What a point is about. ``matched`` is the heading, field, quote or word that decided, ``quote`` the words of the
    draft that the point quotes, as the point has them."""

    chapter: str = ""
    route: Route = Route.UNPLACED
    matched: str = ""
    goal: str = ""
    initiative: str = ""
    quote: str = ""

    @property
    def sure(self) -> Sureness:
        """How sure the place is; it follows from the route, so that it can never contradict it."""
        return SURENESS[self.route]


@record
class Point:
    """One remark, proposal, status, initiative or piece of evidence.

    ``text`` is verbatim. ``blocks`` is the same as sanitised pandoc blocks, kept only where there is formatting that
    paragraphs of plain text do not carry. ``content`` holds the fields of a form, ``details`` those cells of a table's
    row that have no field of their own, each with its column's heading.
    """

    id: str
    kind: InputKind
    title: str = ""
    text: str = ""
    blocks: tuple[dict[str, Any], ...] = ()
    place: Place = dataclasses.field(default_factory=Place)
    about: About = dataclasses.field(default_factory=About)
    visibility: Visibility = Visibility.PUBLIC
    classes: tuple[PointClass, ...] = ()
    proposal: str = ""
    content: Content | None = None
    details: tuple[tuple[str, str], ...] = ()


@record
class Attachment:
    """One part of a submission that came as a mail or an archive, with an outcome of its own.

    ``name`` is the path below the submission's file; ``points`` is how many points were read from it.
    """

    name: str
    format: str
    size: int
    sha256: str = ""
    outcome: Outcome = Outcome.ACCEPTED
    reader: int = 0
    refusals: tuple[Refusal, ...] = ()
    points: int = 0


@record
class Withdrawal:
    """That a submission was taken back: when, and why in the secretariat's words. ``erased``: its file, its words and
    its sender's name are gone as well."""

    when: datetime
    why: str = ""
    erased: bool = False


@record
class Submission:
    """One file from one party in one round. ``id`` is given once; paths are relative to the inbox.

    ``reader`` is the version of the reader that read it; a newer one reads it again. ``parts`` are a mail's attachments
    and an archive's files. ``replaces`` and ``replaced_by`` link a file to the earlier or later one at the same place.
    ``sealed`` marks the public face of one whose whole record is in the private folder.
    """

    id: str
    round: str
    outcome: Outcome
    places: tuple[str, ...]
    sha256: str
    size: int
    format: str
    reader: int = 0
    received_at: datetime
    party: PartyRef | None = None
    party_evidence: str = ""
    refusals: tuple[Refusal, ...] = ()
    kind: InputKind | None = None
    title: str = ""
    language: str = ""
    """Empty where the sender did not say: then it is the strategy's."""
    capacity: str = "own"
    on_behalf_of: str = ""
    about_version: str = ""
    publication: Publication = Publication.PUBLIC
    case_ref: str = ""
    stance: Stance = Stance.NOT_STATED
    late: bool = False
    notes: tuple[Note, ...] = ()
    replaces: str = ""
    replaced_by: str = ""
    sealed: bool = False
    withdrawal: Withdrawal | None = None
    parts: tuple[Attachment, ...] = ()
    numbers_given: int = 0
    """How many points have had a number, where some of them are gone."""
    points: tuple[Point, ...] = ()
