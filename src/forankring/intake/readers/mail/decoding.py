"""Turn a mail part's bytes and headers into text, whatever their charsets claim."""

import re
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message

from forankring.intake.detect import decode

_ENCODED = re.compile(r"=\?[^?\s]{1,60}\?[bqBQ]\?[^?]{0,2000}\?=")
_LATIN = frozenset({"iso-8859-1", "iso8859-1", "latin-1", "latin1", "us-ascii", "ascii", ""})


def payload(part: Message) -> bytes:
    """Return a part's bytes as they were before they were encoded for sending."""
    try:
        data = part.get_payload(decode=True)
    except (ValueError, LookupError, TypeError, AttributeError, AssertionError):
        data = None
    if isinstance(data, bytes):
        return data
    raw = part.get_payload()
    return raw.encode("utf-8", "surrogateescape") if isinstance(raw, str) else b""


def charset_text(part: Message) -> tuple[str, str]:
    """Return a part's text and, where its charset had to be guessed, what it was read as."""
    data = payload(part)
    stated = _stated(part)
    if stated in _LATIN or stated.startswith("utf-8"):
        text, encoding = decode(data)  # Western programs say so of what is UTF-8 or Windows-1252
        agrees = encoding in ("utf-8", "ascii") or (stated in _LATIN and encoding == "cp1252")
        return text, "" if agrees else encoding
    try:
        return data.decode(stated), ""
    except (LookupError, UnicodeError, ValueError):
        text, encoding = decode(data)
        return text, encoding


def head_text(value: str) -> str:
    """Return a header on one line, with raw bytes and encoded words read, also where no rule allows them."""
    data = value.encode("utf-8", "surrogateescape")
    text = value if data.isascii() else decode(data)[0]
    text = re.sub(r"\s*[\r\n]+\s*", " ", text)
    return _ENCODED.sub(_decoded, re.sub(r"\?=\s+=\?", "?==?", text)) if "=?" in text else text


def _decoded(found: re.Match[str]) -> str:
    try:
        parts = decode_header(found.group())
        return "".join(
            part if isinstance(part, str) else part.decode(charset or "ascii", "replace") for part, charset in parts
        )
    except (HeaderParseError, LookupError, ValueError, AssertionError):
        return found.group()


def _stated(part: Message) -> str:
    try:
        return (part.get_content_charset() or "").lower()
    except (ValueError, LookupError, TypeError, AttributeError, AssertionError):
        return ""
