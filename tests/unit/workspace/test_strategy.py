"""A broken strategy.yaml or catalogue shows all its mistakes in Danish, in the order of the file."""

from datetime import UTC, datetime

import pytest

from forankring.errors import InputError
from forankring.language import load_locale
from forankring.workspace import Strategy, dump_strategy, load_snapshot, parse_catalogue, parse_strategy

GOOD = """\
key: s
title: Strategi
label: S24
period: {first: 2024, last: 2028, label: 2024-2028}
imprint: {publisher: Sekretariatet}
parties:
- {key: kl, name: KL, type: association, signs: ja}
- {key: by, name: Byen, type: municipality}
chapters:
- {key: goals, title: Mål}
rounds:
- {key: r1, title: Runde 1, opens: 2024-03-01, closes: 2024-03-28}
"""

BROKEN = """\
key: s
title: [a]
title: b
period: {first: 2024, last: 2020, label: x}
imprint: KL
parties:
- {key: kl, name: KL, type: forening}
- {key: kl, name: KL, type: company, signs: måske}
chapters: goals
rounds:
- {key: r1, title: a, opens: 2024-03-01, closes: 2024-02-01}
- {key: r2, title: b, opens: 1/3/2024, closes: 2024-03-20, closes_at: 12.00}
locale: de
time_zone: Europa/København
editions: [docx, doc]
farve: blå
"""

TOLD = """\
linje 1: Feltet »Kort betegnelse« mangler. Tilføj feltet (label), og udfyld det.
linje 2: Feltet »{title}« skal være én tekst
linje 3: Feltet »{title}« står mere end én gang.
linje 4: Feltet »Periode: Sidste år« er 2020, som ligger før periodens første år.
linje 5: Feltet »Kolofon« skal være en gruppe af felter.
linje 7: Feltet »Parter 1: Type« har værdien »forening«, som ikke er blandt de mulige. Vælg en af
linje 8: Feltet »Parter 2: Nøgle« har værdien »kl«, som allerede er brugt
linje 8: Feltet »Parter 2: Underskriver strategien« skal være ja eller nej, men er »måske«. Skriv ja eller nej.
linje 9: Feltet »Kapitler« skal være en liste.
linje 11: Feltet »Høringsrunder 1: Sidste dag« har datoen 2024-02-01, som ligger før høringsrundens første dag.
linje 12: Feltet »Høringsrunder 2: Første dag« skal være en dato, men er »1/3/2024«.
linje 12: Feltet »Høringsrunder 2: Sidste klokkeslæt« skal være et klokkeslæt, men er »12.00«.
linje 13: Feltet »Sprog i udkastet« har værdien »de«, som ikke er blandt de mulige. Vælg en af disse værdier: da, en.
linje 14: Tidszonen »Europa/København« kendes ikke.
linje 15: Feltet »Udgaver 2« har værdien »doc«, som ikke er blandt de mulige. Vælg en af disse værdier: docx, pdf, html.
linje 16: Feltet »farve« kendes ikke.
"""


def test_a_broken_strategy_tells_every_mistake_at_once_with_line_and_remedy_in_danish() -> None:
    with pytest.raises(InputError) as caught:
        parse_strategy(BROKEN)
    told = [" ".join(load_locale("da").problem(problem)) for problem in caught.value.problems]
    title = load_locale("da").field_label("title")
    expected = [f"strategy.yaml, {line.replace('{title}', title)}" for line in TOLD.splitlines()]

    assert len(told) == len(expected), "\n".join(told)
    assert all(sentence.startswith(start) for sentence, start in zip(told, expected, strict=True)), "\n".join(told)


@pytest.mark.parametrize("text", ["", "- a\n", "tekst\n"])
def test_a_strategy_without_fields_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="yaml_not_a_mapping"):
        parse_strategy(text)


@pytest.mark.parametrize("key", ["../ude", "a/b", '""', "Min Strategi", "æøå", "-a", "a" * 81])
@pytest.mark.parametrize("place", ["key: s", "{key: kl,", "{key: goals,", "{key: r1,"])
def test_a_key_is_a_name_that_a_file_can_have_and_nothing_else(key: str, place: str) -> None:
    name = place.rpartition("key: ")[2].rstrip(",")
    with pytest.raises(InputError) as caught:
        parse_strategy(GOOD.replace(place, place.replace(f"key: {name}", f"key: {key}")))

    assert [problem.code for problem in caught.value.problems] == ["field_key"]


def test_a_strategy_survives_its_snapshot() -> None:
    strategy = parse_strategy(GOOD)

    assert load_snapshot(dump_strategy(strategy)) == strategy
    assert dump_strategy(load_snapshot(dump_strategy(strategy))) == dump_strategy(strategy)


def test_a_round_closes_at_the_end_of_its_last_day_in_the_strategys_zone() -> None:
    strategy = parse_strategy(GOOD)
    deadline = strategy.deadline("r1")

    assert deadline is not None
    assert deadline.astimezone(UTC) == datetime(2024, 3, 28, 22, 59, tzinfo=UTC)
    assert strategy.rounds[0].days == 28
    assert strategy.deadline("ukendt") is None


def test_signatories_are_the_parties_that_sign() -> None:
    strategy: Strategy = parse_strategy(GOOD)

    assert [party.key for party in strategy.signatories] == ["kl"]


FACT = "fact: {source: Digst, verified: ja}"


def test_a_catalogue_is_gathered_from_its_files() -> None:
    files = {
        "catalogue/a.yaml": f"goals:\n- {{id: G1, title: M, focus_areas: [{{id: F1, title: F, {FACT}}}], {FACT}}}\n",
        "catalogue/b.yaml": f"initiatives:\n- {{number: 1.10, title: I, focus_area: F1, {FACT}}}\n",
        "catalogue/c.yaml": "",
    }
    catalogue = parse_catalogue(files)

    assert catalogue.initiatives[0].number == "1.10"
    assert [getattr(catalogue.goal_of(ref), "id", None) for ref in ("G1", "F1", "1.10", "x")] == [
        "G1",
        "G1",
        "G1",
        None,
    ]


def test_every_mistake_in_every_file_of_a_catalogue_is_told_at_once() -> None:
    files = {
        "a.yaml": "glossary: []\nfarve: x\n",
        "b.yaml": "glossary:\n- {term: a}\n",
        "c.yaml": "- a\n",
        "d.yaml": "a: [\n",
    }
    with pytest.raises(InputError) as caught:
        parse_catalogue(files)

    assert [(problem.file, problem.line, problem.code) for problem in caught.value.problems] == [
        ("a.yaml", 2, "field_unknown"),
        ("b.yaml", 1, "catalogue_twice"),
        ("b.yaml", 2, "field_missing"),
        ("c.yaml", 1, "yaml_not_a_mapping"),
        ("d.yaml", 2, "yaml_syntax"),
    ]
