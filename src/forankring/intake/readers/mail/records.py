"""The records that pass between the steps of reading a mail: what its parts hold, before anything is cut or made."""

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One stretch of a mail's text. ``data`` is RTF as it came, ``text`` anything else."""

    kind: Literal["plain", "html", "rtf"]
    text: str = field(default="", repr=False)
    data: bytes = field(default=b"", repr=False)
    encoding: str = ""
    """Set where it had to be guessed."""
    instead: str = field(default="", repr=False)
    """Plain text to be read where nothing comes of this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """One file that came with a mail. ``cid`` is what its HTML may call it; ``inside`` tells that it belongs to the
    text, as a logo does; ``refused`` is the code of a problem that keeps it from being had."""

    name: str
    kind: str
    data: bytes = field(default=b"", repr=False)
    cid: str = ""
    inside: bool = False
    refused: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A mail as it came. ``heads`` are the words of its header that people wrote; ``unread`` is text that is only
    looked through for personal data: the version of the text that was not chosen. ``answers`` tells that its header
    names a mail that it answers; ``odd`` counts parts left out, by the code of their note."""

    subject: str = ""
    name: str = ""
    address: str = field(default="", repr=False)
    answers: bool = False
    heads: tuple[str, ...] = field(default=(), repr=False)
    passages: tuple[Passage, ...] = ()
    unread: tuple[str, ...] = field(default=(), repr=False)
    carried: tuple[Carried, ...] = ()
    odd: tuple[tuple[str, int], ...] = ()
