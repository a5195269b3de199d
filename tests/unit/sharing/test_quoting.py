"""A remark is linked to the words of the draft that it quotes."""

import pytest

from forankring.sharing.quoting import Drafted

CHAPTERS = {
    "value": "# Fra teknologi til værdi\n\nTeknologi giver først værdi, når arbejdsgangene følger med. [Se](#annex) "
    "Hver myndighed måler gevinsten to år efter idriftsættelsen.\n",
    "anchoring": "# X\n\nÉn myndighed har driftsansvaret for hvert initiativ, fra den dag projektet slutter.\n",
    "annex_hearing": "Vi synes, at udkastet glemmer de mindste kommuner og deres leverandører helt.\n",
}
DRAFT = Drafted(CHAPTERS)


@pytest.mark.parametrize(
    ("text", "chapter", "quote"),
    [
        (
            "»Hver myndighed måler gevinsten« bør ændres til »alle måler gevinsten«.",
            "value",
            "Hver myndighed måler gevinsten",
        ),
        (
            'Formuleringen "Én myndighed har driftsansvaret" er uklar for os.',
            "anchoring",
            "Én myndighed har driftsansvaret",
        ),
        (
            "I står og skriver “Hver myndighed maaler gevinsten to år efter idriftsætelsen”. Hvorfor to?",
            "value",
            "Hver myndighed maaler gevinsten to år efter idriftsætelsen",
        ),
        (
            "> Teknologi giver først værdi, når arbejdsgangene følger med.\n\nDet er vi enige i, men det står alene.",
            "value",
            "Teknologi giver først værdi, når arbejdsgangene følger med.",
        ),
        (
            "Der står, at én myndighed har driftsansvaret for hvert initiativ, fra den dag projektet er slut. Og så?",
            "anchoring",
            "én myndighed har driftsansvaret for hvert initiativ, fra den dag projektet",
        ),
    ],
)
def test_a_quote_is_found_with_its_chapter(text: str, chapter: str, quote: str) -> None:
    best = DRAFT.quotes(text)[0]
    assert (best.chapter, best.text) == (chapter, quote)
    assert quote in text


@pytest.mark.parametrize(
    "text",
    [
        "Vi har »fælles ansvar« i vores kommune, og det virker.",
        "Forankring kræver ledelse, tid og penge.",
        "»Hvad med de mindste øer og deres borgere?« spurgte vores råd.",
        CHAPTERS["anchoring"].partition("\n\n")[2],
        "Som andre siger: »Vi synes, at udkastet glemmer de mindste kommuner«.",
    ],
)
def test_other_marks_other_words_and_the_source_of_the_draft_are_no_quotes(text: str) -> None:
    assert DRAFT.quotes(text) == ()


def test_before_there_is_a_draft_nothing_is_quoted() -> None:
    assert Drafted({}).quotes("»Hver myndighed måler gevinsten to år efter idriftsættelsen«") == ()


def test_each_quote_is_found_and_marks_go_before_runs() -> None:
    text = (
        "Teknologi giver først værdi, når arbejdsgangene følger med, siger I, og senere står der "
        "»Én myndighed har driftsansvaret«. De to ting passer ikke sammen, når flere deles om arbejdsgangene."
    )
    assert [(item.chapter, item.marked) for item in DRAFT.quotes(text)] == [("anchoring", True), ("value", False)]


def test_marks_of_the_source_are_no_words_and_hide_none() -> None:
    chapter = "---\ntitle: Værdi\n---\n\n::: {.wide}\nNoget andet.\n:::\n\nHver myndighed måler [sin](#x) gevinst.\n"
    assert Drafted({"value": chapter}).quotes("Hvorfor »hver myndighed måler sin gevinst«?")[0].chapter == "value"
