"""What was deleted is no remark in any format, and what somebody wrote into a field or a table in a table is one."""

import io
import zipfile
from pathlib import Path

import pytest
from intake_scene import gathered, only

RTF = (
    r"{\rtf1\ansi Vi {\rtlch \deleted\lang1030\revauthdel1 ikke }st\'f8tter {\revised det nye} forslag.\par"
    r"\deleted Slettet. \deleted0 Stien \\deleted er vores.\par{\*\annotation Hm.}}"
)
PAGE = "<html><body><p>Vores svar:</p><TEXTAREA rows='2'>Skriv »skal«.</TEXTAREA></body></html>"


def open_document(body: str) -> bytes:
    names = " ".join(
        f"xmlns:{n}='urn:oasis:names:tc:opendocument:xmlns:{n}:1.0'" for n in ("office", "style", "text", "table")
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        text = f"<office:automatic-styles/><office:body><office:text>{body}</office:text></office:body>"
        archive.writestr("content.xml", f"<office:document-content {names}>{text}</office:document-content>")
        archive.writestr("styles.xml", f"<office:document-styles {names}/>")
    return buffer.getvalue()


FIELDS = "<text:p>Vi er <text:text-input>for</text:text-input> <text:drop-down>mål 3</text:drop-down>.</text:p>"
NUMBERED = "<text:numbered-paragraph><text:p>Nummereret.</text:p></text:numbered-paragraph>"
TABLE = "<table:table><table:table-row><table:table-cell>{}</table:table-cell></table:table-row></table:table>"
NESTED = TABLE.format("<text:p>Celle.</text:p>" + TABLE.format("<text:p>Indre.</text:p>"))


@pytest.mark.parametrize(
    ("name", "data", "said", "notes"),
    [
        (
            "svar.rtf",
            RTF,
            ["Vi støtter det nye forslag.", r"Stien \deleted er vores."],
            {"tracked_changes": 4, "comments_left_out": 1},
        ),
        (
            "svar.odt",
            open_document(FIELDS + NUMBERED + NESTED),
            ["Vi er for mål 3.", "Nummereret.", "Celle.\n\nIndre."],
            {},
        ),
        ("svar.html", PAGE, ["Vores svar:", "Skriv »skal«."], {}),
    ],
)
def test_only_what_is_said_is_read(
    name: str, data: str | bytes, said: list[str], notes: dict[str, int], tmp_path: Path
) -> None:
    item = only(gathered(tmp_path, {f"hoering-1/eksempel-kommune/{name}": data}))
    assert [point.text for point in item.points] == said
    assert {note.code: note.values["n"] for note in item.notes} == notes
