"""Turn a workspace folder into paths and frozen records: the strategy, its parties and its catalogue."""

from forankring.workspace.catalogue import Catalogue, parse_catalogue
from forankring.workspace.folder import (
    Workspace,
    clock,
    house_templates,
    load_catalogue,
    load_strategy,
    locked,
    open_workspace,
    read_text,
    reference_strategy,
    write_file,
    write_files,
    writing,
)
from forankring.workspace.look import Colours, Look, dump_look, load_look_snapshot, parse_look
from forankring.workspace.looks import house_look, load_look, look_names, look_text
from forankring.workspace.records import YesNo, record, validate
from forankring.workspace.source import YamlSource, read_yaml
from forankring.workspace.strategy import (
    Action,
    EditionFormat,
    Party,
    PartyType,
    Screening,
    Strategy,
    dump_strategy,
    load_snapshot,
    parse_strategy,
)
from forankring.workspace.templating import render_template

__all__ = [
    "Action",
    "Catalogue",
    "Colours",
    "EditionFormat",
    "Look",
    "Party",
    "PartyType",
    "Screening",
    "Strategy",
    "Workspace",
    "YamlSource",
    "YesNo",
    "clock",
    "dump_look",
    "dump_strategy",
    "house_look",
    "house_templates",
    "load_catalogue",
    "load_look",
    "load_look_snapshot",
    "load_snapshot",
    "load_strategy",
    "locked",
    "look_names",
    "look_text",
    "open_workspace",
    "parse_catalogue",
    "parse_look",
    "parse_strategy",
    "read_text",
    "read_yaml",
    "record",
    "reference_strategy",
    "render_template",
    "validate",
    "write_file",
    "write_files",
    "writing",
]
