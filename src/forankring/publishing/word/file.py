"""Turn the Word file that pandoc wrote into the one that is sent out: finished body, numbering, clean properties."""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree

from forankring.language import Locale
from forankring.publishing.records import Face, Manuscript
from forankring.publishing.word.body import NUMBERING, finish_body
from forankring.publishing.word.names import element, w
from forankring.publishing.word.pages import flipped_edges
from forankring.publishing.word.pictures import settle_notes

_DAY = (1980, 1, 1, 0, 0, 0)
_ZONE = 850
"""How much room, in twentieths of a point, a line must have left before a word is broken: in columns, not in text."""
_BODY = "word/document.xml"
_PAGE = re.compile(
    rb'("separate"/></w:r><w:r><w:t xml:space="preserve">)\xe2\x81\xa0(\d+)\xe2\x81\xa0(</w:t></w:r><w:r><w:fldChar )'
)
"""The result of a field that ``body`` marked with the number of its heading."""
_FIRST = "[Content_Types].xml"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


def finish(data: bytes, manuscript: Manuscript, when: datetime, locale: Locale) -> bytes:
    """Return the finished file but for the pages in its contents; the same manuscript gives the same bytes."""
    parts = unpacked(data)
    body, numbering, styles, settings = (
        etree.fromstring(parts[f"word/{name}.xml"], _PARSER) for name in ("document", "numbering", "styles", "settings")
    )
    finish_body(body, manuscript, locale)
    _number(numbering, styles)
    _speak(settings, locale.name)
    _count(settings, locale)
    _track(settings)
    _modernise(settings)
    for name, root in (("document", body), ("numbering", numbering), ("styles", styles), ("settings", settings)):
        parts[f"word/{name}.xml"] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    parts |= flipped_edges(parts, manuscript.look)
    parts |= settle_notes(parts)
    return packed({**parts, **_properties(manuscript.face, when.astimezone(UTC), locale)})


def paged(data: bytes, pages: Sequence[int]) -> bytes:
    """Return a finished file with the pages of its headings in the contents, or with none where they are unknown."""
    parts = unpacked(data)
    parts[_BODY] = _PAGE.sub(
        lambda mark: mark[1] + (b"%d" % pages[int(mark[2])] if pages else b"") + mark[3], parts[_BODY]
    )
    return packed(parts)


def _number(numbering: Any, styles: Any) -> None:
    """Let Word count chapters and sections: a list of two levels, tied to the styles of their headings."""
    levels = []
    for depth, shape in enumerate(("%1", "%1.%2")):
        style = element("pStyle", val=f"Heading{depth + 1}")
        parts = [element("start", val=1), element("numFmt", val="decimal"), style, element("suff", val="space")]
        levels.append(element("lvl", *parts, element("lvlText", val=shape), element("lvlJc", val="left"), ilvl=depth))
    kind = element("multiLevelType", val="multilevel")
    abstract = element("abstractNum", kind, *levels, abstractNumId=NUMBERING)
    numbering.insert(0, abstract)
    numbering.append(element("num", element("abstractNumId", val=NUMBERING), numId=NUMBERING))
    for style in styles.findall(w("style")):
        name = style.get(w("styleId"))
        if name in ("Heading1", "Heading2"):
            depth = int(name[-1]) - 1
            _tie(style.find(w("pPr")), depth, NUMBERING)
        elif name == "TOCHeading":
            _tie(style.find(w("pPr")), 0, 0)


def _tie(properties: Any, depth: int, numbering: int) -> None:
    """Put the numbering where the schema wants it, before spacing and whatever follows."""
    early = {w(name) for name in ("keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")}
    place = sum(1 for child in properties if child.tag in early)
    properties.insert(place, element("numPr", element("ilvl", val=depth), element("numId", val=numbering)))


def _speak(settings: Any, language: str) -> None:
    """Name the language that the theme's fonts are for (pandoc's reference says English), and let words be broken."""
    found = settings.find(w("themeFontLang"))
    if found is None:
        found = element("themeFontLang")
        place = settings.find(w("clrSchemeMapping"))
        (place.addprevious(found) if place is not None else settings.append(found))
    found.set(w("val"), language)
    hyphens = settings.find(w("autoHyphenation"))
    if hyphens is None:
        hyphens = element("autoHyphenation")
        place = settings.find(w("defaultTabStop"))
        (place.addnext(hyphens) if place is not None else settings.insert(0, hyphens))
    hyphens.set(w("val"), "true")
    for name, value in (("hyphenationZone", _ZONE), ("consecutiveHyphenLimit", 2)):
        if settings.find(w(name)) is None:
            hyphens.addnext(element(name, val=value))


def _count(settings: Any, locale: Locale) -> None:
    """Name the signs that fields reckon with: pandoc's reference has those of English."""
    signs = {"decimalSymbol": locale.number(0.5)[1], "listSeparator": locale.label("formats.list_separator")}
    for name, sign in signs.items():
        found = settings.find(w(name))
        if found is None:
            found = element(name)
            settings.append(found)
        found.set(w("val"), sign)


def _track(settings: Any) -> None:
    """Let Word record what a reader changes, from the moment the file is opened."""
    if settings.find(w("trackRevisions")) is None:
        place = settings.find(w("defaultTabStop"))
        before = settings.find(w("doNotTrackMoves"))
        (place if before is None else before).addprevious(element("trackRevisions"))


def _modernise(settings: Any) -> None:
    """Have Word lay the file out as it does its own: without this it opens it in compatibility mode, and says so."""
    mode = element("compatSetting", uri="http://schemas.microsoft.com/office/word", val=15)
    mode.set(w("name"), "compatibilityMode")
    settings.find(w("rsids")).addprevious(element("compat", mode))


def _properties(face: Face, when: datetime, locale: Locale) -> dict[str, bytes]:
    """Return the parts that say what the file is: all that it says, and no more."""
    moment = when.strftime("%Y-%m-%dT%H:%M:%SZ")
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(face.title)}</dc:title><dc:subject>{escape(face.subtitle)}</dc:subject>"
        f"<dc:language>{locale.name}</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified></cp:coreProperties>'
    )
    custom = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="ForankringEdition">'
        f"<vt:lpwstr>{escape(face.edition_id)}</vt:lpwstr></property></Properties>"
    )
    app = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        "<Application>Forankring</Application></Properties>"
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return {
        f"docProps/{name}.xml": (head + part).encode() for name, part in zip(_NAMES, (core, custom, app), strict=True)
    }


_NAMES = ("core", "custom", "app")


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Return the file, its parts sorted and stored as they are: compressed bytes differ from one zlib to the next."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(parts, key=lambda name: (name != _FIRST, name)):
            entry = zipfile.ZipInfo(name, _DAY)
            entry.create_system, entry.external_attr = 0, 0
            archive.writestr(entry, parts[name])
    return made.getvalue()
