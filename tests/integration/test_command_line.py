"""The command line without any run: help, wrong use, and what can be said about a workspace as it stands."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from forankring.workspace import look_names, look_text
from tests.conftest import SMALL, CommandLine, Scene

CHEAP = (
    ["--help"],
    ["--version"],
    ["check"],
    ["form", "evidence"],
    ["status"],
    ["versions"],
    ["new", "ny"],
    ["draft", "--help"],
)


@pytest.mark.parametrize("arguments", CHEAP, ids=" ".join)
def test_a_command_that_runs_no_flow_never_imports_prefect(
    arguments: list[str], small: Path, environment: dict[str, str]
) -> None:
    program = (
        "import sys; from flows import cli; code = cli.run(sys.argv[1:]); sys.exit(code or 'prefect' in sys.modules)"
    )
    command = [sys.executable, "-c", program, *arguments]

    done = subprocess.run(command, cwd=small, env=environment, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr


def test_help_is_danish_to_the_last_word(forankring: CommandLine) -> None:
    shown = forankring("--help").stdout + forankring("build", "--help").stdout + forankring("server", "--help").stdout

    assert "Brug: forankring" in shown
    for english in (
        "Usage",
        "Options",
        "Arguments",
        "Commands",
        "Show this",
        "[default",
        "[required",
        "COMMAND",
        "<bool>",
    ):
        assert english not in shown


def test_help_is_english_where_english_is_asked_for(forankring: CommandLine) -> None:
    shown = forankring("--help", FORANKRING_LOCALE="en").stdout

    assert "Usage: forankring" in shown
    assert "Draft a strategy together" in shown


def test_a_command_line_without_a_command_shows_the_help(forankring: CommandLine) -> None:
    done = forankring()

    assert done.returncode == 0
    assert "forankring draft" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["drft"], "Mente du: draft"),
        (["build", "--foo"], "»--foo«"),
        (["new"], "DIR"),
        (["status", "a", "b"], "forankring status a b"),
        (["--workspace"], "»--workspace«"),
    ],
)
def test_wrong_use_ends_with_2_and_says_in_danish_what_was_meant(
    arguments: list[str], said: str, forankring: CommandLine
) -> None:
    done = forankring(*arguments)

    assert done.returncode == 2
    assert said in done.stderr
    assert not done.stdout


def test_a_folder_without_a_strategy_is_said_to_be_none(forankring: CommandLine, tmp_path: Path) -> None:
    done = forankring("status", "--workspace", tmp_path)

    assert done.returncode == 2
    assert "strategy.yaml mangler" in done.stderr


def test_a_common_option_may_stand_before_and_after_the_command(forankring: CommandLine, small: Path) -> None:
    before = forankring("--json", "--workspace", small, "status")
    after = forankring("status", "--json", f"--workspace={small}")

    assert before.stdout == after.stdout
    assert json.loads(before.stdout)["files"] == {
        "total": 0,
        "accepted": 0,
        "quarantined": 0,
        "withdrawn": 0,
        "replaced": 0,
    }


def test_the_nearest_workspace_upwards_is_used(small: Path, environment: dict[str, str]) -> None:
    folder = small / "inbox/hoering-1"
    program = "import sys; from flows import cli; sys.exit(cli.run(['status', '--json']))"

    done = subprocess.run(
        [sys.executable, "-c", program], cwd=folder, env=environment, capture_output=True, check=False
    )

    assert done.returncode == 0, done.stderr


def test_looking_changes_nothing(forankring: CommandLine, small: Path) -> None:
    for command in ("status", "versions"):
        assert forankring(command, "--workspace", small).returncode == 0

    assert not (small / "text").exists()
    assert not (small / "editions").exists()


def test_check_names_every_mistake_in_every_file_at_once(forankring: CommandLine, scene: Scene) -> None:
    broken = SMALL["strategy.yaml"].replace("title: En lille strategi", "titel: En").replace("locale: da", "locale: xx")
    folder = scene(SMALL | {"strategy.yaml": broken, "catalogue/goals.yaml": "goals: nej\n"})

    done = forankring("check", "--json", "--workspace", folder)

    problems = json.loads(done.stdout)["problems"]
    assert done.returncode == 2
    assert {problem["file"] for problem in problems} == {"strategy.yaml", "catalogue/goals.yaml"}
    assert {"title", "titel"} <= {problem["field"] for problem in problems}
    assert all(problem["line"] for problem in problems)


def test_check_says_beforehand_which_files_will_be_refused_and_records_nothing(
    forankring: CommandLine, small: Path
) -> None:
    done = forankring("check", "--workspace", small)

    assert done.returncode == 0
    assert "uden-afsender.txt" in done.stdout
    assert "RQ-01" in done.stdout or "RQ-02" in done.stdout
    assert not (small / "text").exists()
    assert forankring("check", "--strict", "--workspace", small).returncode == 1


def test_check_finds_a_template_that_names_what_does_not_exist(forankring: CommandLine, scene: Scene) -> None:
    folder = scene(SMALL | {"templates/chapters/foreword.md.j2": "# Forord\n\n{{ view.findes_ikke }}\n"})

    done = forankring("check", "--workspace", folder)

    assert done.returncode == 2
    assert "foreword.md.j2" in done.stderr


@pytest.mark.parametrize("locale", ["da", "en"])
def test_a_new_strategy_has_no_mistakes(locale: str, forankring: CommandLine, tmp_path: Path) -> None:
    folder = tmp_path / "Min Strategi"

    made = forankring("new", folder, FORANKRING_LOCALE=locale)
    checked = forankring("check", "--json", "--workspace", folder)

    assert made.returncode == 0
    assert json.loads(checked.stdout)["problems"] == []
    assert "key: min-strategi" in (folder / "strategy.yaml").read_text(encoding="utf-8")


def test_the_example_is_copied_whole(forankring: CommandLine, tmp_path: Path) -> None:
    done = forankring("new", tmp_path / "eksempel", "--example", "--json")

    folder = Path(json.loads(done.stdout)["workspace"])
    assert len([file for file in (folder / "inbox").rglob("*") if file.is_file()]) >= 16
    assert (folder / "catalogue/goals.yaml").is_file()


def test_a_new_strategy_never_takes_a_folder_that_is_in_use(forankring: CommandLine, small: Path) -> None:
    before = (small / "strategy.yaml").read_bytes()

    done = forankring("new", small)

    assert done.returncode == 2
    assert "ikke tom" in done.stderr
    assert (small / "strategy.yaml").read_bytes() == before


def test_the_server_command_tells_that_none_runs(forankring: CommandLine, tmp_path: Path) -> None:
    nowhere = str(tmp_path / "state")

    assert json.loads(forankring("server", "status", "--json", FORANKRING_STATE=nowhere).stdout)["running"] is False
    assert json.loads(forankring("server", "stop", "--json", FORANKRING_STATE=nowhere).stdout)["stopped"] is False


def test_a_server_of_the_users_own_is_named(forankring: CommandLine) -> None:
    done = forankring("server", "status", PREFECT_API_URL="http://prefect.eksempel.dk/api")

    assert "http://prefect.eksempel.dk" in done.stdout


def test_a_server_that_does_not_answer_and_a_clock_that_is_none_are_said_in_one_sentence(
    forankring: CommandLine, small: Path, tmp_path: Path
) -> None:
    away = forankring("draft", "--workspace", small, PREFECT_API_URL="http://127.0.0.1:9/api")
    timeless = forankring("draft", "--workspace", small, SOURCE_DATE_EPOCH="abc")
    (tmp_path / "file").write_text("x", encoding="utf-8")
    stateless = forankring("draft", "--workspace", small, FORANKRING_STATE=str(tmp_path / "file"))

    assert [done.returncode for done in (away, timeless, stateless)] == [2, 2, 2]
    assert not any("Traceback" in done.stderr for done in (away, timeless, stateless))
    assert "127.0.0.1:9" in away.stderr
    assert "SOURCE_DATE_EPOCH" in timeless.stderr


def test_a_catalogue_that_cannot_be_read_is_not_taken_for_an_empty_one(forankring: CommandLine, small: Path) -> None:
    (small / "catalogue").write_text("x", encoding="utf-8")
    assert forankring("check", "--workspace", small).returncode == 2


EDITED = "# Forord\n\nSe [bilaget](#findes-ikke).\n"


def test_check_reads_the_edits_that_are_not_committed_and_names_their_lines(
    forankring: CommandLine, small: Path
) -> None:
    chapter = small / "text" / "chapters" / "foreword.md"
    chapter.parent.mkdir(parents=True)
    chapter.write_text(EDITED, encoding="utf-8")

    said = forankring("check", "--workspace", small)
    answer = forankring("check", "--json", "--workspace", small)

    found = [(item["code"], item["file"], item["line"]) for item in json.loads(answer.stdout)["findings"]]
    assert (answer.returncode, found) == (0, [("text_link_nowhere", "chapters/foreword.md", 3)])
    assert "chapters/foreword.md, linje 3" in said.stdout and "slet henvisningen" in said.stdout


def test_check_stops_at_a_merge_that_nobody_finished(forankring: CommandLine, small: Path) -> None:
    chapter = small / "text" / "chapters" / "foreword.md"
    chapter.parent.mkdir(parents=True)
    chapter.write_text(EDITED + "\n<<<<<<< HEAD\nDen ene\n", encoding="utf-8")

    done = forankring("check", "--json", "--workspace", small)

    assert done.returncode == 2
    assert [(item["code"], item["line"]) for item in json.loads(done.stdout)["problems"]] == [
        ("text_conflict_marks", 5)
    ]


def test_a_new_strategy_gets_the_look_that_was_asked_for(forankring: CommandLine, tmp_path: Path) -> None:
    done = forankring("new", tmp_path / "ny", "--look", "forest")

    assert done.returncode == 0
    assert (tmp_path / "ny" / "look.yaml").read_text(encoding="utf-8") == look_text("forest")


def test_the_help_lists_the_looks_that_there_are(forankring: CommandLine) -> None:
    assert ", ".join(look_names()) in " ".join(forankring("new", "--help").stdout.replace("│", " ").split())


def test_an_unknown_look_makes_nothing_and_is_answered_with_the_names(forankring: CommandLine, tmp_path: Path) -> None:
    refused = forankring("new", tmp_path / "ny", "--look", "skov")

    assert refused.returncode == 2
    assert "forest, house" in refused.stderr
    assert not (tmp_path / "ny").exists()


def test_a_mistake_in_the_look_is_found_by_check(forankring: CommandLine, small: Path) -> None:
    pale = look_text("house").replace('"#0b4a6f"', '"#7fb2d0"')
    (small / "look.yaml").write_text(pale, encoding="utf-8")

    found = forankring("check", "--workspace", small)

    assert found.returncode == 2
    assert "look.yaml" in found.stderr + found.stdout
    assert "4,5 til 1" in found.stderr + found.stdout
