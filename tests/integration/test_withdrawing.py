"""What is taken back leaves its number and nothing else; what an editor places stays placed."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.conftest import SMALL, CommandLine, write_scene

ANSWER = """
---
party: {name: Inger Eksempelsen, type: citizen}
contact: {name: Inger Eksempelsen, email: inger@eksempel.dk}
publication: anonymous
---

Teknologien skal skabe værdi for den enkelte. Det er min mening.
"""
PLACE = "inbox/hoering-1/borgere/svar.md"


@pytest.fixture
def answered(tmp_path: Path, inside: CommandLine) -> Path:
    folder = write_scene(tmp_path / "scene", SMALL | {PLACE: ANSWER})
    assert inside("gather", "--workspace", folder).returncode == 0
    return folder


def ledger(folder: Path, number: str) -> dict[str, object]:
    git = ["git", "-C", str(folder / "text"), "show", f"main:ledger/submissions/{number}.json"]
    found: dict[str, object] = json.loads(subprocess.run(git, check=True, capture_output=True).stdout)
    return found


def everything_below(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())


def test_a_withdrawn_submission_leaves_its_number_and_is_not_read_again(answered: Path, inside: CommandLine) -> None:
    done = inside("withdraw", "B002", "--why", "Afsenderen har bedt om det", "--workspace", answered)
    assert done.returncode == 0, done.stderr
    left = ledger(answered, "B002")
    assert (left["outcome"], left["places"]) == ("withdrawn", ["hoering-1/eksempel-kommune/svar.md"])
    assert "Forankring kræver" not in json.dumps(left, ensure_ascii=False)
    again = inside("gather", "--json", "--workspace", answered)
    assert json.loads(again.stdout)["registered"] == []
    assert json.loads(again.stdout)["files"]["withdrawn"] == 1


def test_erasing_leaves_no_trace_of_the_person_and_no_way_back(answered: Path, inside: CommandLine) -> None:
    private = answered / ".forankring"
    assert b"Inger" in everything_below(private)
    refused = inside("withdraw", "B001", "--erase", "--why", "Inger Eksempelsen ringede", "--workspace", answered)
    assert refused.returncode == 2
    assert "personoplysninger" in refused.stderr
    done = inside("withdraw", "B001", "--erase", "--why", "Anmodning om sletning", "--workspace", answered)
    assert done.returncode == 0, done.stderr
    for folder in (private, answered / "text"):
        assert b"Inger" not in everything_below(folder)
        assert b"den enkelte" not in everything_below(folder)
    left = ledger(answered, "B001")
    assert not {"places", "sha256"} & {key for key, value in left.items() if value}
    again = json.loads(inside("gather", "--json", "--workspace", answered).stdout)
    assert again["registered"] == []
    (answered / PLACE).write_text(ANSWER.replace("Det er min mening.", "Det er stadig min mening."), encoding="utf-8")
    newer = json.loads(inside("gather", "--json", "--workspace", answered).stdout)
    assert [item["id"] for item in newer["registered"]] == ["B004"]


def test_bytes_that_another_submission_has_too_stay_until_it_is_erased(tmp_path: Path, inside: CommandLine) -> None:
    same = {f"inbox/hoering-1/{party}/a.txt": "Værdi er vigtig.\n" for party in ("eksempel-kommune", "region-eksempel")}
    folder = write_scene(tmp_path / "scene", {"strategy.yaml": SMALL["strategy.yaml"]} | same)
    assert inside("gather", "--workspace", folder).returncode == 0
    cache = folder / ".forankring/inbox-cache.json"
    assert "region-eksempel/a.txt" in cache.read_text()
    erase = ("--erase", "--why", "Anmodning", "--json", "--workspace", folder)
    done = inside("withdraw", "B001", *erase)
    assert (json.loads(done.stdout)["originals_erased"], json.loads(done.stdout)["still_held_by"]) == (0, ["B002"])
    assert "kør withdraw --erase for B002." in done.stderr
    assert "a.txt" not in cache.read_text(), "a raw name may hold a number"
    assert len([file for file in (folder / ".forankring/vault").rglob("*") if file.is_file()]) == 1
    again = json.loads(inside("gather", "--json", "--workspace", folder).stdout)
    assert again["registered"] == [], "the erased one is not read anew, and the other one stands"
    inside("withdraw", "B002", "--why", "Trukket", "--workspace", folder)
    done = inside("withdraw", "B002", *erase)
    assert (json.loads(done.stdout)["originals_erased"], json.loads(done.stdout)["still_held_by"]) == (1, [])
    assert not [file for file in (folder / ".forankring/vault").rglob("*") if file.is_file()]


def test_an_unknown_number_and_a_missing_reason_are_said(answered: Path, inside: CommandLine) -> None:
    for arguments, said in (
        (["B099", "--why", "x"], "»B099«"),
        (["B002"], "--why"),
    ):
        done = inside("withdraw", *arguments, "--workspace", answered)
        assert done.returncode == 2
        assert said in done.stderr


def test_a_point_is_where_the_editor_placed_it_after_the_file_is_replaced(answered: Path, inside: CommandLine) -> None:
    done = inside("place", "B002-01", "value", "--workspace", answered)
    assert done.returncode == 0, done.stderr
    file = answered / "inbox/hoering-1/eksempel-kommune/svar.md"
    file.write_text(file.read_text(encoding="utf-8") + "\nOg en bemærkning mere.\n", encoding="utf-8")
    assert inside("gather", "--workspace", answered).returncode == 0
    points = ledger(answered, "B004")["points"]
    assert isinstance(points, list)
    assert (points[0]["about"]["chapter"], points[0]["about"]["route"]) == ("value", "editor")


def test_points_without_a_chapter_are_listed_and_wrong_places_refused(tmp_path: Path, inside: CommandLine) -> None:
    parties = ("eksempel-kommune", "region-eksempel")
    lost = {f"inbox/hoering-1/{party}/a.txt": f"Husk kantinen i {party}.\n" for party in parties}
    lost["inbox/hoering-1/region-eksempel/b.csv"] = "Nr.;Bemærkning\n3;Husk også cyklerne.\n4;Husk også busserne.\n"
    strategy = SMALL["strategy.yaml"] + "goals: [{id: M1, title: Et mål}]\n"
    folder = write_scene(tmp_path / "scene", {"strategy.yaml": strategy} | lost)
    assert inside("gather", "--workspace", folder).returncode == 0
    listed = inside("place", "--workspace", folder)
    assert "B001-01" in listed.stdout
    assert "Husk kantinen i eksempel" in listed.stdout
    assert "Husk også cyklerne." in listed.stdout, "the number of a row says nothing"
    inside("withdraw", "B002", "--why", "Bedt om det", "--workspace", folder)
    for arguments, said in (
        (["B001-07", "value"], "B001-01"),
        (["B001-01", "nowhere"], "anchoring"),
        (["B001-01", "value", "--goal", "M9"], "»M9«"),
        (["B001-01", "value", "--initiative", "9.9"], "»9.9«"),
        (["B001-01", "--goal", "M1"], "anchoring"),
        (["B002-01", "value"], "B002, som er trukket tilbage"),
    ):
        done = inside("place", *arguments, "--workspace", folder)
        assert done.returncode == 2
        assert said in done.stderr
    inside("place", "B001-01", "value", "--workspace", folder)
    done = inside("place", "B001-01", "--goal", "M1", "--workspace", folder)
    assert "Mål: M1" in done.stdout
    points = ledger(folder, "B001")["points"]
    assert isinstance(points, list)
    assert (points[0]["about"]["chapter"], points[0]["about"]["goal"]) == ("value", "M1")
