"""The lines of a text: every word that a reader sees stands in one of them, in reading order."""

from forankring.language import load_locale
from forankring.text import Document, Lines, para, parse, plain

DANISH = load_locale("da")

TEXT = """# Mål og *midler* {#maal}

Vi begynder kl. ni. Vi fortsætter
længe[^1]. Vi slutter.

::: {.box #kasse}
Første i kassen.

- Et punkt. Med to sætninger.
    - Et indre punkt.

1. Nummereret.
:::

> Et citat. Af nogen.

Ord
:   Forklaringen. Den anden.

| a | b |
|---|---|
| x. Y | - |
|  |  |

: Titlen på tabellen

---

```
kode  her
```

![](figur.png)

[^1]: En note. Med to sætninger.
"""


def lines(markdown: str) -> list[tuple[str, int, list[str]]]:
    found = Lines(DANISH).of(parse(markdown))
    return [(line.kind, line.block, [piece.words for piece in line.pieces]) for line in found]


def test_a_text_is_sentences_headings_rows_and_whole_blocks_in_reading_order() -> None:
    assert lines(TEXT) == [
        ("heading", 0, ["Mål og midler"]),
        ("sentence", 1, ["Vi begynder kl. ni."]),
        ("sentence", 1, ["Vi fortsætter længe (En note. Med to sætninger.)."]),
        ("sentence", 1, ["Vi slutter."]),
        ("sentence", 2, ["Første i kassen."]),
        ("sentence", 3, ["Et punkt."]),
        ("sentence", 3, ["Med to sætninger."]),
        ("sentence", 3, ["Et indre punkt."]),
        ("sentence", 4, ["Nummereret."]),
        ("sentence", 5, ["Et citat."]),
        ("sentence", 5, ["Af nogen."]),
        ("term", 6, ["Ord"]),
        ("sentence", 6, ["Forklaringen."]),
        ("sentence", 6, ["Den anden."]),
        ("row", 7, ["a", "b"]),
        ("row", 7, ["x. Y", "-"]),
        ("sentence", 7, ["Titlen på tabellen"]),
        ("code", 9, ["kode her"]),
        ("sentence", 10, ["figur.png"]),
    ]


def test_how_a_paragraph_is_broken_makes_no_difference_and_formatting_does() -> None:
    order = Lines(DANISH)
    one, broken, marked = (order.of(parse(text)) for text in ("Et to. Tre.\n", "Et\nto. Tre.\n", "Et *to*. Tre.\n"))

    assert one == broken
    assert [line.pieces[0].words for line in marked] == ["Et to.", "Tre."]
    assert [was.pieces[0].key == now.pieces[0].key for was, now in zip(one, marked, strict=True)] == [False, True]


def test_the_words_of_all_lines_are_the_words_of_the_text() -> None:
    text = TEXT.replace("![](figur.png)", "")
    said = " ".join(word for _, _, pieces in lines(text) for word in pieces)

    assert sorted(said.split()) == sorted(plain(parse(text).blocks).split())


def test_the_same_block_in_two_places_is_two_lines() -> None:
    assert [line.block for line in Lines(DANISH).of(Document((para("Ja."), para("Ja."))))] == [0, 1]
