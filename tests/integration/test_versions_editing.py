"""What editors do to the files of a text by hand, and that none of it is lost."""

from datetime import timedelta
from pathlib import Path

import pytest
from versions_scene import (
    EDITOR,
    FIRST,
    FOREWORD,
    GOALS,
    SECRETARIAT,
    WHEN,
    configure,
    draft,
    encoded,
    plain_git,
    text_in,
    work_as,
)

from forankring.errors import InputError
from forankring.versions import TextRepository

LATER = WHEN + timedelta(days=2)
KNOWN = f"[user]\nname = {EDITOR.name}\nemail = {EDITOR.email}\n"


@pytest.fixture(autouse=True)
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    work_as(monkeypatch, configure(tmp_path / "user", KNOWN))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")


@pytest.fixture
def text(tmp_path: Path) -> TextRepository:
    text = text_in(tmp_path / "text")
    text.record({"ledger/a.json": b"{}\n"}, "Register", WHEN)
    draft(text, FIRST)
    return text


@pytest.fixture
def folder(text: TextRepository, tmp_path: Path) -> Path:
    return tmp_path / "text"


def chapter(folder: Path, name: str) -> Path:
    return folder / "chapters" / f"{name}.md"


def test_a_hand_edit_is_committed_in_the_editors_name(text: TextRepository, folder: Path) -> None:
    chapter(folder, "forord").write_text(FOREWORD.replace("slutter", "ender"), encoding="utf-8")
    commit = text.collect_edits(LATER, "Rettet i hånden")

    assert commit is not None
    assert (commit.author, commit.subject, commit.when) == (EDITOR, "Rettet i hånden", LATER)
    assert plain_git(folder, "show", "-s", "--format=%b %cn") == f"chapters/forord.md\n {SECRETARIAT.name}"
    assert text.files("main")["chapters/forord.md"].decode() == FOREWORD.replace("slutter", "ender")
    assert plain_git(folder, "status", "--short") == ""


def test_without_a_hand_edit_there_is_no_commit_and_nobody_needs_a_name(
    text: TextRepository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(configure(tmp_path / "nobody", "")))

    assert text.collect_edits(LATER) is None


@pytest.mark.parametrize("words", ["", "[user]\nname = Rikke\n", "[user\nbroken"])
def test_an_editor_whom_git_does_not_know_is_asked_and_keeps_the_edit(
    text: TextRepository, folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, words: str
) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(configure(tmp_path / "nobody", words)))
    monkeypatch.delenv("EMAIL", raising=False)
    chapter(folder, "forord").write_text("Nyt.\n", encoding="utf-8")

    with pytest.raises(InputError, match="no_git_identity"):
        text.collect_edits(LATER)
    assert chapter(folder, "forord").read_text(encoding="utf-8") == "Nyt.\n"


def test_a_new_and_a_deleted_chapter_are_hand_edits_too(text: TextRepository, folder: Path) -> None:
    chapter(folder, "efterord").write_text("Tak.\n", encoding="utf-8")
    chapter(folder, "maal").unlink()
    text.collect_edits(LATER)

    assert set(text.files("main", "chapters/")) == {"chapters/efterord.md", "chapters/forord.md"}
    draft(text, FIRST, LATER)
    assert set(text.files("main", "chapters/")) == {"chapters/efterord.md", "chapters/forord.md"}
    assert text.open_conflicts() == ()


def test_a_deleted_chapter_that_is_generated_anew_stays_deleted_and_is_listed(
    text: TextRepository, folder: Path
) -> None:
    chapter(folder, "maal").unlink()
    draft(text, FIRST | {"chapters/maal.md": GOALS + "\nMål tre.\n"}, LATER)

    assert not chapter(folder, "maal").exists()
    assert [(item.path, item.line) for item in text.open_conflicts()] == [("chapters/maal.md", 0)]


def test_a_hand_edit_survives_the_next_draft_and_what_is_generated_arrives(text: TextRepository, folder: Path) -> None:
    chapter(folder, "forord").write_text(FOREWORD.replace("begynder", "indleder"), encoding="utf-8")
    draft(text, FIRST | {"chapters/forord.md": FOREWORD.replace("slutter", "ender")}, LATER)

    expected = FOREWORD.replace("begynder", "indleder").replace("slutter", "ender")
    assert chapter(folder, "forord").read_text(encoding="utf-8") == expected
    assert text.files("main")["chapters/forord.md"].decode() == expected


def test_line_ends_and_a_byte_order_mark_from_windows_are_no_edit(text: TextRepository, folder: Path) -> None:
    for name, words in (("forord", FOREWORD), ("maal", GOALS)):
        chapter(folder, name).write_bytes(b"\xef\xbb\xbf" + words.replace("\n", "\r\n").encode())

    assert text.collect_edits(LATER) is None


def test_an_edit_from_windows_is_one_line_not_the_whole_chapter(text: TextRepository, folder: Path) -> None:
    edited = "\ufeff" + FOREWORD.replace("begynder", "indleder").replace("\n", "\r\n")
    chapter(folder, "forord").write_bytes(edited.encode())
    draft(text, FIRST | {"chapters/forord.md": FOREWORD.replace("slutter", "ender")}, LATER)

    expected = FOREWORD.replace("begynder", "indleder").replace("slutter", "ender")
    assert text.files("main")["chapters/forord.md"].decode() == expected
    assert plain_git(folder, "diff", "--shortstat", "generated", "main", "--", "chapters") == (
        "1 file changed, 1 insertion(+), 1 deletion(-)"
    )


def test_line_ends_that_an_editor_committed_make_no_conflict_either(text: TextRepository, folder: Path) -> None:
    (folder / ".git/info/attributes").unlink()
    chapter(folder, "forord").write_bytes(FOREWORD.replace("\n", "\r\n").encode())
    plain_git(folder, "commit", "-qam", "Fra Windows")
    draft(text, FIRST | {"chapters/forord.md": FOREWORD.replace("slutter", "ender")}, LATER)

    assert text.files("main")["chapters/forord.md"].decode() == FOREWORD.replace("slutter", "ender")
    assert text.open_conflicts() == ()


def test_an_editor_may_commit_branch_and_merge_with_plain_git(text: TextRepository, folder: Path) -> None:
    chapter(folder, "forord").write_text(FOREWORD.replace("begynder", "indleder"), encoding="utf-8")
    plain_git(folder, "commit", "-qam", "Min egen")
    plain_git(folder, "switch", "-qc", "kladde")
    chapter(folder, "maal").write_text(GOALS + "\nMål tre.\n", encoding="utf-8")
    plain_git(folder, "commit", "-qam", "På en gren")
    plain_git(folder, "switch", "-q", "main")
    plain_git(folder, "merge", "-q", "--no-ff", "-m", "Flet min gren", "kladde")
    assert text.collect_edits(LATER) is None
    draft(text, FIRST | {"chapters/forord.md": FOREWORD.replace("slutter", "ender")}, LATER)

    now = text.files("main")
    assert now["chapters/forord.md"].decode() == FOREWORD.replace("begynder", "indleder").replace("slutter", "ender")
    assert now["chapters/maal.md"].decode() == GOALS + "\nMål tre.\n"
    assert [commit.subject for commit in text.commits_between("")][-3:] == ["Min egen", "Flet min gren", "Flet"]


def test_what_an_editor_has_staged_is_collected_as_it_lies(text: TextRepository, folder: Path) -> None:
    chapter(folder, "ny").write_text("Tilføjet.\n", encoding="utf-8")
    plain_git(folder, "add", "chapters/ny.md")
    plain_git(folder, "rm", "-q", "chapters/maal.md")
    text.collect_edits(LATER)

    assert set(text.files("main", "chapters/")) == {"chapters/forord.md", "chapters/ny.md"}
    assert plain_git(folder, "status", "--short") == ""


def test_another_branch_or_unfinished_git_work_is_told_and_left_alone(text: TextRepository, folder: Path) -> None:
    before = plain_git(folder, "rev-parse", "main")
    plain_git(folder, "switch", "-qc", "kladde")
    with pytest.raises(InputError, match=r"text_wrong_branch.*kladde"):
        text.collect_edits(LATER)
    plain_git(folder, "checkout", "-q", "--detach")
    with pytest.raises(InputError, match=r"text_wrong_branch.*HEAD"):
        text.record({"a.txt": b"1"}, "Et", LATER)
    plain_git(folder, "switch", "-q", "main")
    plain_git(folder, "merge", "--no-commit", "--no-ff", "-s", "ours", "--allow-unrelated-histories", "generated~0")
    (folder / ".git/MERGE_HEAD").write_text(before + "\n")
    with pytest.raises(InputError, match="text_git_unfinished"):
        text.collect_edits(LATER)

    assert plain_git(folder, "rev-parse", "main") == before


def test_what_is_no_text_or_an_unfinished_merge_is_refused_all_at_once(text: TextRepository, folder: Path) -> None:
    chapter(folder, "forord").write_bytes("Mål".encode("latin-1"))
    chapter(folder, "maal").write_bytes(b"<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n")
    chapter(folder, "utf16").write_bytes("Mål".encode("utf-16"))

    with pytest.raises(InputError) as caught:
        text.collect_edits(LATER)
    assert [(problem.code, problem.file) for problem in caught.value.problems] == [
        ("chapter_not_utf8", "chapters/forord.md"),
        ("chapter_has_markers", "chapters/maal.md"),
        ("chapter_not_utf8", "chapters/utf16.md"),
    ]


def test_what_an_editor_committed_is_looked_at_like_any_hand_edit(text: TextRepository, folder: Path) -> None:
    (folder / "chapters/forord.md").write_bytes("# Forord\n\nVi begynder på ny.\n".encode("cp1252"))
    (folder / "chapters/maal.md").write_text("# Mål\n\n<<<<<<< HEAD\nEt.\n=======\nTo.\n>>>>>>> generated\n")
    plain_git(folder, "commit", "--quiet", "--all", "--message=Rettet")

    with pytest.raises(InputError) as caught:
        text.merge_generated("Flettet", LATER)
    assert [(problem.code, problem.file) for problem in caught.value.problems] == [
        ("chapter_not_utf8", "chapters/forord.md"),
        ("chapter_has_markers", "chapters/maal.md"),
    ]


def test_a_file_that_the_engine_writes_is_not_edited_by_hand(text: TextRepository, folder: Path) -> None:
    (folder / "ledger/a.json").write_text('{"visibility": "public"}\n')

    with pytest.raises(InputError, match=r"text/ledger/a.json: text_not_editable"):
        text.collect_edits(LATER)
    plain_git(folder, "restore", "--source=main", "--staged", "--worktree", "--", "ledger/a.json")
    assert text.collect_edits(LATER) is None


def test_other_files_in_the_folder_are_left_alone_and_can_be_listed(text: TextRepository, folder: Path) -> None:
    for name in ("noter.txt", "chapters/.forord.md.swp", "chapters/forord.md~", "chapters/bilag/x.md"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("x")

    assert text.collect_edits(LATER) is None
    assert text.strays() == ("chapters/.forord.md.swp", "chapters/bilag/x.md", "chapters/forord.md~", "noter.txt")
    assert (folder / "noter.txt").read_text() == "x"


def test_a_link_in_place_of_a_chapter_or_its_folder_is_never_followed(
    text: TextRepository, folder: Path, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text("hemmeligt")
    chapter(folder, "forord").unlink()
    chapter(folder, "forord").symlink_to(secret)
    with pytest.raises(InputError, match="text_not_a_file"):
        text.collect_edits(LATER)
    chapter(folder, "forord").unlink()
    (folder / "chapters").rename(tmp_path / "elsewhere")
    (folder / "chapters").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(InputError, match="text_not_a_file"):
        draft(text, FIRST | {"chapters/maal.md": "Nyt.\n"}, LATER)

    assert secret.read_text() == "hemmeligt"
    assert (tmp_path / "elsewhere/maal.md").read_text(encoding="utf-8") == GOALS


@pytest.mark.parametrize("name", ["--output=x.md", "-rf.md", "a\nb.md"])
def test_a_chapter_with_a_hostile_name_is_refused_or_left_alone(text: TextRepository, folder: Path, name: str) -> None:
    (folder / "chapters" / name).write_text("x")

    if "\n" in name:
        assert text.collect_edits(LATER) is None
    else:
        with pytest.raises(InputError, match="text_path_refused"):
            text.collect_edits(LATER)


def test_odd_but_honest_names_work(text: TextRepository, folder: Path) -> None:
    for name in ('»Ny« "tekst" æøå', "to  ord", "$(touch x)", "*", ":(top)"):
        chapter(folder, name).write_text(f"{name}\n", encoding="utf-8")
    text.collect_edits(LATER)

    assert len(text.files("main", "chapters/")) == 7
    assert text.files("main")['chapters/»Ny« "tekst" æøå.md'].decode() == '»Ny« "tekst" æøå\n'
    assert plain_git(folder, "status", "--short") == ""


def test_chapters_that_are_gone_with_their_folder_are_nobodys_edit(text: TextRepository, folder: Path) -> None:
    for file in (folder / "chapters").iterdir():
        file.unlink()
    (folder / "chapters").rmdir()

    assert text.collect_edits(LATER) is None
    assert chapter(folder, "maal").read_text(encoding="utf-8") == GOALS


def test_an_edit_saved_while_a_draft_runs_is_kept_and_collected_next_time(text: TextRepository, folder: Path) -> None:
    def save_meanwhile(_: dict[str, bytes]) -> dict[str, bytes]:
        chapter(folder, "forord").write_text(FOREWORD.replace("begynder", "indleder"), encoding="utf-8")
        return {}

    text.record_generated(encoded(FIRST | {"chapters/forord.md": FOREWORD.replace("slutter", "ender")}), "Nyt", LATER)
    text.merge_generated("Flet", LATER, derive=save_meanwhile)
    expected = FOREWORD.replace("begynder", "indleder").replace("slutter", "ender")

    assert chapter(folder, "forord").read_text(encoding="utf-8") == expected
    assert text.files("main")["chapters/forord.md"].decode() == FOREWORD.replace("slutter", "ender")
    assert text.collect_edits(LATER) is not None
    assert text.files("main")["chapters/forord.md"].decode() == expected


def test_an_edit_saved_meanwhile_in_the_very_same_place_is_kept_and_listed(text: TextRepository, folder: Path) -> None:
    mine = FOREWORD.replace("slutter", "holder op")

    def save_meanwhile(_: dict[str, bytes]) -> dict[str, bytes]:
        chapter(folder, "forord").write_text(mine, encoding="utf-8")
        return {}

    text.record_generated(encoded(FIRST | {"chapters/forord.md": FOREWORD.replace("slutter", "ender")}), "Nyt", LATER)
    text.merge_generated("Flet", LATER, derive=save_meanwhile)
    assert chapter(folder, "forord").read_text(encoding="utf-8") == mine

    text.record({"ledger/b.json": b"{}\n"}, "Register", LATER)
    text.collect_edits(LATER)
    assert text.files("main")["chapters/forord.md"].decode() == mine
    assert [(item.number, item.ours, item.theirs) for item in text.open_conflicts()] == [
        (1, "Vi holder op.\n", "Vi ender.\n")
    ]
    assert text.collect_edits(LATER) is None


def test_an_editors_decision_closes_the_conflict(text: TextRepository, folder: Path) -> None:
    chapter(folder, "maal").write_text(GOALS.replace("to", "2"), encoding="utf-8")
    draft(text, FIRST | {"chapters/maal.md": GOALS.replace("to", "nr. 2")}, LATER)
    assert len(text.open_conflicts()) == 1
    chapter(folder, "maal").write_text(GOALS.replace("to", "nr. 2"), encoding="utf-8")
    text.collect_edits(LATER)

    assert text.open_conflicts() == ()
    assert b'"open": []' in text.files("main")["conflicts.json"]
