"""A large inbox is accounted for to the last file, also where runs are killed; ``make soak`` does it with more."""

from pathlib import Path

import pytest

from bench.soak import soak


def test_three_hundred_files_of_all_formats_are_accounted_for_whatever_is_killed(
    environment: dict[str, str], prefect_server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert soak(tmp_path, files=300, kills=3, seed=2) == []
