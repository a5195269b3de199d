"""Turn a zip archive into the files in it; nothing is ever unpacked to the disk."""

import stat
import unicodedata
import zipfile
from collections.abc import Iterator

from forankring.errors import InputError
from forankring.intake.enclosing import Names
from forankring.intake.guards import MAX_MEMBERS, MAX_PART, MAX_RATIO, MAX_TOTAL, RATIO_FROM, ZIP_ERRORS
from forankring.intake.inbox import is_passed_over
from forankring.intake.records import Desk, Enclosed, Extract, Original, Screened
from forankring.ledger import Note

_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2})
"""LZMA may ask for gigabytes before the first byte comes out."""

_UTF8 = 0x800
_LOCKED = 0x1
_CHUNK = 1024 * 1024
_DANISH = frozenset("æøåÆØÅéÉüÜöÖäÄ–§")


def read_zip(original: Original, desk: Desk) -> Extract:
    """Read an archive: each file in it is a part of the submission, with its folders in its name."""
    try:
        with zipfile.ZipFile(original.path) as archive:
            members = [item for item in archive.infolist() if not item.is_dir()]
            _check(original, members)
            enclosed = tuple(_Unpacker(original, archive, desk).files(members))
            comment = archive.comment.decode("utf-8", "replace")
    except ZIP_ERRORS as error:
        raise InputError(original.problem("broken_file")) from error
    if enclosed and all(item.refused == "encrypted_member" for item in enclosed):
        raise InputError(original.problem("encrypted"))
    return Extract(
        enclosed=enclosed,
        screened=(Screened(text=comment),) if comment.strip() else (),
        notes=(Note(code="archive_comment_left_out"),) if comment.strip() else (),
    )


def _check(original: Original, members: list[zipfile.ZipInfo]) -> None:
    """Refuse at once what the archive itself says is too much; what it conceals, unpacking finds out."""
    if len(members) > MAX_MEMBERS:
        raise InputError(original.problem("zip_suspicious"))
    tight = any(item.file_size > max(RATIO_FROM, MAX_RATIO * item.compress_size) for item in members)
    if sum(item.file_size for item in members) > MAX_TOTAL or tight:
        raise InputError(original.problem("zip_archive_too_large"))


class _Unpacker:
    """Unpacks one archive, counting the bytes that really come out."""

    def __init__(self, original: Original, archive: zipfile.ZipFile, desk: Desk) -> None:
        self._original, self._archive, self._locale = original, archive, desk.locale
        self._left = MAX_TOTAL
        self._names = Names()

    def files(self, members: list[zipfile.ZipInfo]) -> Iterator[Enclosed]:
        """Yield the files in the archive's order, but not what operating systems leave behind."""
        for number, item in enumerate(members, start=1):
            path = shown_name(item)
            if is_passed_over(path.replace("\\", "/")):
                continue
            name = self._names.give(path, self._locale.label("intake.unnamed", n=number), folders=True)
            refused = _refused(item)
            data = None if refused else self._data(item)
            refused = refused or ("broken_member" if data is None else "")
            yield Enclosed(name=name, data=data or b"", refused=refused)

    def _data(self, item: zipfile.ZipInfo) -> bytes | None:
        """Return a member's bytes, or None where they cannot be had."""
        limit = min(MAX_PART, self._left)
        data = bytearray()
        try:
            with self._archive.open(item) as stream:
                while chunk := stream.read(_CHUNK):
                    data += chunk
                    if len(data) > limit:
                        raise InputError(self._original.problem("zip_archive_too_large"))
        except ZIP_ERRORS:
            return None
        finally:
            self._left -= len(data)
        return bytes(data)


def _refused(item: zipfile.ZipInfo) -> str:
    if item.flag_bits & _LOCKED:
        return "encrypted_member"
    if stat.S_ISLNK(item.external_attr >> 16):
        return "symlink"
    return "" if item.compress_type in _METHODS else "broken_member"


def shown_name(item: zipfile.ZipInfo) -> str:
    """Return a member's name as its sender saw it. Without a mark of UTF-8 it is in what the sender's system uses."""
    if item.flag_bits & _UTF8 or item.filename.isascii():
        return unicodedata.normalize("NFC", item.filename)
    try:
        raw = item.filename.encode("cp437")
    except UnicodeEncodeError:
        return item.filename
    try:
        return unicodedata.normalize("NFC", raw.decode("utf-8"))
    except UnicodeDecodeError:
        return max((raw.decode("cp850"), raw.decode("cp1252", "replace")), key=_danish)


def _danish(name: str) -> int:
    """Count the letters that Danish names have, against those that they do not."""
    return sum(1 if letter in _DANISH else -1 for letter in name if not letter.isascii())
