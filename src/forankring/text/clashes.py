"""What a merge tells beside the text: edits of which only one could stand, and sentences in which both were made."""

from dataclasses import dataclass

from forankring.text.nodes import Document, Node
from forankring.text.paragraphs import parted


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Two edits of which only one can stand; ``ours`` does. ``level`` names the kind of part that they are of, see
    ``parts.LEVELS``. An empty side deleted it, and where ours did, ``before`` and ``after`` are the parts around the
    place; an empty ``base`` means that both added it."""

    level: str
    base: tuple[Node, ...]
    ours: tuple[Node, ...]
    theirs: tuple[Node, ...]
    before: tuple[Node, ...] = ()
    after: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Meeting:
    """One sentence in which both edits were made: a person should look at it. ``merged`` is how it reads now."""

    base: tuple[Node, ...]
    ours: tuple[Node, ...]
    theirs: tuple[Node, ...]
    merged: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class MergedText:
    """The merged text, what did not go together in it, and what did but should be looked at."""

    document: Document
    clashes: tuple[Clash, ...] = ()
    meetings: tuple[Meeting, ...] = ()


def parted_clash(clash: Clash) -> Clash:
    """Return a clash whose paragraphs, fused while they were merged, are apart again."""
    three = {"base": parted(clash.base), "ours": parted(clash.ours), "theirs": parted(clash.theirs)}
    return Clash(level=clash.level, before=parted(clash.before), after=parted(clash.after), **three)


def parted_meeting(meeting: Meeting) -> Meeting:
    """Return a meeting whose paragraphs, fused while they were merged, are apart again."""
    return Meeting(*map(parted, (meeting.base, meeting.ours, meeting.theirs, meeting.merged)))
