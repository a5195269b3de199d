"""Turn a mail part's bytes and headers into text, whatever their charsets claim."""

import re
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message

from forankring.intake.detect import decode
from forankring.intake.readers.mail.aside import Aside, from_base64

_ENCODED = re.compile(r"=\?[^?\s]{1,60}\?[bqBQ]\?[^?]{0,2000}\?=")
_LONGEST_ENCODED = 100_000
"""A header with more characters names hundreds of receivers, or is a trap; it stays as it is."""
_LATIN = frozenset({"iso-8859-1", "iso8859-1", "latin-1", "latin1", "us-ascii", "ascii", ""})


def payload(part: Message, aside: Aside) -> bytes:
    """Return a part's bytes as they were before they were encoded for sending."""
    text = part.get_payload()
    if isinstance(text, str) and aside.holds(text):
        data = aside.back(text.encode("utf-8", "surrogateescape"))
        return from_base64(data) if str(part.get("content-transfer-encoding")).strip().lower() == "base64" else data
    return _payload(part)


def _payload(part: Message) -> bytes:
    try:
        data = part.get_payload(decode=True)
    except (ValueError, LookupError, TypeError, AttributeError, AssertionError):
        data = None
    if isinstance(data, bytes):
        return data
    raw = part.get_payload()
    return raw.encode("utf-8", "surrogateescape") if isinstance(raw, str) else b""


def charset_text(part: Message, aside: Aside) -> tuple[str, str]:
    """Return a part's text and, where its charset had to be guessed, what it was read as."""
    data = payload(part, aside)
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
    text = " ".join(line.strip() for line in text.splitlines())
    if "=?" not in text or len(text) > _LONGEST_ENCODED:
        return text
    return _ENCODED.sub(_decoded, re.sub(r"\?= +=\?", "?==?", text))


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
