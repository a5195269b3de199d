"""Turn a workspace, as it stands, into figures: files, versions, and what waits for a human. Nothing is changed."""

from dataclasses import asdict, dataclass, field

from flows import steps
from flows.reports import Job
from flows.sharing import counted
from flows.terminal.answers import completeness_answer, conflicts_answer, files_answer
from flows.terminal.failures import Exit
from flows.terminal.screen import Screen
from flows.terminal.session import Session
from flows.terminal.waiting import say_conflicts
from forankring.drafting import Requirement, load_completeness
from forankring.ledger import Ledger, Point, Route
from forankring.sharing import Tally
from forankring.versions import Conflict, Version
from forankring.workspace import open_workspace

SHORT_ROUND = 28
"""Days that a consultation customarily lasts; a shorter one is said with its reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What the text repository says; empty before the first run."""

    ledger: Ledger = field(default_factory=Ledger)
    versions: tuple[Version, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    completeness: tuple[Requirement, ...] = ()
    strays: tuple[str, ...] = ()

    @property
    def clashes(self) -> list[Conflict]:
        """Where a human has to choose; the others only want a look."""
        return [item for item in self.conflicts if not item.merged]

    @property
    def unplaced(self) -> list[Point]:
        """The points that belong to no chapter yet."""
        return [point for _, point in self.ledger.points() if point.about.route == Route.UNPLACED]


def status(session: Session) -> int:
    """Say how far the strategy is."""
    job = steps.begin(open_workspace(session.root))
    state, screen = read_state(job), session.screen
    _say_version(screen, state)
    files = files_answer(state.ledger)
    screen.line(screen.words("status_files", **files))
    screen.say("status_conflicts", n=len(state.clashes))
    say_conflicts(screen, state.conflicts)
    tally = steps.count_shared(job, state.ledger).total if state.ledger.submissions else Tally()
    screen.line(counted(tally, screen.locale))
    screen.say("status_unplaced", n=len(state.unplaced))
    for path in state.strays:
        screen.say("status_stray", path=path, style="yellow")
    answers = completeness_answer(state.completeness)
    if state.completeness:
        screen.line(screen.words("status_completeness", **{key: len(found) for key, found in answers.items()}))
    _say_deadlines(screen, job)
    screen.answer(
        {
            "version": state.versions[-1].name if state.versions else None,
            "files": files,
            "points": asdict(tally),
            "conflicts": conflicts_answer(state.conflicts),
            "strays": list(state.strays),
            "unplaced": [point.id for point in state.unplaced],
            "completeness": answers,
            "deadlines": {item.key: job.strategy.deadline(item.key) for item in job.strategy.rounds},
        }
    )
    waiting = state.ledger.refused or state.clashes or state.unplaced
    missing = [item for item in state.completeness if item.status != "answered"]
    return Exit.NEEDS_HUMAN if session.strict and (waiting or missing) else Exit.DONE


def versions(session: Session) -> int:
    """List the versions."""
    job = steps.begin(open_workspace(session.root))
    state, screen = read_state(job), session.screen
    if not state.versions:
        screen.say("no_versions")
    elif not screen.as_json:
        rows = [
            (item.name, screen.locale.date(item.when), item.commit[:10], _first_line(item)) for item in state.versions
        ]
        screen.table("versions", ("version", "date", "commit", "content"), rows)
    screen.answer(
        {
            "versions": [
                {
                    "name": item.name,
                    "when": item.when,
                    "commit": item.commit,
                    "message": item.message,
                    "editions": {file.name: file.sha256 for file in item.editions},
                }
                for item in state.versions
            ]
        }
    )
    return Exit.DONE


def read_state(job: Job) -> State:
    """Read the text repository without making one."""
    if not (job.workspace.text / ".git").exists():
        return State()
    text = steps.repository(job)
    files = text.files("main") if text.has("main") else {}
    found = files.get(steps.COMPLETENESS)
    return State(
        ledger=steps.recorded_ledger(job),
        versions=text.versions(),
        conflicts=text.open_conflicts(),
        completeness=load_completeness(found) if found else (),
        strays=text.strays(),
    )


def _first_line(version: Version) -> str:
    return version.message.partition("\n")[0]


def _say_version(screen: Screen, state: State) -> None:
    if state.versions:
        newest = state.versions[-1]
        screen.say("status_version", version=newest.name, date=screen.locale.date(newest.when), style="bold")
    else:
        screen.say("status_no_version")


def _say_deadlines(screen: Screen, job: Job) -> None:
    for item in job.strategy.rounds:
        deadline = job.strategy.deadline(item.key)
        if deadline:
            date, time = screen.locale.date(deadline), screen.locale.time(deadline)
            screen.say("status_deadline", round=item.title, date=date, time=time)
        if item.days < SHORT_ROUND and item.short_reason:
            screen.say("status_short", round=item.title, days=item.days, reason=item.short_reason)
