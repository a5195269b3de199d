"""Turn a mail saved by Outlook (MS-OXMSG, a compound file) into its parts."""

import struct
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_string

from olefile import OleFileIO
from oxmsg.attachment import Attachment
from oxmsg.domain import constants as pid
from oxmsg.domain.model import UnrecognizedCodePageError, UnsupportedEncodingError
from oxmsg.properties import Properties
from oxmsg.storage import Storage

from forankring.errors import InputError
from forankring.intake.detect import decode
from forankring.intake.readers.mail.mime import POLICY, field_of, heads, read_mime, sender_of
from forankring.intake.readers.mail.packed_rtf import PackedRtfError, unpack_rtf
from forankring.intake.readers.mail.records import Carried, Mail, Passage
from forankring.intake.readers.mail.writing import write_mail
from forankring.intake.records import Original

DEEPEST = 10
"""Mails within mails that one file may hold."""

MOST_ENTRIES = 20_000

_SENT_REPRESENTING_ADDRESSES = (pid.PID_SENDER_SMTP_ADDRESS, 0x5D02, pid.PID_SENDER_EMAIL_ADDRESS, 0x0065)
_SUBJECT, _SENDER_NAME, _REPRESENTED_NAME = 0x0037, 0x0C1A, 0x0042
_SHOWN_TO = (0x0E04, 0x0E03, 0x0E02)
_METHOD_EMBEDDED, _METHODS_ELSEWHERE = 5, frozenset({2, 3, 4, 7})
_FLAG_IN_TEXT = 4
_EMBEDDED = "__substg1.0_3701000D"
_HEADER_OF_EMBEDDED, _HEADER_OF_FILE = 24, 32
_BROKEN = (OSError, KeyError, ValueError, LookupError, AssertionError, TypeError, AttributeError)
_ALPHABET = (UnrecognizedCodePageError, UnsupportedEncodingError)
_BROKEN_TOO = (struct.error, OverflowError, RecursionError, PackedRtfError, *_ALPHABET)
"""What the library raises over fields that are missing, of another type than they should be, or cut off."""


def read_outlook(original: Original) -> Mail:
    """Take a mail apart; raise InputError where it is locked, broken, or says that it holds more than it can."""
    try:
        with OleFileIO(original.path) as ole:
            _check(original, ole)
            storage = Storage.from_ole(ole)
        return _mail(original, storage, Properties(storage, _HEADER_OF_FILE), 0)
    except (*_BROKEN, *_BROKEN_TOO) as error:
        raise InputError(original.problem("broken_file")) from error


def _check(original: Original, ole: OleFileIO) -> None:
    """Refuse streams that share their bytes: each alone is small, all together fill the memory."""
    sizes = [entry.size for entry in ole.direntries if entry is not None and entry.entry_type == 2]
    if len(sizes) > MOST_ENTRIES or sum(sizes) > original.size:
        raise InputError(original.problem("zip_suspicious"))


def _mail(original: Original, storage: Storage, properties: Properties, depth: int) -> Mail:
    """Return the mail of one storage; a signed one holds its MIME as a file."""
    kind = (_text(properties, pid.PID_MESSAGE_CLASS)).upper()
    carried = tuple(_carried(original, storage, depth))
    signed = next((item for item in carried if item.name.lower().endswith(".p7m")), None)
    if "SMIME" in kind and signed and b"multipart/signed" in signed.data[:2000].lower():
        inner = read_mime(original, signed.data)
        mail = replace(_head(storage, properties), passages=inner.passages, unread=inner.unread, odd=inner.odd)
        return replace(mail, carried=inner.carried)
    if "SMIME" in kind:
        raise InputError(original.problem("encrypted_mail"))
    passages, unread = _passages(properties)
    html = "".join((*unread, *(item.text for item in passages)))
    carried = tuple(replace(item, inside=item.inside or _is_shown(item, html)) for item in carried)
    return replace(_head(storage, properties), passages=passages, unread=unread, carried=carried)


def _is_shown(item: Carried, html: str) -> bool:
    return bool(item.cid) and item.kind.startswith("image/") and f"cid:{item.cid}" in html


def _head(storage: Storage, properties: Properties) -> Mail:
    """Read who wrote what to whom: from the header that came over the net, else from Outlook's own fields."""
    header = message_from_string(_text(properties, pid.PID_TRANSPORT_MESSAGE_HEADERS), policy=POLICY)
    name, address = sender_of(field_of(header, "from"))
    addresses = (_text(properties, number) for number in _SENT_REPRESENTING_ADDRESSES)
    known = next((item for item in addresses if "@" in item), "")
    called = _text(properties, _REPRESENTED_NAME) or _text(properties, _SENDER_NAME)
    shown = tuple(_text(properties, number) for number in _SHOWN_TO)
    subject = _text(properties, _SUBJECT)
    recipients = (part for item in storage.iter_recipient_storages() for part in _strings(Properties(item, 8)))
    return Mail(
        subject=subject.strip(),
        name=name or called,
        address=address or known,
        answers=bool(field_of(header, "in-reply-to")),
        heads=(*heads(header), subject, called, known, *shown, *recipients),
    )


def _strings(properties: Properties) -> Iterator[str]:
    for number in (0x3001, 0x3003, 0x39FE):
        yield _text(properties, number)


def _text(properties: Properties, number: int) -> str:
    """Return a field's text, without the zero that some programs end it with; nothing where it cannot be read."""
    try:
        return (properties.str_prop_value(number) or "").rstrip("\0")
    except (*_BROKEN, struct.error):
        return ""


def _passages(properties: Properties) -> tuple[tuple[Passage, ...], tuple[str, ...]]:
    """Return the text to be read, plain before HTML before RTF, and the HTML where it is not."""
    plain, html = _text(properties, pid.PID_BODY), _html(properties)
    if plain.strip():
        return (Passage(kind="plain", text=plain),), (html,) if html else ()
    if html.strip():
        return (Passage(kind="html", text=html),), ()
    packed = properties.binary_prop_value(pid.PID_RTF_COMPRESSED)
    if not packed:
        return (), ()
    rtf = unpack_rtf(packed)
    return (Passage(kind="rtf", data=rtf, text=rtf.decode("latin-1")),), ()


def _html(properties: Properties) -> str:
    try:
        data = properties.binary_prop_value(pid.PID_HTML)
    except _BROKEN:
        return ""
    if data is None:
        return _text(properties, pid.PID_BODY_HTML)
    text, encoding = decode(data)
    if encoding in ("utf-8", "ascii"):
        return text
    try:
        return data.decode(properties.body_encoding)
    except (LookupError, UnicodeError, *_ALPHABET):
        return text


def _carried(original: Original, storage: Storage, depth: int) -> Iterator[Carried]:
    for item in storage.iter_attachment_storages():
        try:
            yield _one(original, Attachment(item), item, depth)
        except (*_BROKEN, struct.error, *_ALPHABET):
            yield Carried(name="", kind="", refused="broken_attachment")


def _one(original: Original, attachment: Attachment, storage: Storage, depth: int) -> Carried:
    """Return one file; a mail within the mail is written anew, for it has no bytes of its own."""
    properties = attachment.properties
    name = _text(properties, pid.PID_ATTACH_LONG_FILENAME) or _text(properties, pid.PID_ATTACH_FILENAME)
    kind = _text(properties, pid.PID_ATTACH_MIME_TAG).lower() or "application/octet-stream"
    method = properties.int_prop_value(pid.PID_ATTACH_METHOD)
    if method == _METHOD_EMBEDDED:
        inner = next(item for item in storage.storages if item.name == _EMBEDDED)
        if depth >= DEEPEST:
            return Carried(name=name, kind=kind, refused="broken_attachment")
        mail = _mail(original, inner, Properties(inner, _HEADER_OF_EMBEDDED), depth + 1)
        return Carried(name=name or mail.subject, kind="message/rfc822", data=write_mail(mail))
    if method in _METHODS_ELSEWHERE:
        return Carried(name=name, kind=kind, refused="nothing_attached")
    data = attachment.file_bytes
    if data is None:
        return Carried(name=name, kind=kind, refused="broken_attachment")
    flags = properties.int_prop_value(pid.PID_ATTACH_FLAGS) or 0
    inside = kind.startswith("image/") and bool(flags & _FLAG_IN_TEXT)
    return Carried(name=name, kind=kind, data=data, cid=_text(properties, pid.PID_ATTACH_CONTENT_ID), inside=inside)
