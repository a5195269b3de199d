"""Turn a look into the reference document that gives every Word edition its styles, page, head and foot."""

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
from forankring.publishing.word.styles import ParagraphStyle, paragraph_styles, text_width, word_colour
from forankring.workspace import Look

_MONOSPACE = "Consolas"
_TITLES = ("Heading", "heading", "TOC", "toc", "Title", "Subtitle", "Cover")
_UNBROKEN = f"<w:suppressAutoHyphens {nsdecls('w')}/>"
_SMALL = 0.78
"""How large the marks are that say what a passage rests on, to the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """The words on every page but the cover: ``left`` and ``right`` in the head, ``foot`` and ``page_of`` (with
    ``{page}`` and ``{pages}``) in the foot."""

    left: str
    right: str
    foot: str
    page_of: str


@functools.cache
def reference_document(look: Look, language: str, running: Running) -> bytes:
    """Return the reference document of a look."""
    document = Document(io.BytesIO(pandoc(["--print-default-data-file", "reference.docx"])))
    _page(document.sections[0], look)
    for name, shape in paragraph_styles(look).items():
        _apply(_style(document, name, WD_STYLE_TYPE.PARAGRAPH), shape, look.fonts.word)
    _characters(document, look)
    _tables(document, look)
    _language(document, language)
    _head_and_foot(document.sections[0], running, text_width(look))
    _settle(document.core_properties)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _page(section: Any, look: Look) -> None:
    margins = look.margins
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(margins.top), Mm(margins.bottom)
    section.left_margin, section.right_margin = Mm(margins.left), Mm(margins.right)
    section.header_distance, section.footer_distance = Mm(12.5), Mm(12.5)
    section.different_first_page_header_footer = True


def _style(document: Any, name: str, kind: Any) -> Any:
    found = next((style for style in document.styles if style.name.casefold() == name.casefold()), None)
    if found is None:
        found = document.styles.add_style(name, kind)
        found.base_style = document.styles["Normal"] if kind == WD_STYLE_TYPE.PARAGRAPH else None
    return found


def _apply(style: Any, look: ParagraphStyle, family: str) -> None:
    font, shape = style.font, style.paragraph_format
    _typeface(style, family if style.name != "Source Code" else _MONOSPACE)
    font.size, font.bold, font.italic = Pt(look.size), look.bold, None
    font.all_caps = look.capitals  # said outright: Subtitle would take it from Title
    font.color.rgb = RGBColor.from_string(look.colour)
    shape.space_before, shape.space_after, shape.keep_with_next = Pt(look.before), Pt(look.after), look.keep
    shape.left_indent, shape.line_spacing, shape.widow_control = Pt(look.indent), 1.12, True
    shape.alignment = 0
    for stretched in style.element.get_or_add_rPr().findall(qn("w:spacing")):
        stretched.getparent().remove(stretched)
    for fragment in (*look.extra, *([_UNBROKEN] if style.name.startswith(_TITLES) else [])):
        _put(style.element.get_or_add_pPr(), fragment)


def _put(properties: Any, fragment: str) -> None:
    """Add a paragraph property at the place that the schema gives it."""
    element = parse_xml(fragment)
    order = (
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
        "suppressAutoHyphens".split()
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


def _characters(document: Any, look: Look) -> None:
    alert, ground = word_colour(look.colours.alert), word_colour(look.colours.alert_tint)
    missing = _style(document, "Missing", WD_STYLE_TYPE.CHARACTER)
    missing.font.bold, missing.font.color.rgb = True, RGBColor.from_string(alert)
    missing.font.no_proof = True  # such words are not broken: the mark must be known at a glance
    properties = missing.element.get_or_add_rPr()
    properties.append(parse_xml(f'<w:bdr {nsdecls("w")} w:val="single" w:sz="4" w:space="0" w:color="{alert}"/>'))
    properties.append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="{ground}"/>'))
    rests = _style(document, "Rests", WD_STYLE_TYPE.CHARACTER)
    rests.font.size = Pt((look.sizes.body + look.sizes.word_adds) * _SMALL)
    rests.font.color.rgb = RGBColor.from_string(word_colour(look.colours.quiet))
    link = _style(document, "Hyperlink", WD_STYLE_TYPE.CHARACTER)
    link.font.color.rgb, link.font.underline = RGBColor.from_string(word_colour(look.colours.accent)), True
    verbatim = _style(document, "Verbatim Char", WD_STYLE_TYPE.CHARACTER)
    _typeface(verbatim, _MONOSPACE)


def _tables(document: Any, look: Look) -> None:
    """Give tables thin lines, a marked header row and air; pandoc names the style ``Table``."""
    element = _style(document, "Table", WD_STYLE_TYPE.TABLE).element
    for old in [
        child for child in element if child.tag in {qn(f"w:{n}") for n in ("pPr", "rPr", "tblPr", "tblStylePr")}
    ]:
        element.remove(old)
    accent, tint, thin = (word_colour(c) for c in (look.colours.accent, look.colours.tint, look.colours.line))
    line = f'w:val="single" w:sz="4" w:space="0" w:color="{thin}"'
    strong = f'w:val="single" w:sz="8" w:space="0" w:color="{accent}"'
    margins = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in _CELL_MARGINS)
    half_points = round((look.sizes.body + look.sizes.word_adds - 1.5) * 2)
    striped = look.tables == "striped"
    head = f'<w:color w:val="{accent}"/>' if striped else ""
    ground = f'<w:shd w:val="clear" w:fill="{tint}"/>'
    for fragment in (
        f'<w:pPr {nsdecls("w")}><w:spacing w:before="20" w:after="20" w:line="240" w:lineRule="auto"/></w:pPr>',
        f'<w:rPr {nsdecls("w")}><w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/></w:rPr>',
        f'<w:tblPr {nsdecls("w")}><w:tblStyleRowBandSize w:val="1"/><w:tblInd w:w="0" w:type="dxa"/><w:tblBorders>'
        f"<w:top {strong}/><w:bottom {line}/><w:insideH {line}/></w:tblBorders>"
        f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>",
        f'<w:tblStylePr {nsdecls("w")} w:type="firstRow"><w:rPr><w:b/>{head}</w:rPr><w:tblPr/><w:trPr><w:tblHeader/>'
        f"</w:trPr><w:tcPr><w:tcBorders><w:bottom {strong}/></w:tcBorders>{'' if striped else ground}</w:tcPr>"
        "</w:tblStylePr>",
        *([_BAND.format(ground=ground)] if striped else []),
    ):
        element.append(parse_xml(fragment))


_BAND = f'<w:tblStylePr {nsdecls("w")} w:type="band2Horz"><w:tblPr/><w:tcPr>{{ground}}</w:tcPr></w:tblStylePr>'
_CELL_MARGINS = (("top", 40), ("left", 85), ("bottom", 40), ("right", 85))


def _language(document: Any, language: str) -> None:
    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    defaults.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="{language}" w:eastAsia="{language}" w:bidi="ar-SA"/>'))


def _head_and_foot(section: Any, running: Running, width: int) -> None:
    edges = ((section.header, running.left, running.right), (section.footer, running.foot, running.page_of))
    for part, first, second in edges:
        part.is_linked_to_previous = False
        paragraph = part.paragraphs[0]
        _put(paragraph._p.get_or_add_pPr(), _HEAD_TAB.format(width=width))
        paragraph.add_run(f"{first}\t")
        for piece in second.replace("{page}", "\0PAGE\0").replace("{pages}", "\0NUMPAGES\0").split("\0"):
            if piece in ("PAGE", "NUMPAGES"):
                _field(paragraph, piece)
            elif piece:
                paragraph.add_run(piece).bold = part is section.header or None


_HEAD_TAB = (
    f'<w:tabs {nsdecls("w")}><w:tab w:val="clear" w:pos="4536"/><w:tab w:val="clear" w:pos="9072"/>'
    '<w:tab w:val="right" w:pos="{width}"/></w:tabs>'
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
