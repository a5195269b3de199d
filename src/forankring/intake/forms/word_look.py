"""Turn a look into the styles, the page and the tables of a Word form."""

from collections.abc import Iterable, Sequence
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from forankring.language import Locale
from forankring.workspace import Look

TEXT_WIDTH, TURNED_WIDTH = 166, 253
"""Millimetres between the margins, and on a page that is turned."""

_MARGIN = 22
_SIZE = 10.5
_W = nsdecls("w")
_PADDING = "".join(
    f'<w:{side} w:w="{width}" w:type="dxa"/>'
    for side, width in (("top", 50), ("left", 100), ("bottom", 50), ("right", 100))
)
_TABLE_ORDER = (
    "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd "
    "tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription".split()
)


def dress(document: Any, look: Look, locale: Locale, foot: str) -> None:
    """Give an empty document its page, styles, language and foot."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(_MARGIN)
    section.top_margin, section.bottom_margin = Mm(22), Mm(20)
    section.header_distance = section.footer_distance = Mm(10)
    _styles(document, look)
    language = parse_xml(f'<w:lang {_W} w:val="{locale.name}" w:eastAsia="{locale.name}" w:bidi="{locale.name}"/>')
    defaults = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    defaults.append(language)
    _foot(section.footer.paragraphs[0], foot, locale)


def table_of(document: Any, heads: Sequence[str], widths: Iterable[float], title: str, look: Look) -> Any:
    """Add a table with a header row that is repeated on each page; ``title`` tells those who cannot see it."""
    table = document.add_table(rows=1, cols=len(heads))
    table.autofit = False
    properties = table._tbl.tblPr
    properties.append(_borders(look))
    properties.append(parse_xml(f"<w:tblCellMar {_W}>{_PADDING}</w:tblCellMar>"))
    caption = parse_xml(f"<w:tblCaption {_W}/>")
    caption.set(qn("w:val"), title)
    properties.append(caption)
    properties[:] = sorted(properties, key=lambda child: _TABLE_ORDER.index(child.tag.rpartition("}")[2]))
    table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {_W}/>"))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for cell, head, column in zip(table.rows[0].cells, heads, table.columns, strict=True):
        cell.width = column.width
        cell.paragraphs[0].style = "Form Label"
        if head:
            cell.paragraphs[0].add_run(head)
        shade(cell, look.colours.tint)
    return table


def shade(cell: Any, colour: str) -> None:
    """Give a cell its ground."""
    ground = colour.lstrip("#")
    cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd {_W} w:val="clear" w:color="auto" w:fill="{ground}"/>'))


def _borders(look: Look) -> Any:
    thin = f'w:val="single" w:sz="4" w:space="0" w:color="{look.colours.line.lstrip("#")}"'
    sides = "".join(f"<w:{side} {thin}/>" for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    return parse_xml(f"<w:tblBorders {_W}>{sides}</w:tblBorders>")


def _styles(document: Any, look: Look) -> None:
    colours, sizes = look.colours, look.sizes
    accent, quiet, ink = colours.accent, colours.quiet, colours.ink
    for name, size, colour, bold, before, after in (
        ("Normal", _SIZE, ink, False, 0, 4),
        ("Title", sizes.chapter + 3, accent, True, 0, 2),
        ("Heading 1", sizes.section, accent, True, 18, 5),
        ("Heading 2", sizes.subsection, accent, True, 14, 3),
        ("Form Subtitle", 12, quiet, False, 0, 10),
        ("Form Box", _SIZE, ink, False, 0, 0),
        ("Form Label", 10, ink, True, 0, 0),
        ("Form Help", 9, quiet, False, 1, 2),
        ("Form Answer", _SIZE, ink, False, 0, 0),
    ):
        style = _style(document, name)
        _typeface(style, look.fonts.word)
        style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
        style.font.color.rgb = RGBColor.from_string(colour.lstrip("#").upper())
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    _box(document.styles["Form Box"], look)
    for borders in document.styles["Title"].element.iter(qn("w:pBdr")):
        borders.getparent().remove(borders)
        break
    placeholder = document.styles.add_style("Placeholder Text", WD_STYLE_TYPE.CHARACTER)
    placeholder.font.color.rgb = RGBColor.from_string(quiet.lstrip("#").upper())


def _style(document: Any, name: str) -> Any:
    found = next((style for style in document.styles if style.name == name), None)
    if found is None:
        found = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        found.base_style = document.styles["Normal"]
    return found


def _box(style: Any, look: Look) -> None:
    """Lay what must be read first on a ground with a bar at its side."""
    accent, tint = look.colours.accent.lstrip("#"), look.colours.tint.lstrip("#")
    properties = style.element.get_or_add_pPr()
    bar = f'<w:pBdr {_W}><w:left w:val="single" w:sz="24" w:space="8" w:color="{accent}"/></w:pBdr>'
    ground = f'<w:shd {_W} w:val="clear" w:color="auto" w:fill="{tint}"/>'
    properties.insert(0, parse_xml(ground))
    properties.insert(0, parse_xml(bar))
    style.paragraph_format.left_indent = Mm(3)


def _typeface(style: Any, name: str) -> None:
    properties = style.element.get_or_add_rPr()
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    names = " ".join(f'w:{kind}="{name}"' for kind in ("ascii", "hAnsi", "cs", "eastAsia"))
    properties.insert(0, parse_xml(f"<w:rFonts {_W} {names}/>"))


def _foot(paragraph: Any, foot: str, locale: Locale) -> None:
    """Write the form's name, and the page behind it."""
    paragraph.style = "Form Help"
    before, _, rest = locale.words["forms"]["page"].partition("{page}")
    between, _, after = rest.partition("{pages}")
    paragraph.add_run(f"{foot}    {before}")
    for text, code in ((between, "PAGE"), (after, "NUMPAGES")):
        field = f'<w:fldSimple {_W} w:instr=" {code} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        paragraph._p.append(parse_xml(field))
        paragraph.add_run(text)
