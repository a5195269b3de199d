"""Turn what is put on a sheet, from its upper left corner on, into a picture as high as it needs to be."""

from collections.abc import Callable
from dataclasses import astuple, dataclass

from forankring.publishing.drawing import Pen, width_of
from forankring.publishing.figures import Palette

WIDTH, TALLEST, LINE = 160.0, 205.0, 4.0
"""In millimetres: the text's width, what of a page a picture may take, and a line of letters."""
_PAPER = b"\xff\xff\xff"


@dataclass(frozen=True, slots=True)
class Look:
    """How a shape is filled: its colour, its pattern, and the colour of the words upon it."""

    fill: str
    hatch: str
    words: str


class Sheet:
    """A sheet measured in millimetres from its upper left corner; shapes are kept until its height is known."""

    def __init__(self, palette: Palette) -> None:
        self._palette = palette
        self.ink, self.line, self.accent = (f"#{name}" for name in (palette.ink, palette.line, palette.accent))
        self._rules: list[Callable[[Pen], None]] = []
        self._shapes: list[Callable[[Pen], None]] = []

    def measure(self, words: str) -> float:
        """Return how wide the words are."""
        parts = words.split()
        return sum(map(width_of, parts)) + (width_of("n n") - width_of("nn")) * max(0, len(parts) - 1)

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
        if self.measure(word) <= width:
            return [word]
        pieces = [""]
        for letter in word:
            if pieces[-1] and self.measure(pieces[-1] + letter) > width:
                pieces.append("")
            pieces[-1] += letter
        return pieces

    def write(self, x: float, y: float, words: str, *, side: str = "left", colour: str = "") -> None:
        """Write one line whose middle is at ``y``."""
        left = x - self.measure(words) * {"left": 0.0, "center": 0.5, "right": 1.0}[side]
        self._shapes.append(lambda pen: pen.write(left, y, words, colour or self.ink))

    def lines(self, x: float, y: float, lines: list[str], *, side: str = "left") -> None:
        """Write lines around the middle ``y``."""
        for number, line in enumerate(lines):
            self.write(x, y + (number - (len(lines) - 1) / 2) * LINE, line, side=side)

    def box(self, x: float, y: float, width: float, height: float, look: Look, edge: float = 0.6) -> None:
        """Draw a bar with its upper left corner at ``x, y``; ``edge`` in points."""
        self._shapes.append(lambda pen: pen.box((x, y, width, height), look.fill, look.hatch, (self.ink, edge)))

    def rule(self, start: tuple[float, float], end: tuple[float, float], colour: str) -> None:
        """Draw a thin line below everything else."""
        self._rules.append(lambda pen: pen.rule(start, end, colour))

    def dot(self, x: float, y: float, colour: str) -> None:
        """Draw a dot around ``x, y``."""
        self._shapes.append(lambda pen: pen.dot(x, y, colour))

    def png(self, height: float) -> bytes:
        """Return the sheet as a picture."""
        pen = Pen(WIDTH, height)
        for shape in (*self._rules, *self._shapes):
            shape(pen)
        return pen.png(self._colours())

    def _colours(self) -> bytes:
        """Return the palette's colours, and between those that meet, the steps of a smooth edge."""
        accent, middle, tint, ink, line = map(bytes.fromhex, astuple(self._palette))
        meetings = ((_PAPER, ink, 6), (accent, _PAPER, 5), (middle, ink, 3), (tint, ink, 3), (accent, ink, 2))
        steps = [
            _mixed(one, other, part / parts)
            for one, other, parts in (*meetings, (_PAPER, line, 2))
            for part in range(1, parts)
        ]
        colours = b"".join((_PAPER, accent, middle, tint, ink, line, *steps))
        return colours + _PAPER * (256 - len(colours) // 3)


def _mixed(one: bytes, other: bytes, part: float) -> bytes:
    return bytes(round(first + (second - first) * part) for first, second in zip(one, other, strict=True))
