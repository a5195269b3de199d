"""What the messages of commits say of files: what came is counted, and what became of the others is told."""

from dataclasses import replace
from datetime import UTC, datetime

from flows.messages import gathered_message, version_message
from flows.reports import Changes
from forankring.language import load_locale
from forankring.ledger import Outcome, PartyRef, Submission
from forankring.workspace import PartyType, parse_strategy
from tests.conftest import STRATEGY

DANISH = load_locale("da")
PARTY = PartyRef(key="eksempel-kommune", name="Eksempel Kommune", type=PartyType.MUNICIPALITY)
WHEN = datetime(2026, 11, 20, 12, tzinfo=UTC)
CAME = Submission(
    id="B003",
    round="hoering-1",
    outcome=Outcome.ACCEPTED,
    places=("h/k/svar.md",),
    received_at=WHEN,
    party=PARTY,
    sha256="",
    size=1,
    format="markdown",
)


def test_files_that_were_replaced_or_withdrawn_are_told_of_but_are_no_new_ones() -> None:
    replaced = replace(CAME, id="B001", replaced_by="B003")
    withdrawn = replace(CAME, id="B002", outcome=Outcome.WITHDRAWN)
    lines = [
        "- B001 Eksempel Kommune (svar.md): erstattet af B003",
        "- B002 Eksempel Kommune (svar.md): trukket tilbage",
        "- B003 Eksempel Kommune (svar.md)",
    ]
    changes = Changes(submissions=(replaced, withdrawn, CAME))
    said = version_message(changes, "v1", parse_strategy(STRATEGY), DANISH).splitlines()
    assert said[0].startswith("Udkast: 1 ny fil, ")
    assert said[2:6] == ["Nye og ændrede filer siden v1:", *lines]
    assert gathered_message((replaced, CAME), DANISH).startswith("Modtaget: 1 fil\n")
