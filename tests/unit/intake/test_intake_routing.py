"""Routing: the surest sign decides, the same text always goes the same way, and it is told why."""

import pytest

from forankring.intake.routing import Heading, Router
from forankring.ledger import AnchoringPlan, Evidence, GoalStatus, Initiative, InputKind, Route
from forankring.ledger.contents import Assessment
from forankring.workspace import Strategy


@pytest.fixture(scope="module")
def router(strategy: Strategy) -> Router:
    return Router(strategy)


def test_a_forms_kind_leads_to_its_chapter(router: Router) -> None:
    status = GoalStatus(goal="G1", assessment=Assessment.PARTLY)
    about = router.by_content(InputKind.GOAL_STATUS, status)
    assert (about.chapter, about.route, about.matched, about.goal) == ("status", Route.FORM, "goal_status", "G1")
    assert router.by_content(InputKind.INITIATIVE, Initiative(number="1.10")).initiative == "1.10"
    assert router.by_content(InputKind.ANCHORING_PLAN, AnchoringPlan()).chapter == "anchoring"


def test_evidence_goes_to_the_goal_that_it_names_else_to_the_context(router: Router) -> None:
    assert router.by_content(InputKind.EVIDENCE, Evidence(claim="x", relevance=("F3",))).chapter == "status"
    assert router.by_content(InputKind.EVIDENCE, Evidence(claim="x", relevance=("klima",))).chapter == "context"


@pytest.mark.parametrize(
    ("target", "chapter"),
    [
        ("anchoring", "anchoring"),
        ("Organisatorisk forankring", "anchoring"),
        ("M1", "vision"),
        ("G2", "status"),
        ("3.1a", "initiatives"),
        ("annex_hearing", "annex_hearing"),
        ("cover", "cover"),
        ("afsnittet om forankring", "anchoring"),
    ],
)
def test_a_senders_reference_is_followed_everywhere(router: Router, target: str, chapter: str) -> None:
    about = router.by_target(target)
    assert about is not None
    assert (about.chapter, about.route) == (chapter, Route.FRONT_MATTER)


def test_a_reference_to_nothing_leads_nowhere(router: Router) -> None:
    assert router.by_target("side 14, midtpå") is None


@pytest.mark.parametrize(
    ("text", "chapter"),
    [
        ("Nåede vi så de mål?", "status"),
        ("Den organisatoriske forankring skal sikres.", "anchoring"),
        ("Klimaet og den demografiske udvikling", "context"),
        ("Optimere deres forretning, og digitalt lederskab kommer på agendaen.", "leadership"),
        ("TEKNOLOGIGLÆDEN", "value"),
        ("Nåede vi målene for 2016-2020?", "status"),
    ],
)
def test_words_decide_by_their_stems_and_the_most_letters_win(router: Router, text: str, chapter: str) -> None:
    about = router.by_text((), text)
    assert (about.chapter, about.route) == (chapter, Route.WORDS)
    assert about.matched in text


def test_a_word_inside_another_is_no_hit(router: Router) -> None:
    assert router.by_text((), "Enstatus og uforankring").route == Route.UNPLACED


@pytest.mark.parametrize("text", ["Forsiden er flot", "Høringsnotatet er langt", "Vejret er godt"])
def test_covers_and_annexes_are_never_guessed(router: Router, text: str) -> None:
    assert router.by_text((), text).chapter == ""


def test_the_innermost_heading_goes_before_the_words(router: Router) -> None:
    headings = (Heading("Status"), Heading("Klima og tillid"))
    about = router.by_text(headings, "Her tales om forankring.")
    assert (about.chapter, about.route, about.matched) == ("context", Route.HEADING, "Klima og tillid")


def test_an_opening_decides_for_its_own_paragraph_and_only_helps_the_next(router: Router) -> None:
    headings = (Heading("DET NYE ÅRTI?", "opening"),)
    assert router.by_text(headings, "Men hvad med forankring?", opens=True).chapter == "context"
    assert router.by_text(headings, "Men hvad med forankring?").chapter == "anchoring"
    assert router.by_text(headings, "Men hvad så?").chapter == "context"


def test_a_files_title_does_not_place_its_paragraphs(router: Router) -> None:
    assert router.by_text((Heading("Svar om forankring", "title"),), "Tak for sidst.").route == Route.UNPLACED


def test_a_tie_goes_to_the_earlier_chapter(router: Router) -> None:
    assert router.by_text((), "vision status").chapter == "status"
