"""The HTML edition in a real browser: accessible, readable at any size, on paper, by keyboard and without scripts."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page

from forankring.publishing import build
from forankring.workspace import EditionFormat, look_names
from tests.integration import published
from tests.integration.test_provenance_in_editions import text_resting_on
from tests.validation import browser as chromium
from tests.validation import tools
from tests.validation.browser import DESKTOP, PHONE, View

REFERENCE = ("reference", "da", "house")
ZOOMED = View(width=640, height=450, scale=2)  # 1280 px at 200 %
NARROW = View(width=320, height=640)  # 1280 px at 400 %, as WCAG 1.4.10 measures
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
A4 = [595, 842]  # points, the page upright or turned


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start one browser for all tests."""
    tools.need(tools.BROWSER)
    with chromium.launched() as started:
        yield started


@pytest.fixture(scope="module")
def files() -> dict[tuple[str, ...], Path]:
    """Return each case's page."""
    return {case: published.edition(case, "html") for case in published.CASES}


@pytest.fixture
def page(browser: Browser, files: dict[tuple[str, ...], Path]) -> Iterator[Page]:
    """Open the reference strategy at the width of a desk."""
    with chromium.opened(browser, files[REFERENCE], DESKTOP) as page:
        yield page


@pytest.mark.parametrize("view", (DESKTOP, replace(PHONE, scheme="dark")), ids=("desktop-light", "phone-dark"))
@pytest.mark.parametrize("case", published.CASES, ids=published.names())
def test_axe_finds_nothing(
    browser: Browser, files: dict[tuple[str, ...], Path], case: tuple[str, ...], view: View
) -> None:
    tools.need(tools.AXE)
    with chromium.opened(browser, files[case], view) as page:
        assert chromium.axe(page) == []


def test_axe_finds_a_picture_without_words_and_ink_too_pale(browser: Browser, tmp_path: Path) -> None:
    tools.need(tools.AXE)
    bad = tmp_path / "bad.html"
    bad.write_text(
        '<html lang="da"><title>x</title><main><h1>x</h1><img src="x.png"><p style="color:#ccc">Pale ink</p></main>'
    )
    with chromium.opened(browser, bad, DESKTOP) as page:
        assert {finding.split(":")[0] for finding in chromium.axe(page)} >= {"image-alt", "color-contrast"}


@pytest.mark.parametrize("view", (DESKTOP, PHONE, ZOOMED, NARROW), ids=("desktop", "phone", "zoomed", "narrow"))
@pytest.mark.parametrize("case", published.CASES, ids=published.names())
def test_no_page_rolls_sideways(
    browser: Browser, files: dict[tuple[str, ...], Path], case: tuple[str, ...], view: View
) -> None:
    with chromium.opened(browser, files[case], view) as page:
        assert page.evaluate(WIDER) == 0


@pytest.mark.parametrize("look", look_names())
def test_lines_are_short_and_tables_have_room_on_a_wide_screen(
    browser: Browser, files: dict[tuple[str, ...], Path], look: str
) -> None:
    with chromium.opened(browser, files["reference", "da", look], replace(DESKTOP, width=1440)) as page:
        assert page.evaluate(OPENED) == 5
        longest = page.evaluate(f"Math.max(...[...document.querySelectorAll('main p')].map({LINE}))")
        rolled = page.evaluate(f"[...document.querySelectorAll('.table')].filter(each => {ROLLED} > 12).length")
    assert 60 < longest <= 76  # letters of half an em
    assert rolled == 0


LINE = "each => 2 * each.getBoundingClientRect().width / parseFloat(getComputedStyle(each).fontSize)"
ROLLED = "each.scrollWidth - each.clientWidth"


def test_a_phone_shows_that_a_table_goes_on_beyond_its_edge(
    browser: Browser, files: dict[tuple[str, ...], Path]
) -> None:
    with chromium.opened(browser, files[REFERENCE], PHONE) as page:
        table = page.locator(".passage > .table:has(th:nth-child(4))").first
        assert table.evaluate("each => each.scrollWidth - each.clientWidth") > 100
        before = table.screenshot()
        table.evaluate("each => { each.style.backgroundImage = 'none' }")
        assert table.screenshot() != before


def test_a_caption_stays_on_a_phone_however_far_its_table_is_rolled(
    browser: Browser, files: dict[tuple[str, ...], Path]
) -> None:
    with chromium.opened(browser, files[REFERENCE], PHONE) as page:
        page.evaluate("document.querySelectorAll('.table').forEach(each => { each.scrollLeft = 150 })")
        edges = page.evaluate(
            "[...document.querySelectorAll('.table caption')].map(each => each.getBoundingClientRect())"
            ".filter(each => each.width).map(each => [each.left, each.right])"
        )
    assert len(edges) > 30
    assert all(left >= 0 and right <= PHONE.width for left, right in edges)


def test_forced_colours_keep_marks_and_focus_and_nothing_moves_by_itself(page: Page) -> None:
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED)[1]
    borders = "[...document.querySelectorAll('.missing, p.mark')].map(each => getComputedStyle(each).borderTopWidth)"
    assert {float(width.removesuffix("px")) > 0 for width in page.evaluate(borders)} == {True}
    assert page.evaluate("document.getAnimations().length") == 0
    assert page.evaluate(f"[...document.querySelectorAll('*')].filter({MOVING}).length") == 0


MOVING = (
    "each => getComputedStyle(each).transitionDuration !== '0s' || getComputedStyle(each).scrollBehavior === 'smooth'"
)


def test_a_target_is_not_hidden_when_a_link_of_the_contents_leads_to_it(page: Page) -> None:
    for link in page.locator(".contents a").all()[:40:3]:
        link.click()
        top = page.evaluate(
            "document.querySelector(':target, [id=' + CSS.escape(location.hash.slice(1)) + ']')"
            ".getBoundingClientRect().top"
        )
        assert 0 <= top < 450


def test_a_line_too_wide_is_seen(browser: Browser, tmp_path: Path) -> None:
    bad = tmp_path / "bad.html"
    bad.write_text('<html lang="da"><title>x</title><div style="width: 50rem">x</div>')
    with chromium.opened(browser, bad, NARROW) as page:
        assert page.evaluate(WIDER) > 0


def test_the_first_stop_of_the_keyboard_leads_past_the_contents_to_the_text(page: Page) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "text"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("view", (DESKTOP, PHONE, ZOOMED), ids=("desktop", "phone", "zoomed"))
def test_the_keyboard_visits_everything_in_order_and_shows_where_it_is(
    browser: Browser, files: dict[tuple[str, ...], Path], view: View
) -> None:
    with chromium.opened(browser, files["scene", "da", "house"], view) as page:
        expected = page.evaluate(f"{STOPS}.map(node => node.outerHTML)")
        visited = []
        for _ in expected:
            page.keyboard.press("Tab")
            html, seen = page.evaluate(FOCUSED)
            assert seen, html
            visited.append(html)
    assert visited == expected and len(visited) > 12


STOPS = """[...document.querySelectorAll('a[href], input, summary, [tabindex="0"]')]
  .filter(node => node.checkVisibility())"""
FOCUSED = """() => {
  const node = document.activeElement, style = getComputedStyle(node), box = node.getClientRects()[0];
  const ringed = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  const inside = box.width > 0 && box.right > 0 && box.bottom > 0 && box.top < innerHeight;
  const on = document.elementFromPoint(Math.max(box.left + 2, 1), Math.min(Math.max(box.top + 2, 1), innerHeight - 1));
  return [node.outerHTML, ringed && inside && node.contains(on)];  // WCAG 2.2, 2.4.11: nothing lies upon it
}"""


@pytest.mark.parametrize("view", (DESKTOP, PHONE), ids=("desktop", "phone"))
def test_whatever_is_pointed_at_outside_running_text_is_24_pixels_high_and_wide(
    browser: Browser, files: dict[tuple[str, ...], Path], view: View
) -> None:
    with chromium.opened(browser, files[REFERENCE], view) as page:
        page.evaluate("document.querySelector('.contents details').open = true")
        page.locator("#show-links").check()
        sizes = page.evaluate(f"{STOPS}.filter(node => !node.closest('{RUNNING}')).map({SIZE})")
    assert len(sizes) > 600
    assert not [size for size in sizes if min(size[:2]) < 24]  # WCAG 2.2, 2.5.8


RUNNING = ".skip, :is(main, footer) :is(p, li, td, th, figcaption, sup)"
SIZE = """node => {
  const box = (node.closest('label') ?? node).getBoundingClientRect();
  return [box.width, box.height, node.outerHTML.slice(0, 80)];
}"""


def test_links_to_passages_are_there_for_the_mouse_and_for_everyone_who_asks(page: Page) -> None:
    links, passage = page.locator(".permalink"), page.locator(".passage").nth(20)
    stops = page.evaluate(f"{STOPS}.length")
    assert links.locator("visible=true").count() == 0
    passage.hover()
    assert links.locator("visible=true").count() == 1
    page.mouse.move(1, 1)
    page.locator("#show-links").focus()
    page.keyboard.press("Space")
    assert links.locator("visible=true").count() == links.count() > 500
    assert page.evaluate(f"{STOPS}.length") == stops + links.count()
    page.keyboard.press("Tab")
    page.locator(".permalink").nth(20).focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.querySelector(':target').id") == passage.get_attribute("id")


@pytest.fixture(scope="module")
def internal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the internal page of a text that rests on points."""
    folder = tmp_path_factory.mktemp("internal")
    text = replace(text_resting_on("B012-03", "catalogue:goals/M1"), internal=True)
    [built] = build(text, folder, (EditionFormat.HTML,))
    return folder / built.name


@pytest.mark.parametrize("view", (DESKTOP, PHONE), ids=("desktop", "phone"))
def test_axe_finds_nothing_in_an_internal_page(browser: Browser, internal: Path, view: View) -> None:
    tools.need(tools.AXE)
    with chromium.opened(browser, internal, view) as page:
        assert chromium.axe(page) == []
        page.locator("#show-links").check()
        assert chromium.axe(page) == []
        assert page.evaluate(WIDER) == 0


def test_what_a_passage_rests_on_is_seen_on_hover_and_on_focus_and_on_paper(browser: Browser, internal: Path) -> None:
    shown = "[...document.querySelectorAll('.rests')].map(node => getComputedStyle(node).opacity === '1')"
    places = "[...document.querySelectorAll('main :not(.permalink)')].map(node => node.offsetTop)"
    with chromium.opened(browser, internal, DESKTOP) as page:
        assert not any(page.evaluate(shown))
        before = page.evaluate(places)
        page.locator(".passage:has(.rests)").nth(2).hover()
        assert page.evaluate(shown).count(True) == 1
        page.locator(".passage:has(.rests)").nth(2).locator(".rests").hover()
        assert (
            page.evaluate(shown).count(True) == 1
        )  # WCAG 1.4.13: it stays when it is pointed at, and it covers nothing
        assert page.evaluate(places) == before
        page.mouse.move(1, 1)
        page.locator(".rests a").nth(4).focus()
        assert page.evaluate(shown).count(True) == 1
        page.emulate_media(media="print")
        assert all(page.evaluate(shown))
    with chromium.opened(browser, internal, PHONE) as page:
        assert all(page.evaluate(shown))


def test_the_data_behind_a_figure_are_shown_on_demand_without_scripts(
    browser: Browser, files: dict[tuple[str, ...], Path]
) -> None:
    with chromium.opened(browser, files[REFERENCE], replace(DESKTOP, scripts=False)) as page:
        data, summary = page.locator("details.data table").first, page.locator("details.data summary").first
        assert not data.is_visible()
        summary.focus()
        page.keyboard.press("Enter")
        assert data.is_visible()
        assert summary.bounding_box()["height"] >= 24  # WCAG 2.2, 2.5.8


@pytest.mark.parametrize("scheme", ("light", "dark"))
@pytest.mark.parametrize("look", look_names())
def test_axe_finds_nothing_in_the_data_behind_figures(
    browser: Browser, files: dict[tuple[str, ...], Path], look: str, scheme: str
) -> None:
    tools.need(tools.AXE)
    with chromium.opened(browser, files["reference", "da", look], replace(DESKTOP, scheme=scheme)) as page:
        assert page.evaluate(OPENED) == 5
        assert chromium.axe(page) == []


OPENED = "[...document.querySelectorAll('details.data')].map(each => (each.open = true)).length"


@pytest.mark.parametrize("locale", published.LOCALES)
def test_a_figure_on_a_phone_is_drawn_in_a_readable_size_and_rolls_by_keyboard(
    browser: Browser, files: dict[tuple[str, ...], Path], locale: str
) -> None:
    with chromium.opened(browser, files["reference", locale, "house"], replace(PHONE, width=390)) as page:
        figures = page.locator("figure .picture")
        assert figures.count() == 5
        for number in range(5):
            group = figures.nth(number)
            assert group.locator("img").evaluate("img => img.clientWidth * 2.54 / 96") >= 14  # cm, of 16 on paper
            assert group.get_attribute("aria-label") == page.locator("figcaption").nth(number).inner_text()
            assert page.locator("figure .hint").nth(number).is_visible()
            group.focus()
            page.keyboard.press("ArrowRight")
            page.wait_for_function("group => group.scrollLeft > 0", arg=group.element_handle())
        assert page.evaluate(WIDER) == 0


@pytest.mark.parametrize("width", [1280, 1024])
def test_a_figure_at_a_desk_is_as_wide_as_the_text_and_does_not_roll(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    widths = page.locator("figure .picture").evaluate_all("all => all.map(each => each.scrollWidth - each.clientWidth)")
    assert widths == [0] * 5
    assert page.locator("figure .hint:visible").count() == 0


def test_paper_shows_the_data_behind_every_figure(page: Page, tmp_path: Path) -> None:
    tables = page.locator("details.data table").all_text_contents()
    page.pdf(path=tmp_path / "paper.pdf", prefer_css_page_size=True)
    paper = pypdfium2.PdfDocument(tmp_path / "paper.pdf")
    printed = "".join("".join(sheet.get_textpage().get_text_range() for sheet in paper).split())
    assert len(tables) == 5
    lost = [words for words in tables if "".join(words.split())[:60] not in printed]
    assert not lost


def test_the_page_asks_for_nothing_and_reads_without_scripts(
    browser: Browser, files: dict[tuple[str, ...], Path]
) -> None:
    asked: list[str] = []
    with chromium.opened(browser, files[REFERENCE], replace(DESKTOP, scripts=False)) as page:
        page.on("request", lambda request: asked.append(request.url))
        page.reload()
        words = page.locator("main").inner_text()
        links = page.locator("nav.contents a").count()
    assert [url for url in asked if not url.startswith("data:")] == [files[REFERENCE].as_uri()]
    assert len(words) > 100_000 and links > 20


def test_paper_shows_every_word_on_a4(page: Page, tmp_path: Path) -> None:
    page.pdf(path=tmp_path / "paper.pdf", prefer_css_page_size=True)
    page.emulate_media(media="print")
    words = set(page.locator("body").inner_text().split())
    paper = pypdfium2.PdfDocument(tmp_path / "paper.pdf")
    printed = " ".join(sheet.get_textpage().get_text_range() for sheet in paper)
    lost = {word for word in words if word.isalpha() and word not in printed.replace("\ufffe\r\n", "")}
    assert not lost
    assert all(sorted(round(side) for side in sheet.get_size()) == A4 for sheet in paper)
    assert len(paper) > 30
