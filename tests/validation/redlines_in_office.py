"""Say what LibreOffice makes of tracked changes: run by the Python that has LibreOffice's bridge (``uno``).

``redlines_in_office.py PIPE JOBS SAID``: JOBS is a JSON file, a list of Word files; SAID is where the answer goes, for
each file ``{changes: [[type, author], …], shown, accepted, rejected, accepted_left, rejected_left}``. Texts are lists
of lines: paragraphs, cells and notes as they stand in the opened file, and after all were accepted or rejected;
what is left are changes that the office did not resolve.
"""

import contextlib
import json
import sys
from pathlib import Path

import uno
from com.sun.star.util import URL
from fill_in_office import connected, named

_ALL = {"accepted": "AcceptAllTrackedChanges", "rejected": "RejectAllTrackedChanges"}


def main(pipe, jobs, said):
    desktop = connected(pipe)
    answers = {file: said_of(desktop, file) for file in json.loads(Path(jobs).read_text(encoding="utf-8"))}
    Path(said).write_text(json.dumps(answers), encoding="utf-8")
    with contextlib.suppress(Exception):  # the office is gone before it has answered
        desktop.terminate()


def said_of(desktop, file):
    said = {}
    for name, command in _ALL.items():
        document = desktop.loadComponentFromURL(uno.systemPathToFileUrl(file), "_blank", 0, (named("Hidden", True),))
        said["changes"] = [[change.RedlineType, change.RedlineAuthor] for change in items(document.Redlines)]
        said["shown"] = list(lines_of(document))
        place = URL(Complete=f".uno:{command}", Protocol=".uno:", Path=command)
        document.CurrentController.Frame.queryDispatch(place, "_self", 0).dispatch(place, ())
        said[name] = list(lines_of(document))
        said[f"{name}_left"] = len(list(items(document.Redlines)))
        document.close(True)
        if not said["changes"]:
            break
    return said


def items(container):
    found = container.createEnumeration()
    while found.hasMoreElements():
        yield found.nextElement()


def lines_of(document):
    yield from text_of(document.Text)
    for number in range(document.Footnotes.Count):
        for line in text_of(document.Footnotes.getByIndex(number)):
            yield f"note: {line}"


def text_of(text):
    for block in items(text):
        if block.supportsService("com.sun.star.text.TextTable"):
            for name in block.CellNames:
                for line in text_of(block.getCellByName(name)):
                    yield f"cell: {line}"
        else:
            yield block.String


if __name__ == "__main__":
    main(*sys.argv[1:])
