"""PDF: what a page says at its edge is left out only where it counts the pages or stands on half of them."""

import pytest

from forankring.intake.readers.pdf import Line, _is_item, _without_heads, _without_page_numbers


def lines(*pages: tuple[str, ...]) -> list[Line]:
    return [
        Line(text=text, size=10, top=800 - 20 * row, page=number)
        for number, page in enumerate(pages, start=1)
        for row, text in enumerate(page)
    ]


@pytest.mark.parametrize("form", ["{n}", "- {n} -", "Side {n} af 3", "side {n}"])
@pytest.mark.parametrize("ahead", [0, 4])
def test_numbers_that_count_along_with_the_pages_are_left_out(form: str, ahead: int) -> None:
    pages = [("Ord.", form.format(n=number + ahead)) for number in (1, 2, 3)]
    kept, dropped = _without_page_numbers(lines(*pages))

    assert ([line.text for line in kept], dropped) == (["Ord."] * 3, 3)


@pytest.mark.parametrize("last", ["1234", "12", "2024"])
def test_a_number_at_the_end_of_a_page_that_counts_nothing_is_what_somebody_said(last: str) -> None:
    kept, dropped = _without_page_numbers(lines(("Beløbet er", last), ("Mere.",)))

    assert ([line.text for line in kept], dropped) == (["Beløbet er", last, "Mere."], 0)


def test_letterheads_and_feet_are_left_out_line_by_line_and_nothing_else_is() -> None:
    heads = ("Eksempel Kommune", "Digitalisering")
    pages = [(*heads, f"Ord {number}.", "Det samme.", f"Mere {number}.", "Fod") for number in (1, 2, 3)]
    kept, found = _without_heads(lines(*pages, ("Bilag", "Digitalisering", "Sidst.")))

    said = [word for number in (1, 2, 3) for word in (f"Ord {number}.", "Det samme.", f"Mere {number}.")]
    assert ([line.text for line in kept], found) == ([*said, "Bilag", "Digitalisering", "Sidst."], True)


@pytest.mark.parametrize(
    "pages", [[("Ja.",), ("Ja.",)], [("Hoved", "Ord.")], [("A", "Et."), ("B", "To."), ("C", "Tre.")]]
)
def test_pages_with_one_line_and_heads_of_their_own_keep_them(pages: list[tuple[str, ...]]) -> None:
    assert _without_heads(lines(*pages)) == (lines(*pages), False)


@pytest.mark.parametrize(
    ("line", "item"),
    [("- bedre data", True), ("– bedre data", True), ("– savanner og skove – bliver", False), ("• et – to", True)],
)
def test_a_line_that_goes_on_between_dashes_is_no_item(line: str, item: bool) -> None:
    assert _is_item(line) is item
