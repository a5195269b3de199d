"""Say what went wrong in two families: someone can mend the input, or a tool failed."""

import dataclasses
from collections.abc import Mapping


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that someone can mend.

    ``code`` names an entry under ``problems`` in every locale file (``what`` and ``remedy``); ``values`` fill its
    placeholders. ``field`` is the field's path as written in the file (``benefits.0.owner``), ``line`` counts from 1;
    ``where`` is the place in words where a file has no lines (``celle B7``).
    """

    code: str
    file: str = ""
    line: int | None = None
    where: str = ""
    field: str = ""
    values: Mapping[str, str | int] = dataclasses.field(default_factory=dict)

    def __str__(self) -> str:
        place = ":".join(part for part in (self.file, str(self.line or ""), self.where, self.field) if part)
        details = ", ".join(f"{key}={value}" for key, value in self.values.items())
        return f"{place or '-'}: {self.code}" + (f" ({details})" if details else "")


class InputError(Exception):
    """Input that someone can mend; carries every problem found, not only the first."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("; ".join(str(problem) for problem in problems))

    def __reduce__(self) -> tuple[type["InputError"], tuple[Problem, ...]]:
        return type(self), self.problems


class ToolError(Exception):
    """Another program failed though its input was in order; worth a retry.

    ``exit_code`` is negative for a signal and ``None`` for a timeout; ``last_lines`` is the end of its error output.
    """

    def __init__(self, program: str, exit_code: int | None, last_lines: str = "") -> None:
        self.program, self.exit_code, self.last_lines = program, exit_code, last_lines
        super().__init__(f"{program} ended with {exit_code}: {last_lines}")

    def __reduce__(self) -> tuple[type["ToolError"], tuple[str, int | None, str]]:
        return type(self), (self.program, self.exit_code, self.last_lines)
