"""Slots of two factors, and what a card is asked: each factor counts, and which of them is wrong is told."""

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given
from hypothesis import strategies as st

from cloison_crypto import canonical
from cloison_crypto.canonical import Json
from cloison_crypto.card_key import CardKey, Curve, ask_card
from cloison_crypto.errors import (
    CanonicalError,
    CryptoError,
    KeyFormatError,
    SlotBoundsError,
    WrongFactorError,
    WrongSecretError,
)
from cloison_crypto.key_file import new_key_file, read_key_file
from cloison_crypto.secrets import Randomness, SecretKey
from cloison_crypto.slots import (
    LOWEST,
    Argon2Cost,
    CardSlot,
    KeyFileSlot,
    KeyringSlot,
    PassphraseSlot,
    RecoverySlot,
    Slot,
    SlotBinding,
    read_slot,
)

BINDING = SlotBinding(vault_id="aa" * 16, member_id="bb" * 16, slot_id="cc" * 16)
ELSEWHERE = [
    pytest.param(replace(BINDING, vault_id="dd" * 16), id="another vault"),
    pytest.param(replace(BINDING, member_id="dd" * 16), id="another member"),
    pytest.param(replace(BINDING, slot_id="dd" * 16), id="another slot"),
]
KEY = SecretKey(bytearray(range(32)))
PASSPHRASE = b"cheval de bataille"
FACTOR = bytes(range(100, 132))
RANDOM = bytes(range(7, 39))


def drawn(length: int) -> bytes:
    return bytes((7 * position + 3) % 256 for position in range(length))


CARD = ask_card(token="ee" * 16, key_id=b"\x01", curve=Curve.P256, randomness=drawn)
KEYRING_SLOT = KeyringSlot.seal(KEY, PASSPHRASE, FACTOR, binding=BINDING, cost=LOWEST, randomness=drawn)
CARD_SLOT = CardSlot.seal(KEY, PASSPHRASE, FACTOR, card=CARD, binding=BINDING, cost=LOWEST, randomness=drawn)
KEY_FILE_SLOT = KeyFileSlot.seal(KEY, RANDOM, binding=BINDING, randomness=drawn)
EVERY_KIND: list[Slot] = [
    PassphraseSlot.seal(KEY, PASSPHRASE, binding=BINDING, cost=LOWEST, randomness=drawn),
    RecoverySlot.seal(KEY, RANDOM[:20], binding=BINDING, randomness=drawn),
    KEY_FILE_SLOT,
    KEYRING_SLOT,
    CARD_SLOT,
]
TWO_FACTORS = pytest.mark.parametrize("slot", [KEYRING_SLOT, CARD_SLOT], ids=["keyring", "card"])


@TWO_FACTORS
def test_passphrase_and_factor_open_together(slot: KeyringSlot | CardSlot) -> None:
    assert slot.open(PASSPHRASE, FACTOR, BINDING).view == KEY.view


@TWO_FACTORS
def test_another_passphrase_does_not_open_beside_the_right_factor(slot: KeyringSlot | CardSlot) -> None:
    with pytest.raises(WrongSecretError):
        slot.open(b"cheval de retour", FACTOR, BINDING)


@TWO_FACTORS
def test_another_factor_is_told_apart_from_a_wrong_passphrase(slot: KeyringSlot | CardSlot) -> None:
    assert not slot.has_factor(bytes(32))
    with pytest.raises(WrongFactorError):
        slot.open(PASSPHRASE, bytes(32), BINDING)


@TWO_FACTORS
def test_a_factor_under_another_mark_still_does_not_open(slot: KeyringSlot | CardSlot) -> None:
    marked = KeyringSlot.seal(KEY, PASSPHRASE, bytes(32), binding=BINDING, cost=LOWEST, randomness=drawn).mark

    with pytest.raises(WrongSecretError):
        replace(slot, mark=marked).open(PASSPHRASE, bytes(32), BINDING)


@TWO_FACTORS
def test_the_key_of_a_slot_is_of_both_as_the_specification_says(slot: KeyringSlot | CardSlot) -> None:
    slow = Argon2id(
        salt=slot.salt,
        length=32,
        iterations=LOWEST.passes,
        lanes=LOWEST.lanes,
        memory_cost=LOWEST.memory_kib,
    ).derive(PASSPHRASE)
    associated = slot.associated(BINDING)
    key = HKDF(algorithm=SHA256(), length=32, salt=slot.salt, info=associated).derive(slow + FACTOR)

    assert AESGCM(key).decrypt(slot.box[:12], slot.box[12:], associated) == KEY.view


@TWO_FACTORS
@pytest.mark.parametrize("binding", ELSEWHERE)
def test_slot_of_two_factors_works_nowhere_else(slot: KeyringSlot | CardSlot, binding: SlotBinding) -> None:
    with pytest.raises(WrongSecretError):
        slot.open(PASSPHRASE, FACTOR, binding)


@TWO_FACTORS
def test_slot_of_two_factors_does_not_open_at_another_cost(slot: KeyringSlot | CardSlot) -> None:
    changed = replace(slot, cost=Argon2Cost(memory_kib=LOWEST.memory_kib, passes=2, lanes=1))

    with pytest.raises(WrongSecretError):
        changed.open(PASSPHRASE, FACTOR, BINDING)


def test_card_slot_does_not_open_for_another_question() -> None:
    other = ask_card(token=CARD.token, key_id=CARD.key_id, curve=CARD.curve, randomness=lambda length: b"\x01" * length)

    with pytest.raises(WrongSecretError):
        replace(CARD_SLOT, card=other).open(PASSPHRASE, FACTOR, BINDING)


def test_the_kinds_of_two_factors_do_not_stand_in_for_each_other() -> None:
    posing = KeyringSlot(
        slot_id=CARD_SLOT.slot_id, salt=CARD_SLOT.salt, box=CARD_SLOT.box, cost=CARD_SLOT.cost, mark=CARD_SLOT.mark
    )

    with pytest.raises(WrongSecretError):
        posing.open(PASSPHRASE, FACTOR, BINDING)


def test_factor_too_short_to_be_one_is_our_fault() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        KeyringSlot.seal(KEY, PASSPHRASE, b"short", binding=BINDING, cost=LOWEST, randomness=drawn)


def test_key_file_opens_its_slot_and_another_does_not() -> None:
    assert KEY_FILE_SLOT.open(RANDOM, BINDING).view == KEY.view
    with pytest.raises(WrongSecretError):
        KEY_FILE_SLOT.open(bytes(32), BINDING)


@pytest.mark.parametrize("slot", EVERY_KIND, ids=lambda slot: slot.kind)
def test_slot_of_every_kind_is_read_as_it_was_stored(slot: Slot) -> None:
    assert read_slot(slot.to_json()) == slot


@given(data=st.data())
def test_whatever_is_read_is_written_again_the_same(data: st.DataObject) -> None:
    content = bytearray(canonical.write(data.draw(st.sampled_from(EVERY_KIND)).to_json()))
    for _ in range(data.draw(st.integers(1, 3))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))

    try:
        slot = read_slot(canonical.read(bytes(content), limit=4096))
    except CryptoError:
        return

    assert canonical.write(slot.to_json()) == bytes(content)


@pytest.mark.parametrize("slot", EVERY_KIND, ids=lambda slot: slot.kind)
@given(data=st.data())
def test_no_field_of_a_slot_may_be_missing_or_of_another_type(slot: Slot, data: st.DataObject) -> None:
    stored = slot.to_json()
    field = data.draw(st.sampled_from(sorted(stored)))
    other: Json = data.draw(st.none() | st.booleans() | st.integers(-1, 3) | st.just([]) | st.just({}))

    for changed in ({**stored, field: other}, {name: stored[name] for name in stored if name != field}):
        with pytest.raises((CanonicalError, SlotBoundsError)):
            read_slot(changed)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"curve": "P-521"}, id="unknown curve"),
        pytest.param({"token": "ee"}, id="short token"),
        pytest.param({"key": "0"}, id="half a byte"),
        pytest.param({"key": "0A"}, id="capitals"),
        pytest.param({"other": 1}, id="unknown field"),
    ],
)
def test_malformed_card_key_is_refused(change: dict[str, Json]) -> None:
    stored = CARD_SLOT.to_json()

    with pytest.raises(CanonicalError):
        read_slot({**stored, "card": {**CARD.to_json(), **change}})


def test_point_beside_its_curve_never_reaches_a_card() -> None:
    beside = bytearray(CARD.point)
    beside[-1] ^= 1

    with pytest.raises(KeyFormatError):
        replace(CARD, point=bytes(beside))
    with pytest.raises(KeyFormatError):
        replace(CARD, curve=Curve.P384)


@pytest.mark.parametrize("curve", Curve)
def test_only_who_has_the_key_of_the_card_can_answer(curve: Curve, randomness: Randomness) -> None:
    on_card = ec.generate_private_key({Curve.P256: ec.SECP256R1(), Curve.P384: ec.SECP384R1()}[curve])

    one, other = (ask_card(token="ee" * 16, key_id=b"", curve=curve, randomness=randomness) for _ in range(2))
    points = [ec.EllipticCurvePublicKey.from_encoded_point(on_card.curve, key.point) for key in (one, other)]
    answers = [on_card.exchange(ec.ECDH(), point) for point in points]

    assert CardKey.from_json(one.to_json()) == one
    assert len(set(answers)) == 2
    assert answers[0] == on_card.exchange(ec.ECDH(), points[0])


def test_key_file_gives_its_secret_back(randomness: Randomness) -> None:
    content = new_key_file(randomness)

    assert len(read_key_file(content)) == 32
    assert read_key_file(bytes(content)) == read_key_file(content)
    assert read_key_file(new_key_file(randomness)) != read_key_file(content)


@pytest.mark.parametrize("position", range(69))
def test_every_letter_of_a_key_file_counts(position: int) -> None:
    content = new_key_file(drawn)
    content[position] ^= 1

    with pytest.raises(KeyFormatError):
        read_key_file(content)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"cloison/key-file/v1\n", id="the mark alone"),
        pytest.param(b"cloison/key-file/v1\nAAAA\n", id="short"),
        pytest.param(b"cloison/key-file/v2\n" + bytes(new_key_file(drawn)).split(b"\n")[1] + b"\n", id="newer"),
        pytest.param(bytes(new_key_file(drawn)) + b"\n", id="a line more"),
        pytest.param(bytes(new_key_file(drawn)).removesuffix(b"\n"), id="no line end"),
        pytest.param(b"\x89PNG\r\n\x1a\n", id="a picture"),
    ],
)
def test_what_is_no_key_file_is_refused_without_being_shown(content: bytes) -> None:
    with pytest.raises(KeyFormatError) as caught:
        read_key_file(content)

    assert caught.value.__cause__ is None
