"""Open the zip file of a document from outside: refuse what is not safe, and read its XML parts within limits."""

import functools
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from forankring.errors import InputError
from forankring.intake.records import Original

MIB = 1024 * 1024
MAX_MEMBERS = 5_000
MAX_PART = 60 * MIB
MAX_XML = 30 * MIB
MAX_TOTAL = 200 * MIB
MAX_RATIO = 200
RATIO_FROM = 5 * MIB
"""A part this small may be packed as tightly as it likes."""

_OPENS_WITH_DOCTYPE = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?[^>]*\?>\s*)?<!DOCTYPE")
_MANIFEST = "META-INF/manifest.xml"
ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    ValueError,
    RuntimeError,
    OSError,
)
"""What the library raises for a damaged archive: an unknown method, a password, a member before the file's start."""

_MACROS = ("vbaproject.bin", "vbadata.xml")


@dataclass(frozen=True, kw_only=True)
class Part:
    """One XML part of a document. It is parsed when somebody looks into it, without entities, network or anything else
    that reaches out; ``root`` raises InputError where it is broken."""

    original: Original
    name: str
    data: bytes

    @functools.cached_property
    def root(self) -> etree._Element:
        """The parsed part."""
        try:
            return _parse(self.original, self.data)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise InputError(self.original.problem("broken_file")) from error

    @property
    def is_plain(self) -> bool:
        """Tell whether its bytes are its letters, so that looking at them is as good as parsing."""
        return _is_plain(self.data)


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A document's parts: the names of all, the XML ones, and what is no XML but may say something, with its name."""

    names: tuple[str, ...]
    parts: tuple[Part, ...]
    binaries: tuple[tuple[str, bytes], ...] = ()

    def count(self, start: str) -> int:
        """Return how many members there are below ``start``."""
        return sum(name.startswith(start) and not name.endswith("/") for name in self.names)


def open_package(original: Original) -> Package:
    """Check the zip's central directory, then read every XML part; raise InputError where anything is unsafe."""
    try:
        with zipfile.ZipFile(original.path) as archive:
            infos = archive.infolist()
            _check(original, infos)
            _check_open(original, archive)
            return Package(
                names=tuple(info.filename for info in infos),
                parts=tuple(_parts(original, archive, infos)),
                binaries=tuple((info.filename, archive.read(info)) for info in infos if _may_say(info.filename)),
            )
    except ZIP_ERRORS as error:
        raise InputError(original.problem("broken_file")) from error


def _check(original: Original, infos: list[zipfile.ZipInfo]) -> None:
    names = [info.filename for info in infos]
    if any(info.flag_bits & 1 for info in infos):
        raise InputError(original.problem("encrypted"))
    if any(name.lower().endswith(_MACROS) or name.startswith("Basic/") for name in names):
        raise InputError(original.problem("macros"))
    if len(names) > MAX_MEMBERS or len(set(names)) != len(names) or any(_is_weird(name) for name in names):
        raise InputError(original.problem("zip_suspicious"))
    if sum(info.file_size for info in infos) > MAX_TOTAL or any(_is_bomb(info) for info in infos):
        raise InputError(original.problem("zip_too_large"))


def _check_open(original: Original, archive: zipfile.ZipFile) -> None:
    """Refuse an OpenDocument file with a password, whose parts are no XML."""
    if _MANIFEST in archive.namelist() and b"encryption-data" in archive.read(_MANIFEST):
        raise InputError(original.problem("encrypted"))


def _may_say(name: str) -> bool:
    """Tell whether a part is a picture or a file within the file."""
    pictures = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".emf", ".wmf", ".gif", ".webp")
    return name.lower().endswith(pictures) or ("/embeddings/" in name and not name.endswith((".xml", ".rels", "/")))


def _is_weird(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in name.split("/") or ":" in name[:3] or "\0" in name


def _is_bomb(info: zipfile.ZipInfo) -> bool:
    limit = MAX_XML if info.filename.endswith((".xml", ".rels")) else MAX_PART
    tight = info.file_size > RATIO_FROM and info.file_size > MAX_RATIO * max(info.compress_size, 1)
    return info.file_size > limit or tight


def _parts(original: Original, archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo]) -> Iterator[Part]:
    for info in infos:
        if info.filename.endswith((".xml", ".rels")) and info.file_size:
            data = archive.read(info)
            part = Part(original=original, name=info.filename, data=data)
            if not part.is_plain or b"<!DOCTYPE" in data:
                _ = part.root  # raises, unless the words stand in a comment
            yield part


_STATED = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([\w.-]+)")
_PLAIN = frozenset({b"utf-8", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252"})


def _is_plain(data: bytes) -> bool:
    """Tell whether an XML part is in an encoding that writes ASCII as ASCII."""
    stated = _STATED.search(data[:200])
    return b"\0" not in data[:200] and (stated is None or stated[1].lower() in _PLAIN)


def _has_doctype(info: etree.DocInfo) -> bool:
    return bool(info.doctype) or info.internalDTD is not None  # type: ignore[attr-defined]  # missing in the stubs


def _parse(original: Original, data: bytes) -> etree._Element:
    """Parse XML; any document type is refused before a single entity of it could be used."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:  # one that grows without end is refused before it is parsed
        raise InputError(original.problem("doctype" if _OPENS_WITH_DOCTYPE.match(data) else "broken_file")) from error
    if _has_doctype(root.getroottree().docinfo):
        raise InputError(original.problem("doctype"))
    return root
