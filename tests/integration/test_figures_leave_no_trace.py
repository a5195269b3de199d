"""A figure is drawn with nothing of the user's: no folder in the home, no list of fonts, no settings."""

import os
import subprocess
import sys
from pathlib import Path

BUILD = """
import sys
from pathlib import Path
from forankring.publishing import build
from forankring.workspace import EditionFormat
from tests.integration.publishing_scene import scene
from tests.integration.test_publishing_figures import STATUS
[file] = build(scene(status=STATUS), Path(sys.argv[1]), (EditionFormat.HTML,))
print(file.sha256)
from matplotlib.font_manager import fontManager
print(len(fontManager.ttflist))
"""
ROOT = Path(__file__).parents[2]


def built(home: Path, target: Path, **settings: str) -> list[str]:
    """Build an edition with figures in a process of its own; return its sum and how many fonts matplotlib knows."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "MPL", "MATPLOTLIB"))}
    told = {"HOME": str(home), "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", **settings}
    command = [sys.executable, "-c", BUILD, target]
    return subprocess.run(command, env=bare | told, capture_output=True, text=True, check=True).stdout.split()


def test_the_users_home_stays_as_it_was_and_no_font_is_looked_for(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    _, fonts = built(home, tmp_path / "editions")
    assert list(home.iterdir()) == []
    assert fonts == "2"


def test_settings_of_the_user_change_no_picture(tmp_path: Path) -> None:
    home, folder = tmp_path / "home", tmp_path / "settings"
    home.mkdir()
    folder.mkdir()
    (folder / "matplotlibrc").write_text("hatch.linewidth: 5\ntext.hinting: none\ntext.antialiased: False\n")
    plain, _ = built(home, tmp_path / "plain")
    changed, _ = built(home, tmp_path / "changed", MPLCONFIGDIR=str(folder), MATPLOTLIBRC=str(folder))
    assert plain == changed
    assert [file.name for file in folder.iterdir()] == ["matplotlibrc"]
