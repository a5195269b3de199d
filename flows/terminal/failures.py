"""Turn whatever ends a command early into one clear message and an exit code; a bug keeps its traceback."""

import errno
from collections.abc import Callable
from enum import IntEnum

from flows.terminal.screen import Screen
from forankring.errors import InputError, Problem, ToolError


class Exit(IntEnum):
    """What a script learns from the exit code."""

    DONE = 0
    NEEDS_HUMAN = 1
    WRONG_INPUT = 2
    TOOL_FAILED = 3
    INTERRUPTED = 130


_OUT_OF_SPACE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NOT_WRITABLE = {errno.EACCES, errno.EPERM, errno.EROFS}


def guarded(screen: Screen, work: Callable[[], int]) -> int:
    """Do the work and return its exit code; say what is wrong where someone can do something about it."""
    try:
        return work()
    except InputError as error:
        screen.problems(error.problems, title="stopped")
        return Exit.WRONG_INPUT
    except ToolError as error:
        return _tool_failed(screen, error)
    except OSError as error:
        if error.errno not in _OUT_OF_SPACE | _NOT_WRITABLE:
            raise
        screen.problems([_system_problem(error)], title="stopped")
        return Exit.WRONG_INPUT
    except KeyboardInterrupt:
        screen.err.print(screen.words("interrupted"))
        return Exit.INTERRUPTED


def _tool_failed(screen: Screen, error: ToolError) -> int:
    code = "tool_timeout" if error.exit_code is None else "tool_failed"
    values: dict[str, str | int] = {"program": error.program, "code": error.exit_code or 0}
    values["last_lines"] = error.last_lines or "–"
    screen.problems([Problem(code=code, values=values)], title="tool_failed")
    return Exit.TOOL_FAILED


def _system_problem(error: OSError) -> Problem:
    code = "disk_full" if error.errno in _OUT_OF_SPACE else "not_writable"
    return Problem(code=code, file=str(error.filename or ""), values={"cause": error.strerror or ""})
