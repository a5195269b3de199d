"""Turn an office file as a library saves it into one that has the same bytes whenever it is made."""

import io
import zipfile
from xml.sax.saxutils import escape

_DAWN = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip file can name."""

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
            new.writestr(info, core.encode() if name == "docProps/core.xml" else old.read(name))
    return made.getvalue()
