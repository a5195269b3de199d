"""Turn an HTML file into a page of the system's Chromium, and that into axe-core's findings."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.validation import tools

_FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")
_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice")


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """How someone looks at a page: width and height in css px, pixels for each, light or dark, with scripts or not."""

    width: int
    height: int
    scale: float = 1
    scheme: str = "light"
    scripts: bool = True


DESKTOP = View(width=1280, height=900)
PHONE = View(width=360, height=740)


@contextmanager
def launched() -> Iterator[Browser]:
    """Start the browser without its sandbox, which no container allows; it opens only files that the tests wrote."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=tools.chromium(), args=list(_FLAGS))
        yield browser
        browser.close()


@contextmanager
def opened(browser: Browser, file: Path, view: View) -> Iterator[Page]:
    """Open the file in a context of its own. The page's policy forbids every script, so the tests' own bypass it."""
    context = browser.new_context(
        viewport={"width": view.width, "height": view.height},
        device_scale_factor=view.scale,
        color_scheme="dark" if view.scheme == "dark" else "light",
        java_script_enabled=view.scripts,
        bypass_csp=True,
    )
    page = context.new_page()
    page.goto(file.resolve().as_uri())
    yield page
    context.close()


def axe(page: Page) -> list[str]:
    """Return what axe-core finds against WCAG 2.2 AA and its own best practice: the rule, and each place."""
    page.evaluate(tools.axe().read_text(encoding="utf-8"))
    found = page.evaluate("tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})", list(_TAGS))
    return [
        f"{rule['id']}: {node['target']} {node['html'][:120]}" for rule in found["violations"] for node in rule["nodes"]
    ]
