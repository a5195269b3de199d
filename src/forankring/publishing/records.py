"""What goes into a build and what comes out: the version's text, its manuscript, and the files of its editions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from forankring.drafting import Provenance
from forankring.errors import Problem
from forankring.text import Node
from forankring.workspace import Look, Strategy, house_look


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    """One earlier version (or this one), as the table of versions shows it."""

    version: str
    when: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionText:
    """One version of the text. ``chapters`` maps chapter keys to Markdown in the source normal form; ``pictures`` maps
    the names that the text uses to the bytes of PNG or JPEG pictures; ``internal`` is the edition for those who write,
    which says of each passage what it rests on."""

    version: str
    when: datetime
    commit: str
    strategy: Strategy
    chapters: Mapping[str, str]
    history: tuple[HistoryLine, ...] = ()
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    look: Look = field(default_factory=house_look)
    provenance: Provenance = field(default_factory=dict)
    internal: bool = False

    @property
    def edition_id(self) -> str:
        """What names this version of this strategy in every file: ``strategi-2024-v3``."""
        return f"{self.strategy.key}-{self.version}{'-internal' if self.internal else ''}"


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltFile:
    """One file of an edition, as it lies in the folder."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mend:
    """One thing in the text that would have broken an edition and was put right; ``problems.text_<code>`` in the
    locale says it. ``near`` is what to look for in the chapter's Markdown where ``detail`` does not stand there;
    ``under`` is the mark of the figure that it is in, and ``near`` is then how its row begins; ``times`` is how often
    it was done in the chapter, where that is said once; ``values`` is what else the locale's sentence says."""

    chapter: str
    code: str
    detail: str = ""
    near: str = ""
    under: str = ""
    times: int = 1
    values: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One place in the text that someone should look at. It was mended in the editions, unless it ``stops`` them."""

    chapter: str
    problem: Problem
    stops: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One place where a built file does not say what the manuscript says: the chapter's title, and both texts."""

    chapter: str
    wanted: str
    found: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ManuscriptChapter:
    """One chapter's blocks; the first is its heading of level 1. The imprint stands before the contents."""

    key: str
    title: str
    blocks: tuple[Node, ...]
    front: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """One heading of the manuscript in reading order; ``number`` is empty for one that is not numbered."""

    level: int
    identifier: str
    text: str
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """What stands on the cover, in headers and footers, and in the files' metadata: plain text, ready to show."""

    edition_id: str
    title: str
    subtitle: str
    parties: str
    label: str
    mark: str
    version: str
    date: str
    status: str
    cover_lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Manuscript:
    """The whole text as every edition shows it.

    ``pictures`` maps file names that images refer to, to their bytes; ``trees`` maps chapters, in their order, to what
    pandoc read in them, as it wrote it.
    """

    face: Face
    chapters: tuple[ManuscriptChapter, ...]
    headings: tuple[Heading, ...]
    pictures: Mapping[str, bytes]
    mends: tuple[Mend, ...]
    look: Look = field(default_factory=house_look)
    trees: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hand:
    """Who changed something, and when, as a tracked change shows it."""

    name: str
    when: datetime


Credit = Callable[[str, bool, str], Hand]
"""Tells whose change it is by the plain words of a changed sentence, and whether they came (True) or went (False); of
words that stayed and only moved or look different, by what they were before as well, which is empty otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarginNote:
    """What someone is told about a passage: ``words`` are those that it begins with."""

    words: str
    text: str
    by: Hand


@dataclass(frozen=True, slots=True, kw_only=True)
class Redline:
    """One file that holds two editions and what lies between them as tracked changes. ``rebuilt`` are the words of
    blocks that are shown as gone and come again, because nothing finer led from the one edition to the other."""

    data: bytes
    changes: int
    rebuilt: tuple[str, ...] = ()
