"""The vault and the news: originals are safe before they are read, and what is known costs only a look."""

import stat
from dataclasses import replace
from pathlib import Path

import pytest

from forankring.errors import InputError
from forankring.intake import digests, find_new, list_inbox, read_files, register, settle, vault
from forankring.language import Locale
from forankring.ledger import Ledger
from forankring.workspace import Strategy, Workspace, clock


def put(workspace: Workspace, place: str, text: str) -> None:
    target = workspace.inbox / place
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")


def gather(workspace: Workspace, strategy: Strategy, danish: Locale, ledger: Ledger) -> Ledger:
    files = find_new(workspace, ledger, strategy, list_inbox(workspace))
    readings = read_files(workspace, strategy, danish, files)
    found = register(ledger, readings, strategy, clock(strategy.zone)).ledger
    settle(workspace, strategy)
    return found


def test_an_original_is_kept_by_its_sha256_for_its_owner_only(workspace: Workspace) -> None:
    put(workspace, "h1/kl/a.txt", "tekst")
    (file,) = list_inbox(workspace)
    kept = vault.keep(workspace, file)
    assert kept.path == workspace.vault / kept.sha256[:2] / kept.sha256
    assert kept.path.read_text(encoding="utf-8") == "tekst"
    assert stat.S_IMODE(kept.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.path.parent.stat().st_mode) == 0o700
    assert [entry.name for entry in workspace.vault.iterdir()] == [kept.sha256[:2]], "nothing half-written is left"


def test_a_file_that_was_swapped_for_a_link_is_not_followed(workspace: Workspace) -> None:
    put(workspace, "h1/kl/a.txt", "tekst")
    (file,) = list_inbox(workspace)
    file.path.unlink()
    file.path.symlink_to(workspace.strategy_file)
    with pytest.raises(InputError) as caught:
        vault.keep(workspace, file)
    assert [problem.code for problem in caught.value.problems] == ["file_unreadable"]


def test_a_file_that_is_gone_is_refused_and_stops_nothing(
    workspace: Workspace, strategy: Strategy, danish: Locale
) -> None:
    put(workspace, "h1/kl/a.txt", "Et forslag.")
    put(workspace, "h1/kl/b.txt", "Et andet forslag.")
    files = list_inbox(workspace)
    files[0].path.unlink()
    readings = read_files(workspace, strategy, danish, files)
    assert [[refusal.code for refusal in item.refusals] for item in readings] == [["file_unreadable"], []]


def test_a_closed_folder_is_refused_with_its_reason(workspace: Workspace, strategy: Strategy, danish: Locale) -> None:
    put(workspace, "h1/kl/lukket/a.txt", "Et forslag.")
    (file,) = list_inbox(workspace)
    closed = replace(file, place="h1/kl/lukket", path=file.path.parent, odd="file_unreadable")
    (reading,) = read_files(workspace, strategy, danish, [closed])
    assert [(item.code, bool(item.values["cause"])) for item in reading.refusals] == [("file_unreadable", True)]


def test_a_vault_that_cannot_be_written_stops_the_run(workspace: Workspace, strategy: Strategy, danish: Locale) -> None:
    put(workspace, "h1/kl/a.txt", "Et forslag.")
    workspace.private.mkdir()
    workspace.vault.write_text("i vejen", encoding="utf-8")
    with pytest.raises(OSError, match="vault"):
        read_files(workspace, strategy, danish, list_inbox(workspace))


def test_what_is_known_is_not_read_again(workspace: Workspace, strategy: Strategy, danish: Locale) -> None:
    put(workspace, "h1/kl/a.txt", "Et forslag.")
    ledger = gather(workspace, strategy, danish, Ledger())
    assert find_new(workspace, ledger, strategy, list_inbox(workspace)) == ()
    put(workspace, "h1/kl/b.txt", "Et nyt forslag.")
    assert [file.name for file in find_new(workspace, ledger, strategy, list_inbox(workspace))] == ["b.txt"]


def test_unchanged_files_are_not_opened(
    workspace: Workspace, strategy: Strategy, danish: Locale, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(workspace, "h1/kl/a.txt", "Et forslag.")
    ledger = gather(workspace, strategy, danish, Ledger())
    monkeypatch.setattr(digests, "digest", lambda file: pytest.fail(f"{file.place} was opened"))
    assert find_new(workspace, ledger, strategy, list_inbox(workspace)) == ()


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"version": 1, "files": {"h1/kl/a.txt": "x"}}', b"\xff"])
def test_a_damaged_memory_is_made_anew(workspace: Workspace, strategy: Strategy, danish: Locale, damage: bytes) -> None:
    put(workspace, "h1/kl/a.txt", "Et forslag.")
    ledger = gather(workspace, strategy, danish, Ledger())
    (workspace.private / digests.CACHE).write_bytes(damage)
    assert find_new(workspace, ledger, strategy, list_inbox(workspace)) == ()


def test_a_file_in_quarantine_is_read_again_when_the_reason_may_be_gone(
    workspace: Workspace, strategy: Strategy, danish: Locale
) -> None:
    put(workspace, "h1/ukendt/a.txt", "Et forslag.")
    put(workspace, "h1/kl/tom.txt", "")
    ledger = gather(workspace, strategy, danish, Ledger())
    assert find_new(workspace, ledger, strategy, list_inbox(workspace)) == ()
    mended = replace(strategy, parties=(*strategy.parties, replace(strategy.parties[0], key="ukendt")))
    files = find_new(workspace, ledger, mended, list_inbox(workspace))
    assert [file.name for file in files] == ["a.txt"]


def test_a_killed_run_that_did_not_see_every_file_with_the_new_parties_is_made_up_for(
    workspace: Workspace, strategy: Strategy, danish: Locale
) -> None:
    put(workspace, "h1/ukendt/a.txt", "Et forslag.")
    readings = read_files(workspace, strategy, danish, find_new(workspace, Ledger(), strategy, list_inbox(workspace)))
    ledger = register(Ledger(), readings, strategy, clock(strategy.zone)).ledger
    assert [file.name for file in find_new(workspace, ledger, strategy, list_inbox(workspace))] == ["a.txt"]


def test_one_copy_changed_leaves_the_other_its_points_and_the_next_run_nothing(
    workspace: Workspace, strategy: Strategy, danish: Locale
) -> None:
    put(workspace, "h1/kl/a.txt", "Et forslag.")
    put(workspace, "h1/kl/b.txt", "Et forslag.")
    ledger = gather(workspace, strategy, danish, Ledger())
    put(workspace, "h1/kl/a.txt", "Et helt andet forslag.")
    ledger = gather(workspace, strategy, danish, ledger)
    assert [(item.id, item.places) for item in ledger.current] == [
        ("B001", ("h1/kl/b.txt",)),
        ("B002", ("h1/kl/a.txt",)),
    ]
    assert find_new(workspace, ledger, strategy, list_inbox(workspace)) == ()


def test_a_broken_file_in_a_good_ones_place_and_the_good_one_again_lose_nothing(
    workspace: Workspace, strategy: Strategy, danish: Locale
) -> None:
    ledger = Ledger()
    for text in ("Et forslag.", "", "Et forslag."):
        put(workspace, "h1/kl/a.txt", text)
        ledger = gather(workspace, strategy, danish, ledger)
        assert [item.id for item in ledger.current] == ["B001"]
    assert [item.replaced_by for item in ledger.submissions] == ["", "B001"]
    assert find_new(workspace, ledger, strategy, list_inbox(workspace)) == ()


def test_a_folder_of_another_round_is_read_when_the_round_is_known(
    workspace: Workspace, strategy: Strategy, danish: Locale
) -> None:
    put(workspace, "h2/kl/a.txt", "Et forslag.")
    ledger = gather(workspace, strategy, danish, Ledger())
    assert [refusal.code for refusal in ledger.submissions[0].refusals] == ["no_round"]
    assert find_new(workspace, ledger, strategy, list_inbox(workspace)) == ()
    mended = replace(strategy, rounds=(*strategy.rounds, replace(strategy.rounds[0], key="h2")))
    (again,) = find_new(workspace, ledger, mended, list_inbox(workspace))
    found = register(ledger, read_files(workspace, mended, danish, [again]), mended, clock(strategy.zone)).ledger
    assert [(item.id, item.outcome.value) for item in found.submissions] == [("B001", "accepted")]


def test_the_private_folder_is_its_owners_alone(workspace: Workspace, strategy: Strategy, danish: Locale) -> None:
    put(workspace, "h1/kl/a.txt", "Et forslag.")
    gather(workspace, strategy, danish, Ledger())
    assert stat.S_IMODE(workspace.private.stat().st_mode) == 0o700


def test_the_inbox_is_never_changed(workspace: Workspace, strategy: Strategy, danish: Locale) -> None:
    put(workspace, "h1/kl/a.txt", "Et forslag.")
    before = {path: path.stat() for path in sorted(Path(workspace.inbox).rglob("*"))}
    gather(workspace, strategy, danish, Ledger())
    after = {path: path.stat() for path in sorted(Path(workspace.inbox).rglob("*"))}
    assert {path: info.st_mtime_ns for path, info in after.items()} == {
        path: info.st_mtime_ns for path, info in before.items()
    }
