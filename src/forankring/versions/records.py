"""The records of the text's history: who, which commit, what met in a merge, which version."""

from dataclasses import dataclass, field
from datetime import datetime

from forankring.text import Context


@dataclass(frozen=True, slots=True)
class Identity:
    """A name and address as git writes them; the secretariat's is an office, never a person."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Commit:
    """One step of the text's history; ``subject`` is the first line of its message."""

    sha: str
    subject: str
    when: datetime
    author: Identity


_ANYWHERE = Context()
WHOLE = "chapter"
"""The level of a conflict that is about a chapter as a whole: deleted on one side, changed on the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Two edits that met in one place, as Markdown: ``ours`` is the human's, ``theirs`` the newly generated one.

    Where they did not go together ours stands until someone decides; where they did, ``merged`` stands, and someone
    should look at it. An empty side deleted the place. ``level`` is a kind of part, see ``text.LEVELS``, or
    ``WHOLE``; ``line`` is where what stands begins in the chapter, from 1, or 0 of a whole chapter or where nothing
    stands; ``before`` and ``after`` are the parts around a place where nothing stands, and ``around`` the letters
    around any place: by them it is told from others that say the same. ``editor`` and ``proposal`` are
    the commits that ours and theirs came from. ``number`` is given when the conflict is written down, never reused.
    """

    path: str
    line: int
    ours: str
    theirs: str
    base: str
    number: int = 0
    level: str = WHOLE
    merged: str = ""
    before: str = ""
    after: str = ""
    around: Context = _ANYWHERE
    editor: str = ""
    proposal: str = ""

    @property
    def standing(self) -> str:
        """What stands in the chapter until someone decides."""
        return self.merged or self.ours


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged text, free of markers, and the places where a human has to decide."""

    text: bytes
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, slots=True)
class MergeOutcome:
    """What a merge did: the commit it made, if any, and the conflicts that it found anew, with their numbers."""

    commit: Commit | None = None
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, slots=True)
class EditionHash:
    """One built file of a version."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A tagged state of the text. ``message`` is the human part of the tag's message, ``commit`` what it marks."""

    name: str
    number: int
    commit: str
    when: datetime
    message: str
    editions: tuple[EditionHash, ...] = field(default=())
