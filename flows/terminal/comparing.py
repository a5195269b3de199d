"""Turn two versions into what changed between them: sentence by sentence on the terminal, or as a page."""

import re
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from rich.text import Text

from flows import steps
from flows.terminal.failures import Exit
from flows.terminal.screen import Screen
from flows.terminal.session import Session
from forankring.language import Locale
from forankring.publishing import ListedChange, reason_of, redline_page
from forankring.text import Token, compare
from forankring.workspace import open_workspace, write_file

_WORD = re.compile(r"\w+|\s+|[^\w\s]")
_SIGNS = {"added": "+", "removed": "-", "edited": "~", "moved": ">"}


def diff(session: Session, old: str, new: str, key: str, page: Path | None) -> int:
    """Show what changed; with ``page``, write it as a page of HTML."""
    job, screen = steps.begin(open_workspace(session.root)), session.screen
    pair, found = steps.changes_between(job, old, new, key)
    if page:
        write_file(page, redline_page(pair))
        screen.path(page)
    elif not screen.as_json:
        for title, rows in groupby(found, lambda row: row.chapter):
            _say_chapter(screen, title, list(rows))
    screen.count("diffed", len(found), since=pair.old.version, version=pair.new.version)
    screen.answer(
        {"old": pair.old.version, "new": pair.new.version, "changes": [_answer(row, screen.locale) for row in found]}
    )
    return Exit.DONE


def _say_chapter(screen: Screen, title: str, rows: Sequence[ListedChange]) -> None:
    screen.line("")
    screen.line(title, style="bold")
    for under, below in groupby(rows, lambda row: row.change.under):
        if under and under != title:
            screen.line(f"  {under}", style="dim")
        for row in below:
            _say(screen, row)


def _say(screen: Screen, row: ListedChange) -> None:
    """Print one change: its sign, its words with those that went and came set off, whose it is and why."""
    change = row.change
    who = row.written.by.author.name if row.written else ""
    old = change.new if change.kind == "moved" else change.old
    marked = marked_words(old, change.new, coloured=screen.talk.color_system is not None)
    told = " · ".join(filter(None, (who, reason_of(row, screen.locale))))
    screen.talk.print(Text(f"  {_SIGNS[change.kind]} ") + marked + Text(f"  {told}", style="dim"), soft_wrap=True)


def marked_words(old: str, new: str, *, coloured: bool) -> Text:
    """Return both texts in one: what went struck through in red, what came underlined in green; where there are no
    colours, in brackets as ``git diff --word-diff`` has them."""
    went, came = ("{}", "{}") if coloured else ("[-{}-]", "{{+{}+}}")
    ours, theirs = ([Token(word) for word in _WORD.findall(" ".join(words.split()))] for words in (old, new))
    marked, at = Text(), 0
    for change in compare(ours, theirs):
        marked.append(_joined(theirs[at : change.new_start]))
        for mark, words, style in (
            (went, ours[change.old_start : change.old_end], "red strike"),
            (came, theirs[change.new_start : change.new_end], "green underline"),
        ):
            marked.append(mark.format(_joined(words)) if words else "", style)
        at = change.new_end
    return marked.append(_joined(theirs[at:]))


def _joined(words: Sequence[Token]) -> str:
    return "".join(word.text for word in words)


def _answer(row: ListedChange, locale: Locale) -> dict[str, object]:
    change = row.change
    return {
        "chapter": row.chapter,
        "under": change.under,
        "kind": change.kind,
        "old": change.old,
        "new": change.new,
        "who": row.written.by.author.name if row.written else None,
        "when": row.when,
        "points": list(row.points),
        "why": reason_of(row, locale),
    }
