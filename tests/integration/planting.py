"""Personal data to plant, a secret for each carrier in any spelling, and a look through a text for what is left."""

import random
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

MASK = "▇"
LONGEST = 140
"""Letters of a title at most."""
_CONSONANTS = "bcdfghjkmnpqrtvwxz"
_OTHER_HASH = re.compile(r"\b(?:[0-9a-f]{32,64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\b")


def _number(number: str) -> tuple[str, ...]:
    day, month, year, last = number[:2], number[2:4], number[4:6], number[7:]
    first = number[:6]
    return (
        number,
        first + last,
        f"{first} {last}",
        f"{first} – {last}",
        f"{day}.{month}.{year}-{last}",
        f"{day} {month} {year}-{last}",
        f"{first}\u2011{last}",
        f"cpr-nr. {day}{month}19{year}{last}",
    )


def _email(email: str) -> tuple[str, ...]:
    local, _, domain = email.partition("@")
    return (
        email,
        email.upper(),
        f"{local} @ {domain}",
        f"{local} (at) {domain}",
        f"{local}[at]eksempel[.]dk",
        f"{local}\uff20{domain}",
        f"x.{local}+svar@{domain}",
    )


def _phone(phone: str) -> tuple[str, ...]:
    digits = phone.replace(" ", "")
    return (
        phone,
        f"tlf. {digits}",
        f"+45 {phone}",
        f"0045{digits}",
        f"mobil: {digits[:4]} {digits[4:]}",
        phone.replace(" ", "-"),
        phone.replace(" ", "."),
        f"ring til os på {digits}",
    )


_DRESSES: tuple[Callable[[str], str], ...] = (
    str,
    str,
    lambda text: text.replace(" ", "\N{NO-BREAK SPACE}"),
    lambda text: text.replace(" ", "\N{THIN SPACE}"),
    "\N{ZERO WIDTH SPACE}".join,
    lambda text: text[:5] + "\N{SOFT HYPHEN}" + text[5:],
    lambda text: "".join(chr(ord(letter) + 0xFEE0) if letter.isdigit() else letter for letter in text),
    lambda text: "".join(chr(ord("٠") + int(letter)) if letter.isdigit() else letter for letter in text),
)


@dataclass(frozen=True, slots=True)
class Secret:
    """What nobody may see of one person, and a word beside it that everybody may."""

    carrier: str
    number: str
    local: str
    phone: str
    token: str

    def told(self, choose: random.Random | None = None) -> str:
        """Return a sentence with all of it: as most people write, or in spellings that are chosen."""
        ways = _number(self.number), _email(f"{self.local}@eksempel.dk"), _phone(self.phone)
        number, email, phone = (choose.choice(_DRESSES)(choose.choice(way)) if choose else way[0] for way in ways)
        return f"Forslaget {self.token} bygger på {number}, {email} og {phone} fra {self.street} 12, 8000 Aarhus C"

    @property
    def street(self) -> str:
        """The name of a street that no other text holds."""
        return f"{self.local.capitalize()[::-1].capitalize()}vej"

    def left_in(self, view: "View") -> list[str]:
        """Return what of it stands in the text, however it is written there."""
        day_month, year, last, phone = self.number[:4], self.number[4:6], self.number[7:], self.phone.replace(" ", "")
        digits = (day_month + year + last, f"{day_month}19{year}{last}", phone)
        words = (self.local, self.street.casefold())
        return [item for item in digits if item in view.digits] + [item for item in words if item in view.letters]


@dataclass(frozen=True, slots=True)
class View:
    """A text without anything that may part the digits of a number or the letters of a name."""

    digits: str
    letters: str

    @classmethod
    def of(cls, text: str) -> "View":
        """Look at a text; hashes, whose digits are chance, are passed over."""
        plain = unicodedata.normalize("NFKC", re.sub("[\u00ad\u200b-\u200f\ufeff]", "", _OTHER_HASH.sub("#", text)))
        plain = re.sub(r"[^\W\x00-\x7f]", _as_ascii, plain)
        return cls(re.sub(r"(?<=\d)[\s\W_]{1,3}(?=\d)", "", plain), re.sub(r"[\W\d_]+", "", plain).casefold())


def _as_ascii(letter: re.Match[str]) -> str:
    return str(unicodedata.digit(letter[0])) if letter[0].isdecimal() else letter[0]


@dataclass(slots=True)
class Planter:
    """Gives each carrier a secret of its own; where only one carrier is asked for, the others say nothing.

    ``tell`` writes the secret down; ``first`` is the number of the first secret: no two numbers share one.
    """

    only: str = ""
    first: int = 0
    tell: Callable[[Secret], str] = Secret.told
    secrets: list[Secret] = field(default_factory=list)

    def __call__(self, carrier: str) -> str:
        secret = _secret(carrier, self.first + len(self.secrets))
        self.secrets.append(secret)
        return self.tell(secret) if self.only in ("", carrier) else "Intet"

    def plain(self, carrier: str) -> str:
        """Return a secret that is short and in letters that older encodings and small fonts have."""
        text, told = self(carrier), self.secrets[-1].told()
        fits = max(text) < "Ā" and "\N{SOFT HYPHEN}" not in text and len(text) <= LONGEST
        return text if fits else told


def number_in(carrier: str) -> Planter:
    """Return a planter of nothing but one personal number, in this carrier."""
    return Planter(only=carrier, tell=_number_alone)


def _number_alone(secret: Secret) -> str:
    return f"nummer {secret.number}"


def _secret(carrier: str, n: int) -> Secret:
    word = "".join(_CONSONANTS[(n // 18**i + 5 * i + 7 * n) % 18] for i in range(3))
    number = f"{1 + n % 27:02}{1 + n % 12:02}{60 + n % 39:02}-{1009 + 37 * n:04}"
    phone = f"{20 + n % 70:02} {11 + (n * 7) % 88:02} {10 + n // 88:02} {10 + (n * 13) % 89:02}"
    return Secret(carrier, number, f"qx{word}zkv{word[::-1]}", phone, f"Tg{word}xq{word[::-1]}")
