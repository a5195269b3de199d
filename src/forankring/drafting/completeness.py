"""Say for each requirement of the strategy (RQ-01 … RQ-42) whether it is answered, what is missing, and from whom."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum

from forankring.drafting.requirements import CHECKS, LEVELS, Answer, Gap, Material
from forankring.language import Locale, sort_key
from forankring.ledger import Ledger, Point, Publication, Submission, Visibility
from forankring.workspace import Catalogue, Strategy

PATH = "completeness.json"
_SHOWN = 6


class Answered(StrEnum):
    """How far a requirement is answered."""

    ANSWERED = "answered"
    PARTLY = "partly"
    MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """One row of the completeness report, in the locale's words; ``by`` are those who can give what is missing."""

    id: str
    question: str
    status: Answered
    status_label: str
    detail: str
    by: tuple[str, ...] = ()


def assess(strategy: Strategy, catalogue: Catalogue, ledger: Ledger, locale: Locale) -> tuple[Requirement, ...]:
    """Return every requirement in order, answered or not."""
    material = Material(strategy, catalogue, tuple(_published(ledger)))
    past = catalogue.past_years or locale.label("drafting.past_unknown")
    return tuple(_requirement(key, check(material), past, locale) for key, check in CHECKS.items())


def dump_completeness(requirements: Iterable[Requirement]) -> bytes:
    """Return completeness.json; the same requirements give the same bytes."""
    rows = [asdict(requirement) for requirement in requirements]
    return (json.dumps(rows, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def load_completeness(data: bytes) -> tuple[Requirement, ...]:
    """Return the requirements from completeness.json."""
    rows = json.loads(data)
    return tuple(Requirement(**(row | {"status": Answered(row["status"]), "by": tuple(row["by"])})) for row in rows)


def _published(ledger: Ledger) -> Iterable[tuple[Submission, Point]]:
    for submission, point in ledger.points():
        if submission.publication != Publication.WITHHELD and point.visibility == Visibility.PUBLIC:
            yield submission, point


def _requirement(key: str, answer: Answer, past: str, locale: Locale) -> Requirement:
    found = answer.total - len(answer.gaps)
    status = (
        Answered.ANSWERED if answer.total and not answer.gaps else Answered.PARTLY if found > 0 else Answered.MISSING
    )
    return Requirement(
        id=key,
        question=locale.label(f"requirements.{key}"),
        status=status,
        status_label=locale.label(f"completeness.{status}"),
        detail=_detail(found, answer, past, locale),
        by=_addressees(answer, locale),
    )


def _addressees(answer: Answer, locale: Locale) -> tuple[str, ...]:
    """Name who can give what is missing: the levels of government in their order, then parties by name."""
    if answer.total and not answer.gaps:
        return ()
    levels = [level for level in LEVELS if any(level in gap.levels for gap in answer.gaps)]
    names = {name for gap in answer.gaps for name in gap.who}
    if not answer.total or any(not (gap.levels or gap.who) for gap in answer.gaps):
        names.add(locale.label("completeness.secretariat"))
    said = (locale.label(f"completeness.words.{level}") for level in levels)
    return (*said, *sorted(names, key=sort_key(locale)))


def _detail(found: int, answer: Answer, past: str, locale: Locale) -> str:
    if not answer.total:
        return locale.label("completeness.nothing")
    counted = locale.label("completeness.found", found=locale.number(found), total=locale.number(answer.total))
    if not answer.gaps:
        return counted
    names = list(dict.fromkeys(_named(gap, locale) for gap in answer.gaps if _is_named(gap)))
    more = len(names[_SHOWN:]) + sum(not _is_named(gap) for gap in answer.gaps)
    listed = ", ".join(names[:_SHOWN]) if more else locale.listed(names)
    what = locale.label("completeness.more", names=listed, n=locale.number(more)) if more else listed
    if answer.frame:
        what = locale.label(f"completeness.frames.{answer.frame}", what=what, past=past)
    return f"{counted} {locale.label('completeness.lacking', what=what)}"


def _is_named(gap: Gap) -> bool:
    return bool(gap.what or gap.title or gap.word)


def _named(gap: Gap, locale: Locale) -> str:
    word = locale.label(f"completeness.words.{gap.word}") if gap.word else ""
    what = " ".join(filter(None, (gap.what, gap.title and locale.quoted(gap.title))))
    return f"{what} ({word})" if what and word else what or word
