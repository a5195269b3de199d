"""Turn short descriptions of texts into small Word files that hold every construct an edition may hold."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from forankring.publishing.word.file import packed

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
SPACES = f'xmlns:w="{WORD}" xmlns:r="{OFFICE}/relationships"'
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PARTS = (("document", "document.main"), ("footnotes",) * 2, ("numbering",) * 2, ("styles",) * 2, ("header1", "header"))
SIGNS = {"*": "bold", "[": "link", "^": "note", "#": "field", "!": "picture", "/": "break"}


@dataclass(frozen=True)
class Word:
    """One piece of a paragraph: text, or what ``kind`` says of it."""

    text: str
    kind: str = "text"


@dataclass(frozen=True)
class Para:
    """One paragraph. ``item`` is its list and how deep it is in it, ``name`` a bookmark around its words; ``section``
    lets a section of the text end with it, ``next`` keeps it with what follows."""

    words: tuple[Word, ...] = ()
    style: str = "BodyText"
    item: tuple[str, int] | None = None
    name: str = ""
    section: bool = False
    next: bool = False


@dataclass(frozen=True)
class Table:
    """One table: rows of cells of paragraphs."""

    rows: tuple[tuple[tuple[Para, ...], ...], ...]
    width: int = 1000


Block = Para | Table


def para(
    text: str, style: str = "BodyText", item: tuple[str, int] | None = None, name: str = "", next: bool = False
) -> Para:
    """Return a paragraph of words, of which a sign before one tells that it is bold, a link, a note … (``SIGNS``)."""
    words = []
    for number, part in enumerate(text.split()):
        words += [Word(" ")] if number else []
        words.append(Word(part[1:], SIGNS[part[0]]) if part[0] in SIGNS else Word(part))
    return Para(tuple(words), style, item, name, next=next)


def table(*rows: str, width: int = 1000) -> Table:
    """Return a table; a bar parts cells, a semicolon the paragraphs of one."""
    cells = [[cell.split(";") for cell in row.split("|")] for row in rows]
    return Table(tuple(tuple(tuple(map(para, cell)) for cell in row) for row in cells), width)


def word_file(*blocks: Block, head: str = "Hoved", seed: int = 0) -> bytes:
    """Return a small Word file; ``seed`` changes all its ids and nothing else."""
    return _Writer(seed).file(blocks, head)


@dataclass
class _Writer:
    seed: int
    relations: dict[tuple[str, str], str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    lists: dict[str, int] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)
    number: int = 0

    def file(self, blocks: Iterable[Block], head: str) -> bytes:
        body = "".join(self.block(block) for block in blocks)
        edge = self.relation("header", "header1.xml")
        for name in ("footnotes", "numbering", "styles"):
            self.relation(name, f"{name}.xml")
        last = f'<w:headerReference w:type="default" r:id="{edge}"/><w:pgSz w:w="11906" w:h="16838"/>'
        parts = {
            "[Content_Types].xml": _types(),
            "_rels/.rels": _rels({("officeDocument", "word/document.xml"): "rId1"}),
            "word/_rels/document.xml.rels": _rels(self.relations),
            "word/document.xml": _root("document", f"<w:body>{body}<w:sectPr>{last}</w:sectPr></w:body>"),
            "word/footnotes.xml": _root("footnotes", _lines() + "".join(self.notes)),
            "word/numbering.xml": _root("numbering", self.numbering()),
            "word/styles.xml": _root("styles", _styles()),
            "word/header1.xml": _root("hdr", f"<w:p><w:r><w:t>{escape(head)}</w:t></w:r></w:p>"),
        }
        return packed({**{name: (HEAD + part).encode() for name, part in parts.items()}, **self.pictures})

    def block(self, block: Block) -> str:
        if isinstance(block, Para):
            return self.para(block)
        columns = max(len(row) for row in block.rows)
        grid = f'<w:gridCol w:w="{block.width}"/>' * columns
        rows = "".join(f"<w:tr>{''.join(self.cell(cell, block) for cell in row)}</w:tr>" for row in block.rows)
        size = f'<w:tblW w:w="{block.width * columns}" w:type="dxa"/>'
        return f"<w:tbl><w:tblPr>{size}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"

    def cell(self, paragraphs: tuple[Para, ...], block: Table) -> str:
        size = f'<w:tcW w:w="{block.width}" w:type="dxa"/>'
        return f"<w:tc><w:tcPr>{size}</w:tcPr>{''.join(map(self.para, paragraphs))}</w:tc>"

    def para(self, block: Para) -> str:
        item = section = ""
        if block.item:
            key, depth = block.item
            number = self.lists.setdefault(key, len(self.lists) + 100 + self.seed)
            item = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
        if block.section:
            section = '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/></w:sectPr>'
        keep = "<w:keepNext/>" if block.next else ""
        words = "".join(self.word(word) for word in block.words)
        if block.name:
            self.number += 1
            start = f'<w:bookmarkStart w:id="{self.number + self.seed}" w:name={quoteattr(block.name)}/>'
            words = f'{start}{words}<w:bookmarkEnd w:id="{self.number + self.seed}"/>'
        return f'<w:p><w:pPr><w:pStyle w:val="{block.style}"/>{keep}{item}{section}</w:pPr>{words}</w:p>'

    def word(self, word: Word) -> str:
        text = f'<w:t xml:space="preserve">{escape(word.text)}</w:t>'
        match word.kind:
            case "bold":
                return f"<w:r><w:rPr><w:b/></w:rPr>{text}</w:r>"
            case "link":
                target = self.relation("hyperlink", f"https://eksempel.dk/{word.text}")
                return f'<w:hyperlink r:id="{target}"><w:r>{text}</w:r></w:hyperlink>'
            case "note":
                return f'<w:r><w:footnoteReference w:id="{self.note(word.text)}"/></w:r>'
            case "field":
                chars = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
                code = '<w:r><w:instrText xml:space="preserve"> SEQ Figur </w:instrText></w:r>'
                return f"{chars[0]}{code}{chars[1]}<w:r>{text}</w:r>{chars[2]}"
            case "picture":
                return self.picture(word.text)
            case "break":
                return "<w:r><w:br/></w:r>"
            case _:
                return f"<w:r>{text}</w:r>"

    def note(self, text: str) -> int:
        """Write a note; a semicolon parts its blocks, and one with bars is a table of one row."""
        number = len(self.notes) + 1 + self.seed
        at = len(self.notes)
        self.notes.append("")
        first, *others = text.replace("_", " ").split(";")
        words = f'<w:r><w:t xml:space="preserve"> {escape(first)}</w:t></w:r>'
        blocks = "".join(self.block(table(part) if "|" in part else Para((Word(part),))) for part in others)
        start = "<w:p><w:r><w:footnoteRef/></w:r>"
        self.notes[at] = f'<w:footnote w:id="{number}">{start}{words}</w:p>{blocks}</w:footnote>'
        return number

    def picture(self, name: str) -> str:
        self.number += 1
        file = f"media/{self.seed}{name}.png"
        self.pictures[f"word/{file}"] = name.encode()
        relation = self.relation("image", file)
        blip = f'<a:blip xmlns:a="{DRAWING}/main" r:embed="{relation}"/>'
        named = f'<wp:docPr id="{self.number + self.seed}" name="Billede {self.number}" descr={quoteattr(name)}/>'
        return (
            f'<w:r><w:drawing><wp:inline xmlns:wp="{DRAWING}/wordprocessingDrawing">{named}{blip}</wp:inline>'
            "</w:drawing></w:r>"
        )

    def relation(self, kind: str, target: str) -> str:
        return self.relations.setdefault((kind, target), f"rId{len(self.relations) + 1 + self.seed}")

    def numbering(self) -> str:
        one = "1"
        levels = "".join(
            f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{{0}}"/></w:lvl>' for depth in range(2)
        )
        kinds = "".join(
            f'<w:abstractNum w:abstractNumId="{number}">{levels.format(kind)}</w:abstractNum>'
            for number, kind in enumerate(("bullet", "decimal"), 1 + self.seed)
        )
        numbers = "".join(
            f'<w:num w:numId="{number}"><w:abstractNumId w:val="{1 + self.seed + (key[0] == one)}"/></w:num>'
            for key, number in self.lists.items()
        )
        return kinds + numbers


def _root(name: str, inside: str) -> str:
    return f"<w:{name} {SPACES}>{inside}</w:{name}>"


def _lines() -> str:
    kinds = (("separator", -1), ("continuationSeparator", 0))
    return "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for kind, number in kinds
    )


def _styles() -> str:
    names = ("BodyText", "Heading1", "Heading2", "Caption")
    return "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/></w:style>' for name in names
    )


def _rels(relations: dict[tuple[str, str], str]) -> str:
    lines = "".join(
        f'<Relationship Id="{number}" Type="{OFFICE}/relationships/{kind}" Target={quoteattr(target)}'
        + (' TargetMode="External"/>' if kind == "hyperlink" else "/>")
        for (kind, target), number in relations.items()
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{lines}</Relationships>'


def _types() -> str:
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    endings = {"rels": rels, "xml": "application/xml", "png": "image/png"}
    lines = "".join(f'<Default Extension="{ending}" ContentType="{kind}"/>' for ending, kind in endings.items())
    lines += "".join(f'<Override PartName="/word/{name}.xml" ContentType="{word}.{kind}+xml"/>' for name, kind in PARTS)
    return f'<Types xmlns="{PACKAGE}/content-types">{lines}</Types>'
