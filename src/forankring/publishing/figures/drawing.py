"""Turn shapes, measured in millimetres, into a PNG picture with matplotlib's renderer and the house's own font."""

import ast
import contextlib
import functools
import importlib.util
import io
import json
import os
import re
import tempfile
import threading
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from forankring.workspace import house_templates

LOCK = threading.RLock()  # the renderer and its fonts belong to the whole process
_DPI, _SIZE, _HATCH, _RADIUS = 200, 8.5, 0.7, 1.25
"""Dots an inch; letters and the lines of a pattern in points, a dot in millimetres."""
_DOT = _DPI / 25.4
_BASE = 0.36 * _SIZE * _DPI / 72
"""How far below its middle a line of letters stands, in dots: half a capital."""
_FAMILIES = ("Forankring Text", "Forankring Signs")
"""Names of our own for the house's font and for one with the signs that it lacks: no other font is called so."""
_PAPER = "#ffffff"
Place = tuple[float, float, float, float]
"""The left and upper edge of something, its width and its height."""
_FOLDER = "MPLCONFIGDIR"


def prepare() -> None:
    """Load what drawing needs, which takes a third of a second: to be called beside other work."""
    with LOCK:
        _load()


@functools.lru_cache(maxsize=4096)
def width_of(words: str) -> float:
    """Return the width in millimetres; words come again, and measuring is half the work."""
    with LOCK:
        tools = _load()
        width: float = _scale().get_text_width_height_descent(words, tools.font, False)[0]
    return width / _DOT


class Pen:
    """Draws on a picture of its own; places and sizes in millimetres, line widths in points."""

    def __init__(self, width: float, height: float) -> None:
        self._tools = _load()
        self._size = (round(width * _DOT), round(height * _DOT))
        self._renderer = self._tools.renderer(*self._size, _DPI)
        self.boxes([(-1, -1, width + 2, height + 2)], _PAPER)

    def write(self, x: float, y: float, words: str, colour: str) -> None:
        """Write one line from ``x``, its middle at ``y``."""
        graphics = self._graphics(colour, 0)
        self._renderer.draw_text(graphics, x * _DOT, y * _DOT + _BASE, words, self._tools.font, 0.0)

    def boxes(
        self,
        places: Sequence[Place],
        fill: str,
        hatch: tuple[str, str] = ("", ""),
        edge: tuple[str, float] = ("", 0),
    ) -> None:
        """Draw boxes of one look; a pattern has a colour, an edge has a colour and a width.

        All in one path: matplotlib prepares a pattern anew for each, which was half of the drawing.
        """
        graphics = self._graphics(edge[0] or fill, edge[1])
        if hatch[0]:
            graphics.set_hatch(hatch[0])
            graphics.set_hatch_color(self._tools.rgba(hatch[1]))
            graphics.set_hatch_linewidth(_HATCH)
        corners = ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))
        self._renderer.draw_path(graphics, self._path(places, corners), self._tools.affine(), self._tools.rgba(fill))

    def rules(self, places: Sequence[Place], colour: str) -> None:
        """Draw thin lines of one colour, each from a place's upper left to its lower right corner."""
        path = self._path(places, ((0, 0), (1, 1)))
        self._renderer.draw_path(self._graphics(colour, 0.6), path, self._tools.affine())

    def dots(self, places: Sequence[Place], colour: str) -> None:
        """Draw dots of one colour around the places' corners."""
        size, path = self._tools.affine().scale(_RADIUS * _DOT), self._path(places, ((0, 0),))
        graphics, circle = self._graphics(colour, 0), self._tools.path.unit_circle()
        self._renderer.draw_markers(graphics, circle, size, path, self._tools.affine(), self._tools.rgba(colour))

    def png(self, colours: bytes) -> bytes:
        """Return the picture on paper in these colours, three bytes each, at most 256: a third as large as in all."""
        from PIL import Image  # noqa: PLC0415  # see _load

        drawn = Image.frombytes("RGB", self._size, bytes(self._renderer.buffer_rgba()), "raw", "RGBX")
        few = Image.new("P", (1, 1))
        few.putpalette(colours)
        target = io.BytesIO()
        drawn.quantize(palette=few, dither=Image.Dither.NONE).save(target, "PNG", dpi=(_DPI, _DPI))
        return target.getvalue()

    def _graphics(self, colour: str, edge: float) -> Any:
        graphics = self._renderer.new_gc()
        graphics.set_foreground(self._tools.rgba(colour), isRGBA=True)
        graphics.set_linewidth(edge)
        return graphics

    def _path(self, places: Sequence[Place], corners: Sequence[tuple[float, float]]) -> Any:
        """Return one path of the same corners at every place, in dots; the renderer counts from below."""
        points = [(x + across * width, y + down * height) for x, y, width, height in places for across, down in corners]
        kinds = [self._tools.path.MOVETO, *[self._tools.path.LINETO] * (len(corners) - 1)]
        if len(corners) > 2:
            kinds[-1] = self._tools.path.CLOSEPOLY
        dots = [(x * _DOT, self._size[1] - y * _DOT) for x, y in points]
        return self._tools.path(dots, kinds * len(places))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tools:
    """What is used of matplotlib."""

    renderer: Any
    path: Any
    affine: Any
    rgba: Any
    font: Any


@functools.cache
def _load() -> _Tools:
    """Load matplotlib where it can neither read nor write anything of the user's, nor look for fonts."""
    with _own_settings():
        import matplotlib as mpl  # noqa: PLC0415  # heavy, and most texts have no figure
        from matplotlib import colors, font_manager, path, transforms  # noqa: PLC0415
        from matplotlib.backends import backend_agg  # noqa: PLC0415

    warnings.filterwarnings("ignore", r"Glyph \d+ .* missing from font")  # it shows as a box, and that is all to say
    mpl.rcParams.update({**mpl.rcParamsDefault, "backend": "agg"})
    ours = house_templates() / "publishing" / "fonts" / "OpenSans-Regular.ttf"
    signs = Path(mpl.get_data_path(), "fonts", "ttf", "DejaVuSans.ttf")
    for name, file in zip(_FAMILIES, (ours, signs), strict=True):
        font_manager.fontManager.ttflist.append(font_manager.FontEntry(fname=str(file), name=name, size="scalable"))
    return _Tools(
        renderer=backend_agg.RendererAgg,
        path=path.Path,
        affine=transforms.Affine2D,
        rgba=colors.to_rgba,
        font=font_manager.FontProperties(family=list(_FAMILIES), size=_SIZE),
    )


@contextlib.contextmanager
def _own_settings() -> Iterator[None]:
    """Give matplotlib a folder of its own for as long as it loads, with a list of no fonts.

    Without, it makes folders in the user's home, and the first time it reads every font of the machine.
    """
    before = os.environ.get(_FOLDER)
    with tempfile.TemporaryDirectory(prefix="forankring-") as folder:
        os.environ[_FOLDER] = folder
        try:
            _forestall(Path(folder))
            yield
        finally:
            os.environ.pop(_FOLDER)
            if before is not None:
                os.environ[_FOLDER] = before


def _forestall(folder: Path) -> None:
    """Write the list of fonts that matplotlib would make. Where it looks for another one, it makes its own here."""
    found = importlib.util.find_spec("matplotlib.font_manager")
    source = Path(found.origin).read_text(encoding="utf-8") if found and found.origin else ""
    version = re.search(r"(?m)^    __version__ = (\d+|'[\w.]+')$", source)
    if version:
        number = ast.literal_eval(version[1])
        fonts = {"_version": number, "_FontManager__default_weight": "normal", "default_size": None, "afmlist": []}
        fonts |= {"ttflist": [], "defaultFamily": {"ttf": _FAMILIES[0]}, "__class__": "FontManager"}
        (folder / f"fontlist-v{number}.json").write_text(json.dumps(fonts), encoding="ascii")


@functools.cache
def _scale() -> Any:
    return _load().renderer(1, 1, _DPI)
