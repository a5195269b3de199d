"""What of a mail's text are the sender's own words: rather too much than a remark too few."""

from textwrap import dedent

import pytest

from forankring.intake.readers.mail.cutting import Cut, Fate, cut
from forankring.intake.readers.mail.marks import Line

SIGNS = {Fate.KEPT: ".", Fate.QUOTED: ">", Fate.SIGNED: "s", Fate.COVER: "c", Fate.HEAD: "h"}


def made(text: str, subject: str, *, answers: bool = False, encloses: bool = False) -> Cut:
    return cut([Line(line) for line in text.split("\n")], subject, answers=answers, encloses=encloses)


def drawn(text: str, subject: str, *, encloses: bool = False) -> str:
    """Return the lines with words, each after the sign of its fate."""
    lines = dedent(text).strip("\n").split("\n")
    fates = made("\n".join(lines), subject, encloses=encloses).fates
    return "\n".join(f"{SIGNS[fate]} {line}" for fate, line in zip(fates, lines, strict=True) if line.strip())


def check(drawing: str, subject: str, *, encloses: bool = False) -> None:
    """Compare with a drawing: each line after the sign of its fate, a full stop for a line that is kept."""
    expected = dedent(drawing).strip("\n").split("\n")
    text = "\n".join(line[2:] for line in expected)
    assert drawn(text, subject, encloses=encloses) == "\n".join(line for line in expected if line.strip())


def test_the_signature_below_a_closing_is_left_out() -> None:
    check(
        """
        s Kære sekretariat

        . Vi mener, at forankring er vigtig.

        s Med venlig hilsen

        s Anna Eksempel
        s Chef for Plan og Ret
        s Tlf. 12 34 56 78
        s www.eksempel.dk
        """,
        "Svar",
    )


def test_what_is_said_after_the_signature_is_kept() -> None:
    check(
        """
        . Vi støtter forslaget.
        s Mvh
        s Anna Eksempel

        . PS: Husk de små kommuner.
        . Vi vil gerne høre, hvordan det finansieres, og hvem der skal betale for det.
        """,
        "Svar",
    )


def test_a_greeting_that_says_something_is_kept() -> None:
    check(". Hej alle, vi støtter forslaget.", "Svar")


@pytest.mark.parametrize(
    "mark",
    [
        "Den man. 3. nov. 2026 kl. 10.12 skrev Sekretariatet <sek@example.org>:",
        "Den 03.11.2026 kl. 10.12 skrev Sekretariatet:",
        "On Mon, Nov 3, 2026 at 10:12 AM Sekretariatet <sek@example.org> wrote:",
        "Sekretariatet skrev den 3/11 2026 kl. 10:12:",
    ],
)
def test_lines_that_are_marked_as_quoted_are_left_out_with_their_announcement(mark: str) -> None:
    check(f". Vi er enige.\n\n> {mark}\n> > Hvad mener I?\n> >\n> > Hilsen sekretariatet\n\n. Og mere til.", "SV: Svar")


def test_an_announcement_may_be_broken_over_two_lines() -> None:
    check(
        """
        . Vi er enige.

        > Den man. 3. nov. 2026 kl. 10.12 skrev Sekretariatet <
        > sekretariatet@example.org>:
        > > Hvad mener I?
        """,
        "SV: Svar",
    )


def test_a_sentence_that_looks_like_an_announcement_is_kept() -> None:
    check(". Den 3. maj 2026 skrev ministeren:\n. Vi skal have mere forankring.\n\n. Det støtter vi.", "SV: Svar")


HEAD = """
Fra: Sekretariatet <sek@example.org>
Sendt: 1. november 2026 10:12
Til: Alle parter
Emne: Høring

Kære part. Vi sender hermed udkastet.
"""


@pytest.mark.parametrize("mark", ["", "-----Oprindelig meddelelse-----", "________________________________"])
def test_the_mail_below_an_answer_is_left_out_to_its_end(mark: str) -> None:
    quoted = "\n".join(f"> {line}" if line else "" for line in f"{mark}{HEAD}".split("\n"))
    check(f". Vi støtter forslaget.\n{quoted}", "SV: Høring")


def test_a_forwarded_mail_is_kept_whole() -> None:
    text = f"Til orientering.\n{HEAD}"
    result = made(text, "VS: Høring")
    assert result.fates.count(Fate.QUOTED) == 0
    assert [(item.address, item.subject) for item in result.forwarded] == [("sek@example.org", "Høring")]
    assert not result.own_words, "what only says that a mail was sent on is nothing that the one who sent it said"


def test_an_answer_that_says_nothing_above_the_other_mail_is_one_that_was_sent_on() -> None:
    result = made(HEAD, "SV: Høring")
    assert Fate.QUOTED not in result.fates
    assert result.forwarded


def test_a_mail_below_one_without_any_sign_of_an_answer_is_kept() -> None:
    assert Fate.QUOTED not in made(f"Se, hvad vi fik svaret.\n{HEAD}", "Vores svar").fates


def test_the_answer_that_a_forwarded_mail_quotes_is_left_out_in_turn() -> None:
    check(
        """
        h ---------- Forwarded message ---------
        h Fra: Anna Eksempel <anna@eksempel.dk>
        h Date: man. 2. nov. 2026 kl. 10.12
        h Subject: Re: Høring
        h To: Sekretariatet <sek@example.org>

        . Jeg støtter forslaget.

        > Fra: Sekretariatet
        > Sendt: 1. november 2026
        > Emne: Høring

        > Send jeres svar.
        """,
        "Fwd: Re: Høring",
    )


def test_a_letter_that_begins_with_who_writes_to_whom_is_read_whole() -> None:
    check("h Fra: Eksempel Kommune\nh Til: Sekretariatet\nh Emne: Svar\n\n. Vi støtter forslaget.", "Svar")


def test_a_mail_that_is_quoted_from_end_to_end_is_kept() -> None:
    check(". > Vi støtter forslaget.\n. > Det er godt.", "SV: Svar")


def test_lines_that_begin_with_an_angle_are_kept_where_nothing_is_answered() -> None:
    check(". > 25 procent er for lidt.\n\n. Det er vores holdning.", "Svar")


def test_what_an_organisation_adds_to_every_mail_is_left_out() -> None:
    check(
        """
        s ADVARSEL: Denne e-mail kommer fra en ekstern afsender.

        s Hej

        . Vi behandler personoplysninger forskelligt, og det bør strategien se på.

        s Denne e-mail kan indeholde fortrolige oplysninger. Hvis du ved en fejl
        s har modtaget den, skal du slette den.

        s Sendt fra min iPhone
        """,
        "Svar",
    )


def test_a_disclaimer_takes_no_remark_above_it_along() -> None:
    check(
        """
        . Vi støtter forslaget, og det skal med.
        s This e-mail and any attachments are confidential.
        """,
        "Svar",
    )


def test_covering_words_are_left_out_where_files_came_along_and_only_there() -> None:
    check("c Hermed fremsendes vores høringssvar.\n\n. Vi støtter forslaget.", "Svar", encloses=True)
    check(". Hermed fremsendes vores høringssvar.\n\n. Vi støtter forslaget.", "Svar")
    check(". Hermed fremsendes vores svar. Vi støtter forslaget.", "Svar", encloses=True)


def test_lines_below_two_dashes_are_a_signature() -> None:
    check(". Vi støtter forslaget.\ns -- \ns Anna Eksempel\ns Eksempel Kommune", "Svar")
