"""PDF: what a page says at its edge is left out only where it counts the pages."""

import pytest

from forankring.intake.readers.pdf import Line, _without_page_numbers


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
