"""An OpenDocument text is turned into what the reader of Word forms looks at, and nothing else."""

from lxml import etree

from forankring.intake.forms.odt_text import as_word
from forankring.intake.forms.word_text import W, first_line, marks_of, paragraph_text, rows_of, said, style_of

_NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "style", "table", "text")
)
CONTENT = f"""<office:document-content {_NAMES}><office:automatic-styles>
<style:style style:name="P1" style:parent-style-name="Form_20_Help"/></office:automatic-styles><office:body>
<office:text><text:tracked-changes><text:p>Slettet</text:p></text:tracked-changes>
<text:h text:style-name="Heading_20_1">Hvem<text:s text:c="2"/>svarer<text:bookmark text:name="ff_x"/>?</text:h>
<text:section><text:list><text:list-item><text:p text:style-name="P1">I en liste</text:p></text:list-item></text:list>
</text:section><table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>Hoved</text:p>
</table:table-cell></table:table-row></table:table-header-rows><table:table-row><table:table-cell>
<text:p/><text:p>Ét<office:annotation><text:p>Kommentar</text:p></office:annotation><text:tab/>to<text:line-break/>tre</text:p>
<text:p>Fire</text:p></table:table-cell><table:table-cell/></table:table-row></table:table></office:text></office:body>
</office:document-content>"""


def test_paragraphs_tables_and_bookmarks_are_kept_and_comments_and_deletions_are_not() -> None:
    document = as_word(etree.fromstring(CONTENT))
    beside = [p for p in document.iter(f"{W}p") if next(p.iterancestors(f"{W}tbl"), None) is None]
    (table,) = document.iter(f"{W}tbl")
    head, row = rows_of(table)

    assert [(style_of(p), paragraph_text(p)) for p in beside] == [
        ("Heading1", "Hvem  svarer?"),
        ("FormHelp", "I en liste"),
    ]
    assert list(marks_of(document)) == ["ff_x"]
    assert [first_line(cell) for cell in head] == ["Hoved"]
    assert [said(cell) for cell in row] == ["Ét\tto\ntre\n\nFire", ""]


def test_a_text_without_a_body_is_empty() -> None:
    assert not list(as_word(etree.fromstring(f"<office:document-content {_NAMES}/>")).iter(f"{W}p"))
