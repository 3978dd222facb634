"""The header: nothing in it counts that no member wrote."""

import os
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from cloison.vault.errors import (
    DamagedError,
    NewerFormatError,
    UnknownIdError,
    VaultError,
    WrapRefusedError,
    WrongPassphraseError,
)
from cloison.vault.header import Header, read_header, write_header
from cloison.vault.opening import open_vault, read_members
from cloison.vault.unlocking import PassphraseSecret
from cloison.vault.vault import Vault
from cloison.vault.wraps import Grant, Subject, open_own_wrap
from cloison_crypto.identity import Identity
from cloison_crypto.secrets import Clock

RIGHT = PassphraseSecret(passphrase=bytearray(b"huit mots au hasard"))
Reopen = Callable[[], Vault]


def altered(path: Path, change: Callable[[Header], Header]) -> None:
    write_header(path, change(read_header(path)), randomness=os.urandom)


@pytest.mark.parametrize(
    "change",
    [
        lambda found: replace(found, life="00" * 16),
        lambda found: replace(found, generation=found.generation + 1),
        lambda found: replace(found, mac=bytes(32)),
        lambda found: replace(found, members=(*found.members, replace(found.members[0], id="00" * 16, alias="intrus"))),
        lambda found: replace(found, members=(replace(found.members[0], alias="officier "),)),
        lambda found: replace(found, members=(replace(found.members[0], box=bytes(200)),)),
    ],
    ids=["life", "generation", "mac", "a member added", "an alias", "the box"],
)
def test_header_that_no_member_wrote_is_damage(closed: Path, clock: Clock, change: Callable[[Header], Header]) -> None:
    altered(closed, change)
    alias = read_members(closed)[0]

    with pytest.raises(DamagedError) as caught:
        open_vault(closed, alias=alias, secret=RIGHT, clock=clock, randomness=os.urandom)

    assert caught.value.file == "header.json"


def test_slot_moved_to_another_vault_does_not_open(closed: Path, reopen: Reopen) -> None:
    altered(closed, lambda found: replace(found, vault_id="00" * 16))

    with pytest.raises(WrongPassphraseError):
        reopen()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b'{"format":"cloison/header/v1"}',
        b'{"format":"other"}',
        b"\xff" * 10,
        b" " * (8 * 1024 * 1024 + 1),
    ],
    ids=["empty", "cut", "list", "fields missing", "another format", "no text", "too long"],
)
def test_header_that_cannot_be_read_is_damage(closed: Path, reopen: Reopen, content: bytes) -> None:
    (closed / "header.json").write_bytes(content)

    with pytest.raises(DamagedError):
        reopen()


def test_every_byte_of_the_header_counts(closed: Path, reopen: Reopen) -> None:
    whole = (closed / "header.json").read_bytes()
    for position in range(0, len(whole), len(whole) // 60):
        content = bytearray(whole)
        content[position] ^= 1
        (closed / "header.json").write_bytes(content)

        with pytest.raises(VaultError):
            reopen()

    (closed / "header.json").write_bytes(whole)
    assert reopen().problems == ()


def test_what_a_cut_off_change_left_is_swept_at_opening(closed: Path, reopen: Reopen) -> None:
    left = closed / "header.json.0123456789abcdef.part"
    left.write_bytes(b"{")

    assert reopen().problems == ()

    assert not left.exists()


def test_newer_header_is_left_alone(closed: Path, reopen: Reopen) -> None:
    content = (closed / "header.json").read_bytes().replace(b"cloison/header/v1", b"cloison/header/v2")
    (closed / "header.json").write_bytes(content)

    with pytest.raises(NewerFormatError) as caught:
        reopen()

    assert caught.value.file == "header.json"


def test_wrap_of_a_compartment_does_not_pass_for_the_shared_file(
    closed: Path, reopen: Reopen, monkeypatch: pytest.MonkeyPatch
) -> None:
    def as_compartment(wrap: bytes, mine: Sequence[Identity], *, vault_id: str, entitled: Collection[bytes]) -> Grant:
        return replace(open_own_wrap(wrap, mine, vault_id=vault_id, entitled=entitled), subject=Subject.COMPARTMENT)

    monkeypatch.setattr("cloison.vault.unlocking.open_own_wrap", as_compartment)

    with pytest.raises(WrapRefusedError):
        reopen()


def test_header_names_its_members_by_their_ids(closed: Path) -> None:
    found = read_header(closed)

    assert found.member(found.members[0].id) == found.members[0]
    with pytest.raises(UnknownIdError):
        found.member("00")
    assert b"cloison/header/v1" in (closed / "header.json").read_bytes()


def test_added_member_makes_the_next_generation(closed: Path) -> None:
    found = read_header(closed)

    grown = found.with_members(replace(found.members[0], id="00" * 16))

    assert (grown.generation, len(grown.members)) == (found.generation + 1, 2)
