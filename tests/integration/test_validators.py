"""Every PDF and Word edition passes the validators of its standard, and each validator can find a fault."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import typst

from tests.integration import published
from tests.validation import openxml, tools, vera

Findings = dict[tuple[Path, str], list[str]]


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Findings:
    """Have veraPDF check all files together, and one that must fail."""
    tools.need(tools.VERA)
    bare = tmp_path_factory.mktemp("bare") / "bare.pdf"
    bare.write_bytes(typst.compile(b"No title, no tags"))
    return vera.check([*(published.edition(case, "pdf") for case in published.CASES), bare])


@pytest.mark.parametrize("profile", vera.PROFILES)
@pytest.mark.parametrize("case", published.CASES, ids=published.names())
def test_every_pdf_is_accessible_and_archivable(case: tuple[str, ...], profile: str, checked: Findings) -> None:
    assert checked[published.edition(case, "pdf"), profile] == []


@pytest.mark.parametrize("profile", vera.PROFILES)
def test_vera_finds_a_pdf_that_claims_no_standard(checked: Findings, profile: str) -> None:
    [findings] = [found for (file, name), found in checked.items() if file.name == "bare.pdf" and name == profile]
    assert findings


@pytest.mark.parametrize("case", published.CASES, ids=published.names())
def test_every_word_file_is_valid_open_xml(case: tuple[str, ...]) -> None:
    tools.need(tools.OPEN_XML)
    assert openxml.check(published.edition(case, "docx")) == []


def test_the_open_xml_sdk_finds_an_element_that_word_does_not_know(tmp_path: Path) -> None:
    tools.need(tools.OPEN_XML)
    good, bad = published.edition(("scene", "da", "house"), "docx"), tmp_path / "bad.docx"
    rewrite(good, bad, lambda body: body.replace(b"<w:body>", b"<w:body><w:nonsense/>", 1))
    assert any("nonsense" in finding for finding in openxml.check(bad))


def rewrite(source: Path, target: Path, change: Callable[[bytes], bytes]) -> None:
    """Copy a Word file with its body changed."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data) if name == "word/document.xml" else data)
