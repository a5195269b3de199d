"""What readers are told of a version: its parties, and where it stands in the row of versions."""

from dataclasses import replace
from datetime import UTC, datetime

from forankring.language import load_locale
from forankring.publishing import HistoryLine, VersionText, notices
from forankring.text import plain, rows_of
from forankring.workspace import parse_strategy

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


def rows(version: VersionText) -> list[tuple[str, str]]:
    """Return number and change of each version."""
    [table] = notices.history(version, DANISH)
    return [(plain(row[1][0][4]), plain(row[1][2][4])) for row in rows_of(table)[1]]


def test_the_first_version_stands_in_its_own_table() -> None:
    assert rows(FIRST) == [("1", "Første udgave: Høringsudkast")]


def test_a_later_version_follows_those_before_it() -> None:
    assert rows(SECOND) == [("1", "Første udkast"), ("2", "Høringsudkast")]


def test_a_version_that_its_history_tells_of_is_not_told_twice() -> None:
    line = HistoryLine(version="v2", when=WHEN, text="Rettet")
    assert rows(replace(SECOND, history=(*SECOND.history, line))) == [("1", "Første udkast"), ("2", "Rettet")]
