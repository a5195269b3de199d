"""The command line and the main job: versions, hand edits, refusals, and what a script is told."""

import json
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from forankring.workspace import look_text, parse_look
from tests.conftest import SMALL, CommandLine, Scene, command_line, write_scene

SECOND = """
---
party: {name: Region Eksempel, type: region}
title: Svar fra Region Eksempel
---

# Organisatorisk forankring

Regionen vil have et fast ejerskab af hver løsning.
"""


def test_the_same_inbox_twice_makes_one_version_and_a_new_file_the_next(inside: CommandLine, small: Path) -> None:
    first = _draft(inside, small)
    head = _git(small, "rev-parse", "main", "generated")
    again = inside("draft", "--workspace", small)
    unmoved = _git(small, "rev-parse", "main", "generated")
    write_scene(small, {"inbox/hoering-1/region-eksempel/regionens svar.md": SECOND})
    second = _draft(inside, small)

    assert (first["version"], first["made"]) == ("v1", True)
    assert "Intet er ændret siden v1" in again.stdout
    assert unmoved == head
    assert second["version"] == "v2"
    assert second["changed"]["submissions"] == ["B003"]
    for told in (_git(small, "log", "-1", "--format=%B", "main"), _git(small, "tag", "-n40", "--list", "v2")):
        assert "B003 Region Eksempel (regionens svar.md)" in told
        assert "Organisatorisk forankring (chapters/anchoring.md)" in told
        assert "B001" not in told
    assert "ejerskab" in (small / "text/chapters/anchoring.md").read_text(encoding="utf-8")


def test_every_file_is_accounted_for_and_a_refused_one_stops_nothing(inside: CommandLine, small: Path) -> None:
    answer = _draft(inside, small)

    assert answer["gathered"]["files"] == {"total": 2, "accepted": 1, "quarantined": 1, "withdrawn": 0, "replaced": 0}
    refused = [item for item in answer["gathered"]["registered"] if item["outcome"] == "quarantined"]
    assert [item["places"] for item in refused] == [["hoering-1/ukendt/uden-afsender.txt"]]
    assert refused[0]["refusals"]


def test_a_hand_edit_survives_the_next_draft_and_is_in_its_editions(inside: CommandLine, small: Path) -> None:
    _draft(inside, small)
    chapter = small / "text/chapters/foreword.md"
    chapter.write_text(chapter.read_text(encoding="utf-8") + "\nRedaktørens egen sætning.\n", encoding="utf-8")
    write_scene(small, {"inbox/hoering-1/region-eksempel/svar.md": SECOND})

    answer = _draft(inside, small)

    assert answer["gathered"]["hand_edits"] is True
    assert "Redaktørens egen sætning." in chapter.read_text(encoding="utf-8")
    assert "Redaktørens egen sætning." in Path(answer["editions"]["files"][0]["path"]).read_text(encoding="utf-8")
    assert "Rie Redaktør" in _git(small, "log", "--format=%an", "main")


def test_a_link_to_a_paragraph_leads_to_it_in_the_next_version_too(inside: CommandLine, small: Path) -> None:
    _draft(inside, small)
    chapter = small / "text/chapters/foreword.md"
    chapter.write_text(
        chapter.read_text(encoding="utf-8") + "\nRedaktørens egen sætning står fast.\n", encoding="utf-8"
    )
    second = _passages(_draft(inside, small))
    edited = chapter.read_text(encoding="utf-8").replace("står fast.", "står fast, også når den bliver længere.")
    chapter.write_text(edited.replace("\n\n", "\n\nEt nyt afsnit står forrest.\n\n", 1), encoding="utf-8")
    third = _passages(_draft(inside, small))

    kept = next(name for name, words in second.items() if words.startswith("Redaktørens egen sætning"))
    assert third[kept].startswith("Redaktørens egen sætning står fast, også når den bliver længere.")
    assert {name: words for name, words in second.items() if name != kept}.items() <= third.items()
    assert len(third) == len(second) + 1


def test_the_internal_edition_lies_apart_and_changes_nothing_that_was_published(
    inside: CommandLine, small: Path
) -> None:
    _draft(inside, small)
    published = {path.name: path.read_bytes() for path in (small / "editions/v1").iterdir()}
    built = inside("build", "--internal", "--workspace", small)

    assert "må ikke offentliggøres" in built.stdout and built.returncode == 0
    files = {path.name for path in (small / "editions/internal/v1").iterdir()}
    assert "lille-v1-internal.html" in files
    page = (small / "editions/internal/v1/lille-v1-internal.html").read_text(encoding="utf-8")
    assert 'class="rests"' in page and "B001-01" in page
    assert published == {path.name: path.read_bytes() for path in (small / "editions/v1").iterdir() if path.is_file()}
    assert inside("draft", "--workspace", small).returncode == 0
    assert "Intet er ændret siden v1" in inside("draft", "--workspace", small).stdout


def test_a_new_look_makes_a_new_version_and_the_old_one_is_built_as_it_was(inside: CommandLine, small: Path) -> None:
    _draft(inside, small)
    published = {path.name: path.read_bytes() for path in (small / "editions/v1").iterdir()}
    (small / "look.yaml").write_text(look_text("forest"), encoding="utf-8")
    assert _draft(inside, small)["version"] == "v2"
    accent = f"--accent: {parse_look(look_text('forest')).colours.accent};"
    assert accent in (small / "editions/v2/lille-v2.html").read_text(encoding="utf-8")

    rebuilt = inside("build", "v1", "--workspace", small)

    assert "nøjagtig de samme" in rebuilt.stdout
    assert published == {path.name: path.read_bytes() for path in (small / "editions/v1").iterdir()}


def _passages(answer: dict[str, Any]) -> dict[str, str]:
    """Return the words of each passage of the page by its name, of the chapters that everyone edits."""
    name = f"lille-{answer['version']}.html"
    file = next(Path(file["path"]) for file in answer["editions"]["files"] if file["path"].endswith(name))
    found = html.fromstring(file.read_text(encoding="utf-8")).xpath("//div[@class='passage']")
    return {node.get("id"): " ".join(node.text_content().split()) for node in found if "foreword" in node.get("id")}


def test_a_draft_and_a_build_say_how_many_findings_there_are_and_how_to_read_them(
    inside: CommandLine, small: Path
) -> None:
    before = _draft(inside, small)["editions"]["findings"]
    chapter = small / "text/chapters/foreword.md"
    chapter.write_text(chapter.read_text(encoding="utf-8") + "\nSe [bilaget](#ingen).\n", encoding="utf-8")
    drafted = inside("draft", "--workspace", small).stdout
    rebuilt = inside("build", "--workspace", small, "--format", "html").stdout
    checked = json.loads(inside("check", "--json", "--workspace", small).stdout)["findings"]

    assert _draft(inside, small)["editions"]["findings"] == before + 1 == len(checked)
    for said in (drafted, rebuilt):
        assert f"{before + 1} sted" in said and "værd at se på. »forankring check« viser hvor" in said


def test_refusals_and_missing_answers_are_an_error_only_to_who_asks(inside: CommandLine, small: Path) -> None:
    assert inside("draft", "--workspace", small).returncode == 0
    assert inside("draft", "--workspace", small, "--strict").returncode == 1
    assert inside("status", "--workspace", small, "--strict").returncode == 1


def test_an_edition_that_is_gone_comes_back_and_one_that_someone_changed_is_kept(
    inside: CommandLine, small: Path
) -> None:
    edition, *_ = (Path(file["path"]) for file in _draft(inside, small)["editions"]["files"])
    published = edition.read_bytes()

    edition.unlink()
    _draft(inside, small)
    restored = edition.read_bytes()
    edition.write_text("min egen", encoding="utf-8")
    built = inside("build", "v1", "--workspace", small)

    assert restored == published == edition.read_bytes()
    assert built.returncode == 0
    assert edition.with_name("lille-v1.old-1.html").read_text(encoding="utf-8") == "min egen"


def test_a_version_can_be_built_in_another_format_than_it_was_published_in(inside: CommandLine, small: Path) -> None:
    _draft(inside, small)

    done = inside("build", "--format", "docx", "--json", "--workspace", small)

    assert [Path(file["path"]).name for file in json.loads(done.stdout)["files"]] == ["lille-v1.docx"]
    assert inside("build", "v7", "--workspace", small).returncode == 2
    assert inside("build", "--format", "odt", "--workspace", small).returncode == 2


def test_a_strategy_can_be_drafted_before_anyone_has_sent_something(inside: CommandLine, scene: Scene) -> None:
    folder = scene({"strategy.yaml": SMALL["strategy.yaml"]})

    answer = _draft(inside, folder)

    assert (answer["version"], answer["made"]) == ("v1", True)
    assert answer["gathered"]["files"]["total"] == 0


def test_a_refused_file_that_its_sender_corrected_is_refused_no_more(inside: CommandLine, small: Path) -> None:
    inside("gather", "--workspace", small)
    place = "inbox/hoering-1/ukendt/uden-afsender.txt"
    write_scene(small, {place: "---\nparty: {name: Region Eksempel, type: region}\n---\n\nNu med afsender.\n"})

    answer = _draft(inside, small)

    files = answer["gathered"]["files"]
    assert files == {"total": 3, "accepted": 2, "quarantined": 0, "withdrawn": 0, "replaced": 1}
    assert "Afviste filer" not in inside("check", "--workspace", small).stdout
    assert "ikke taget ind" not in (small / "text/chapters/annex_hearing.md").read_text(encoding="utf-8")


def test_a_personal_number_of_an_editors_own_is_stopped_before_git_keeps_it(inside: CommandLine, small: Path) -> None:
    _draft(inside, small)
    chapter = small / "text/chapters/foreword.md"
    chapter.write_text(chapter.read_text(encoding="utf-8") + "\nJens, 010190-1234.\n", encoding="utf-8")
    edited = inside("draft", "--workspace", small)
    chapter.write_text(chapter.read_text(encoding="utf-8").replace("010190-1234", "anonym"), encoding="utf-8")
    strategy = small / "strategy.yaml"
    strategy.write_text(strategy.read_text(encoding="utf-8") + "subtitle: Sag 010190-1234\n", encoding="utf-8")
    titled = inside("draft", "--workspace", small)

    assert (edited.returncode, titled.returncode) == (2, 2)
    assert "chapters/foreword.md, linje" in edited.stderr
    assert "1234" not in edited.stderr + titled.stderr
    assert "010190" not in _git(small, "log", "--all", "-p")


def test_what_may_not_be_published_is_in_no_commit_and_in_no_draft_but_is_not_lost(
    inside: CommandLine, small: Path
) -> None:
    strategy = small / "strategy.yaml"
    internal = "  - {key: kontoret, name: Kontoret for Data, type: state, internal: true}\nchapters:"
    strategy.write_text(strategy.read_text(encoding="utf-8").replace("chapters:", internal, 1), encoding="utf-8")
    envelope = "---\nparty: {name: Region Eksempel, type: region}\npublication: "
    write_scene(
        small,
        {
            "inbox/hoering-1/region-eksempel/a.md": envelope
            + "withheld\npublication_reason: x\n---\n\nTILBAGEHOLDT.\n",
            "inbox/hoering-1/region-eksempel/b.md": envelope + "anonymous\n---\n\nNAVNLØST om værdi.\n",
            "inbox/hoering-1/kontoret/c.md": "INTERNT om værdi.\n",
        },
    )
    answer = _draft(inside, small)
    again = _draft(inside, small)
    kept = _git(small, "log", "--all", "-p")

    assert answer["gathered"]["files"]["accepted"] == 4
    assert (again["made"], again["gathered"]["registered"]) == (False, [])
    assert "NAVNLØST" in kept
    assert not any(word in kept for word in ("TILBAGEHOLDT", "INTERNT", "region-eksempel/"))
    whole = [file.read_text(encoding="utf-8") for file in sorted((small / ".forankring/ledger").iterdir())]
    assert [sum(word in text for text in whole) for word in ("TILBAGEHOLDT", "INTERNT", "NAVNLØST")] == [1, 1, 1]

    shutil.rmtree(small / ".forankring/ledger")
    stopped = inside("draft", "--workspace", small)
    assert stopped.returncode == 2
    assert "sikkerhedskopien" in stopped.stderr


def test_status_names_files_in_the_text_that_no_run_uses(inside: CommandLine, small: Path) -> None:
    _draft(inside, small)
    (small / "text/notat.txt").write_text("x", encoding="utf-8")

    assert "text/notat.txt" in inside("status", "--workspace", small).stdout


def test_gather_registers_without_making_a_version(inside: CommandLine, small: Path) -> None:
    done = inside("gather", "--workspace", small)

    assert "2 filer er ført i registeret" in done.stdout
    assert _git(small, "tag") == ""
    assert inside("build", "--workspace", small).returncode == 2


def test_a_template_that_names_what_does_not_exist_stops_the_run_and_publishes_nothing(
    inside: CommandLine, scene: Scene
) -> None:
    folder = scene(SMALL | {"templates/chapters/foreword.md.j2": "# Forord\n\n{{ findes_ikke }}\n"})

    done = inside("draft", "--workspace", folder)

    assert done.returncode == 2
    assert "foreword.md.j2, linje 3" in done.stderr
    assert "findes_ikke" in done.stderr
    assert "Traceback" not in done.stderr
    assert _git(folder, "tag") == ""


def test_a_place_that_cannot_be_written_is_one_clear_sentence(inside: CommandLine, small: Path) -> None:
    (small / "editions").write_text("a file where a folder belongs", encoding="utf-8")

    done = inside("draft", "--workspace", small)

    assert done.returncode == 2
    assert "kan ikke skrives" in done.stderr
    assert "Traceback" not in done.stderr


def test_nothing_but_the_answer_is_printed(forankring: CommandLine, small: Path) -> None:
    quiet = forankring("draft", "--workspace", small)
    loud = forankring("draft", "--workspace", small, "--verbose")

    assert quiet.stderr == ""
    assert "Flow run" in loud.stderr


def test_an_interrupted_run_says_so_in_one_sentence(
    environment: dict[str, str], small: Path, prefect_server: str
) -> None:
    command = command_line("draft", "--workspace", small)
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True, start_new_session=True) as child:
        _wait_for(small / ".forankring" / "lock")
        os.killpg(child.pid, signal.SIGINT)
        _, said = child.communicate(timeout=60)

    assert child.returncode == 130
    assert said == "Afbrudt. Kør kommandoen igen, så gøres arbejdet færdigt.\n"


def test_versions_lists_what_was_published(inside: CommandLine, small: Path) -> None:
    _draft(inside, small)

    listed = json.loads(inside("versions", "--json", "--workspace", small).stdout)["versions"]

    assert [item["name"] for item in listed] == ["v1"]
    assert list(listed[0]["editions"]) == ["lille-v1.html", "report.html", "report.json"]
    assert "v1" in inside("versions", "--workspace", small).stdout


def _draft(inside: CommandLine, folder: Path) -> dict[str, Any]:
    done = inside("draft", "--json", "--workspace", folder)
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _wait_for(path: Path) -> None:
    """Wait until a run is at work: how long its start takes is the machine's affair."""
    for _ in range(600):
        if path.exists():
            return
        time.sleep(0.1)
    pytest.fail(f"{path} did not come")


def _git(folder: Path, *arguments: str) -> str:
    command = ["git", "-C", str(folder / "text"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
