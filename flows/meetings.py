"""Turn what met in a merge into what an editor has to know to decide it, and the decision into a commit."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from flows import steps
from flows.reports import Job
from forankring.drafting import passages, sources_of
from forankring.errors import InputError, Problem
from forankring.intake import refuse_numbers
from forankring.text import parse, plain
from forankring.versions import (
    ChapterAuthorship,
    Commit,
    Conflict,
    Origin,
    TextRepository,
    Written,
    authorship,
)

_GENERATED = "generated"
"""The branch of what the templates wrote."""
_Histories = Mapping[tuple[str, str], ChapterAuthorship]
TAKEN = ("editor", "generated", "both")


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """What met, in which chapter (its title), whose edit stands, in which commit, and which template and points the
    newly generated text rests on. Where it is no template's but another editor's, ``template`` is empty and ``other``
    the commit that it was written in."""

    conflict: Conflict
    title: str
    template: str
    sources: tuple[str, ...] = ()
    editor: Commit | None = None
    other: Commit | None = None


def meetings(job: Job, conflicts: Sequence[Conflict]) -> tuple[Meeting, ...]:
    """Return what is told of each conflict."""
    text = steps.repository(job)
    generated = text.ancestors(_GENERATED) if text.has(_GENERATED) else frozenset[str]()
    sides = {(sha, it.path) for it in conflicts for sha in {it.editor, it.proposal} - generated if text.has(sha)}
    history = {
        (commit, path): authorship(text, commit, job.locale, chapters=[path]).chapters[path] for commit, path in sides
    }
    return tuple(_meeting(job, text, conflict, history, generated) for conflict in conflicts)


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
    [told] = meetings(job, [conflict])
    choice = take if told.template or take != "generated" else "other"
    message = job.locale.label(f"flows.messages.decided_{choice or 'text'}", number=number, path=conflict.path)
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


def _meeting(
    job: Job, text: TextRepository, conflict: Conflict, history: _Histories, generated: frozenset[str]
) -> Meeting:
    key = PurePosixPath(conflict.path).stem
    chapter = job.strategy.chapter(key)
    ours = _author(conflict.ours, conflict, history.get((conflict.editor, conflict.path)))
    theirs = _author(conflict.theirs, conflict, history.get((conflict.proposal, conflict.path)))
    told = Meeting(
        conflict=conflict,
        title=chapter.title if chapter else key,
        template="",
        editor=ours.by if ours else None,
    )
    if _is_templates(conflict, theirs, generated):
        return replace(told, template=f"chapters/{key}.md.j2", sources=_sources(text, conflict, key))
    known = text.commit(conflict.proposal) if text.has(conflict.proposal) else None
    return replace(told, other=theirs.by if theirs else known)


def _is_templates(conflict: Conflict, theirs: Written | None, generated: frozenset[str]) -> bool:
    """Tell whether the templates wrote the other side; of what met while a draft ran no commit is known."""
    if not conflict.editor and not conflict.proposal:
        return True
    return conflict.proposal in generated or (theirs is not None and theirs.origin == Origin.GENERATED)


def _author(said: str, conflict: Conflict, history: ChapterAuthorship | None) -> Written | None:
    """Return who wrote one side, or removed the older text where it says nothing; None where nobody knows."""
    if history is None:
        return None
    words = plain(parse(said or conflict.base).blocks)
    return history.brought(words) if said else history.removed(words)


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
