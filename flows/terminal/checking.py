"""Turn a workspace into a list of everything that someone should mend, before a run meets it. Nothing is recorded."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from flows import steps
from flows.messages import file_name
from flows.reports import Job
from flows.terminal.answers import completeness_answer, files_answer
from flows.terminal.failures import Exit
from flows.terminal.overview import read_state
from flows.terminal.screen import Screen
from flows.terminal.session import Session
from forankring.drafting import Requirement
from forankring.errors import InputError, Problem
from forankring.intake import list_inbox, problem_of
from forankring.ledger import Ledger, Submission
from forankring.publishing import Finding
from forankring.workspace import load_catalogue, open_workspace

R = TypeVar("R")


def check(session: Session) -> int:
    """Print every problem at once; mistakes of ours are wrong input, those of senders wait for a human."""
    screen, workspace = session.screen, open_workspace(session.root)
    problems: list[Problem] = []
    job = _try(lambda: steps.begin(workspace), problems)
    _try(lambda: load_catalogue(workspace), problems)
    ledger = _try(lambda: _ledger_ahead(screen, job), problems) if job else None
    _try(lambda: steps.refuse_numbers_in_text(workspace), problems)
    requirements: Sequence[Requirement] = ()
    findings: Sequence[Finding] = ()
    if job and ledger and not problems:
        draft = _try(lambda: steps.render_draft(job, ledger), problems)
        requirements = draft.completeness if draft else ()
        findings = steps.find_in_text(job, draft)
        problems += [found.problem for found in findings if found.stops]
    mended = [found.problem for found in findings if not found.stops]
    refused = (ledger or Ledger()).refused
    _say(screen, problems, mended, refused, requirements)
    answer = _answer(problems, refused, requirements, ledger or Ledger())
    screen.answer({**answer, "findings": [_plain(problem) for problem in mended]})
    if problems:
        return Exit.WRONG_INPUT
    waiting = bool(refused) or bool(mended) or any(item.status != "answered" for item in requirements)
    return Exit.NEEDS_HUMAN if session.strict and waiting else Exit.DONE


def _try(work: Callable[[], R], problems: list[Problem]) -> R | None:
    """Do one check; what it finds is kept, so that the next check still runs."""
    try:
        return work()
    except InputError as error:
        problems += error.problems
        return None


def _ledger_ahead(screen: Screen, job: Job) -> Ledger:
    """Return the ledger as the next run would leave it: new files are read, nothing is recorded."""
    parties, chapters = len(job.strategy.parties), len(job.strategy.chapters)
    screen.say("check_strategy", title=job.strategy.title, parties=parties, chapters=chapters)
    ledger = read_state(job).ledger
    screen.count("check_inbox", len(list_inbox(job.workspace)))
    new = steps.find_files(job, ledger)
    if not new:
        return ledger
    screen.count("check_waiting", len(new))
    return steps.register_readings(job, ledger, steps.read_batch(job, new), new).ledger


def _say(
    screen: Screen,
    problems: Sequence[Problem],
    mended: Sequence[Problem],
    refused: Sequence[Submission],
    requirements: Iterable[Requirement],
) -> None:
    """Say the longest first: what has to be mended stands last, where a terminal is read."""
    open_ones = [item for item in requirements if item.status != "answered"]
    if open_ones and not screen.as_json:
        screen.say("open_requirements", style="bold")
        for item in open_ones:
            screen.say(
                "open_requirement", id=item.id, question=item.question, detail=item.detail, by=", ".join(item.by)
            )
    if refused:
        screen.problems([problem_of(item) for one in refused for item in one.refusals], title="refused", style="yellow")
    if mended:
        screen.problems(mended, title="findings", style="yellow")
    if problems:
        screen.problems(problems, title="mistakes")
    if not (problems or mended or refused or open_ones):
        screen.say("check_fine", style="green")


def _answer(
    problems: Iterable[Problem], refused: Iterable[Submission], requirements: Iterable[Requirement], ledger: Ledger
) -> dict[str, object]:
    return {
        "problems": [_plain(problem) for problem in problems],
        "refused": [
            {"file": file_name(item), "places": list(item.places), "codes": [r.code for r in item.refusals]}
            for item in refused
        ],
        "completeness": completeness_answer(requirements),
        "files": files_answer(ledger),
    }


def _plain(problem: Problem) -> dict[str, object]:
    values = dict(problem.values)
    return {"code": problem.code, "file": problem.file, "line": problem.line, "field": problem.field, "values": values}
