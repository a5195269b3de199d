"""Turn what a run did into commit messages that an editor can read: which files came, which chapters changed."""

from collections.abc import Sequence
from pathlib import PurePosixPath

from flows.reports import Changes
from forankring.language import Locale
from forankring.ledger import Outcome, Publication, Submission
from forankring.workspace import PartyType, Strategy

LINES = 20


def gathered_message(submissions: Sequence[Submission], locale: Locale) -> str:
    """Return the message of the commit that registers these submissions."""
    named = [submission_line(item, locale) for item in submissions]
    if len(named) == 1:
        return locale.label("flows.messages.gathered_one", what=named[0])
    return _message(locale.count("flows.messages.gathered", sum(map(is_standing, submissions))), named, locale)


def version_message(changes: Changes, since: str, strategy: Strategy, locale: Locale) -> str:
    """Return the message of the commit and tag of a version; ``since`` is the version before, empty for the first."""
    files = locale.count("flows.messages.files", sum(map(is_standing, changes.submissions)))
    chapters = locale.count("flows.messages.chapters", len(changes.chapters))
    subject = locale.label("flows.messages.version", files=files, chapters=chapters)
    came = _section("came_since" if since else "came", [submission_line(item, locale) for item in changes.submissions])
    changed = _section("changed", [_chapter_line(path, strategy) for path in _in_order(changes.chapters, strategy)])
    parts = [
        locale.label(f"flows.messages.{head}", since=since) + "\n" + _lines(lines, locale)
        for head, lines in (*came, *changed)
    ]
    return "\n\n".join([subject, *parts]) + "\n"


def submission_line(submission: Submission, locale: Locale) -> str:
    """Return ``B012 Eksempel Kommune (svar.docx)``, and what became of it; a sender who did not want to be named is
    not."""
    name = sender(submission, locale)
    file = shown_file(submission)
    line = " ".join(filter(None, (submission.id, name, f"({file})" if file else "")))
    ended = [] if submission.outcome == Outcome.ACCEPTED else [locale.label(f"flows.outcomes.{submission.outcome}")]
    if submission.replaced_by:
        ended.append(locale.label("flows.messages.replaced", by=submission.replaced_by))
    return f"{line}: {', '.join(ended)}" if ended else line


def is_standing(submission: Submission) -> bool:
    """Tell whether a submission came, or goes better now; one that was withdrawn or replaced is only told of."""
    return submission.outcome != Outcome.WITHDRAWN and not submission.replaced_by


def sender(submission: Submission, locale: Locale) -> str:
    """Return the party's name as it may stand in git for ever: no citizen's own, nobody's who asked not to be named."""
    party = submission.party
    if party is None:
        return locale.label("flows.unknown_party")
    private = party.type == PartyType.CITIZEN and not party.listed
    if private or submission.publication != Publication.PUBLIC:
        return locale.label("flows.unnamed_party")
    return party.name


def shown_file(submission: Submission) -> str:
    """Return the name of the file; nothing where it might tell a sender who did not want to be named."""
    return file_name(submission) if submission.publication == Publication.PUBLIC else ""


def file_name(submission: Submission) -> str:
    """Return the name of the file as it came, without its folders."""
    return PurePosixPath(submission.places[0]).name if submission.places else ""


def _chapter_line(path: str, strategy: Strategy) -> str:
    chapter = strategy.chapter(PurePosixPath(path).stem)
    return f"{chapter.title} ({path})" if chapter else path


def _in_order(paths: Sequence[str], strategy: Strategy) -> list[str]:
    """Return the chapters in the order of the book; those that the strategy no longer has come last."""
    order = {chapter.key: place for place, chapter in enumerate(strategy.chapters)}
    return sorted(paths, key=lambda path: (order.get(PurePosixPath(path).stem, len(order)), path))


def _section(head: str, lines: list[str]) -> list[tuple[str, list[str]]]:
    return [(head, lines)] if lines else []


def _message(subject: str, lines: Sequence[str], locale: Locale) -> str:
    return f"{subject}\n\n{_lines(lines, locale)}\n"


def _lines(lines: Sequence[str], locale: Locale) -> str:
    """List the lines; a long list ends with how many more there are."""
    shown = [f"- {line}" for line in lines[:LINES]]
    if len(lines) > LINES:
        shown.append(locale.count("flows.messages.more", len(lines) - LINES))
    return "\n".join(shown)
