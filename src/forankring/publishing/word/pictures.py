"""Turn the pictures that pandoc wrote into pictures whose words are said once and that stand at the text's edge."""

from collections.abc import Mapping
from typing import Any

from lxml import etree

_INLINE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}inline"
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}cNvPr"
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
_NOTES, _NOTES_LEAD, _BODY_LEAD = (
    "word/footnotes.xml",
    "word/_rels/footnotes.xml.rels",
    "word/_rels/document.xml.rels",
)
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
_DISTANCES = ("distT", "distB", "distL", "distR")


def settle_pictures(body: Any) -> None:
    """Take away what pandoc says of each picture a second time, its whole file as letters, and the air around it.

    Where the air is not told, LibreOffice takes an eighth of an inch, and a picture as wide as the text leaves it.
    """
    for inline in body.iter(_INLINE):
        for side in _DISTANCES:
            inline.set(side, "0")
        for picture in inline.iter(_PICTURE):
            picture.attrib.pop("descr", None)


def settle_notes(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the notes' parts with their pictures settled and found: pandoc says where one lies to the body alone.

    A picture that its own part does not know is none: Word calls the whole file damaged.
    """
    if b"<pic:pic" not in parts.get(_NOTES, b""):
        return {}
    notes, lead, known = (etree.fromstring(parts[name], _PARSER) for name in (_NOTES, _NOTES_LEAD, _BODY_LEAD))
    settle_pictures(notes)
    used = {blip.get(_EMBED) for blip in notes.iter(_BLIP)}
    lead.extend([relation for relation in known if relation.get("Id") in used])
    return {name: _written(root) for name, root in ((_NOTES, notes), (_NOTES_LEAD, lead))}


def _written(root: Any) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
