"""Why something changed between two versions: whose edit it was, or which points came and went."""

import json
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest

from flows import cli, steps
from forankring.drafting import Draft, describe, units
from forankring.text import parse, plain
from forankring.workspace import open_workspace
from tests.conftest import SMALL, write_scene
from tests.integration.versions_scene import EDITOR, work_as

BEFORE = """\
# Fra teknologi til værdi {#value}

Strategien handler om værdi for borgere.

Der er modtaget bidrag fra Eksempel Kommune og Region Eksempel.

Region Eksempel ønsker, at data deles på tværs af sektorer.

Alle parter har svaret på spørgsmålene.

Hvert mål følges op hvert år.

| Mål | Ansvarlig | Frist |
|-----|-----------|-------|
| Fælles løsninger | Eksempel Kommune | 2027 |
| Deling af data | Region Eksempel | 2028 |

: Mål og ansvarlige

## Trin

Der er 2 trin.

| Trin | Antal |
|------|-------|
| Først | 3 |

: Initiativer på hvert trin
"""
FIRST, LAST = "| Fælles løsninger | Eksempel Kommune | 2027 |\n", "| Deling af data | Region Eksempel | 2028 |\n"
AFTER = (
    BEFORE.replace("og Region Eksempel.", "og Styrelsen.")
    .replace("Region Eksempel ønsker, at data deles på tværs af sektorer.\n\n", "")
    .replace("har svaret", "har nu svaret")
    .replace("hvert år.", "hvert halve år.")
    .replace("| Først | 3 |", "| Først | 2 |")
    .replace(LAST, "")
    .replace(FIRST, f"| Sikker drift af registre | Styrelsen |  |\n{FIRST}")
)
EIGHT = tuple(f"B001-0{number}" for number in range(1, 9))
RESTED = {
    "Strategien": ("B001-01",),
    "Der er modtaget": ("B001", "B002"),
    "Region": ("B002-01",),
    "Alle": EIGHT,
    "Initiativer": ("B001-01", "B002-02"),
    "Mål": ("B001-01", "B002-02", "catalogue:goals/G1"),
}
RESTS = {**RESTED, "Der er modtaget": ("B001", "B003"), "Mål": ("B001-01", "B003-01"), "Initiativer": ("B001-01",)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make two versions: between them B002 is withdrawn, B003 has come in, and an editor has edited a sentence."""
    root = tmp_path_factory.mktemp("grunde")
    configuration = root / "gitconfig"
    configuration.write_text(f"[user]\nname = {EDITOR.name}\nemail = {EDITOR.email}\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        work_as(patch, configuration)
        workspace = write_scene(root / "w", {"strategy.yaml": SMALL["strategy.yaml"]})
        draft(workspace, BEFORE, RESTED, "v1")
        file = workspace / "text/chapters/value.md"
        words = file.read_text(encoding="utf-8")
        file.write_text(words.replace("for borgere.", "for borgere og virksomheder."), encoding="utf-8")
        draft(workspace, AFTER, RESTS, "v2")
    return workspace


def draft(folder: Path, chapter: str, rests: Mapping[str, tuple[str, ...]], name: str) -> None:
    job = steps.begin(open_workspace(folder))
    steps.keep_edits(job)
    blocks = tuple(
        describe(block, next((found for start, found in rests.items() if plain(block).startswith(start)), ()))
        for block in units(parse(chapter).blocks)
    )
    steps.record_draft(job, Draft(chapters={"value": chapter}, provenance={"value": blocks}, completeness=()))
    steps.tag_version(job, steps.build_version(job, name))


@pytest.fixture(scope="module")
def reasons(folder: Path) -> dict[str, str]:
    """Return why each change in the list was made, by the words that came, or else went."""
    report = steps.build_redline(steps.begin(open_workspace(folder)), "v2", "v1")
    [file] = report.folder.glob("*.xlsx")
    rows = openpyxl.load_workbook(file).active.iter_rows(min_row=2, values_only=True)
    return {row[3] or row[2]: row[6] for row in rows}


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("Region Eksempel ønsker, at data deles på tværs af sektorer.", "byggede på B002-01"),
        ("Deling af data | Region Eksempel | 2028", "byggede på B002-02"),
        ("Der er modtaget bidrag fra Eksempel Kommune og Styrelsen.", "B003; uden B002"),
        ("2", "uden B002-02"),
        ("Sikker drift af registre | Styrelsen | ", "B003-01"),
    ],
    ids=[
        "a sentence that went",
        "a row that went",
        "a sentence that changed",
        "a cell that changed",
        "a row that came",
    ],
)
def test_a_change_names_the_points_that_came_and_went(reasons: Mapping[str, str], words: str, reason: str) -> None:
    assert reasons[words] == reason


def test_an_edit_by_hand_is_never_put_down_to_the_points_that_its_passage_rests_on(reasons: Mapping[str, str]) -> None:
    assert reasons["Strategien handler om værdi for borgere og virksomheder."] == "Redaktionel rettelse"


def test_where_no_point_came_or_went_those_that_the_words_rest_on_are_named(reasons: Mapping[str, str]) -> None:
    assert reasons["Alle parter har nu svaret på spørgsmålene."] == f"{', '.join(EIGHT[:6])} og 2 andre"


def test_where_no_point_is_known_all_that_can_have_caused_it_is_named(reasons: Mapping[str, str]) -> None:
    assert reasons["Hvert mål følges op hvert halve år."] == "Ændret bidrag, skabelon eller katalog"


def test_the_terminal_gives_the_same_reasons_as_the_list(
    folder: Path, reasons: Mapping[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["diff", "v1", "v2", "--workspace", str(folder)]) == 0
    shown = capsys.readouterr().out
    assert cli.run(["diff", "v1", "v2", "--workspace", str(folder), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["changes"]

    assert all(f" · {reason}\n" in shown for reason in reasons.values())
    assert {item["new"] or item["old"]: item["why"] for item in told} == reasons
