"""What changed between two versions, as a page and as a PDF: marked, counted, linked and read by everyone."""

import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page

from forankring.language import load_locale
from forankring.publishing import assemble
from forankring.publishing.html.edition import html_edition
from forankring.publishing.html.redline import html_redline
from forankring.publishing.manuscript.comparing import compared
from forankring.publishing.pdf.redline import pdf_redline
from tests.integration.publishing_scene import WHEN, english
from tests.integration.redline_scene import newer, older
from tests.validation import browser as chromium
from tests.validation import tools, vera
from tests.validation.browser import DESKTOP, PHONE, View

LOCALES = ("da", "en")
VIEWS = (DESKTOP, View(width=PHONE.width, height=PHONE.height, scheme="dark"))


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the redlines, by language and kind."""
    folder = tmp_path_factory.mktemp("redlines")
    made: dict[str, Path] = {}
    for key in LOCALES:
        versions = (older(), newer()) if key == "da" else (english(older()), english(newer()))
        old, new = map(assemble, versions)
        for ending, data in (
            ("html", html_redline(compared(old, new, load_locale(key)), load_locale(key))),
            ("pdf", pdf_redline(compared(old, new, load_locale(key)), WHEN, load_locale(key))),
        ):
            made[f"{key}.{ending}"] = folder / f"{key}.{ending}"
            made[f"{key}.{ending}"].write_bytes(data)
    return made


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    tools.need(tools.BROWSER)
    with chromium.launched() as started:
        yield started


@pytest.fixture
def page(browser: Browser, files: dict[str, Path]) -> Iterator[Page]:
    with chromium.opened(browser, files["da.html"], DESKTOP) as page:
        yield page


@pytest.mark.parametrize("view", VIEWS, ids=("desktop-light", "phone-dark"))
@pytest.mark.parametrize("key", LOCALES)
def test_axe_finds_nothing_and_no_page_rolls_sideways(
    browser: Browser, files: dict[str, Path], key: str, view: View
) -> None:
    tools.need(tools.AXE)
    with chromium.opened(browser, files[f"{key}.html"], view) as page:
        assert chromium.axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0


def test_without_what_went_the_page_reads_as_the_new_edition(browser: Browser, page: Page, tmp_path: Path) -> None:
    edition = tmp_path / "new.html"
    edition.write_bytes(html_edition(assemble(newer()), load_locale("da")))
    page.evaluate("document.querySelectorAll('del, .said, .change, .way, .overview').forEach(each => each.remove())")
    with chromium.opened(browser, edition, DESKTOP) as plain:
        assert _words(page) == _words(plain)


def test_what_went_is_not_in_the_contents_and_has_no_name(page: Page) -> None:
    assert page.locator(".contents").inner_text().count("Udgået") == 0
    assert page.locator("del [id]:not(.change):not([id^=note-])").count() == 0
    links = "[...document.querySelectorAll('a[href^=\"#\"]')]"
    broken = f"{links}.filter(each => !document.getElementById(decodeURI(each.hash.slice(1))))"
    assert page.evaluate(f"{broken}.map(each => each.outerHTML)") == []


def test_every_change_is_reached_from_the_one_before_and_the_count_is_right(page: Page) -> None:
    said = page.locator(".overview p").first.inner_text()
    count = page.locator(".change").count()
    assert said == f"{count} markeringer" and count > 20

    page.get_by_text("Gå til den første markering").click()
    for number in range(1, count):
        assert page.evaluate("location.hash") == f"#change-{number}"
        assert page.locator(".change:target .steps").inner_text().count(f"Markering {number} af {count}") == 1
        page.locator(".change:target .steps a").last.click()
    assert page.locator(".change:target .steps a").count() == 1  # nothing comes after the last


def test_the_keyboard_alone_goes_from_change_to_change_without_scripts(
    browser: Browser, files: dict[str, Path]
) -> None:
    with chromium.opened(browser, files["da.html"], DESKTOP) as page:
        page.get_by_text("Gå til den første markering").focus()
        page.keyboard.press("Enter")
        for number in (2, 3, 4):
            for _ in range(1 if number == 2 else 2):  # the first has no link back
                page.keyboard.press("Tab")
            page.keyboard.press("Enter")
            assert page.evaluate("location.hash") == f"#change-{number}"
    assert b"<script" not in files["da.html"].read_bytes()


def test_the_two_ends_of_a_move_lead_to_each_other_and_say_where(page: Page) -> None:
    here, away = page.locator("ins.moved-here .way"), page.locator("del.moved-away .way")
    assert here.inner_text() == "Flyttet hertil fra et andet sted i kapitlet"
    assert away.inner_text() == "Flyttet til et andet sted i kapitlet"
    here.click()
    assert page.locator(".change:target + del.moved-away").count() == 1
    away.click()
    assert page.locator(".change:target + ins.moved-here").count() == 1


def test_marks_are_heard_and_are_more_than_colours(page: Page) -> None:
    for tag, words, line in (("ins", "[tilføjet: ", "underline"), ("del", "[slettet: ", "line-through")):
        marks = page.locator(f"main {tag}:not(.moved-here):not(.moved-away):not(.overview *)")
        assert marks.count() > 8
        for mark in marks.all():
            assert mark.evaluate("each => each.firstElementChild.textContent") == words
            assert mark.evaluate("each => getComputedStyle(each).textDecorationLine") == line
    page.emulate_media(forced_colors="active")
    assert (
        page.locator("main del").first.evaluate("each => getComputedStyle(each).textDecorationLine") == "line-through"
    )


def test_notes_rows_captions_and_pictures_have_their_marks(page: Page) -> None:
    assert page.locator("[role=doc-endnotes] ins").count() > 1
    assert page.locator("tr:has(td:first-child ins) td ins").count() >= 3
    assert page.locator("tr:has(td:first-child del) td del").count() >= 2
    assert page.locator("caption ins").count() == 1
    assert page.locator("del img").count() == page.locator("ins img").count() == 1


@pytest.mark.parametrize("profile", vera.PROFILES)
def test_every_pdf_is_accessible_and_archivable(files: dict[str, Path], profile: str) -> None:
    tools.need(tools.VERA)
    checked = vera.check([files["da.pdf"], files["en.pdf"]])
    assert {file.name: found for (file, name), found in checked.items() if name == profile and found} == {}


def test_the_pdf_says_on_its_front_which_versions_it_compares(files: dict[str, Path]) -> None:
    danish, foreign = (_pages(files[f"{key}.pdf"])[0] for key in LOCALES)
    assert (
        "Ændringer fra version 3 til version 5" in danish
        and "plads og ændrede linjer med en streg i margenen." in danish
    )
    assert (
        "Changes from version 3 to version 5" in foreign
        and "place and changed lines with a bar in the margin." in foreign
    )


def test_the_legend_of_the_page_reads_as_a_sentence(files: dict[str, Path]) -> None:
    legend = 'med gennemstregning</del> og <ins class="moved-here">flyttet tekst'
    assert legend in files["da.html"].read_text(encoding="utf-8")


def test_the_pdf_has_both_texts_and_the_bookmarks_of_the_new_one(files: dict[str, Path]) -> None:
    words = " ".join(_pages(files["da.pdf"]))
    for shown in (
        "sprunget over",
        "Dette bilag er ikke med længere",
        "Styrelsen for Eksempler",
        "Flyttet hertil fra et andet sted i kapitlet",
    ):
        assert shown in words
    document = pypdfium2.PdfDocument(files["da.pdf"])
    titles = [entry.get_title() for entry in document.get_toc()]
    assert "Bilag: Begreber" in titles and "1.2 En tabel" in titles
    assert not any("Udgået" in title or "sprunget" in title for title in titles)


def test_the_same_versions_make_the_same_bytes(files: dict[str, Path]) -> None:
    old, new = assemble(older()), assemble(newer())
    found = compared(old, new, load_locale("da"))
    assert html_redline(found, load_locale("da")) == files["da.html"].read_bytes()
    assert pdf_redline(found, WHEN, load_locale("da")) == files["da.pdf"].read_bytes()


def test_a_version_beside_itself_has_no_changes() -> None:
    same = assemble(newer())
    page = html_redline(compared(same, same, load_locale("da")), load_locale("da")).decode()
    assert "Ingen ændringer" in page and "<del" not in page.split("</section>")[1]


def _words(page: Page) -> list[str]:
    return re.findall(r"\w+", page.evaluate("document.querySelector('main').textContent"))


def _pages(file: Path) -> list[str]:
    document = pypdfium2.PdfDocument(file)
    return [" ".join(each.get_textpage().get_text_bounded().split()) for each in document]
