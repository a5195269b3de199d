"""Sections of a text read by themselves are what they are in the text; where that is not sure, there is one."""

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from forankring.language import load_locale
from forankring.publishing.manuscript.reading import spaced_headings
from forankring.text import normal_form, parse_all, sections

REAL = Path(__file__).parents[4] / "shared/real-inputs/uk-digital-strategy"

BOXES = """\
Før den første.

# Et {#et}

Se [to](#to).

::: {.box}
## I kassen

::: inner
## Indre
:::
:::

# To #

* Et punkt.

    ## I punktet

## Tre
Ikke en #overskrift
# Heller ikke

| a |
|---|
| # b |

: Titel

> # I citatet

### Fire
"""

ALONE = {
    "note": "# Et\n\nEn note.[^1]\n\n# To\n\n[^1]: Den.\n",
    "link": "# Et\n\nEt [link].\n\n# To\n\n[link]: #to\n",
    "code": "# Et\n\n```\n\n# To\n\n```\n",
    "html": "# Et\n\n<div>\n\n# To\n\n</div>\n",
    "div in a list": "- a\n\n    ::: b\n\n# To\n",
    "dashed table": "# Et\n\n--- ---\n a   b\n\n# c  d\n--- ---\n",
    "link to a heading": "# Et mål {#et}\n\n# To\n\nSe [et\nMål].\n",
}


def whole_and_apart(texts: Sequence[str]) -> Iterator[tuple[object, object]]:
    """Yield the blocks of each text as they are read whole, and in sections."""
    apart = parse_all([section for text in texts for section in sections(text)])
    for text, whole in zip(texts, parse_all(texts), strict=True):
        yield whole.blocks, tuple(block for _ in sections(text) for block in next(apart).blocks)


def test_sections_are_the_text_and_read_as_it_does() -> None:
    found = sections(BOXES)

    assert "".join(found) == BOXES
    first = [section.split("\n", 1)[0] for section in found]
    assert first == ["Før den første.", "# Et {#et}", "# To #", "## Tre", "### Fire"]
    assert all(whole == apart for whole, apart in whole_and_apart([BOXES]))


@pytest.mark.parametrize("markdown", ALONE.values(), ids=ALONE)
def test_a_text_in_which_something_may_reach_over_a_heading_is_not_cut(markdown: str) -> None:
    assert sections(markdown) == (markdown,)
    assert len(sections("# Et\n\n# To\n")) == 2


def test_a_div_that_is_never_closed_is_not_cut() -> None:
    markdown = "# Et\n\n::: box\n\n# To\n\n# Tre\n"

    assert sections(markdown) == (markdown,)
    assert all(whole == apart for whole, apart in whole_and_apart([markdown]))


CHUNKS = """Et afsnit.

Et afsnit på
to linjer.

# En overskrift

## En til
med tekst lige under

- Et punkt.

- Et punkt til.

    Mere i punktet.

1. Nummer et.

2. Nummer to.

a) Bogstav a.

b) Bogstav b.

Ja. Det er ikke en liste.

Et ord

:   Hvad det betyder.

Et andet ord
:   Hvad det betyder.

> Et citat.

| a | b |
|---|---|
| c | d |

a | b
--|--
c | d

: En titel.

Table: En anden titel.

::: box

::: {.note #note}
I kassen.
:::

:::

Overskrift
==========

**Fed** begyndelse.

»Et citat« begynder.

    Indrykket.
""".split("\n\n")


def test_texts_of_any_chunks_are_read_in_sections_as_they_are_read_whole() -> None:
    chance = random.Random(20240301)
    texts = ["\n\n".join(chance.choices(CHUNKS, k=chance.randint(1, 12))) + "\n" for _ in range(300)]

    assert sum(len(sections(text)) for text in texts) > len(texts)
    for whole, apart in whole_and_apart(texts):
        assert apart == whole


@pytest.mark.skipif(not REAL.is_dir(), reason="the real inputs are not here")
def test_real_texts_are_read_in_sections_as_they_are_read_whole() -> None:
    english = load_locale("en")
    files = [spaced_headings(file.read_text(encoding="utf-8")) for file in sorted(REAL.glob("*.md"))]
    texts = [normal_form(text, english) for text in files]

    assert sum(len(sections(text)) for text in texts) > 2 * len(texts)
    for whole, apart in whole_and_apart(texts):
        assert apart == whole
