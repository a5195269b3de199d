"""Turn what a figure shows into a PNG picture, with matplotlib and the house's own font: same figure, same bytes."""

import functools
import io
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from forankring.publishing.figures import Bars, Drawable, Matrix, Palette
from forankring.workspace import house_templates

_DPI, _WIDTH, _TALLEST = 200, 160.0, 205.0
"""Dots an inch; in millimetres, the text's width and what of a page a picture may take."""
_LABEL, _SIZE, _LINE, _GAP = 62.0, 8.5, 4.0, 2.4
"""The column of names in mm, the letters in points, a line of letters and the air between rows in mm."""
_POINT = 25.4 / 72
_COLOURS = 32
_HOUSE = Palette()
_LOCK = threading.Lock()  # matplotlib's settings and its fonts belong to the whole process


@dataclass(frozen=True, slots=True)
class _Look:
    """How one series is filled: its colour, its pattern, and the colour of the number upon it."""

    fill: str
    hatch: str
    words: str


@functools.lru_cache(maxsize=64)
def draw(figure: Drawable, palette: Palette = _HOUSE) -> bytes | None:
    """Return the picture, as wide as the text; None for one that would be taller than a page."""
    with _LOCK:
        sheet = _Sheet(palette)
        height = _bars(sheet, figure, palette) if isinstance(figure, Bars) else _matrix(sheet, figure, palette)
        return sheet.png(height) if height <= _TALLEST else None


def looks(palette: Palette) -> tuple[_Look, ...]:
    """Return the looks of the series in order; two neighbours differ in lightness, and in pattern or edge."""
    accent, middle, tint, ink = (f"#{name}" for name in (palette.accent, palette.middle, palette.tint, palette.ink))
    return (
        _Look(accent, "", "#ffffff"),
        _Look("#ffffff", "////", ink),
        _Look(middle, "", ink),
        _Look(tint, "....", ink),
        _Look(accent, "xxxx", "#ffffff"),
        _Look("#ffffff", "", ink),
        _Look(middle, "\\\\\\\\", ink),
        _Look("#ffffff", "++++", ink),
    )


class _Sheet:
    """A sheet measured in millimetres from its upper left corner; shapes are kept until its height is known."""

    def __init__(self, palette: Palette) -> None:
        from matplotlib import font_manager, ft2font  # noqa: PLC0415  # heavy, and most texts have no figure

        fonts = house_templates() / "publishing" / "fonts"
        self.ink = f"#{palette.ink}"
        self._plain = font_manager.FontProperties(fname=str(fonts / "OpenSans-Regular.ttf"), size=_SIZE)
        self._unhinted = ft2font.LoadFlags.NO_HINTING  # so that widths do not jump
        self._metrics = font_manager.get_font(str(fonts / "OpenSans-Regular.ttf"))
        self._shapes: list[Callable[[Any], Any]] = []

    def measure(self, words: str) -> float:
        """Return how wide the words are."""
        self._metrics.set_size(_SIZE, 72)
        self._metrics.set_text(words, 0.0, flags=self._unhinted)
        return float(self._metrics.get_width_height()[0]) / 64 * _POINT

    def wrap(self, words: str, width: float) -> list[str]:
        """Return the words in lines; a word that is too long for one is cut."""
        lines = [""]
        for word in words.split():
            joined = f"{lines[-1]} {word}".strip()
            if self.measure(joined) <= width:
                lines[-1] = joined
            else:
                pieces = self._pieces(word, width)
                lines[-1:] = [line for line in (lines[-1], *pieces) if line]
        return lines

    def _pieces(self, word: str, width: float) -> list[str]:
        pieces = [""]
        for letter in word:
            if pieces[-1] and self.measure(pieces[-1] + letter) > width:
                pieces.append("")
            pieces[-1] += letter
        return pieces

    def write(self, x: float, y: float, words: str, *, side: str = "left", colour: str = "") -> None:
        """Write one line whose middle is at ``y``."""
        style = {"ha": side, "va": "center_baseline", "color": colour or self.ink, "fontproperties": self._plain}
        self._shapes.append(lambda axes: axes.text(x, y, words, parse_math=False, **style))

    def lines(self, x: float, y: float, lines: list[str], *, side: str = "left") -> None:
        """Write lines around the middle ``y``."""
        for number, line in enumerate(lines):
            self.write(x, y + (number - (len(lines) - 1) / 2) * _LINE, line, side=side)

    def box(self, x: float, y: float, width: float, height: float, look: _Look, edge: float = 0.6) -> None:
        """Draw a bar with its upper left corner at ``x, y``."""
        from matplotlib.patches import Rectangle  # noqa: PLC0415  # see __init__

        style: dict[str, Any] = {"facecolor": look.fill, "edgecolor": self.ink, "linewidth": edge, "hatch": look.hatch}
        self._shapes.append(lambda axes: axes.add_patch(Rectangle((x, y), width, height, **style)))

    def rule(self, start: tuple[float, float], end: tuple[float, float], colour: str) -> None:
        """Draw a thin line."""
        pairs = ([start[0], end[0]], [start[1], end[1]])
        self._shapes.append(lambda axes: axes.plot(*pairs, color=colour, linewidth=0.6, zorder=0))

    def dot(self, x: float, y: float, colour: str) -> None:
        """Draw a dot around ``x, y``."""
        self._shapes.append(lambda axes: axes.plot([x], [y], "o", color=colour, markersize=7))

    def png(self, height: float) -> bytes:
        """Return the sheet as a picture of few colours, which makes it a third as large."""
        import matplotlib as mpl  # noqa: PLC0415  # see __init__
        from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415
        from matplotlib.figure import Figure  # noqa: PLC0415
        from PIL import Image  # noqa: PLC0415

        with mpl.rc_context({**mpl.rcParamsDefault, "hatch.linewidth": 0.7, "backend": "agg"}):
            canvas: Any = FigureCanvasAgg(Figure(figsize=(_WIDTH / 25.4, height / 25.4), dpi=_DPI, facecolor="white"))
            axes = canvas.figure.add_axes((0, 0, 1, 1), xlim=(0, _WIDTH), ylim=(height, 0))
            axes.set_axis_off()
            for shape in self._shapes:
                shape(axes)
            canvas.draw()
            size = canvas.get_width_height()
            picture = Image.frombuffer("RGBA", size, bytes(canvas.buffer_rgba()), "raw", "RGBA", 0, 1).convert("RGB")
        target = io.BytesIO()
        small = picture.quantize(_COLOURS, dither=Image.Dither.NONE)
        small.save(target, "PNG", optimize=True, dpi=(_DPI, _DPI))
        return target.getvalue()


def _bars(sheet: _Sheet, figure: Bars, palette: Palette) -> float:
    """Draw the rows under their legend; return the height."""
    styles = looks(palette)
    top = _legend(sheet, figure.series, styles) if len(figure.series) > 1 else 1.0
    longest = max(sheet.measure(shown[0]) for shown in figure.shown) if len(figure.series) == 1 else 0.0
    scale = (_WIDTH - _LABEL - longest - 3) / float(max(sum(row) for row in figure.values))
    y = top
    for label, row, shown in zip(figure.labels, figure.values, figure.shown, strict=True):
        lines = sheet.wrap(label, _LABEL - 3)
        tall = max(len(lines) * _LINE, 5.0) + _GAP
        sheet.lines(0.5, y + tall / 2, lines)
        x = _LABEL
        for value, words, look in zip(row, shown, styles, strict=False):
            width = float(value) * scale
            if value:
                sheet.box(x, y + tall / 2 - 2.5, width, 5.0, look)
            _value(sheet, (x, y + tall / 2, width), words, look if len(figure.series) > 1 else None)
            x += width
        y += tall
    sheet.rule((_LABEL, top), (_LABEL, y), sheet.ink)
    return y + 1


def _value(sheet: _Sheet, place: tuple[float, float, float], words: str, look: _Look | None) -> None:
    """Write a number upon its part of a bar if it has room there; behind the bar where that is the only one."""
    x, y, width = place
    if look is None:
        sheet.write(x + width + 1.2, y, words)
        return
    needed = sheet.measure(words) + 2
    if width < needed + 0.6:
        return
    if look.hatch:
        sheet.box(x + (width - needed) / 2, y - 1.9, needed, 3.8, _Look(look.fill, "", look.words), edge=0)
    sheet.write(x + width / 2, y, words, side="center", colour=look.words)


def _legend(sheet: _Sheet, series: tuple[str, ...], styles: tuple[_Look, ...]) -> float:
    x, y = 0.5, 1.0
    for name, look in zip(series, styles, strict=False):
        line = sheet.wrap(name, _WIDTH - 12)[0]
        needed = sheet.measure(line) + 12
        if x > 1 and x + needed > _WIDTH:
            x, y = 0.5, y + _LINE + 1.5
        sheet.box(x, y, 6, 4, look)
        sheet.write(x + 7.2, y + 2, line)
        x += needed
    return y + _LINE + 3


def _matrix(sheet: _Sheet, figure: Matrix, palette: Palette) -> float:
    """Draw a grid with a dot where row and column meet; return the height."""
    label = _LABEL + 20 if len(figure.columns) <= 8 else _LABEL
    step = (_WIDTH - label) / len(figure.columns)
    heads = [sheet.wrap(name, step - 1) for name in figure.columns]
    y = max(map(len, heads)) * _LINE + 2
    middles = [label + step * (place + 0.5) for place in range(len(heads))]
    for x, lines in zip(middles, heads, strict=True):
        sheet.lines(x, y / 2, lines, side="center")
    line = f"#{palette.line}"
    for words, marks in zip(figure.labels, figure.marks, strict=True):
        sheet.rule((0, y), (_WIDTH, y), line)
        lines = sheet.wrap(words, label - 3)
        tall = len(lines) * _LINE + _GAP
        sheet.lines(0.5, y + tall / 2, lines)
        for x in (x for x, mark in zip(middles, marks, strict=True) if mark):
            sheet.dot(x, y + tall / 2, f"#{palette.accent}")
        y += tall
    sheet.rule((0, y), (_WIDTH, y), line)
    return y + 1
