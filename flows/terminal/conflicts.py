"""Turn what met in merges into a list that an editor can decide from, and the editor's word into a decision."""

import re
from typing import Any

from rich.text import Text

from flows import meetings, steps
from flows.meetings import Meeting
from flows.terminal.answers import conflict_answer
from flows.terminal.failures import Exit
from flows.terminal.screen import Screen
from flows.terminal.session import Session
from forankring.errors import InputError, Problem
from forankring.publishing import points_of
from forankring.text import Token, compare
from forankring.versions import Commit
from forankring.workspace import locked, open_workspace

_WORD = re.compile(r"\w+|\s+|[^\w\s]")
_SHORT = 10
_LABEL = 18


def conflicts(session: Session, number: str) -> int:
    """List what met, all or one; change nothing."""
    job = steps.begin(open_workspace(session.root))
    found = steps.open_conflicts(job) if (job.workspace.text / ".git").exists() else ()
    if number:
        found = (steps.repository(job).conflict(_number(number)),)
    told, screen = meetings.meetings(job, found), session.screen
    clashes, looks = ([item for item in told if bool(item.conflict.merged) == is_look] for is_look in (False, True))
    screen.count("conflicts", len(clashes), style="bold")
    for meeting in clashes:
        _show(screen, meeting)
    if looks:
        screen.line("")
        screen.count("looks", len(looks), style="bold")
    for meeting in looks:
        _show(screen, meeting)
    if told:
        screen.line("")
    for key, shown in (("how_to_decide", clashes), ("how_to_approve", looks)):
        if shown:
            screen.say(key, number=shown[0].conflict.number)
    screen.answer({"conflicts": [_answer(item) for item in clashes], "looks": [_answer(item) for item in looks]})
    return Exit.NEEDS_HUMAN if session.strict and clashes else Exit.DONE


def resolve(session: Session, number: str, take: str, text: str | None) -> int:
    """Decide one of them."""
    if bool(take) == (text is not None):
        allowed = ", ".join(f"--take {name}" for name in meetings.TAKEN)
        raise InputError(Problem(code="choice_missing", values={"allowed": allowed}))
    workspace = open_workspace(session.root)
    with locked(workspace):
        job = steps.begin(workspace)
        conflict, commit = meetings.resolve(job, _number(number), take, text)
    screen = session.screen
    screen.say("decided", number=conflict.number, path=conflict.path, style="green")
    waiting = [item for item in steps.open_conflicts(job) if not item.merged]
    screen.count("conflicts", len(waiting))
    screen.answer({"number": conflict.number, "path": conflict.path, "commit": commit.sha if commit else None})
    return Exit.DONE


def _number(given: str) -> int:
    if not given.isdecimal():
        raise InputError(Problem(code="conflict_number", values={"given": given}))
    return int(given)


def _show(screen: Screen, meeting: Meeting) -> None:
    """Print one of them as a small block: where, what either side says, and whose word it is."""
    conflict = meeting.conflict
    key = "place_of" if conflict.line else "place_of_chapter"
    screen.line("")
    screen.line(screen.words(key, number=conflict.number, title=meeting.title, path=conflict.path, line=conflict.line))
    if conflict.merged:
        _side(screen, "merged", Text(_flat(conflict.merged)))
    _side(screen, "ours", _marked(conflict.base, conflict.ours, "green"))
    _side(screen, "theirs" if meeting.template else "other", _marked(conflict.base, conflict.theirs, "cyan"))
    _side(screen, "base", Text(_flat(conflict.base) or screen.words("sides.nothing"), style="dim"))
    for key, commit in (("edited", meeting.editor), ("other_edited", meeting.other)):
        if commit:
            date = screen.locale.date(commit.when)
            said = screen.words("edited_by", name=commit.author.name, date=date, commit=commit.sha[:_SHORT])
            _side(screen, key, Text(said))
    if meeting.template:
        _side(screen, "rests", Text(screen.locale.listed([*points_of(meeting.sources), meeting.template])))


def _side(screen: Screen, key: str, said: Text) -> None:
    """Print a label and what it tells; lines that do not fit go on below their first word."""
    label = Text(f"  {screen.words(f'sides.{key}')}: ".ljust(_LABEL), style="bold")
    shown = said if said.plain else Text(screen.words("sides.deleted"), style="italic")
    lines = shown.wrap(screen.talk, max(_LABEL, screen.talk.width - _LABEL))
    for line in lines:
        line.rstrip()
    screen.talk.print(label + Text(f"\n{' ' * _LABEL}").join(lines), soft_wrap=True)


def _marked(base: str, said: str, style: str) -> Text:
    """Return a side's words, with those that it put in place of the base's set off."""
    old, new = ([Token(word) for word in _WORD.findall(_flat(words))] for words in (base, said))
    marked, at = Text(), 0
    for change in compare(old, new):
        marked.append("".join(token.text for token in new[at : change.new_start]))
        marked.append("".join(token.text for token in new[change.new_start : change.new_end]), f"bold {style}")
        at = change.new_end
    return marked.append("".join(token.text for token in new[at:]))


def _flat(words: str) -> str:
    return " ".join(words.split())


def _answer(meeting: Meeting) -> dict[str, Any]:
    return conflict_answer(meeting.conflict) | {
        "chapter": meeting.title,
        "template": meeting.template or None,
        "sources": list(meeting.sources),
        "edited_by": _by(meeting.editor),
        "other_edited_by": _by(meeting.other),
    }


def _by(commit: Commit | None) -> dict[str, Any] | None:
    return {"name": commit.author.name, "commit": commit.sha, "when": commit.when} if commit else None
