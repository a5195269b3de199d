"""Turn YAML text from outside into plain data in which every scalar is still text, with the line of each path."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from forankring.errors import InputError, Problem

Path = tuple[str | int, ...]

MAX_DEPTH = 20
MAX_EVENTS = 50_000

_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(frozen=True, slots=True, kw_only=True)
class YamlSource:
    """Parsed YAML: every scalar is still text (so ``1.10``, ``no`` and dates survive), with the line of each path.

    A form that has no lines has ``places`` instead, in words (»celle B7«) and in the form's order; ``cells`` are the
    same as a ledger keeps them (``Ark1!B7``).
    """

    file: str
    data: Any
    lines: Mapping[Path, int]
    places: Mapping[Path, str] = field(default_factory=dict)
    cells: Mapping[Path, str] = field(default_factory=dict)

    def line(self, path: Path) -> int | None:
        """Return the line of ``path``, or of the nearest node around it that has one."""
        for end in range(len(path), -1, -1):
            if path[:end] in self.lines:
                return self.lines[path[:end]]
        return None

    def place(self, path: Path) -> str:
        """Return where ``path`` stands in words, or the nearest node around it that has a place; else nothing."""
        return next((self.places[path[:end]] for end in range(len(path), -1, -1) if path[:end] in self.places), "")

    def rank(self, field_path: str) -> int:
        """Return how far down in the form a field stands that has a place; 0 where places do not count."""
        ranks = {".".join(map(str, path)): rank for rank, path in enumerate(self.places, 1)}
        return ranks.get(field_path, 0)


def read_yaml(text: str, file: str, *, first_line: int = 1) -> YamlSource:
    """Parse YAML without interpreting scalars; refuse aliases, duplicate keys and absurd sizes.

    ``first_line`` is the line in ``file`` where ``text`` begins (front matter). Raises InputError.
    """
    source, problems = scan_yaml(text, file, first_line=first_line)
    if problems:
        raise InputError(*problems)
    return source


def scan_yaml(text: str, file: str, *, first_line: int = 1) -> tuple[YamlSource, tuple[Problem, ...]]:
    """Parse like ``read_yaml``, but hand back the duplicate keys, so that a caller can tell every mistake at once."""
    try:
        _measure(text, file, first_line)
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + first_line if mark else None
        deep = "nesting depth" in (error.problem or "")  # newer parsers stop by themselves
        raise InputError(Problem(code="yaml_too_complex" if deep else "yaml_syntax", file=file, line=line)) from error
    except yaml.YAMLError as error:
        raise InputError(Problem(code="yaml_syntax", file=file)) from error
    builder = _Builder(file, first_line)
    data = builder.build(node, ())
    return YamlSource(file=file, data=data, lines=builder.lines), tuple(builder.problems)


def _measure(text: str, file: str, first_line: int) -> None:
    """Refuse aliases, deep nesting and huge files from the flat stream of events: composing them could crash."""
    depth = 0
    for count, event in enumerate(yaml.parse(text, Loader=yaml.CSafeLoader)):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent) or depth > MAX_DEPTH or count > MAX_EVENTS:
            line = event.start_mark.line + first_line if event.start_mark else None
            raise InputError(Problem(code="yaml_too_complex", file=file, line=line))


class _Builder:
    """Build plain data from YAML nodes; note the line of every path, and keys that stand twice."""

    def __init__(self, file: str, first_line: int) -> None:
        self.file, self.first_line = file, first_line
        self.lines: dict[Path, int] = {}
        self.problems: list[Problem] = []

    def build(self, node: yaml.Node | None, path: Path) -> Any:
        if node is None:
            return None
        self.lines.setdefault(path, node.start_mark.line + self.first_line)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, (*path, index)) for index, item in enumerate(node.value)]
        return _scalar(node)

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value in node.value:
            line = key_node.start_mark.line + self.first_line
            if not isinstance(key_node, yaml.ScalarNode):
                raise InputError(Problem(code="yaml_syntax", file=self.file, line=line))
            key = str(key_node.value)
            if key in result:
                field_path = ".".join(str(part) for part in (*path, key))
                self.problems.append(Problem(code="yaml_duplicate", file=self.file, line=line, field=field_path))
                continue
            self.lines[(*path, key)] = line
            result[key] = self.build(value, (*path, key))
        return result


def _scalar(node: yaml.Node) -> str | None:
    """Return the text; only a plain scalar can mean »nothing«, a quoted one is always text."""
    quoted = getattr(node, "style", None) in ("'", '"', "|", ">")
    return None if not quoted and node.value in _NOTHING else str(node.value)
