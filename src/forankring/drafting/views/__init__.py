"""Turn strategy, catalogue and ledger into one frozen view per chapter: all that a template may know."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from forankring.drafting.views.anchoring import anchoring_view, leadership_view, value_view
from forankring.drafting.views.annexes import glossary_view, method_view
from forankring.drafting.views.cards import Card
from forankring.drafting.views.context import context_view, vision_view
from forankring.drafting.views.entries import Entry
from forankring.drafting.views.foundation import foundation_view, whole_view
from forankring.drafting.views.front import cover_view, foreword_view, summary_view
from forankring.drafting.views.hearing import hearing_view, parties_view
from forankring.drafting.views.material import Material, View, gather_material
from forankring.drafting.views.progress import economy_view, governance_view, next_steps_view
from forankring.drafting.views.status import lessons_view, status_view
from forankring.language import Locale
from forankring.ledger import Ledger
from forankring.workspace import Catalogue, Strategy

__all__ = ["Card", "Entry", "Material", "View", "build_views"]


@dataclass(frozen=True, slots=True, kw_only=True)
class InitiativesView(View):
    """The boxes of chapter ``initiatives``."""

    cards: tuple[Card, ...]


def build_views(strategy: Strategy, catalogue: Catalogue, ledger: Ledger, locale: Locale) -> Mapping[str, View]:
    """Return the view of each chapter of the strategy; a chapter of the user's own gets its contributions only."""
    material = gather_material(strategy, catalogue, ledger, locale)
    past = material.past
    return {chapter.key: replace(_build(chapter.key, material), past=past) for chapter in strategy.chapters}


def _build(key: str, material: Material) -> View:
    if key in _BUILDERS:
        return _BUILDERS[key](material)
    return View(contributions=material.contributions(key))


def _initiatives_view(material: Material) -> InitiativesView:
    return InitiativesView(contributions=material.contributions("initiatives"), cards=material.cards)


_BUILDERS: Mapping[str, Callable[[Material], View]] = {
    "cover": cover_view,
    "foreword": foreword_view,
    "summary": summary_view,
    "status": status_view,
    "lessons": lessons_view,
    "context": context_view,
    "vision": vision_view,
    "value": value_view,
    "anchoring": anchoring_view,
    "leadership": leadership_view,
    "foundation": foundation_view,
    "initiatives": _initiatives_view,
    "whole": whole_view,
    "governance": governance_view,
    "economy": economy_view,
    "next_steps": next_steps_view,
    "annex_hearing": hearing_view,
    "annex_parties": parties_view,
    "annex_glossary": glossary_view,
    "annex_method": method_view,
}
