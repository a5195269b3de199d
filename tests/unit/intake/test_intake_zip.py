"""A zip archive is its files: safely unpacked, never on the disk, with names as their sender saw them."""

import io
import struct
import zipfile
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forankring.errors import InputError
from forankring.intake.readers import zip as archives
from forankring.intake.readers.zip import read_zip
from tests.unit.intake.mail_scene import files, notes, read


def packed(members: Mapping[str, bytes | str], comment: bytes = b"", method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
        archive.comment = comment
    return buffer.getvalue()


def unpacked(data: bytes) -> dict[str, str | bytes]:
    return files(read(data, read_zip, "svar.zip"))


def refused(data: bytes) -> str:
    with pytest.raises(InputError) as caught:
        unpacked(data)
    return caught.value.problems[0].code


def flagged(data: bytes, bits: int, first_only: bool = False) -> bytes:
    """Set flags of members, in their own header and in the directory."""
    changed = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.find(mark)
        while at >= 0:
            changed[at + offset] |= bits
            at = -1 if first_only else changed.find(mark, at + 4)
    return bytes(changed)


def test_files_keep_their_folders_and_bytes() -> None:
    assert unpacked(packed({"Bilag/svar.md": "# Svar", "Bilag/": "", "b.txt": "x"})) == {
        "Bilag/svar.md": b"# Svar",
        "b.txt": b"x",
    }


def test_no_name_leads_out_of_the_archive() -> None:
    names = ["../../etc/passwd", "/rod.txt", "C:\\Bruger\\svar.txt", "a/./b/../c.txt", "..", "a\x01b.txt"]
    assert list(unpacked(packed(dict.fromkeys(names, "x")))) == [
        "etc/passwd",
        "rod.txt",
        "Bruger/svar.txt",
        "a/b/c.txt",
        "vedhæftet fil 5",
        "ab.txt",
    ]


def test_names_are_given_once_and_are_not_endless() -> None:
    found = list(unpacked(packed({"a.txt": "x", "./a.txt": "y", "A.TXT": "z", "n" * 400 + ".docx": "x"})))
    assert found[:3] == ["a.txt", "a (2).txt", "A (2).TXT".replace("2", "3")]
    assert len(found[3]) == 120
    assert found[3].endswith("….docx")


def test_personal_data_in_names_is_covered() -> None:
    assert list(unpacked(packed({"Svar 010190-1234.txt": "x", "anna@eksempel.dk/a.txt": "y"}))) == [
        "Svar ▇▇▇▇▇▇▇▇▇▇▇.txt",
        "▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇/a.txt",
    ]


def test_what_operating_systems_leave_behind_is_passed_over() -> None:
    names = ["__MACOSX/._a.txt", "._a.txt", "x/.DS_Store", "Thumbs.db", "~$a.docx", "a.txt"]
    assert list(unpacked(packed(dict.fromkeys(names, "x")))) == ["a.txt"]


@pytest.mark.parametrize("encoding", ["cp850", "cp865", "utf-8", "cp1252"])
def test_names_without_a_mark_of_their_letters_are_read_as_danish(encoding: str) -> None:
    place = "Høring/Ærø svar å.txt".encode(encoding)
    data = packed({"n" * len(place): "x"}).replace(b"n" * len(place), place)
    assert list(unpacked(data)) == ["Høring/Ærø svar å.txt"]


def test_locked_files_are_named_and_the_others_are_read() -> None:
    data = packed({"laast.txt": "x", "aaben.txt": "y"})
    assert unpacked(flagged(data, 1, first_only=True)) == {"laast.txt": "encrypted_member", "aaben.txt": b"y"}
    assert refused(flagged(data, 1)) == "encrypted"


def test_a_damaged_file_is_named_and_the_others_are_read() -> None:
    data = packed({"a.txt": b"forankring " * 9, "b.txt": "y"}, method=zipfile.ZIP_STORED)
    assert unpacked(data.replace(b"forankring", b"Forankring", 1)) == {"a.txt": "broken_member", "b.txt": b"y"}


def test_a_link_is_never_followed() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        link = zipfile.ZipInfo("link")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    assert unpacked(buffer.getvalue()) == {"link": "symlink"}


def test_a_packing_that_may_take_all_memory_is_not_tried() -> None:
    assert unpacked(packed({"a.txt": "x" * 99}, method=zipfile.ZIP_LZMA)) == {"a.txt": "broken_member"}


def test_an_archive_that_says_that_it_is_a_bomb_is_refused() -> None:
    assert refused(packed({"a.txt": b"\0" * 20_000_000})) == "zip_archive_too_large"


def test_an_archive_that_conceals_what_it_holds_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_PART", 1000)
    assert refused(packed({"a.txt": b"\0" * 2000})) == "zip_archive_too_large"
    monkeypatch.setattr(archives, "MAX_PART", 2000)
    monkeypatch.setattr(archives, "MAX_TOTAL", 5000)
    lying = bytearray(packed({f"{n}.txt": b"\0" * 2000 for n in range(4)}))
    at = lying.find(b"PK\x01\x02")
    while at >= 0:
        lying[at + 24 : at + 28] = struct.pack("<I", 10)
        at = lying.find(b"PK\x01\x02", at + 4)
    assert set(unpacked(bytes(lying)).values()) == {"broken_member"}, "more comes out than the directory says"


def test_more_files_than_are_safe_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_MEMBERS", 3)
    assert refused(packed(dict.fromkeys("abcd", "x"))) == "zip_suspicious"


def test_the_archives_comment_is_screened_and_named() -> None:
    found = read(packed({"a.txt": "x"}, b"Ring til mig"), read_zip, "svar.zip")
    assert [item.text for item in found.screened] == ["Ring til mig"]
    assert list(notes(found)) == ["archive_comment_left_out"]


SOUND = packed({"Bilag/svar.md": "# Svar\n" * 50, "b.txt": b"x" * 300, "æ.txt": "y"})


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(SOUND) - 1), st.binary(min_size=1, max_size=4)), max_size=6))
def test_an_archive_with_bytes_changed_is_read_or_refused(changes: list[tuple[int, bytes]]) -> None:
    data = bytearray(SOUND)
    for place, change in changes:
        data[place : place + len(change)] = change
    try:
        found = unpacked(bytes(data))
    except InputError as error:
        assert error.problems
    else:
        assert all(".." not in name.split("/") and not name.startswith("/") for name in found)
