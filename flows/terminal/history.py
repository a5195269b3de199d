"""Turn the history of a text into answers on the terminal: what a version is, what came when, who wrote what."""

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from flows import history, steps
from flows.history import Attributed, ChapterText, Entry
from flows.reports import Job
from flows.terminal.failures import Exit
from flows.terminal.screen import Screen
from flows.terminal.session import Session
from forankring.versions import Origin, Version
from forankring.workspace import open_workspace

SHOWN = 120
"""Letters of a sentence in the table; all of it stands in the answer for a script."""
LISTED = 3
"""Points, and changed chapters, that are named in a table before the rest is counted."""
_KIB = 1024


def show(session: Session, name: str, key: str) -> int:
    """Say what a version is, or print one of its chapters as Markdown."""
    job, screen = steps.begin(open_workspace(session.root)), session.screen
    if key:
        version, chapter = history.chapter_of(job, name, key)
        if not screen.as_json:
            screen.line(chapter.markdown.rstrip("\n"))
        screen.answer({"version": version.name, **_chapter(chapter), "markdown": chapter.markdown})
        return Exit.DONE
    version, chapters = history.chapters_of(job, name)
    if not screen.as_json:
        _say_version(screen, version, chapters)
    screen.answer(_version(version) | {"chapters": [_chapter(chapter) for chapter in chapters]})
    return Exit.DONE


def log(session: Session, key: str) -> int:
    """List the commits of the text, or of one chapter."""
    job, screen = steps.begin(open_workspace(session.root)), session.screen
    entries = history.log(job, key)
    if not screen.as_json:
        columns = ("version", "date", "who", "content", *(() if key else ("chapters",)))
        rows = [_log_row(entry, job, screen) for entry in entries]
        screen.table("log", columns, [row[: len(columns)] for row in rows])
    screen.answer({"commits": [_entry(entry) for entry in entries]})
    return Exit.DONE


def blame(session: Session, key: str, name: str) -> int:
    """Say of every sentence of a chapter who wrote it."""
    job, screen = steps.begin(open_workspace(session.root)), session.screen
    found = history.blame(job, key, name)
    if not screen.as_json:
        screen.table("blame", ("sentence", "who", "points", "since"), _blame_rows(found, screen))
        counts: dict[str, Any] = {origin.value: 0 for origin in Origin}
        counts |= Counter(item.sentence.written.origin.value for item in found)
        screen.say("blamed", n=len(found), **counts)
    screen.answer({"sentences": [_attributed(item) for item in found]})
    return Exit.DONE


def _say_version(screen: Screen, version: Version, chapters: Sequence[ChapterText]) -> None:
    date, time = screen.locale.date(version.when), screen.locale.time(version.when)
    screen.say("shown_version", version=version.name, date=date, time=time, commit=version.commit[:10], style="bold")
    screen.line(version.message)
    number = screen.locale.number
    sizes = (screen.words("kib", n=number(-(-item.size // _KIB))) for item in version.editions)
    files = [(item.name, size, item.sha256) for item, size in zip(version.editions, sizes, strict=True)]
    screen.table("editions", ("file", "size", "sha256"), files)
    rows = [(chapter.key, chapter.title, number(chapter.words)) for chapter in chapters]
    screen.table("chapters", ("key", "title", "words"), rows)


def _log_row(entry: Entry, job: Job, screen: Screen) -> tuple[str, ...]:
    when = entry.commit.when.astimezone(job.strategy.zone)
    moment = f"{screen.locale.date(when)} {screen.locale.time(when)}"
    chapters = _short(entry.chapters, screen)
    return (entry.since or "–", moment, entry.commit.author.name, entry.commit.subject, chapters)


def _blame_rows(found: Sequence[Attributed], screen: Screen) -> Iterator[tuple[str, ...]]:
    """Yield a row for every sentence; the cells of a row that are of one author stand in one."""
    for _, group in itertools.groupby(found, key=lambda item: (item.sentence.line, item.sentence.written)):
        items = list(group)
        words = " | ".join(item.sentence.words for item in items)
        who = history.author(items[0].sentence.written, screen.locale)
        sources = [*items[0].points, *([screen.words("entries", n=len(items[0].entries))] if items[0].entries else [])]
        shown = words if len(words) <= SHOWN else f"{words[: SHOWN - 1]}…"
        yield shown, who, _short(sources, screen), items[0].since or "–"


def _short(names: Sequence[str], screen: Screen) -> str:
    """Return the first of some names, and how many more there are."""
    more = len(names) - LISTED
    return ", ".join([*names[:LISTED], *([screen.words("and_more", n=more)] if more > 0 else [])])


def _version(version: Version) -> dict[str, Any]:
    return {
        "name": version.name,
        "when": version.when,
        "commit": version.commit,
        "message": version.message,
        "editions": [{"name": item.name, "size": item.size, "sha256": item.sha256} for item in version.editions],
    }


def _chapter(chapter: ChapterText) -> dict[str, Any]:
    return {"key": chapter.key, "title": chapter.title, "words": chapter.words}


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "commit": entry.commit.sha,
        "when": entry.commit.when,
        "author": entry.commit.author.name,
        "subject": entry.commit.subject,
        "since": entry.since or None,
        "versions": list(entry.versions),
        "chapters": list(entry.chapters),
    }


def _attributed(item: Attributed) -> dict[str, Any]:
    sentence, written = item.sentence, item.sentence.written
    return {
        "words": sentence.words,
        "kind": sentence.kind,
        "block": sentence.block,
        "line": sentence.line,
        "origin": str(written.origin),
        "author": written.by.author.name,
        "when": written.by.when,
        "commit": written.came.sha,
        "since": item.since or None,
        "points": list(item.points),
        "entries": list(item.entries),
    }
