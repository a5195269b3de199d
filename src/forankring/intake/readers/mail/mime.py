"""Turn the bytes of a mail, as programs store and send it, into its parts."""

import email.policy
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from email.errors import MessageError
from email.message import EmailMessage, Message
from email.parser import BytesParser
from typing import Any

from forankring.errors import InputError
from forankring.intake.readers.html import without_code
from forankring.intake.readers.mail.aside import Aside
from forankring.intake.readers.mail.decoding import charset_text, head_text, payload
from forankring.intake.readers.mail.records import Carried, Mail, Passage
from forankring.intake.records import Original

LONGEST_HEAD = 4_000
"""Characters of one header that are looked into: hostile ones take the parser longer than their length."""

MOST_BOUNDARIES = 400
MOST_PARTS = 5_000

_BOUNDARY = re.compile(rb"(?i)\bboundary\s*=")
_PART = re.compile(rb"(?m)^--\S")
_BY_MACHINES = frozenset(
    "message-id references in-reply-to dkim-signature authentication-results mime-version content-type date precedence "
    "content-transfer-encoding content-disposition content-id thread-index user-agent received-spf domainkey-signature "
    "list-id list-unsubscribe auto-submitted importance priority".split()
)
"""Headers that no human writes. Their numbers are times and keys, some of which look like personal numbers."""
_ADDRESS_ONLY = frozenset({"received", "return-path", "delivered-to", "envelope-to"})
_ADDRESS = re.compile(r"[\w.+%'-]+@[\w.-]+")
_IN_BRACKETS = re.compile(r"<\s*[\w.+%'-]+@[\w.-]+\s*>")
"""The address itself; a name may look like an address, too."""
_SEALED = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted"})
_SEALS = frozenset({"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"})
_LEFT_OUT = {
    "text/vcard": "contact_cards_left_out",
    "text/x-vcard": "contact_cards_left_out",
    "text/directory": "contact_cards_left_out",
    "text/calendar": "invitations_left_out",
    "application/ics": "invitations_left_out",
    "message/delivery-status": "delivery_reports_left_out",
    "message/disposition-notification": "delivery_reports_left_out",
    "message/feedback-report": "delivery_reports_left_out",
    "text/rfc822-headers": "delivery_reports_left_out",
}
_ENDINGS = {".vcf": "text/vcard", ".ics": "text/calendar", ".p7s": "application/pkcs7-signature"}
_MARKUP = re.compile(r"<[^<>]*>")
_MUCH = 4
"""A plain version with so many times fewer words than the HTML only says that there is one."""


class _Policy(email.policy.EmailPolicy):
    """The library's policy, which repairs headers before it looks at them."""

    def header_fetch_parse(self, name: str, value: str) -> Any:
        return super().header_fetch_parse(name, head_text(value[: 4 * LONGEST_HEAD])[:LONGEST_HEAD])


POLICY = _Policy(refold_source="none", max_line_length=None)
_BROKEN = (MessageError, ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError)
"""What the library raises over headers that are none: a header is then taken as it stands."""


def read_mime(original: Original, data: bytes) -> Mail:
    """Take a mail apart; raise InputError where it is locked, or built to exhaust whoever reads it."""
    if len(_BOUNDARY.findall(data)) > MOST_BOUNDARIES or len(_PART.findall(data)) > MOST_PARTS:
        raise InputError(original.problem("too_heavy"))
    aside = Aside(data)
    try:
        message = BytesParser(policy=POLICY).parsebytes(aside.data)
        return _Parts(original, aside).mail(message)
    except RecursionError as error:
        raise InputError(original.problem("too_heavy")) from error


def field_of(message: Message, name: str) -> str:
    """Return a header's words; one that the library cannot take apart as it stands."""
    try:
        return str(message[name] or "")
    except _BROKEN:
        return next(
            (
                head_text(value[: 4 * LONGEST_HEAD])[:LONGEST_HEAD]
                for key, value in message.raw_items()
                if key.lower() == name
            ),
            "",
        )


@dataclass(slots=True)
class _Found:
    passages: list[Passage] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    carried: list[Carried] = field(default_factory=list)
    odd: Counter[str] = field(default_factory=Counter)


class _Parts:
    """Walks through the parts of one mail."""

    def __init__(self, original: Original, aside: Aside) -> None:
        self._original, self._aside = original, aside

    def mail(self, message: Message) -> Mail:
        found = self._walk(message, "mixed")
        html = "".join(item.text for item in found.passages if item.kind == "html") + "".join(found.unread)
        carried = tuple(_settled(item, html) for item in found.carried)
        name, address = sender_of(field_of(message, "from") or field_of(message, "sender"))
        return Mail(
            subject=field_of(message, "subject").strip(),
            name=name,
            address=address,
            answers=bool(field_of(message, "in-reply-to")),
            heads=tuple(heads(message)),
            passages=tuple(found.passages),
            unread=tuple(found.unread),
            carried=carried,
            odd=tuple(sorted(found.odd.items())),
        )

    def _walk(self, part: Message, within: str) -> _Found:
        kind = _kind(part)
        if kind in _SEALED:
            return self._sealed(part, kind)
        if part.is_multipart() and not kind.startswith("message/"):
            return self._several(part, kind.partition("/")[2])
        if kind.startswith("multipart/"):
            return _Found(carried=[Carried(name="", kind=kind, refused="broken_attachment")])
        return _one(part, kind, within, self._aside)

    def _sealed(self, part: Message, kind: str) -> _Found:
        """A mail that is locked as a whole says nothing; a locked file that came along is one of its files."""
        if _name(part) and not _name(part).lower().endswith((".p7m", ".p7c", ".asc")):
            return _one(part, "application/octet-stream", "mixed", self._aside)
        raise InputError(self._original.problem("encrypted_mail"))

    def _several(self, part: Message, kind: str) -> _Found:
        inner = [self._walk(item, kind) for item in part.get_payload() if isinstance(item, Message)]
        if kind == "alternative":
            inner = _chosen(inner)
        found = _Found()
        for item in inner:
            found.passages += item.passages
            found.unread += item.unread
            found.carried += item.carried
            found.odd += item.odd
        if kind == "signed":
            found.odd["seal_not_checked"] = 1
        return found


def _chosen(versions: list[_Found]) -> list[_Found]:
    """Leave only one version's text to be read: the plain one, unless it has next to nothing of the HTML's words."""
    with_text = [item for item in versions if any(passage.text.strip() for passage in item.passages)]
    plain = next((item for item in with_text if item.passages[0].kind == "plain"), None)
    rich = next((item for item in reversed(with_text) if item.passages[0].kind == "html"), None)
    chosen = plain or rich or next(iter(with_text), None)
    if plain and rich and _words(rich) > _MUCH * _words(plain) + 20:
        chosen = rich
        stub = "\n\n".join(passage.text for passage in plain.passages)
        rich.passages = [replace(rich.passages[0], instead=stub), *rich.passages[1:]]
    for item in versions:
        if item is not chosen:
            item.unread += [passage.text for passage in item.passages]
            item.passages = []
    return versions


def _words(found: _Found) -> int:
    return sum(len(_MARKUP.sub(" ", without_code(item.text)).split()) for item in found.passages)


def _one(part: Message, kind: str, within: str, aside: Aside) -> _Found:
    """Return what a single part is: text of the mail, a file, or something that is only named."""
    found = _Found()
    name = _name(part)
    kind = next((known for ending, known in _ENDINGS.items() if name.lower().endswith(ending)), kind)
    attached = _disposition(part) == "attachment"
    if kind in _SEALS:
        found.odd["seal_not_checked"] = 1
    elif kind in _LEFT_OUT:
        found.odd[_LEFT_OUT[kind]] += 1
        found.unread.append(charset_text(part, aside)[0])
    elif kind in ("text/plain", "text/html") and not attached and not name:
        text, encoding = charset_text(part, aside)
        found.passages.append(Passage(kind="html" if kind == "text/html" else "plain", text=text, encoding=encoding))
    elif kind.startswith("message/"):
        found.carried.append(_message(part, kind, name, aside))
    else:
        cid = field_of(part, "content-id").strip(" <>")
        inside = kind.startswith("image/") and within == "related" and not attached
        found.carried.append(Carried(name=name, kind=kind, data=payload(part, aside), cid=cid, inside=inside))
    return found


def _message(part: Message, kind: str, name: str, aside: Aside) -> Carried:
    """Return a mail that came with the mail; some programs encode it, which no rule allows."""
    if kind not in ("message/rfc822", "message/global", "message/news"):
        return Carried(name=name, kind=kind, refused="nothing_attached")
    inner = part.get_payload()
    first = inner[0] if isinstance(inner, list) and inner else part
    message = first if isinstance(first, Message) else part
    wanted = name or field_of(message, "subject").strip()
    try:
        if field_of(part, "content-transfer-encoding").strip().lower() in ("base64", "quoted-printable"):
            inside = EmailMessage(policy=POLICY)
            inside["Content-Transfer-Encoding"] = field_of(part, "content-transfer-encoding").strip()
            inside.set_payload(message.get_payload())
            return Carried(name=wanted, kind=kind, data=payload(inside, aside))
        return Carried(name=wanted, kind=kind, data=aside.back(message.as_bytes(policy=POLICY)))
    except _BROKEN:
        return Carried(name=wanted, kind=kind, refused="broken_attachment")


def _settled(item: Carried, html: str) -> Carried:
    """Tell that a picture belongs to the text, where the HTML shows it."""
    shown = bool(item.cid) and item.kind.startswith("image/") and f"cid:{item.cid}" in html
    return replace(item, inside=item.inside or shown)


def sender_of(value: str) -> tuple[str, str]:
    """Return name and address of the first sender in a header."""
    first = _IN_BRACKETS.search(value)
    found = first or _ADDRESS.search(value)
    name = value[: first.start()].strip(" \"'") if first else ""
    return ("" if "@" in name else name), found.group().strip("<> ") if found else ""


def heads(message: Message) -> Iterator[str]:
    """Yield the headers' words as far as people wrote them; of the mail servers' lines only the addresses."""
    for key, raw in message.raw_items():
        name, words = key.lower(), head_text(str(raw))
        if name in _ADDRESS_ONLY:
            yield " ".join(_ADDRESS.findall(words))
        elif name not in _BY_MACHINES and not name.startswith(("x-", "arc-")):
            yield words


def _kind(part: Message) -> str:
    try:
        return part.get_content_type()
    except _BROKEN:
        return "application/octet-stream"


def _disposition(part: Message) -> str:
    try:
        return str(part.get_content_disposition() or "")
    except _BROKEN:
        return ""


def _name(part: Message) -> str:
    try:
        return head_text(part.get_filename() or "")
    except _BROKEN:
        return ""
