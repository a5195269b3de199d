"""What readers are told of a version: its parties, and where it stands in the row of versions."""

from dataclasses import replace
from datetime import UTC, datetime

from forankring.language import load_locale
from forankring.publishing import HistoryLine, VersionText, notices
from forankring.text import plain
from forankring.workspace import parse_strategy
from forankring.workspace.strategy import Status

DANISH = load_locale("da")
STRATEGY = parse_strategy(
    """
key: s
title: T
label: L
status: consultation
period: {first: 2024, last: 2027, label: 2024-2027}
imprint: {publisher: P}
parties: [{key: kl, name: KL, type: municipality, signs: ja}, {key: r, name: R, type: state, signs: ja}]
chapters: []
"""
)
WHEN = datetime(2026, 11, 24, 12, tzinfo=UTC)
FIRST = VersionText(version="v1", when=WHEN, commit="abc", strategy=STRATEGY, chapters={})
SECOND = replace(FIRST, version="v2", history=(HistoryLine(version="v1", when=WHEN, text="Første udkast"),))


def told(version: VersionText) -> str:
    return " ".join(plain(node) for node in notices.history(version, DANISH))


def test_the_first_version_stands_in_its_own_table() -> None:
    assert "v1" in told(FIRST)
    assert "Første udgave: Høringsudkast" in told(FIRST)


def test_a_later_version_follows_those_before_it() -> None:
    assert told(SECOND).index("Første udkast") < told(SECOND).index("v2")
    assert "Første udgave" not in told(SECOND)


def test_a_version_that_its_history_tells_of_is_not_told_twice() -> None:
    line = HistoryLine(version="v2", when=WHEN, text="Rettet")
    assert told(replace(SECOND, history=(*SECOND.history, line))).count("v2") == 1


def test_a_drafts_parties_are_proposed_and_a_final_strategys_are_not() -> None:
    assert notices.face(FIRST, DANISH).parties == "Foreslåede parter: KL og R"
    final = replace(FIRST, strategy=replace(STRATEGY, status=Status.FINAL))
    assert notices.face(final, DANISH).parties == "KL / R"
