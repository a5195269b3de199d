"""Words reach typst as words: whatever they are, no sign in them does anything."""

import re
import string

from hypothesis import given
from hypothesis import strategies as st

from forankring.publishing.figures.glyphs import covered, showable, unknown
from forankring.publishing.pdf.tree import escaped


@given(st.text(alphabet=string.punctuation + "ab 1", max_size=60))
def test_every_sign_that_means_something_is_escaped(words: str) -> None:
    bare = re.sub(r"\\.|#box\(\);", "", escaped(words))
    assert not set(bare) & set("#$[]{}()<>@*_`~=+-/\\\"';:.&|^%!")


@given(st.text(alphabet="abcæøå", min_size=1, max_size=400))
def test_escaping_keeps_every_letter(words: str) -> None:
    assert escaped(words).replace("#box();", "") == words


def test_a_very_long_word_can_be_broken() -> None:
    assert max(map(len, escaped("x" * 400).split("#box();"))) == 1
    assert "#box();" not in escaped("digitaliseringsstrategien")


def test_letters_that_no_font_has_are_shown_as_such_and_named() -> None:
    assert showable("⚠ Blåbærgrød – »15 %« ≥ → ✓ 🙂") == "⚠ Blåbærgrød – »15 %« ≥ → ✓ �"
    assert unknown("🙂 og 漢 og 🙂") == "漢🙂"
    assert covered()[0] == (0x20, 0x7E)
