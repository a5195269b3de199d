"""A small consultation in code: a strategy, what is known of the one before, and whatever submissions a test needs."""

from datetime import UTC, datetime

from forankring.language import load_locale
from forankring.ledger import About, Content, InputKind, Ledger, Outcome, PartyRef, Point, Publication, Submission
from forankring.workspace import PartyType, parse_catalogue, parse_strategy

DANISH = load_locale("da")
WHEN = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)

CHAPTERS = (
    "cover foreword summary status lessons context vision value anchoring leadership foundation initiatives whole "
    "governance economy next_steps annex_hearing annex_parties annex_glossary annex_method annex_versions"
).split()

STRATEGY = parse_strategy(
    """
key: proeve
title: Prøvestrategi
label: prøve
period: {first: 2027, last: 2030, label: 2027-2030}
imprint: {publisher: Sekretariatet}
parties:
  - {key: kl, name: KL, type: municipality, signs: true}
  - {key: skov, name: Skov Kommune, type: municipality}
  - {key: aaby, name: Aaby Kommune, type: municipality}
  - {key: oe, name: Ø Region, type: region}
  - {key: styrelsen, name: Styrelsen, type: state}
  - {key: intern, name: Intern Styrelse, type: state, internal: true}
rounds: [{key: r1, title: Første høring, opens: 2027-01-01, closes: 2027-01-28}]
goals:
  - id: M1
    title: Værdi
    indicators:
      - {title: Andel, baseline: "0 pct.", baseline_year: 2026, target: "50 pct.", target_year: 2029, source: X}
    assumptions: [Ro]
  - {id: M2, title: Tryghed}
steering_groups: [{id: SG-1, title: Styregruppe for alt, mandate: Beslutter, members: [KL]}]
next_steps: [{when: 2027-Q2, title: Beslutning, owner: KL}, {when: "2027-03-01", title: Høringsnotat}]
chapters:
"""
    + "".join(f"  - {{key: {key}, title: Kapitlet {key}}}\n" for key in CHAPTERS)
)

CATALOGUE = parse_catalogue(
    {
        "goals.yaml": """
goals:
  - id: G1
    title: Let og hurtigt
    fact: {source: S1, verified: ja}
    focus_areas: [{id: F1, title: Brugervenligt, fact: {source: S1, verified: ja}}]
  - {id: G2, title: Vækst, focus_areas: [], fact: {source: S1, verified: ja}}
initiative_total: 3
initiatives:
  - {number: "1.1", title: Brugerrejser, focus_area: F1, fate: completed, fact: {source: S2, verified: nej}}
  - {number: "1.10", title: Uden svar, focus_area: F1, fact: {source: S2, verified: ja}}
strategies:
  - {title: Den gamle, years: 2016-2020, relation: predecessor, fact: {source: S1, verified: ja}}
systems:
  - {key: nemid, name: NemID, now: MitID, status: Lukket, obsolete: ja, fact: {source: S3, verified: ja}}
  - {key: mitid, name: MitID, now: MitID, status: I drift, fact: {source: S3, verified: ja}}
principles: [{number: 1, title: Enkle regler, fact: {source: S4, verified: ja}}]
glossary: [{term: Øvelse, explanation: Noget}, {term: Aftale, explanation: Andet}]
"""
    }
)


def submission(number: int, party: str, *points: Point, **changes: object) -> Submission:
    """Return an accepted submission from a party of the strategy (or, by any other key, from an unlisted company)."""
    known = next((item for item in STRATEGY.parties if item.key == party), None)
    name, kind = (known.name, known.type) if known else (party, PartyType.COMPANY)
    values: dict[str, object] = {
        "id": f"B{number:03d}",
        "round": "r1",
        "outcome": Outcome.ACCEPTED,
        "places": (f"r1/{party}/svar.md",),
        "sha256": "0" * 64,
        "size": 1,
        "format": "markdown",
        "received_at": WHEN,
        "party": PartyRef(key=party, name=name, type=kind),
        "points": points,
    }
    return Submission(**{**values, **changes})  # type: ignore[arg-type]  # a scene is built from names and values


def remark(number: str, text: str, chapter: str = "", **changes: object) -> Point:
    """Return a point of free text."""
    point = {"id": number, "kind": InputKind.RESPONSE, "text": text, "about": About(chapter=chapter)}
    return Point(**{**point, **changes})  # type: ignore[arg-type]  # same


def form(number: str, content: Content, title: str = "", **changes: object) -> Point:
    """Return a point with the fields of a form."""
    point = {"id": number, "kind": InputKind(content.kind), "title": title, "content": content}
    return Point(**{**point, **changes})  # type: ignore[arg-type]  # same


def ledger(*submissions: Submission) -> Ledger:
    """Return the ledger of these submissions."""
    return Ledger(submissions)


ANONYMOUS = {"publication": Publication.ANONYMOUS}
WITHHELD = {"publication": Publication.WITHHELD}
