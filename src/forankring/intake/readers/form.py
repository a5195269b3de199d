"""Turn a YAML or JSON form into an extract: its fields with their lines."""

import re
from collections.abc import Iterator

import yaml

from forankring.errors import InputError
from forankring.intake.detect import decode
from forankring.intake.forms import check_filled, gaps, with_lists, without_blanks
from forankring.intake.records import Desk, Extract, Original, Screened
from forankring.ledger import Note
from forankring.workspace import YamlSource, read_yaml

MAX_CHARACTERS = 2_000_000

_HAS_COMMENT = re.compile(r"(?m)^[^\S\n]*[^\s#].*\s#")
_COMMENT = re.compile(r":?[ \t]+#")


def read_form(original: Original, desk: Desk) -> Extract:
    """Read the file as one form; say which of its fields should be filled in and are not."""
    text = decode(original.path.read_bytes())[0]
    check_size(original, text)
    form = with_lists(without_blanks(fields(original, text)), desk.locale)
    check_filled(form)
    screened = (Screened(text=text, part="form", lines=True),)
    return Extract(form=form, screened=screened, notes=(*_cut_off(text), *gaps(form, desk.locale)))


def fields(original: Original, text: str, *, first_line: int = 1) -> YamlSource:
    """Parse the fields of a form; raise InputError where it is no form at all."""
    source = read_yaml(_printable(text), original.file.place, first_line=first_line)
    if not isinstance(source.data, dict):
        raise InputError(original.problem("yaml_not_a_mapping"))
    return source


def check_size(original: Original, text: str) -> None:
    """Refuse more plain text than anyone writes in an answer."""
    if len(text) > MAX_CHARACTERS:
        sizes = {"size": len(text) // 2**20 + 1, "limit": MAX_CHARACTERS // 2**20 + 1}
        raise InputError(original.problem("file_too_large", **sizes))


def _cut_off(text: str) -> Iterator[Note]:
    """Yield a note on lines in which a number sign ends the answer: YAML takes the rest for a comment."""
    if not _HAS_COMMENT.search(text):
        return
    written = _printable(text)
    lines = written.splitlines()
    ends = (
        token.end_mark
        for token in yaml.scan(written, Loader=yaml.CSafeLoader)
        if isinstance(token, yaml.ScalarToken) and token.plain
    )
    found = sorted({end.line + 1 for end in ends if _COMMENT.match(lines[end.line], end.column)})
    if found:
        yield Note(code="form_cut_off", values={"lines": ", ".join(map(str, found))})


def _printable(text: str) -> str:
    """YAML knows no tabulators for indentation, but a tabulator inside a text is harmless."""
    return text.replace("\u2028", " ").replace("\u2029", " ").replace("\x0b", " ").replace("\x0c", " ")
