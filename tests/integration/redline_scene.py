"""Two versions of the small strategy between which something of every kind has come, gone, moved or been edited."""

from dataclasses import replace
from datetime import UTC, datetime

from forankring.publishing import Manuscript, VersionText, assemble
from tests.integration.publishing_scene import CHAPTERS, png, scene

_EDITS = {
    "foreword": (
        ("sammen.\nResultatet er skabt i fællesskab, og", "i fællesskab.\nResultatet er skabt af alle parter, og"),
        ("^[Se *status* i næste kapitel.]", "^[Se *kapitlet om status*, det næste.]"),
        ("må begynde med opgaven.\n", "må begynde med **opgaven**.\nDet gælder alle myndigheder.\n"),
        ("[borger.dk](https://www.borger.dk/)", "[borger.dk](https://www.borger.dk/hjaelp)"),
        ("### Et mellemtrin er sprunget over", "### Et mellemtrin"),
    ),
    "status": (
        ("havde ambitiøse mål.", "havde ambitiøse, men brede mål for hele den offentlige sektor."),
        (
            "| Region Eksempel | Nået |",
            "| Styrelsen for Eksempler | Ikke nået | Arbejdet er ikke begyndt. |\n| Region Eksempel | Nået |",
        ),
        ("Delvist nået", "Nået"),
        (": Vurderinger fra parterne", ": Vurderinger fra alle parter"),
        ("- Andet punkt\n", "- Andet punkt\n- Tredje punkt er nyt\n"),
        ("    - Et underpunkt til\n", ""),
        ("## Tabel uden overskriftsrække", "## En tabel"),
        ("| B   | 2   |\n", ""),
        ("til regioner", "til fem regioner"),
        (
            "![Søjler, der viser fire svar fra kommuner og to fra regioner]",
            "![Søjler, der viser fem svar fra kommuner]",
        ),
        ("soejler.png", "nye-soejler.png"),
    ),
    "initiatives": (
        ("**Værdi:** 15 %", "**Værdi:** 20 %"),
        ("- Ansvarlig: Eksempelstyrelsen\n", ""),
    ),
}
_MOVED = "En stat, der vil have gavn af ny teknologi, må begynde med **opgaven**.\nDet gælder alle myndigheder.\n"


def older() -> VersionText:
    """Return version 3."""
    chapters = {**CHAPTERS, "annex_old": "# Bilag: Udgået {#annex_old}\n\nDette bilag er ikke med længere.\n"}
    return replace(scene(), version="v3", chapters=chapters)


def newer() -> VersionText:
    """Return version 5, in which a chapter is new as well and one has gone."""
    chapters = dict(CHAPTERS)
    for key, edits in _EDITS.items():
        for old, new in edits:
            chapters[key] = chapters[key].replace(old, new)
    chapters["foreword"] = _reordered(chapters["foreword"])
    chapters["annex_terms"] = (
        "# Bilag: Begreber {#annex_terms}\n\nForankring\n:   At én har ansvaret.^[Se [forordet](#foreword).]\n"
    )
    when = datetime(2026, 5, 4, 8, tzinfo=UTC)
    return replace(scene(), version="v5", when=when, chapters=chapters, pictures={"nye-soejler.png": png(80, 40)})


def manuscripts() -> tuple[Manuscript, Manuscript]:
    """Return both, assembled."""
    return assemble(older()), assemble(newer())


def _reordered(chapter: str) -> str:
    """Put the quotation in front of the paragraph that it followed."""
    quotation = "> Teknologi skaber først værdi, når den er forankret.\n\n"
    start = chapter.index("En stat, der")
    return chapter[:start] + quotation + chapter[start:].replace(quotation, "")
