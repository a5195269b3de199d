"""Turn the house's look into the reference document that gives every Word edition its styles, page, head and foot."""

import functools
import io
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from forankring.process import pandoc

ACCENT, INK, QUIET, ALERT, TINT, ALERT_TINT = "0B4A6F", "1A1A1A", "4D4D4D", "8A1C00", "E9F1F6", "FDF0EA"
TEXT_WIDTH = 9072
"""The width between the margins, in twentieths of a point."""
FONT, MONOSPACE = "Calibri", "Consolas"


@dataclass(frozen=True, slots=True)
class _Look:
    """One paragraph style: size and distances in points; ``extra`` is XML of paragraph properties."""

    size: float = 11
    bold: bool | None = None
    colour: str = INK
    before: float = 0
    after: float = 6
    keep: bool = False
    indent: float = 0
    extra: tuple[str, ...] = ()


def _box(colour: str, fill: str) -> tuple[str, ...]:
    side = f'w:val="single" w:sz="8" w:space="6" w:color="{colour}"'
    sides = "".join(f"<w:{name} {side}/>" for name in ("top", "left", "bottom", "right"))
    return (f"<w:pBdr {nsdecls('w')}>{sides}</w:pBdr>", f'<w:shd {nsdecls("w")} w:val="clear" w:fill="{fill}"/>')


_BREAK_BEFORE = f"<w:pageBreakBefore {nsdecls('w')}/>"
_TOC_TAB = f'<w:tabs {nsdecls("w")}><w:tab w:val="right" w:leader="dot" w:pos="{TEXT_WIDTH}"/></w:tabs>'

_PARAGRAPHS = {
    "Normal": _Look(),
    "Body Text": _Look(),
    "First Paragraph": _Look(),
    "Compact": _Look(after=2),
    "Title": _Look(size=32, bold=True, colour=ACCENT, before=6, after=6),
    "Subtitle": _Look(size=16, bold=False, after=24),
    "Heading 1": _Look(size=22, bold=True, colour=ACCENT, after=12, keep=True, extra=(_BREAK_BEFORE,)),
    "Heading 2": _Look(size=15, bold=True, colour=ACCENT, before=18, after=6, keep=True),
    "Heading 3": _Look(size=12.5, bold=True, colour=ACCENT, before=14, after=4, keep=True),
    "Heading 4": _Look(size=11, bold=True, colour=ACCENT, before=10, after=3, keep=True),
    "Heading 5": _Look(size=11, bold=True, colour=INK, before=8, after=3, keep=True),
    "Heading 6": _Look(size=11, colour=INK, before=8, after=3, keep=True),
    "TOC Heading": _Look(size=22, bold=True, colour=ACCENT, after=12, keep=True, extra=(_BREAK_BEFORE,)),
    "TOC 1": _Look(bold=True, before=6, after=2, extra=(_TOC_TAB,)),
    "TOC 2": _Look(after=1, indent=16, extra=(_TOC_TAB,)),
    "Block Text": _Look(indent=18, colour=QUIET),
    "Caption": _Look(size=9.5, bold=True, colour=QUIET, before=8, after=4, keep=True),
    "Table Caption": _Look(size=9.5, bold=True, colour=QUIET, before=8, after=4, keep=True),
    "Image Caption": _Look(size=9.5, colour=QUIET, after=10),
    "Footnote Text": _Look(size=9, after=2),
    "Definition Term": _Look(bold=True, before=6, after=0, keep=True),
    "Definition": _Look(indent=16),
    "Source Code": _Look(size=9.5),
    "Header": _Look(size=8.5, colour=QUIET, after=0),
    "Footer": _Look(size=8.5, colour=QUIET, after=0),
    "Cover Mark": _Look(bold=True, colour=ALERT, after=150, indent=7, extra=_box(ALERT, ALERT_TINT)),
    "Cover Parties": _Look(size=13, colour=QUIET),
    "Cover Line": _Look(size=11.5),
    "Cover Version": _Look(size=11, bold=True, before=230, after=2),
    "Cover Status": _Look(size=11, after=2),
}


@functools.cache
def reference_document(language: str, left: str, right: str, foot: str, page_of: str) -> bytes:
    """Return the reference document: ``left`` and ``right`` stand in the head, ``foot`` and ``page_of`` (with
    ``{page}`` and ``{pages}``) in the foot, on every page but the cover."""
    document = Document(io.BytesIO(pandoc(["--print-default-data-file", "reference.docx"])))
    _page(document.sections[0])
    for name, look in _PARAGRAPHS.items():
        _apply(_style(document, name, WD_STYLE_TYPE.PARAGRAPH), look)
    _characters(document)
    _tables(document)
    _language(document, language)
    _head_and_foot(document.sections[0], left, right, foot, page_of)
    _settle(document.core_properties)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _page(section: Any) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(28), Mm(25)
    section.left_margin, section.right_margin = Mm(26), Mm(24)
    section.header_distance, section.footer_distance = Mm(12.5), Mm(12.5)
    section.different_first_page_header_footer = True


def _style(document: Any, name: str, kind: Any) -> Any:
    found = next((style for style in document.styles if style.name.casefold() == name.casefold()), None)
    if found is None:
        found = document.styles.add_style(name, kind)
        found.base_style = document.styles["Normal"] if kind == WD_STYLE_TYPE.PARAGRAPH else None
    return found


def _apply(style: Any, look: _Look) -> None:
    font, shape = style.font, style.paragraph_format
    _typeface(style, FONT if style.name != "Source Code" else MONOSPACE)
    font.size, font.bold, font.italic = Pt(look.size), look.bold, None
    font.color.rgb = RGBColor.from_string(look.colour)
    shape.space_before, shape.space_after, shape.keep_with_next = Pt(look.before), Pt(look.after), look.keep
    shape.left_indent, shape.line_spacing, shape.widow_control = Pt(look.indent), 1.12, True
    shape.alignment = 0
    for stretched in style.element.get_or_add_rPr().findall(qn("w:spacing")):
        stretched.getparent().remove(stretched)
    for fragment in look.extra:
        _put(style.element.get_or_add_pPr(), fragment)


def _put(properties: Any, fragment: str) -> None:
    """Add a paragraph property at the place that the schema gives it."""
    element = parse_xml(fragment)
    order = (
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs".split()
    )
    own = order.index(element.tag.rpartition("}")[2])
    later = {qn(f"w:{name}") for name in order[:own]}
    for old in properties.findall(element.tag):
        properties.remove(old)
    place = sum(1 for child in properties if child.tag in later)
    properties.insert(place, element)


def _typeface(style: Any, name: str) -> None:
    properties = style.element.get_or_add_rPr()
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    names = " ".join(f'w:{kind}="{name}"' for kind in ("ascii", "hAnsi", "cs", "eastAsia"))
    properties.insert(0, parse_xml(f"<w:rFonts {nsdecls('w')} {names}/>"))


def _characters(document: Any) -> None:
    missing = _style(document, "Missing", WD_STYLE_TYPE.CHARACTER)
    missing.font.bold, missing.font.color.rgb = True, RGBColor.from_string(ALERT)
    properties = missing.element.get_or_add_rPr()
    properties.append(parse_xml(f'<w:bdr {nsdecls("w")} w:val="single" w:sz="4" w:space="0" w:color="{ALERT}"/>'))
    properties.append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="{ALERT_TINT}"/>'))
    link = _style(document, "Hyperlink", WD_STYLE_TYPE.CHARACTER)
    link.font.color.rgb, link.font.underline = RGBColor.from_string(ACCENT), True
    verbatim = _style(document, "Verbatim Char", WD_STYLE_TYPE.CHARACTER)
    _typeface(verbatim, MONOSPACE)


def _tables(document: Any) -> None:
    """Give tables thin lines, a tinted header row and air; pandoc names the style ``Table``."""
    element = _style(document, "Table", WD_STYLE_TYPE.TABLE).element
    for old in [
        child for child in element if child.tag in {qn(f"w:{n}") for n in ("pPr", "rPr", "tblPr", "tblStylePr")}
    ]:
        element.remove(old)
    line = 'w:val="single" w:sz="4" w:space="0" w:color="B8C4CC"'
    strong = f'w:val="single" w:sz="8" w:space="0" w:color="{ACCENT}"'
    margins = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in _CELL_MARGINS)
    for fragment in (
        f'<w:pPr {nsdecls("w")}><w:spacing w:before="20" w:after="20" w:line="240" w:lineRule="auto"/></w:pPr>',
        f'<w:rPr {nsdecls("w")}><w:sz w:val="19"/><w:szCs w:val="19"/></w:rPr>',
        f'<w:tblPr {nsdecls("w")}><w:tblInd w:w="0" w:type="dxa"/><w:tblBorders><w:top {strong}/><w:bottom {line}/>'
        f"<w:insideH {line}/></w:tblBorders><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>",
        f'<w:tblStylePr {nsdecls("w")} w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tblPr/><w:trPr><w:tblHeader/></w:trPr>'
        f'<w:tcPr><w:tcBorders><w:bottom {strong}/></w:tcBorders><w:shd w:val="clear" w:fill="{TINT}"/></w:tcPr>'
        "</w:tblStylePr>",
    ):
        element.append(parse_xml(fragment))


_CELL_MARGINS = (("top", 40), ("left", 85), ("bottom", 40), ("right", 85))


def _language(document: Any, language: str) -> None:
    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    defaults.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="{language}" w:eastAsia="{language}" w:bidi="ar-SA"/>'))


def _head_and_foot(section: Any, left: str, right: str, foot: str, page_of: str) -> None:
    for part, first, second in ((section.header, left, right), (section.footer, foot, page_of)):
        part.is_linked_to_previous = False
        paragraph = part.paragraphs[0]
        _put(paragraph._p.get_or_add_pPr(), _HEAD_TAB)
        paragraph.add_run(f"{first}\t")
        for piece in second.replace("{page}", "\0PAGE\0").replace("{pages}", "\0NUMPAGES\0").split("\0"):
            if piece in ("PAGE", "NUMPAGES"):
                _field(paragraph, piece)
            elif piece:
                paragraph.add_run(piece).bold = part is section.header or None


_HEAD_TAB = (
    f'<w:tabs {nsdecls("w")}><w:tab w:val="clear" w:pos="4536"/><w:tab w:val="clear" w:pos="9072"/>'
    f'<w:tab w:val="right" w:pos="{TEXT_WIDTH}"/></w:tabs>'
)


def _field(paragraph: Any, name: str) -> None:
    """Add a field that programs fill: begin, code, a result to show until then, end."""
    for part in ("begin", name, "separate", "1", "end"):
        run = paragraph.add_run()
        if part in ("begin", "separate", "end"):
            run._r.append(parse_xml(f'<w:fldChar {nsdecls("w")} w:fldCharType="{part}"/>'))
        elif part == "1":
            run.text = part
        else:
            run._r.append(parse_xml(f'<w:instrText {nsdecls("w")} xml:space="preserve"> {part} </w:instrText>'))


def _settle(properties: Any) -> None:
    """Leave no name and no day in the properties that python-docx writes."""
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.created = properties.modified = datetime(2000, 1, 1, tzinfo=UTC)
