"""Turn what pydantic says about a record into problems that the author of the file can mend, each with its line."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from forankring.errors import Problem
from forankring.workspace.source import Path, YamlSource


def blank_keys(error: ValidationError, data: Any) -> frozenset[Path]:
    """Return the paths of keys that were refused only because they have no value."""
    refused = (entry for entry in error.errors() if _CODES.get(entry["type"]) != "field_unknown")
    paths = (_path(entry, data) for entry in refused if entry["input"] is None)
    return frozenset(path for path in paths if path and isinstance(path[-1], str) and _found(path, data))


def problems_of(error: ValidationError, data: Any, source: YamlSource, at: Path) -> Iterator[Problem]:
    """Yield a problem for every mistake in ``data``, which stands at the path ``at`` of the source."""
    for entry in error.errors():
        path = at + _path(entry, data)
        yield Problem(
            code=_code(entry) if path or _code(entry) != "field_group" else "yaml_not_a_mapping",
            file=source.file,
            line=source.line(path),
            where=source.place(path),
            field=".".join(str(part) for part in path),
            values=_values(entry),
        )


_CODES = {
    "missing": "field_missing",
    "missing_keyword_only_argument": "field_missing",
    "missing_argument": "field_missing",
    "union_tag_not_found": "field_missing",
    "extra_forbidden": "field_unknown",
    "unexpected_keyword_argument": "field_unknown",
    "enum": "field_choice",
    "literal_error": "field_choice",
    "union_tag_invalid": "field_choice",
    "look_colour": "look_colour",
    "look_font": "look_font",
    "string_type": "field_text",
    "string_pattern_mismatch": "field_key",
    "string_too_long": "field_key",
    "tuple_type": "field_list",
    "list_type": "field_list",
    "set_type": "field_list",
    "frozen_set_type": "field_list",
    "dataclass_type": "field_group",
    "model_type": "field_group",
    "model_attributes_type": "field_group",
    "dict_type": "field_group",
    "mapping_type": "field_group",
    "greater_than": "field_too_low",
    "greater_than_equal": "field_too_low",
    "less_than": "field_too_high",
    "less_than_equal": "field_too_high",
    "finite_number": "field_number",
}
_STARTS = {"int_": "field_number", "float_": "field_number", "decimal_": "field_number", "bool_": "field_yes_no"}
_DISCRIMINATED = frozenset({"union_tag_invalid", "union_tag_not_found"})
_ONE_VALUE = frozenset({"field_choice", "field_number", "field_yes_no", "field_date", "field_time"})


def _code(entry: ErrorDetails) -> str:
    kind, given = entry["type"], entry["input"]
    code = _CODES.get(kind) or next((_STARTS[start] for start in _STARTS if kind.startswith(start)), "field_form")
    if kind.startswith(("date", "time")):
        code = "field_date" if kind.startswith("date") else "field_time"
    if given is None and code not in ("field_missing", "field_unknown"):
        return "field_empty"
    crowded = code in _ONE_VALUE and kind not in _DISCRIMINATED and isinstance(given, Mapping | list)
    return "field_text" if crowded else code


def _values(entry: ErrorDetails) -> dict[str, str | int]:
    context: dict[str, Any] = entry.get("ctx", {})
    given = context.get("tag", entry["input"])
    limit = next((context[name] for name in ("ge", "gt", "le", "lt") if name in context), "")
    return {"given": _shown(given), "allowed": _allowed(context), "limit": str(limit)}


def _path(entry: ErrorDetails, data: Any) -> Path:
    """Return where the mistake stands in ``data``: pydantic's own marks (union branches, validators) are left out."""
    steps: list[str | int] = []
    node, location = data, entry["loc"]
    for number, part in enumerate(location):
        last = number == len(location) - 1
        if _has(node, part) and (last or isinstance(node[part], Mapping | list)):
            node = node[part]
            steps.append(part)
        elif last and entry["type"].startswith("missing"):
            steps.append(part)
    if entry["type"] in _DISCRIMINATED:
        steps.append(str(entry.get("ctx", {}).get("discriminator", "")).strip("'"))
    return tuple(steps)


def _found(path: Path, data: Any) -> bool:
    node = data
    for part in path:
        if not _has(node, part):
            return False
        node = node[part]
    return True


def _has(node: Any, part: str | int) -> bool:
    if isinstance(node, Mapping):
        return part in node
    return isinstance(node, list) and isinstance(part, int) and part < len(node)


def _shown(value: object) -> str:
    text = "" if value is None or isinstance(value, Mapping | list | tuple) else str(value)
    return text if len(text) <= 60 else text[:59] + "…"


def _allowed(context: Mapping[str, Any]) -> str:
    named = str(context.get("expected_tags") or context.get("expected", ""))
    return named.replace("'", "").replace(" or ", ", ")
