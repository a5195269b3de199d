"""The house templates print every published point, show every gap, and keep to the rules for house text."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Any

import pytest

from forankring.drafting.rendering import Draft, render
from forankring.ledger import (
    AnchoringPlan,
    Evidence,
    GoalProposal,
    GoalStatus,
    Initiative,
    Ledger,
    Place,
    Stance,
    TechnologyCase,
    Visibility,
)
from forankring.ledger.contents import Ai, AiUse, Assessment, Benefit, BenefitType, CoParty, Cost, Milestone, Source
from forankring.text import attributes, parse, plain, walk
from forankring.workspace import house_templates
from tests.unit.drafting.scene import (
    ANONYMOUS,
    CATALOGUE,
    CHAPTERS,
    DANISH,
    STRATEGY,
    WITHHELD,
    form,
    ledger,
    remark,
    submission,
)

NASTY = "# ikke | en *overskrift* <b>fed</b> [link](javascript:x)"
HIDDEN = ("HEMMELIGT", "INTERNT", "MINISTERIELT")
SILENT = ("cover", "annex_hearing", "annex_versions")

RICH = ledger(
    submission(
        1,
        "styrelsen",
        form(
            "B001-01",
            GoalStatus(
                goal="G1",
                assessment=Assessment.REACHED,
                rationale=NASTY,
                lesson="Begynd med brugerne",
                evidence=(Source(title="Måling", date="2020-06", finding="Godt."), Source(title="Andet")),
            ),
        ),
    ),
    submission(2, "skov", form("B002-01", GoalStatus(goal="F1", assessment=Assessment.NOT))),
    submission(
        3,
        "skov",
        form(
            "B003-01",
            Initiative(
                number="1.1",
                goals=("M1", "M7"),
                themes=("klima",),
                problem="Første afsnit.\n\nAndet afsnit.",
                technologies=("Maskinlæring",),
                ai=Ai(use=AiUse.SUPPORT),
                benefits=(Benefit(type=BenefitType.TIME, beneficiary=NASTY), Benefit(type=BenefitType.CLIMATE)),
                owner="Skov Kommune",
                co_parties=(CoParty(party="Aaby Kommune"),),
                steering_group="SG-1",
                anchoring_level=4,
                cost=(Cost(year=2027, amount=1.5),),
                milestones=(Milestone(when="2027-Q2", deliverable="Pilot"),),
                systems=("NemID", "Andet"),
                depends_on=("B004-01", "noget"),
            ),
            NASTY,
        ),
    ),
    submission(4, "Firma", form("B004-01", Initiative(technologies=("Robot",)), "Robot")),
    submission(5, "oe", form("B005-01", TechnologyCase(technology="Tale", difficulties="Dialekter"))),
    submission(6, "kl", form("B006-01", AnchoringPlan(mandate="Bestyrelsen", leadership_actions=("Kursus",)))),
    submission(
        7,
        "aaby",
        form("B007-01", Evidence(claim="Påstand", relevance=("G2",))),
        form("B007-02", Evidence(claim="Varme", relevance=("klima",))),
        form("B007-03", GoalProposal(statement="Alle skal med")),
    ),
    submission(
        8,
        "oe",
        *(remark(f"B008-{n:02d}", f"{NASTY} {key}\n\nAfsnit to", key) for n, key in enumerate(CHAPTERS, 1)),
        remark("B008-90", "Uden kapitel", proposal="Skriv det om"),
    ),
    submission(9, "skov", remark("B009-01", "Navnløst", "value"), title="Fra skoven", **ANONYMOUS),
    submission(10, "skov", remark("B010-01", "HEMMELIGT", "value"), **WITHHELD),
    submission(11, "skov", remark("B011-01", "INTERNT", "value", visibility=Visibility.INTERNAL)),
    submission(12, "intern", remark("B012-01", "MINISTERIELT", "value")),
    submission(13, "aaby", stance=Stance.NO_REMARKS),
)


@cache
def draft(full: bool = True) -> Draft:
    return render(STRATEGY, CATALOGUE, RICH if full else Ledger(), [house_templates()], DANISH)


def blocks(key: str, full: bool = True) -> list[dict[str, Any]]:
    return list(walk(parse(draft(full).chapters[key]).blocks))


def identifiers(found: list[dict[str, Any]]) -> Iterator[str]:
    for node in found:
        attr = attributes(node)
        if attr and attr[0]:
            yield attr[0]


def test_every_published_point_is_printed_in_its_chapter_and_in_the_hearing_annex() -> None:
    printed = {key: set(identifiers(blocks(key))) for key in CHAPTERS}
    for point in (point for sent in RICH.current for point in sent.points):
        hidden = point.text in HIDDEN
        assert (f"hoering-{point.id.lower()}" in printed["annex_hearing"]) != hidden
        if point.text.startswith(NASTY) and point.about.chapter not in SILENT:
            assert f"bidrag-{point.id.lower()}" in printed[point.about.chapter]


def test_a_proposal_made_in_a_heading_is_printed_above_its_reason() -> None:
    point = remark("B001-01", "Fordi.", "anchoring", place=Place(heading=("Opret en tavle", "Hvorfor")))
    chapters = render(STRATEGY, CATALOGUE, ledger(submission(1, "skov", point)), [house_templates()], DANISH).chapters

    for key in ("anchoring", "annex_hearing"):
        assert "Under overskriften »Opret en tavle / Hvorfor«:\n\n> Fordi." in chapters[key]


def test_nothing_hidden_is_printed_anywhere() -> None:
    text = "".join(draft().chapters.values())
    for secret in (*HIDDEN, "Fra skoven", "Intern Styrelse"):
        assert secret not in text


def test_strangers_words_are_read_as_they_were_written() -> None:
    quoted = [plain(node) for node in blocks("leadership") if node["t"] == "BlockQuote"]
    assert quoted == [f"{NASTY} leadership\n\nAfsnit to"]
    assert all(plain(node) != "ikke" for node in blocks("leadership") if node["t"] == "Header")


@pytest.mark.parametrize("full", [True, False], ids=["rich", "empty"])
@pytest.mark.parametrize("key", CHAPTERS)
def test_house_text_keeps_to_its_rules(key: str, full: bool) -> None:
    found = blocks(key, full)
    levels = [node["c"][0] for node in found if node["t"] == "Header"]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert not {node["t"] for node in found} & {
        "HorizontalRule",
        "LineBlock",
        "RawBlock",
        "RawInline",
        "CodeBlock",
        "Cite",
    }
    for node in found:
        match node["t"]:
            case "BulletList":
                assert all(len(item) == 1 for item in node["c"])
            case "OrderedList":
                assert all(len(item) == 1 for item in node["c"][1])
            case "Para" | "Plain" | "Header":
                assert plain(node).strip()


@pytest.mark.parametrize("full", [True, False], ids=["rich", "empty"])
def test_identifiers_are_unique_and_every_internal_link_arrives(full: bool) -> None:
    every = [node for key in CHAPTERS for node in blocks(key, full)]
    times = Counter(identifiers(every))
    assert [name for name, count in times.items() if count > 1] == []
    targets = {node["c"][2][0] for node in every if node["t"] == "Link"}
    assert {target for target in targets if target.startswith("#") and target[1:] not in times} == set()


def test_a_strategy_without_boxes_or_hearing_annex_has_no_links_into_them() -> None:
    kept = tuple(chapter for chapter in STRATEGY.chapters if chapter.key not in ("initiatives", "annex_hearing"))
    text = "".join(
        render(replace(STRATEGY, chapters=kept), CATALOGUE, RICH, [house_templates()], DANISH).chapters.values()
    )
    assert "Robot" in text
    assert "](#" not in text


def test_an_empty_consultation_shows_its_gaps_in_every_content_chapter() -> None:
    for key in (
        "foreword",
        "status",
        "lessons",
        "context",
        "vision",
        "value",
        "anchoring",
        "leadership",
        "initiatives",
    ):
        assert "⚠ Mangler" in draft(full=False).chapters[key], key


def test_a_gap_names_what_is_missing_and_who_can_give_it() -> None:
    text = " ".join(draft().chapters["initiatives"].split())
    assert "⚠ Mangler: udfordring er ikke oplyst af Firma." in text
    assert "⚠ Mangler: gevinster er ikke oplyst af Firma." in text
    assert "Forankringstrin: 4 af 4" in text
    assert "⚠ Svarene rækker kun til trin 1." in text


def test_no_chapter_speaks_of_versions_or_of_today() -> None:
    """The same inputs must give the same text on any day: version and date are filled in when an edition is built."""
    for key in ("cover", "annex_versions"):
        assert not re.search(r"\bv\d+\b|[Vv]ersion \d", draft().chapters[key])
    assert {attributes(node)[1][0] for node in blocks("cover") if node["t"] == "Div"} == {"imprint"}  # type: ignore[index]
    assert {attributes(node)[1][0] for node in blocks("annex_versions") if node["t"] == "Div"} == {"version-history"}  # type: ignore[index]


def test_the_chapters_know_which_points_they_rest_on() -> None:
    sources = {source for block in draft().provenance["anchoring"] for source in block.sources}
    assert {"B003-01", "B004-01", "B006-01"} <= sources
    assert any(source.startswith("catalogue:") for block in draft().provenance["status"] for source in block.sources)


def test_the_sums_rest_on_the_points_whose_costs_they_add_up() -> None:
    years = next(block for block in draft().provenance["economy"] if block.start.startswith("Udgifter fordelt på år"))
    assert years.sources == ("B003-01",)


@pytest.mark.parametrize(
    ("key", "caption", "point"),
    [
        ("summary", "Initiativernes svar på de tre spørgsmål", "B003-01"),
        ("anchoring", "Initiativerne fordelt på forankringstrin", "B003-01"),
        ("annex_hearing", "Punkter fordelt på kapitler", "B003-01"),
        ("annex_method", "Spørgsmål, som strategien skal svare på", "B003"),
    ],
)
def test_a_table_of_counts_rests_on_what_it_counts(key: str, caption: str, point: str) -> None:
    table = next(block for block in draft().provenance[key] if block.start.startswith(caption))
    assert point in table.sources
