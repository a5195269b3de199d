"""Turn a field into the content control that a Word form has for it, and into the name that leads back to it."""

import re
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from forankring.intake.forms.fields import Field, Shape

TAG = "forankring:"
BOOKMARK = "ff_"
"""What tags and bookmarks of ours begin with. LibreOffice drops a control's tag and keeps bookmarks."""

_NAMESPACES = nsdecls("w") + ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
_TICKED, _EMPTY = "\N{BALLOT BOX WITH X}", "\N{BALLOT BOX}"


def bookmark_name(name: str) -> str:
    """Return the name of the bookmark at a field's label (Word allows letters, digits and low lines)."""
    return BOOKMARK + name.replace(".", "__")


def kind_bookmark(kind: str) -> str:
    """Return the name of the bookmark at the title, which tells the form's kind."""
    return f"{BOOKMARK}form__{kind}"


def name_in(mark: str) -> str:
    """Return the field's name that a tag or bookmark leads to; nothing where it is not ours."""
    if mark.startswith(TAG):
        return mark.removeprefix(TAG)
    return mark.removeprefix(BOOKMARK).replace("__", ".") if mark.startswith(BOOKMARK) else ""


def bookmark(name: str, number: int) -> list[Any]:
    """Return a bookmark's start and end."""
    start = f'<w:bookmarkStart {_NAMESPACES} w:id="{number}" w:name={quoteattr(name)}/>'
    return [parse_xml(start), parse_xml(f'<w:bookmarkEnd {_NAMESPACES} w:id="{number}"/>')]


def control(item: Field, title: str, number: int, words: Sequence[str], hint: str, value: str = "") -> list[Any]:
    """Return what stands in the cell of a field: a control that shows ``value``, or else the hint."""
    if item.shape == Shape.YES_NO:
        return [part for n, word in enumerate(words) for part in _tick(item, title, number * 10 + n, word, value)]
    shown = escape(value or hint)
    style = "" if value else '<w:rPr><w:rStyle w:val="PlaceholderText"/></w:rPr>'
    run = f'<w:r>{style}<w:t xml:space="preserve">{shown}</w:t></w:r>'
    kind = _kind(item, words)
    return [_control(item, title, number * 10, f"{'' if value else '<w:showingPlcHdr/>'}{kind}", run)]


def _kind(item: Field, words: Sequence[str]) -> str:
    """Return what sort of control it is; a combo box also takes what is not in its list.

    Text is rich text though only its words are read: LibreOffice 7.4 loses the breaks between lines of plain text.
    """
    if item.shape == Shape.DATE:
        return '<w:date><w:dateFormat w:val="yyyy-MM-dd"/></w:date>'
    if item.shape in (Shape.CHOICE, Shape.CHOICES, Shape.SUGGESTED):
        name = "w:dropDownList" if item.shape == Shape.CHOICE else "w:comboBox"
        items = "".join(f"<w:listItem w:displayText={_short(word)} w:value={_short(word)}/>" for word in words)
        return f"<{name}>{items}</{name}>"
    return "<w:richText/>"


def _tick(item: Field, title: str, number: int, word: str, value: str) -> list[Any]:
    ticked = value == word
    box = (
        f'<w14:checkbox><w14:checked w14:val="{int(ticked)}"/><w14:checkedState w14:val="2612" '
        'w14:font="MS Gothic"/><w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox>'
    )
    fonts = '<w:rPr><w:rFonts w:ascii="MS Gothic" w:hAnsi="MS Gothic" w:eastAsia="MS Gothic"/></w:rPr>'
    run = f"<w:r>{fonts}<w:t>{_TICKED if ticked else _EMPTY}</w:t></w:r>"
    text = f'<w:r {_NAMESPACES}><w:t xml:space="preserve"> {escape(word)}      </w:t></w:r>'
    return [_control(item, f"{title}: {word}", number, box, run), parse_xml(text)]


def _control(item: Field, title: str, number: int, kind: str, content: str) -> Any:
    """Return one control inside a paragraph, in the order of properties that the schema has."""
    return parse_xml(
        f"<w:sdt {_NAMESPACES}><w:sdtPr><w:alias w:val={_short(title)}/><w:tag w:val={quoteattr(TAG + item.name)}/>"
        f'<w:id w:val="{number}"/><w:lock w:val="sdtLocked"/>{kind}</w:sdtPr><w:sdtContent>{content}</w:sdtContent>'
        "</w:sdt>"
    )


def _short(text: str) -> str:
    """Word takes no more than 64 letters for a title, and 255 for a word of a list."""
    return quoteattr(re.sub(r"\s+", " ", text)[:64])
