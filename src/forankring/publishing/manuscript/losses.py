"""Turn a chapter's Markdown and the tree that was read from it into the lines with words that the tree has not."""

import html
import re
from collections.abc import Iterator

_WORD = re.compile(r"[A-Za-zÀ-ɏ]{3,}")
_LABEL = re.compile(r"\[\^[^\]\s]+\]:?|^ {0,3}\[[^\]]+\]:|(?<=\])\[[^\]]*\]|\(@[\w-]*\)|</?[a-z][^<>]*>", re.MULTILINE)
"""What notes, links and examples are called, and HTML: only for whoever writes."""
_NOTE = re.compile(r"^ {0,3}(\[\^[^\]\s]+\]):", re.MULTILINE)


def lost_words(markdown: str, tree: str) -> Iterator[tuple[str, str]]:
    """Yield each line that has words which are nowhere in the tree that pandoc wrote, and those words.

    pandoc leaves out without a word what it has no use for: a note that nothing calls, a cell too many in a row, an
    address that no link has. A note that nothing calls is told of even where its words stand elsewhere too.
    """
    suspects = _words(markdown) - set(_WORD.findall(tree))
    lost = {word for word in suspects if word not in tree}
    uncalled = {label for label in _NOTE.findall(markdown) if markdown.count(label) == 1}
    for line in markdown.splitlines() if lost or uncalled else ():
        note = _NOTE.match(line)
        whole = note is not None and note.group(1) in uncalled
        missing = [word for word in _WORD.findall(_read(line)) if whole or word in lost]
        if missing:
            yield line.strip(), " ".join(missing)


def _words(markdown: str) -> set[str]:
    return set(_WORD.findall(_read(markdown)))


def _read(markdown: str) -> str:
    """Return the source with signs for characters read and without names that no reader sees."""
    return _LABEL.sub(" ", html.unescape(markdown) if "&" in markdown else markdown)
