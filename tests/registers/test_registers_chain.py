"""The chain of a register: whoever edits, deletes, inserts or reorders is found, by the first bad entry."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloison.registers.chain import (
    Checkpoint,
    Head,
    StoredEntry,
    next_entry,
    sign_checkpoint,
    start_of,
    verify_chain,
    verify_checkpoint,
)
from cloison.registers.entry import entry_digest, entry_from_bytes
from cloison.registers.errors import BrokenChainError, EntryFormatError
from cloison.registers.facts import (
    Arrival,
    ArrivalEvent,
    Copy,
    CopyEvent,
    Dispatch,
    DispatchEvent,
    Facts,
    Trust,
    TrustEvent,
)
from cloison_crypto import canonical
from cloison_crypto.identity import Identity
from cloison_crypto.signing import REGISTER

NOW = datetime(2026, 11, 22, tzinfo=UTC)
VAULT, COMPARTMENT = "aa" * 16, "bb" * 16
MEMBER = Identity.generate(os.urandom)
TEXT = st.text(st.characters(codec="utf-8"), max_size=30)
COUNT = st.integers(0, 1000)

ARRIVALS = st.builds(
    Arrival,
    note_uid=TEXT,
    reference=TEXT,
    package_uid=TEXT,
    sender=TEXT,
    sender_fingerprint=TEXT,
    label=TEXT,
    copy_id=TEXT,
    manifest_sha256=TEXT,
    event=st.sampled_from(ArrivalEvent),
    receipt_sha256=TEXT,
)
DISPATCHES = st.builds(
    Dispatch,
    event=st.sampled_from(DispatchEvent),
    note_uid=TEXT,
    reference=TEXT,
    package_uid=TEXT,
    recipient=TEXT,
    recipient_fingerprint=TEXT,
    label=TEXT,
    copy_id=TEXT,
    pages=COUNT,
    file_sha256=TEXT,
    manifest_sha256=TEXT,
    is_reply_expected=st.booleans(),
    receipt_sha256=TEXT,
    receipt_at=TEXT,
)
COPIES = st.builds(
    Copy,
    event=st.sampled_from(CopyEvent),
    note_uid=TEXT,
    reference=TEXT,
    copy_id=TEXT,
    copy_number=COUNT,
    total=COUNT,
    holder=TEXT,
    label=TEXT,
    pages=COUNT,
    file_sha256=TEXT,
)

TRUSTS = st.builds(Trust, event=st.sampled_from(TrustEvent), name=TEXT, fingerprint=TEXT, detail=TEXT)


def copy(number: int) -> Facts:
    return Copy(
        event=CopyEvent.PRINTED,
        note_uid="cc" * 16,
        reference="2026-00001",
        copy_id="dd" * 16,
        copy_number=number,
        total=9,
        holder=f"Détenteur {number}",
        label="<label/>",
        pages=1,
        file_sha256="ee" * 32,
    )


def stored(body: bytes, sequence: int) -> StoredEntry:
    return StoredEntry(sequence=sequence, body=body, digest=entry_digest(body))


def chain(*facts: Facts) -> list[StoredEntry]:
    head = start_of(VAULT, COMPARTMENT)
    entries: list[StoredEntry] = []
    for one in facts:
        entry = next_entry(head, one, number=f"C-2026-{head.sequence + 1:05d}", at=NOW, by="Secrétaire")
        entries.append(stored(entry.body(), entry.sequence))
        head = Head(sequence=entry.sequence, digest=entries[-1].digest)
    return entries


FIVE = chain(*(copy(number) for number in range(1, 6)))


def first_bad(entries: list[StoredEntry], *, vault: str = VAULT) -> int:
    with pytest.raises(BrokenChainError) as broken:
        verify_chain(start_of(vault, COMPARTMENT), entries)
    return broken.value.sequence


def edited(body: bytes, **changes: object) -> bytes:
    value = json.loads(body)
    value.update(changes)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def checkpoint(sequence: int, *, compartment: str = COMPARTMENT, digest: bytes | None = None) -> Checkpoint:
    return Checkpoint(
        vault_id=VAULT,
        compartment_id=compartment,
        head=Head(sequence=sequence, digest=FIVE[sequence - 1].digest if digest is None else digest),
        at=NOW,
        signer=MEMBER.public.fingerprint,
    )


def check(signed: Checkpoint, entries: list[StoredEntry]) -> None:
    verify_checkpoint(
        signed.body(),
        sign_checkpoint(signed, MEMBER),
        [MEMBER.public],
        vault_id=VAULT,
        compartment_id=COMPARTMENT,
        entries=entries,
    )


@given(st.lists(ARRIVALS | DISPATCHES | COPIES | TRUSTS, max_size=5))
def test_an_untouched_chain_holds_and_gives_its_entries_back(facts: list[Facts]) -> None:
    entries, head = verify_chain(start_of(VAULT, COMPARTMENT), chain(*facts))

    assert [entry.facts for entry in entries] == facts
    assert head.sequence == len(facts)


def test_an_entry_made_before_its_kind_had_a_field_is_read_and_holds() -> None:
    arrival = Arrival(
        note_uid="n", reference="r", package_uid="p", sender="s", sender_fingerprint="f", label="", copy_id="c",
        manifest_sha256="d",
    )  # fmt: skip
    (entry,) = chain(arrival)
    earlier = json.loads(entry.body)
    del earlier["facts"]["event"], earlier["facts"]["receipt_sha256"]
    body = json.dumps(earlier, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()

    entries, _ = verify_chain(start_of(VAULT, COMPARTMENT), [stored(body, 1)])

    assert entries[0].facts == arrival


def test_an_edited_entry_is_named() -> None:
    body = edited(FIVE[2].body, by="Quelqu’un d’autre")
    entries = [*FIVE[:2], replace(FIVE[2], body=body), *FIVE[3:]]

    assert first_bad(entries) == 3


def test_an_edited_entry_with_a_digest_that_fits_breaks_the_one_after() -> None:
    body = edited(FIVE[2].body, by="Quelqu’un d’autre")
    entries = [*FIVE[:2], stored(body, 3), *FIVE[3:]]

    assert first_bad(entries) == 4


@pytest.mark.parametrize(
    ("alter", "bad"),
    [
        (lambda entries: entries[1:], 1),
        (lambda entries: [*entries[:2], *entries[3:]], 3),
        (lambda entries: [*entries[:2], entries[3], entries[2], entries[4]], 3),
        (lambda entries: [*entries[:2], entries[1], *entries[2:]], 3),
        (lambda entries: [*entries[:4], replace(entries[4], sequence=6)], 5),
    ],
    ids=["first deleted", "one deleted", "two swapped", "one doubled", "renumbered"],
)
def test_deleting_inserting_and_reordering_are_found(
    alter: Callable[[list[StoredEntry]], list[StoredEntry]], bad: int
) -> None:
    assert first_bad(alter(FIVE)) == bad


@given(st.integers(0, 4), st.data())
def test_every_changed_byte_is_found_at_its_entry(number: int, data: st.DataObject) -> None:
    body = bytearray(FIVE[number].body)
    position = data.draw(st.integers(0, len(body) - 1))
    body[position] ^= data.draw(st.integers(1, 255))
    entries = [*FIVE[:number], replace(FIVE[number], body=bytes(body)), *FIVE[number + 1 :]]

    assert first_bad(entries) == number + 1


def test_the_chain_of_another_vault_does_not_pass_for_this_one() -> None:
    assert first_bad(FIVE, vault="ff" * 16) == 1


def test_cutting_the_tail_is_found_against_a_checkpoint_and_not_without() -> None:
    cut = FIVE[:3]

    verify_chain(start_of(VAULT, COMPARTMENT), cut)
    check(checkpoint(3), cut)
    with pytest.raises(BrokenChainError) as broken:
        check(checkpoint(5), cut)

    assert broken.value.sequence == 4


def test_a_chain_written_anew_does_not_go_through_the_signed_head() -> None:
    other = chain(*(copy(number + 1) for number in range(1, 6)))

    with pytest.raises(BrokenChainError) as broken:
        check(checkpoint(2), other)

    assert broken.value.sequence == 2


def test_a_checkpoint_of_another_chain_is_refused() -> None:
    with pytest.raises(EntryFormatError):
        check(checkpoint(2, compartment="99" * 16), FIVE)


def test_a_checkpoint_somebody_else_signed_is_refused() -> None:
    signed = checkpoint(2)
    other = Identity.generate(os.urandom)

    with pytest.raises(EntryFormatError):
        verify_checkpoint(
            signed.body(),
            sign_checkpoint(signed, other),
            [MEMBER.public],
            vault_id=VAULT,
            compartment_id=COMPARTMENT,
            entries=FIVE,
        )


@pytest.mark.parametrize(
    "body",
    [
        canonical.write({"format": "cloison/checkpoint/v2"}),
        canonical.write({"format": "cloison/checkpoint/v1"}),
        b"{}",
    ],
    ids=["a later version", "fields missing", "nothing in it"],
)
def test_a_signed_body_that_is_no_checkpoint_is_refused(body: bytes) -> None:
    with pytest.raises(EntryFormatError):
        verify_checkpoint(
            body,
            MEMBER.sign(REGISTER, body),
            [MEMBER.public],
            vault_id=VAULT,
            compartment_id=COMPARTMENT,
            entries=FIVE,
        )


@pytest.mark.parametrize(
    "body",
    [
        b"",
        edited(FIVE[0].body, format="cloison/register/v2"),
        edited(FIVE[0].body, kind="X"),
        edited(FIVE[0].body, more=1),
        edited(FIVE[0].body, facts={**json.loads(FIVE[0].body)["facts"], "event": "burnt"}),
        edited(FIVE[0].body, facts={**json.loads(FIVE[0].body)["facts"], "more": 1}),
    ],
    ids=["empty", "a later version", "unknown kind", "unknown field", "unknown event", "unknown fact"],
)
def test_what_is_not_an_entry_is_refused(body: bytes) -> None:
    with pytest.raises(EntryFormatError):
        entry_from_bytes(body)
