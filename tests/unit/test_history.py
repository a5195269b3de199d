"""In what words the past is told."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from flows.history import author
from forankring.language import load_locale
from forankring.versions import Commit, Identity, Origin, Written

COMMIT = Commit("c1", "Rettet", datetime(2024, 3, 1, tzinfo=UTC), Identity("Rikke Redaktør", "rikke@eksempel.dk"))
WRITTEN = Written(Origin.HAND, COMMIT, COMMIT)


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("da", ["skabelonen", "Rikke Redaktør", "Rikke Redaktør og skabelonen"]),
        ("en", ["the template", "Rikke Redaktør", "Rikke Redaktør and the template"]),
    ],
)
def test_an_author_is_the_template_a_name_or_both(locale: str, said: list[str]) -> None:
    origins = (Origin.GENERATED, Origin.HAND, Origin.BOTH)

    assert [author(replace(WRITTEN, origin=origin), load_locale(locale)) for origin in origins] == said
