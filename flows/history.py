"""Turn the history of a text into what ``show``, ``log`` and ``blame`` tell of it. Nothing is changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from flows import steps
from flows.reports import Job
from forankring.drafting import load_provenance, sources_of_blocks
from forankring.errors import InputError, Problem
from forankring.language import Locale
from forankring.versions import Commit, Origin, Sentence, TextRepository, Version, Written, authorship
from forankring.workspace import load_snapshot

CATALOGUE = "catalogue:"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterText:
    """A chapter as it stands in a version."""

    key: str
    title: str
    markdown: str

    @property
    def words(self) -> int:
        """How many words it has, those of tables included."""
        return sum(any(map(str.isalnum, word)) for word in self.markdown.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A commit of the text. ``since`` is the first version that holds it (empty: none yet), ``versions`` are those that
    were set on it, ``chapters`` are the keys of those that it changed."""

    commit: Commit
    since: str
    versions: tuple[str, ...]
    chapters: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attributed:
    """A sentence, the first version that has it (empty: none yet), and, where the templates have a share in it, the
    points (or whole submissions) and the entries of the catalogue that its block rests on."""

    sentence: Sentence
    since: str
    points: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()


def chapters_of(job: Job, name: str) -> tuple[Version, tuple[ChapterText, ...]]:
    """Return a version, the newest where it has no name, and its chapters in the order of its strategy."""
    text = _history(job)
    version = text.version(name) if name else steps.latest(job)
    files = text.files(version.commit)
    strategy = load_snapshot(files[steps.STRATEGY]) if steps.STRATEGY in files else job.strategy
    titles = {chapter.key: chapter.title for chapter in strategy.chapters}
    order = {key: place for place, key in enumerate(titles)}
    found = {_key(path): data.decode() for path, data in files.items() if path.startswith(steps.CHAPTERS)}
    keys = sorted(found, key=lambda key: (order.get(key, len(order)), key))
    return version, tuple(ChapterText(key=key, title=titles.get(key, key), markdown=found[key]) for key in keys)


def chapter_of(job: Job, name: str, key: str) -> tuple[Version, ChapterText]:
    """Return one chapter of a version; raise InputError that names those it has."""
    version, chapters = chapters_of(job, name)
    wanted = _checked(key, [chapter.key for chapter in chapters])
    return version, next(chapter for chapter in chapters if chapter.key == wanted)


def log(job: Job, key: str = "") -> tuple[Entry, ...]:
    """Return the commits of the text, or those that changed one chapter, the newest first."""
    text = _history(job)
    lineage = text.lineage()
    wanted = _checked(key, map(_key, lineage.paths())) if key else ""
    named = [(version.commit, version.name) for version in text.versions()]
    entries = (
        Entry(
            commit=step.commit,
            since=lineage.since.get(step.commit.sha, ""),
            versions=tuple(name for sha, name in named if sha == step.commit.sha),
            chapters=tuple(map(_key, lineage.changed(step))),
        )
        for step in lineage.line()
    )
    return tuple(entry for entry in entries if not wanted or wanted in entry.chapters)


def blame(job: Job, key: str, name: str = "") -> tuple[Attributed, ...]:
    """Return the sentences of a chapter as it stands, or stood in a version, with who wrote each of them."""
    text = _history(job)
    commit = text.version(name).commit if name else "main"
    files = text.files(commit)
    wanted = _checked(key, [_key(path) for path in files if path.startswith(steps.CHAPTERS)])
    path = f"{steps.CHAPTERS}{wanted}.md"
    found = authorship(text, commit, job.locale, chapters=[path])
    known = load_provenance(files[steps.PROVENANCE]) if steps.PROVENANCE in files else {}
    chapter = found.chapters[path]
    rests = sources_of_blocks(known.get(wanted, ()), chapter.blocks)
    return tuple(
        _attributed(sentence, found.version(sentence.written), rests[sentence.block]) for sentence in chapter.sentences
    )


def author(written: Written, locale: Locale) -> str:
    """Return who wrote something, in words: the template, a name, or both."""
    if written.origin == Origin.GENERATED:
        return locale.label("history.template")
    name = written.by.author.name
    return locale.label("history.both", name=name) if written.origin == Origin.BOTH else name


def _attributed(sentence: Sentence, since: str, sources: Iterable[str]) -> Attributed:
    if sentence.written.origin == Origin.HAND:
        return Attributed(sentence=sentence, since=since)
    named = tuple(sources)
    points = [source for source in named if not source.startswith(CATALOGUE)]
    told = {point.partition("-")[0] for point in points if "-" in point}  # a submission is named by its points
    return Attributed(
        sentence=sentence,
        since=since,
        points=tuple(point for point in points if point not in told),
        entries=tuple(source.removeprefix(CATALOGUE) for source in named if source.startswith(CATALOGUE)),
    )


def _history(job: Job) -> TextRepository:
    """Open the text without making one; raise InputError where nothing was drafted."""
    if (job.workspace.text / ".git").exists() and (text := steps.repository(job)).has("main"):
        return text
    raise InputError(Problem(code="no_version", file=str(job.workspace.root)))


def _checked(given: str, known: Iterable[str]) -> str:
    """Return the key of a chapter, also where its file was named; raise InputError that names those there are."""
    keys = sorted(known)
    key = _key(given)
    if key not in keys:
        raise InputError(Problem(code="chapter_not_in_text", values={"given": given, "allowed": ", ".join(keys)}))
    return key


def _key(path: str) -> str:
    return PurePosixPath(path).name.removesuffix(".md")
