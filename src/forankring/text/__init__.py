"""Parse, normalise and write the text of chapters: pure functions over pandoc's document tree."""

from forankring.text.changes import Change, changes
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
from forankring.text.merge import Clash, Meeting, MergedText, merge
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
from forankring.text.redline import redline
from forankring.text.sanitise import clean_text, restrain, sanitise
from forankring.text.sentences import lined
from forankring.text.settling import accept, reject
from forankring.text.tables import rows_of

__all__ = [
    "READER",
    "Change",
    "Clash",
    "Document",
    "Meeting",
    "MergedText",
    "Node",
    "accept",
    "attributes",
    "changes",
    "clean_text",
    "dump_json",
    "header",
    "inlines",
    "is_bare",
    "is_block",
    "lined",
    "load_json",
    "meaning",
    "merge",
    "normal_form",
    "para",
    "paragraphs",
    "parse",
    "plain",
    "redline",
    "reject",
    "restrain",
    "rewrite_blocks",
    "rows_of",
    "sanitise",
    "spelt_out",
    "split_front_matter",
    "walk",
    "with_attributes",
    "write",
]
