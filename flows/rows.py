"""Turn submissions, requirements and conflicts into rows and texts, for the terminal and the web page alike."""

from collections.abc import Iterable, Sequence

from flows.messages import sender, shown_file, submission_line, version_message
from flows.reports import Changes
from forankring.drafting import Requirement
from forankring.intake import problem_of
from forankring.language import Locale
from forankring.ledger import Ledger, Outcome, Submission
from forankring.versions import Conflict
from forankring.workspace import Strategy

ROWS = 500
_SHOWN = 160


def register_rows(submissions: Iterable[Submission], locale: Locale) -> list[dict[str, str]]:
    """Return one row a submission: number, party, file, outcome and, where it was refused, why.

    Of a sender who did not want to be named neither name nor file: the rows stand in the web page's database.
    """
    keys = ("id", "party", "file", "outcome", "reason")
    rows = (
        (
            item.id,
            sender(item, locale),
            shown_file(item),
            locale.label(f"flows.outcomes.{item.outcome}"),
            " ".join(reasons(item, locale)),
        )
        for item in submissions
    )
    return _named(keys, rows, locale)


def completeness_rows(requirements: Iterable[Requirement], locale: Locale) -> list[dict[str, str]]:
    """Return one row a requirement: its number, the question, how far it is answered, what is missing, by whom."""
    keys = ("requirement", "question", "status", "detail", "by")
    rows = ((r.id, r.question, r.status_label, r.detail, ", ".join(r.by)) for r in requirements)
    return _named(keys, rows, locale)


def changes_text(changes: Changes, strategy: Strategy, locale: Locale) -> str:
    """Return the message of the version as Markdown: its own lines stay lines, strangers' words stay words."""
    lines = version_message(changes, "", strategy, locale).splitlines()
    marked = (f"- {marked_plain(line[2:])}" if line.startswith("- ") else marked_plain(line) for line in lines)
    return "\n".join(marked)


def refusals_text(refused: Sequence[Submission], locale: Locale) -> str:
    """Return a list of what was refused, each with reason and remedy."""
    if not refused:
        return locale.label("flows.artifacts.nothing_refused")
    lines = [locale.count("flows.artifacts.refused", len(refused)), ""]
    for item in refused[:ROWS]:
        lines.append(f"- **{marked_plain(submission_line(item, locale))}**")
        lines += [f"    - {marked_plain(reason)}" for reason in reasons(item, locale)]
    return "\n".join(lines)


def conflicts_text(conflicts: Sequence[Conflict], locale: Locale) -> str:
    """Return a list of the places where a hand edit and the templates met."""
    clashes, looks = ([item for item in conflicts if bool(item.merged) == is_look] for is_look in (False, True))
    lines = [locale.count("flows.artifacts.conflicts", len(clashes)), "", *_conflicts(clashes, locale)]
    if looks:
        lines += ["", locale.count("flows.artifacts.looks", len(looks)), "", *_conflicts(looks, locale)]
    return "\n".join(lines) if conflicts else locale.label("flows.artifacts.no_conflicts")


def shown(side: str, locale: Locale) -> str:
    """Return what one side of a conflict says, a long text by its first lines; a side that says nothing deleted it."""
    said = side.strip()
    if not said:
        return locale.label("command_line.sides.deleted")
    return said if len(said) <= _SHOWN else f"{said[: _SHOWN - 1].rstrip()}…"


def reasons(submission: Submission, locale: Locale) -> list[str]:
    """Return why a submission, or a file within it, was refused and how to mend it, a sentence or two each."""
    refusals = (*submission.refusals, *(refusal for part in submission.parts for refusal in part.refusals))
    return [" ".join(locale.problem(problem_of(refusal))) for refusal in refusals]


def counts(ledger: Ledger) -> dict[str, int]:
    """Return how many files ended how, those that a later one replaced apart; the counts add up to all files."""
    standing = [item for item in ledger.submissions if not item.replaced_by]
    ended = {str(outcome): sum(item.outcome == outcome for item in standing) for outcome in Outcome}
    return {**ended, "replaced": len(ledger.submissions) - len(standing)}


def _conflicts(conflicts: Sequence[Conflict], locale: Locale) -> list[str]:
    return [
        locale.label(
            "flows.artifacts.look" if item.merged else "flows.artifacts.conflict",
            number=item.number,
            path=item.path,
            line=item.line,
            ours=marked_plain(shown(item.ours, locale)),
            theirs=marked_plain(shown(item.theirs, locale)),
            merged=marked_plain(item.merged),
        )
        for item in conflicts
    ]


def _named(keys: Sequence[str], rows: Iterable[Sequence[str]], locale: Locale) -> list[dict[str, str]]:
    names = [locale.label(f"command_line.columns.{key}") for key in keys]
    return [dict(zip(names, map(marked_plain, row), strict=True)) for row in rows]


def marked_plain(text: str) -> str:
    """Keep strangers' words from being read as Markdown or HTML by the web page."""
    flat = " ".join(text.split())
    return "".join(f"\\{letter}" if letter in "\\`*_[]<>|#" else letter for letter in flat)
