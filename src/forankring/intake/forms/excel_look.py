"""Turn a look into the fonts, grounds and printed page of an Excel form."""

from typing import Any

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from forankring.workspace import Look

TEXT = "@"
"""The format that leaves what is typed as it is typed: 2027-03-01, 1.10."""

_TOP = Alignment(wrap_text=True, vertical="top")


class Paint:
    """Paint cells in the colours of a look."""

    def __init__(self, look: Look) -> None:
        colours = look.colours
        self._font = look.fonts.word
        self._ink, self._quiet, self._accent = (_plain(c) for c in (colours.ink, colours.quiet, colours.accent))
        self._tint = PatternFill("solid", fgColor=_plain(colours.tint))
        self._edges = _edges(_plain(colours.line))

    def title(self, cell: Any) -> None:
        """Paint the form's title."""
        cell.font = Font(name=self._font, size=20, bold=True, color=self._accent)

    def heading(self, cell: Any) -> None:
        """Paint a section's heading."""
        cell.font = Font(name=self._font, size=14, bold=True, color=self._accent)
        cell.alignment = Alignment(vertical="bottom")

    def said(self, cell: Any) -> None:
        """Paint what helps."""
        cell.font = Font(name=self._font, size=10, color=self._quiet)
        cell.alignment = _TOP

    def plain(self, cell: Any) -> None:
        """Paint a line that may run on over its neighbours."""
        cell.font = Font(name=self._font, size=10, color=self._quiet)

    def label(self, cell: Any) -> None:
        """Paint a label."""
        cell.font = Font(name=self._font, size=11, bold=True, color=self._ink)
        cell.fill, cell.border, cell.alignment = self._tint, self._edges, _TOP

    def answer(self, cell: Any) -> None:
        """Paint a cell that is to be filled in."""
        cell.font = Font(name=self._font, size=11, color=self._ink)
        cell.border, cell.alignment, cell.number_format = self._edges, _TOP, TEXT


def set_page(sheet: Any, *, landscape: bool, head: int, foot: str) -> None:
    """Let the sheet be printed on A4, as wide as the page, with its head on each."""
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.left.text, sheet.oddFooter.right.text = foot.replace("&", "&&"), "&P / &N"
    sheet.sheet_view.showGridLines = False
    if head:
        sheet.print_title_rows = f"{head}:{head}"


def set_widths(sheet: Any, widths: list[float]) -> None:
    """Set the columns' widths, in letters."""
    for n, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(n)].width = width


def lines_in(text: str, width: float) -> int:
    """Return how many lines a text takes in a column: programs do not measure it when they open a file."""
    return sum(max(1, -(-len(line) // max(1, int(width * 0.95)))) for line in text.split("\n"))


def _plain(colour: str) -> str:
    return colour.lstrip("#").upper()


def _edges(colour: str) -> Border:
    side = Side(style="thin", color=colour)
    return Border(left=side, right=side, top=side, bottom=side)
