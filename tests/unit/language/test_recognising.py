"""A passage is of a language only where that is plain: Danish is never taken for English, nor a few words for any."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forankring.language import is_language_tag, language_of, load_locale

ENGLISH = (
    "This strategy sets out how the government will become digital, and what that means for those who use services."
)
DANISH = (
    "Strategien beskriver, hvordan det offentlige bliver digitalt, og hvad det betyder for dem, der bruger løsningerne."
)


def sentences() -> list[str]:
    """Return the sentences and the cells of the reference strategy's chapters."""
    chapters = sorted((Path(__file__).parents[2] / "golden" / "reference" / "chapters").glob("*.md"))
    said = "\n".join(file.read_text(encoding="utf-8") for file in chapters)
    return [part for part in re.split(r"[\n|]", re.sub(r"\{[^}]*\}|\]\([^)]*\)", "", said)) if part.strip()]


def test_a_whole_sentence_is_recognised() -> None:
    assert (language_of(ENGLISH), language_of(DANISH)) == ("en", "da")


@pytest.mark.parametrize(
    "said", ["", "Digital Post", "The whole of it", "42 %", ENGLISH + " " + DANISH, "Berlin ist " * 20]
)
def test_few_words_mixed_words_and_another_language_are_nothing(said: str) -> None:
    assert language_of(said) == ""


@given(st.lists(st.sampled_from(sentences()), min_size=1, max_size=4))
def test_danish_text_is_never_taken_for_english(said: list[str]) -> None:
    assert language_of(". ".join(said)) in ("da", "")


def test_no_word_is_a_sign_of_two_languages() -> None:
    danish, english = (set(load_locale(key).label("recognition.words").split()) for key in ("da", "en"))
    assert not danish & english


@pytest.mark.parametrize(
    ("tag", "known"), [("en", True), ("en-GB", True), ("qq", False), ('da"][', False), ("", False)]
)
def test_a_tag_is_a_language_that_there_is(tag: str, known: bool) -> None:
    assert is_language_tag(tag) is known
