"""Who wrote what, over any history: a sentence is of who wrote it, wherever it is moved and whoever edits around it."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from forankring.language import load_locale
from forankring.text import Document, Lines, para
from forankring.versions import Commit, Identity, Lineage, Origin, Step
from forankring.versions.writing import State, follow

PATH = "chapters/a.md"
WHEN = datetime(2024, 3, 1, tzinfo=UTC)
DANISH = load_locale("da")
WORDS = "vi de man enhver alle ingen borgere kommuner regioner staten skal vil kan bør må gerne".split()


def commit(number: int, author: str) -> Commit:
    return Commit(f"c{number}", "Rettet", WHEN + timedelta(days=number), Identity(author, ""))


def states(texts: Sequence[tuple[str, Sequence[str]]]) -> dict[str, State]:
    """Return the states of a chapter that grew line by line: ``(author, paragraphs)`` for each commit."""
    order = Lines(DANISH)
    steps: dict[str, Step] = {}
    for number, (author, _) in enumerate(texts):
        steps[f"c{number}"] = Step(
            commit=commit(number, author),
            base=f"c{number - 1}" if number else "",
            merged=(),
            template="",
            generated=author == "skabelonen",
            chapters={PATH: f"b{number}"},
        )
    lines = {f"b{number}": order.of(Document(tuple(map(para, text)))) for number, (_, text) in enumerate(texts)}
    return follow(Lineage(f"c{len(texts) - 1}", steps, {}), PATH, lines)


def authors(state: State) -> list[tuple[str, str]]:
    return [(piece.words, written.by.author.name) for _, piece, written in state.pieces()]


@st.composite
def histories(draw: st.DrawFn) -> list[tuple[str, list[str]]]:
    """A text in which every sentence is said once; each author adds some, takes some away and moves some."""
    text: list[str] = []
    history: list[tuple[str, list[str]]] = []
    for number in range(draw(st.integers(1, 6))):
        text = [sentence for sentence in text if draw(st.integers(0, 4))]
        if draw(st.booleans()) and text:
            text.insert(draw(st.integers(0, len(text))), text.pop(draw(st.integers(0, len(text) - 1))))
        for added in range(draw(st.integers(0, 3))):
            said = draw(st.lists(st.sampled_from(WORDS), max_size=9))
            sentence = " ".join([f"Nummer {number} og {added}", *said]) + "."
            text.insert(draw(st.integers(0, len(text))), sentence)
        history.append((f"forfatter {number}", list(text)))
    return history


@given(histories())
def test_every_sentence_is_of_who_added_it_and_every_one_that_went_of_who_removed_it(
    history: list[tuple[str, list[str]]],
) -> None:
    added: dict[str, str] = {}
    removed: dict[str, str] = {}
    before: list[str] = []
    for author, text in history:
        added |= {sentence: author for sentence in text if sentence not in before}
        removed |= {sentence: author for sentence in before if sentence not in text}
        before = text
    last = states(history)[f"c{len(history) - 1}"]

    assert authors(last) == [(sentence, added[sentence]) for sentence in before]
    assert {words: written.by.author.name for words, written in last.gone.items()} == removed


def test_a_sentence_said_twice_has_an_author_for_each_place() -> None:
    first = ["Se bilaget.", "Kommunerne har ansvaret for driften."]
    last = states([("Ane", first), ("Bo", [*first, "Se bilaget."]), ("Eva", ["Nyt.", *first, "Se bilaget."])])["c2"]

    assert [name for _, name in authors(last)] == ["Eva", "Ane", "Ane", "Bo"]


def test_what_comes_back_is_of_who_brought_it_back() -> None:
    texts = [("Ane", ["Et.", "To."]), ("Bo", ["Et."]), ("Eva", ["Et.", "To."])]
    last = states(texts)["c2"]

    assert authors(last) == [("Et.", "Ane"), ("To.", "Eva")]


def test_the_templates_are_told_from_a_hand() -> None:
    last = states([("skabelonen", ["Et."]), ("Bo", ["Et.", "To."])])["c1"]

    assert [written.origin for _, _, written in last.pieces()] == [Origin.GENERATED, Origin.HAND]
