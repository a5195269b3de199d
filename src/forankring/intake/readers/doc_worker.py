"""Turn an older Word file (.doc, Word 97 to 2003) into JSON paragraphs: a program of its own, so it can be killed.

Run as ``python -I doc_worker.py FILE``. It imports nothing of the engine. Names follow Microsoft's [MS-DOC]: the FIB
leads to the piece table (Clx), which tells where each character stands, and to the properties of characters (CHPX)
and paragraphs (PAPX), which lie in pages of 512 bytes (FKP).
"""

import json
import struct
import sys
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any

PASSWORD, BROKEN, MISSING, MACROS, TOO_OLD, TOO_MUCH = 3, 4, 5, 6, 7, 8
MAX_CHARACTERS = 5_000_000

DELETED, INSERTED, HIDDEN, BOLD = 1, 2, 4, 8
_CHARACTER_FLAGS = {0x0800: DELETED, 0x0801: INSERTED, 0x083C: HIDDEN, 0x0835: BOLD}
_SHORT_FLAGS = {0x41: DELETED, 0x42: INSERTED, 0x5C: HIDDEN, 0x55: BOLD}
_IN_TABLE, _ROW_END, _LIST, _STYLE, _HUGE = 0x2416, 0x2417, 0x460B, 0x4600, (0x6645, 0x6646)
_NO_LIST = (0, 0xF801)
_OPERAND = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
_PAGE = 512
_WORD_97 = 0x00C1
_STORIES = ("text", "footnotes", "headers", "macros", "comments", "endnotes", "boxes", "header_boxes")


class TooMuchError(Exception):
    """The file claims more text than anyone writes."""


def main(path: str) -> int:
    """Write the file's paragraphs to standard output; return the exit code."""
    try:
        import olefile  # noqa: PLC0415  # its absence is an outcome of this program
    except ImportError as error:
        sys.stderr.write(str(error))
        return MISSING
    try:
        with olefile.OleFileIO(path) as compound:
            code, found = _read(compound)
    except TooMuchError:
        return TOO_MUCH
    except (OSError, ValueError, IndexError, KeyError, TypeError, AttributeError, struct.error, RecursionError):
        return BROKEN
    if not code:
        json.dump(found, sys.stdout)
    return code


def _read(compound: Any) -> tuple[int, dict[str, Any]]:
    storages = {entry[0].lower() for entry in compound.listdir(storages=True)}
    if storages & {"macros", "_vba_project_cur"}:
        return MACROS, {}
    document = compound.openstream("WordDocument").read()
    if _u16(document, 0) != 0xA5EC or _u16(document, 2) < _WORD_97:
        return (TOO_OLD if _u16(document, 0) in (0xA5DC, 0xA5EC) else BROKEN), {}
    flags = _u16(document, 0x0A)
    if flags & 0x0100:
        return PASSWORD, {}
    table = compound.openstream("1Table" if flags & 0x0200 else "0Table").read()
    data = compound.openstream("Data").read() if compound.exists("Data") else b""
    word = _Word(document, table, data)
    about = compound.get_metadata()
    properties = {name: _text(getattr(about, name)) for name in ("author", "last_saved_by", "company", "title")}
    objects = {tuple(entry[:2]) for entry in compound.listdir(storages=True) if len(entry) > 1}
    embedded = sum(entry[0] == "ObjectPool" for entry in objects)
    return 0, {**word.told(), "properties": properties, "embedded": embedded}


def _text(value: object) -> str:
    if not isinstance(value, bytes):
        return str(value or "")
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("cp1252", "replace")


class _Word:
    """A document's characters with their flags, story after story, and the properties of its paragraphs."""

    def __init__(self, document: bytes, table: bytes, data: bytes) -> None:
        self._document, self._table, self._data = document, table, data
        counts = [_u32(document, 0x4C + 4 * index) for index in range(len(_STORIES))]
        if sum(counts) > MAX_CHARACTERS:
            raise TooMuchError
        self._runs = _Pages(document, table, 0xFA, 4)
        self._paragraphs = _Pages(document, table, 0x102, 4)
        self._styles = list(_styles(table[_u32(document, 0xA2) :][: _u32(document, 0xA6)]))
        self.characters: list[str] = []
        self.flags = bytearray()
        self.places: list[int] = []
        self._pieces()
        starts = [sum(counts[:index]) for index in range(len(counts) + 1)]
        self.stories = {name: (starts[index], starts[index + 1]) for index, name in enumerate(_STORIES)}

    def told(self) -> dict[str, Any]:
        """Return everything as plain data."""
        text = slice(*self.stories["text"])
        paragraphs = list(self._told(*self.stories["text"]))
        changed = sum(_beginnings(self.flags[text], flag) for flag in (DELETED, INSERTED))
        return {
            "paragraphs": paragraphs,
            "stories": {name: self._plain(*bounds) for name, bounds in self.stories.items() if name != "text"},
            "everything": "".join(self.characters),
            "changes": changed,
            "hidden": _beginnings(self.flags[text], HIDDEN),
            "pictures": sum(part["text"].count("\x01") + part["text"].count("\x08") for part in paragraphs),
            "comments": self.characters[text].count("\x05"),
        }

    def _told(self, start: int, end: int) -> Iterator[dict[str, Any]]:
        """Yield the paragraphs of a story as a reader sees them: the results of fields, no deleted or hidden text."""
        words: list[str] = []
        bold: list[bool] = []
        fields = [False]
        for index in range(start, min(end, len(self.characters))):
            letter, flags = self.characters[index], self.flags[index]
            if letter and letter in "\r\x07\x0c":
                if letter != "\r" or not flags & DELETED:  # a deleted mark joins its paragraph to the next one
                    properties = self._properties(self.places[index])
                    yield {"text": "".join(words), "bold": bool(bold) and all(bold), "end": letter, **properties}
                    words, bold = [], []
                continue
            if letter == "\x13":
                fields.append(True)
            elif letter == "\x14":
                fields[-1] = False
            elif letter == "\x15":
                fields = fields[:-1] or [False]
            elif not any(fields) and not flags & (DELETED | HIDDEN):
                words.append(letter)
                if not letter.isspace():
                    bold.append(bool(flags & BOLD))
        if words:
            yield {"text": "".join(words), "bold": False, "end": "\r", **self._properties(-1)}

    def _plain(self, start: int, end: int) -> str:
        return "\n".join(part["text"] for part in self._told(start, end))

    def _properties(self, place: int) -> dict[str, Any]:
        """Return a paragraph's style and whether it is an item of a list, in a cell, or the end of a table's row."""
        found: dict[str, Any] = {"style": 0, "list": False, "in_table": False, "row_end": False}
        entry = self._paragraphs.at(place)
        if entry is None:
            return found
        page, at = entry
        size = page[at] * 2 - 1
        start = at + 1
        if page[at] == 0:
            size, start = page[at + 1] * 2, at + 2
        style = _u16(page, start)
        for code, operand in self._sprms(page[start + 2 : start + size]):
            if code == _STYLE and len(operand) == 2:
                style = _u16(operand, 0)
            elif code == _LIST:
                found["list"] = _u16(operand, 0) not in _NO_LIST
            elif code in (_IN_TABLE, _ROW_END):
                found["in_table" if code == _IN_TABLE else "row_end"] = bool(operand[0])
        found["style"] = self._styles[style] if style < len(self._styles) else 0
        return found

    def _sprms(self, packed: bytes) -> Iterator[tuple[int, bytes]]:
        """Yield properties with their operands; a huge list of them stands in a stream of its own."""
        for code, operand in _sprms(packed):
            if code in _HUGE and self._data:
                at = _u32(operand, 0)
                yield from _sprms(self._data[at + 2 : at + 2 + _u16(self._data, at)])
            else:
                yield code, operand

    def _pieces(self) -> None:
        """Read the characters piece by piece, each with its place in the stream and its flags."""
        start, size = _u32(self._document, 0x1A2), _u32(self._document, 0x1A6)
        clx = self._table[start : start + size]
        at, lists = 0, []
        while clx[at] == 1:
            length = _u16(clx, at + 1)
            lists.append(clx[at + 3 : at + 3 + length])
            at += 3 + length
        plc = clx[at + 5 : at + 5 + _u32(clx, at + 1)]
        count = (len(plc) - 4) // 12
        for index in range(count):
            first, last = _u32(plc, 4 * index), _u32(plc, 4 * index + 4)
            if last < first or last > MAX_CHARACTERS or first != len(self.characters):
                raise ValueError
            entry = 4 * (count + 1) + 8 * index
            self._piece(last - first, _u32(plc, entry + 2), _common(_u16(plc, entry + 6), lists))

    def _piece(self, count: int, place: int, common: int) -> None:
        packed, place = bool(place & 0x40000000), place & 0x3FFFFFFF
        width = 1 if packed else 2
        place = place // 2 if packed else place
        data = self._document[place : place + count * width]
        text = data.decode("cp1252", "replace") if packed else data.decode("utf-16-le", "replace")
        letters = list(text) if packed or len(text) == count else list(_units(text))
        self.characters += [*letters[:count], *[" "] * (count - len(letters))]
        self.places += range(place, place + count * width, width)
        self.flags += self._flags(place, count, width, common)

    def _flags(self, place: int, count: int, width: int, common: int) -> bytearray:
        flags = bytearray()
        while len(flags) < count:
            here = place + len(flags) * width
            end = self._runs.end(here)
            run = min(count - len(flags), max(1, -(-(end - here) // width)))
            flags += bytes([self._flag(here) | common]) * run
        return flags

    def _flag(self, place: int) -> int:
        entry = self._runs.at(place)
        if entry is None:
            return 0
        page, at = entry
        return _flagged(_sprms(page[at + 1 : at + 1 + page[at]]))


class _Pages:
    """The pages of properties, by the places in the stream for which they hold."""

    def __init__(self, document: bytes, table: bytes, pair: int, size: int) -> None:
        start, length = _u32(document, pair), _u32(document, pair + 4)
        plc = table[start : start + length]
        count = max(0, (len(plc) - 4) // (4 + size))
        self._entry = 13 if pair == 0x102 else 1
        self._bounds: list[int] = []
        self._entries: list[tuple[bytes, int] | None] = []
        for index in range(count):
            number = _u32(plc, 4 * (count + 1) + size * index) & 0x3FFFFF
            self._add(document[number * _PAGE : (number + 1) * _PAGE])

    def _add(self, page: bytes) -> None:
        count = page[_PAGE - 1]
        for index in range(count):
            first = _u32(page, 4 * index)
            at = page[4 * (count + 1) + self._entry * index] * 2
            if self._bounds and first < self._bounds[-1]:
                raise ValueError
            self._bounds.append(first)
            self._entries.append((page, at) if at else None)
        if count:
            self._bounds.append(_u32(page, 4 * count))
            self._entries.append(None)

    def at(self, place: int) -> tuple[bytes, int] | None:
        """Return the page and the place in it of the properties that hold here."""
        index = bisect_right(self._bounds, place) - 1
        return self._entries[index] if index >= 0 else None

    def end(self, place: int) -> int:
        """Return where the next properties begin."""
        index = bisect_right(self._bounds, place)
        return self._bounds[index] if index < len(self._bounds) else place + MAX_CHARACTERS


def _styles(sheet: bytes) -> Iterator[int]:
    """Yield the number by which Word knows each style: 1 to 9 for headings, 62 for a title."""
    at = 2 + _u16(sheet, 0) if sheet else 0
    while at + 2 <= len(sheet):
        size = _u16(sheet, at)
        yield _u16(sheet, at + 2) & 0x0FFF if size >= 2 and at + 4 <= len(sheet) else 0
        at += 2 + size + (size & 1)


def _sprms(packed: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 2 < len(packed):
        code = _u16(packed, at)
        size = _OPERAND.get(code >> 13)
        at += 2
        if size is None:
            size = _u16(packed, at) + 1 if code == 0xD608 else packed[at] + 1  # the one long list: a table's cells
        yield code, packed[at : at + size]
        at += size


def _flagged(sprms: Iterator[tuple[int, bytes]]) -> int:
    flags = 0
    for code, operand in sprms:
        if code in _CHARACTER_FLAGS and operand and operand[0] & 1:
            flags |= _CHARACTER_FLAGS[code]
    return flags


def _common(modifier: int, lists: list[bytes]) -> int:
    """Return the flags that a piece gives all its characters: from a list of its own, or one packed into a number."""
    if modifier & 1:
        index = modifier >> 1
        return _flagged(_sprms(lists[index])) if index < len(lists) else 0
    flag = _SHORT_FLAGS.get((modifier >> 1) & 0x7F, 0)
    return flag if modifier >> 8 & 1 else 0


def _units(text: str) -> Iterator[str]:
    """Yield nothing after each letter that counts as two characters in the piece table."""
    for letter in text:
        yield letter
        if ord(letter) > 0xFFFF:
            yield ""


def _beginnings(flags: bytearray, flag: int) -> int:
    return sum(bool(here & flag) and not before & flag for before, here in zip(b"\0" + flags, flags, strict=False))


def _u16(data: bytes, at: int) -> int:
    return int(struct.unpack_from("<H", data, at)[0])


def _u32(data: bytes, at: int) -> int:
    return int(struct.unpack_from("<I", data, at)[0])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
