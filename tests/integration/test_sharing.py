"""A campaign is shown as one text and counted as many points; a remark finds the chapter that it quotes."""

import json
from pathlib import Path

import pytest

from tests.conftest import SMALL, CommandLine, write_scene
from tests.unit.sharing.said import CAMPAIGN

INBOX = "inbox/hoering-1"
SCENE = {
    "strategy.yaml": SMALL["strategy.yaml"],
    f"{INBOX}/eksempel-kommune/svar.txt": f"{CAMPAIGN}\n\nVi tilslutter os i øvrigt Region Eksempels høringssvar.\n",
    f"{INBOX}/region-eksempel/svar.txt": f"{CAMPAIGN} I vores region bor mange langt fra en skranke.\n",
}


@pytest.fixture
def gathered(tmp_path: Path, inside: CommandLine) -> Path:
    folder = write_scene(tmp_path / "scene", SCENE)
    done = inside("gather", "--workspace", folder)
    assert done.returncode == 0, done.stderr
    assert "3 punkter fra 2 parter" in done.stdout
    return folder


def test_a_campaign_is_collapsed_for_reading_and_never_for_counting(gathered: Path, inside: CommandLine) -> None:
    found = json.loads(inside("shared", "--json", "--workspace", gathered).stdout)
    (text,) = found["shared"]
    assert [share["point"] for share in text["shares"]] == ["B001-01", "B002-01"]
    assert text["shares"][1]["adds"] == "I vores region bor mange langt fra en skranke"
    assert found["total"]["points"] == 3
    assert found["total"]["parties"] == 2
    (joined,) = found["endorsements"]
    assert (joined["endorser"], joined["party"]) == ("eksempel-kommune", "region-eksempel")
    status = json.loads(inside("status", "--json", "--workspace", gathered).stdout)
    assert status["points"] == found["total"]


def test_where_there_are_very_many_points_only_the_command_for_it_searches(
    tmp_path: Path, inside: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("forankring.sharing.keeping.MANY", 2)
    folder = write_scene(tmp_path / "scene", SCENE)
    assert "3 punkter fra 2 parter; hvad de har til fælles, finder »forankring shared«" in (
        inside("gather", "--workspace", folder).stdout
    )
    assert not folder.joinpath(".forankring/sharing.json").exists()
    status = json.loads(inside("status", "--json", "--workspace", folder).stdout)
    assert status["points"] == {"points": 3, "parties": 2, "distinct": None}
    assert len(json.loads(inside("shared", "--json", "--workspace", folder).stdout)["shared"]) == 1


def test_an_editor_reads_who_shares_what_in_danish(gathered: Path, inside: CommandLine) -> None:
    shown = inside("shared", "--workspace", gathered).stdout
    assert "1 tekst er fælles for flere parter" in shown
    assert "B002-01, Region Eksempel; tilføjer: »I vores region bor mange langt fra en skranke«" in shown
    assert "B001-02, Eksempel Kommune, tilslutter sig Region Eksempel" in shown


def test_erasing_a_submission_forgets_what_was_kept_of_its_words(gathered: Path, inside: CommandLine) -> None:
    kept = gathered / ".forankring/sharing.json"
    assert "langt fra en skranke" in kept.read_text(encoding="utf-8")
    done = inside("withdraw", "B002", "--erase", "--why", "Anmodning", "--workspace", gathered)
    assert done.returncode == 0, done.stderr
    assert not kept.exists()
    assert json.loads(inside("shared", "--json", "--workspace", gathered).stdout)["shared"] == []


def test_a_remark_is_placed_in_the_chapter_that_it_quotes_and_says_why(tmp_path: Path, inside: CommandLine) -> None:
    folder = write_scene(tmp_path / "scene", SMALL)
    assert inside("draft", "--workspace", folder).returncode == 0
    chapter = next(folder.joinpath("text/chapters").glob("anchoring.md"))
    own = "Ledelsen følger hvert år op på, om arbejdsgangene er ændret i praksis."
    chapter.write_text(f"{chapter.read_text(encoding='utf-8')}\n{own}\n", encoding="utf-8")
    assert inside("draft", "--workspace", folder).returncode == 0
    place = folder / INBOX / "region-eksempel/citat.txt"
    place.parent.mkdir(parents=True, exist_ok=True)
    remark = "Teknologi nævnes ikke, hvor der står »Ledelsen følger hvert år op på, om arbejdsgangene er ændret«."
    place.write_text(f"{remark}\n", encoding="utf-8")
    registered = json.loads(inside("gather", "--json", "--workspace", folder).stdout)["registered"]
    point = f"{registered[0]['id']}-01"
    why = json.loads(inside("place", point, "--json", "--workspace", folder).stdout)
    assert (why["chapter"], why["route"], why["sure"]) == ("anchoring", "quote", "likely")
    assert why["quote"] in remark
    shown = inside("place", point, "--workspace", folder).stdout
    assert "citat af udkastet" in shown
    assert "sandsynligt" in shown
