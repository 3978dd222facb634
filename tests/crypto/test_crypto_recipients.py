"""Recipient types: keys as text, wrapping and unwrapping, malformed stanzas."""

from dataclasses import replace

import pytest

from cloison_crypto import bech32
from cloison_crypto.errors import HeaderError, KeyFormatError
from cloison_crypto.hybrid import HybridIdentity, HybridRecipient
from cloison_crypto.recipients import Stanza, decode_base64, encode_base64
from cloison_crypto.secrets import Randomness, SecretKey
from cloison_crypto.x25519 import X25519Identity, X25519Recipient

KeyPair = type[X25519Identity] | type[HybridIdentity]
TYPES: list[KeyPair] = [X25519Identity, HybridIdentity]
LOW_ORDER = [
    pytest.param("00" * 32, id="zero"),
    pytest.param("01" + "00" * 31, id="one"),
    pytest.param("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800", id="order eight"),
    pytest.param("5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157", id="order eight again"),
]


@pytest.fixture
def file_key(randomness: Randomness) -> SecretKey:
    return SecretKey.random(16, randomness)


@pytest.mark.parametrize("kind", TYPES)
def test_the_identity_unwraps_what_its_recipient_wrapped(
    kind: KeyPair, file_key: SecretKey, randomness: Randomness
) -> None:
    identity = kind.generate(randomness)
    stanza = identity.recipient().wrap(file_key, randomness=randomness)

    unwrapped = identity.unwrap([Stanza(type="other", arguments=(), body=b""), stanza])

    assert unwrapped is not None
    assert unwrapped.view == file_key.view


@pytest.mark.parametrize("kind", TYPES)
def test_another_identity_unwraps_nothing(kind: KeyPair, file_key: SecretKey, randomness: Randomness) -> None:
    stanza = kind.generate(randomness).recipient().wrap(file_key, randomness=randomness)

    assert kind.generate(randomness).unwrap([stanza]) is None


@pytest.mark.parametrize("kind", TYPES)
def test_keys_are_read_back_from_their_text(kind: KeyPair, randomness: Randomness) -> None:
    identity = kind.generate(randomness)

    assert kind.parse(identity.secret_text()).recipient().key == identity.recipient().key
    recipient = identity.recipient()
    assert type(recipient).parse(str(recipient)).key == recipient.key


@pytest.mark.parametrize("kind", TYPES)
def test_a_private_key_is_not_in_its_repr(kind: KeyPair, randomness: Randomness) -> None:
    identity = kind.generate(randomness)

    assert "SECRET" not in repr(identity).upper()
    assert identity.secret_text()[20:] not in repr(identity).upper()


@pytest.mark.parametrize("kind", TYPES)
def test_a_private_key_of_another_length_is_refused(kind: KeyPair) -> None:
    with pytest.raises(KeyFormatError):
        kind(bytes(31))
    with pytest.raises(KeyFormatError):
        kind.parse("AGE-SECRET-KEY-1")


@pytest.mark.parametrize("point", LOW_ORDER)
def test_nobody_is_sealed_to_a_point_of_low_order(point: str, randomness: Randomness) -> None:
    share = bytes.fromhex(point)
    mlkem_key = HybridIdentity.generate(randomness).recipient().key[:1184]

    with pytest.raises(KeyFormatError):
        X25519Recipient(share)
    with pytest.raises(KeyFormatError):
        HybridRecipient(mlkem_key + share)


@pytest.mark.parametrize("point", LOW_ORDER)
def test_a_share_of_low_order_is_a_forged_header(point: str, file_key: SecretKey, randomness: Randomness) -> None:
    identity = HybridIdentity.generate(randomness)
    stanza = identity.recipient().wrap(file_key, randomness=randomness)
    encapsulation = decode_base64(stanza.arguments[0])[:1088] + bytes.fromhex(point)

    with pytest.raises(HeaderError):
        identity.unwrap([replace(stanza, arguments=(encode_base64(encapsulation),))])
    with pytest.raises(HeaderError):
        X25519Identity.generate(randomness).unwrap(
            [Stanza(type="X25519", arguments=(encode_base64(bytes.fromhex(point)),), body=bytes(32))]
        )


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"arguments": ()}, id="no argument"),
        pytest.param({"arguments": ("AAAA", "AAAA")}, id="two arguments"),
        pytest.param({"arguments": ("AAAA",)}, id="short argument"),
        pytest.param({"arguments": ("!",)}, id="not base64"),
        pytest.param({"arguments": ("AA==",)}, id="padded base64"),
        pytest.param({"arguments": ("é",)}, id="not ASCII"),
        pytest.param({"body": bytes(31)}, id="short body"),
        pytest.param({"body": bytes(33)}, id="long body"),
    ],
)
@pytest.mark.parametrize("kind", TYPES)
def test_a_malformed_stanza_is_a_header_failure(
    kind: KeyPair, change: dict[str, tuple[str, ...] | bytes], file_key: SecretKey, randomness: Randomness
) -> None:
    identity = kind.generate(randomness)
    stanza = identity.recipient().wrap(file_key, randomness=randomness)

    with pytest.raises(HeaderError):
        identity.unwrap([replace(stanza, **change)])  # type: ignore[arg-type]  # Each case names a field of its type.


@pytest.mark.parametrize(
    "key",
    [
        pytest.param(bytes(1215), id="short"),
        pytest.param(b"\xff" * 1184 + b"\x09" + bytes(31), id="ML-KEM key out of range"),
    ],
)
def test_what_is_no_hybrid_key_is_refused(key: bytes) -> None:
    with pytest.raises(KeyFormatError):
        HybridRecipient(key)


def test_a_hybrid_key_is_no_x25519_key(randomness: Randomness) -> None:
    hybrid, x25519 = HybridIdentity.generate(randomness), X25519Identity.generate(randomness)

    with pytest.raises(KeyFormatError):
        X25519Recipient.parse(str(hybrid.recipient()))
    with pytest.raises(KeyFormatError):
        HybridRecipient.parse(str(x25519.recipient()))
    with pytest.raises(KeyFormatError):
        X25519Recipient.parse(bech32.encode("age", bytes(33)))


def test_a_wiped_seed_is_not_written_down(randomness: Randomness) -> None:
    identity = HybridIdentity.generate(randomness)
    identity.wipe()

    with pytest.raises(ValueError, match="wiped"):
        identity.secret_text()
