"""Turn a workspace's ledger into what an editor reads about shared texts and endorsements. Nothing is changed."""

from dataclasses import asdict

from flows import steps
from flows.sharing import counted, endorsement_lines, headings, share_lines, shared_line
from flows.terminal.failures import Exit
from flows.terminal.overview import read_state
from flows.terminal.screen import Screen
from flows.terminal.session import Session
from forankring.ledger import Ledger
from forankring.sharing import Sharing
from forankring.workspace import Strategy, open_workspace


def shared(session: Session) -> int:
    """Say what several parties share, what each adds, who joins whom, and the counts of every chapter."""
    job = steps.begin(open_workspace(session.root))
    ledger, screen = read_state(job).ledger, session.screen
    found = steps.find_shared(job, ledger) if ledger.submissions else Sharing()
    _say_counts(screen, found, job.strategy)
    texts, joined = headings(found, screen.locale)
    screen.line(texts, style="bold")
    _say_texts(screen, found, ledger)
    screen.line(joined, style="bold")
    for line in endorsement_lines(found.endorsements, ledger, screen.locale):
        screen.line(f"  {line}")
    screen.answer(asdict(found))
    return Exit.DONE


def _say_counts(screen: Screen, found: Sharing, strategy: Strategy) -> None:
    titles = {chapter.key: chapter.title for chapter in strategy.chapters}
    screen.line(counted(found.total, screen.locale), style="bold")
    for key, tally in found.chapters.items():
        title = titles.get(key, key) or screen.locale.label("sharing.no_chapter")
        text = counted(tally, screen.locale)
        screen.line(f"  {screen.locale.label('sharing.in_chapter', chapter=title, counted=text)}")


def _say_texts(screen: Screen, found: Sharing, ledger: Ledger) -> None:
    for number, item in enumerate(found.shared, start=1):
        screen.line(f"  {shared_line(number, item, screen.locale)}")
        for passage in item.passages:
            screen.line(f"    {screen.locale.quoted(' '.join(passage.split()))}", style="dim")
        for line in share_lines(item, ledger, screen.locale, words=True):
            screen.line(f"    - {line}")
