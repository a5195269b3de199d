"""A figure is drawn from the table in its division: what it says, what cannot be drawn, and that grey tells it all."""

import hashlib
import io
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageColor

from forankring import text
from forankring.language import load_locale
from forankring.publishing.figures.charts import draw, looks, looks_of
from forankring.publishing.figures.drawable import Bars, Drawable, Flaw, Matrix, Palette, drawable
from forankring.publishing.figures.telling import alternative
from forankring.publishing.manuscript.illustrating import palette_of
from forankring.publishing.manuscript.mending import mend
from forankring.publishing.manuscript.tables import table
from forankring.text import Node
from forankring.workspace import look_names, look_text, parse_look
from tests.unit.publishing.test_mending import desk

DA, EN = load_locale("da"), load_locale("en")
VERDICTS = table(["Mål", "Nået", "Delvist nået"], [["Digitalt møde", "2", "1"], ["Vækst", "–", "1.200"]])
PALETTES = [palette_of(parse_look(look_text(name)).colours) for name in look_names()]
DRAWING = """
import hashlib
from decimal import Decimal
from forankring.publishing.figures.charts import draw
from forankring.publishing.figures.drawable import Bars
one = (Decimal(2), Decimal(1)), (Decimal(0), Decimal(3))
figure = Bars(labels=("Møde", "Vækst"), series=("Nået", "Ikke"), values=one, shown=(("2", "1"), ("–", "3")))
print(hashlib.sha256(draw(figure)).hexdigest())
"""


def figure_of(block: Node, *classes: str, caption: str = "Parternes vurdering") -> tuple[list[Node], list[str]]:
    bench = desk()
    block["c"][1] = [None, [{"t": "Plain", "c": text.inlines(caption)}]]
    division: Node = {"t": "Div", "c": [["fig-a", ["figure", *classes], []], [block]]}
    return mend(bench, [division]), [found.code for found in bench.mends]


def test_a_figure_is_the_picture_and_the_table_below_it_both_with_the_caption() -> None:
    (figure, below), codes = figure_of(table(["Mål", "Antal"], [["A", "1"], ["B", "2"]]), "bars")
    assert (figure["t"], below["t"]) == ("Figure", "Table")
    assert figure["c"][0][0] == "fig-a"
    assert text.plain(figure["c"][1][1]) == "Parternes vurdering"
    assert text.plain(figure["c"][2]) == "Liggende søjler. Parternes vurdering. A: 1. B: 2."
    assert below["c"][1] == figure["c"][1]
    assert codes == []


def test_a_number_that_is_mended_by_hand_gives_another_picture() -> None:
    (before, _), _ = figure_of(table(["Mål", "Antal"], [["A", "1"], ["B", "2"]]), "bars")
    (after, _), _ = figure_of(table(["Mål", "Antal"], [["A", "3"], ["B", "2"]]), "bars")
    assert before["c"][2][0]["c"][0]["c"][2] != after["c"][2][0]["c"][0]["c"][2]


@pytest.mark.parametrize(
    ("rows", "kind", "code"),
    [
        ([["A", "mange"]], "bars", "cell_number"),
        ([["A", "⚠ Mangler"], ["B", "2"]], "bars", "cell_number"),
        ([["A", "-3"]], "bars", "cell_number"),
        ([["A", "1.5"]], "bars", "cell_number"),
        ([["A", "NaN"]], "bars", "cell_number"),
        ([["A", "0"], ["B", "–"]], "bars", "empty"),
        ([["A", "1"]] * 61, "bars", "rows"),
        ([["A", "1"]], "pie", "kind"),
        ([], "bars", "shape"),
        ([["A", "måske"], ["B", "ja"]], "matrix", "cell_yes"),
        ([["A", "–"]], "matrix", "empty"),
        ([["A", "2027"]], "timeline", "shape"),
        ([[("Et ganske langt navn " * 12), "1"]] * 50, "bars", "tall"),
    ],
)
def test_what_cannot_be_drawn_stands_as_its_table_and_says_why(rows: list[list[str]], kind: str, code: str) -> None:
    (division,), codes = figure_of(table(["Mål", "Antal"], rows), kind)
    (kept,) = division["c"][1]
    assert (division["t"], kept["t"]) == ("Div", "Table")
    assert text.plain(kept["c"][1][1]) == "Parternes vurdering"
    assert codes == [f"figure_{code}"]


@pytest.mark.parametrize(("kind", "most", "cell"), [("bars", 8, "1"), ("matrix", 14, "ja")])
def test_so_many_columns_are_drawn_and_not_one_more(kind: str, most: int, cell: str) -> None:
    heads = [f"K{number}" for number in range(most + 1)]
    assert not isinstance(drawable([kind], table(["Navn", *heads[:-1]], [["A", *[cell] * most]]), DA), Flaw)
    found = drawable([kind], table(["Navn", *heads], [["A", *[cell] * (most + 1)]]), DA)
    assert found == Flaw(code="columns", count=most + 1, most=most)


def test_a_flaw_names_the_first_cell_that_is_in_the_way_and_how_many_there_are() -> None:
    rows = [["A", "1", "2"], ["B", "3", "mange"], ["C", "få", "4"]]
    found = drawable(["bars"], table(["Navn", "Før", "Nu"], rows), DA)
    assert found == Flaw(code="cell_number", row=("B", "3", "mange"), column="Nu", cell="mange", times=2)


def test_a_figure_in_a_list_says_that_it_must_be_moved() -> None:
    bench = desk()
    inner: Node = {"t": "Div", "c": [["fig-a", ["figure", "bars"], []], [table(["A", "B"], [["a", "1"]])]]}
    mend(bench, [{"t": "BulletList", "c": [[inner]]}])
    assert [found.code for found in bench.mends if found.code.startswith("figure")] == ["figure_inside"]


def test_a_figure_without_a_table_stays_as_its_words() -> None:
    bench = desk()
    (division,) = mend(bench, [{"t": "Div", "c": [["", ["figure", "bars"], []], [text.para("Kun ord.")]]}])
    assert text.plain(division["c"][1]) == "Kun ord."
    assert [found.code for found in bench.mends] == ["figure_without_table"]


def test_numbers_are_read_as_the_locale_writes_them() -> None:
    danish, english = drawable(["bars"], VERDICTS, DA), table(["Goal", "Count"], [["A", "1,200.5"]])
    assert isinstance(danish, Bars)
    assert danish.values == ((Decimal(2), Decimal(1)), (Decimal(0), Decimal(1200)))
    read = drawable(["bars"], english, EN)
    assert isinstance(read, Bars)
    assert read.values == ((Decimal("1200.5"),),)
    assert isinstance(drawable(["bars"], english, DA), Flaw)


def test_columns_that_are_set_to_the_right_are_the_numbers() -> None:
    levels = table(["Trin", "Betydning", "Initiativer"], [["0", "Ikke placeret", "2"], ["–", "Ikke oplyst", "1"]])
    levels["c"][2][2] = [{"t": "AlignRight"}, {"t": "ColWidthDefault"}]
    found = drawable(["bars"], levels, DA)
    assert isinstance(found, Bars)
    assert found.labels == ("0 Ikke placeret", "Ikke oplyst")
    assert found.series == ("Initiativer",)


def test_a_matrix_reads_the_locales_yes() -> None:
    rows = [["Fælles sprog", "ja", "–"], ["Adgang", "ja", "ja"]]
    found = drawable(["matrix"], table(["Initiativ", "M1", "M2"], rows), DA)
    assert isinstance(found, Matrix)
    assert found.marks == ((True, False), (True, True))
    said = alternative(found, "", DA)
    assert said == "Oversigt med prikker. Fælles sprog: M1. Adgang: M1 og M2."
    assert isinstance(drawable(["matrix"], table(["Initiativ", "M1", "M2"], rows), EN), Flaw)


def test_words_for_several_series_name_each_number() -> None:
    found = drawable(["bars"], VERDICTS, DA)
    assert isinstance(found, Bars)
    said = alternative(found, "Vurderinger", DA)
    assert said == "Liggende søjler. Vurderinger. Digitalt møde: 2 nået, 1 delvist nået. Vækst: 1.200 delvist nået."


EMPTY = (
    table(["Mål", "Antal"], [["A", "2"], ["Uden", "–"]]),
    table(["Mål", "Antal"], [["A", "2"], ["Uden", "0"]]),
    table(["Mål", "Nået", "Ikke"], [["A", "1", "1"], ["Uden", "0", "–"]]),
)


@pytest.mark.parametrize("rows", EMPTY)
def test_a_row_of_bars_that_has_nothing_stays_and_says_so_in_the_picture_and_in_words(rows: Node) -> None:
    found = drawable(["bars"], rows, DA)
    assert isinstance(found, Bars)
    assert alternative(found, "", DA).endswith(" Uden: 0.")
    assert ink_in_last_row(found, left=500) > 20


def test_a_row_without_a_dot_stays_and_says_so_in_every_column() -> None:
    rows = [["A", "ja", "ja"], ["Uden", "–", "–"]]
    found = drawable(["matrix"], table(["Initiativ", "M1", "M2"], rows), DA)
    assert isinstance(found, Matrix)
    assert alternative(found, "", DA).endswith(" Uden: ingen.")
    assert ink_in_last_row(found, left=650) > 10


def test_words_for_much_data_name_the_extremes_and_lead_to_the_table() -> None:
    rows = [[f"Et initiativ med et temmelig langt navn, nummer {n}", str(n)] for n in range(1, 30)]
    found = drawable(["bars"], table(["Initiativ", "Antal"], rows), DA)
    assert isinstance(found, Bars)
    said = alternative(found, "Meget " * 60, DA)
    assert len(said) <= 400
    assert "Størst er »Et initiativ med et temmelig langt navn, nummer 29« med 29." in said
    assert said.endswith("Alle oplysninger står i tabellen til figuren.")


def short_words(*numbers: str, locale: str = "da", series: tuple[str, ...] = ("Antal",)) -> str:
    """Return what is said of rows A, B, C … with these numbers where it is too much to say it all."""
    rows = [[f"{letter} {'lang ' * 30}", *number.split()] for letter, number in zip("ABCDEFGH", numbers, strict=False)]
    found = drawable(["bars"], table(["Navn", *series], rows), load_locale(locale))
    assert isinstance(found, Bars)
    short = replace(found, labels=tuple("ABCDEFGH"[: len(rows)]))
    return alternative(short, "Meget " * 70, load_locale(locale))


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        (("3", "2", "1"), "Størst er »A« med 3. Mindst er »C« med 1. Alle"),
        (("3", "2", "2"), "Størst er »A« med 3. Mindst er »B« og »C« med hver 2. Alle"),
        (("3", "3", "3", "0"), "Størst er »A«, »B« og »C« med hver 3. Mindst er »D« med 0. Alle"),
        (("3", "0", "0", "–", "0"), "Størst er »A« med 3. 4 af 5 har den mindste værdi, 0. Alle"),
        (("4", "4", "4", "4", "1"), "4 af 5 har den største værdi, 4. Mindst er »E« med 1. Alle"),
        (("2", "2"), "Alle 2 har samme værdi, 2. Alle"),
        (("7",), " A: 7. Alle"),
    ],
)
def test_rows_that_share_the_largest_or_the_smallest_value_are_all_told(numbers: tuple[str, ...], told: str) -> None:
    assert told in short_words(*numbers)


def test_rows_that_share_a_value_are_told_in_english_too() -> None:
    assert "Smallest are “B” and “C”, each with 2. All" in short_words("3", "2", "2", locale="en")
    assert "4 of 5 have the smallest value, 0." in short_words("3", "0", "0", "0", "0", locale="en")
    assert "All 2 have the same value, 2." in short_words("2", "2", locale="en")


def test_of_several_series_the_sums_are_told() -> None:
    said = short_words("1 2", "0 3", "1 0", series=("Nået", "Ikke nået"))
    assert "Størst er »A« og »B« med hver 3 i alt. Mindst er »C« med 1 i alt. Tilsammen: nået 2, ikke nået 5." in said


def test_no_sentence_of_the_words_is_cut() -> None:
    names = [f"{letter}{'x' * 70}" for letter in "ABCDEF"]
    found = drawable(["bars"], table(["Navn", *names], [["Række", *"123456"], ["Anden", *"123456"]]), DA)
    assert isinstance(found, Bars)
    said = alternative(found, "", DA)
    assert len(said) <= 400
    assert said == "Liggende søjler. Alle 2 har samme værdi, 21 i alt. " + DA.label("figures.see_table")


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=40)
CELLS = st.one_of(st.integers(0, 3000).map(str), st.sampled_from(["–", "ja", "", "x", "1.000", "1,5"]))


@settings(max_examples=30, deadline=None)
@given(
    kind=st.sampled_from(["bars", "matrix"]),
    columns=st.integers(1, 9),
    labels=st.lists(WORDS, min_size=1, max_size=6),
    data=st.data(),
)
def test_any_table_is_drawn_or_refused(kind: str, columns: int, labels: list[str], data: Any) -> None:
    row = st.lists(CELLS, min_size=columns, max_size=columns)
    rows = [[label, *data.draw(row)] for label in labels]
    blocks, codes = figure_of(table(["Navn", *"ABCDEFGHI"[:columns]], rows), kind)
    assert [block["t"] for block in blocks] == (["Div"] if codes else ["Figure", "Table"])


def test_the_same_figure_has_the_same_bytes_in_every_thread_and_process() -> None:
    values = ((Decimal(2), Decimal(1)), (Decimal(0), Decimal(3)))
    figure = Bars(labels=("Møde", "Vækst"), series=("Nået", "Ikke"), values=values, shown=(("2", "1"), ("–", "3")))
    with ThreadPoolExecutor(max_workers=4) as pool:
        here = {hashlib.sha256(data or b"").hexdigest() for data in pool.map(draw.__wrapped__, [figure] * 8)}
    there = subprocess.run([sys.executable, "-c", DRAWING], capture_output=True, text=True, check=True).stdout.strip()
    assert here == {there}


@pytest.mark.parametrize("palette", PALETTES, ids=look_names())
def test_any_two_series_differ_in_grey_by_lightness_or_pattern(palette: Palette) -> None:
    for one, other in combinations(looks(palette), 2):
        apart = abs(lightness(one.fill) - lightness(other.fill))
        assert apart > 60 or one.hatch != other.hatch


@pytest.mark.parametrize("palette", PALETTES, ids=look_names())
@pytest.mark.parametrize(("count", "worst"), [(2, 1), (3, 2), (4, 3), (5, 3), (5, 4)])
def test_the_first_series_and_its_opposite_differ_strongly_in_colour_and_in_grey(
    palette: Palette, count: int, worst: int
) -> None:
    best, opposite = looks_of(count, palette)[0], looks_of(count, palette)[worst]
    assert contrast(best.fill, opposite.fill) >= 3
    assert sum(abs(a - b) for a, b in zip(rgb(best.fill), rgb(opposite.fill), strict=True)) > 200
    assert not best.hatch and (opposite.hatch or opposite.fill == "#ffffff")


@pytest.mark.parametrize("palette", PALETTES, ids=look_names())
def test_numbers_and_patterns_upon_bars_can_be_seen_in_grey(palette: Palette) -> None:
    assert all(contrast(style.fill, style.words) >= 4.5 for style in looks(palette))


def test_a_pattern_upon_a_dark_bar_is_drawn_in_white() -> None:
    one = (Decimal(1),)
    plain = Bars(labels=("A",), series=("a",), values=(one,), shown=(("1",),))
    last = Bars(labels=("A",), series=tuple("abcdef"), values=((Decimal(0),) * 5 + one,), shown=(("",) * 6,))
    assert whites(plain) == 0
    assert whites(last) > 20


def test_a_picture_is_as_wide_as_the_text_and_carries_no_words_of_its_maker() -> None:
    data = draw(Matrix(labels=("A",), columns=("M1",), marks=((True,),)))
    assert data
    picture = Image.open(io.BytesIO(data))
    assert picture.width * 25.4 / picture.info["dpi"][0] == pytest.approx(160, abs=0.5)
    assert set(picture.info) == {"dpi"}


def ink_in_last_row(figure: Drawable, left: int) -> int:
    """Return how many dots are dark to the right of the names and the axis, between the lines of the last row."""
    picture = Image.open(io.BytesIO(draw(figure) or b"")).convert("L")
    return sum(picture.crop((left, picture.height - 45, picture.width, picture.height - 15)).histogram()[:90])


def whites(figure: Bars) -> int:
    """Return how many white dots there are in the lower part of the only row's bar, which ends the picture."""
    picture = Image.open(io.BytesIO(draw(figure) or b"")).convert("L")
    dark = [x for x in range(500, picture.width) if level(picture, x) < 100]
    return sum(level(picture, x) == 255 for x in range(dark[0], dark[-1]))


def level(picture: Image.Image, x: int) -> int:
    grey = picture.getpixel((x, picture.height - 22))
    assert isinstance(grey, int)
    return grey


def rgb(colour: str) -> tuple[int, ...]:
    return ImageColor.getrgb(colour)[:3]


def lightness(colour: str) -> float:
    red, green, blue = ImageColor.getrgb(colour)[:3]
    return 0.299 * red + 0.587 * green + 0.114 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2.2 counts it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [part / 255 for part in ImageColor.getrgb(colour)[:3]]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
