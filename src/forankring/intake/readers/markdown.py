"""Turn Markdown, with or without front matter, into an extract with line numbers."""

import re
from collections.abc import Iterator

from forankring.intake.detect import decode
from forankring.intake.readers.form import check_size, fields
from forankring.intake.readers.trees import read_tree
from forankring.intake.records import Desk, Extract, Original, Piece, Screened
from forankring.ledger import Note
from forankring.text import Node, clean_text, para, plain, rewrite_blocks, sanitise, split_front_matter, walk

READER = (
    "commonmark_x-raw_html-raw_attribute-tex_math_dollars-attributes-bracketed_spans-fenced_divs-emoji-smart"
    "-gfm_auto_identifiers-yaml_metadata_block-alerts"
)
"""The Markdown that people write: a list needs no blank line before it. Nothing raw."""

_TAG = re.compile(
    r"</?(?:a|abbr|acronym|address|area|article|aside|audio|b|base|bdi|bdo|big|blockquote|body|br|button|canvas|caption"
    r"|center|cite|code|col|colgroup|data|dd|del|details|dfn|dialog|div|dl|dt|em|embed|fieldset|figcaption|figure|font"
    r"|footer|form|frame|frameset|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|kbd|label|legend|li|link|main|map"
    r"|mark|meta|nav|noscript|object|ol|optgroup|option|p|param|picture|pre|q|rp|rt|ruby|s|samp|script|section|select"
    r"|small|source|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|template|textarea|tfoot|th|thead|time"
    r"|title|tr|tt|u|ul|var|video|wbr)(?:[\s/][^<>]*)?>",
    re.IGNORECASE,
)
"""What HTML calls a tag. Other words between angle brackets are the sender's own: ``<navn>``, ``<alle borgere>``."""
_BREAK = re.compile(r"(?i)<br\s*/?>")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TIGHT = re.compile(r"(?m)^(#{1,6})([^\s#].*)$")
_TARGET = re.compile(r"\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+[\"'][^\n]{0,200}?[\"'])?\)")
_KNOWN_BY = 40
"""So many letters tell where a block begins."""


def read_markdown(original: Original, _: Desk) -> Extract:
    """Read the file; HTML comments are screened but are not part of the text."""
    text, encoding = decode(original.path.read_bytes())
    front, body, first_line = split_front_matter(text.replace("\r\n", "\n"))
    check_size(original, body)
    comments = len(_COMMENT.findall(body))
    shown = _COMMENT.sub(lambda found: "\n" * found.group().count("\n"), body)
    tree = read_tree(original, READER, data=_TIGHT.sub(_heading, shown).encode())
    pictures = sum(node["t"] == "Image" for node in walk(tree.blocks))
    notes = [Note(code="pictures_left_out", values={"n": pictures})] if pictures else []
    notes += [Note(code="html_comments_left_out", values={"n": comments})] if comments else []
    if encoding not in ("utf-8", "ascii"):
        notes.append(Note(code="encoding_guessed", values={"encoding": encoding}))
    return Extract(
        form=fields(original, front, first_line=2) if front.strip() else None,
        pieces=tuple(_with_lines(sanitise(rewrite_blocks(tree.blocks, _without_tags)), shown, first_line)),
        screened=(Screened(text=text, lines=True),),
        notes=tuple(notes),
    )


def _heading(found: re.Match[str]) -> str:
    """Give a heading the blank that the standard wants and people leave out.

    One sign alone may be a mark of the kind of ``#dkpol``, unless a line of several words follows it and no full stop.
    """
    marks, words = found.groups()
    meant = len(marks) > 1 or (words[0].isupper() and " " in words and not words.rstrip().endswith("."))
    return f"{marks} {words}" if meant else found.group()


def _without_tags(node: Node) -> list[Node]:
    """Leave HTML tags out and keep the words between them."""
    if node["t"] == "RawInline":
        if _BREAK.fullmatch(node["c"][1].strip()):
            return [{"t": "LineBreak"}]
        words = _TAG.sub("", node["c"][1])
        return [{"t": "Str", "c": clean_text(words)}] if words else []
    if node["t"] == "RawBlock":
        text = " ".join(clean_text(_TAG.sub(" ", node["c"][1])).split())
        return [para(text)] if text else []
    return [node]


def _with_lines(blocks: tuple[Node, ...], body: str, first_line: int) -> Iterator[Piece]:
    """Find each block's line again by its first words, always looking further down."""
    lines = [_letters(line) for line in _TAG.sub("", _TARGET.sub("]", body)).split("\n")]
    cursor = 0
    for block in blocks:
        wanted = _letters(plain(block))
        found = _find(wanted, lines, cursor) if wanted else None
        cursor = cursor if found is None else found + 1
        yield Piece(node=block, line=None if found is None else found + first_line)


def _find(wanted: str, lines: list[str], start: int) -> int | None:
    wanted = wanted[:_KNOWN_BY]
    for index in range(start, len(lines)):
        if lines[index] and _run(lines, index, len(wanted)).startswith(wanted):
            return index
    return None


def _run(lines: list[str], index: int, length: int) -> str:
    """Return at least so many letters from a line on, as far as there are any."""
    letters = ""
    while index < len(lines) and len(letters) < length:
        letters += lines[index]
        index += 1
    return letters


def _letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isalpha())
