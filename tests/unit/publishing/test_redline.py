"""A redline leads to the new text and back to the old one, whatever was changed, and says so in Word's own marks."""

from datetime import UTC, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forankring.language import load_locale
from forankring.publishing.records import Hand
from forankring.publishing.word.redline.canonical import canonical
from forankring.publishing.word.redline.making import redline
from forankring.publishing.word.redline.package import opened
from forankring.publishing.word.resolving import accepted, rejected
from tests.unit.publishing.word_edits import documents, edited
from tests.unit.publishing.word_files import Block, word_file

DANISH = load_locale("da")
MANY = settings(max_examples=1000, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def credit(words: str, came: bool) -> Hand:
    return Hand("Redaktør" if came else "Motor", datetime(2026, 3, 2, 9, tzinfo=UTC))


@given(documents().flatmap(lambda document: st.tuples(st.just(document), edited(document))), st.integers(0, 3))
@MANY
def test_all_changes_accepted_it_is_the_new_text_and_rejected_the_old(
    texts: tuple[tuple[Block, ...], tuple[Block, ...]], seed: int
) -> None:
    old, new = word_file(*texts[0]), word_file(*texts[1], seed=seed)
    made = redline(old, new, credit, DANISH)
    assert made.rebuilt == ()
    ways = ((accepted(made.data), new), (rejected(made.data), old))
    for got, want in ways:
        assert canonical(opened(got)).blocks == canonical(opened(want)).blocks
    assert (made.changes == 0) == (canonical(opened(old)).blocks == canonical(opened(new)).blocks)
