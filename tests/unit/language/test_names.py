"""Names become ASCII where a path needs it, and numbers in them sort by size."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forankring.language import natural_key, slug


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ærø Kommune", "aeroe-kommune"),
        ("Århus & Omegn A/S", "aarhus-omegn-a-s"),
        ("A\u030arhus", "aarhus"),
        ("Crédit Agricole", "credit-agricole"),
        ("Straße", "strasse"),
        ("  --  ", ""),
        ("../../etc/passwd", "etc-passwd"),
        ("日本", ""),
    ],
)
def test_a_slug_is_ascii(name: str, expected: str) -> None:
    assert slug(name) == expected


@given(st.text())
def test_a_slug_is_safe_in_a_path_and_its_own_slug(name: str) -> None:
    made = slug(name)

    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert slug(made) == made
    assert not made.startswith("-")


def test_numbers_inside_names_sort_by_size() -> None:
    assert sorted(["1.10", "1.2", "1.1", "3.1a", "10"], key=natural_key) == ["1.1", "1.2", "1.10", "3.1a", "10"]
    assert sorted(["B1000", "B999", "B012"], key=natural_key) == ["B012", "B999", "B1000"]


@given(st.lists(st.text()))
def test_any_names_can_be_sorted(names: list[str]) -> None:
    assert len(sorted(names, key=natural_key)) == len(names)
