"""Which names may reach git."""

from pathlib import Path

import pytest

from forankring.errors import InputError, ToolError
from forankring.versions.command import failed
from forankring.versions.names import checked_path, full_ref, is_chapter, is_version


@pytest.mark.parametrize("path", ["chapters/forord.md", "ledger/submissions/B001.json", "æ ø/»å«.md", "a.git/b"])
def test_an_ordinary_path_is_taken_as_it_is(path: str) -> None:
    assert checked_path(path) == path


@pytest.mark.parametrize(
    "path",
    [
        *["", "/etc/passwd", "../ud.md", "a/../b", "a//b", "a/", ".", "./a", "-rf", "chapters/--output=x"],
        *[
            ".git/config",
            "a/.GIT/hooks/x",
            ".git. /x",
            ".gitmodules",
            ".gitattributes",
            "a\\b",
            "a\nb",
            "a\0b",
            "\udcff",
        ],
    ],
)
def test_a_path_that_leaves_the_text_or_speaks_to_git_is_refused(path: str) -> None:
    with pytest.raises(InputError, match="text_path_refused"):
        checked_path(path)


def test_a_name_stands_for_one_ref_only() -> None:
    assert full_ref("main") == "refs/heads/main"
    assert full_ref("v12") == "refs/tags/v12"
    assert full_ref("review/v1/kl") == "review/v1/kl"


@pytest.mark.parametrize(
    "name", ["", "-n", "--all", "a..b", "main~1", "v1^{}", "HEAD@{0}", ":/x", "a b", "a\n", "x.lock", "/a", "a//b"]
)
def test_a_name_that_git_could_take_for_something_else_is_refused(name: str) -> None:
    with pytest.raises(InputError, match="text_ref_unknown"):
        full_ref(name)


def test_an_editor_s_backup_is_no_chapter() -> None:
    kept = ["chapters/forord.md", "chapters/Ny tekst.md"]
    others = ["chapters/.forord.md.swp", "chapters/.#forord.md", "chapters/forord.md~", "chapters/a/b.md", "forord.md"]

    assert [path for path in [*kept, *others] if is_chapter(path)] == kept


def test_a_version_is_v_and_a_number() -> None:
    assert [name for name in ("v1", "v20", "v0", "v01", "V1", "v", "v1\n", "v1.0", "-v1") if is_version(name)] == [
        "v1",
        "v20",
    ]


def test_a_full_disk_and_a_missing_right_are_told_as_such(tmp_path: Path) -> None:
    full = failed(tmp_path, 128, "fatal: sha1 file 'x' write error: No space left on device")
    closed = failed(tmp_path, 128, "error: unable to create file: Permission denied")
    other = failed(tmp_path, 128, "one\ntwo")
    pack = failed(tmp_path, 128, "fatal: sha1 file 'tmp_pack_x' write error. Out of diskspace")

    assert isinstance(pack, InputError) and pack.problems[0].code == "disk_full"
    assert isinstance(full, InputError) and full.problems[0].code == "disk_full"
    assert isinstance(closed, InputError) and closed.problems[0].code == "not_writable"
    assert isinstance(other, ToolError) and other.last_lines == "one\ntwo"
