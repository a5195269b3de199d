"""Turn what met in merges into conflicts.json, the list of places where a human has yet to decide."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from pydantic import TypeAdapter, ValidationError

from forankring.errors import InputError, Problem
from forankring.versions.prose import Prose, line_of
from forankring.versions.records import WHOLE, Conflict

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


def still_open(register: Register, chapters: Mapping[str, bytes], prose: Prose) -> Register:
    """Drop the conflicts that a human has decided: what stood there is gone, or both sides agree."""
    texts = {path: data.decode("utf-8", "replace") for path, data in chapters.items()}
    waiting = [
        _followed(conflict, texts, prose)
        for conflict in register.open
        if conflict.standing.strip() != conflict.theirs.strip()
    ]
    parts = [conflict for conflict in waiting if conflict.level != WHOLE]
    standing = dict(zip(parts, prose.stands(texts, parts), strict=True)) if parts else {}
    kept = (item for item in waiting if standing.get(item, item.level == WHOLE and _is_undecided(item, chapters)))
    return replace(register, open=tuple(_placed(item, texts) for item in kept))


def with_conflicts(register: Register, found: Iterable[Conflict]) -> tuple[Register, tuple[Conflict, ...]]:
    """Add conflicts, each with a number of its own; one that met the same human text again keeps its number.

    Returns the register, and what was added as it is numbered there.
    """
    waiting, added, number = list(register.open), [], register.next
    for conflict in found:
        earlier = _earlier(waiting, conflict)
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
    if unknown and not register.open:
        raise InputError(Problem(code="no_open_conflicts"))
    if unknown:
        listed = ", ".join(str(item.number) for item in register.open)
        raise InputError(Problem(code="conflict_unknown", values={"given": unknown[0], "open": listed}))
    return replace(register, open=tuple(item for item in register.open if item.number not in wanted))


def find(register: Register, number: int) -> Conflict:
    """Return one open conflict; raise InputError that lists those there are."""
    without(register, [number])
    return next(item for item in register.open if item.number == number)


def _followed(conflict: Conflict, texts: Mapping[str, str], prose: Prose) -> Conflict:
    """Return the conflict with the chapter in which its words stand now, where its own has another name or is gone."""
    if conflict.path in texts or conflict.level == WHOLE or not conflict.standing:
        return conflict
    elsewhere = [replace(conflict, path=path) for path in sorted(texts)]
    return next(
        (item for item, found in zip(elsewhere, prose.stands(texts, elsewhere), strict=True) if found), conflict
    )


def _is_undecided(conflict: Conflict, chapters: Mapping[str, bytes]) -> bool:
    """Tell whether a whole chapter is still there, or still gone, against what theirs would have."""
    return (conflict.path in chapters) == bool(conflict.ours)


def _placed(conflict: Conflict, chapters: Mapping[str, str]) -> Conflict:
    """Return the conflict with its present line."""
    if conflict.path not in chapters:
        return conflict
    return replace(conflict, line=line_of(chapters[conflict.path], conflict))


def _earlier(waiting: Iterable[Conflict], now: Conflict) -> Conflict | None:
    """Return the conflict in which the same human text stood against the proposal before this one: what theirs was is
    now the base. Where that was never merged, the same two texts meet again."""
    same = [item for item in waiting if (item.path, item.level, item.standing) == (now.path, now.level, now.standing)]
    older = [item for item in same if item.theirs == now.base or (not now.standing and item.theirs in now.base)]
    again = [item for item in same if (item.base, item.theirs) == (now.base, now.theirs)]
    return next(iter([*older, *again]), None)
