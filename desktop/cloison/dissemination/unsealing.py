"""The outermost layer of a package: the sealed file, and which of my identities opens it.

Its first bytes say of which suite it is; armour, several stanzas and stanzas of another type are no package.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cloison.dissemination.archive import Source
from cloison.dissemination.errors import ForgedPackageError, NotForMeError
from cloison_crypto.errors import NoMatchError, SealedFileError
from cloison_crypto.identity import Identity
from cloison_crypto.sources import ByteSource, LookAheadSource
from cloison_crypto.suites import recognise

_PIECE = 1 << 20
_LONGEST_HEADER = 64 * 1024  # ten times that of any suite


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsealed:
    """The plain stream, authenticated as it is read; the ``suite`` it was sealed with; the identity that opened it."""

    plain: Source
    suite: int
    identity: Identity

    def read(self, size: int, /) -> bytes:
        """Up to ``size`` authenticated bytes; raises ``ForgedPackageError`` where the file is not as it was sealed."""
        try:
            return self.plain.read(size)
        except SealedFileError as error:
            raise ForgedPackageError from error

    def read_to_end(self) -> None:
        """See that all the rest is as it was sealed, and forget it; raises ``ForgedPackageError``."""
        while self.read(_PIECE):
            pass


def unseal(sealed: bytes, identities: Sequence[Identity]) -> Unsealed:
    """Open with the first of ``identities`` that can; raises ``NotForMeError``, ``ForgedPackageError``."""
    return _first_that_opens(lambda: io.BytesIO(sealed), identities)


def unseal_stream(source: ByteSource, identities: Sequence[Identity]) -> Unsealed:
    """The same for a file that is read as it comes, once; its header is at the beginning of it, held in memory."""
    head = bytearray()
    while len(head) < _LONGEST_HEADER and (piece := source.read(_LONGEST_HEADER - len(head))):
        head += piece
    return _first_that_opens(lambda: _Resumed(bytes(head), source), identities)


def _first_that_opens(begin: Callable[[], ByteSource], identities: Sequence[Identity]) -> Unsealed:
    for identity in identities:
        try:
            return _unsealed(begin(), identity)
        except NoMatchError:
            continue
        except SealedFileError as error:
            raise ForgedPackageError from error
    raise NotForMeError


def _unsealed(sealed: ByteSource, identity: Identity) -> Unsealed:
    source = LookAheadSource(sealed)
    suite = recognise(source)
    return Unsealed(plain=suite.open(source, identity), suite=suite.number, identity=identity)


class _Resumed:
    """What was read of a source already, then the rest of it."""

    def __init__(self, head: bytes, source: ByteSource) -> None:
        self._head = io.BytesIO(head)
        self._source = source

    def read(self, size: int, /) -> bytes:
        return self._head.read(size) or self._source.read(size)
