"""A block's name is given once: links to a paragraph lead to it in every later version."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from forankring.drafting import BlockSource, describe, name_blocks
from forankring.text import para

FIRST = ("Staten går foran.", "Kommunerne har ansvaret for driften.", "Regionerne samler erfaringerne.")


def described(*texts: str) -> tuple[BlockSource, ...]:
    return tuple(describe(para(text), ()) for text in texts)


def names(blocks: tuple[BlockSource, ...]) -> list[str]:
    return [block.name for block in blocks]


def test_a_name_is_the_chapters_key_and_letters_of_the_words() -> None:
    named = name_blocks("vision", (), described(*FIRST))
    assert names(named) == [f"vision-{block.digest[:6]}" for block in named]


def test_a_paragraph_put_in_between_leaves_the_others_their_names() -> None:
    before = name_blocks("vision", (), described(*FIRST))
    now = name_blocks("vision", before, described(FIRST[0], "Noget helt andet.", *FIRST[1:]))
    assert [names(now)[0], *names(now)[2:]] == names(before)


def test_an_edited_paragraph_keeps_its_name() -> None:
    before = name_blocks("vision", (), described(*FIRST))
    edited = "Kommunerne har ansvaret for driften, når projektet er slut, og for at følge op på gevinsterne."
    now = name_blocks("vision", before, described(FIRST[0], edited, FIRST[2]))
    assert names(now) == names(before)


def test_a_paragraph_that_only_ends_as_before_keeps_its_name() -> None:
    long = "Det er i alle parters interesse, at de fælles løsninger kan vedligeholdes, når de tages i brug af borgerne."
    before = name_blocks("vision", (), described(FIRST[0], long))
    now = name_blocks("vision", before, described(FIRST[0], "Nye ord, som ingen har set før, indleder. " + long[8:]))
    assert names(now) == names(before)


def test_a_paragraph_put_before_an_edited_one_takes_not_its_name_however_alike_they_begin() -> None:
    old = "Kommunerne skal have adgang til fælles løsninger, før de kan tage dem i brug i driften."
    added = "Kommunerne skal have penge til fælles løsninger, og det skal ske hurtigt og uden ventetid."
    before = name_blocks("vision", (), described(FIRST[0], old, FIRST[2]))
    now = name_blocks("vision", before, described(FIRST[0], added, old.replace("driften", "drift"), FIRST[2]))
    assert [names(now)[0], *names(now)[2:]] == names(before)


def test_every_paragraph_of_a_chapter_edited_throughout_keeps_its_name() -> None:
    texts = [
        f"Initiativ {number * 7919} handler om {number * 104729} kommuner og deres drift." for number in range(200)
    ]
    before = name_blocks("vision", (), described(*texts))
    assert names(name_blocks("vision", before, described(*(f"{words} Nyt." for words in texts)))) == names(before)


def test_a_moved_paragraph_keeps_its_name() -> None:
    before = name_blocks("vision", (), described(*FIRST))
    assert sorted(names(name_blocks("vision", before, described(*reversed(FIRST))))) == sorted(names(before))
    assert names(name_blocks("vision", before, described(*reversed(FIRST)))) == names(before)[::-1]


def test_a_wholly_new_paragraph_takes_no_other_ones_name() -> None:
    before = name_blocks("vision", (), described(*FIRST))
    now = name_blocks("vision", before, described(FIRST[0], "Xylofoner koster 7 kr.", FIRST[2]))
    assert names(now)[1] not in names(before)


def test_the_old_words_of_an_edited_paragraph_get_a_name_of_their_own() -> None:
    before = name_blocks("vision", (), described(FIRST[1]))
    edited = name_blocks("vision", before, described(FIRST[1] + " Også bagefter."))
    both = name_blocks("vision", edited, described(FIRST[1] + " Også bagefter.", FIRST[1]))
    assert names(both) == [names(before)[0], names(before)[0] + "-2"]


WORDS = st.lists(
    st.sampled_from(["ja", "nej", "måske", "Staten går foran.", "Staten går bagud.", "Regionerne"]), max_size=8
)


@given(WORDS, WORDS, WORDS)
def test_no_two_blocks_share_a_name_and_equal_texts_lose_none(
    first: list[str], second: list[str], third: list[str]
) -> None:
    """Whatever was edited, moved, taken out or put back."""
    versions: list[tuple[BlockSource, ...]] = [()]
    for texts in (first, second, third):
        versions.append(name_blocks("k", versions[-1], described(*texts)))
        assert len(set(names(versions[-1]))) == len(texts)
        assert name_blocks("k", versions[-1], described(*texts)) == versions[-1]
    for before, now in itertools.pairwise(versions):
        for digest in {block.digest for block in before}:
            had = [block.name for block in before if block.digest == digest]
            has = [block.name for block in now if block.digest == digest]
            assert len(set(had) & set(has)) == min(len(had), len(has))
