"""The smaller stores: chain, exchange, packages received, number series, directory, policies."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from cloison.directory.trust import TrustState
from cloison.labels.library import built_in
from cloison.vault.chain_store import NO_ENTRY, ChainHead, ChainRow, CheckpointRow
from cloison.vault.compartment import Compartment
from cloison.vault.errors import DiskError, DiskProblem, UnknownIdError
from cloison.vault.exchange import ExchangeStore, Incoming
from cloison.vault.policies import StoredPolicy
from cloison.vault.vault import Vault
from cloison_crypto.secrets import Clock, SecretKey

Reopen = Callable[[], Vault]
AT = "2026-03-01T08:00:00Z"
READER, OTHER = "aa" * 32, "bb" * 32
LIFE = "cc" * 16
UID = "dd" * 16


# The chain.


def test_chain_grows_from_one(compartment: Compartment) -> None:
    assert compartment.chain.head() == NO_ENTRY

    first = compartment.chain.append(b"{1}", digest=b"1" * 32, kind="A", number="A-1", at=AT)
    second = compartment.chain.append(b"{2}", digest=b"2" * 32, kind="D", number="D-1", at=AT)

    assert (first, second) == (1, 2)
    assert compartment.chain.head() == ChainHead(sequence=2, digest=b"2" * 32)
    assert compartment.chain.entries() == (
        ChainRow(sequence=1, body=b"{1}", digest=b"1" * 32),
        ChainRow(sequence=2, body=b"{2}", digest=b"2" * 32),
    )
    assert [row.sequence for row in compartment.chain.entries("D")] == [2]


def test_checkpoints_are_kept_in_order(compartment: Compartment) -> None:
    for sequence in (2, 1):
        compartment.chain.add_checkpoint(sequence, b"{}", b"signature")

    assert compartment.chain.checkpoints() == (
        CheckpointRow(sequence=2, body=b"{}", signature=b"signature"),
        CheckpointRow(sequence=1, body=b"{}", signature=b"signature"),
    )


# Number series.


def test_numbers_count_from_one_by_kind_and_year(vault: Vault) -> None:
    drawn = [vault.series.draw(*which) for which in (("D", 2026), ("D", 2026), ("A", 2026), ("D", 2027), ("D", 2026))]

    assert drawn == [1, 2, 1, 1, 3]


def test_number_drawn_is_never_drawn_again(vault: Vault, reopen: Reopen) -> None:
    vault.series.draw("D", 2026)
    vault.close()

    assert reopen().series.draw("D", 2026) == 2


# What was sent.


def test_serials_count_by_recipient_and_name_the_manifest_before(vault: Vault) -> None:
    first = vault.exchange.next_serial(READER)
    vault.exchange.record_sent(READER, first.serial, "11" * 32)
    vault.exchange.next_serial(READER)
    third = vault.exchange.next_serial(READER)

    assert (first.serial, first.previous_digest) == (1, None)
    assert (third.serial, third.previous_digest) == (3, "11" * 32)
    assert vault.exchange.next_serial(OTHER).serial == 1


def test_serial_survives_the_session(vault: Vault, reopen: Reopen) -> None:
    vault.exchange.record_sent(READER, vault.exchange.next_serial(READER).serial, "11" * 32)
    vault.close()

    outgoing = reopen().exchange.next_serial(READER)

    assert (outgoing.serial, outgoing.previous_digest) == (2, "11" * 32)


@pytest.mark.parametrize("serial", [0, 1, 2])
def test_serial_that_was_not_drawn_or_is_taken_cannot_be_recorded(vault: Vault, serial: int) -> None:
    vault.exchange.record_sent(READER, vault.exchange.next_serial(READER).serial, "11" * 32)

    with pytest.raises(UnknownIdError) as caught:
        vault.exchange.record_sent(READER, serial, "22" * 32)

    assert (caught.value.kind, caught.value.id) == ("serial", str(serial))


# What was received.


def receive(compartment: Compartment, uid: str = UID, serial: int = 4, digest: str = "11" * 32) -> None:
    compartment.received.add(uid, sender=READER, life=LIFE, incoming=place(serial, digest))


def place(serial: int, digest: str) -> Incoming:
    return Incoming(serial=serial, digest=digest, previous=None)


def test_accepted_package_is_known_from_then_on(vault: Vault, compartment: Compartment, reopen: Reopen) -> None:
    assert not vault.exchange.is_received(UID)
    assert vault.exchange.arrived(sender=READER, life=LIFE) == ()

    receive(compartment)
    receive(compartment, uid="ee" * 16, serial=3, digest="22" * 32)

    assert compartment.received.uids() == (UID, "ee" * 16)
    vault.close()
    exchange = reopen().exchange
    assert exchange.is_received(UID)
    assert exchange.arrived(sender=READER, life=LIFE) == (place(3, "22" * 32), place(4, "11" * 32))
    assert exchange.arrived(sender=READER, life="00" * 16) == exchange.arrived(sender=OTHER, life=LIFE) == ()


def test_another_life_of_a_senders_vault_is_told_from_the_first(vault: Vault, compartment: Compartment) -> None:
    receive(compartment)

    assert vault.exchange.knows_other_life(sender=READER, life="00" * 16)
    assert not vault.exchange.knows_other_life(sender=READER, life=LIFE)
    assert not vault.exchange.knows_other_life(sender=OTHER, life="00" * 16)


def test_acceptance_that_is_undone_burns_nothing(vault: Vault, compartment: Compartment) -> None:
    with pytest.raises(ZeroDivisionError), compartment.transaction():
        receive(compartment)
        raise ZeroDivisionError

    assert not vault.exchange.is_received(UID)
    assert compartment.received.uids() == ()


def test_acceptance_that_could_not_be_told_is_told_at_the_next_opening(
    vault: Vault, compartment: Compartment, reopen: Reopen, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise DiskError(DiskProblem.FULL, file="shared.db")

    monkeypatch.setattr(ExchangeStore, "record_received", full)
    receive(compartment)
    monkeypatch.undo()
    assert not vault.exchange.is_received(UID)
    vault.close()

    assert reopen().exchange.is_received(UID)


def test_telling_twice_changes_nothing(vault: Vault, compartment: Compartment) -> None:
    receive(compartment)

    vault.exchange.record_received(UID, sender=READER, life=LIFE, incoming=place(9, "99" * 32))

    assert vault.exchange.arrived(sender=READER, life=LIFE) == (place(4, "11" * 32),)


def test_shared_file_names_no_correspondent(vault: Vault, compartment: Compartment, key: SecretKey) -> None:
    receive(compartment)
    vault.exchange.next_serial(READER)
    rows = [*vault._shared.rows("SELECT * FROM sent"), *vault._shared.rows("SELECT * FROM received")]

    for value in (value for row in rows for value in row):
        for secret in (READER, LIFE, UID):
            assert value not in (secret, bytes.fromhex(secret))
    assert not ExchangeStore(vault._shared, key, life=vault.life).is_received(UID)


# The directory.

CARD, NEWER = b"card", b"newer card"
PRINT = b"f" * 32


def test_card_is_imported_then_compared(vault: Vault, clock: Clock) -> None:
    put = vault.directory.put_card(PRINT, CARD)

    compared = vault.directory.mark_compared(PRINT, by="officier", at=clock())

    assert (put.state, put.card, put.compared_at) == (TrustState.IMPORTED, CARD, None)
    assert (compared.state, compared.compared_by, compared.compared_at) == (TrustState.COMPARED, "officier", clock())
    assert compared.id == put.id
    assert vault.directory.contacts() == (compared,)


def test_newer_card_of_the_same_keys_keeps_its_comparison(vault: Vault, clock: Clock) -> None:
    first = vault.directory.put_card(PRINT, CARD)
    vault.directory.mark_compared(PRINT, by="officier", at=clock())

    second = vault.directory.put_card(PRINT, NEWER)

    assert (second.id, second.card, second.state) == (first.id, NEWER, TrustState.COMPARED)


def test_own_card_is_known_as_such(vault: Vault) -> None:
    own = vault.member.identity.public.fingerprint

    assert vault.directory.put_card(own, CARD).state is TrustState.SELF


def test_unknown_contact_is_said_to_be_unknown(vault: Vault, clock: Clock) -> None:
    with pytest.raises(UnknownIdError) as caught:
        vault.directory.contact(PRINT)
    with pytest.raises(UnknownIdError):
        vault.directory.mark_compared(PRINT, by="x", at=clock())

    assert (caught.value.kind, caught.value.id) == ("contact", PRINT.hex())


def test_changes_of_the_directory_are_made_together(vault: Vault) -> None:
    with pytest.raises(ZeroDivisionError), vault.directory.transaction():
        vault.directory.put_card(PRINT, CARD)
        raise ZeroDivisionError

    assert vault.directory.contacts() == ()


def test_endorsements_are_kept_once_and_in_order(vault: Vault) -> None:
    for envelope in (b"un", b"deux", b"un"):
        vault.directory.put_endorsement(PRINT, envelope)

    assert vault.directory.endorsements(PRINT) == (b"un", b"deux")
    assert vault.directory.endorsements(b"g" * 32) == ()


def test_authority_is_accepted_within_a_scope_and_dropped(vault: Vault, clock: Clock) -> None:
    vault.directory.put_authority(PRINT, CARD, b"{}", at=clock(), by="officier")
    vault.directory.put_authority(PRINT, CARD, b'{"a":1}', at=clock(), by="adjoint")

    (authority,) = vault.directory.authorities()
    vault.directory.drop_authority(PRINT)

    assert (authority.fingerprint, authority.card, authority.scope_json) == (PRINT, CARD, b'{"a":1}')
    assert (authority.accepted_at, authority.accepted_by) == (clock(), "adjoint")
    assert vault.directory.authorities() == ()
    with pytest.raises(UnknownIdError):
        vault.directory.drop_authority(PRINT)


# Policies.


def test_policies_seen_are_kept_as_they_were(vault: Vault, clock: Clock) -> None:
    path = Path(__file__).parents[2] / "resources" / "cloison_resources" / "policies" / "fr.spif.xml"
    stored = StoredPolicy(policy_id="1.2.3", version=2, digest=os.urandom(32).hex(), source=path.read_bytes())
    known = vault.policies.known()

    vault.policies.put(stored, seen_at=clock())
    vault.policies.put(stored, seen_at=clock())

    assert vault.policies.policies() == (stored,)
    assert built_in("FR").id in known
    assert vault.policies.known() is not known
    assert vault.policies.known() is vault.policies.known()
