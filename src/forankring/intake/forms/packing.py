"""Turn an office file as a library saves it into one that has the same bytes whenever it is made."""

import io
import zipfile
from xml.sax.saxutils import escape

from lxml import etree

_DAWN = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip file can name."""

_FONT_ORDER = "b i strike condense extend outline shadow u vertAlign sz color name family charset scheme".split()

_CORE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{title}</dc:title>'
    "<dc:creator>{creator}</dc:creator><dc:language>{language}</dc:language></cp:coreProperties>"
)


def packed(data: bytes, *, title: str, creator: str, language: str) -> bytes:
    """Return the file with fixed dates, and with nothing in its properties but title, creator and language."""
    core = _CORE.format(title=escape(title), creator=escape(creator), language=escape(language))
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, _DAWN)
            info.compress_type = zipfile.ZIP_DEFLATED
            part = old.read(name)
            if name == "docProps/core.xml":
                part = core.encode()
            new.writestr(info, _with_fonts_in_order(part) if name == "xl/styles.xml" else part)
    return made.getvalue()


def _with_fonts_in_order(styles: bytes) -> bytes:
    """Return a workbook's styles with what fonts are made of in the order that the schema has; openpyxl has its own."""
    root = etree.fromstring(styles)
    for font in root.iterfind("{*}fonts/{*}font"):
        font[:] = sorted(font, key=lambda child: _FONT_ORDER.index(etree.QName(child).localname))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
