"""Turn what is put on a sheet, from its upper left corner on, into a picture as high as it needs to be."""

from collections import defaultdict
from dataclasses import astuple, dataclass

from forankring.publishing.figures.drawable import Palette
from forankring.publishing.figures.drawing import Pen, Place, width_of

WIDTH, TALLEST, LINE = 160.0, 205.0, 4.0
"""In millimetres: the text's width, what of a page a picture may take, and a line of letters."""
_EDGE = 0.6  # points
_PAPER = b"\xff\xff\xff"


@dataclass(frozen=True, slots=True)
class Look:
    """How a shape is filled: its colour, its pattern, and the colour of the pattern and of the words upon it."""

    fill: str
    hatch: str
    words: str


class Sheet:
    """A sheet measured in millimetres from its upper left corner; what is put on it is kept until its height is known.

    Lines lie below boxes, boxes below paper, and words and dots above everything.
    """

    def __init__(self, palette: Palette) -> None:
        self._palette = palette
        self.ink, self.line, self.accent = (f"#{name}" for name in (palette.ink, palette.line, palette.accent))
        self._rules: defaultdict[str, list[Place]] = defaultdict(list)
        self._boxes: defaultdict[Look, list[Place]] = defaultdict(list)
        self._papers: defaultdict[str, list[Place]] = defaultdict(list)
        self._dots: defaultdict[str, list[Place]] = defaultdict(list)
        self._words: list[tuple[float, float, str, str]] = []

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
        self._words.append((left, y, words, colour or self.ink))

    def lines(self, x: float, y: float, lines: list[str], *, side: str = "left") -> None:
        """Write lines around the middle ``y``."""
        for number, line in enumerate(lines):
            self.write(x, y + (number - (len(lines) - 1) / 2) * LINE, line, side=side)

    def box(self, place: Place, look: Look) -> None:
        """Draw a bar."""
        self._boxes[look].append(place)

    def paper(self, place: Place, colour: str) -> None:
        """Cover what lies there, for words to be read upon."""
        self._papers[colour].append(place)

    def rule(self, start: tuple[float, float], end: tuple[float, float], colour: str) -> None:
        """Draw a thin line."""
        self._rules[colour].append((*start, end[0] - start[0], end[1] - start[1]))

    def dot(self, x: float, y: float, colour: str) -> None:
        """Draw a dot around ``x, y``."""
        self._dots[colour].append((x, y, 0, 0))

    def png(self, height: float) -> bytes:
        """Return the sheet as a picture."""
        pen = Pen(WIDTH, height)
        for colour, places in self._rules.items():
            pen.rules(places, colour)
        for look, places in self._boxes.items():
            pen.boxes(places, look.fill, (look.hatch, look.words), (self.ink, _EDGE))
        for colour, places in self._papers.items():
            pen.boxes(places, colour)
        for colour, places in self._dots.items():
            pen.dots(places, colour)
        for line in self._words:
            pen.write(*line)
        return pen.png(self._colours())

    def _colours(self) -> bytes:
        """Return the palette's colours, and between those that meet, the steps of a smooth edge."""
        accent, middle, tint, against, ink, line = map(bytes.fromhex, astuple(self._palette))
        grounds = ((middle, ink, 3), (tint, ink, 3), (against, ink, 3), (accent, ink, 2))
        steps = [
            _mixed(one, other, part / parts)
            for one, other, parts in ((_PAPER, ink, 6), (accent, _PAPER, 5), *grounds, (_PAPER, line, 2))
            for part in range(1, parts)
        ]
        colours = b"".join((_PAPER, accent, middle, tint, against, ink, line, *steps))
        return colours + _PAPER * (256 - len(colours) // 3)


def _mixed(one: bytes, other: bytes, part: float) -> bytes:
    return bytes(round(first + (second - first) * part) for first, second in zip(one, other, strict=True))
