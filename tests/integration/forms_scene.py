"""Forms as somebody fills them in: Word files by their controls, workbooks by their labels, YAML by its lines."""

import functools
import hashlib
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import openpyxl
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from forankring.intake import forms
from forankring.intake.forms.fields import Field, Shape, form_of
from forankring.intake.forms.words import choice_word, column_label, label
from forankring.intake.readers import READERS
from forankring.intake.records import Desk, Extract, Format, Original, SourceFile
from forankring.language import Locale, load_locale
from forankring.ledger import InputKind
from forankring.text import clean_text
from forankring.workspace import house_look, parse_strategy
from tests.integration.intake_scene import STRATEGY

Answers = Mapping[str, Any]
"""What somebody wants to say, by the names of fields: a text, a list of texts, or a list of rows by column."""

STRATEGY_HERE = parse_strategy(STRATEGY)
FORMATS = {"word": Format.DOCX, "excel": Format.XLSX, "yaml": Format.FORM}
BEFOREHAND = {"round": "Første høring", "party.name": "Eksempel Kommune", "language": "da"}
GIVEN: dict[str, Any] = {"round": "hoering-1", "party": {"name": "Eksempel Kommune"}, "language": "da"}


@functools.cache
def made(kind: InputKind, form: str, language: str = "da") -> bytes:
    """Return an empty form."""
    order = forms.Order(
        kind=kind,
        strategy=STRATEGY_HERE,
        locale=load_locale(language),
        look=house_look(),
        filled=BEFOREHAND,
    )
    return forms.WRITERS[form](order)


def read(folder: Path, data: bytes, form: str, language: str = "da") -> Extract:
    """Read a form as the intake does."""
    desk = Desk(strategy=STRATEGY_HERE, locale=load_locale(language))
    return READERS[FORMATS[form]].read(original_in(folder, data), desk)


def original_in(folder: Path, data: bytes) -> Original:
    """Return the bytes as a file that lies safely in the vault."""
    path = folder / hashlib.sha256(data).hexdigest()
    path.write_bytes(data)
    file = SourceFile(place="skema", round="hoering-1", folder="", size=len(data), stamp=(), path=path)
    return Original(file=file, path=path, sha256=path.name, size=len(data))


def filled_in(kind: InputKind, form: str, answers: Answers, language: str = "da") -> bytes:
    """Return a form with these answers in it."""
    fill: Callable[[bytes, InputKind, Answers, Locale], bytes] = {"word": word, "excel": excel, "yaml": yaml}[form]
    return fill(made(kind, form, language), kind, answers, load_locale(language))


def expected(kind: InputKind, answers: Answers) -> dict[str, Any]:
    """Return the data that must come back."""
    data: dict[str, Any] = {"kind": str(kind), **json.loads(json.dumps(GIVEN))}
    for name, value in answers.items():
        item = form_of(kind).names[name]
        node = data
        for part in item.path[:-1]:
            node = node.setdefault(part, {})
        node[item.path[-1]] = _expected(item, value)
    return data


def without_nothing(data: Any) -> Any:
    """Return the data without the keys that a YAML form names and leaves empty."""
    if isinstance(data, dict):
        return {key: without_nothing(value) for key, value in data.items() if value not in (None, [])}
    return [without_nothing(item) for item in data] if isinstance(data, list) else data


def _expected(item: Field, value: Any) -> Any:
    if item.shape == Shape.GROUP:
        columns = {column.path[-1]: column for column in item.columns}
        return [{name: _expected(columns[name], cell) for name, cell in row.items()} for row in value]
    return value if isinstance(value, list) else clean_text(value).strip()


def shown(item: Field, value: Any, locale: Locale) -> str:
    """Return what somebody writes for a value: words for keys, a line for each of several."""
    if item.shape == Shape.CHOICES:
        return ", ".join(choice_word(item, key, locale) for key in value)
    if item.shape == Shape.CHOICE:
        return choice_word(item, value, locale) if value in item.keys else str(value)
    return "\n".join(value) if isinstance(value, list) else str(value)


def word(data: bytes, kind: InputKind, answers: Answers, locale: Locale) -> bytes:
    """Fill in a Word form as Word does: a control loses its mark of emptiness, lines are parted by breaks."""
    document = Document(io.BytesIO(data))
    controls: dict[str, list[Any]] = {}
    for control in document.element.body.iter(qn("w:sdt")):
        controls.setdefault(control.find(qn("w:sdtPr")).find(qn("w:tag")).get(qn("w:val")), []).append(control)
    for item, value, n in one_by_one(kind, answers):
        found = controls[f"forankring:{item.name}"]
        if item.shape == Shape.YES_NO:
            _type(found[0 if value == locale.label("forms.yes") else 1], "\N{BALLOT BOX WITH X}")
        else:
            _type(found[n], shown(item, value, locale))
    return _saved(document)


def _type(control: Any, text: str) -> None:
    for mark in control.iter(qn("w:showingPlcHdr")):
        mark.getparent().remove(mark)
        break
    content = control.find(qn("w:sdtContent"))
    for run in list(content):
        content.remove(run)
    run = parse_xml(f"<w:r {nsdecls('w')}/>")
    for n, line in enumerate(text.split("\n")):
        if n:
            run.append(parse_xml(f"<w:br {nsdecls('w')}/>"))
        part = parse_xml(f'<w:t {nsdecls("w")} xml:space="preserve"/>')
        part.text = line
        run.append(part)
    content.append(run)


def one_by_one(kind: InputKind, answers: Answers) -> Iterator[tuple[Field, Any, int]]:
    """Yield each field with its answer, and the row that it stands in."""
    for name, value in answers.items():
        item = form_of(kind).names[name]
        if item.shape != Shape.GROUP:
            yield item, value, 0
            continue
        columns = {column.path[-1]: column for column in item.columns}
        for n, row in enumerate(value):
            yield from ((columns[column], cell, n) for column, cell in row.items())


def excel(data: bytes, kind: InputKind, answers: Answers, locale: Locale) -> bytes:
    """Fill in a workbook by what can be seen: labels, and the heads of columns."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    main = book.worksheets[0]
    rows = {str(cell.value or "").removesuffix(" *"): cell.row for (cell,) in main.iter_rows(max_col=1)}
    for item, value, n in one_by_one(kind, answers):
        if item.column:
            sheet = book[locale.field_label(item.path[0])]
            heads = {str(cell.value).removesuffix(" *"): cell.column for cell in sheet[4]}
            cell = sheet.cell(5 + n, heads[column_label(item, locale)])
        else:
            cell = main.cell(rows[label(item, locale)], 2)
        cell.value = shown(item, value, locale)
        cell.data_type = "s"  # whoever types »=« into a cell for text means no formula
    return _saved(book)


def yaml(data: bytes, kind: InputKind, answers: Answers, locale: Locale) -> bytes:
    """Fill in a YAML form line by line; a block is copied for each row of a group."""
    lines: list[str] = []
    parent = ""
    for line in data.decode().split("\n"):
        found = re.fullmatch(r"( *)(- )?(\w+):", line)
        if found is None:
            lines.append(line)
            continue
        parent = parent if found[1] else found[3]
        name = f"{parent}.{found[3]}" if found[1] else found[3]
        item = form_of(kind).names.get(name)
        if item and item.shape == Shape.GROUP and answers.get(name):
            lines.append(f"{line} {json.dumps(answers[name], ensure_ascii=False)}")
        elif item and item.column and parent in answers:
            continue
        else:
            lines.append(f"{line} {json.dumps(answers[name], ensure_ascii=False)}" if name in answers else line)
    return "\n".join(lines).encode()


def _saved(document: Any) -> bytes:
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()
