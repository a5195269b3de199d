"""Turn the answers found in a form into the data that a YAML form has, each with its place; tell what is missing."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from forankring.errors import InputError, Problem
from forankring.intake.forms.fields import Field, Shape, form_of
from forankring.intake.forms.words import kind_of, value_of
from forankring.intake.records import Desk
from forankring.intake.times import unplanned
from forankring.language import Locale
from forankring.ledger import InputKind, Note
from forankring.text import clean_text
from forankring.workspace import YamlSource

Path = tuple[str | int, ...]

_BEFOREHAND = frozenset(
    "kind round party capacity on_behalf_of contact language about chapter publication publication_reason declaration "
    "attachments case_ref".split()
)
"""What may stand in a form that says nothing yet."""

_SEVERAL = frozenset({Shape.CHOICES, Shape.LINES, Shape.REFERENCES})


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What stands in one field. ``row`` counts the rows of a group from 0; ``place`` is in words, ``cell`` as in the
    ledger."""

    field: Field
    text: str
    row: int | None = None
    place: str = ""
    cell: str = ""

    @property
    def path(self) -> Path:
        """Where the answer belongs in the data."""
        path = self.field.path
        return path if self.row is None else (path[0], self.row, *path[1:])


def source_of(kind: InputKind, answers: Iterable[Answer], desk: Desk, file: str) -> YamlSource:
    """Return the answers as a form's data with their places; empty rows of a group are left out."""
    data: dict[str, Any] = {"kind": str(kind)}
    places: dict[Path, str] = {}
    cells: dict[Path, str] = {}
    for answer in answers:
        if answer.field.name == "kind":
            continue
        text = clean_text(answer.text).strip()
        for path in _with_parents(answer.path):
            if answer.place:
                places.setdefault(path, answer.place)
            if answer.cell:
                cells.setdefault(path, answer.cell)
        if text:
            _put(data, answer.path, value_of(answer.field, text, desk.locale))
    _name_round(data, desk)
    return without_blanks(YamlSource(file=file, data=_listed(data), lines={}, places=places, cells=cells))


def without_blanks(source: YamlSource) -> YamlSource:
    """Return the source without groups and items of lists in which nothing is written; the others keep their places.

    A group of fields that are all empty says that there is nothing to tell: no AI, no change of law.
    """
    moved: dict[Path, Path] = {}
    data = _kept(source.data, (), (), moved)
    return replace(
        source,
        data=data,
        lines=_moved(source.lines, moved),
        places=_moved(source.places, moved),
        cells=_moved(source.cells, moved),
    )


def with_lists(source: YamlSource, locale: Locale) -> YamlSource:
    """Return the source with several answers that stand in one text as a list: ``goals: M1, M2``."""
    kind = _kind(source)
    if kind is None:
        return source
    several = {item.path: item for item in form_of(kind).names.values() if item.shape in _SEVERAL}
    return replace(source, data=_in_lists(source.data, (), several, locale))


def check_filled(source: YamlSource) -> None:
    """Raise InputError where a form says nothing but what stood in it beforehand."""
    data = source.data
    if "kind" in data and not any(_says(value) for key, value in data.items() if key not in _BEFOREHAND):
        raise InputError(Problem(code="form_not_filled_in", file=source.file))


def gaps(source: YamlSource, locale: Locale) -> tuple[Note, ...]:
    """Return notes that name the fields that should be filled in but are not, and times that nobody but a human
    understands; an unknown kind has none."""
    kind = _kind(source)
    if kind is None:
        return ()
    missing = [item.name for item in form_of(kind).fields if _is_gap(item, source.data)]
    unclear = [".".join(map(str, path)) for path in unplanned(source.data)]
    notes = []
    if missing:
        notes.append(Note(code="form_gaps", values={"fields": ", ".join(map(locale.field_label, missing))}))
    if unclear:
        notes.append(Note(code="form_times_unclear", values={"fields": ", ".join(map(locale.field_label, unclear))}))
    return tuple(notes)


def _kind(source: YamlSource) -> InputKind | None:
    given = source.data.get("kind")
    return kind_of(given) if isinstance(given, str) else None


def _is_gap(item: Field, data: Mapping[str, Any]) -> bool:
    if _says(_value(item, data)):
        return False
    if item.name == "evidence" and data.get("assessment") == "unknown":
        return False
    if item.name == "on_behalf_of":
        return data.get("capacity") == "on_behalf"
    return item.required or (item.path[0] == "ai" and _says(data.get("ai")))


def _value(item: Field, data: Mapping[str, Any]) -> Any:
    node: Any = data
    for part in item.path:
        node = node.get(part) if isinstance(node, Mapping) else node if part == "name" else None
    return node


def _says(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(_says(item) for item in value.values())
    if isinstance(value, list):
        return any(_says(item) for item in value)
    return value is not None and bool(str(value).strip())


def _with_parents(path: Path) -> Iterator[Path]:
    yield path
    if len(path) > 1:
        yield path[:-1]
        yield path[:1]


def _put(data: dict[str, Any], path: Path, value: Any) -> None:
    """Put a value into nested mappings; rows are mappings by their number until ``_listed``."""
    node: dict[Any, Any] = data
    for part in path[:-1]:
        node = node.setdefault(part, {})
    node.setdefault(path[-1], value)


def _listed(node: Any) -> Any:
    """Turn mappings by number into lists."""
    if not isinstance(node, dict):
        return node
    if node and all(isinstance(key, int) for key in node):
        return [_listed(node.get(n)) for n in range(max(node) + 1)]
    return {key: _listed(value) for key, value in node.items()}


def _name_round(data: dict[str, Any], desk: Desk) -> None:
    """Replace the title of a round by its key."""
    given = data.get("round")
    found = next((item.key for item in desk.strategy.rounds if given == item.title), given)
    if found:
        data["round"] = found


def _kept(node: Any, old: Path, new: Path, moved: dict[Path, Path]) -> Any:
    moved[old] = new
    if isinstance(node, Mapping):
        said = ((key, value) for key, value in node.items() if _says(value) or not isinstance(value, Mapping))
        return {key: _kept(value, (*old, key), (*new, key), moved) for key, value in said}
    if isinstance(node, list):
        kept = [(index, item) for index, item in enumerate(node) if _says(item)]
        return [_kept(item, (*old, index), (*new, n), moved) for n, (index, item) in enumerate(kept)]
    return node


def _in_lists(node: Any, path: tuple[str, ...], several: Mapping[tuple[str, ...], Field], locale: Locale) -> Any:
    if isinstance(node, Mapping):
        return {key: _in_lists(value, (*path, key), several, locale) for key, value in node.items()}
    if path in several:
        return value_of(several[path], node, locale) if isinstance(node, str) else node
    return [_in_lists(item, path, several, locale) for item in node] if isinstance(node, list) else node


def _moved(places: Mapping[Path, Any], moved: Mapping[Path, Path]) -> dict[Path, Any]:
    """Return the places under their new paths; those of rows that were left out are gone, empty fields' are kept."""
    found: dict[Path, Any] = {}
    for path, place in places.items():
        if path in moved:
            found[moved[path]] = place
        elif path[:-1] in moved:
            parent = moved[path[:-1]]
            if isinstance(path[-1], str):
                found[(*parent, path[-1])] = place
    return found
