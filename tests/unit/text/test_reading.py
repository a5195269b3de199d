"""Many texts read at once are what each is by itself."""

from forankring.text import parse, parse_all

TEXTS = (
    "# Mål {#maal}\n\nSe [målet](#maal) og [vejledningen](https://eksempel.dk/#maal).\n",
    "# Mål {#maal}\n\nMed en note.[^1]\n\n[^1]: Den første.\n",
    "Med en anden.[^1]\n\n[^1]: Den anden, se [her][x].\n\n[x]: #her\n",
    "En, der mangler.[^1] Og et [link][x].\n\n```\nikke lukket\n",
    "",
    "::: {#fig-svar .figure .bars}\n| a | b |\n|---|--:|\n| x | 1 |\n\n: Titel\n:::\n",
)


def test_texts_read_together_are_read_as_each_by_itself() -> None:
    assert tuple(parse_all(TEXTS)) == tuple(map(parse, TEXTS))


def test_texts_that_are_too_many_for_one_call_come_back_in_their_order() -> None:
    texts = [f"Tekst {number}. " + "Ord. " * 40_000 for number in range(5)]

    assert [document.blocks[0]["c"][2]["c"] for document in parse_all(texts)] == [f"{number}." for number in range(5)]


def test_no_texts_are_no_documents() -> None:
    assert list(parse_all([])) == []
