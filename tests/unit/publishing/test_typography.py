"""No line ends inside a number with its unit, a sign with its number or a date; nothing else is changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forankring import text
from forankring.language import load_locale
from forankring.publishing.manuscript.typography import bind

NBSP = "\N{NO-BREAK SPACE}"


def bound(words: str, key: str = "da") -> str:
    return text.plain(bind(text.inlines(words), load_locale(key))).replace(NBSP, "~")


@pytest.mark.parametrize(
    "expected",
    [
        "Det er 15~%, og 15~pct. er 2,5~mio.~kr. i alt",
        "(20~mia.~kr.) og 5~km, 1.000~kr. hvert år",
        "efter §~3, stk.~2, nr.~7 i loven",
        "jf. §§~1-6 og (s.~12) samt kap.~4",
        "den 1.~oktober~2024, kl.~17.30 i salen",
        "18~000 kommuner og 1~234~567~kroner",
        "se bilag~A og ⚠~Mangler: noget",
        "hr.~Hansen og prof.~Jensen",
        "i 2024 kom 300 kommuner med",
        "Det var i 2019. Kommunerne fik 98 svar.",
    ],
)
def test_danish_words_that_belong_together_stay_on_one_line(expected: str) -> None:
    assert bound(expected.replace("~", " ")) == expected


@pytest.mark.parametrize(
    "expected",
    [
        "on 1~October~2024 at 5~pm",
        "about £20~million or 5~per~cent (p.~12, No.~7)",
        "Dr~Smith in annex~B, section~3",
        "kl. 17.30 is not English",
    ],
)
def test_english_words_follow_english_rules(expected: str) -> None:
    assert bound(expected.replace("~", " "), "en") == expected


def test_code_and_the_edges_of_other_markup_are_left_alone() -> None:
    code = {"t": "Code", "c": [["", [], []], "15 %"]}
    nodes = [{"t": "Str", "c": "15"}, {"t": "Space"}, code, {"t": "Space"}, {"t": "Str", "c": "%"}]
    assert bind(nodes, load_locale("da")) == nodes


_WORDS = st.one_of(
    st.sampled_from(["15", "%", "pct.", "mio.", "kr.", "§", "3", "stk.", "1.", "maj", "2024", "000", "⚠", "A"]),
    st.text(alphabet="ab§%.,()1»«-–", min_size=1, max_size=6),
)


@given(st.lists(_WORDS, max_size=30), st.sampled_from(["da", "en"]))
def test_the_text_differs_only_in_spaces(words: list[str], key: str) -> None:
    said = " ".join(words)
    assert bound(said, key).replace("~", " ") == said
