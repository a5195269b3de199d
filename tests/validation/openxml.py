"""Turn a Word file into the findings of Microsoft's Open XML SDK."""

import json
import subprocess
from pathlib import Path

from tests.validation import tools


def check(file: Path) -> list[str]:
    """Return what the SDK finds wrong in the file, one line each."""
    ended = subprocess.run([str(tools.open_xml()), str(file)], capture_output=True, text=True, timeout=120, check=False)
    assert ended.stdout.strip(), ended.stderr[-2000:]
    said = json.loads(ended.stdout)
    findings = [json.dumps(error, ensure_ascii=False, sort_keys=True) for error in said["errors"]]
    return findings or ([] if said["ok"] else ["not ok"])
