"""Turn the catalogue's terms and sources, and the register of submissions, into the glossary and the method annex."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from forankring.drafting.views.documents import Document, documents
from forankring.drafting.views.entries import Entry, published_submissions, shown_party
from forankring.drafting.views.material import Material, View
from forankring.language import sort_key
from forankring.ledger import Content, Evidence, GoalStatus, Publication, Stance, Submission, TechnologyCase
from forankring.ledger.contents import Source
from forankring.workspace.catalogue import Fact, Term


@dataclass(frozen=True, slots=True, kw_only=True)
class GlossaryView(View):
    """The terms in Danish order."""

    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceUse:
    """A source and what it was used for; ``verified`` is true only where every fact from it was checked there."""

    source: str
    used_for: str
    verified: bool
    records: tuple[Any, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A submission as the register shows it. Of one that is not reproduced, only its number is told: a gap in the
    numbers would look like a loss."""

    submission: Submission
    reproduced: bool = True
    party: str = ""
    title: str = ""
    case_ref: str = ""
    kind: str = ""
    stance: str = ""
    points: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A document that a party refers to. The editors have not checked it."""

    document: Document
    entry: Entry[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodView(View):
    """Everything the method annex prints besides the requirements."""

    sources: tuple[SourceUse, ...]
    verified: int
    cited: tuple[Cited, ...]
    register: tuple[Sent, ...]


def glossary_view(material: Material) -> GlossaryView:
    """Return the view of ``annex_glossary``."""
    order = sort_key(material.locale)
    return GlossaryView(
        contributions=material.contributions("annex_glossary"),
        terms=tuple(sorted(material.catalogue.glossary, key=lambda item: order(item.term))),
    )


def method_view(material: Material) -> MethodView:
    """Return the view of ``annex_method``."""
    sources = _sources(material)
    return MethodView(
        contributions=material.contributions("annex_method"),
        sources=sources,
        verified=sum(item.verified for item in sources),
        cited=tuple(_cited(material)),
        register=_register(material),
    )


def _register(material: Material) -> tuple[Sent, ...]:
    published = {item.id for item in published_submissions(material.strategy, material.ledger)}
    return tuple(
        _sent(item, material) if item.id in published else Sent(submission=item, reproduced=False)
        for item in material.ledger.submissions
    )


def _sent(item: Submission, material: Material) -> Sent:
    return Sent(
        submission=item,
        party=shown_party(item, material.locale),
        title=_subject(item),
        case_ref="" if item.publication == Publication.ANONYMOUS else item.case_ref,
        kind=material.words(f"kinds.{item.kind.value}") if item.kind else material.words("kinds.response"),
        stance="" if item.stance == Stance.NOT_STATED else material.words(f"stance.{item.stance.value}"),
        points=sum(point.visibility == "public" for point in item.points),
    )


def _subject(submission: Submission) -> str:
    """Return what the sender called the contribution; a file's name is no subject, and an anonymous one is hidden."""
    names = {PurePosixPath(place).stem for place in submission.places}
    hidden = submission.publication == Publication.ANONYMOUS or submission.title in names
    return "" if hidden else submission.title


def _sources(material: Material) -> tuple[SourceUse, ...]:
    order = sort_key(material.locale)
    found: dict[str, list[tuple[Fact, str]]] = {}
    for fact, section in _facts(material):
        found.setdefault(fact.source, []).append((fact, section))
    return tuple(
        SourceUse(
            source=uses[0][0].source,
            used_for=material.listed(dict.fromkeys(section for _, section in uses)),
            verified=all(fact.verified for fact, _ in uses),
            records=tuple(fact for fact, _ in uses),
        )
        for source, uses in sorted(found.items(), key=lambda pair: order(pair[0]))
    )


def _facts(material: Material) -> Iterator[tuple[Fact, str]]:
    """Yield every fact of the catalogue with the name of its list."""
    catalogue = material.catalogue
    for goal in catalogue.goals:
        yield goal.fact, material.words("lists.goals")
        for area in goal.focus_areas:
            yield area.fact, material.words("lists.goals")
    for name in ("initiatives", "strategies", "evidence", "systems", "context", "principles"):
        for entry in getattr(catalogue, name):
            yield entry.fact, material.words(f"lists.{name}")


def _cited(material: Material) -> Iterator[Cited]:
    for entry in material.entries:
        for document in documents(_sources_in(entry.content), material.locale):
            yield Cited(document=document, entry=entry)


def _sources_in(content: Content | None) -> tuple[Source, ...]:
    match content:
        case GoalStatus() | TechnologyCase():
            return content.evidence
        case Evidence(source=str(title)):
            return (Source(title=title, date=content.date),)
        case _:
            return ()
