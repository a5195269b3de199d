"""Borrowed text is found whoever edits it, and nothing that was counted is lost."""

import random
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from forankring.sharing.borrowing import find_passages, group_passages, join_copies
from forankring.sharing.records import Said, SentOut, Shared
from tests.unit.sharing.said import CAMPAIGN, OTHER, points

SENTENCES = CAMPAIGN.split(". ")
WORDS = sorted({word.strip(".,") for word in f"{CAMPAIGN} {OTHER}".split()})
SENT = datetime(2026, 11, 1, tzinfo=UTC)


def shared(said: list[Said], draft: SentOut | None = None) -> list[Shared]:
    return group_passages(find_passages(said, draft))


def distinct(said: list[Said]) -> int:
    return len(set(join_copies(said, find_passages(said)).values()))


def test_a_copied_text_is_one_shared_text_of_all_its_parties() -> None:
    (found,) = shared(points({"a": CAMPAIGN, "b": CAMPAIGN, "c": OTHER}))
    assert found.parties == ("a", "b")
    assert [share.point for share in found.shares] == ["B001-01", "B002-01"]
    assert all(sentence.strip(" .") in " ".join(found.passages) for sentence in SENTENCES)
    assert [share.adds for share in found.shares] == ["", ""]


def test_what_each_adds_stands_verbatim() -> None:
    own = "I vores kommune lukkede den sidste skranke for to år siden."
    (found,) = shared(points({"a": CAMPAIGN, "b": f"{own} {CAMPAIGN}"}))
    assert found.shares[1].adds == own.strip(".")


def test_a_passage_in_a_longer_letter_is_found() -> None:
    (found,) = shared(points({"a": CAMPAIGN, "b": f"{OTHER} {SENTENCES[1]}. Venlig tanke fra os."}))
    assert found.parties == ("a", "b")
    assert found.passages == (SENTENCES[1],)


def test_edited_reordered_and_renamed_copies_are_found() -> None:
    edited = CAMPAIGN.replace("bemandet skranke", "åben skranke").replace("mindst tre", "i hvert fald tre")
    turned = ". ".join(reversed([sentence.strip(".") for sentence in SENTENCES])) + "."
    named = CAMPAIGN.replace("Vi foreslår", "Eksempelforeningen Nord foreslår")
    (found,) = shared(points({"a": CAMPAIGN, "b": edited, "c": turned, "d": named}))
    assert found.parties == ("a", "b", "c", "d")


def test_the_same_party_twice_borrows_from_nobody() -> None:
    twice = [Said(point="B001-01", party="a", text=CAMPAIGN), Said(point="B002-01", party="a", text=CAMPAIGN)]
    assert shared(twice) == []
    assert distinct(twice) == 1


def test_short_phrases_and_courtesy_are_no_campaign() -> None:
    polite = "Eksempelforeningen takker for muligheden for at afgive høringssvar til udkastet."
    said = points({"a": f"{polite} {CAMPAIGN}", "b": f"{polite} {OTHER}"})
    assert shared(said) == []
    assert shared(points({"a": "Vi har ingen bemærkninger.", "b": "Vi har ingen bemærkninger."})) == []


def test_the_opposite_and_another_number_are_other_points() -> None:
    said = "Vi mener, at initiativ 1.2 om fælles skranker skal gennemføres i hele landet."
    for other in (said.replace("skal gennemføres", "ikke skal gennemføres"), said.replace("1.2", "1.4")):
        assert distinct(points({"a": said, "b": other})) == 2


def test_a_point_that_adds_something_is_a_point_of_its_own() -> None:
    assert distinct(points({"a": CAMPAIGN, "b": CAMPAIGN, "c": f"{CAMPAIGN} {OTHER}"})) == 2


def test_the_words_of_the_draft_are_nobodys_unless_they_came_first() -> None:
    draft = SentOut(chapters={"value": f"# Værdi\n\n{CAMPAIGN}\n"}, when=SENT)

    def at(days: int) -> list[Said]:
        when = SENT + timedelta(days=days)
        return [Said(point=f"B{n:03d}-01", party=party, text=CAMPAIGN, when=when) for n, party in enumerate("ab", 1)]

    assert shared(at(1), draft) == []
    assert len(shared(at(-1), draft)) == 1


LETTERS = st.lists(st.lists(st.sampled_from(WORDS), min_size=9, max_size=30).map(" ".join), min_size=1, max_size=8)


@settings(max_examples=60, deadline=None)
@given(LETTERS, st.randoms(use_true_random=False))
def test_a_copied_point_is_always_found_and_nothing_is_lost_in_counting(
    texts: list[str], chance: random.Random
) -> None:
    copied = chance.choice(texts)
    said = points({f"p{number}": text for number, text in enumerate([*texts, copied])})
    found = shared(said)
    last = said[-1].point
    assert any(last in {share.point for share in item.shares} for item in found)
    numbers = join_copies(said, find_passages(said))
    assert set(numbers) == {item.point for item in said}
    assert 1 <= len(set(numbers.values())) <= len(said)


@settings(max_examples=60, deadline=None)
@given(LETTERS, st.randoms(use_true_random=False))
def test_the_order_of_the_submissions_does_not_matter(texts: list[str], chance: random.Random) -> None:
    said = points({f"p{number}": text for number, text in enumerate([*texts, texts[0]])})
    mixed = list(said)
    chance.shuffle(mixed)
    assert shared(said) == shared(mixed)
    assert join_copies(said, find_passages(said)) == join_copies(mixed, find_passages(mixed))
