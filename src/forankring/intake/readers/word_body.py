"""Turn a Word file's body into one that pandoc reads whole: text boxes as paragraphs, nothing that Word made itself.

pandoc reads a paragraph that holds a text box as the box alone, passes by boxes in the older form and the words of
simple fields and other wrappers, and takes hidden text and tables of contents for text like any other.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Set
from dataclasses import dataclass

from lxml import etree

from forankring.intake.guards import Package, Part

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CALLS_FOR_IT = re.compile(
    rb"txbxContent|<\w+:(?:vanish|fldSimple|customXml|dir|bdo)[\s/>]|<\w+:hyperlink(?![^>]*:(?:id|anchor)=)"
    rb"|PAGEREF|docPartGallery"
)
_WRAPPERS = (f"{W}fldSimple", f"{W}customXml", f"{W}dir", f"{W}bdo", f"{W}hyperlink")
_TAKEN_BACK = (f"{W}del", f"{W}moveFrom")
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

    The document's own tree is changed as well: a copy would need twice the memory.
    """
    beside = f"{posixpath.dirname(document.name)}/styles.xml"
    styles = next((part for part in package.parts if part.name == beside), None)
    hiding = _hiding(styles.root) if styles and (b":vanish" in styles.data or not styles.is_plain) else frozenset()
    if document.is_plain and not hiding and not _CALLS_FOR_IT.search(document.data):
        return Body()
    root = document.root
    contents = sum(_without(line) for line in list(_contents(root, styles.root if styles else None)))
    unwrapped = _unwrap(root)
    hidden = _reveal_nothing(root, hiding)
    changed = _unbox(root) or contents or hidden or unwrapped
    return Body(packed(package, document) if changed else None, hidden, contents)


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


def _hiding(styles: etree._Element) -> frozenset[str]:
    """Return the styles, of letters or of paragraphs, that hide what stands in them."""
    found = (style for style in styles.iter(f"{W}style") if _is_on(style.find(f"{W}rPr/{W}vanish")))
    return frozenset(style.get(f"{W}styleId", "") for style in found)


def _is_on(mark: etree._Element | None) -> bool:
    return mark is not None and mark.get(f"{W}val", "1") not in ("0", "false", "off")


def _unwrap(root: etree._Element) -> int:
    """Put what stands in a wrapper in its place; a link that leads somewhere is none."""
    found = [
        item
        for item in root.iter(*_WRAPPERS)
        if not any(str(name).endswith(("}id", "}anchor")) for name in item.attrib)
    ]
    for wrapper in found:
        for child in list(wrapper):
            wrapper.addprevious(child)
        parent = wrapper.getparent()
        if parent is not None:
            parent.remove(wrapper)
    return len(found)


def _reveal_nothing(root: etree._Element, hiding: Set[str]) -> int:
    """Leave out what the sender hid; neighbours count as one passage."""
    count, last = 0, None
    for run in list(root.iter(f"{W}r")):
        paragraph = next(run.iterancestors(f"{W}p"), None)
        if not _is_hidden(run, paragraph, hiding):
            last = None
            continue
        count += bool(run.findtext(f"{W}t")) and (last is None or paragraph is not last)
        last = paragraph
        for child in run:
            if child.tag in (f"{W}t", f"{W}tab", f"{W}br"):
                run.remove(child)
    return count


def _is_hidden(run: etree._Element, paragraph: etree._Element | None, hiding: Set[str]) -> bool:
    mark = run.find(f"{W}rPr/{W}vanish")
    if mark is not None or not hiding:
        return _is_on(mark)
    of_letters = run.find(f"{W}rPr/{W}rStyle")
    of_paragraph = paragraph.find(f"{W}pPr/{W}pStyle") if paragraph is not None else None
    return any(style is not None and style.get(f"{W}val") in hiding for style in (of_letters, of_paragraph))


def _unbox(root: etree._Element) -> bool:
    """Put text boxes' paragraphs after the one that holds them, but none that a change took back."""
    last: dict[etree._Element, etree._Element] = {}
    boxes = [(box, _is_said(box)) for box in root.iter(f"{W}txbxContent")]
    for box, said in boxes:
        anchor, holder = next(box.iterancestors(f"{W}p"), None), box.getparent()
        if holder is None or anchor is None:
            continue
        holder.remove(box)
        for child in list(box) if said else ():
            last.get(anchor, anchor).addnext(child)
            last[anchor] = child
    return bool(boxes)


def _is_said(box: etree._Element) -> bool:
    """Tell whether a box is part of the text; Word keeps each a second time for older programs."""
    older = next(box.iterancestors("{*}Fallback"), None)
    newer = older.itersiblings("{*}Choice", preceding=True) if older is not None else ()
    again = any(choice.find(f".//{W}txbxContent") is not None for choice in newer)
    return not again and next(box.iterancestors(*_TAKEN_BACK), None) is None


def packed(package: Package, document: Part) -> bytes:
    """Return the parts that hold XML as a file of their own."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for part in package.parts:
            archive.writestr(part.name, etree.tostring(part.root) if part is document else part.data)
    return buffer.getvalue()
