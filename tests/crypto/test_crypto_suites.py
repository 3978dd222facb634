"""The table of suites: each seals and opens its own files and no others."""

import io

import pytest

from cloison_crypto import age, signing
from cloison_crypto.errors import HeaderError, NoMatchError, SuiteMissingError
from cloison_crypto.hybrid import HybridRecipient
from cloison_crypto.identity import Identity
from cloison_crypto.public_identity import PublicIdentity
from cloison_crypto.secrets import Randomness
from cloison_crypto.sources import LookAheadSource
from cloison_crypto.suites import HIGHEST, SUITES, Suite, recognise, suite
from cloison_crypto.x25519 import X25519Identity

PLAIN = b"Le convoi est passe a 5 h 40."
EVERY = [pytest.param(one, id=f"suite {number}") for number, one in SUITES.items()]


def sealed(by: Suite, recipient: PublicIdentity, randomness: Randomness) -> bytes:
    target = io.BytesIO()
    writer = by.seal(target, recipient, randomness=randomness)
    writer.write(PLAIN)
    writer.close()
    return target.getvalue()


def test_there_are_two_suites_and_the_second_is_the_highest() -> None:
    assert list(SUITES) == [1, 2]
    assert HIGHEST == 2
    assert [suite(number).number for number in SUITES] == [1, 2]


@pytest.mark.parametrize("one", EVERY)
def test_a_suite_opens_what_it_sealed(one: Suite, identity: Identity, randomness: Randomness) -> None:
    reader = one.open(io.BytesIO(sealed(one, identity.public, randomness)), identity)

    assert reader.read() == PLAIN


@pytest.mark.parametrize("one", EVERY)
def test_a_suite_opens_nothing_for_somebody_else(
    one: Suite, identity: Identity, other_identity: Identity, randomness: Randomness
) -> None:
    with pytest.raises(NoMatchError):
        one.open(io.BytesIO(sealed(one, identity.public, randomness)), other_identity)


@pytest.mark.parametrize("one", EVERY)
def test_a_file_shows_its_suite_by_its_first_bytes(one: Suite, identity: Identity, randomness: Randomness) -> None:
    source = LookAheadSource(io.BytesIO(sealed(one, identity.public, randomness)))

    assert recognise(source) is one
    assert one.open(source, identity).read() == PLAIN


@pytest.mark.parametrize("one", EVERY)
def test_a_file_of_one_suite_is_no_file_of_another(one: Suite, identity: Identity, randomness: Randomness) -> None:
    content = sealed(one, identity.public, randomness)

    for other in SUITES.values():
        if other is not one:
            with pytest.raises(HeaderError):
                other.open(io.BytesIO(content), identity)


@pytest.mark.parametrize(
    "content",
    [b"", b"cloison/suite-2/v1", b"cloison/suite-2/v2\n", b"cloison/suite-3/v1\n", b"age-encryption.org/v2\n"],
)
def test_a_file_of_no_suite_is_refused(content: bytes) -> None:
    with pytest.raises(HeaderError):
        recognise(LookAheadSource(io.BytesIO(content)))


def test_nothing_is_written_for_who_lacks_the_suite(identity: Identity, randomness: Randomness) -> None:
    foreign = PublicIdentity(keys=identity.public.keys[:1])
    target = io.BytesIO()

    with pytest.raises(SuiteMissingError):
        suite(2).seal(target, foreign, randomness=randomness)
    assert target.getvalue() == b""


def test_a_file_of_suite_1_has_exactly_one_stanza_of_its_type(
    identity: Identity, other_identity: Identity, randomness: Randomness
) -> None:
    two = io.BytesIO()
    recipients = [HybridRecipient(one.public.recipient().key) for one in (identity, other_identity)]
    age.encrypt(io.BytesIO(PLAIN), two, recipients, randomness=randomness)
    classic = io.BytesIO()
    age.encrypt(io.BytesIO(PLAIN), classic, [X25519Identity.generate(randomness).recipient()], randomness=randomness)

    with pytest.raises(HeaderError):
        suite(1).open(io.BytesIO(two.getvalue()), identity)
    with pytest.raises(NoMatchError):
        suite(1).open(io.BytesIO(classic.getvalue()), identity)


@pytest.mark.parametrize("one", EVERY)
def test_a_signature_has_the_length_of_its_suite(one: Suite, identity: Identity) -> None:
    assert len(identity.sign(signing.PACKAGE, b"", one.number)) == one.signature_length
