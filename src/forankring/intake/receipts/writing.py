"""Turn a receipt into Markdown and HTML through the templates; words that came from outside stay words in both."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from markupsafe import Markup

from forankring.intake.pages import page_environment
from forankring.intake.receipts.records import Receipt
from forankring.language import Locale
from forankring.workspace import Look, render_template

TEMPLATES = ("receipts/receipt.md.j2", "receipts/receipt.html.j2")

_MARKS = re.compile(r"([\\`*_\[\]<>|#~&$^@{}])")
_OPENS = re.compile(r"^(\s*)([-+=:]|\d+(?=[.)]))")


class Printer:
    """Prints receipts in one look and one language; its templates are read once."""

    def __init__(self, folders: Iterable[Path], look: Look, locale: Locale) -> None:
        folders = tuple(folders)
        self._look = look
        self._markdown = page_environment(folders, locale, printed=_marked)
        self._html = page_environment(folders, locale)
        for environment in (self._markdown, self._html):
            environment.filters.update(quoted_lines=_quoted, inline=_inline, named=_named)

    def markdown(self, receipt: Receipt) -> str:
        """Return the receipt as Markdown; raise InputError for a mistake in the template."""
        return render_template(self._markdown, TEMPLATES[0], {"receipt": receipt})

    def html(self, receipt: Receipt) -> str:
        """Return the receipt as one HTML page that loads nothing; raise InputError for a mistake in the template."""
        return render_template(self._html, TEMPLATES[1], {"receipt": receipt, "look": self._look})


def plain_markdown(text: str) -> str:
    """Return Markdown that reads as exactly these words: no mark, no list, no link, whatever they are."""
    return "\n".join(map(_line, text.splitlines()))


def _line(line: str) -> str:
    inner = line.lstrip()
    indent = "\N{NO-BREAK SPACE}" * (len(line) - len(inner))  # four spaces would make code of it
    return indent + _OPENS.sub(_opened, _unmarked(inner.rstrip()))


def _unmarked(line: str) -> str:
    return _MARKS.sub(r"\\\1", line).replace("://", ":\\//").replace("www.", "www\\.")


def _inline(value: Any) -> Markup:
    """Return words that stand behind others on their line, where a number or a dash opens nothing."""
    return Markup(_unmarked(" ".join(str(value).split())))


def _named(name: str) -> str:
    """Return a name with the colon before what it names; a question has its own mark."""
    return name if name.endswith(("?", ":")) else f"{name}:"


def _opened(found: re.Match[str]) -> str:
    """Escape what would open a list or underline a heading: the sign itself, or the full stop after a number."""
    return f"{found[1]}{found[2]}\\" if found[2].isdigit() else f"{found[1]}\\{found[2]}"


def _quoted(text: str) -> Markup:
    """Return a block quote of the words, line by line as they came."""
    lines = plain_markdown(text).split("\n")
    ends = ["\\" if line and after else "" for line, after in zip(lines, [*lines[1:], ""], strict=True)]
    return Markup("\n".join(f"> {line}{end}".rstrip() for line, end in zip(lines, ends, strict=True)))


def _marked(value: Any) -> str:
    return plain_markdown(" ".join(str(value).split()))
