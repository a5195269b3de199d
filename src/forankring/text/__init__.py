"""Parse, normalise and write the text of chapters: pure functions over pandoc's document tree."""

from forankring.text.changes import Change, changes
from forankring.text.clashes import Clash, Meeting, MergedText
from forankring.text.comparing import Token, compare
from forankring.text.contexts import Context, Reading, letters
from forankring.text.converting import Converter
from forankring.text.lines import Line, Lines, Piece, units
from forankring.text.markdown import (
    READER,
    dump_json,
    load_json,
    normal_form,
    parse,
    split_front_matter,
    write,
)
from forankring.text.meaning import meaning
from forankring.text.merge import merge
from forankring.text.nodes import (
    Document,
    Node,
    attributes,
    header,
    inlines,
    is_bare,
    is_block,
    para,
    paragraphs,
    plain,
    rewrite_blocks,
    spelt_out,
    walk,
    with_attributes,
)
from forankring.text.parts import LEVELS
from forankring.text.places import context_of, fits, is_near, put_between, put_in_place, says, stands
from forankring.text.reading import parse_all, parted, read_apart
from forankring.text.redline import redline
from forankring.text.sanitise import clean_text, restrain, sanitise
from forankring.text.sections import sections
from forankring.text.sentences import lined
from forankring.text.settling import accept, reject
from forankring.text.tables import rows_of
from forankring.text.tokens import key_of

__all__ = [
    "LEVELS",
    "READER",
    "Change",
    "Clash",
    "Context",
    "Converter",
    "Document",
    "Line",
    "Lines",
    "Meeting",
    "MergedText",
    "Node",
    "Piece",
    "Reading",
    "Token",
    "accept",
    "attributes",
    "changes",
    "clean_text",
    "compare",
    "context_of",
    "dump_json",
    "fits",
    "header",
    "inlines",
    "is_bare",
    "is_block",
    "is_near",
    "key_of",
    "letters",
    "lined",
    "load_json",
    "meaning",
    "merge",
    "normal_form",
    "para",
    "paragraphs",
    "parse",
    "parse_all",
    "parted",
    "plain",
    "put_between",
    "put_in_place",
    "read_apart",
    "redline",
    "reject",
    "restrain",
    "rewrite_blocks",
    "rows_of",
    "sanitise",
    "says",
    "sections",
    "spelt_out",
    "split_front_matter",
    "stands",
    "units",
    "walk",
    "with_attributes",
    "write",
]
