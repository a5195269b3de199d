"""Names sort as the readers of the strategy's language expect."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forankring.language import load_locale, locale_names, sort_key

ORDERS = {
    "da": "Amager|ATP|Danske Regioner|KL|Odense|Zealand|Ærø|Ørsted|Østerbro|Aabenraa|Ål|Ålborg|Aarhus",
    "en": "Aabenraa|Aarhus|Ærø|Ål|Ålborg|Amager|ATP|Danske Regioner|KL|Odense|Ørsted|Østerbro|Zealand",
}


@pytest.mark.parametrize("key", ORDERS)
def test_names_sort_as_their_language_has_it(key: str) -> None:
    in_order = ORDERS[key].split("|")
    mixed = random.Random(1).sample(in_order, len(in_order))
    assert sorted(mixed, key=sort_key(load_locale(key))) == in_order


@pytest.mark.parametrize(
    ("key", "foreign", "own"),
    [("da", *pair) for pair in (("Ä", "Æ"), ("Ö", "Ø"), ("Ü", "Y"), ("ð", "d"), ("þ", "th"), ("é", "e"))]
    + [("en", *pair) for pair in (("Ä", "A"), ("Ø", "o"), ("æ", "ae"), ("é", "e"))],
)
def test_foreign_letters_sort_with_their_neighbours(key: str, foreign: str, own: str) -> None:
    order = sort_key(load_locale(key))
    assert order(foreign)[0] == order(own)[0]


@pytest.mark.parametrize("key", locale_names())
def test_composed_and_decomposed_letters_sort_alike(key: str) -> None:
    order = sort_key(load_locale(key))
    assert order("A\u030al")[0] == order("Ål")[0]


@given(st.lists(st.text()), st.sampled_from(locale_names()))
def test_no_name_is_lost_and_the_order_does_not_depend_on_where_they_come_from(names: list[str], key: str) -> None:
    order = sort_key(load_locale(key))
    backwards = names[::-1]
    backwards.sort(key=order)
    assert sorted(names, key=order) == backwards
    assert len(sorted(names, key=order)) == len(names)
