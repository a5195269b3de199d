"""Whatever bytes a file holds, reading it ends and the file has an outcome. ``make fuzz`` tries ten thousand."""

from pathlib import Path

import pytest

from bench import fuzz
from forankring.intake import reading

FILES = 80


def test_damaged_files_of_every_format_are_read_or_refused(tmp_path: Path) -> None:
    found = fuzz.fuzz(tmp_path, FILES, seed=5)
    assert found.faults == ()
    assert sum(found.outcomes.values()) == FILES
    accepted = sum(n for outcome, n in found.outcomes.items() if outcome.startswith("accepted"))
    assert 0 < accepted < FILES


def test_the_fuzz_finds_a_reader_that_breaks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr(reading, "open_up", broken)
    found = fuzz.fuzz(tmp_path, 3, seed=5)
    assert len(found.faults) == found.outcomes["a bug"] == 3
