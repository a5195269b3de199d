"""The records of what submissions have in common: shared texts, endorsements, and counts both ways."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One point and who said it: what the search works on. ``party`` is a key that no other party has."""

    point: str
    party: str
    text: str
    chapter: str = ""
    when: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SentOut:
    """The draft as it was sent out: chapters as Markdown by key, and when."""

    chapters: Mapping[str, str]
    when: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One point that has a shared text: which of its passages (from 0), and what the point says besides, verbatim."""

    point: str
    party: str
    passages: tuple[int, ...]
    adds: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """A text that several parties sent, passage by passage in the words of the first who has it."""

    passages: tuple[str, ...]
    shares: tuple[Share, ...]

    @property
    def parties(self) -> tuple[str, ...]:
        """Everyone who sent it, each once."""
        return tuple(dict.fromkeys(share.party for share in self.shares))


@dataclass(frozen=True, slots=True, kw_only=True)
class Endorsement:
    """One party's word that it joins another's answer. ``party`` is empty where nobody of that ``name`` is known."""

    point: str
    endorser: str
    name: str
    party: str = ""
    phrase: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The same points counted every way: all of them, the parties behind them, and how many differ.

    ``distinct`` is None where nobody has searched yet.
    """

    points: int = 0
    parties: int = 0
    distinct: int | None = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """What the points have in common; ``chapters`` counts those of one chapter, the empty key those without one."""

    shared: tuple[Shared, ...] = ()
    endorsements: tuple[Endorsement, ...] = ()
    total: Tally = field(default_factory=Tally)
    chapters: Mapping[str, Tally] = field(default_factory=dict)
