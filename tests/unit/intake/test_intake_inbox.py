"""The inbox: every file is listed once, with its round and folder, and nothing is followed out of it."""

import os
import unicodedata
from pathlib import Path

import pytest

from forankring.errors import InputError
from forankring.intake import inbox, list_inbox
from forankring.workspace import Workspace


def put(workspace: Workspace, *places: str) -> None:
    for place in places:
        target = workspace.inbox / place
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text("x", encoding="utf-8")


def places(workspace: Workspace) -> list[str]:
    return [file.place for file in list_inbox(workspace)]


def test_files_are_listed_with_round_and_folder_in_the_order_of_their_places(workspace: Workspace) -> None:
    put(workspace, "h1/kl/b.txt", "h1/kl/under/a.txt", "h1/aeroe/z.txt", "h1/løs.txt", "rod.txt")
    found = [(file.place, file.round, file.folder) for file in list_inbox(workspace)]
    assert found == [
        ("h1/aeroe/z.txt", "h1", "aeroe"),
        ("h1/kl/b.txt", "h1", "kl"),
        ("h1/kl/under/a.txt", "h1", "kl"),
        ("h1/løs.txt", "h1", ""),
        ("rod.txt", "", ""),
    ]


@pytest.mark.parametrize("name", [".DS_Store", "Thumbs.db", "desktop.ini", "~$svar.docx", ".~lock.svar.odt#", "._svar"])
def test_what_an_operating_system_leaves_behind_is_no_submission(workspace: Workspace, name: str) -> None:
    put(workspace, f"h1/kl/{name}", "h1/kl/.skjult.txt")
    assert places(workspace) == ["h1/kl/.skjult.txt"], "only listed names are passed over, not every hidden file"


def test_a_symbolic_link_is_listed_but_never_followed(workspace: Workspace, tmp_path: Path) -> None:
    put(workspace, "h1/kl/svar.txt")
    (workspace.inbox / "h1/kl/fil").symlink_to(tmp_path / "strategy.yaml")
    (workspace.inbox / "h1/kl/mappe").symlink_to(tmp_path)
    odd = {file.name: file.odd for file in list_inbox(workspace)}
    assert odd == {"fil": "symlink", "mappe": "symlink", "svar.txt": ""}


def test_a_pipe_is_listed_as_no_ordinary_file(workspace: Workspace) -> None:
    put(workspace, "h1/kl/svar.txt")
    os.mkfifo(workspace.inbox / "h1/kl/rør")
    assert {file.name: file.odd for file in list_inbox(workspace)}["rør"] == "not_a_file"


def test_names_are_shown_in_nfc_and_opened_as_they_are(workspace: Workspace) -> None:
    name = unicodedata.normalize("NFD", "Høringssvar på.txt")
    put(workspace, f"h1/kl/{name}")
    (file,) = list_inbox(workspace)
    assert file.name == "Høringssvar på.txt"
    assert file.path.read_text(encoding="utf-8") == "x"


def test_a_name_that_is_no_text_at_all_is_listed(workspace: Workspace) -> None:
    put(workspace, "h1/kl/a.txt")
    Path(os.fsdecode(os.fsencode(workspace.inbox / "h1/kl") + b"/\xe6\xf8\xe5.txt")).write_text("x", encoding="utf-8")
    assert len(list_inbox(workspace)) == 2
    assert all(place.encode("utf-8") for place in places(workspace))


def test_a_personal_number_in_a_name_is_covered_and_two_such_names_stay_apart(workspace: Workspace) -> None:
    put(workspace, "h1/kl/brev 010190-1234.txt", "h1/kl/brev 020290-1234.txt")
    assert places(workspace) == ["h1/kl/brev ▇▇▇▇▇▇▇▇▇▇▇.txt", "h1/kl/brev ▇▇▇▇▇▇▇▇▇▇▇.txt (2)"]


def test_a_workspace_without_inbox_has_no_files(workspace: Workspace) -> None:
    assert list_inbox(workspace) == ()


def _close(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Let the folder be one that may not be opened, for root as well."""
    really = os.scandir

    def scandir(path: Path) -> object:
        if Path(path) == folder:
            raise PermissionError(13, "Permission denied", str(path))
        return really(path)

    monkeypatch.setattr(inbox.os, "scandir", scandir)


def test_a_folder_that_may_not_be_opened_is_listed_and_the_others_are_read(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(workspace, "h1/kl/a.txt", "h1/kl/lukket/b.txt", "h1/aeroe/c.txt")
    _close(monkeypatch, workspace.inbox / "h1/kl/lukket")
    assert [(file.place, file.odd) for file in list_inbox(workspace)] == [
        ("h1/aeroe/c.txt", ""),
        ("h1/kl/a.txt", ""),
        ("h1/kl/lukket", "file_unreadable"),
    ]


def test_an_inbox_that_may_not_be_opened_stops_the_run_with_a_reason(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(workspace, "h1/kl/a.txt")
    _close(monkeypatch, workspace.inbox)
    with pytest.raises(InputError, match="file_unreadable"):
        list_inbox(workspace)


def test_names_that_look_alike_keep_their_places_whoever_comes_or_goes(workspace: Workspace) -> None:
    put(workspace, "h1/kl/\u00e5.md", "h1/kl/a\u030a.md", "h1/kl/\u00e5.md (2)", "h1/kl/x.md")
    before = {file.path.name: file.place for file in list_inbox(workspace)}
    assert len(set(before.values())) == 4

    (workspace.inbox / "h1/kl/x.md").unlink()
    after = {file.path.name: file.place for file in list_inbox(workspace)}

    assert after == {name: place for name, place in before.items() if name != "x.md"}


def test_a_name_that_cannot_be_shown_keeps_its_place_when_one_that_looks_like_it_goes(workspace: Workspace) -> None:
    put(workspace, *(f"h1/kl/{os.fsdecode(name)}.txt" for name in (b"\xe6", b"\xf8")))
    before = {file.path.name: file.place for file in list_inbox(workspace)}

    (workspace.inbox / "h1/kl" / os.fsdecode(b"\xe6.txt")).unlink()
    [left] = list_inbox(workspace)

    assert len(set(before.values())) == 2
    assert left.place == before[left.path.name]
    assert left.suffix == ".txt"


def test_a_folder_too_deep_or_with_too_long_a_path_is_refused_by_name_and_stops_nobody(workspace: Workspace) -> None:
    put(workspace, "h1/kl/svar.md", "h1/kl/" + "d/" * 80 + "x.md")
    found = {file.place: file.odd for file in list_inbox(workspace)}

    assert found["h1/kl/svar.md"] == ""
    assert [odd for odd in found.values() if odd] == ["file_unreadable"]
    assert len(found) == 2


def test_an_inbox_that_is_a_file_is_said_to_be_one(workspace: Workspace) -> None:
    workspace.root.mkdir(exist_ok=True)
    if workspace.inbox.is_dir():
        workspace.inbox.rmdir()
    workspace.inbox.write_text("x", encoding="utf-8")
    with pytest.raises(InputError, match="inbox_not_a_folder"):
        list_inbox(workspace)
