"""A text with its history, an editor with a git configuration of their own, as the tests of the versions build them."""

import os
import subprocess
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from forankring.language import load_locale
from forankring.versions import Identity, TextRepository, open_text

WHEN = datetime(2024, 3, 1, 12, 0, tzinfo=timezone(timedelta(hours=1)))
SECRETARIAT = Identity("Redaktionssekretariatet", "sekretariatet@eksempel.dk")
EDITOR = Identity("Rikke Redaktør", "rikke@eksempel.dk")

FOREWORD = "# Forord\n\nVi begynder.\n\nVi fortsætter.\n\nVi slutter.\n"
GOALS = "# Mål\n\nMål et.\n\nMål to.\n"
FIRST = {"chapters/forord.md": FOREWORD, "chapters/maal.md": GOALS}

# What can stand in a user's own configuration
HOSTILE = """
[user]
    name = Rikke Redaktør
    email = rikke@eksempel.dk
[commit]
    gpgSign = true
[tag]
    gpgSign = true
    forceSignAnnotated = true
[gpg]
    program = /bin/false
[core]
    hooksPath = {hooks}
    autocrlf = true
    safecrlf = true
    attributesFile = {attributes}
    excludesFile = {attributes}
    pager = false
    editor = false
    quotePath = true
[init]
    defaultBranch = trunk
    templateDir = {hooks}
[merge]
    conflictStyle = zdiff3
    ff = only
[log]
    showSignature = true
    date = relative
[color]
    ui = always
[core]
    bare = false
[filter "shout"]
    clean = tr a-z A-Z
    smudge = tr a-z A-Z
    required = true
[alias]
    merge-file = !false
"""


def text_in(folder: Path) -> TextRepository:
    """Open the text as the engine does."""
    return open_text(folder, SECRETARIAT, load_locale("da"))


def encoded(files: Mapping[str, str]) -> dict[str, bytes]:
    """Return the files as bytes."""
    return {path: text.encode() for path, text in files.items()}


def draft(text: TextRepository, chapters: Mapping[str, str], when: datetime = WHEN) -> None:
    """Do what a draft does: take up hand edits, generate, merge."""
    text.collect_edits(when)
    text.record_generated(encoded(chapters), "Skabelonerne", when)
    text.merge_generated("Flet", when)


def work_as(monkeypatch: pytest.MonkeyPatch, configuration: Path) -> None:
    """Let git know this configuration, and nothing that another test has set for this process."""
    for key in [key for key in os.environ if key.startswith("GIT_")]:
        monkeypatch.delenv(key)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(configuration))


def configure(folder: Path, words: str) -> Path:
    """Write a user's git configuration and return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "gitconfig"
    file.write_text(words, encoding="utf-8")
    return file


def hostile(folder: Path) -> Path:
    """Write a configuration in which every commit is signed, hooked and converted, and nothing of it works."""
    hooks, attributes = folder / "hooks", folder / "attributes"
    hooks.mkdir(parents=True)
    for name in ("pre-commit", "commit-msg", "reference-transaction", "post-checkout", "post-index-change"):
        hook = hooks / name
        hook.write_text("#!/bin/sh\nexit 1\n", encoding="ascii")
        hook.chmod(0o755)
    attributes.write_text("*.md filter=shout text eol=crlf\n", encoding="ascii")
    return configure(folder, HOSTILE.format(hooks=hooks, attributes=attributes))


def plain_git(folder: Path, *arguments: str) -> str:
    """Run git as an editor does."""
    done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=True, env=os.environ)
    return done.stdout.strip()


def history(folder: Path) -> str:
    """Return every branch and version with its id, and the files' state against them."""
    refs = plain_git(folder, "for-each-ref", "--format=%(refname) %(objectname)")
    return refs + "\n" + plain_git(folder, "-c", "color.ui=false", "status", "--short")
