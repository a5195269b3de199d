"""Who wrote every sentence of a text with a history: the templates, an editor, a reviewer, or two of them."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from versions_scene import EDITOR, SECRETARIAT, WHEN, configure, encoded, plain_git, text_in, work_as

from forankring.errors import InputError
from forankring.language import load_locale
from forankring.versions import Authorship, Identity, Origin, TextRepository, Written, authorship

DANISH = load_locale("da")
REVIEWER = Identity("Lea Læser", "lea@eksempel.dk")
PATH = "chapters/maal.md"

CHAPTER = """\
# Mål

Vi vil gøre det nemt for alle borgere.
Vi måler det hvert år.

Kommunerne har ansvaret for driften af løsningerne.
Ja.

| Mål | År |
|-----|---:|
| Færre breve | 2026 |
| Flere svar | – |
"""


@pytest.fixture(autouse=True)
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = f"[user]\nname = {EDITOR.name}\nemail = {EDITOR.email}\n"
    work_as(monkeypatch, configure(tmp_path / "user", words))


@pytest.fixture
def text(tmp_path: Path) -> TextRepository:
    """A text whose first version is what the templates wrote."""
    text = text_in(tmp_path / "text")
    text.record({"ledger/a.json": b"1\n"}, "Register", day(0))
    generate(text, CHAPTER, 0)
    text.tag("v1", (), "Version 1", day(0))
    return text


def day(number: int) -> datetime:
    return WHEN + timedelta(days=number)


def generate(text: TextRepository, chapter: str, at: int) -> None:
    """Let the templates write the chapter, and merge."""
    text.collect_edits(day(at))
    text.record_generated(encoded({PATH: chapter}), "Skabelonerne", day(at))
    text.merge_generated("Flet", day(at))


def edit(text: TextRepository, old: str, new: str, at: int) -> None:
    """Put one text in place of another as an editor does."""
    chapter = standing(text)
    assert chapter.count(old) == 1
    text.record({PATH: chapter.replace(old, new).encode()}, "Rettet", day(at), EDITOR)


def standing(text: TextRepository) -> str:
    return text.files("main")[PATH].decode()


def who(found: Authorship, path: str = PATH) -> dict[str, str]:
    """Return who wrote each sentence and since which version."""
    return {
        sentence.words: said(sentence.written) + f" {found.version(sentence.written) or '–'}"
        for sentence in found.chapters[path].sentences
    }


def said(written: Written | None) -> str:
    assert written is not None
    name = {EDITOR: "Rikke", REVIEWER: "Lea", SECRETARIAT: "sekretariatet"}[written.by.author]
    return str(written.origin) if written.origin == Origin.GENERATED else f"{written.origin} {name}"


def test_what_the_templates_wrote_is_theirs_since_the_version_that_held_it_first(text: TextRepository) -> None:
    generate(text, CHAPTER.replace("hvert år", "hvert kvartal"), 1)
    text.tag("v2", (), "Version 2", day(1))
    found = authorship(text, "v2", DANISH)

    assert set(who(found).values()) == {"generated v1", "generated v2"}
    assert who(found)["Vi måler det hvert kvartal."] == "generated v2"
    assert {sentence.written.came for sentence in found.chapters[PATH].sentences} <= set(text.commits_between(""))
    (gone,) = authorship(text, "v2", DANISH, older="v1").chapters[PATH].went
    assert (gone.words, said(gone.removed)) == ("Vi måler det hvert år.", "generated")


def test_an_edited_sentence_belongs_to_who_edited_it_and_the_others_stay_where_they_belong(
    text: TextRepository,
) -> None:
    edit(text, "alle borgere", "alle", 1)
    found = authorship(text, "main", DANISH, older="v1")

    assert who(found) == {
        "Mål": "generated v1",
        "Vi vil gøre det nemt for alle.": "hand Rikke –",
        "Vi måler det hvert år.": "generated v1",
        "Kommunerne har ansvaret for driften af løsningerne.": "generated v1",
        "Ja.": "generated v1",
        "Færre breve": "generated v1",
        "2026": "generated v1",
        "Flere svar": "generated v1",
        "–": "generated v1",
        "År": "generated v1",
    }
    (gone,) = found.chapters[PATH].went
    assert (gone.words, said(gone.removed)) == ("Vi vil gøre det nemt for alle borgere.", "hand Rikke")


def test_what_is_moved_keeps_its_author_however_short_it_is(text: TextRepository) -> None:
    paragraph = "Kommunerne har ansvaret for driften af løsningerne.\nJa.\n\n"
    chapter = CHAPTER.replace(paragraph, "").replace("Vi vil", paragraph + "Vi vil")
    text.record({PATH: chapter.encode()}, "Flyttet", day(1), EDITOR)
    found = authorship(text, "main", DANISH, older="v1")

    assert standing(text) == chapter
    assert set(who(found).values()) == {"generated v1"}
    assert found.chapters[PATH].went == ()


def test_a_sentence_in_which_an_edit_and_a_template_met_is_of_both(text: TextRepository) -> None:
    edit(text, "for alle borgere", "for hver eneste borger", 1)
    generate(text, CHAPTER.replace("Vi vil gøre det", "Regeringen vil gøre det"), 2)
    found = authorship(text, "main", DANISH, older="v1")
    met = "Regeringen vil gøre det nemt for hver eneste borger."

    assert who(found)[met] == "both Rikke –"
    written = found.brought(met)
    assert written is not None
    assert (written.by.subject, written.by.when, written.came) == ("Rettet", day(1), text.commit())
    assert said(found.removed("Vi vil gøre det nemt for alle borgere.")) == "hand Rikke"
    assert said(found.removed("Vi vil gøre det nemt for hver eneste borger.")) == "generated"


def test_each_cell_of_a_row_has_its_author_and_a_row_that_moves_keeps_them(text: TextRepository) -> None:
    edit(text, "| Flere svar | – |", "| Flere svar | 2027 |", 1)
    chapter = standing(text)
    first, second = (next(line for line in chapter.splitlines(True) if cell in line) for cell in ("breve", "svar"))
    text.record({PATH: chapter.replace(first + second, second + first).encode()}, "Byttet", day(2), REVIEWER)
    found = authorship(text, "main", DANISH)

    assert who(found)["2027"] == "hand Rikke –"
    assert who(found)["Flere svar"] == who(found)["Færre breve"] == who(found)["2026"] == "generated v1"
    rows = {sentence.line for sentence in found.chapters[PATH].sentences if sentence.words in ("2027", "Flere svar")}
    assert len(rows) == 1


def test_what_a_person_wrote_first_stays_theirs_when_the_templates_come_to_say_the_same(text: TextRepository) -> None:
    edit(text, "hvert år", "hvert kvartal", 1)
    generate(text, CHAPTER.replace("hvert år", "hvert kvartal"), 2)

    assert who(authorship(text, "main", DANISH))["Vi måler det hvert kvartal."] == "hand Rikke –"


def test_a_decision_for_the_template_takes_its_words_when_they_are_taken(text: TextRepository) -> None:
    edit(text, "Vi måler det hvert år.", "Vi måler det hver uge.", 1)
    generate(text, CHAPTER.replace("Vi måler det hvert år.", "Vi måler det hver måned."), 2)
    text.tag("v2", (), "Version 2", day(2))
    assert "Vi måler det hver uge." in standing(text)
    edit(text, "Vi måler det hver uge.", "Vi måler det hver måned.", 3)
    text.tag("v3", (), "Version 3", day(3))
    found = authorship(text, "v3", DANISH)

    assert who(found)["Vi måler det hver måned."] == "generated v3"
    assert said(found.removed("Vi måler det hver uge.")) == "hand Rikke"


def test_a_branch_that_is_merged_names_its_own_authors(text: TextRepository, tmp_path: Path) -> None:
    folder = tmp_path / "text"
    plain_git(folder, "switch", "-qc", "review/v1/kl")
    chapter = CHAPTER.replace("for alle borgere", "for alle").replace("Ja.\n", "")
    (folder / PATH).write_text(chapter, encoding="utf-8")
    plain_git(folder, "commit", "-qam", "Læst", f"--author={REVIEWER.name} <{REVIEWER.email}>")
    plain_git(folder, "switch", "-q", "main")
    edit(text, "hvert år", "hver uge", 1)
    plain_git(folder, "merge", "-q", "--no-edit", "-Xpatience", "review/v1/kl", "-s", "ort", "-Xtheirs")
    (folder / PATH).write_text(chapter.replace("hvert år", "hver uge"), encoding="utf-8")
    plain_git(folder, "commit", "-q", "--amend", "--all", "--no-edit")
    found = authorship(text, "main", DANISH, older="v1")

    assert who(found)["Vi vil gøre det nemt for alle."] == "hand Lea –"
    assert who(found)["Vi måler det hver uge."] == "hand Rikke –"
    assert {gone.words: said(gone.removed) for gone in found.chapters[PATH].went} == {
        "Vi vil gøre det nemt for alle borgere.": "hand Lea",
        "Vi måler det hvert år.": "hand Rikke",
        "Ja.": "hand Lea",
    }


def test_several_rounds_leave_every_sentence_with_its_own_author(text: TextRepository) -> None:
    expected: dict[str, str] = {}
    template = CHAPTER
    for number in range(2, 6):
        own = f"Redaktøren rettede i runde {number} igen."
        given = f"Skabelonen blev ændret i runde {number}, og det ses."
        edit(text, "Vi måler det hvert år.", f"Vi måler det hvert år.\n{own}", number)
        template = template.replace("Ja.\n", f"Ja.\n{given}\n")
        generate(text, template, number)
        text.tag(f"v{number}", (), f"Version {number}", day(number))
        expected |= {own: f"hand Rikke v{number}", given: f"generated v{number}"}
    found = who(authorship(text, "main", DANISH))

    assert {words: found[words] for words in expected} == expected
    assert {author for words, author in found.items() if words not in expected} == {"generated v1"}


def test_a_chapter_that_is_gone_is_said_to_be_with_who_removed_it(text: TextRepository) -> None:
    text.record_generated({"chapters/ny.md": b"# Ny\n"}, "Skabelonerne", day(1))
    text.merge_generated("Flet", day(1))
    found = authorship(text, "main", DANISH, older="v1")

    assert found.chapters[PATH].sentences == ()
    assert {said(gone.removed) for gone in found.chapters[PATH].went} == {"generated"}
    assert who(found, "chapters/ny.md") == {"Ny": "generated –"}


def test_an_older_state_knows_nothing_of_what_came_later_and_an_unknown_one_is_refused(text: TextRepository) -> None:
    edit(text, "hvert år", "hver uge", 1)

    assert set(who(authorship(text, "v1", DANISH)).values()) == {"generated v1"}
    assert authorship(text, "v1", DANISH, older="main").chapters[PATH].went == ()
    with pytest.raises(InputError, match="text_ref_unknown"):
        authorship(text, "main", DANISH, older="v9")
    with pytest.raises(InputError, match="text_ref_unknown"):
        authorship(text, "v9", DANISH)


def test_words_that_are_none_of_the_text_have_no_author(text: TextRepository) -> None:
    found = authorship(text, "main", DANISH)

    assert found.brought("Det har ingen skrevet.") is None
    assert found.removed("Det har ingen skrevet.") is None
    assert found.brought("Vi  måler det\nhvert år.") is not None
