"""Turn a folder with typst source into a PDF file, in a process of its own that can be stopped."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path


def main(arguments: list[str]) -> int:
    """Compile ``main.typ`` of the folder in ``arguments`` to ``main.pdf``; print typst's complaint, if it has one.

    Arguments: folder, folder of fonts, seconds since 1970 that the file says it was made at.
    """
    import typst  # noqa: PLC0415  # heavy, and of use in this process only

    root, fonts, moment = Path(arguments[0]), Path(arguments[1]), int(arguments[2])
    packages = root / "packages"
    try:
        typst.compile(
            root / "main.typ",
            output=root / "main.pdf",
            root=root,
            font_paths=[fonts],
            ignore_system_fonts=True,
            package_path=packages,
            package_cache_path=packages,
            pdf_standards=["ua-1", "a-2a"],
            timestamp=datetime.fromtimestamp(moment, UTC),
        )
    except typst.TypstError as error:
        json.dump({"message": error.message, "trace": error.trace or ""}, sys.stderr, default=str)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
