"""Read files, each in a process of its own, and print what each cost as a line of JSON.

Run as ``python -m tests.integration.real_inputs_measured FILE …``. The process forks once the library is loaded, so
that a file costs no start of its own.
"""

import json
import os
import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path

from forankring.intake import list_inbox, read_files
from forankring.language import load_locale
from forankring.workspace import Workspace, load_strategy, reference_strategy


def main(files: list[str]) -> int:
    for file in files:
        child = os.fork()
        if child == 0:
            code = 1
            try:
                print(json.dumps(_cost(Path(file))), flush=True)
                code = 0
            finally:
                os._exit(code)
        if os.waitpid(child, 0)[1]:
            return 1
    return 0


def _cost(file: Path) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        target = root / "inbox" / "hoering-1" / "eksempel-software" / file.name
        target.parent.mkdir(parents=True)
        shutil.copy(file, target)
        shutil.copy(reference_strategy() / "strategy.yaml", root)
        workspace = Workspace(root)
        strategy, danish = load_strategy(workspace), load_locale("da")
        started = time.monotonic()
        readings = read_files(workspace, strategy, danish, list_inbox(workspace))
        return {
            "files": len(readings),
            "seconds": time.monotonic() - started,
            "own_mib": _own_peak(),
            "child_mib": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
        }


def _own_peak() -> float:
    """Return this process's own peak in MiB. ``getrusage`` would count what stood here before the fork as well."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1024


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
