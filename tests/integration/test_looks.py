"""A look is really in the files: its colours, fonts and choices, in both languages, and it belongs to its version."""

import zipfile
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from pypdfium2 import raw

from flows import steps
from forankring.publishing import VersionText
from forankring.workspace import house_look, look_names, look_text, open_workspace, parse_look
from tests.integration import published

LOOKS = {name: parse_look(look_text(name)) for name in look_names()}
BOTH = [(name, locale) for name in look_names() for locale in ("da", "en")]


@pytest.fixture(scope="module")
def built() -> dict[tuple[str, str], Path]:
    return {(name, locale): published.editions("scene", locale, name) for name, locale in BOTH}


@pytest.mark.parametrize("kind", BOTH, ids="-".join)
def test_every_edition_shows_the_looks_colours_and_fonts(
    built: dict[tuple[str, str], Path], kind: tuple[str, str]
) -> None:
    look, folder = LOOKS[kind[0]], built[kind]
    with zipfile.ZipFile(folder / "lille-strategi-v2.docx") as archive:
        styles = archive.read("word/styles.xml").decode()
    page = (folder / "lille-strategi-v2.html").read_text(encoding="utf-8")

    assert look.colours.accent[1:].upper() in styles
    assert f'w:ascii="{look.fonts.word}"' in styles
    assert f"--accent: {look.colours.accent};" in page
    assert f"--accent: {look.dark.accent};" in page
    assert f'--fonts: "{look.fonts.web[0]}"' in page
    assert look.fonts.pdf.replace(" ", "") in _main_font(folder / "lille-strategi-v2.pdf")


@pytest.mark.parametrize("name", look_names())
def test_no_colour_of_another_look_is_left_in_an_edition(built: dict[tuple[str, str], Path], name: str) -> None:
    other = next(look for key, look in LOOKS.items() if key != name)
    foreign = {getattr(other.colours, part) for part in ("accent", "tint", "line", "alert")}
    page = (built[name, "da"] / "lille-strategi-v2.html").read_text(encoding="utf-8")
    with zipfile.ZipFile(built[name, "da"] / "lille-strategi-v2.docx") as archive:
        parts = "".join(archive.read(f"word/{part}.xml").decode() for part in ("styles", "document"))

    assert not [colour for colour in foreign if colour in page or colour[1:].upper() in parts]


def test_the_looks_covers_differ_at_first_glance(built: dict[tuple[str, str], Path]) -> None:
    first, second = (_cover(built[name, "da"] / "lille-strategi-v2.pdf") for name in look_names())
    changed = sum(a != b for a, b in zip(first, second, strict=True)) / len(first)

    assert changed > 0.2


def test_a_changed_look_makes_a_version_due_and_an_old_version_keeps_its_own(small: Path) -> None:
    _record(small)
    before = _version(small, "main")
    (small / "look.yaml").write_text(look_text("forest"), encoding="utf-8")
    old = steps.repository(steps.begin(open_workspace(small))).commit("main")
    assert old is not None
    _record(small)

    assert before.look == house_look()
    assert _version(small, old.sha).look == house_look()
    assert _version(small, "main").look == LOOKS["forest"]
    assert steps.repository(steps.begin(open_workspace(small))).commit("main") != old


def test_a_version_from_before_looks_has_the_houses(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    derived = steps._derived

    def without(*arguments: Any) -> dict[str, bytes]:
        return {path: data for path, data in derived(*arguments).items() if path != steps.LOOK}

    monkeypatch.setattr(steps, "_derived", without)
    _record(small)

    assert _version(small, "main").look == house_look()


def _record(folder: Path) -> None:
    job = steps.begin(open_workspace(folder))
    steps.record_draft(job, steps.render_draft(job, steps.recorded_ledger(job)))


def _version(folder: Path, ref: str) -> VersionText:
    return steps._version_text(steps.begin(open_workspace(folder)), "v1", ref)


def _main_font(file: Path) -> str:
    """Return the name of the font of most letters on the last page."""
    with pypdfium2.PdfDocument(file) as document:
        names = []
        for item in document[len(document) - 1].get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
            names.append(item.get_font().get_base_name())
    return max(sorted(set(names)), key=names.count)


def _cover(file: Path) -> list[int]:
    with pypdfium2.PdfDocument(file) as document:
        bitmap = document[0].render(scale=0.4, grayscale=True)
        return [value // 32 for value in bytes(bitmap.buffer)]
