"""The outermost layer of a package: the sealed file, and which of my identities opens it.

Its first bytes say of which suite it is; armour, several stanzas and stanzas of another type are no package.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from cloison.dissemination.archive import Source
from cloison.dissemination.errors import ForgedPackageError, NotForMeError
from cloison_crypto.errors import NoMatchError, SealedFileError
from cloison_crypto.identity import Identity
from cloison_crypto.sources import LookAheadSource
from cloison_crypto.suites import recognise

_PIECE = 1 << 20


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
    for identity in identities:
        try:
            return _unsealed(sealed, identity)
        except NoMatchError:
            continue
        except SealedFileError as error:
            raise ForgedPackageError from error
    raise NotForMeError


def _unsealed(sealed: bytes, identity: Identity) -> Unsealed:
    source = LookAheadSource(io.BytesIO(sealed))
    suite = recognise(source)
    return Unsealed(plain=suite.open(source, identity), suite=suite.number, identity=identity)
