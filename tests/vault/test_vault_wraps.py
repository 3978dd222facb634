"""Signed wraps and member boxes: every forgery and every misplaced one is refused."""

import io
import os
from collections.abc import Callable
from dataclasses import replace

import pytest

from cloison.vault.chain_store import ChainHead
from cloison.vault.errors import WrapRefusedError
from cloison.vault.member_box import MemberSecrets, open_member_box, seal_member_box
from cloison.vault.wraps import MOST_BYTES, Grant, Subject, open_wrap, seal_wrap
from cloison_crypto import age, canonical
from cloison_crypto.boxes import seal_box
from cloison_crypto.envelope import seal
from cloison_crypto.errors import BoxError, CanonicalError
from cloison_crypto.identity import Identity
from cloison_crypto.recipients import Recipient
from cloison_crypto.secrets import SecretKey
from cloison_crypto.signing import PACKAGE, WRAP
from cloison_crypto.suites import HIGHEST, suite
from cloison_crypto.x25519 import X25519Identity

VAULT_ID = "0a" * 16
MARKER = "Compartiment-Marqueur"


@pytest.fixture(scope="module")
def founder() -> Identity:
    return Identity.generate(os.urandom)


@pytest.fixture(scope="module")
def member() -> Identity:
    return Identity.generate(os.urandom)


@pytest.fixture
def grant(key: SecretKey) -> Grant:
    return Grant(
        vault_id=VAULT_ID,
        subject=Subject.COMPARTMENT,
        id="0b" * 16,
        file="0c" * 16,
        epoch=3,
        past=(b"1" * 32, b"2" * 32),
        key=key,
        name=MARKER,
        need_to_know=True,
        ceiling=b"<label/>",
        head=ChainHead(sequence=4, digest=b"d" * 32),
    )


def wrapped(unsealed: bytes, *recipients: Recipient) -> bytes:
    sealed = io.BytesIO()
    age.encrypt(io.BytesIO(unsealed), sealed, recipients, randomness=os.urandom)
    return sealed.getvalue()


def laid_out(envelope: bytes, signer: Identity) -> bytes:
    """What is sealed: whose signature it is, then the envelope."""
    parts = (canonical.write(signer.public.to_json()), envelope)
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def body_in(unsealed: bytes) -> bytes:
    """The body that is signed in what was sealed."""
    signed = unsealed[unsealed.index(WRAP) :].rstrip(b"\0")
    return signed[signed.index(b'{"ceiling') :]


def body_of(grant: Grant, founder: Identity, member: Identity) -> bytes:
    """The body a wrap of ``grant`` signs."""
    wrap = seal_wrap(grant, member.public, signer=founder, randomness=os.urandom)
    return body_in(age.Reader(io.BytesIO(wrap), (member.opener(),)).read(MOST_BYTES))


def test_member_gets_the_key_and_what_goes_with_it(founder: Identity, member: Identity, grant: Grant) -> None:
    wrap = seal_wrap(grant, member.public, signer=founder, randomness=os.urandom)

    opened = open_wrap(wrap, member, vault_id=VAULT_ID, entitled=(founder.public.fingerprint,))

    assert replace(opened, key=grant.key) == grant
    assert bytes(opened.key.view) == bytes(grant.key.view)


def shared_grant(key: SecretKey) -> Grant:
    return Grant(vault_id=VAULT_ID, subject=Subject.SHARED, id=VAULT_ID, file=VAULT_ID, epoch=1, key=key)


def test_the_wrap_that_lies_in_the_open_is_of_the_highest_suite(
    founder: Identity, member: Identity, grant: Grant
) -> None:
    shared = seal_wrap(shared_grant(grant.key), member.public, signer=founder, randomness=os.urandom)
    compartment = seal_wrap(grant, member.public, signer=founder, randomness=os.urandom)

    assert shared.startswith(suite(HIGHEST).mark)
    assert compartment.startswith(suite(1).mark)


@pytest.mark.parametrize(
    ("sealed", "signed"), [(1, (1,)), (1, (2,)), (2, (1,)), (2, (1, 2)), (2, (2, 2)), (2, ())], ids=str
)
def test_a_shared_wrap_with_anything_of_a_lower_suite_is_refused(
    founder: Identity, member: Identity, grant: Grant, sealed: int, signed: tuple[int, ...]
) -> None:
    wrap = seal_wrap(shared_grant(grant.key), member.public, signer=founder, randomness=os.urandom)
    body = body_in(suite(2).open(io.BytesIO(wrap), member).read())
    signatures = b"".join(founder.sign(WRAP, body, one) for one in signed)
    target = io.BytesIO()
    writer = suite(sealed).seal(target, member.public, randomness=os.urandom)
    writer.write(laid_out(WRAP + b"\n" + bytes([len(signed)]) + signatures + body, founder))
    writer.close()

    with pytest.raises(WrapRefusedError):
        open_wrap(target.getvalue(), member, vault_id=VAULT_ID, entitled=(founder.public.fingerprint,))


def test_wrap_without_an_entry_in_its_chain_comes_back(founder: Identity, member: Identity, grant: Grant) -> None:
    wrap = seal_wrap(shared_grant(grant.key), member.public, signer=founder, randomness=os.urandom)

    opened = open_wrap(wrap, member, vault_id=VAULT_ID, entitled=(founder.public.fingerprint,))

    assert (opened.head.sequence, opened.ceiling, opened.name) == (0, None, "")


def test_wrap_tells_nobody_what_it_holds_or_who_made_it(founder: Identity, member: Identity, grant: Grant) -> None:
    wrap = seal_wrap(grant, member.public, signer=founder, randomness=os.urandom)

    for secret in (MARKER.encode(), bytes(grant.key.view), founder.public.fingerprint, member.public.fingerprint):
        assert secret not in wrap
        assert secret.hex().encode() not in wrap


def test_wrap_for_another_member_is_refused(founder: Identity, member: Identity, grant: Grant) -> None:
    wrap = seal_wrap(grant, member.public, signer=founder, randomness=os.urandom)

    with pytest.raises(WrapRefusedError):
        open_wrap(wrap, founder, vault_id=VAULT_ID, entitled=(founder.public.fingerprint,))


def test_wrap_by_somebody_not_entitled_is_refused(founder: Identity, member: Identity, grant: Grant) -> None:
    intruder = Identity.generate(os.urandom)
    planted = seal_wrap(grant, member.public, signer=intruder, randomness=os.urandom)

    with pytest.raises(WrapRefusedError):
        open_wrap(planted, member, vault_id=VAULT_ID, entitled=(founder.public.fingerprint,))
    with pytest.raises(WrapRefusedError):
        open_wrap(planted, member, vault_id=VAULT_ID, entitled=())


def test_wrap_passed_on_to_somebody_else_is_refused(founder: Identity, member: Identity, grant: Grant) -> None:
    body = body_of(grant, founder, founder)
    envelope = seal(WRAP, body, (founder.sign(WRAP, body),))
    passed_on = wrapped(laid_out(envelope, founder), member.public.recipient())

    with pytest.raises(WrapRefusedError):
        open_wrap(passed_on, member, vault_id=VAULT_ID, entitled=(founder.public.fingerprint,))


def test_wrap_of_another_vault_is_refused(founder: Identity, member: Identity, grant: Grant) -> None:
    wrap = seal_wrap(grant, member.public, signer=founder, randomness=os.urandom)

    with pytest.raises(WrapRefusedError):
        open_wrap(wrap, member, vault_id="ff" * 16, entitled=(founder.public.fingerprint,))


Change = Callable[[bytes], bytes]


@pytest.mark.parametrize(
    "change",
    [
        lambda body: body.replace(b'"epoch":3', b'"epoch":4'),
        lambda body: body.replace(MARKER.encode(), b"Autre"),
    ],
    ids=["epoch", "name"],
)
def test_body_changed_after_signing_is_refused(
    founder: Identity, member: Identity, grant: Grant, change: Change
) -> None:
    body = body_of(grant, founder, member)
    forged = wrapped(
        laid_out(seal(WRAP, change(body), (founder.sign(WRAP, body),)), founder), member.public.recipient()
    )

    with pytest.raises(WrapRefusedError):
        open_wrap(forged, member, vault_id=VAULT_ID, entitled=(founder.public.fingerprint,))


@pytest.mark.parametrize(
    "change",
    [
        lambda body: body.replace(b"cloison/wrap/v1", b"cloison/wrap/v2"),
        lambda body: body.replace(b'"epoch":3', b'"epoch":0'),
        lambda body: body.replace(b'"compartment"', b'"compartments"'),
        lambda body: body.replace(b'"digest":"64', b'"digest":"6'),
        lambda body: body.replace(b'"file"', b'"fila"'),
        lambda body: body[:-1],
    ],
    ids=["version", "epoch", "subject", "digest", "unknown field", "cut"],
)
def test_signed_body_of_another_shape_is_refused(
    founder: Identity, member: Identity, grant: Grant, change: Change
) -> None:
    body = change(body_of(grant, founder, member))
    malformed = wrapped(laid_out(seal(WRAP, body, (founder.sign(WRAP, body),)), founder), member.public.recipient())

    with pytest.raises(WrapRefusedError):
        open_wrap(malformed, member, vault_id=VAULT_ID, entitled=(founder.public.fingerprint,))


def test_signature_for_another_kind_of_object_is_refused(founder: Identity, member: Identity, grant: Grant) -> None:
    body = body_of(grant, founder, member)
    forged = wrapped(laid_out(seal(WRAP, body, (founder.sign(PACKAGE, body),)), founder), member.public.recipient())

    with pytest.raises(WrapRefusedError):
        open_wrap(forged, member, vault_id=VAULT_ID, entitled=(founder.public.fingerprint,))


def test_second_signature_is_refused(founder: Identity, member: Identity, grant: Grant) -> None:
    body = body_of(grant, founder, member)
    signature = founder.sign(WRAP, body)
    forged = wrapped(laid_out(seal(WRAP, body, (signature, signature)), founder), member.public.recipient())

    with pytest.raises(WrapRefusedError):
        open_wrap(forged, member, vault_id=VAULT_ID, entitled=(founder.public.fingerprint,))


def test_second_recipient_is_refused(founder: Identity, member: Identity, grant: Grant) -> None:
    body = body_of(grant, founder, member)
    envelope = seal(WRAP, body, (founder.sign(WRAP, body),))
    shared = wrapped(laid_out(envelope, founder), member.public.recipient(), founder.public.recipient())

    with pytest.raises(WrapRefusedError):
        open_wrap(shared, member, vault_id=VAULT_ID, entitled=(founder.public.fingerprint,))


@pytest.mark.parametrize("length", [0, 100, MOST_BYTES + 1])
def test_anything_else_sealed_to_the_member_is_refused(founder: Identity, member: Identity, length: int) -> None:
    rubbish = wrapped(bytes(length), member.public.recipient())

    with pytest.raises(WrapRefusedError):
        open_wrap(rubbish, member, vault_id=VAULT_ID, entitled=(founder.public.fingerprint,))


def test_other_bytes_are_refused(founder: Identity, member: Identity, grant: Grant) -> None:
    wrap = seal_wrap(grant, member.public, signer=founder, randomness=os.urandom)
    weaker = wrapped(b"x", X25519Identity.generate(os.urandom).recipient())

    for bad in (b"", wrap[:-1], wrap + b"\0", weaker, bytes(500)):
        with pytest.raises(WrapRefusedError):
            open_wrap(bad, member, vault_id=VAULT_ID, entitled=(founder.public.fingerprint,))


# The box of a member.

MEMBER_ID = "0d" * 16


@pytest.fixture
def secrets(founder: Identity, member: Identity) -> MemberSecrets:
    return MemberSecrets(seeds=(member.seeds(), founder.seeds()))


def boxed(secrets: MemberSecrets, member_key: SecretKey) -> bytes:
    return seal_member_box(secrets, member_key, vault_id=VAULT_ID, member_id=MEMBER_ID, randomness=os.urandom)


def test_box_gives_back_every_key(secrets: MemberSecrets, key: SecretKey) -> None:
    opened = open_member_box(boxed(secrets, key), key, vault_id=VAULT_ID, member_id=MEMBER_ID)

    assert [bytes(seeds.view) for seeds in opened.seeds] == [bytes(seeds.view) for seeds in secrets.seeds]


def test_wiped_secrets_are_gone(secrets: MemberSecrets) -> None:
    secrets.wipe()

    for wiped in secrets.seeds:
        with pytest.raises(ValueError, match="wiped"):
            wiped.view.tobytes()


def test_box_of_another_member_vault_or_key_does_not_open(secrets: MemberSecrets, key: SecretKey) -> None:
    box = boxed(secrets, key)

    with pytest.raises(BoxError):
        open_member_box(box, key, vault_id=VAULT_ID, member_id="00" * 16)
    with pytest.raises(BoxError):
        open_member_box(box, key, vault_id="00" * 16, member_id=MEMBER_ID)
    with pytest.raises(BoxError):
        open_member_box(box, SecretKey.random(32, os.urandom), vault_id=VAULT_ID, member_id=MEMBER_ID)


@pytest.mark.parametrize(
    "plain",
    [
        b"",
        b"cloison/member-box/v2\n" + b"\x01" + bytes(96),
        b"cloison/member-box/v1\n" + b"\x00",
        b"cloison/member-box/v1\n" + b"\x02" + bytes(96),
        b"cloison/member-box/v1\n" + b"\x01" + bytes(97),
    ],
    ids=["empty", "version", "no identity", "cut", "more"],
)
def test_box_of_another_layout_is_refused(key: SecretKey, plain: bytes) -> None:
    associated = canonical.write({"format": "cloison/member-box/v1", "member": MEMBER_ID, "vault": VAULT_ID})
    box = seal_box(key, plain, associated=associated, randomness=os.urandom)

    with pytest.raises(CanonicalError):
        open_member_box(box, key, vault_id=VAULT_ID, member_id=MEMBER_ID)
