"""Turn »this version goes to them« into files to send and a record of it, and the record into a list."""

from flows import sending, steps
from flows.terminal.answers import edition_answer
from flows.terminal.failures import Exit
from flows.terminal.session import Session
from forankring.publishing import REPORTS, Dispatch
from forankring.workspace import locked, open_workspace


def send(session: Session, name: str, party: str, person: str) -> int:
    """Build what they get and record it; without a recipient, list who got what last."""
    workspace, screen = open_workspace(session.root), session.screen
    if not party:
        return _list(session)
    with locked(workspace):
        done = sending.send(steps.begin(workspace), name, party, person)
    screen.say("sent", version=done.sent.version, to=_recipient(done.sent), style="green")
    for report in filter(None, (done.editions, done.redline)):
        for file in report.files:
            if file.name not in REPORTS:
                screen.path(report.folder / file.name)
    if done.redline:
        screen.count("sent_changes", done.redline.changes, since=done.redline.since)
    elif done.newer:
        screen.say("sent_older", newer=done.newer)
    else:
        screen.say("sent_first")
    screen.answer(
        {
            "version": done.sent.version,
            "party": party,
            "person": done.sent.person,
            "editions": edition_answer(done.editions),
            "redline": edition_answer(done.redline) if done.redline else None,
            "newer": done.newer or None,
        }
    )
    return Exit.DONE


def _list(session: Session) -> int:
    screen = session.screen
    found = sending.sent_so_far(steps.begin(open_workspace(session.root)))
    if not found:
        screen.say("sent_nothing")
    elif not screen.as_json:
        rows = [(_recipient(sent), sent.version, screen.locale.date(sent.when)) for sent in found]
        screen.table("sent", ("recipient", "version", "date"), rows)
    screen.answer({"sent": list(found)})
    return Exit.DONE


def _recipient(sent: Dispatch) -> str:
    return f"{sent.party} ({sent.person})" if sent.person else sent.party
