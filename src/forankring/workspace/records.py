"""Turn plain data from outside into frozen records, and every mistake in it into a problem with its line."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, TypeVar, dataclass_transform

from pydantic import BeforeValidator, ConfigDict, StringConstraints, TypeAdapter, ValidationError, with_config

from forankring.errors import InputError
from forankring.workspace.mistakes import blank_keys, problems_of
from forankring.workspace.source import Path, YamlSource

T = TypeVar("T")

_YES_NO = {"ja": True, "nej": False, "yes": True, "no": False, "true": True, "false": False}


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def record(cls: type[T]) -> type[T]:
    """Make the class a frozen record that pydantic can fill at the door and that refuses unknown keys."""
    return with_config(ConfigDict(extra="forbid"))(dataclass(frozen=True, slots=True, kw_only=True)(cls))


def _yes_no(value: object) -> object:
    return _YES_NO.get(value.strip().casefold(), value) if isinstance(value, str) else value


YesNo = Annotated[bool, BeforeValidator(_yes_no)]
"""A boolean that may be written ``ja`` or ``nej``."""

Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([-_][a-z0-9]+)*$", max_length=80)]
"""A name that files and folders are called by: it can be nothing but a name, in any system."""


def validate(kind: Any, source: YamlSource, *, data: Any = None, at: Path = ()) -> Any:
    """Return ``data`` (by default all of ``source``) as the record type ``kind``; raise InputError with every mistake.

    ``at`` is the path of ``data`` inside the source, for line numbers. A key without a value (``aliases:``) counts as
    a key that is not there.
    """
    given = source.data if data is None else data
    try:
        return _adapter(kind).validate_python(given)
    except ValidationError as error:
        blanks = blank_keys(error, given)
        if not blanks:
            raise InputError(*problems_of(error, given, source, at)) from error
    given = _without(given, blanks)
    try:
        return _adapter(kind).validate_python(given)
    except ValidationError as error:
        raise InputError(*problems_of(error, given, source, at)) from error


@functools.cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _without(data: Any, dropped: frozenset[Path], path: Path = ()) -> Any:
    if isinstance(data, Mapping):
        kept = {key: value for key, value in data.items() if (*path, key) not in dropped}
        return {key: _without(value, dropped, (*path, key)) for key, value in kept.items()}
    if isinstance(data, list):
        return [_without(item, dropped, (*path, index)) for index, item in enumerate(data)]
    return data
