"""Turn the inbox into submissions and points: every file accounted for, nothing confidential on its way to git."""

from forankring.intake.account_report import write_report
from forankring.intake.accounting import Account, account_data, take_account
from forankring.intake.contacts import load_contacts
from forankring.intake.erasing import Erased, check_reason, erase, load_erased
from forankring.intake.inbox import list_inbox
from forankring.intake.news import find_new, settle
from forankring.intake.reading import read_files
from forankring.intake.receipts import owe_receipts, write_receipts
from forankring.intake.records import Format, Gathered, Reading, SourceFile, problem_of
from forankring.intake.registering import register
from forankring.intake.screening import refuse_numbers

__all__ = [
    "Account",
    "Erased",
    "Format",
    "Gathered",
    "Reading",
    "SourceFile",
    "account_data",
    "check_reason",
    "erase",
    "find_new",
    "list_inbox",
    "load_contacts",
    "load_erased",
    "owe_receipts",
    "problem_of",
    "read_files",
    "refuse_numbers",
    "register",
    "settle",
    "take_account",
    "write_receipts",
    "write_report",
]
