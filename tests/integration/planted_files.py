"""Files in which personal data is planted wherever their format has a place for words, each place with its own."""

import email.message
import email.policy
import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import openpyxl
import typst
from intake_scene import W, p, word
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from planting import Planter


def docx(said: Planter) -> bytes:
    """Return a Word file with secrets in its text, beside its text and in its properties."""
    split = said("word runs")
    body = (
        p(said("word body"))
        + p(*split)
        + f"<w:p><w:pPr><w:pStyle w:val='Heading1'/></w:pPr><w:r><w:t>{said('word heading')}</w:t></w:r></w:p>"
        + f"<w:tbl><w:tr><w:tc>{p(said('word cell'))}</w:tc><w:tc>{p('Enig')}</w:tc></w:tr></w:tbl>"
        + f"<w:p><w:r><w:t>Vi er </w:t></w:r><w:ins><w:r><w:t>{said('word insertion')}</w:t></w:r></w:ins>"
        + f"<w:del><w:r><w:delText>{said('word deletion')}</w:delText></w:r></w:del></w:p>"
        + f"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>{said('word hidden')}</w:t></w:r></w:p>"
        + f"<w:p><w:r><w:pict><v:shape alt='{said('word alt of shape')}' xmlns:v='urn:schemas-microsoft-com:vml'>"
        + f"<v:textbox><w:txbxContent>{p(said('word text box'))}</w:txbxContent></v:textbox>"
        + "</v:shape></w:pict></w:r></w:p>"
        + f'<w:p><w:r><w:instrText>HYPERLINK "x{said("word field code")}"</w:instrText></w:r></w:p>'
        + f"<w:p><w:fldSimple w:instr='AUTHOR {said('word simple field')}'><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>"
        + "<w:p><w:hyperlink r:id='r9' xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'>"
        + "<w:r><w:t>Se her</w:t></w:r></w:hyperlink></w:p>"
        + f"<w:sdt><w:sdtPr><w:alias w:val='{said('word control')}'/></w:sdtPr>"
        + f"<w:sdtContent>{p('Felt')}</w:sdtContent></w:sdt>"
        + "<w:p><w:r><w:footnoteReference w:id='2'/></w:r><w:r><w:t>Med en note.</w:t></w:r></w:p>"
        + "<w:p><w:r><w:drawing><wp:inline xmlns:wp='http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing'>"
        + f"<wp:docPr id='1' name='Billede' descr='{said('word alt')}'/></wp:inline></w:drawing></w:r></w:p>"
    )
    space = f'xmlns:w="{W}"'
    rels = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    return word(
        p("Forankring er vigtig for os.") + body,
        word__comments=f"<w:comments {space}><w:comment w:id='0' w:author='{said('word comment author')}'>"
        f"{p(said('word comment'))}</w:comment></w:comments>",
        word__header1=f"<w:hdr {space}>{p(said('word header'))}</w:hdr>",
        word__footer1=f"<w:ftr {space}>{p(said('word footer'))}</w:ftr>",
        word__footnotes=f"<w:footnotes {space}><w:footnote w:id='2'>{p(said('word footnote'))}</w:footnote>"
        "</w:footnotes>",
        word__endnotes=f"<w:endnotes {space}><w:endnote w:id='3'>{p(said('word endnote'))}</w:endnote></w:endnotes>",
        docProps__core="<cp:coreProperties xmlns:cp='c' xmlns:dc='http://purl.org/dc/elements/1.1/'>"
        f"<dc:title>{said('word title')}</dc:title><dc:creator>{said('word author')}</dc:creator></cp:coreProperties>",
        docProps__custom=f"<Properties><property name='x'><v>{said('word custom property')}</v></property>"
        "</Properties>",
        customXml__item1=f"<data><field>{said('word custom xml')}</field></data>",
        word__charts__chart1=f"<c><pt><v>{said('word chart')}</v></pt></c>",
        **{
            "word__media__image1.png": png(said, "word picture"),
            "word__embeddings__oleObject1.bin": b"\xd0\xcf\x11\xe0"
            + bytes(40)
            + said("word embedded").encode("utf-16-le"),
            "word__embeddings__bog.xlsx": xlsx_plain(said("word embedded workbook")),
            "word___rels__document.xml.rels": f"<Relationships xmlns='{package}'>"
            "<Relationship Id='r9' TargetMode='External'"
            f" Type='{rels}/hyperlink' Target='https://eksempel.dk/?q={said('word link')}'/>"
            f"<Relationship Id='r2' Type='{rels}/footnotes' Target='footnotes.xml'/></Relationships>",
        },
    )


def xlsx_plain(said: str) -> bytes:
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = said
    return _saved(book)


def xlsx(said: Planter) -> bytes:
    """Return an Excel workbook with secrets in cells, beside them and in its properties."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Svar"
    sheet.append(["Bemærkning", "Kapitel", "Forslag", said("sheet heading")])
    sheet.append([said("sheet remark"), said("sheet target"), said("sheet proposal"), said("sheet detail")])
    sheet.append(["Forankring er vigtig for os.", "Forankring", "", ""])
    sheet["A3"].comment = Comment(said("sheet comment"), said("sheet comment author"))
    sheet["B3"].hyperlink = "mailto:" + said("sheet link")
    sheet.oddHeader.center.text = said("sheet header")
    sheet.append(["En række, der er skjult.", "", said("sheet hidden row"), ""])
    sheet.row_dimensions[4].hidden = True
    hidden = book.create_sheet("Skjult")
    hidden.sheet_state = "hidden"
    hidden.append(["Bemærkning"])
    hidden.append([said("sheet hidden sheet")])
    third = book.create_sheet(said("sheet name")[-31:].replace(":", ""))
    third["A1"] = "Et ark med et navn, der ikke må ses af andre end os."
    book.defined_names["navn"] = DefinedName("navn", attr_text=f'"{said("sheet defined name")}"')
    book.properties.keywords = said("sheet keywords")
    book.properties.creator = said("sheet author")
    return _saved(book)


def _saved(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def typeset(said: Planter) -> bytes:
    """Return a PDF as a program makes it: text over lines, a heading, a link and properties."""
    source = f"""
#set document(title: "{said.plain("pdf title")}", author: "{said.plain("pdf author")}")
#set document(keywords: "{said.plain("pdf keywords")}")
#set page(width: 9cm, header: [#"{said.plain("pdf page header")}"])
= Forankring

Forankring er vigtig for os alle.

#"{said.plain("pdf text")}"

#table(columns: 2, [Bemærkning], [Kapitel], "{said.plain("pdf cell")}", [Forankring])

#link("mailto:" + "{said.plain("pdf link")}")[Skriv til os]

#text(fill: white, "{said.plain("pdf white text")}")
"""
    return typst.compile(source.encode())


def pdf(said: Planter) -> bytes:
    """Return a PDF by hand, with what typesetting does not make: notes, form fields, bookmarks, attachments, XMP."""
    xmp = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'><dc:rights>{said('pdf xmp')}</dc:rights></x:xmpmeta>".encode()
    page = b"BT /F1 9 Tf 20 300 Td (Forankring er vigtig for os alle, og derfor skal den vare ved.) Tj ET"
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R /Metadata 6 0 R /Outlines 9 0 R /AcroForm << /Fields [8 0 R] >> "
        b"/Names << /EmbeddedFiles << /Names [(svar.txt) 12 0 R] >> >> >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 500 400] /Contents 4 0 R /Annots [7 0 R 8 0 R 11 0 R] "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        _stream(page),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        _stream(zlib.compress(xmp), b"/Type /Metadata /Subtype /XML /Filter /FlateDecode"),
        b"<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /Contents "
        + _literal(said("pdf note"))
        + b" /T "
        + _literal(said("pdf note author"))
        + b" >>",
        b"<< /Type /Annot /Subtype /Widget /FT /Tx /Rect [0 0 90 9] /T (felt) /TU "
        + _literal(said("pdf field hint"))
        + b" /V "
        + _literal(said("pdf field"))
        + b" >>",
        b"<< /Type /Outlines /First 10 0 R /Last 10 0 R /Count 1 >>",
        b"<< /Title " + _literal(said("pdf bookmark")) + b" /Parent 9 0 R /Dest [3 0 R /Fit] >>",
        b"<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (mailto:"
        + said.plain("pdf address").encode("latin-1")
        + b") >> >>",
        b"<< /Type /Filespec /UF "
        + _literal(said("pdf attachment name") + ".txt")
        + b" /F (svar.txt) /EF << /F 13 0 R >> >>",
        _stream(zlib.compress(said("pdf attachment").encode()), b"/Type /EmbeddedFile /Filter /FlateDecode"),
        b"<< /Title (Svar) /Subject "
        + _literal(said("pdf subject"))
        + b" /Egen "
        + _literal(said("pdf own property"))
        + b" >>",
    ]
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, part in enumerate(parts, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + part + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1) + b"".join(b"%010d 00000 n \n" % at for at in places)
    out += b"trailer << /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(parts) + 1,
        len(parts),
        start,
    )
    return bytes(out)


def _literal(text: str) -> bytes:
    return b"<FEFF" + text.encode("utf-16-be").hex().encode() + b">"


def _stream(data: bytes, about: bytes = b"") -> bytes:
    return b"<< %s /Length %d >>\nstream\n" % (about, len(data)) + data + b"\nendstream"


def eml(said: Planter) -> bytes:
    """Return a mail with secrets in its headers, its text in every encoding, and its files."""
    mail = email.message.EmailMessage()
    mail["From"] = f'"{said("mail sender").replace(",", "")}" <post@eksempel-kommune.dk>'
    mail["To"] = "hoering@eksempel.dk"
    mail["Cc"] = f'"{said("mail copy").replace(",", "")}" <andre@eksempel.dk>'
    mail["Subject"] = said("mail subject")
    mail["X-Comment"] = said("mail own header")
    quoted = "\n".join(f"> {line}" for line in (said("mail quoted"), "Vi spørger jer."))
    text = (
        f"Forankring er vigtig for os.\n\n{said('mail text')}\n\n"
        f"Med venlig hilsen\n{said('mail signature')}\n\nDen 1. juni 2026 skrev Bo:\n{quoted}\n"
    )
    mail.set_content(text, cte="quoted-printable")
    mail.add_alternative(f"<p>Forankring er vigtig.</p><p>{said('mail html')}</p>", subtype="html", cte="base64")
    mail.add_attachment(
        f"Et forslag om drift. {said.plain('mail attached text')}".encode("latin-1"),
        "text",
        "plain",
        filename="forslag.txt",
        params={"charset": "latin-1"},
    )
    mail.add_attachment(
        word(p(said("mail attached word"))), "application", "octet-stream", filename=f"{said('mail file name')}.docx"
    )
    inner = email.message.EmailMessage()
    inner["From"] = "Bo <bo@eksempel.dk>"
    inner["Subject"] = said("mail in mail subject")
    inner.set_content(f"Vi er enige i det hele. {said('mail in mail')}\n")
    mail.add_attachment(inner)
    return mail.as_bytes(policy=email.policy.SMTP)


def archive(said: Planter) -> bytes:
    """Return a zip with secrets in its members, their names, their folders and its comment."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as out:
        out.writestr("svar.txt", f"Forankring er vigtig.\n\n{said('zip member')}\n")
        out.writestr(f"{said('zip folder')}/{said('zip member name')}.md", "Teknologien skal skabe værdi.\n")
        out.comment = said("zip comment").encode()
    return buffer.getvalue()


def png(said: Planter, name: str) -> bytes:
    """Return a picture whose program wrote about it, also packed, in UTF-8 and as XMP."""
    about = b"XML:com.adobe.xmp\0\0\0\0\0<x:xmpmeta>" + said(f"{name} xmp").encode() + b"</x:xmpmeta>"
    packed = b"Comment\0\x01\0\0\0" + zlib.compress(said(f"{name} packed itxt").encode())
    chunks = [
        (b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)),
        (b"tEXt", b"Author\0" + said.plain(f"{name} text").encode("latin-1")),
        (b"zTXt", b"Comment\0\0" + zlib.compress(said.plain(f"{name} packed text").encode("latin-1"))),
        (b"iTXt", about),
        (b"iTXt", packed),
        (b"IDAT", zlib.compress(b"\0\0")),
        (b"IEND", b""),
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


def markdown(said: Planter) -> bytes:
    return (
        f'---\nparty: {{name: Eksempel Kommune, type: municipality}}\ntitle: "{said.plain("md title")}"\n'
        f'contact: "{said("md contact")}"\ncase_ref: "{said("md case")}"\n---\n\n# Forankring\n\n'
        f"{said('md text')}\n\n<!-- {said('md comment')} -->\n\n[Se her]"
        f"(https://eksempel.dk/?{said('md link').replace(' ', '+')})\n\n"
        f"| a | b |\n|---|---|\n| {said('md cell')} | ja |\n\n`{said('md code')}`\n\n```\n{said('md block')}\n```\n\n"
        f"![{said('md alt')}](billede.png)\n"
    ).encode()


def html(said: Planter) -> bytes:
    return (
        f"<html><head><title>{said('html title')}</title><meta name='author' content='{said('html author')}'></head>"
        f"<body><h1>Forankring</h1><p>{said('html text')}</p><!-- {said('html comment')} --><p style='display:none'>"
        f"{said('html hidden')}</p><p title='{said('html tooltip')}'>Teknologien skal skabe værdi for borgerne.</p>"
        f"<a href='mailto:{said('html link')}'>Skriv</a></body></html>"
    ).encode()


def table(said: Planter) -> bytes:
    return (
        "Bemærkning;Kapitel;Forslag;Andet\n"
        f"{said.plain('csv remark')};Forankring;{said.plain('csv proposal')};{said.plain('csv other')}\n"
        "Forankring er vigtig for os.;Forankring;;\n"
    ).encode("cp1252")


def text16(said: Planter) -> bytes:
    return f"Forankring er vigtig.\r\n\r\n{said('text utf-16')}\r\n".encode("utf-16")


BUILDERS: dict[str, Callable[[Planter], bytes]] = {
    "svar.docx": docx,
    "svar.xlsx": xlsx,
    "sat.pdf": typeset,
    "svar.pdf": pdf,
    "svar.eml": eml,
    "svar.zip": archive,
    "svar.md": markdown,
    "svar.html": html,
    "svar.csv": table,
    "svar.txt": text16,
}
