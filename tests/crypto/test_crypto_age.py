"""age files: every size, every way of writing and reading, every change noticed."""

import io

import pytest

from cloison_crypto import age
from cloison_crypto.errors import (
    HeaderError,
    KeyFormatError,
    NoMatchError,
    PayloadError,
    RecipientsError,
    SealedFileError,
)
from cloison_crypto.hybrid import HybridIdentity
from cloison_crypto.passphrase import PassphraseIdentity, PassphraseRecipient
from cloison_crypto.recipients import AgeIdentity
from cloison_crypto.secrets import Randomness
from cloison_crypto.sources import LookAheadSource
from cloison_crypto.x25519 import X25519Identity

CHUNK = 64 * 1024
MIB = 1024 * 1024
SIZES = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, MIB - 1, MIB, MIB + 1, MIB + CHUNK, MIB + CHUNK + 1, 2 * MIB + 1]


class Trickle:
    """A source without `readinto` that gives a few bytes at a time."""

    def __init__(self, content: bytes, *, most: int) -> None:
        self._content = io.BytesIO(content)
        self._most = most

    def read(self, size: int, /) -> bytes:
        return self._content.read(min(size, self._most))


@pytest.fixture
def owner(randomness: Randomness) -> X25519Identity:
    return X25519Identity.generate(randomness)


@pytest.fixture
def small(owner: X25519Identity, randomness: Randomness) -> bytes:
    return sealed(b"plain text", owner, randomness)


def sealed(content: bytes, owner: X25519Identity | HybridIdentity, randomness: Randomness) -> bytes:
    target = io.BytesIO()
    age.encrypt(io.BytesIO(content), target, [owner.recipient()], randomness=randomness)
    return target.getvalue()


def opened(content: bytes, owner: X25519Identity | HybridIdentity) -> bytes:
    target = io.BytesIO()
    age.decrypt(io.BytesIO(content), target, [owner])
    return target.getvalue()


def pattern(size: int) -> bytes:
    return (b"%07d\n" * (size // 8 + 1) % tuple(range(size // 8 + 1)))[:size]


@pytest.mark.parametrize("size", SIZES)
def test_every_size_is_opened_as_it_was_sealed(size: int, owner: X25519Identity, randomness: Randomness) -> None:
    content = pattern(size)

    file = sealed(content, owner, randomness)

    assert opened(file, owner) == content


@pytest.mark.parametrize("size", SIZES)
def test_writing_in_pieces_makes_the_same_payload(size: int, owner: X25519Identity) -> None:
    content = pattern(size)
    target = io.BytesIO()
    writer = age.Writer(target, [owner.recipient()], randomness=bytes)
    for start in range(0, size, 300_001):
        writer.write(content[start : start + 300_001])
    writer.close()

    assert target.getvalue() == sealed(content, owner, bytes)


@pytest.mark.parametrize("size", SIZES)
def test_reading_in_pieces_gives_what_was_sealed(size: int, owner: X25519Identity, randomness: Randomness) -> None:
    content = pattern(size)
    reader = age.Reader(Trickle(sealed(content, owner, randomness), most=50_000), [owner])

    pieces = list(iter(lambda: reader.read(70_001), b""))

    assert b"".join(pieces) == content
    assert all(len(piece) == 70_001 for piece in pieces[:-1])


def test_a_part_is_read_and_the_rest_written(owner: X25519Identity, randomness: Randomness) -> None:
    content = pattern(MIB + 10)
    reader = age.Reader(io.BytesIO(sealed(content, owner, randomness)), [owner])
    target = io.BytesIO()

    assert reader.read(5) == content[:5]
    assert reader.read(0) == b""
    reader.write_to(target)

    assert target.getvalue() == content[5:]
    assert reader.read() == b""


def test_all_is_read_at_once(owner: X25519Identity, randomness: Randomness) -> None:
    content = pattern(MIB + 10)

    assert age.Reader(io.BytesIO(sealed(content, owner, randomness)), [owner]).read() == content


@pytest.mark.parametrize("size", [0, CHUNK, MIB])
def test_a_hybrid_recipient_opens(size: int, randomness: Randomness) -> None:
    owner = HybridIdentity.generate(randomness)

    assert opened(sealed(pattern(size), owner, randomness), owner) == pattern(size)


def test_each_of_several_recipients_opens(randomness: Randomness) -> None:
    owners = [HybridIdentity.generate(randomness) for _ in range(3)]
    target = io.BytesIO()
    age.encrypt(io.BytesIO(b"plain"), target, [owner.recipient() for owner in owners], randomness=randomness)

    assert [opened(target.getvalue(), owner) for owner in owners] == [b"plain"] * 3


def test_the_types_of_the_stanzas_are_told(randomness: Randomness) -> None:
    owner = HybridIdentity.generate(randomness)

    assert age.Reader(io.BytesIO(sealed(b"", owner, randomness)), [owner]).stanza_types == ("mlkem768x25519",)


def test_the_right_identity_is_found_among_several(owner: X25519Identity, small: bytes, randomness: Randomness) -> None:
    identities: list[AgeIdentity] = [
        HybridIdentity.generate(randomness),
        PassphraseIdentity(b"x"),
        X25519Identity.generate(randomness),
        owner,
    ]

    assert age.Reader(io.BytesIO(small), identities).read() == b"plain text"


def test_a_passphrase_opens(randomness: Randomness) -> None:
    recipient, identity = PassphraseRecipient(b"correct horse", work_factor=4), PassphraseIdentity(b"correct horse")
    target = io.BytesIO()
    age.encrypt(io.BytesIO(b"plain"), target, [recipient], randomness=randomness)

    assert age.Reader(io.BytesIO(target.getvalue()), [identity]).read() == b"plain"
    with pytest.raises(NoMatchError):
        age.Reader(io.BytesIO(target.getvalue()), [PassphraseIdentity(b"battery staple")])


def test_a_wiped_passphrase_is_of_no_use(randomness: Randomness) -> None:
    recipient, identity = PassphraseRecipient(b"horse", work_factor=4), PassphraseIdentity(b"horse")
    target = io.BytesIO()
    age.encrypt(io.BytesIO(b""), target, [recipient], randomness=randomness)
    recipient.wipe()
    identity.wipe()

    with pytest.raises(ValueError, match="wiped"):
        age.encrypt(io.BytesIO(b""), io.BytesIO(), [recipient], randomness=randomness)
    with pytest.raises(ValueError, match="wiped"):
        age.Reader(io.BytesIO(target.getvalue()), [identity])


@pytest.mark.parametrize("work_factor", [0, 21])
def test_a_work_factor_has_bounds(work_factor: int) -> None:
    with pytest.raises(ValueError, match="work factor"):
        PassphraseRecipient(b"x", work_factor=work_factor)


def test_a_passphrase_is_not_in_its_repr() -> None:
    assert "horse" not in repr(PassphraseRecipient(b"horse")) + repr(PassphraseIdentity(b"horse"))


@pytest.mark.parametrize(
    "choose",
    [
        pytest.param(lambda _x, _h, _p: [], id="nobody"),
        pytest.param(lambda x, h, _p: [x, h], id="X25519 and hybrid"),
        pytest.param(lambda x, _h, p: [x, p], id="passphrase and X25519"),
        pytest.param(lambda _x, h, p: [p, h], id="passphrase and hybrid"),
        pytest.param(lambda _x, _h, p: [p, p], id="two passphrases"),
        pytest.param(lambda x, _h, _p: [x] * 4097, id="too many"),
    ],
)
def test_such_recipients_share_no_file(choose: object, owner: X25519Identity, randomness: Randomness) -> None:
    assert callable(choose)
    hybrid = HybridIdentity.generate(randomness).recipient()
    recipients = choose(owner.recipient(), hybrid, PassphraseRecipient(b"x", work_factor=1))
    target = io.BytesIO()

    with pytest.raises(RecipientsError):
        age.encrypt(io.BytesIO(b"plain"), target, recipients, randomness=randomness)
    assert target.getvalue() == b""


def test_somebody_else_does_not_open(small: bytes, randomness: Randomness) -> None:
    with pytest.raises(NoMatchError):
        opened(small, X25519Identity.generate(randomness))


def test_nobody_does_not_open(small: bytes) -> None:
    with pytest.raises(NoMatchError):
        age.Reader(io.BytesIO(small), [])


def test_every_changed_byte_is_noticed(owner: X25519Identity, small: bytes) -> None:
    for position in range(len(small)):
        changed = bytearray(small)
        changed[position] ^= 1
        with pytest.raises(SealedFileError):
            opened(bytes(changed), owner)


def test_every_cut_and_every_added_byte_is_noticed(owner: X25519Identity, small: bytes) -> None:
    for changed in [*(small[:length] for length in range(len(small))), small + b"\0", small + small]:
        with pytest.raises(SealedFileError):
            opened(changed, owner)


@pytest.mark.parametrize("position", [0, 15, 16, 17])
def test_what_comes_before_a_fault_is_given_out(position: int, owner: X25519Identity, randomness: Randomness) -> None:
    content = pattern(18 * CHUNK)
    file = bytearray(sealed(content, owner, randomness))
    file[len(file) - (18 - position) * (CHUNK + 16)] ^= 1
    target = io.BytesIO()
    reader = age.Reader(io.BytesIO(bytes(file)), [owner])

    with pytest.raises(PayloadError):
        reader.write_to(target)

    assert target.getvalue() == content[: position * CHUNK]
    with pytest.raises(PayloadError):
        reader.read(1)


def test_a_file_never_closed_does_not_open(owner: X25519Identity, randomness: Randomness) -> None:
    target = io.BytesIO()
    age.Writer(target, [owner.recipient()], randomness=randomness).write(pattern(MIB + 5))

    with pytest.raises(PayloadError):
        opened(target.getvalue(), owner)


def test_nothing_is_written_after_closing(owner: X25519Identity, randomness: Randomness) -> None:
    target = io.BytesIO()
    writer = age.Writer(target, [owner.recipient()], randomness=randomness)
    writer.close()
    writer.close()

    with pytest.raises(ValueError, match="closed"):
        writer.write(b"more")
    assert opened(target.getvalue(), owner) == b""


def test_a_nonce_cut_short_is_a_header_failure(owner: X25519Identity, small: bytes) -> None:
    with pytest.raises(HeaderError):
        opened(small[: small.index(b"\n---") + 50 + 10], owner)


def test_keys_are_told_apart_by_their_prefix(owner: X25519Identity, randomness: Randomness) -> None:
    hybrid = HybridIdentity.generate(randomness)

    assert str(age.parse_recipient(str(owner.recipient()))) == str(owner.recipient())
    assert str(age.parse_recipient(str(hybrid.recipient()))) == str(hybrid.recipient())
    assert isinstance(age.parse_identity(owner.secret_text()), X25519Identity)
    assert isinstance(age.parse_identity(hybrid.secret_text()), HybridIdentity)


@pytest.mark.parametrize("text", ["", "age1", "age1pq1", "age1yubikey1qqqq", "AGE-PLUGIN-X-1QQQQ"])
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(KeyFormatError):
        age.parse_recipient(text)
    with pytest.raises(KeyFormatError):
        age.parse_identity(text)


def test_a_source_is_read_by_lines_and_then_in_bulk() -> None:
    source = LookAheadSource(Trickle(b"one\ntwo\nthree", most=2))

    assert source.peek(3) == b"one"
    assert source.line(100) == b"one\n"
    assert source.line(2) == b"tw"
    assert source.line(100) == b"o\n"
    assert source.read(1) == b"t"
    assert source.line(100) == b"hree"
    assert source.line(100) == source.peek(1) == source.read(1) == b""
