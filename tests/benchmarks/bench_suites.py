"""What sealing and opening in each suite costs beside its AEAD alone, in one process and one run.

A file in memory is sealed to an identity and opened again; `seal` and `open` are the processor time over that of the
same AEAD called on one chunk in the cache, over and over, with nothing around it: 1 is the least there could be, and
the faster the cipher, the more weighs the memory that a real file goes through. `head_ms` is what a package costs
before its first byte: a file of one byte sealed, signed, opened and verified, in milliseconds. Rounds of both suites
alternate and the median is taken. Prints one JSON object.
"""

import io
import json
import os
import statistics
import sys
import time
from collections.abc import Callable

from cryptography.hazmat.primitives.ciphers.aead import AESGCM, ChaCha20Poly1305

from cloison_crypto.identity import Identity
from cloison_crypto.secrets import Buffer
from cloison_crypto.signing import PACKAGE
from cloison_crypto.stream import CHUNK, TAG
from cloison_crypto.suites import SUITES, Suite

MIB = 1024 * 1024
SIZE_MIB = 256
ROUNDS = 5
BARS = {"suite 1": 1.5, "suite 2": 2.5}
AEADS: dict[int, type[ChaCha20Poly1305] | type[AESGCM]] = {1: ChaCha20Poly1305, 2: AESGCM}
_ME = Identity.generate(os.urandom)


class _Nowhere:
    """Takes everything and keeps nothing."""

    def write(self, content: Buffer, /) -> None:
        """Take it."""


def main() -> None:
    """Measure."""
    sys.stdout.write(json.dumps(measure(), indent=2) + "\n")


def measure() -> dict[str, object]:
    """The ratios of each suite beside their bars."""
    plain = memoryview(os.urandom(MIB) * SIZE_MIB)
    sealed = {one.number: _sealed(one, plain) for one in SUITES.values()}
    rounds = [{one.number: _round(one, plain, sealed[one.number]) for one in SUITES.values()} for _ in range(ROUNDS)]
    medians = {
        f"suite {number}": {
            name: round(statistics.median(one[number][name] for one in rounds), 3)
            for name in ("seal", "open", "head_ms")
        }
        for number in SUITES
    }
    return {"mib": SIZE_MIB, "bars": BARS, **medians}


def _round(suite: Suite, plain: memoryview, sealed: bytes) -> dict[str, float]:
    bare_seal, bare_open = _bare(AEADS[suite.number](bytes(32)))
    return {
        "seal": _seconds(lambda: _seal(suite, plain)) / bare_seal,
        "open": _seconds(lambda: _open(suite, sealed)) / bare_open,
        "head_ms": 1000 * _seconds(lambda: _head(suite)),
    }


def _seconds(act: Callable[[], object]) -> float:
    start = time.process_time()
    act()
    return time.process_time() - start


def _seal(suite: Suite, plain: memoryview) -> None:
    writer = suite.seal(_Nowhere(), _ME.public, randomness=os.urandom)
    for start in range(0, len(plain), MIB):
        writer.write(plain[start : start + MIB])
    writer.close()


def _sealed(suite: Suite, plain: Buffer) -> bytes:
    target = io.BytesIO()
    writer = suite.seal(target, _ME.public, randomness=os.urandom)
    writer.write(plain)
    writer.close()
    return target.getvalue()


def _open(suite: Suite, sealed: bytes) -> None:
    suite.open(io.BytesIO(sealed), _ME).write_to(_Nowhere())


def _head(suite: Suite) -> None:
    signature = _ME.sign(PACKAGE, b"body", suite.number)
    _open(suite, _sealed(suite, b"x"))
    _ME.public.verify(PACKAGE, b"body", signature)


def _bare(cipher: ChaCha20Poly1305 | AESGCM) -> tuple[float, float]:
    """Seconds of the AEAD alone, sealing and opening."""
    plain, opened = bytes(CHUNK), bytearray(CHUNK)
    sealed = bytearray(CHUNK + TAG)
    nonces = [number.to_bytes(12, "big") for number in range(SIZE_MIB * MIB // CHUNK)]
    cipher.encrypt_into(bytes(12), plain, None, sealed)
    seal = _seconds(lambda: [cipher.encrypt_into(nonce, plain, None, sealed) for nonce in nonces])
    cipher.encrypt_into(bytes(12), plain, None, sealed)
    return seal, _seconds(lambda: [cipher.decrypt_into(bytes(12), sealed, None, opened) for _ in nonces])


if __name__ == "__main__":
    main()
