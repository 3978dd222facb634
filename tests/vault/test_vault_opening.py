"""Opening a vault with each secret; everything that must be refused; closing it."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from cloison.labels.library import built_in
from cloison.vault.compartment import Compartment
from cloison.vault.database import Database
from cloison.vault.errors import (
    DamagedError,
    DiskError,
    DiskProblem,
    NotAVaultError,
    UnknownIdError,
    VaultBusyError,
    VaultError,
    WrongPassphraseError,
)
from cloison.vault.founding import CreatedVault
from cloison.vault.opening import open_vault, read_members
from cloison.vault.problems import Problem, ProblemKind
from cloison.vault.unlocking import PassphraseSecret, RecoverySecret, Secret
from cloison.vault.vault import Vault
from cloison_crypto.secrets import Clock
from cloison_crypto.slots import new_recovery_code

RIGHT = PassphraseSecret(passphrase=bytearray(b"huit mots au hasard"))
Reopen = Callable[[], Vault]
OpenWith = Callable[[Secret], Vault]
Make = Callable[..., CreatedVault]


def test_vault_opens_with_its_passphrase(closed: Path, reopen: Reopen, created: CreatedVault) -> None:
    again = reopen()

    assert (again.id, again.life, again.policy_id) == (created.vault.id, created.vault.life, built_in("FR").id)
    assert again.member.alias == "officier"
    assert again.member.identity.public == created.vault.member.identity.public
    assert again.problems == ()
    assert [slot.kind for slot in again.ways.slots()] == ["passphrase", "recovery"]
    assert again.inbox.is_dir()


def test_vault_opens_with_its_recovery_code_however_it_is_typed(
    closed: Path, open_with: OpenWith, created: CreatedVault
) -> None:
    typed = created.recovery_code.lower().replace("-", " ")

    with open_with(RecoverySecret(code=typed)) as vault:
        assert vault.id == created.vault.id


@pytest.mark.parametrize(
    "secret",
    [
        PassphraseSecret(passphrase=bytearray(b"huit mots au hasarD")),
        PassphraseSecret(passphrase=bytearray()),
        RecoverySecret(code="AAAA-AAAA"),
        RecoverySecret(code=new_recovery_code(os.urandom)),
    ],
    ids=["another passphrase", "no passphrase", "half a code", "another code"],
)
def test_another_secret_is_refused_and_the_vault_stays_free(
    closed: Path, reopen: Reopen, open_with: OpenWith, secret: Secret
) -> None:
    with pytest.raises(WrongPassphraseError):
        open_with(secret)

    assert reopen().problems == ()


def test_secrets_do_not_show_themselves(created: CreatedVault) -> None:
    said = repr((RIGHT, RecoverySecret(code=created.recovery_code), created))

    assert "hasard" not in said
    assert created.recovery_code not in said


def test_aliases_are_listed_without_opening(closed: Path) -> None:
    assert read_members(closed) == ("officier",)


def test_unknown_alias_is_said_to_be_unknown(closed: Path, clock: Clock) -> None:
    with pytest.raises(UnknownIdError) as caught:
        open_vault(closed, alias="autre", secret=RIGHT, clock=clock, randomness=os.urandom)

    assert caught.value.kind == "member"


def test_open_vault_is_busy_for_another_process(vault: Vault, folder: Path) -> None:
    code = (
        "import os, sys; from datetime import datetime, UTC; from pathlib import Path;"
        "from cloison.vault.opening import open_vault; from cloison.vault.unlocking import RecoverySecret\n"
        "try: open_vault(Path(sys.argv[1]), alias=None, secret=RecoverySecret(code=''),"
        " clock=lambda: datetime.now(UTC), randomness=os.urandom)\n"
        "except Exception as error: print(type(error).__name__)"
    )

    answer = subprocess.run([sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=True)

    assert answer.stdout.strip() == VaultBusyError.__name__


def test_vault_is_free_again_after_close(vault: Vault, reopen: Reopen) -> None:
    vault.close()
    vault.close()

    assert reopen().id == vault.id


@pytest.mark.parametrize("make", [lambda path: None, Path.mkdir, Path.touch], ids=["nothing", "empty folder", "file"])
def test_anything_else_is_no_vault(folder: Path, open_with: OpenWith, make: Callable[[Path], None]) -> None:
    make(folder)

    with pytest.raises(NotAVaultError):
        open_with(RIGHT)
    with pytest.raises(NotAVaultError):
        read_members(folder)


def test_vault_can_be_opened_and_used_in_a_thread_of_its_own(closed: Path, clock: Clock) -> None:
    names: list[str] = []

    def use() -> None:
        with open_vault(closed, alias=None, secret=RIGHT, clock=clock, randomness=os.urandom) as vault:
            vault.add_compartment("Fil")
            names.extend(one.name for one in vault.compartments())

    thread = threading.Thread(target=use)
    thread.start()
    thread.join()

    assert names == ["Fil"]


def test_missing_shared_file_is_damage(closed: Path, reopen: Reopen) -> None:
    (closed / "shared.db").unlink()

    with pytest.raises(DamagedError) as caught:
        reopen()

    assert caught.value.file == "shared.db"


def test_shared_file_of_another_vault_is_damage(closed: Path, reopen: Reopen, tmp_path: Path, make: Make) -> None:
    make(tmp_path / "other").vault.close()
    (tmp_path / "other" / "shared.db").replace(closed / "shared.db")

    with pytest.raises(DamagedError):
        reopen()


def test_lost_log_of_a_session_that_was_cut_off_is_noticed(vault: Vault, folder: Path, reopen: Reopen) -> None:
    vault.series.draw("A", 2026)
    cut_off = {path: path.read_bytes() for path in (folder / "shared.db", folder / "shared.db-wal")}
    vault.close()
    for path, content in cut_off.items():
        path.write_bytes(content)

    assert reopen().problems == ()

    reopen().close()
    (folder / "shared.db").write_bytes(cut_off[folder / "shared.db"])
    again = reopen()
    found = Problem(kind=ProblemKind.LOG_LOST, file="shared.db")
    assert found in again.problems
    again.accept(found)
    assert found not in again.problems


def test_session_that_could_not_say_that_it_is_over_has_lost_no_log(
    vault: Vault, reopen: Reopen, monkeypatch: pytest.MonkeyPatch
) -> None:
    execute = Database.execute

    def failing_at_the_end(database: Database, sql: str, parameters: Sequence[object] = ()) -> int:
        if sql.endswith("is_in_use = 0"):
            raise DiskError(DiskProblem.FAILED, file=database.file)
        return execute(database, sql, parameters)

    monkeypatch.setattr(Database, "execute", failing_at_the_end)
    vault.close()
    monkeypatch.undo()

    assert reopen().problems == ()


def test_session_that_failed_as_it_began_has_lost_no_log(
    closed: Path, reopen: Reopen, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(database: Database) -> None:
        raise DiskError(DiskProblem.FULL, file=database.file)

    monkeypatch.setattr(Database, "checkpoint", fail)
    with pytest.raises(DiskError):
        reopen()
    monkeypatch.undo()

    assert reopen().problems == ()


def test_failure_after_unlocking_lets_go_of_everything(
    closed: Path, reopen: Reopen, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise DiskError(DiskProblem.FAILED, file="shared.db")

    for name in ("parts.CompartmentSet", "shared_file.begin_use"):
        monkeypatch.setattr(f"cloison.vault.{name}", fail)
        with pytest.raises(DiskError):
            reopen()
        monkeypatch.undo()

    assert reopen().problems == ()


def test_compartment_of_a_closed_vault_is_closed(compartment: Compartment, vault: Vault) -> None:
    vault.close()

    with pytest.raises(VaultError):
        compartment.notes.count()
    with pytest.raises(ValueError, match="wiped"):
        vault.member.identity.opener()
