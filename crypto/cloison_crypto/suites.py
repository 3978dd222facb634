"""Every suite there is: the one place that says which exist, how their files begin and how they are sealed and opened.

    suite  sealed file                          opens with           signature
    1      age v1, one `mlkem768x25519` stanza  `age` 1.3 and later  Ed25519 + ML-DSA-65, 3,406 bytes
    2      `sealed`, Cloison's own              Cloison              ECDSA P-384 + ML-DSA-87, 4,756 bytes

Which one a document needs is said by its policy, at the level of its label; the first bytes of a file say which one it
is of, and the signature inside must be of the same. Nothing is negotiated: who lacks the suite a level needs is sent
nothing at that level, and what comes under a lower one is refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from cloison_crypto import age, sealed
from cloison_crypto.errors import HeaderError
from cloison_crypto.header import VERSION_LINE
from cloison_crypto.hybrid import STANZA_TYPE
from cloison_crypto.identity import Identity
from cloison_crypto.public_identity import BASE, HIGH, PublicIdentity
from cloison_crypto.secrets import Buffer, Randomness
from cloison_crypto.signing import signature_length
from cloison_crypto.sources import ByteSource, ByteTarget, LookAheadSource


class SealedWriter(Protocol):
    """A sealed file being written; one that was never closed does not open."""

    def write(self, content: Buffer, /) -> None:
        """Seal `content`, after what was written before."""
        ...

    def close(self) -> None:
        """Finish the file."""
        ...


class SealedReader(Protocol):
    """A sealed file being read."""

    def read(self, size: int = -1, /) -> bytes:
        """The next `size` bytes, fewer only at the end; raises PayloadError."""
        ...

    def write_to(self, target: ByteTarget) -> None:
        """Write all that is left to `target`; raises PayloadError after all that is authenticated."""
        ...


class Suite(Protocol):
    """One suite: its `number` is what policies, manifests and signatures name it by."""

    @property
    def number(self) -> int:
        """From 1; a higher one is never weaker."""
        ...

    @property
    def mark(self) -> bytes:
        """How its sealed files begin."""
        ...

    @property
    def signature_length(self) -> int:
        """In bytes."""
        ...

    def seal(self, target: ByteTarget, recipient: PublicIdentity, *, randomness: Randomness) -> SealedWriter:
        """Begin a file that only `recipient` opens; raises SuiteMissingError before anything is written."""
        ...

    def open(self, source: ByteSource, identity: Identity) -> SealedReader:
        """Read the header of a file sealed to `identity`; raises HeaderError, NoMatchError or HmacError."""
        ...


@dataclass(frozen=True, slots=True)
class _AgeSuite:
    number: int = BASE
    mark: bytes = VERSION_LINE

    @property
    def signature_length(self) -> int:
        return signature_length(self.number)

    def seal(self, target: ByteTarget, recipient: PublicIdentity, *, randomness: Randomness) -> SealedWriter:
        return age.Writer(target, (recipient.recipient(),), randomness=randomness)

    def open(self, source: ByteSource, identity: Identity) -> SealedReader:
        reader = age.Reader(source, (identity.opener(),))
        # A second stanza would be a second reader, unknown to this one.
        if reader.stanza_types != (STANZA_TYPE,):
            raise HeaderError("not exactly one stanza of the suite")
        return reader


@dataclass(frozen=True, slots=True)
class _HighSuite:
    number: int = HIGH
    mark: bytes = sealed.MAGIC

    @property
    def signature_length(self) -> int:
        return signature_length(self.number)

    def seal(self, target: ByteTarget, recipient: PublicIdentity, *, randomness: Randomness) -> SealedWriter:
        return sealed.seal_file(target, recipient.high_recipient(), randomness=randomness)

    def open(self, source: ByteSource, identity: Identity) -> SealedReader:
        return sealed.open_file(source, identity.high_opener())


SUITES: Final[Mapping[int, Suite]] = {one.number: one for one in (_AgeSuite(), _HighSuite())}
HIGHEST: Final = max(SUITES)


def suite(number: int) -> Suite:
    """The suite of that number; a KeyError where there is none."""
    return SUITES[number]


def recognise(source: LookAheadSource) -> Suite:
    """The suite a file is of, by its first bytes, which are still to be read; raises HeaderError for any other file."""
    start = source.peek(max(len(one.mark) for one in SUITES.values()))
    for one in SUITES.values():
        if start.startswith(one.mark):
            return one
    raise HeaderError("not a sealed file of any suite")
