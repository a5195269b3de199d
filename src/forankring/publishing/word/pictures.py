"""Turn the pictures that pandoc wrote into pictures whose words are said once and that stand at the text's edge."""

from typing import Any

_INLINE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}inline"
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}cNvPr"
_DISTANCES = ("distT", "distB", "distL", "distR")


def settle_pictures(body: Any) -> None:
    """Take away what pandoc says of each picture a second time, its whole file as letters, and the air around it.

    Where the air is not told, LibreOffice takes an eighth of an inch, and a picture as wide as the text leaves it.
    """
    for inline in body.iter(_INLINE):
        for side in _DISTANCES:
            inline.set(side, "0")
        for picture in inline.iter(_PICTURE):
            picture.attrib.pop("descr", None)
