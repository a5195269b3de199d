"""Turn a command into a run of a flow, shown while it goes on and summed up at its end."""

import asyncio
import contextlib
import importlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from flows.messages import is_standing
from flows.progress import listening
from flows.reports import BuildReport, DraftReport, GatherReport, Sealed
from flows.sharing import counted
from flows.terminal.account import say_account, say_verdict
from flows.terminal.answers import draft_answer, edition_answer, gather_answer
from flows.terminal.failures import Exit
from flows.terminal.screen import Screen
from flows.terminal.serverside import import_flow
from flows.terminal.session import Session
from flows.terminal.waiting import say_conflicts
from forankring.drafting import Requirement
from forankring.errors import InputError, Problem
from forankring.intake import problem_of
from forankring.ledger import Outcome, Submission
from forankring.versions import Conflict
from forankring.workspace import EditionFormat, open_workspace

_SHOWN = 80


def gather(session: Session, runner: str) -> int:
    """Read the inbox and say what came."""
    report: GatherReport = _run(session, "gather", {"workspace": session.root}, runner)
    _say_gathered(session.screen, report)
    say_account(session.screen, report.account)
    session.screen.say("account_at")
    session.screen.path(open_workspace(session.root).reports / "gather.html")
    session.screen.answer(gather_answer(report))
    return _verdict(session, report.ledger.refused)


def draft(session: Session, runner: str) -> int:
    """Make the next version and say what is in it."""
    report: DraftReport = _run(session, "draft", {"workspace": session.root}, runner)
    screen = session.screen
    _say_gathered(screen, report.gathered)
    say_verdict(screen, report.gathered.account)
    _say_version(screen, report)
    _say_editions(screen, report.editions)
    _say_waiting(screen, report.conflicts, report.completeness)
    screen.answer(draft_answer(report))
    return _verdict(session, report.gathered.ledger.refused, report.conflicts, _unanswered(report.completeness))


def build(session: Session, name: str, formats: Sequence[str], *, internal: bool, redline: str) -> int:
    """Build the editions of one version and say whether they are the ones that were published, or its redline."""
    about = {"version": name, "formats": _formats(formats), "internal": internal, "redline": redline}
    report: BuildReport = _run(session, "build", {"workspace": session.root, **about})
    if report.since:
        return _say_redline(session, report)
    _say_editions(session.screen, report)
    if internal:
        session.screen.say("built_internal", style="yellow")
    elif not report.differing:
        session.screen.say("rebuilt_same", style="green")
    session.screen.answer(edition_answer(report))
    return _verdict(session, report.differing)


def _run(session: Session, name: str, parameters: dict[str, Any], runner: str = "") -> Any:
    """Run a flow with a server for it; the workspace is looked at first, so that a mistake in it costs no seconds."""
    open_workspace(session.root)
    with _shown(session.screen):
        flow, page = import_flow(name, verbose=session.verbose)
        started = getattr(flow, name)
        if runner:
            started = started.with_options(task_runner=importlib.import_module("flows.tasks").task_runner(runner))
        sealed: Sealed[Any] = asyncio.run(started(**parameters))
    if session.verbose:
        session.screen.err.print(session.screen.words("see_runs", page=page))
    return sealed.report


@contextlib.contextmanager
def _shown(screen: Screen) -> Iterator[None]:
    """Show the steps of the run on a terminal; a log file gets none."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    bar = Progress(*columns, console=screen.err, transient=True, disable=not screen.err.is_terminal)
    with bar, listening(_listener(screen, bar)):
        yield


def _listener(screen: Screen, bar: Progress) -> Callable[[str, int, int], None]:
    shown: dict[str, Any] = {}

    def listen(step: str, done: int, total: int) -> None:
        if step not in shown:
            for task in shown.values():
                bar.update(task, visible=False)
            shown[step] = bar.add_task(screen.words(f"steps.{step}"), total=total or None)
        bar.update(shown[step], completed=done, total=total or None)

    return listen


def _say_gathered(screen: Screen, report: GatherReport) -> None:
    if report.hand_edits:
        screen.say("kept_edits")
    if not report.fresh:
        screen.say("nothing_new")
        return
    screen.count("registered", sum(map(is_standing, report.fresh)))
    screen.line(counted(report.sharing.total, screen.locale))
    refused = _refused(report.fresh)
    if refused:
        screen.count("refused", len(refused), style="yellow")
    inside = [part for item in report.fresh if not item.replaced_by for part in item.parts]
    refusals = [*(item.refusals for item in refused), *(part.refusals for part in inside)]
    problems = [problem_of(refusal) for each in refusals for refusal in each]
    if problems:
        screen.problems(problems, title="refused", style="yellow")


def _say_version(screen: Screen, report: DraftReport) -> None:
    version = report.editions.version
    if not report.made:
        screen.say("unchanged", version=version)
        return
    files = screen.locale.count("flows.messages.files", sum(map(is_standing, report.changes.submissions)))
    chapters = screen.locale.count("flows.messages.chapters", len(report.changes.chapters))
    screen.say("made", version=version, files=files, chapters=chapters, style="bold green")


def _say_editions(screen: Screen, report: BuildReport) -> None:
    screen.say("built", version=report.version)
    for file in report.files:
        screen.path(report.folder / file.name)
    for name in report.differing:
        screen.say("differing", file=name, version=report.version, style="yellow")
    if report.findings:
        screen.count("findings_in", report.findings, version=report.version)


def _say_redline(session: Session, report: BuildReport) -> int:
    """Say where the files are that show what changed, and which blocks they show coarsely."""
    screen = session.screen
    screen.count("redline_built", report.changes, version=report.version, since=report.since)
    for file in report.files:
        screen.path(report.folder / file.name)
    for words in report.rebuilt:
        screen.say("redline_rebuilt", words=words[:_SHOWN], style="yellow")
    screen.answer(edition_answer(report))
    return Exit.DONE


def _say_waiting(screen: Screen, conflicts: Sequence[Conflict], requirements: Sequence[Requirement]) -> None:
    """Say what waits for a human."""
    if clashes := [item for item in conflicts if not item.merged]:
        screen.count("conflicts", len(clashes), style="yellow")
    say_conflicts(screen, conflicts)
    if missing := _unanswered(requirements):
        screen.count("missing", len(missing))


def _verdict(session: Session, *waiting: Sequence[object]) -> int:
    """Return the exit code: what waits for a human is an error only to those who asked for it."""
    return Exit.NEEDS_HUMAN if session.strict and any(waiting) else Exit.DONE


def _refused(submissions: Sequence[Submission]) -> list[Submission]:
    return [item for item in submissions if item.outcome == Outcome.QUARANTINED and not item.replaced_by]


def _unanswered(requirements: Sequence[Requirement]) -> list[Requirement]:
    return [item for item in requirements if item.status != "answered"]


def _formats(given: Sequence[str]) -> list[EditionFormat] | None:
    known = [str(item) for item in EditionFormat]
    for name in given:
        if name not in known:
            raise InputError(Problem(code="edition_unknown", values={"given": name, "allowed": ", ".join(known)}))
    return [EditionFormat(name) for name in given] or None
