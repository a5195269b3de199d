"""Turn a command about one submission or one point into the change that it asks for, and say what was done."""

from flows import decisions, steps
from flows.messages import sender
from flows.terminal.failures import Exit
from flows.terminal.session import Session
from forankring.ledger import Point, Route, find_point
from forankring.workspace import locked, open_workspace

_WHY = {"route": "route", "sureness": "sure"}
SHOWN = 80
"""Letters of a point's text in a list."""


def withdraw(session: Session, number: str, why: str, *, erase: bool) -> int:
    """Withdraw a submission."""
    workspace = open_workspace(session.root)
    with locked(workspace):
        done = decisions.withdraw_submission(steps.begin(workspace), number, why, erased=erase)
    screen = session.screen
    screen.say("withdrawn", number=done.submission.id, style="green")
    answer: dict[str, object] = {"id": done.submission.id, "outcome": str(done.submission.outcome)}
    if done.erased:
        screen.count("erased", done.erased.originals)
        if held := list(done.erased.held_by):
            screen.count("still_held", len(held), numbers=screen.locale.listed(held), style="yellow")
        screen.say("erased_rest", number=done.submission.id, style="yellow")
        answer["still_held_by"] = held
    screen.answer(answer | {"originals_erased": done.erased and done.erased.originals})
    return Exit.DONE


def place(session: Session, number: str, chapter: str, goal: str, initiative: str) -> int:
    """Place a point; without a chapter, say where it is and why; without a point, list those that have no chapter."""
    workspace = open_workspace(session.root)
    if not number:
        return _list(session)
    if not (chapter or goal or initiative):
        return _show(session, number)
    with locked(workspace):
        point = decisions.place(steps.begin(workspace), number, chapter, goal, initiative)
    screen, about = session.screen, point.about
    screen.say("placed", number=point.id, chapter=about.chapter, style="green")
    for key, value in (("goal", about.goal), ("initiative", about.initiative)):
        if value:
            screen.line(f"{screen.locale.label(f'receipts.points.{key}')}: {value}")
    screen.answer({"id": point.id, "chapter": about.chapter, "goal": about.goal, "initiative": about.initiative})
    return Exit.DONE


def _show(session: Session, number: str) -> int:
    """Say where a point was placed, why, and how sure that is; change nothing."""
    ledger = steps.recorded_ledger(steps.begin(open_workspace(session.root)))
    about = find_point(ledger, number).about
    screen = session.screen
    names = {name: screen.locale.label(f"choices.{name}.{getattr(about, key)}") for name, key in _WHY.items()}
    screen.say("placed_because", chapter=about.chapter or "–", matched=about.matched or "–", **names)
    if about.quote:
        screen.say("placed_quote", quote=screen.locale.quoted(about.quote))
    shown = {"chapter": about.chapter, "route": str(about.route), "sure": str(about.sure), "matched": about.matched}
    screen.answer({"id": number.strip().upper(), **shown, "quote": about.quote})
    return Exit.DONE


def _list(session: Session) -> int:
    job = steps.begin(open_workspace(session.root))
    found = [pair for pair in steps.recorded_ledger(job).points() if pair[1].about.route == Route.UNPLACED]
    screen = session.screen
    rows = [(point.id, sender(item, job.locale), _shown(point)) for item, point in found]
    if rows and not screen.as_json:
        screen.table("unplaced", ("id", "party", "text"), rows)
    screen.count("unplaced", len(rows))
    screen.answer({"unplaced": [point.id for _, point in found]})
    return Exit.NEEDS_HUMAN if session.strict and rows else Exit.DONE


def _shown(point: Point) -> str:
    """Return the first words of a point: its text's where the title is no more than a number."""
    is_named = any(map(str.isalpha, point.title))
    flat = " ".join((point.title if is_named or not point.text else point.text).split())
    return flat if len(flat) <= SHOWN else f"{flat[: SHOWN - 1]}…"
