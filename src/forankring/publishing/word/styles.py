"""Turn a look into the paragraph styles of the Word edition: size, colour and distances of each."""

from dataclasses import dataclass

from docx.oxml.ns import nsdecls

from forankring.workspace import Look

_TWIPS_PER_MM = 1440 / 25.4
_PAGE_WIDTH, _PAGE_HEIGHT = 210, 297
_WHITE = "FFFFFF"


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphStyle:
    """One paragraph style: size and distances in points; ``extra`` is XML of paragraph properties."""

    size: float
    bold: bool | None = None
    colour: str
    before: float = 0
    after: float = 6
    keep: bool = False
    indent: float = 0
    capitals: bool = False
    extra: tuple[str, ...] = ()


def text_width(look: Look, *, flipped: bool = False) -> int:
    """Return the width between the margins, in twentieths of a point."""
    return round(((_PAGE_HEIGHT if flipped else _PAGE_WIDTH) - look.margins.left - look.margins.right) * _TWIPS_PER_MM)


def word_colour(colour: str) -> str:
    """Return ``#rrggbb`` as Word writes it."""
    return colour.lstrip("#").upper()


def paragraph_styles(look: Look) -> dict[str, ParagraphStyle]:
    """Return the styles by name."""
    return {**_text(look), **_headings(look), **_small(look), **_cover(look)}


def _text(look: Look) -> dict[str, ParagraphStyle]:
    size, ink, quiet = _body(look), word_colour(look.colours.ink), word_colour(look.colours.quiet)
    plain = ParagraphStyle(size=size, colour=ink)
    tab = f'<w:tabs {nsdecls("w")}><w:tab w:val="right" w:leader="dot" w:pos="{text_width(look)}"/></w:tabs>'
    return {
        "Normal": plain,
        "Body Text": plain,
        "First Paragraph": plain,
        "Compact": ParagraphStyle(size=size, colour=ink, after=2),
        "TOC 1": ParagraphStyle(size=size, colour=ink, bold=True, before=6, after=2, extra=(tab,)),
        "TOC 2": ParagraphStyle(size=size, colour=ink, after=1, indent=16, extra=(tab,)),
        "Block Text": ParagraphStyle(size=size, colour=quiet, indent=18),
        "Definition Term": ParagraphStyle(size=size, colour=ink, bold=True, before=6, after=0, keep=True),
        "Definition": ParagraphStyle(size=size, colour=ink, indent=16),
    }


def _headings(look: Look) -> dict[str, ParagraphStyle]:
    sizes, more = look.sizes, look.sizes.word_adds
    size, ink, accent = _body(look), word_colour(look.colours.ink), word_colour(look.colours.accent)
    opening = [f"<w:pageBreakBefore {nsdecls('w')}/>"]
    if look.headings == "ruled":
        rule = f'<w:bottom w:val="single" w:sz="8" w:space="4" w:color="{accent}"/>'
        opening.append(f"<w:pBdr {nsdecls('w')}>{rule}</w:pBdr>")
    chapter = ParagraphStyle(
        size=sizes.chapter + more, bold=True, colour=accent, after=12, keep=True, extra=tuple(opening)
    )

    def lower(points: float, before: float, after: float) -> ParagraphStyle:
        return ParagraphStyle(size=points, bold=True, colour=accent, before=before, after=after, keep=True)

    return {
        "Heading 1": chapter,
        "TOC Heading": chapter,
        "Heading 2": lower(sizes.section + more, 18, 6),
        "Heading 3": lower(sizes.subsection + more, 14, 4),
        "Heading 4": lower(size, 10, 3),
        "Heading 5": ParagraphStyle(size=size, bold=True, colour=ink, before=8, after=3, keep=True),
        "Heading 6": ParagraphStyle(size=size, colour=ink, before=8, after=3, keep=True),
    }


def _small(look: Look) -> dict[str, ParagraphStyle]:
    size, ink, quiet = _body(look), word_colour(look.colours.ink), word_colour(look.colours.quiet)
    above = ParagraphStyle(size=size - 1.5, bold=True, colour=quiet, before=8, after=4, keep=True)
    edge = ParagraphStyle(size=size - 2.5, colour=quiet, after=0)
    return {
        "Caption": above,
        "Table Caption": above,
        "Image Caption": ParagraphStyle(size=size - 1.5, colour=quiet, after=10),
        "Footnote Text": ParagraphStyle(size=size - 2, colour=ink, after=2),
        "Source Code": ParagraphStyle(size=size - 1.5, colour=ink),
        "Header": edge,
        "Footer": edge,
    }


def _cover(look: Look) -> dict[str, ParagraphStyle]:
    size, band = _body(look), look.cover == "band"
    ink, accent, alert = (word_colour(colour) for colour in (look.colours.ink, look.colours.accent, look.colours.alert))
    filled = _box(accent, accent, space=14) if band else ()
    inset = 14.0 if band else 0
    title, words, quiet = (_WHITE,) * 3 if band else (accent, ink, word_colour(look.colours.quiet))
    capitals = look.titles == "capitals"
    return {
        "Title": ParagraphStyle(
            size=look.sizes.title, bold=True, colour=title, before=6, indent=inset, capitals=capitals, extra=filled
        ),
        "Subtitle": ParagraphStyle(
            size=size + 5, bold=False, colour=words, after=40 if band else 24, indent=inset, extra=filled
        ),
        "Cover Mark": ParagraphStyle(
            size=size,
            bold=True,
            colour=alert,
            after=60 if band else 150,
            indent=7,
            extra=_box(alert, word_colour(look.colours.alert_tint)),
        ),
        "Cover Parties": ParagraphStyle(size=size + 2, colour=quiet, indent=inset, extra=filled),
        "Cover Line": ParagraphStyle(size=size + 0.5, colour=ink),
        "Cover Version": ParagraphStyle(size=size, colour=ink, bold=True, before=230, after=2),
        "Cover Status": ParagraphStyle(size=size, colour=ink, after=2),
    }


def _body(look: Look) -> float:
    return look.sizes.body + look.sizes.word_adds


def _box(colour: str, fill: str, space: int = 6) -> tuple[str, ...]:
    side = f'w:val="single" w:sz="8" w:space="{space}" w:color="{colour}"'
    sides = "".join(f"<w:{name} {side}/>" for name in ("top", "left", "bottom", "right"))
    return (f"<w:pBdr {nsdecls('w')}>{sides}</w:pBdr>", f'<w:shd {nsdecls("w")} w:val="clear" w:fill="{fill}"/>')
