"""Slots: the right secret in the right place gives the member key; everything else is refused."""

from dataclasses import replace

import pytest

from cloison_crypto.canonical import Fields, Json
from cloison_crypto.errors import CanonicalError, KeyFormatError, SlotBoundsError, WrongSecretError
from cloison_crypto.recovery_code import check_recovery_code, new_recovery_code
from cloison_crypto.secrets import Randomness, SecretKey
from cloison_crypto.slots import (
    LOWEST,
    Argon2Cost,
    PassphraseSlot,
    RecoverySlot,
    SlotBinding,
    passphrase_bytes,
    read_slot,
)

BINDING = SlotBinding(vault_id="aa" * 16, member_id="bb" * 16, slot_id="cc" * 16)
ELSEWHERE = [
    pytest.param(replace(BINDING, vault_id="dd" * 16), id="another vault"),
    pytest.param(replace(BINDING, member_id="dd" * 16), id="another member"),
    pytest.param(replace(BINDING, slot_id="dd" * 16), id="another slot"),
]


@pytest.fixture
def member_key(randomness: Randomness) -> SecretKey:
    return SecretKey.random(32, randomness)


@pytest.fixture
def passphrase_slot(member_key: SecretKey, randomness: Randomness) -> PassphraseSlot:
    passphrase = passphrase_bytes("cheval de bataille")
    return PassphraseSlot.seal(member_key, passphrase, binding=BINDING, cost=LOWEST, randomness=randomness)


@pytest.fixture
def recovery_slot(member_key: SecretKey, randomness: Randomness) -> RecoverySlot:
    return RecoverySlot.seal(member_key, bytearray(b"r" * 20), binding=BINDING, randomness=randomness)


def test_the_passphrase_opens_its_slot(passphrase_slot: PassphraseSlot, member_key: SecretKey) -> None:
    opened = passphrase_slot.open(passphrase_bytes("cheval de bataille"), BINDING)

    assert opened.view == member_key.view


def test_another_passphrase_does_not_open(passphrase_slot: PassphraseSlot) -> None:
    with pytest.raises(WrongSecretError):
        passphrase_slot.open(passphrase_bytes("cheval de retour"), BINDING)


@pytest.mark.parametrize("binding", ELSEWHERE)
def test_a_passphrase_slot_works_nowhere_else(passphrase_slot: PassphraseSlot, binding: SlotBinding) -> None:
    with pytest.raises(WrongSecretError):
        passphrase_slot.open(passphrase_bytes("cheval de bataille"), binding)


def test_a_passphrase_slot_does_not_open_at_another_cost(passphrase_slot: PassphraseSlot) -> None:
    changed = replace(passphrase_slot, cost=Argon2Cost(memory_kib=LOWEST.memory_kib, passes=2, lanes=1))

    with pytest.raises(WrongSecretError):
        changed.open(passphrase_bytes("cheval de bataille"), BINDING)


def test_the_recovery_code_opens_its_slot(recovery_slot: RecoverySlot, member_key: SecretKey) -> None:
    assert recovery_slot.open(bytearray(b"r" * 20), BINDING).view == member_key.view


def test_another_code_does_not_open(recovery_slot: RecoverySlot) -> None:
    with pytest.raises(WrongSecretError):
        recovery_slot.open(bytearray(b"s" * 20), BINDING)


@pytest.mark.parametrize("binding", ELSEWHERE)
def test_a_recovery_slot_works_nowhere_else(recovery_slot: RecoverySlot, binding: SlotBinding) -> None:
    with pytest.raises(WrongSecretError):
        recovery_slot.open(bytearray(b"r" * 20), binding)


def test_slots_are_read_as_they_were_stored(passphrase_slot: PassphraseSlot, recovery_slot: RecoverySlot) -> None:
    assert PassphraseSlot.from_json(passphrase_slot.to_json()) == passphrase_slot
    assert RecoverySlot.from_json(recovery_slot.to_json()) == recovery_slot


def test_the_kind_of_a_stored_slot_is_found(passphrase_slot: PassphraseSlot, recovery_slot: RecoverySlot) -> None:
    assert read_slot(passphrase_slot.to_json()) == passphrase_slot
    assert read_slot(Fields(recovery_slot.to_json())) == recovery_slot


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"kind": "card"}, id="another kind"),
        pytest.param({"kind": "pin"}, id="unknown kind"),
        pytest.param({"version": "cloison/slot/v2"}, id="unknown version"),
        pytest.param({"slot": "short"}, id="no slot id"),
        pytest.param({"salt": "AAAA"}, id="short salt"),
        pytest.param({"box": "A" * 2000}, id="long box"),
        pytest.param({"argon2id": {"memory_kib": 8192, "passes": 1}}, id="a parameter is missing"),
        pytest.param({"other": 1}, id="unknown field"),
    ],
)
def test_a_malformed_slot_is_refused(passphrase_slot: PassphraseSlot, change: dict[str, Json]) -> None:
    with pytest.raises(CanonicalError):
        read_slot({**passphrase_slot.to_json(), **change})


def test_a_recovery_slot_has_no_further_fields(recovery_slot: RecoverySlot) -> None:
    with pytest.raises(CanonicalError):
        read_slot({**recovery_slot.to_json(), "argon2id": LOWEST.to_json()})


def test_slots_show_no_secret(passphrase_slot: PassphraseSlot, member_key: SecretKey) -> None:
    assert bytes(member_key.view) not in repr(passphrase_slot).encode()
    assert "bataille" not in repr(passphrase_slot)


def test_a_stored_cost_out_of_bounds_is_refused(passphrase_slot: PassphraseSlot) -> None:
    cost: Json = {"memory_kib": 2**31, "passes": 1, "lanes": 1}

    with pytest.raises(SlotBoundsError) as caught:
        read_slot({**passphrase_slot.to_json(), "argon2id": cost})

    assert caught.value.parameter == "memory_kib"


def test_composed_and_decomposed_letters_are_one_passphrase() -> None:
    assert passphrase_bytes("e\u0301te\u0301") == passphrase_bytes("été") == "été".encode()


def test_text_that_is_no_text_is_refused_without_being_shown() -> None:
    with pytest.raises(KeyFormatError) as caught:
        passphrase_bytes("secret\udc80")

    assert "secret" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_recovery_code_is_typed_back(randomness: Randomness) -> None:
    code = new_recovery_code(randomness)

    assert len(code.split("-")) == 9
    assert check_recovery_code(code) == check_recovery_code(code.lower().replace("-", " "))
    assert len(check_recovery_code(code)) == 20


def test_zero_and_one_are_read_as_the_letters_they_were() -> None:
    code = new_recovery_code(lambda length: bytes.fromhex("73" * length))
    misread = code.replace("O", "0").replace("I", "1")

    assert misread != code
    assert check_recovery_code(misread) == check_recovery_code(code)


def test_every_slip_of_one_letter_is_noticed(randomness: Randomness) -> None:
    code = new_recovery_code(randomness)

    for position in [place for place, letter in enumerate(code) if letter != "-"]:
        other = "A" if code[position] != "A" else "B"
        with pytest.raises(KeyFormatError, match="checksum"):
            check_recovery_code(code[:position] + other + code[position + 1 :])


@pytest.mark.parametrize("text", ["", "AAAA", "A" * 37, "8" * 36, "é" * 36])
def test_what_is_no_recovery_code_is_refused(text: str) -> None:
    with pytest.raises(KeyFormatError):
        check_recovery_code(text)
