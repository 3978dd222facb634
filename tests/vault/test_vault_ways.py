"""Ways in: each opens on its own, which of two factors is wrong is told, and nothing falls unsaid."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cloison.keystore.errors import (
    CardAbsentError,
    KeyringAbsentError,
    KeyringEntryLostError,
    KeyringLockedError,
    KeystoreError,
    PinBlockedError,
    WrongPinError,
)
from cloison.vault.backup import back_up
from cloison.vault.errors import (
    BadKeyFileError,
    DamagedError,
    DiskError,
    DiskProblem,
    LastWayError,
    NewerFormatError,
    NoSuchWayError,
    OtherFactorError,
    SlotSummary,
    UnknownIdError,
    VaultError,
    WayExistsError,
    WaysWouldFallError,
    WrongKeyFileError,
    WrongPassphraseError,
)
from cloison.vault.founding import CreatedVault
from cloison.vault.header import read_header, write_header
from cloison.vault.opening import open_vault
from cloison.vault.problems import Problem, ProblemKind
from cloison.vault.restoring import restore_backup
from cloison.vault.unlocking import (
    CardSecret,
    KeyFileSecret,
    KeyringSecret,
    PassphraseSecret,
    RecoverySecret,
    Secret,
)
from cloison.vault.vault import Vault
from cloison_crypto.key_file import new_key_file
from cloison_crypto.secrets import Clock
from cloison_crypto.slots import LOWEST
from keystores import PIN, MemoryKeyring, SoftCard

PASSPHRASE = b"huit mots au hasard"
RIGHT = PassphraseSecret(passphrase=bytearray(PASSPHRASE))
NEW = PassphraseSecret(passphrase=bytearray(b"un autre chemin"))
Reopen = Callable[[], Vault]
OpenWith = Callable[[Secret], Vault]


class Bunch:
    """Everything one person may hold."""

    def __init__(self) -> None:
        self.keyring = MemoryKeyring()
        self.card = SoftCard()
        self.key_file = KeyFileSecret(content=new_key_file(os.urandom))

    def by_keyring(self, passphrase: bytes = PASSPHRASE) -> KeyringSecret:
        return KeyringSecret(passphrase=bytearray(passphrase), keyring=self.keyring)

    def by_card(self, passphrase: bytes = PASSPHRASE, pin: str = PIN) -> CardSecret:
        return CardSecret(passphrase=bytearray(passphrase), card=self.card.with_pin(pin))

    def all_but_passphrase(self) -> tuple[Secret, ...]:
        return (self.key_file, self.by_keyring(), self.by_card())


@pytest.fixture
def bunch() -> Bunch:
    return Bunch()


@pytest.fixture
def furnished(vault: Vault, bunch: Bunch) -> Vault:
    """The vault with a way in of every kind."""
    for new in bunch.all_but_passphrase():
        vault.ways.add(RIGHT, new, LOWEST)
    return vault


def kinds(vault: Vault) -> list[str]:
    return [slot.kind for slot in vault.ways.slots()]


def id_of(vault: Vault, kind: str) -> str:
    return next(slot.id for slot in vault.ways.slots() if slot.kind == kind)


def opens(open_with: OpenWith, secrets: Sequence[Secret]) -> list[bool]:
    found = []
    for secret in secrets:
        try:
            open_with(secret).close()
        except (VaultError, KeystoreError):
            found.append(False)
        else:
            found.append(True)
    return found


def test_every_way_opens_on_its_own(furnished: Vault, bunch: Bunch, created: CreatedVault, open_with: OpenWith) -> None:
    assert kinds(furnished) == ["passphrase", "recovery", "keyfile", "keyring", "card"]
    furnished.close()

    for secret in (RIGHT, RecoverySecret(code=created.recovery_code), *bunch.all_but_passphrase()):
        with open_with(secret) as again:
            assert again.problems == ()


def test_second_factor_alone_opens_nothing(furnished: Vault, bunch: Bunch, open_with: OpenWith) -> None:
    furnished.close()

    for secret in (bunch.by_keyring(b""), bunch.by_card(b""), bunch.by_keyring(b"faux"), bunch.by_card(b"faux")):
        with pytest.raises(WrongPassphraseError):
            open_with(secret)


def test_keyring_entry_holds_nothing_of_the_vault(furnished: Vault, bunch: Bunch) -> None:
    entry = f"{furnished.id}/{id_of(furnished, 'keyring')}"
    secret = bunch.keyring.entries[entry]

    assert set(bunch.keyring.entries) == {entry, f"{furnished.id}/generation"}
    assert len(secret) == 32
    assert secret not in (furnished.folder / "header.json").read_bytes()


def test_wrong_key_file_and_damaged_one_are_told_apart(furnished: Vault, bunch: Bunch, open_with: OpenWith) -> None:
    furnished.close()
    damaged = bytearray(bunch.key_file.content)
    damaged[30] ^= 1

    with pytest.raises(WrongKeyFileError):
        open_with(KeyFileSecret(content=new_key_file(os.urandom)))
    with pytest.raises(BadKeyFileError):
        open_with(KeyFileSecret(content=damaged))


def test_keyring_that_does_not_give_the_entry_says_why_and_keeps_nobody_out(
    furnished: Vault, bunch: Bunch, open_with: OpenWith
) -> None:
    furnished.close()
    entry = next(name for name in bunch.keyring.entries if not name.endswith("generation"))

    bunch.keyring.is_absent = True
    with pytest.raises(KeyringAbsentError):
        open_with(bunch.by_keyring())
    bunch.keyring.is_absent = False
    bunch.keyring.is_locked = True
    with pytest.raises(KeyringLockedError):
        open_with(bunch.by_keyring())
    bunch.keyring.is_locked = False
    bunch.keyring.entries[entry] = bytes(32)
    with pytest.raises(OtherFactorError) as caught:
        open_with(bunch.by_keyring())
    assert caught.value.kind == "keyring"
    bunch.keyring.entries.clear()
    with pytest.raises(KeyringEntryLostError):
        open_with(bunch.by_keyring())
    assert opens(open_with, (RIGHT, bunch.key_file, bunch.by_card())) == [True, True, True]


def test_two_machines_have_a_keyring_way_each(vault: Vault, bunch: Bunch, open_with: OpenWith) -> None:
    other = Bunch()
    vault.ways.add(RIGHT, other.by_keyring(), LOWEST)
    vault.ways.add(RIGHT, bunch.by_keyring(), LOWEST)
    vault.close()

    assert opens(open_with, (bunch.by_keyring(), other.by_keyring())) == [True, True]
    with pytest.raises(WrongPassphraseError):
        open_with(bunch.by_keyring(b"faux"))


def test_wrong_pin_is_tried_once(furnished: Vault, bunch: Bunch, open_with: OpenWith) -> None:
    furnished.ways.add(RIGHT, bunch.by_card(), LOWEST)
    furnished.close()

    with pytest.raises(WrongPinError):
        open_with(bunch.by_card(pin="0000"))
    assert bunch.card.tries_left == 2
    with pytest.raises(WrongPinError) as caught:
        open_with(bunch.by_card(pin="0000"))
    assert caught.value.is_last_try
    with pytest.raises(WrongPinError):
        open_with(bunch.by_card(pin="0000"))
    with pytest.raises(PinBlockedError):
        open_with(bunch.by_card())


def test_another_card_is_not_asked(furnished: Vault, open_with: OpenWith) -> None:
    furnished.close()
    other = Bunch()

    with pytest.raises(CardAbsentError):
        open_with(other.by_card())
    assert other.card.asked == 0


def test_card_that_answers_otherwise_is_told_apart_from_a_wrong_passphrase(
    furnished: Vault, bunch: Bunch, open_with: OpenWith
) -> None:
    furnished.close()
    other = Bunch()
    other.card.token = bunch.card.token

    with pytest.raises(OtherFactorError) as caught:
        open_with(other.by_card())
    assert caught.value.kind == "card"


def test_way_nobody_made_is_said_to_be_none(vault: Vault, bunch: Bunch, open_with: OpenWith) -> None:
    vault.close()

    for secret in bunch.all_but_passphrase():
        with pytest.raises(NoSuchWayError):
            open_with(secret)


def test_way_is_added_by_who_knows_one(vault: Vault, bunch: Bunch) -> None:
    with pytest.raises(WrongPassphraseError):
        vault.ways.add(NEW, bunch.by_keyring(), LOWEST)

    assert bunch.keyring.entries == {}
    assert kinds(vault) == ["passphrase", "recovery"]


@pytest.mark.parametrize("new", [NEW, RecoverySecret(code="x")], ids=["passphrase", "recovery"])
def test_there_is_one_passphrase_and_one_recovery_code(vault: Vault, new: Secret) -> None:
    with pytest.raises(WayExistsError):
        vault.ways.add(RIGHT, new, LOWEST)


def test_way_that_does_not_reach_the_disk_leaves_no_entry_behind(
    vault: Vault, bunch: Bunch, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise DiskError(DiskProblem.FULL, file="header.json")

    monkeypatch.setattr("cloison.vault.current_header.write_header", full)
    with pytest.raises(DiskError):
        vault.ways.add(RIGHT, bunch.by_keyring(), LOWEST)

    assert bunch.keyring.entries == {}
    assert kinds(vault) == ["passphrase", "recovery"]


def test_locked_keyring_takes_no_new_way(vault: Vault, bunch: Bunch) -> None:
    bunch.keyring.is_locked = True

    with pytest.raises(KeyringLockedError):
        vault.ways.add(RIGHT, bunch.by_keyring(), LOWEST)

    assert kinds(vault) == ["passphrase", "recovery"]


def test_removed_way_opens_no_more_and_the_others_do(
    furnished: Vault, bunch: Bunch, created: CreatedVault, open_with: OpenWith
) -> None:
    before = read_header(furnished.folder).members[0]
    key_file = id_of(furnished, "keyfile")

    done = furnished.ways.remove(key_file, (RIGHT, bunch.by_keyring(), bunch.by_card()))

    assert [one.kind for one in done.gone] == ["keyfile"]
    assert kinds(furnished) == ["passphrase", "keyring", "card", "recovery"]
    furnished.close()
    after = read_header(furnished.folder).members[0]
    assert after.box != before.box
    assert not {slot.box for slot in after.slots} & {slot.box for slot in before.slots}
    assert done.recovery_code is not None
    right = (RIGHT, bunch.by_keyring(), bunch.by_card(), RecoverySecret(code=done.recovery_code))
    assert opens(open_with, right) == [True] * 4
    assert opens(open_with, (bunch.key_file, RecoverySecret(code=created.recovery_code))) == [False, False]


def test_recovery_code_that_is_given_goes_on(
    furnished: Vault, bunch: Bunch, created: CreatedVault, open_with: OpenWith
) -> None:
    code = RecoverySecret(code=created.recovery_code)

    done = furnished.ways.remove(id_of(furnished, "passphrase"), (code, *bunch.all_but_passphrase()))

    assert done.recovery_code is None
    furnished.close()
    assert opens(open_with, (code, bunch.key_file, RIGHT)) == [True, True, False]


def test_what_would_fall_is_said_before_and_nothing_is_changed(furnished: Vault, bunch: Bunch) -> None:
    before = (furnished.folder / "header.json").read_bytes()
    bunch.keyring.is_locked = True
    card = SlotSummary(id=id_of(furnished, "card"), kind="card")
    keyring = SlotSummary(id=id_of(furnished, "keyring"), kind="keyring")

    with pytest.raises(WaysWouldFallError) as caught:
        furnished.ways.remove(id_of(furnished, "keyfile"), (RIGHT, bunch.by_keyring()))

    assert caught.value.slots == (keyring, card)
    assert (furnished.folder / "header.json").read_bytes() == before


def test_what_may_fall_falls(furnished: Vault, bunch: Bunch, open_with: OpenWith) -> None:
    may_fall = {id_of(furnished, kind) for kind in ("card", "keyring", "recovery")}

    done = furnished.ways.remove(id_of(furnished, "keyfile"), (RIGHT,), may_fall=may_fall)

    assert done.recovery_code is None
    assert [one.kind for one in done.gone] == ["recovery", "keyfile", "keyring", "card"]
    assert kinds(furnished) == ["passphrase"]
    furnished.close()
    assert opens(open_with, (RIGHT, *bunch.all_but_passphrase())) == [True, False, False, False]


def test_last_way_is_never_removed(vault: Vault) -> None:
    vault.ways.remove(id_of(vault, "recovery"), (RIGHT,))

    with pytest.raises(LastWayError):
        vault.ways.remove(id_of(vault, "passphrase"), (RIGHT,))


def test_way_that_is_none_cannot_be_removed(vault: Vault) -> None:
    with pytest.raises(UnknownIdError) as caught:
        vault.ways.remove("00" * 16, (RIGHT,))

    assert caught.value.kind == "slot"


def test_way_is_removed_by_who_knows_one(vault: Vault) -> None:
    with pytest.raises(WrongPassphraseError):
        vault.ways.remove(id_of(vault, "recovery"), (NEW,))


def test_wrong_pin_stops_the_removal(furnished: Vault, bunch: Bunch) -> None:
    with pytest.raises(WrongPinError):
        furnished.ways.remove(id_of(furnished, "keyfile"), (RIGHT, bunch.by_card(pin="0000")))
    with pytest.raises(WrongPinError):
        furnished.ways.change_passphrase(RIGHT, NEW.passphrase, LOWEST, also=(bunch.by_card(pin="0000"),))

    assert bunch.card.tries_left == 1


def test_new_passphrase_counts_wherever_one_is_asked_for(furnished: Vault, bunch: Bunch, open_with: OpenWith) -> None:
    furnished.ways.change_passphrase(RIGHT, NEW.passphrase, LOWEST, also=bunch.all_but_passphrase())
    furnished.close()

    new = bytes(NEW.passphrase)
    assert opens(open_with, (NEW, bunch.by_keyring(new), bunch.by_card(new), bunch.key_file)) == [True] * 4
    assert opens(open_with, (RIGHT, bunch.by_keyring(), bunch.by_card())) == [False] * 3


def test_forgotten_passphrase_is_replaced_beside_its_second_factor(
    furnished: Vault, bunch: Bunch, created: CreatedVault, open_with: OpenWith
) -> None:
    furnished.ways.remove(
        id_of(furnished, "passphrase"), (RecoverySecret(code=created.recovery_code), *bunch.all_but_passphrase())
    )

    furnished.ways.change_passphrase(
        RecoverySecret(code=created.recovery_code),
        NEW.passphrase,
        LOWEST,
        also=(bunch.by_keyring(b"forgotten"), bunch.key_file),
        may_fall={id_of(furnished, "card")},
    )

    assert "passphrase" not in kinds(furnished)
    furnished.close()
    assert opens(open_with, (bunch.by_keyring(bytes(NEW.passphrase)), NEW)) == [True, False]


def test_passphrase_that_loses_its_second_factor_opens_alone(
    vault: Vault, bunch: Bunch, created: CreatedVault, open_with: OpenWith
) -> None:
    code = RecoverySecret(code=created.recovery_code)
    vault.ways.add(RIGHT, bunch.by_keyring(), LOWEST)
    vault.ways.remove(id_of(vault, "passphrase"), (code, bunch.by_keyring()))
    bunch.keyring.entries.clear()

    vault.ways.change_passphrase(
        code, NEW.passphrase, LOWEST, also=(bunch.by_keyring(),), may_fall={id_of(vault, "keyring")}
    )

    assert kinds(vault) == ["passphrase", "recovery"]
    vault.close()
    assert opens(open_with, (NEW,)) == [True]


def test_without_any_passphrase_there_is_none_to_change(vault: Vault, bunch: Bunch) -> None:
    vault.ways.add(RIGHT, bunch.key_file, LOWEST)
    vault.ways.remove(id_of(vault, "passphrase"), (bunch.key_file,))

    with pytest.raises(NoSuchWayError):
        vault.ways.change_passphrase(bunch.key_file, NEW.passphrase, LOWEST)


def test_whole_folder_that_was_put_back_is_noticed_by_the_keyring(
    vault: Vault, bunch: Bunch, folder: Path, tmp_path: Path, open_with: OpenWith
) -> None:
    vault.ways.add(RIGHT, bunch.by_keyring(), LOWEST)
    vault.close()
    shutil.copytree(folder, tmp_path / "copy")
    with open_with(bunch.by_keyring()) as again:
        assert again.problems == ()
        again.ways.add(RIGHT, bunch.key_file, LOWEST)
    shutil.rmtree(folder)
    shutil.copytree(tmp_path / "copy", folder)
    found = Problem(kind=ProblemKind.HEADER_ROLLED_BACK, file="header.json")

    # Header and shared.db agree: only what lies elsewhere can tell.
    with open_with(RIGHT) as again:
        assert again.problems == ()
    with open_with(bunch.by_keyring()) as again:
        assert again.problems == (found,)
        again.accept(found)
    with open_with(bunch.by_keyring()) as again:
        assert again.problems == ()


def test_header_after_one_that_was_put_back_is_newer_than_the_keyring_knows(
    vault: Vault, bunch: Bunch, folder: Path, tmp_path: Path, open_with: OpenWith
) -> None:
    vault.ways.add(RIGHT, bunch.by_keyring(), LOWEST)
    vault.close()
    shutil.copytree(folder, tmp_path / "copy")
    with open_with(bunch.by_keyring()) as again:
        again.ways.change_passphrase(RIGHT, RIGHT.passphrase, LOWEST, also=(bunch.by_keyring(),))
        latest = again.ways.header.generation
    shutil.rmtree(folder)
    shutil.copytree(tmp_path / "copy", folder)

    with open_with(bunch.by_keyring()) as again:
        again.ways.add(RIGHT, bunch.key_file, LOWEST)
        assert again.ways.header.generation == latest + 1


def test_a_restored_backup_is_no_older_header_to_the_keyring(
    vault: Vault, bunch: Bunch, tmp_path: Path, clock: Clock, open_with: OpenWith
) -> None:
    vault.ways.add(RIGHT, bunch.by_keyring(), LOWEST)
    path, _ = back_up(vault, tmp_path / "medium", at=clock(), keep=5, step=lambda done, total: None)
    vault.close()
    with open_with(bunch.by_keyring()) as again:
        for _ in range(3):
            again.ways.change_passphrase(RIGHT, RIGHT.passphrase, LOWEST, also=(bunch.by_keyring(),))

    restore_backup(
        path,
        tmp_path / "anew",
        alias=None,
        secret=RIGHT,
        keyring=lambda: bunch.keyring,
        step=lambda done, total: None,
        randomness=os.urandom,
    )

    secret = bunch.by_keyring()
    with open_vault(tmp_path / "anew", alias=None, secret=RIGHT, clock=clock, randomness=os.urandom) as restored:
        restored.heed_keyring(secret)
        assert restored.problems == ()


def test_keyring_that_falls_silent_later_keeps_nobody_from_a_change(
    vault: Vault, bunch: Bunch, open_with: OpenWith
) -> None:
    vault.ways.add(RIGHT, bunch.by_keyring(), LOWEST)
    bunch.keyring.is_locked = True

    vault.ways.add(RIGHT, bunch.key_file, LOWEST)
    vault.close()
    bunch.keyring.is_locked = False

    with open_with(bunch.by_keyring()) as again:
        assert again.problems == ()


def test_slot_that_rotted_on_the_disk_is_no_wrong_secret(furnished: Vault, bunch: Bunch, open_with: OpenWith) -> None:
    furnished.close()
    file = furnished.folder / "header.json"
    whole = file.read_bytes()

    for slot, secret in zip(
        read_header(furnished.folder).members[0].slots,
        (RIGHT, RecoverySecret(code=""), *bunch.all_but_passphrase()),
        strict=True,
    ):
        written = str(slot.to_json()["box"]).encode()
        rotten = written[:20] + (b"A" if written[20:21] != b"A" else b"B") + written[21:]
        file.write_bytes(whole.replace(written, rotten))
        with pytest.raises(DamagedError):
            open_with(secret)


def test_slot_that_somebody_altered_opens_nothing(furnished: Vault, bunch: Bunch, open_with: OpenWith) -> None:
    furnished.close()
    header = read_header(furnished.folder)
    (member,) = header.members
    for secret in (RIGHT, *bunch.all_but_passphrase()):
        slots = tuple(replace(slot, box=bytes(len(slot.box))) for slot in member.slots)
        altered = replace(header, members=(replace(member, slots=slots),))
        write_header(furnished.folder, altered, randomness=os.urandom)

        with pytest.raises(WrongPassphraseError):
            open_with(secret)


@pytest.fixture
def stored(furnished: Vault) -> bytes:
    """The header with a slot of every kind, of a vault that is closed."""
    furnished.close()
    return (furnished.folder / "header.json").read_bytes()


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_no_byte_of_a_header_with_every_kind_changes_unnoticed(
    folder: Path, stored: bytes, data: st.DataObject
) -> None:
    content = bytearray(stored)
    for at in data.draw(st.sets(st.integers(0, len(content) - 1), min_size=1, max_size=4)):
        content[at] = (content[at] + data.draw(st.integers(1, 255))) % 256
    (folder / "header.json").write_bytes(content)

    with pytest.raises((DamagedError, NewerFormatError)):
        read_header(folder)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_no_slot_that_was_made_up_is_believed(
    folder: Path, stored: bytes, open_with: OpenWith, data: st.DataObject
) -> None:
    (folder / "header.json").write_bytes(stored)
    header = read_header(folder)
    (member,) = header.members
    slots = data.draw(st.permutations(member.slots))[data.draw(st.integers(0, 3)) :]
    if tuple(slots) == member.slots:
        slots = [*slots, slots[0]]
    altered = replace(header, members=(replace(member, slots=tuple(slots)),))
    write_header(folder, altered, randomness=os.urandom)

    with pytest.raises((DamagedError, NoSuchWayError)):
        open_with(RIGHT)
