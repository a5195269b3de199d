"""Turn one page of a PDF into a grey picture (PGM): a program of its own, so that it can be killed.

Run as ``python -I page_worker.py FILE PAGE``. It imports nothing of the engine, which keeps its start short.
"""

import sys

BROKEN, MISSING = 4, 5
DOTS_PER_INCH = 300
LONGEST = 5_000
"""Dots along one side of the picture; a larger page is drawn with fewer to the inch."""


def main(path: str, number: str) -> int:
    """Write the page's picture to standard output; return the exit code."""
    try:
        import pypdfium2  # noqa: PLC0415  # its absence is an outcome of this program
    except ImportError as error:
        sys.stderr.write(str(error))
        return MISSING
    try:
        page = pypdfium2.PdfDocument(path)[int(number) - 1]
        scale = min(DOTS_PER_INCH / 72, LONGEST / max(*page.get_size(), 1.0))
        picture = page.render(scale=scale, grayscale=True, may_draw_forms=False)
    except (pypdfium2.PdfiumError, ValueError, IndexError):
        return BROKEN
    data = bytes(picture.buffer)
    rows = (data[row * picture.stride : row * picture.stride + picture.width] for row in range(picture.height))
    sys.stdout.buffer.write(b"P5 %d %d 255\n" % (picture.width, picture.height) + b"".join(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
