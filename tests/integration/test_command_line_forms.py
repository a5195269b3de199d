"""``forankring form``: forms for the parties, prefilled, in the words of the strategy."""

import json
from pathlib import Path

import pytest
import yaml

from tests.conftest import STRATEGY, CommandLine, Scene

SECOND = "  - {key: hoering-2, title: Anden høring, opens: 2027-02-01, closes: 2027-03-15}\n"


def test_all_forms_are_made_where_nothing_else_is_asked_for(forankring: CommandLine, small: Path) -> None:
    done = forankring("--workspace", small, "form", "--json")

    assert done.returncode == 0, done.stderr
    files = [Path(name) for name in json.loads(done.stdout)["files"]]
    assert len(files) == 7 * 3 + 2
    assert {file.parent for file in files} == {small / "forms"}
    assert all(file.stat().st_size > 500 for file in files)


def test_a_form_names_the_party_and_the_only_round(forankring: CommandLine, small: Path, tmp_path: Path) -> None:
    out = tmp_path / "ud"
    done = forankring(
        "--workspace", small, "form", "b", "--party", "region-eksempel", "--format", "yaml", "--output", out
    )

    assert done.returncode == 0, done.stderr
    form = yaml.safe_load((out / "initiativforslag-region-eksempel.yaml").read_text(encoding="utf-8"))
    assert form["kind"] == "initiative"
    assert form["round"] == "hoering-1"
    assert form["party"] == {"name": "Region Eksempel", "type": "region", "org_id": None}


def test_no_round_is_guessed_where_there_are_two(forankring: CommandLine, scene: Scene, tmp_path: Path) -> None:
    folder = scene({"strategy.yaml": STRATEGY.replace("editions:", SECOND + "editions:")})
    command = ("--workspace", folder, "form", "evidence", "--format", "yaml", "--output", tmp_path)

    assert forankring(*command).returncode == 0
    assert _form(tmp_path)["round"] is None
    assert forankring(*command, "--round", "hoering-2").returncode == 0
    assert _form(tmp_path)["round"] == "hoering-2"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["x"], "goal_status"),
        (["--party", "ukendt"], "eksempel-kommune, region-eksempel"),
        (["--round", "ukendt"], "hoering-1"),
        (["--format", "pdf"], "word, excel, yaml"),
        (["iso", "--format", "yaml"], "word, excel"),
    ],
)
def test_what_does_not_exist_is_answered_with_what_does(
    arguments: list[str], said: str, forankring: CommandLine, small: Path
) -> None:
    done = forankring("--workspace", small, "form", *arguments)

    assert done.returncode == 2
    assert said in " ".join(done.stderr.replace("│", " ").split())
    assert not (small / "forms").exists()


def test_an_english_strategy_has_english_forms(forankring: CommandLine, scene: Scene) -> None:
    folder = scene({"strategy.yaml": STRATEGY.replace("locale: da", "locale: en")})

    done = forankring("--workspace", folder, "form", "response", FORANKRING_LOCALE="en")

    assert done.returncode == 0, done.stderr
    assert (folder / "forms/consultation-response.docx").exists()
    assert "Write your answers" in (folder / "forms/consultation-response.yaml").read_text(encoding="utf-8")


def _form(folder: Path) -> dict[str, object]:
    form: dict[str, object] = yaml.safe_load((folder / "viden-og-data.yaml").read_text(encoding="utf-8"))
    return form
