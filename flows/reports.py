"""The records of what a run did, for the terminal, the artifacts and a script alike."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Generic, TypeVar

from forankring.drafting import Requirement
from forankring.intake import Account
from forankring.language import Locale
from forankring.ledger import Ledger, Submission
from forankring.publishing import BuiltFile
from forankring.sharing import Sharing
from forankring.versions import Conflict
from forankring.workspace import Look, Strategy, Workspace

T = TypeVar("T")


class Sealed(Generic[T]):
    """A flow's report, closed to Prefect: it would look for futures in every block of every point of the ledger."""

    __slots__ = ("report",)

    def __init__(self, report: T) -> None:
        self.report = report


@dataclass(frozen=True, slots=True)
class Job:
    """What every step of a run needs: where, what, in whose words, and what the clock said at the door."""

    workspace: Workspace
    strategy: Strategy
    look: Look
    locale: Locale
    when: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class GatherReport:
    """What came in. ``fresh`` are the submissions that this run registered or changed, ``sharing`` is what all have in
    common, ``account`` is what lies in the inbox."""

    ledger: Ledger
    fresh: tuple[Submission, ...]
    hand_edits: bool
    sharing: Sharing = field(default_factory=Sharing)
    account: Account = field(default_factory=Account)


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """The editions of one version; ``differing`` names the files that are not the bytes that the tag promises,
    ``findings`` says how many places in the text someone should look at.

    Where it has a ``since``, the files show what changed since that version instead: ``changes`` says in how many
    places, ``rebuilt`` are the words of blocks that Word's file shows as gone and come again."""

    version: str
    folder: Path
    files: tuple[BuiltFile, ...]
    differing: tuple[str, ...] = ()
    findings: int = 0
    since: str = ""
    changes: int = 0
    rebuilt: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What became different between two states of the text."""

    submissions: tuple[Submission, ...] = ()
    chapters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftReport:
    """What a draft run ended with; ``made`` is false where nothing had changed since the latest version."""

    gathered: GatherReport
    made: bool
    changes: Changes
    conflicts: tuple[Conflict, ...]
    completeness: tuple[Requirement, ...]
    editions: BuildReport
