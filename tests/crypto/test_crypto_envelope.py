"""Envelopes and bundles: one layout, nothing before, between or after."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloison_crypto.envelope import Envelope, bundle, open_envelope, seal, unbundle
from cloison_crypto.errors import EnvelopeError
from cloison_crypto.signing import CARD, POLICY, signature_length

ONE = b"\1" * signature_length(1)
TWO = b"\2" * signature_length(2)
LIMIT = 100_000


@given(st.binary(max_size=200), st.lists(st.sampled_from([ONE, TWO]), min_size=1, max_size=3))
def test_an_envelope_is_opened_as_it_was_sealed(body: bytes, signatures: list[bytes]) -> None:
    sealed = seal(CARD, body, signatures)

    assert open_envelope(CARD, sealed, limit=LIMIT) == Envelope(body=body, signatures=tuple(signatures))


@given(st.binary(max_size=4 * len(TWO)))
def test_whatever_opens_has_one_spelling(content: bytes) -> None:
    sealed = b"cloison/card/v1\n" + content

    try:
        envelope = open_envelope(CARD, sealed, limit=LIMIT)
    except EnvelopeError:
        return
    assert seal(CARD, envelope.body, envelope.signatures) == sealed


def test_the_layout_is_fixed() -> None:
    assert seal(CARD, b"body", [ONE, TWO]) == b"cloison/card/v1\n\x02" + ONE + TWO + b"body"


def signature(suite: int, signer: bytes) -> bytes:
    return bytes([suite]) + signer + bytes(signature_length(suite) - 33)


def test_the_signer_of_an_envelope_is_the_one_that_every_signature_claims() -> None:
    mine, other = b"m" * 32, b"o" * 32

    for suites in ((1,), (2,), (1, 2)):
        assert Envelope(body=b"", signatures=tuple(signature(one, mine) for one in suites)).signer() == mine
    for pairs in (((1, mine), (2, other)), ((1, mine), (1, mine)), ((2, mine), (1, mine)), ()):
        with pytest.raises(EnvelopeError):
            Envelope(body=b"", signatures=tuple(signature(*pair) for pair in pairs)).signer()


def test_an_envelope_of_another_kind_is_refused() -> None:
    with pytest.raises(EnvelopeError):
        open_envelope(POLICY, seal(CARD, b"body", [ONE]), limit=LIMIT)


def test_an_envelope_above_the_limit_is_refused() -> None:
    sealed = seal(CARD, b"body", [ONE])

    assert open_envelope(CARD, sealed, limit=len(sealed)).body == b"body"
    with pytest.raises(EnvelopeError):
        open_envelope(CARD, sealed, limit=len(sealed) - 1)


@pytest.mark.parametrize(
    "sealed",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"cloison/card/v1", id="no line feed"),
        pytest.param(b"cloison/card/v1\n", id="no count"),
        pytest.param(b"cloison/card/v1\n\x00body", id="no signature"),
        pytest.param(b"cloison/card/v1\n\x01" + ONE[:-1], id="cut signature"),
        pytest.param(b"cloison/card/v1\n\x01" + TWO[: len(ONE)], id="signature of suite 2 as long as one of suite 1"),
        pytest.param(b"cloison/card/v1\n\x01\x03" + ONE, id="signature of an unknown suite"),
        pytest.param(b"cloison/card/v1\n\x02" + ONE, id="second signature missing"),
        pytest.param(b" cloison/card/v1\n\x01" + ONE, id="leading space"),
    ],
)
def test_a_malformed_envelope_is_refused(sealed: bytes) -> None:
    with pytest.raises(EnvelopeError):
        open_envelope(CARD, sealed, limit=LIMIT)


@pytest.mark.parametrize(
    "signatures",
    [[], [ONE] * 256, [ONE[:-1]], [b""], [b"\3" + ONE[1:]]],
    ids=["none", "too many", "short", "empty", "of an unknown suite"],
)
def test_no_such_envelope_is_made(signatures: list[bytes]) -> None:
    with pytest.raises(EnvelopeError):
        seal(CARD, b"body", signatures)


def test_an_envelope_in_no_domain_is_a_fault_of_ours() -> None:
    with pytest.raises(ValueError, match="domain"):
        seal(b"cloison/other/v1", b"body", [ONE])


@given(st.lists(st.binary(max_size=20), max_size=5))
def test_a_bundle_is_taken_apart_as_it_was_made(parts: list[bytes]) -> None:
    assert unbundle(bundle(parts), limit=LIMIT, most=5) == tuple(parts)


@given(st.binary(max_size=40))
def test_whatever_is_a_bundle_has_one_spelling(content: bytes) -> None:
    bundled = b"cloison/bundle/v1\n" + content

    try:
        parts = unbundle(bundled, limit=LIMIT, most=20)
    except EnvelopeError:
        return
    assert bundle(parts) == bundled


@pytest.mark.parametrize(
    "bundled",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"cloison/bundle/v2\n", id="another version"),
        pytest.param(b"cloison/bundle/v1\n\0\0\0", id="cut length"),
        pytest.param(b"cloison/bundle/v1\n\0\0\0\2x", id="cut part"),
        pytest.param(b"cloison/bundle/v1\n" + b"\0\0\0\1x" * 3, id="too many parts"),
        pytest.param(b"cloison/bundle/v1\n\0\0\0\xff" + b"x" * 255, id="too long"),
    ],
)
def test_a_malformed_bundle_is_refused(bundled: bytes) -> None:
    with pytest.raises(EnvelopeError):
        unbundle(bundled, limit=200, most=2)
