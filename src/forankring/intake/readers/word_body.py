"""Turn a Word file's body into one that pandoc reads whole: text boxes as paragraphs, nothing that Word made itself.

pandoc reads a paragraph that holds a text box as the box alone, passes by boxes in the older form, and takes hidden
text and tables of contents for text like any other.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from forankring.intake.guards import Package, Part

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CALLS_FOR_IT = re.compile(rb"txbxContent|<\w+:vanish\b|PAGEREF|docPartGallery")
_MADE_BY_WORD = re.compile(r"(?i)(?:toc \d|toc heading|table of figures|toa heading|table of authorities|index \d)$")
"""Names of styles, which are English in every language of Word."""


@dataclass(frozen=True, slots=True)
class Body:
    """A Word file that pandoc can read whole, or None where the original is one; how many hidden passages and lines of
    contents it is without."""

    data: bytes | None = None
    hidden: int = 0
    contents: int = 0


def whole_body(package: Package, document: Part) -> Body:
    """Return the file with another body, where it needs one; pictures and the like are not in it.

    The document's own tree is changed, which a copy would need twice the memory for: call it last.
    """
    if document.is_plain and not _CALLS_FOR_IT.search(document.data):
        return Body()
    root = document.root
    beside = f"{posixpath.dirname(document.name)}/styles.xml"
    styles = next((part.root for part in package.parts if part.name == beside), None)
    contents = sum(_without(line) for line in list(_contents(root, styles)))
    hidden = _reveal_nothing(root)
    changed = _unbox(root) or contents or hidden
    return Body(_packed(package, document) if changed else None, hidden, contents)


def _contents(root: etree._Element, styles: etree._Element | None) -> Iterator[etree._Element]:
    """Yield the lines of tables of contents, of figures and of words: Word makes them, no sender says them."""
    made = {
        style.get(f"{W}styleId")
        for style in (styles.iter(f"{W}style") if styles is not None else ())
        if (name := style.find(f"{W}name")) is not None and _MADE_BY_WORD.match(name.get(f"{W}val", ""))
    }
    for paragraph in root.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is not None and style.get(f"{W}val") in made and paragraph.find(f"{W}pPr/{W}sectPr") is None:
            yield paragraph


def _without(paragraph: etree._Element) -> bool:
    """Empty a paragraph, which may have to stay where it is; tell whether it said anything."""
    said = any(True for _ in paragraph.iter(f"{W}t"))
    for child in paragraph:
        if child.tag != f"{W}pPr":
            paragraph.remove(child)
    return said


def _reveal_nothing(root: etree._Element) -> int:
    """Leave out what the sender hid; neighbours count as one passage."""
    count, last = 0, None
    for run in list(root.iter(f"{W}r")):
        mark = run.find(f"{W}rPr/{W}vanish")
        if mark is None or mark.get(f"{W}val", "1") in ("0", "false", "off"):
            last = None
            continue
        paragraph = next(run.iterancestors(f"{W}p"), None)
        count += bool(run.findtext(f"{W}t")) and (last is None or paragraph is not last)
        last = paragraph
        for child in run:
            if child.tag in (f"{W}t", f"{W}tab", f"{W}br"):
                run.remove(child)
    return count


def _unbox(root: etree._Element) -> bool:
    """Put text boxes' paragraphs after the one that holds them; Word keeps each a second time for older programs."""
    last: dict[etree._Element, etree._Element] = {}
    boxes = list(root.iter(f"{W}txbxContent"))
    for box in boxes:
        anchor, holder = next(box.iterancestors(f"{W}p"), None), box.getparent()
        if holder is None or anchor is None:
            continue
        again = next(box.iterancestors("{*}Fallback"), None) is not None
        holder.remove(box)
        for child in () if again else list(box):
            last.get(anchor, anchor).addnext(child)
            last[anchor] = child
    return bool(boxes)


def _packed(package: Package, document: Part) -> bytes:
    """Return the parts that hold XML as a file of their own."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for part in package.parts:
            archive.writestr(part.name, etree.tostring(part.root) if part is document else part.data)
    return buffer.getvalue()
