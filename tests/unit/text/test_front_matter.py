"""A file's front matter is told from its body, whatever line ends and marks the sender's editor leaves."""

import pytest

from forankring.text import split_front_matter


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("---\na: 1\n---\nTekst\n", ("a: 1", "Tekst\n", 4)),
        ("---\r\na: 1\r\nb: 2\r\n---\r\nTekst\r\n", ("a: 1\r\nb: 2", "Tekst\r\n", 5)),
        ("\ufeff---\na: 1\n...\nTekst", ("a: 1", "Tekst", 4)),
        ("---  \na: 1\n---\t\n", ("a: 1", "", 4)),
        ("---\na: 1\n---", ("a: 1", "", 3)),
        ("---\n---\nTekst\n\n---\n\nmere", ("", "Tekst\n\n---\n\nmere", 3)),
        ("\ufeffTekst", ("", "Tekst", 1)),
        ("Tekst\n---\na: 1\n---\n", ("", "Tekst\n---\na: 1\n---\n", 1)),
        ("----\na: 1\n---\n", ("", "----\na: 1\n---\n", 1)),
        ("", ("", "", 1)),
    ],
)
def test_front_matter_body_and_first_line(written: str, expected: tuple[str, str, int]) -> None:
    assert split_front_matter(written) == expected
