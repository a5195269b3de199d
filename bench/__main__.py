"""Turn ``python -m bench [row …]`` into a table of ratios."""

import argparse
import functools
import os
import platform
import sys
from collections.abc import Callable

from bench import duplicates, editions, flow, intake, merging, redlines, unchanged
from bench.gathering import DASK
from bench.measuring import Row

ROWS: dict[str, Callable[[int, int], Row]] = {
    "editions": lambda runs, files: editions.measure(runs),
    "figures": lambda runs, files: editions.measure(runs, drawn=True),
    "flow": flow.measure,
    "intake": intake.measure,
    "merge": lambda runs, files: merging.measure(runs),
    "intake-dask": functools.partial(intake.measure, runner=DASK),
    "redline": lambda runs, files: redlines.measure(runs),
    "unchanged": lambda runs, files: unchanged.measure(runs, 10 * files),
    "unchanged-dask": lambda runs, files: unchanged.measure(runs, 10 * files, DASK),
}


def main() -> int:
    """Measure the rows that were asked for, or all, and print them."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument(
        "rows", nargs="*", metavar="row", help=f"which rows: {', '.join(ROWS)}; all by default; or duplicates alone"
    )
    parser.add_argument("--runs", type=int, default=5, help="runs of each side; the median counts (default 5)")
    parser.add_argument(
        "--files", type=int, default=1000, help="files to read (default 1000; ten times as many unchanged)"
    )
    given = parser.parse_args()
    if given.rows == ["duplicates"]:
        sys.stdout.write(duplicates.report())
        return 0
    if unknown := sorted(set(given.rows) - set(ROWS)):
        parser.error(f"no such row: {', '.join(unknown)}")
    done = [ROWS[name](given.runs, given.files) for name in (given.rows or ROWS)]
    sys.stdout.write(_table(done))
    return 0


def _table(rows: list[Row]) -> str:
    head = f"{'row':<16}{'ours':>10}{'bare':>10}{'result':>12}{'goal':>12}\n"
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}\n"
    return machine + head + "".join(_line(row) for row in rows)


def _line(row: Row) -> str:
    result, goal = (
        (f"+{row.value:.2f} s", f"+{row.goal:.2f} s")
        if row.unit == "s"
        else (f"{row.value:.2f} x", f"{row.goal:.2f} x")
    )
    mark = "" if row.met else "   goal missed"
    notes = "".join(f"                {note}\n" for note in row.notes)
    return f"{row.name:<16}{row.ours:>8.2f} s{row.bare:>8.2f} s{result:>12}{goal:>12}{mark}\n{notes}"


if __name__ == "__main__":
    sys.exit(main())
