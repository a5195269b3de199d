"""Run a reader's own program in a process that can be killed, and turn the ways it may end into problems."""

import json
import sys
from pathlib import Path
from typing import Any

from forankring.errors import InputError, ToolError
from forankring.intake.records import Original
from forankring.process import Finished, Limits, run

PASSWORD, BROKEN, MISSING, MACROS, TOO_OLD = 3, 4, 5, 6, 7
"""Exit codes that the programs share; they import nothing of the engine, so each has its own copy."""

_REASONS = {PASSWORD: "encrypted", BROKEN: "broken_file", MACROS: "macros", TOO_OLD: "format_doc"}


def ask_child(original: Original, script: str, *arguments: str, limits: Limits, needs: str) -> Any:
    """Return what the program at ``script`` tells of the original, as JSON; raise InputError for the file's fault.

    ``needs`` is the library without which it cannot work, for the ToolError.
    """
    finished = run_child(original, script, *arguments, limits=limits, needs=needs)
    return json.loads(finished.stdout)


def run_child(original: Original, script: str, *arguments: str, limits: Limits, needs: str) -> Finished:
    """Run the program at ``script`` over the original; raise InputError or ToolError where it does not end well."""
    finished = run([sys.executable, "-I", Path(script), original.path, *arguments], limits=limits)
    if finished.timed_out:
        raise InputError(original.problem("too_slow", seconds=int(limits.seconds)))
    if finished.exit_code == MISSING:
        raise ToolError(needs, finished.exit_code, finished.last_lines)
    if finished.exit_code:
        raise InputError(original.problem(_REASONS.get(finished.exit_code, "too_heavy")))
    return finished
