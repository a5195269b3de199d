"""Turn what met in merges into conflicts.json, the list of places where a human has yet to decide."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from pydantic import TypeAdapter, ValidationError

from forankring.errors import InputError, Problem
from forankring.versions.records import Conflict

FILE = "conflicts.json"


@dataclass(frozen=True, slots=True)
class Register:
    """The open conflicts in the order of their numbers, and the first number that was never given."""

    next: int = 1
    open: tuple[Conflict, ...] = ()


_REGISTER = TypeAdapter(Register)


def load_register(data: bytes | None) -> Register:
    """Read conflicts.json; raise InputError where a hand has broken it."""
    if data is None:
        return Register()
    try:
        return _REGISTER.validate_json(data)
    except ValidationError as error:
        raise InputError(Problem(code="conflicts_unreadable", file=FILE)) from error


def dump_register(register: Register) -> bytes:
    """Return conflicts.json; the same register gives the same bytes."""
    return _REGISTER.dump_json(register, indent=1) + b"\n"


def still_open(register: Register, chapters: Mapping[str, bytes]) -> Register:
    """Drop the conflicts that a human has decided: the text that stood there is gone, or both sides agree."""
    return replace(register, open=tuple(now for old in register.open if (now := _standing(old, chapters)) is not None))


def with_conflicts(register: Register, found: Iterable[Conflict]) -> tuple[Register, tuple[Conflict, ...]]:
    """Add conflicts, each with a number of its own; one that met the same human text again keeps its number.

    Returns the register, and what was added as it is numbered there.
    """
    waiting, added, number = list(register.open), [], register.next
    for conflict in found:
        earlier = next((item for item in waiting if _is_same_place(item, conflict)), None)
        if earlier is None:
            added.append(replace(conflict, number=number))
            number += 1
        else:
            waiting.remove(earlier)
            added.append(replace(conflict, number=earlier.number))
    return Register(number, tuple(sorted([*waiting, *added], key=lambda item: item.number))), tuple(added)


def without(register: Register, numbers: Iterable[int]) -> Register:
    """Drop these conflicts; raise InputError for a number that is not open."""
    wanted = set(numbers)
    unknown = sorted(wanted - {item.number for item in register.open})
    if unknown:
        listed = ", ".join(str(item.number) for item in register.open) or "–"
        raise InputError(Problem(code="conflict_unknown", file=FILE, values={"given": unknown[0], "open": listed}))
    return replace(register, open=tuple(item for item in register.open if item.number not in wanted))


def _standing(conflict: Conflict, chapters: Mapping[str, bytes]) -> Conflict | None:
    """Return the conflict with its present line, None when it is decided."""
    if conflict.ours.strip() == conflict.theirs.strip():
        return None
    data = chapters.get(conflict.path)
    if conflict.line == 0:
        return conflict if (data is not None) == bool(conflict.ours) else None
    if data is None:
        return None
    text = data.decode("utf-8", "replace")
    if not conflict.ours:
        return None if conflict.theirs in text else conflict
    at = _nearest(text, conflict)
    return None if at is None else replace(conflict, line=at)


def _is_same_place(earlier: Conflict, now: Conflict) -> bool:
    """Tell whether the same human text stands against a newer proposal; a deletion is known by the older one."""
    same = (earlier.path, earlier.ours, earlier.line == 0) == (now.path, now.ours, now.line == 0)
    return same and (bool(now.ours) or earlier.theirs in now.base)


def _nearest(text: str, conflict: Conflict) -> int | None:
    """Return the line where the human's text stands, the one nearest to where it last stood."""
    lines: list[int] = []
    at = text.find(conflict.ours)
    while at >= 0:
        if at == 0 or text[at - 1] == "\n":
            lines.append(text.count("\n", 0, at) + 1)
        at = text.find(conflict.ours, at + 1)
    return min(lines, key=lambda line: abs(line - conflict.line), default=None)
