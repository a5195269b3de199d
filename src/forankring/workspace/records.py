"""Turn YAML text from outside into frozen records, and every mistake in it into a problem with its line."""

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, TypeVar, dataclass_transform

import yaml
from pydantic import BeforeValidator, ConfigDict, TypeAdapter, ValidationError, with_config

from forankring.errors import InputError, Problem

T = TypeVar("T")
Path = tuple[str | int, ...]

MAX_DEPTH = 20
MAX_NODES = 50_000

_YES_NO = {"ja": True, "nej": False, "yes": True, "no": False, "true": True, "false": False}


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def record(cls: type[T]) -> type[T]:
    """Make the class a frozen record that pydantic can fill at the door and that refuses unknown keys."""
    return with_config(ConfigDict(extra="forbid"))(dataclass(frozen=True, slots=True, kw_only=True)(cls))


def _yes_no(value: object) -> object:
    return _YES_NO.get(value.strip().casefold(), value) if isinstance(value, str) else value


YesNo = Annotated[bool, BeforeValidator(_yes_no)]
"""A boolean that may be written ``ja`` or ``nej``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YamlSource:
    """Parsed YAML: every scalar is still text (so ``1.10``, ``no`` and dates survive), with the line of each path."""

    file: str
    data: Any
    lines: Mapping[Path, int]

    def line(self, path: Path) -> int | None:
        """Return the line of ``path``, or of the nearest node around it that has one."""
        for end in range(len(path), -1, -1):
            if path[:end] in self.lines:
                return self.lines[path[:end]]
        return None


def read_yaml(text: str, file: str, *, first_line: int = 1) -> YamlSource:
    """Parse YAML without interpreting scalars; refuse anchors, duplicate keys and absurd sizes.

    ``first_line`` is the line in ``file`` where ``text`` begins (front matter). Raises InputError.
    """
    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + first_line if mark else None
        raise InputError(Problem(code="yaml_syntax", file=file, line=line)) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise InputError(Problem(code="yaml_syntax", file=file)) from error
    builder = _Builder(file, first_line)
    return YamlSource(file=file, data=builder.build(node, ()), lines=builder.lines)


def validate(kind: Any, source: YamlSource, *, data: Any = None, at: Path = ()) -> Any:
    """Return ``data`` (by default all of ``source``) as the record type ``kind``; raise InputError with every mistake.

    ``at`` is the path of ``data`` inside the source, for line numbers.
    """
    try:
        return _adapter(kind).validate_python(source.data if data is None else data)
    except ValidationError as error:
        raise InputError(*_problems(error, source, at)) from error


@functools.cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


class _Builder:
    """Build plain data from YAML nodes and note the line of every path."""

    def __init__(self, file: str, first_line: int) -> None:
        self.file, self.first_line = file, first_line
        self.lines: dict[Path, int] = {}
        self._seen: set[int] = set()

    def build(self, node: yaml.Node | None, path: Path) -> Any:
        if node is None:
            return None
        line = node.start_mark.line + self.first_line
        self.lines.setdefault(path, line)
        if id(node) in self._seen or len(path) > MAX_DEPTH or len(self.lines) > MAX_NODES:
            raise InputError(Problem(code="yaml_too_complex", file=self.file, line=line))
        self._seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, (*path, index)) for index, item in enumerate(node.value)]
        return _scalar(node)

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value in node.value:
            key, line = str(key_node.value), key_node.start_mark.line + self.first_line
            if key in result:
                raise InputError(Problem(code="yaml_duplicate", file=self.file, line=line, field=key))
            self.lines[(*path, key)] = line
            result[key] = self.build(value, (*path, key))
        return result


def _scalar(node: yaml.Node) -> str | None:
    empty = getattr(node, "style", None) is None and node.value in ("", "~", "null")
    return None if empty else str(node.value)


def _problems(error: ValidationError, source: YamlSource, at: Path) -> Iterator[Problem]:
    for entry in error.errors():
        path = at + tuple(part for part in entry["loc"] if not _is_branch(part))
        yield Problem(
            code=_code(entry["type"]),
            file=source.file,
            line=source.line(path),
            field=".".join(str(part) for part in path),
            values={"given": _shown(entry.get("input")), "allowed": _allowed(entry)},
        )


_CODES = {
    "missing": "field_missing",
    "missing_keyword_only_argument": "field_missing",
    "missing_argument": "field_missing",
    "extra_forbidden": "field_unknown",
    "unexpected_keyword_argument": "field_unknown",
    "enum": "field_choice",
    "literal_error": "field_choice",
    "union_tag_invalid": "field_choice",
    "int_parsing": "field_number",
    "decimal_parsing": "field_number",
    "float_parsing": "field_number",
    "bool_parsing": "field_yes_no",
}


def _code(kind: str) -> str:
    if kind.startswith(("date", "time")):
        return "field_date"
    return _CODES.get(kind, "field_form")


def _is_branch(part: str | int) -> bool:
    """Tell pydantic's own marks in a path (``function-before``, ``tuple[...]``) from field names."""
    return isinstance(part, str) and not part.replace("_", "").isalnum()


def _shown(value: object) -> str:
    text = "" if value is None or isinstance(value, Mapping | list | tuple) else str(value)
    return text if len(text) <= 60 else text[:59] + "…"


def _allowed(entry: Any) -> str:
    return str(entry.get("ctx", {}).get("expected", "")).replace("'", "").replace(" or ", ", ")
