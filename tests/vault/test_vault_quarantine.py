"""Packages that wait, at rest: as they came, once, in a small room, and nothing about them for other members."""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from cloison.vault import quarantine_store
from cloison.vault.errors import QuarantineFullError, UnknownIdError
from cloison.vault.quarantine_store import HeldPackage, QuarantineStore
from cloison.vault.vault import Vault
from cloison_crypto.secrets import SecretKey

Reopen = Callable[[], Vault]
NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
KEY_ID = bytes(range(32))
LARGE = os.urandom(2 * 1024 * 1024 + 17)


def hold(vault: Vault, sealed: bytes, *, reason: str = "unknown sender", now: datetime = NOW) -> HeldPackage:
    return vault.quarantine.hold(sealed, reason=reason, key_id=KEY_ID, now=now)


@pytest.mark.parametrize("sealed", [b"x", LARGE, LARGE[: 1024 * 1024]], ids=["a byte", "large", "one piece"])
def test_what_waits_is_given_back_as_it_came(vault: Vault, reopen: Reopen, sealed: bytes) -> None:
    held = hold(vault, sealed)
    vault.close()

    store = reopen().quarantine

    assert store.sealed(held.uid) == sealed
    assert store.all() == (held,) == (store.get(held.uid),)
    assert (held.reason, held.key_id, held.arrived, held.size) == ("unknown sender", KEY_ID, NOW, len(sealed))


def test_one_file_waits_once_with_the_day_it_came_and_the_reason_it_has_now(vault: Vault) -> None:
    first = hold(vault, b"one")
    other = hold(vault, b"another")

    again = hold(vault, b"one", reason="not cleared yet", now=NOW + timedelta(days=1))

    assert (again.uid, again.arrived, again.reason) == (first.uid, NOW, "not cleared yet")
    assert vault.quarantine.all() == (again, other)


def test_what_is_dropped_is_gone_with_all_its_pieces(vault: Vault) -> None:
    held, other = hold(vault, LARGE), hold(vault, b"other")

    vault.quarantine.drop(held.uid)

    assert vault.quarantine.all() == (other,)
    assert vault._shared.rows("SELECT count(*) FROM quarantine_pieces") == [(1,)]
    for ask in (vault.quarantine.get, vault.quarantine.sealed, vault.quarantine.drop):
        with pytest.raises(UnknownIdError):
            ask(held.uid)


def test_a_file_that_was_accepted_waits_no_more(vault: Vault) -> None:
    hold(vault, b"x")

    vault.quarantine.drop_file("2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881")

    assert vault.quarantine.all() == ()


def test_the_quarantine_is_full_of_packages(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quarantine_store, "MOST_PACKAGES", 2)
    first = hold(vault, b"one")
    hold(vault, b"two")

    with pytest.raises(QuarantineFullError) as refused:
        hold(vault, b"three")

    assert (refused.value.oldest, refused.value.arrived, refused.value.size) == (first.uid, NOW, 3)
    assert len(vault.quarantine.all()) == 2
    hold(vault, b"two", reason="not cleared yet")
    vault.quarantine.drop(first.uid)
    hold(vault, b"three")


def test_the_quarantine_is_full_of_bytes(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quarantine_store, "MOST_BYTES", 10)
    hold(vault, b"12345")

    with pytest.raises(QuarantineFullError):
        hold(vault, b"123456")

    hold(vault, b"54321")


def test_other_members_read_neither_whose_nor_why_nor_since_when(vault: Vault) -> None:
    hold(vault, b"sealed")

    rows = [value for row in vault._shared.rows("SELECT * FROM quarantine") for value in row]

    for secret in (KEY_ID, KEY_ID.hex().encode(), b"unknown", b"2026", vault.member.id.encode()):
        assert not any(secret in (value if isinstance(value, bytes) else value.encode()) for value in rows)


def test_each_member_sees_their_own_packages_alone(vault: Vault) -> None:
    held = hold(vault, b"sealed")
    colleague = QuarantineStore(vault._shared, SecretKey.random(32, os.urandom), randomness=os.urandom)

    assert colleague.all() == ()
    with pytest.raises(UnknownIdError):
        colleague.sealed(held.uid)
    colleague.drop_file("2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881")
    assert vault.quarantine.all() == (held,)
