"""The wheel carries all that the engine reads beside its code, and works without a checkout around it."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel of this checkout, built without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    done = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    """Return the names of the files in the wheel."""
    with zipfile.ZipFile(wheel) as file:
        return set(file.namelist())


@pytest.mark.parametrize(
    ("folder", "place"),
    [
        ("templates", "forankring/data/templates"),
        ("drafts/strategi-2024/catalogue", "forankring/data/drafts/strategi-2024/catalogue"),
        ("drafts/strategi-2024/inbox", "forankring/data/drafts/strategi-2024/inbox"),
        ("src/forankring/language/locales", "forankring/language/locales"),
    ],
)
def test_the_wheel_carries_every_file_of(folder: str, place: str, names: set[str]) -> None:
    lying = {file.relative_to(ROOT / folder).as_posix() for file in (ROOT / folder).rglob("*") if file.is_file()}

    assert lying
    assert {f"{place}/{name}" for name in lying if "__pycache__" not in name} <= names


def test_the_wheel_carries_types_the_strategy_and_the_licence(names: set[str]) -> None:
    assert {"forankring/py.typed", "forankring/data/drafts/strategi-2024/strategy.yaml", "flows/cli.py"} <= names
    assert any(name.endswith("/licenses/LICENSE") for name in names)


def test_the_wheel_carries_nothing_private(names: set[str]) -> None:
    private = ("tests/", "bench/", ".forankring/", "/text/chapters/", "/editions/")

    assert [name for name in names if name.startswith(private[:2]) or any(part in name for part in private[2:])] == []


def test_an_installed_engine_finds_its_templates_and_reads_its_strategy(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as file:
        file.extractall(tmp_path)
    code = """
from forankring.workspace import house_templates, load_catalogue, load_strategy, open_workspace, reference_strategy
workspace = open_workspace(reference_strategy())
load_catalogue(workspace)
print(load_strategy(workspace).key, house_templates() / "chapters")
"""
    done = subprocess.run(  # isolated from this checkout: only the unpacked wheel and the libraries
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n{code}"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    key, templates = done.stdout.split()

    assert key == "strategi-2024"
    assert Path(templates).is_relative_to(tmp_path)
    assert Path(templates).is_dir()
