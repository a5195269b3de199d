"""Sections of a text read by themselves are what they are in the text; where that is not sure, there is one."""

from itertools import chain
from pathlib import Path

import pytest

from forankring.language import load_locale
from forankring.publishing.manuscript.reading import spaced_headings
from forankring.text import normal_form, parse, parse_all, sections

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


def joined(markdown: str) -> tuple[object, ...]:
    return tuple(chain.from_iterable(document.blocks for document in parse_all(sections(markdown))))


def test_sections_are_the_text_and_read_as_it_does() -> None:
    found = sections(BOXES)

    assert "".join(found) == BOXES
    first = [section.split("\n", 1)[0] for section in found]
    assert first == ["Før den første.", "# Et {#et}", "# To #", "## Tre", "### Fire"]
    assert joined(BOXES) == parse(BOXES).blocks


@pytest.mark.parametrize("markdown", ALONE.values(), ids=ALONE)
def test_a_text_in_which_something_may_reach_over_a_heading_is_not_cut(markdown: str) -> None:
    assert sections(markdown) == (markdown,)
    assert len(sections("# Et\n\n# To\n")) == 2


def test_a_div_that_is_never_closed_is_not_cut() -> None:
    markdown = "# Et\n\n::: box\n\n# To\n\n# Tre\n"

    assert sections(markdown) == (markdown[: markdown.index("# Et")] + markdown,)
    assert joined(markdown) == parse(markdown).blocks


@pytest.mark.skipif(not REAL.is_dir(), reason="the real inputs are not here")
def test_real_texts_are_read_in_sections_as_they_are_read_whole() -> None:
    english = load_locale("en")
    files = [spaced_headings(file.read_text(encoding="utf-8")) for file in sorted(REAL.glob("*.md"))]
    texts = [normal_form(text, english) for text in files]

    assert sum(len(sections(text)) for text in texts) > 2 * len(texts)
    for text, whole in zip(texts, parse_all(texts), strict=True):
        assert joined(text) == whole.blocks
