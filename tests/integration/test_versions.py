"""The history of a text: what a commit, a branch and a version hold."""

import os
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from versions_scene import (
    EDITOR,
    FIRST,
    FOREWORD,
    GOALS,
    HOSTILE,
    SECRETARIAT,
    WHEN,
    configure,
    draft,
    encoded,
    history,
    hostile,
    plain_git,
    text_in,
    work_as,
)

from forankring.errors import InputError, ToolError
from forankring.versions import Commit, EditionHash, TextRepository

LATER = WHEN + timedelta(days=2)
HASHES = (EditionHash("udkast v1.pdf", "a" * 64, 12), EditionHash("udkast-v1.docx", "b" * 64, 0))


@pytest.fixture(autouse=True)
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = f"[user]\nname = {EDITOR.name}\nemail = {EDITOR.email}\n"
    work_as(monkeypatch, configure(tmp_path / "user", words))


@pytest.fixture
def text(tmp_path: Path) -> TextRepository:
    return text_in(tmp_path / "text")


def test_what_is_recorded_is_there_again_and_beside_what_was_there(text: TextRepository, tmp_path: Path) -> None:
    text.record({"ledger/a.json": b"1\n", "bytes.bin": b"\0\r\n\xff"}, "Første", WHEN)
    text.record({"ledger/b.json": b"2\n"}, "Anden", WHEN)

    assert text.files("main") == {"bytes.bin": b"\0\r\n\xff", "ledger/a.json": b"1\n", "ledger/b.json": b"2\n"}
    assert text.files("main", "ledger/") == {"ledger/a.json": b"1\n", "ledger/b.json": b"2\n"}
    assert (tmp_path / "text/bytes.bin").read_bytes() == b"\0\r\n\xff"
    assert plain_git(tmp_path / "text", "status", "--short") == ""


def test_files_come_in_portions_or_only_those_that_changed(
    text: TextRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("forankring.versions.repository.PORTION", 2)
    first = text.record({f"ledger/{name}.json": b"1\n" for name in "abc"}, "Tre", WHEN)
    text.record({"ledger/b.json": b"2\n", "ledger/d.json": b"1\n", "other.json": b"1\n"}, "To", WHEN)
    assert [list(part) for part in text.portions("main", "ledger/")] == [
        ["ledger/a.json", "ledger/b.json"],
        ["ledger/c.json", "ledger/d.json"],
    ]
    assert first is not None
    assert text.changed(first.sha, "main", "ledger/") == {"ledger/b.json": b"2\n", "ledger/d.json": b"1\n"}
    assert text.changed("", "main", "ledger/") == text.files("main", "ledger/")


def test_a_commit_says_who_when_and_why(text: TextRepository) -> None:
    commit = text.record({"a.txt": b"1"}, "Emne: »æøå«\n\nBrødtekst\n", WHEN)

    assert commit == text.commit()
    assert commit == Commit(commit.sha, "Emne: »æøå«", WHEN, SECRETARIAT)
    assert text.record({"a.txt": b"2"}, "Rettet", LATER, EDITOR) == replace(
        text.commits_between(commit.sha)[0], author=EDITOR
    )


def test_what_is_there_already_makes_no_commit(text: TextRepository) -> None:
    assert text.record({}, "Intet", WHEN) is None
    text.record({"a.txt": b"1"}, "Noget", WHEN)
    text.record_generated({"chapters/a.md": b"1\n"}, "Noget", WHEN)

    assert text.record({"a.txt": b"1"}, "Igen", LATER) is None
    assert text.record_generated({"chapters/a.md": b"1\n"}, "Igen", LATER) is None


def test_the_same_steps_give_the_same_commits_whoever_takes_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def steps(folder: Path) -> str:
        text = text_in(folder)
        text.record({"ledger/a.json": b"1\n"}, "Register", WHEN)
        draft(text, FIRST)
        text.tag("v1", HASHES, "Version 1", WHEN)
        return history(folder)

    calm = steps(tmp_path / "one")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(hostile(tmp_path / "hostile")))
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    monkeypatch.setenv("GIT_AUTHOR_DATE", "2001-01-01T00:00:00Z")
    monkeypatch.setenv("GIT_COMMITTER_NAME", "Somebody")
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "index"))
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_DEFAULT_HASH", "sha256")
    stormy = text_in(tmp_path / "two")
    stormy.record({"ledger/a.json": b"1\n"}, "Register", WHEN)
    draft(stormy, FIRST)
    stormy.tag("v1", HASHES, "Version 1", WHEN)
    for name in ("GIT_DIR", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name)

    assert history(tmp_path / "two") == calm


def test_generated_is_exactly_what_was_generated_last(text: TextRepository) -> None:
    text.record_generated({"chapters/a.md": b"1\n", "provenance.json": b"{}"}, "Et", WHEN)
    text.record_generated({"chapters/b.md": b"2\n"}, "To", LATER)

    assert text.files("generated") == {"chapters/b.md": b"2\n"}
    assert [commit.subject for commit in text.commits_between("", "generated")] == ["Et", "To"]


def test_a_merge_has_both_parents_and_brings_only_chapters(text: TextRepository, tmp_path: Path) -> None:
    text.record({"ledger/a.json": b"1\n"}, "Register", WHEN)
    text.record_generated(encoded(FIRST) | {"provenance.json": b"{}"}, "Skabelonerne", WHEN)
    outcome = text.merge_generated("Flet", WHEN)

    assert outcome.conflicts == ()
    assert outcome.commit == text.commit()
    assert plain_git(tmp_path / "text", "rev-parse", "main^1", "main^2") == plain_git(
        tmp_path / "text", "rev-parse", "main~1", "generated"
    )
    assert set(text.files("main")) == {*FIRST, "ledger/a.json"}


def test_what_is_derived_from_the_merged_chapters_is_in_the_same_commit(text: TextRepository) -> None:
    def derive(chapters: dict[str, bytes]) -> dict[str, bytes]:
        return {"provenance.json": ",".join(chapters).encode()}

    text.record({"ledger/a.json": b"1\n"}, "Register", WHEN)
    text.record_generated(encoded(FIRST), "Skabelonerne", WHEN)
    text.merge_generated("Flet", WHEN, derive=derive)

    assert [commit.subject for commit in text.commits_between("")] == ["Register", "Flet"]
    assert text.files("main")["provenance.json"] == b"chapters/forord.md,chapters/maal.md"
    assert text.merge_generated("Igen", LATER, derive=derive).commit is None
    assert text.merge_generated("Nyt", LATER, derive=lambda _: {"provenance.json": b"x"}).commit is not None


def test_the_message_of_a_merge_can_tell_what_the_merge_brought(text: TextRepository) -> None:
    text.record_generated(encoded(FIRST), "Skabelonerne", WHEN)
    commit = text.merge_generated(lambda chapters: f"{len(chapters)} kapitler", WHEN).commit

    assert commit is not None and commit.subject == "2 kapitler"


def test_a_chapter_that_is_no_longer_generated_goes_unless_someone_edited_it(text: TextRepository) -> None:
    draft(text, FIRST)
    text.record({"chapters/maal.md": b"min\n"}, "I haanden", WHEN)
    text.record_generated({}, "Ingen kapitler", LATER)
    (conflict,) = text.merge_generated("Flet", LATER).conflicts

    assert text.files("main", "chapters/") == {"chapters/maal.md": b"min\n"}
    assert (conflict.path, conflict.line, conflict.ours, conflict.theirs) == ("chapters/maal.md", 0, "min\n", "")


def test_a_conflict_has_a_number_and_is_open_until_someone_decides(text: TextRepository) -> None:
    draft(text, FIRST)
    text.record({"chapters/maal.md": GOALS.replace("to", "2").encode()}, "I hånden", WHEN)
    text.record_generated(encoded(FIRST | {"chapters/maal.md": GOALS.replace("to", "nr. 2")}), "Nyt", WHEN)
    found = text.merge_generated("Flet", WHEN).conflicts

    assert text.files("main")["chapters/maal.md"].decode() == GOALS.replace("to", "2")
    assert [(item.number, item.line, item.ours, item.theirs) for item in found] == [(1, 5, "Mål 2.\n", "Mål nr. 2.\n")]
    assert text.open_conflicts() == found
    assert b"<<<" not in b"".join(text.files("main").values())

    text.record({"chapters/maal.md": GOALS.replace("to", "II").encode()}, "Afgjort", LATER)
    assert text.open_conflicts() == ()


@pytest.mark.parametrize(
    ("put", "stands"), [(None, "min"), ("din", "din"), ("vores", "vores")], ids=["editor", "generated", "text"]
)
def test_a_conflict_can_be_decided_for_either_text_or_another(
    text: TextRepository, put: str | None, stands: str
) -> None:
    draft(text, FIRST)
    text.record({"chapters/maal.md": GOALS.replace("Mål to", "Mål min").encode()}, "I haanden", WHEN)
    text.record_generated(encoded(FIRST | {"chapters/maal.md": GOALS.replace("Mål to", "Mål din")}), "Nyt", WHEN)
    text.merge_generated("Flet", WHEN)
    commit = text.decide(1, put and f"Mål {put}.\n", "Sekretariatet har afgjort det", LATER, EDITOR)

    assert commit is not None
    assert commit.author == EDITOR
    assert text.files("main")["chapters/maal.md"].decode() == GOALS.replace("Mål to", f"Mål {stands}")
    assert text.open_conflicts() == ()
    with pytest.raises(InputError, match="no_open_conflicts"):
        text.decide(1, None, "Igen", LATER, EDITOR)


@pytest.mark.parametrize("put", ["", "# Mål\n\nNyt mål.\n"], ids=["stays deleted", "comes back"])
def test_a_conflict_over_a_whole_chapter_is_decided_like_any_other(text: TextRepository, put: str) -> None:
    draft(text, FIRST)
    text.record_generated(encoded({"chapters/forord.md": FOREWORD}), "Udgået", WHEN)
    text.record({"chapters/maal.md": b"min\n"}, "I haanden", WHEN)
    text.merge_generated("Flet", WHEN)
    text.decide(1, put, "Afgjort", LATER, EDITOR)

    assert text.files("main").get("chapters/maal.md", b"").decode() == put
    assert text.open_conflicts() == ()


def test_a_version_carries_its_editions_and_is_never_moved(text: TextRepository) -> None:
    assert (text.latest(), text.versions(), text.next_name(), text.needs_version()) == (None, (), "v1", False)
    draft(text, FIRST)
    assert text.needs_version()
    made = text.tag("v1", HASHES, "Første udkast\n\nEditions: 9\nEdition: løgn\n", WHEN)

    assert text.latest() == text.version("v1") == made
    assert (made.number, made.commit, made.when, made.editions) == (1, text.commit().sha, WHEN, HASHES)  # type: ignore[union-attr]
    assert made.message == "Første udkast\n\nEditions: 9\nEdition: løgn"
    assert (text.needs_version(), text.next_name()) == (False, "v2")
    with pytest.raises(InputError, match="version_taken"):
        text.tag("v1", (), "Igen", LATER)


def test_versions_are_ordered_by_number_and_mark_what_they_were_built_from(text: TextRepository) -> None:
    shas = []
    for number in range(1, 12):
        shas.append(text.record({"a.txt": b"%d" % number}, f"Nr. {number}", WHEN).sha)  # type: ignore[union-attr]
    for number, sha in enumerate(shas, start=1):
        text.tag(f"v{number}", (), "", WHEN, commit=sha)

    assert [version.number for version in text.versions()] == list(range(1, 12))
    assert text.files("v3") == {"a.txt": b"3"}
    assert text.next_name() == "v12"
    assert [commit.subject for commit in text.commits_between("v9", "v11")] == ["Nr. 10", "Nr. 11"]


def test_a_tag_of_an_editor_is_no_version_but_its_name_is_taken(text: TextRepository, tmp_path: Path) -> None:
    draft(text, FIRST)
    plain_git(tmp_path / "text", "tag", "v1")
    plain_git(tmp_path / "text", "tag", "til-mødet")

    assert text.versions() == ()
    assert text.next_name() == "v2"


def test_an_unknown_version_is_told_with_those_there_are(text: TextRepository) -> None:
    draft(text, FIRST)
    text.tag("v1", (), "Et", WHEN)

    with pytest.raises(InputError) as caught:
        text.version("--v9\n")
    assert caught.value.problems[0].values == {"given": "--v9\\n", "existing": "v1"}
    with pytest.raises(InputError, match="text_ref_unknown"):
        text.files("v9")
    with pytest.raises(InputError, match="text_ref_unknown"):
        text.files("--help")
    assert (text.has("v1"), text.has("main"), text.has("v9"), text.has("--help"), text.has("0" * 40)) == (
        *(True, True),
        *(False, False, False),
    )


@pytest.mark.parametrize("name", ["v0", "../v1", "--delete", "v1\n", "udkast"])
def test_a_version_with_another_name_is_refused(text: TextRepository, name: str) -> None:
    draft(text, FIRST)

    with pytest.raises(InputError, match="version_name"):
        text.tag(name, (), "", WHEN)


def test_a_path_out_of_the_text_is_refused_before_anything_is_written(text: TextRepository, tmp_path: Path) -> None:
    for path in ("../ud.txt", ".git/hooks/post-commit", "--output=x"):
        with pytest.raises(InputError, match="text_path_refused"):
            text.record({"a.txt": b"1", path: b"x"}, "Ondt", WHEN)

    assert not text.has("main")
    assert not (tmp_path / "ud.txt").exists()


def test_a_message_or_a_name_with_anything_in_it_is_only_a_message(text: TextRepository, tmp_path: Path) -> None:
    nasty = "--amend\ncommit refs/heads/evil\nfrom main\n\0done\n"
    commit = text.record({"a.txt": b"1"}, nasty, WHEN, replace(EDITOR, name="X <y> 1 +0000\nparent z"))

    assert commit is not None and commit.author.name == "X y 1 +0000parent z"
    assert plain_git(tmp_path / "text", "for-each-ref", "--format=%(refname)", "refs/heads") == "refs/heads/main"


def test_a_clone_goes_on_where_the_original_is(text: TextRepository, tmp_path: Path) -> None:
    draft(text, FIRST)
    text.tag("v1", HASHES, "Et", WHEN)
    plain_git(tmp_path, "clone", "--quiet", "text", "clone")
    clone = text_in(tmp_path / "clone")
    (tmp_path / "clone/chapters/maal.md").write_text(GOALS.replace("to", "2"), encoding="utf-8")
    draft(clone, FIRST | {"chapters/forord.md": FOREWORD + "\nNyt.\n"}, LATER)

    assert clone.files("v1") == text.files("v1")
    assert clone.files("main")["chapters/maal.md"].decode() == GOALS.replace("to", "2")
    assert clone.files("main")["chapters/forord.md"].decode().endswith("Nyt.\n")
    assert clone.open_conflicts() == ()


def test_a_surrounding_repository_is_never_taken_for_the_text(tmp_path: Path) -> None:
    plain_git(tmp_path, "init", "--quiet", "outer")
    text = text_in(tmp_path / "outer/drafts/text")
    draft(text, FIRST)

    assert plain_git(tmp_path / "outer", "for-each-ref") == ""


def test_a_folder_that_holds_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full/noter.txt").write_text("mine")
    plain_git(tmp_path, "init", "--quiet", "--initial-branch=main", "foreign")
    plain_git(tmp_path / "foreign", "commit", "--quiet", "--allow-empty", "-m", "Et program")
    (tmp_path / "linked").mkdir()
    (tmp_path / "linked/.git").write_text("gitdir: ../foreign/.git\n")
    (tmp_path / "file").write_text("x")

    for name, code in (
        ("full", "text_folder_taken"),
        ("foreign", "text_foreign"),
        ("linked", "text_foreign"),
        ("file", "not_writable"),
    ):
        with pytest.raises(InputError, match=code):
            text_in(tmp_path / name)


def test_a_broken_repository_is_told_as_such(text: TextRepository, tmp_path: Path) -> None:
    draft(text, FIRST)
    for name in ("objects", "HEAD", "config"):
        broken = tmp_path / f"broken-{name}"
        shutil.copytree(tmp_path / "text", broken)
        place = broken / ".git" / name
        shutil.rmtree(place) if place.is_dir() else place.write_text("[broken")
        with pytest.raises(InputError, match="text_broken"):
            text_in(broken)


def test_a_half_made_repository_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "text/.git.new/objects").mkdir(parents=True)

    assert text_in(tmp_path / "text").next_name() == "v1"


def test_a_place_that_cannot_be_written_is_told_with_the_place(text: TextRepository, tmp_path: Path) -> None:
    draft(text, FIRST)
    (tmp_path / "text/.git/forankring-writing").mkdir()

    with pytest.raises(InputError, match="not_writable"):
        text.record({"a.txt": b"1"}, "Et", WHEN)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_write_access_is_told(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0o500)

    with pytest.raises(InputError, match="not_writable"):
        text_in(tmp_path / "closed/text")


def test_a_machine_without_git_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(ToolError, match="git"):
        text_in(tmp_path / "text")


def test_a_branch_that_moved_meanwhile_is_not_overwritten(
    text: TextRepository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft(text, FIRST)

    def derive(_: dict[str, bytes]) -> dict[str, bytes]:
        plain_git(tmp_path / "text", "commit", "--quiet", "--allow-empty", "-m", "Redaktøren imens")
        return {"provenance.json": b"{}"}

    with pytest.raises(ToolError, match="git"):
        text.merge_generated("Flet", WHEN, derive=derive)
    assert text.commit().subject == "Redaktøren imens"  # type: ignore[union-attr]


def test_the_users_configuration_changes_no_byte(
    text: TextRepository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(hostile(tmp_path / "hostile")))
    assert "gpgSign = true" in HOSTILE
    draft(text, FIRST)
    (tmp_path / "text/chapters/maal.md").write_text(GOALS + "\nMål tre.\n", encoding="utf-8")
    commit = text.collect_edits(LATER)

    assert commit is not None and commit.author == EDITOR
    assert text.files("main", "chapters/") == encoded(FIRST | {"chapters/maal.md": GOALS + "\nMål tre.\n"})
    assert (tmp_path / "text/chapters/forord.md").read_text(encoding="utf-8") == FOREWORD
