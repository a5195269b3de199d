"""Turn ledger, catalogue and templates into chapters."""

from forankring.drafting.completeness import Requirement, dump_completeness, load_completeness
from forankring.drafting.naming import name_blocks
from forankring.drafting.provenance import (
    BlockSource,
    Passage,
    Provenance,
    describe,
    dump_provenance,
    load_provenance,
    passages,
    sources_of,
    sources_of_blocks,
)
from forankring.drafting.rendering import Draft, carry_provenance, render
from forankring.text import units

__all__ = [
    "BlockSource",
    "Draft",
    "Passage",
    "Provenance",
    "Requirement",
    "carry_provenance",
    "describe",
    "dump_completeness",
    "dump_provenance",
    "load_completeness",
    "load_provenance",
    "name_blocks",
    "passages",
    "render",
    "sources_of",
    "sources_of_blocks",
    "units",
]
