"""Turn what met in a merge into what an editor has to know to decide it, and the decision into a commit."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from flows import steps
from flows.reports import Job
from forankring.drafting import passages, sources_of
from forankring.errors import InputError, Problem
from forankring.intake import refuse_numbers
from forankring.text import parse, plain
from forankring.versions import ChapterAuthorship, Commit, Conflict, TextRepository, authorship

TAKEN = ("editor", "generated", "both")


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """What met, in which chapter (its title), whose edit stands, in which commit, and which template and points the
    newly generated text rests on."""

    conflict: Conflict
    title: str
    template: str
    sources: tuple[str, ...] = ()
    editor: Commit | None = None


def meetings(job: Job, conflicts: Sequence[Conflict]) -> tuple[Meeting, ...]:
    """Return what is told of each conflict."""
    text = steps.repository(job)
    edited = {(conflict.editor, conflict.path) for conflict in conflicts if text.has(conflict.editor)}
    history = {
        (commit, path): authorship(text, commit, job.locale, chapters=[path]).chapters[path] for commit, path in edited
    }
    return tuple(_meeting(job, text, conflict, history.get((conflict.editor, conflict.path))) for conflict in conflicts)


def resolve(job: Job, number: int, take: str, put: str | None) -> tuple[Conflict, Commit | None]:
    """Decide one conflict: ``take`` is one of ``TAKEN``, or empty where ``put`` is a text of the editor's own.

    Edits that no commit holds yet are taken up first. Raises InputError for a number that is not open, for a choice
    that there is not, for a personal number in the text, and where git does not know who decides.
    """
    text = steps.repository(job)
    steps.keep_edits(job)
    conflict = text.conflict(number)
    chosen = put if put is not None else _chosen(conflict, take)
    if chosen is not None:
        refuse_numbers({conflict.path: chosen.encode()})
    message = job.locale.label(f"flows.messages.decided_{take or 'text'}", number=number, path=conflict.path)
    return conflict, text.decide(number, chosen, message, job.when, text.editor(conflict.path))


def _chosen(conflict: Conflict, take: str) -> str | None:
    """Return the text that is to stand, None for what stands already."""
    choices: dict[str, Callable[[], str | None]] = {
        "editor": lambda: conflict.ours if conflict.merged else None,
        "generated": lambda: conflict.theirs,
    }
    if conflict.merged:
        choices["both"] = lambda: None
    if take not in choices:
        allowed = ", ".join(sorted(choices))
        raise InputError(Problem(code="choice_unknown", values={"given": take, "allowed": allowed}))
    return choices[take]()


def _meeting(job: Job, text: TextRepository, conflict: Conflict, history: ChapterAuthorship | None) -> Meeting:
    key = PurePosixPath(conflict.path).stem
    chapter = job.strategy.chapter(key)
    return Meeting(
        conflict=conflict,
        title=chapter.title if chapter else key,
        template=f"chapters/{key}.md.j2",
        sources=_sources(text, conflict, key),
        editor=_editor(conflict, history),
    )


def _editor(conflict: Conflict, history: ChapterAuthorship | None) -> Commit | None:
    """Return the commit in which ours was written, or theirs' older text removed; None where nobody knows."""
    if history is None:
        return None
    said = plain(parse(conflict.ours or conflict.base).blocks)
    written = history.brought(said) if conflict.ours else history.removed(said)
    return written.by if written else None


def _sources(text: TextRepository, conflict: Conflict, key: str) -> tuple[str, ...]:
    """Return the points and entries of the catalogue that the newly generated text rests on, as far as it is known."""
    if not conflict.theirs or not text.has(conflict.proposal):
        return ()
    files = text.files(conflict.proposal)
    if conflict.path not in files or steps.PROVENANCE not in files:
        return ()
    known = steps.provenance_in(files).get(key, ())
    chapter = passages(known, parse(files[conflict.path].decode()).blocks)
    return sources_of(chapter, plain(parse(conflict.theirs).blocks))
