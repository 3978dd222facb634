"""Makes the vectors of suite 2, written once into the folder `suites` beside this file and committed.

Everything is put together from primitives after the text of the formats (`cloison_crypto.sealed`, `signing`, `p384` and
`identity`), HPKE and its KEM included, apart from the library's own code: a fault shared by its two sides would show.
What is expected is stated here, not found by running our reader. Encapsulations and ML-DSA signatures are random: run
it again only to add a vector.

A sealed file: `expect: …`, `seeds: …` (96 bytes of an identity, in hex), `payload: …` (SHA-256 of all that may be given
out), an empty line, the file. A signature: `expect: holds | refused`, `seeds: …` of the signer, `domain: …`, an empty
line, the length of the body in four bytes, the body, the signature.
"""

import hashlib
import hmac
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA65PrivateKey, MLDSA87PrivateKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM1024PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from cloison_crypto import age
from cloison_crypto.hybrid import HybridIdentity

FOLDER = Path(__file__).parent / "suites"
ORDER = int("ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973", 16)
TEXT = "Le convoi est passé à 5 h 40.\n".encode()
CHUNK = 64 * 1024
MAGIC = b"cloison/suite-2/v1\n"
ORDINARY, FINAL = 0, 1
BODY = b'{"format":"cloison/card/v1"}'


def drawn(name: str, length: int) -> bytes:
    """Repeatable in place of random."""
    return hashlib.shake_256(b"suite vectors " + name.encode()).digest(length)


def hkdf(algorithm: str, key: bytes, *, salt: bytes, info: bytes, length: int) -> bytes:
    """RFC 5869."""
    size = hashlib.new(algorithm).digest_size
    return expanded(algorithm, hmac.digest(salt or bytes(size), key, algorithm), info, length)


def expanded(algorithm: str, pseudorandom: bytes, info: bytes, length: int) -> bytes:
    """HKDF-Expand."""
    made, block = b"", b""
    while len(made) < length:
        block = hmac.digest(pseudorandom, block + info + bytes([len(made) // len(pseudorandom) + 1]), algorithm)
        made += block
    return made[:length]


def scalar_key(seed: bytes) -> ec.EllipticCurvePrivateKey:
    """FIPS 186-5 A.2.1."""
    return ec.derive_private_key(int.from_bytes(seed, "big") % (ORDER - 1) + 1, ec.SECP384R1())


def point(key: ec.EllipticCurvePrivateKey) -> bytes:
    """Uncompressed."""
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


class Person:
    """Every key of an identity, from its 96 bytes of seeds."""

    def __init__(self, name: str) -> None:
        """Derive the keys."""
        self.seeds = drawn(name, 96)
        self.mlkem = MLKEM1024PrivateKey.from_seed_bytes(self._high("mlkem1024", 64))
        self.p384 = scalar_key(self._high("p384", 64))
        self.ecdsa = scalar_key(self._high("ecdsa-p384", 64))
        self.mldsa87 = MLDSA87PrivateKey.from_seed_bytes(self._high("mldsa87", 32))
        self.ed25519 = Ed25519PrivateKey.from_private_bytes(self.seeds[32:64])
        self.mldsa65 = MLDSA65PrivateKey.from_seed_bytes(self.seeds[64:])

    def _high(self, name: str, length: int) -> bytes:
        info = b"cloison/identity/v1/suite-2/" + name.encode()
        return hkdf("sha512", self.seeds, salt=b"", info=info, length=length)

    def base_keys(self) -> tuple[bytes, bytes, bytes]:
        """X-Wing, Ed25519, ML-DSA-65."""
        full = hashlib.shake_256(self.seeds[:32]).digest(96)
        mlkem = MLKEM768PrivateKey.from_seed_bytes(full[:64]).public_key().public_bytes_raw()
        share = X25519PrivateKey.from_private_bytes(full[64:]).public_key().public_bytes_raw()
        return (
            mlkem + share,
            self.ed25519.public_key().public_bytes_raw(),
            self.mldsa65.public_key().public_bytes_raw(),
        )

    def high_keys(self) -> tuple[bytes, bytes, bytes]:
        """ML-KEM-1024 + P-384, ECDSA, ML-DSA-87."""
        sealing = self.mlkem.public_key().public_bytes_raw() + point(self.p384)
        return sealing, point(self.ecdsa), self.mldsa87.public_key().public_bytes_raw()

    def fingerprint(self) -> bytes:
        """Of both suites."""
        covered = b"cloison/identity/v1\0"
        for suite, keys in ((1, self.base_keys()), (2, self.high_keys())):
            covered += bytes([suite]) + b"".join(len(key).to_bytes(4, "big") + key for key in keys)
        return hashlib.sha384(covered).digest()[:32]


READER, STRANGER = Person("reader"), Person("stranger")
FILE_KEY = drawn("file key", 32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vector:
    """A sealed file and what must come of it; `given` is all that may be given out."""

    expect: str
    content: bytes
    given: bytes | None = None

    def to_bytes(self) -> bytes:
        """The head, an empty line, the file, deflated when it is large."""
        lines = [f"expect: {self.expect}", f"seeds: {READER.seeds.hex()}"]
        if self.given is not None:
            lines.append(f"payload: {hashlib.sha256(self.given).hexdigest()}")
        if len(self.content) < 10_000:
            return "\n".join([*lines, "", ""]).encode() + self.content
        return "\n".join([*lines, "compressed: zlib", "", ""]).encode() + zlib.compress(self.content, 9)


def encapsulated(to: Person) -> tuple[bytes, bytes]:
    """The shared secret of MLKEM1024-P384, and its encapsulation."""
    pq_secret, pq_part = to.mlkem.public_key().encapsulate()
    ephemeral = scalar_key(drawn("ephemeral", 64))
    shared_x = ephemeral.exchange(ec.ECDH(), to.p384.public_key())
    mixed = pq_secret + shared_x + point(ephemeral) + point(to.p384) + b"MLKEM1024-P384"
    return hashlib.sha3_256(mixed).digest(), pq_part + point(ephemeral)


def wrapped(to: Person, file_key: bytes = FILE_KEY, info: bytes = b"cloison/suite-2/v1/file-key") -> bytes:
    """HPKE (RFC 9180), base mode, single-shot: 0x0051, 0x0002, 0x0002."""
    shared, encapsulation = encapsulated(to)
    named = b"HPKE-v1HPKE" + bytes.fromhex("005100020002")

    def extract(salt: bytes, label: bytes, material: bytes) -> bytes:
        return hmac.digest(salt or bytes(48), named + label + material, "sha384")

    def expand(label: bytes, length: int) -> bytes:
        return expanded("sha384", secret, length.to_bytes(2, "big") + named + label + context, length)

    context = b"\0" + extract(b"", b"psk_id_hash", b"") + extract(b"", b"info_hash", info)
    secret = extract(shared, b"secret", b"")
    return encapsulation + AESGCM(expand(b"key", 32)).encrypt(expand(b"base_nonce", 12), file_key, b"")


def header(*wraps: bytes, magic: bytes = MAGIC, key: bytes = FILE_KEY) -> bytes:
    """A header whose MAC is true of its bytes, whatever those are."""
    signed = magic + b"".join(wraps)
    mac_key = hkdf("sha384", key, salt=b"", info=b"cloison/suite-2/v1/header", length=48)
    return signed + hmac.digest(mac_key, signed, "sha384")


def payload(*chunks: tuple[bytes, int], first: int = 0, head: bytes | None = None) -> bytes:
    """These chunks, each with its flag, numbered from `first`, under the header `head`."""
    cipher = _cipher(HEADER if head is None else head)
    return b"".join(
        cipher.encrypt(number.to_bytes(11, "big") + bytes([flag]), plain, b"")
        for number, (plain, flag) in enumerate(chunks, first)
    )


def key_stream(number: int, flag: int) -> bytes:
    """A chunk that seals to zeros, so that a long vector is small once deflated."""
    nonce = number.to_bytes(11, "big") + bytes([flag])
    return _cipher(HEADER).encrypt(nonce, bytes(CHUNK), b"")[:CHUNK]


def _cipher(head: bytes) -> AESGCM:
    info = b"cloison/suite-2/v1/payload" + head[-48:]
    return AESGCM(hkdf("sha384", FILE_KEY, salt=b"", info=info, length=32))


WRAP = wrapped(READER)
HEADER = header(WRAP)
SMALL = payload((TEXT, FINAL))
FILE = HEADER + SMALL
Named = Iterator[tuple[str, Vector]]


def flipped(content: bytes, position: int) -> bytes:
    """One bit of `content` changed."""
    position %= len(content)
    return content[:position] + bytes([content[position] ^ 1]) + content[position + 1 :]


def good() -> Named:
    """Files that open."""
    yield "small", Vector(expect="success", content=FILE, given=TEXT)
    ordinary = [key_stream(number, ORDINARY) for number in range(16)]
    for name, plain in [
        ("empty", [b""]),
        ("full_chunk", [key_stream(0, FINAL)]),
        ("chunk_and_one_byte", [ordinary[0], b"x"]),
        ("four_chunks", [*ordinary[:3], key_stream(3, FINAL)]),
        ("sixteen_chunks_and_one_byte", [*ordinary, b"x"]),
    ]:
        flags = [ORDINARY] * (len(plain) - 1) + [FINAL]
        content = HEADER + payload(*zip(plain, flags, strict=True))
        yield name, Vector(expect="success", content=content, given=b"".join(plain))


def bad_headers() -> Named:
    """Files that are no file of suite 2, or not one for this reader."""
    for name, magic in [
        ("version_2", b"cloison/suite-2/v2\n"),
        ("suite_1", b"cloison/suite-1/v1\n"),
        ("suite_3", b"cloison/suite-3/v1\n"),
        ("crlf", b"cloison/suite-2/v1\r\n"),
        ("no_line_feed", b"cloison/suite-2/v1"),
        ("capitals", b"Cloison/suite-2/v1\n"),
        ("space_before", b" cloison/suite-2/v1\n"),
        ("of_age", b"age-encryption.org/v1\n"),
        ("none", b""),
    ]:
        head = header(WRAP, magic=magic)
        yield f"magic_{name}", Vector(expect="header failure", content=head + payload((TEXT, FINAL), head=head))
    yield "nothing", Vector(expect="header failure", content=b"")
    for name, length in [("magic", 12), ("encapsulation", 900), ("wrapped_key", 1700), ("mac", 1779)]:
        yield f"cut_in_{name}", Vector(expect="header failure", content=FILE[:length])
    suite_1 = io.BytesIO()
    recipient = HybridIdentity(READER.seeds[:32]).recipient()
    age.encrypt(io.BytesIO(TEXT), suite_1, [recipient], randomness=lambda length: drawn("age", length))
    yield "file_of_suite_1", Vector(expect="header failure", content=suite_1.getvalue())


def bad_wraps() -> Named:
    """A file key that is not there for this reader; each MAC is true."""
    share = WRAP[1568:1665]
    even = bytes([2 + share[-1] % 2])
    for name, wrap in [
        ("for_a_stranger", wrapped(STRANGER)),
        ("mlkem_changed", flipped(WRAP, 0)),
        ("point_changed", flipped(WRAP, 1600)),
        ("point_infinity", WRAP[:1568] + bytes(97) + WRAP[1665:]),
        ("point_hybrid", WRAP[:1568] + bytes([6 + share[-1] % 2]) + WRAP[1569:]),
        ("point_compressed", WRAP[:1568] + even + share[1:49] + bytes(48) + WRAP[1665:]),
        ("point_negated", WRAP[:1568] + negated(share) + WRAP[1665:]),
        ("key_changed", flipped(WRAP, 1670)),
        ("tag_changed", flipped(WRAP, -1)),
        ("byte_less", WRAP[:-1]),
        ("other_info", wrapped(READER, info=b"cloison/suite-2/v1")),
        ("no_info", wrapped(READER, info=b"")),
    ]:
        head = header(wrap)
        yield f"wrap_{name}", Vector(expect="no match", content=head + payload((TEXT, FINAL), head=head))
    # Nothing says how many wraps there are: the second would stand where the MAC is.
    yield "two_recipients", Vector(expect="HMAC failure", content=header(WRAP, wrapped(STRANGER)) + SMALL)
    yield "two_recipients_stranger_first", Vector(expect="no match", content=header(wrapped(STRANGER), WRAP) + SMALL)


def negated(share: bytes) -> bytes:
    """The same x with the other y: the same Diffie-Hellman x, and another encapsulation."""
    prime = 2**384 - 2**128 - 2**96 + 2**32 - 1
    y = prime - int.from_bytes(share[49:], "big")
    return share[:49] + y.to_bytes(48, "big")


def bad_macs() -> Named:
    """Headers that were changed after they were written."""
    for name, content in [
        ("first_byte", flipped(HEADER, -48)),
        ("last_byte", flipped(HEADER, -1)),
        ("zeros", HEADER[:-48] + bytes(48)),
        ("under_another_key", header(WRAP, key=drawn("other file key", 32))),
        ("of_another_header", HEADER[:-48] + header(wrapped(READER))[-48:]),
        ("half_zeros", HEADER[:-48] + HEADER[-48:-16] + bytes(16)),
        ("wrap_replaced", header(WRAP).replace(WRAP, wrapped(READER))),
        ("byte_more_before_it", header(WRAP, b"\0")),
    ]:
        yield f"mac_{name}", Vector(expect="HMAC failure", content=content + SMALL)


def bad_payloads() -> Named:
    """Payloads that are damaged, cut, reordered or too long; what came before the fault is given out."""
    zero, one, first = key_stream(0, ORDINARY), key_stream(1, ORDINARY), key_stream(0, FINAL)
    two = payload((zero, ORDINARY), (one, ORDINARY), (TEXT, FINAL))
    size = CHUNK + 16
    for name, sealed, given in [
        ("missing", b"", b""),
        ("tag_alone_cut", SMALL[:15], b""),
        ("tag_changed", flipped(SMALL, -1), b""),
        ("content_changed", flipped(SMALL, 0), b""),
        ("cut_in_tag", SMALL[:-1], b""),
        ("not_final", payload((TEXT, ORDINARY)), b""),
        ("flag_2", payload((TEXT, 2)), b""),
        ("numbered_from_one", payload((TEXT, FINAL), first=1), b""),
        ("under_another_header", payload((TEXT, FINAL), head=header(wrapped(READER))), b""),
        ("full_chunk_not_final", payload((zero, ORDINARY)), zero),
        ("cut_after_chunk", two[: 2 * size], zero + one),
        ("cut_in_chunk", two[: size + 100], zero),
        ("chunk_dropped", two[:size] + two[2 * size :], zero),
        ("first_chunk_dropped", two[size:], b""),
        ("chunks_swapped", two[size : 2 * size] + two[:size] + two[2 * size :], b""),
        ("chunk_twice", two[:size] + two, zero),
        ("byte_added", SMALL + b"\0", b""),
        ("byte_added_to_full_chunk", payload((first, FINAL)) + b"\0", first),
        ("file_added", SMALL + FILE, b""),
        ("two_final_chunks", payload((first, FINAL), (TEXT, FINAL)), first),
        ("last_chunk_empty", payload((zero, ORDINARY), (b"", FINAL)), zero),
    ]:
        yield f"payload_{name}", Vector(expect="payload failure", content=HEADER + sealed, given=given)


def digest(domain: bytes, suite: int, keys: tuple[bytes, bytes], body: bytes) -> bytes:
    """What both halves sign."""
    return hashlib.sha512(domain + b"\0" + bytes([suite]) + b"".join(keys) + body).digest()


def ecdsa(by: Person, message: bytes) -> tuple[int, int]:
    """A signature of P-384 with SHA-384, its s not above half the order."""
    r, s = decode_dss_signature(by.ecdsa.sign(message, ec.ECDSA(hashes.SHA384())))
    return r, min(s, ORDER - s)


def numbers(r: int, s: int) -> bytes:
    """48 bytes each."""
    return r.to_bytes(48, "big") + s.to_bytes(48, "big")


def halves(by: Person, domain: bytes = b"cloison/card/v1", body: bytes = BODY, suite: int = 2) -> tuple[bytes, bytes]:
    """Both halves of a signature of suite 2, over the digest of `suite`."""
    signed = digest(domain, suite, by.high_keys()[1:], body)
    return numbers(*ecdsa(by, domain + b"\0" + signed)), by.mldsa87.sign(signed, domain)


def whole(by: Person, classical: bytes, mldsa: bytes, *, suite: int = 2) -> bytes:
    """A signature, laid out."""
    return bytes([suite]) + by.fingerprint() + classical + mldsa


def of_suite_1(by: Person) -> bytes:
    """The same person's signature over the same body under suite 1."""
    domain = b"cloison/card/v1"
    signed = digest(domain, 1, by.base_keys()[1:], BODY)
    return whole(by, by.ed25519.sign(domain + b"\0" + signed), by.mldsa65.sign(signed, domain), suite=1)


def signatures() -> Iterator[tuple[str, bool, bytes]]:
    """Each with its name and whether it holds for the reader, in the domain of cards, over the body."""
    classical, mldsa = halves(READER)
    other_classical, other_mldsa = halves(STRANGER)
    r, s = int.from_bytes(classical[:48], "big"), int.from_bytes(classical[48:], "big")
    true = whole(READER, classical, mldsa)
    yield "suite_2", True, true
    yield "suite_1", True, of_suite_1(READER)
    yield "high_s", False, whole(READER, numbers(r, ORDER - s), mldsa)
    yield "r_zero", False, whole(READER, numbers(0, s), mldsa)
    yield "s_zero", False, whole(READER, numbers(r, 0), mldsa)
    yield "r_order", False, whole(READER, numbers(ORDER, s), mldsa)
    yield "numbers_swapped", False, whole(READER, numbers(s, r), mldsa)
    yield "classical_zeros", False, whole(READER, bytes(96), mldsa)
    yield "mldsa_zeros", False, whole(READER, classical, bytes(4627))
    yield "classical_missing", False, whole(READER, b"", mldsa)
    yield "mldsa_missing", False, whole(READER, classical, b"")
    yield "halves_swapped", False, whole(READER, mldsa, classical)
    yield "classical_of_a_stranger", False, whole(READER, other_classical, mldsa)
    yield "mldsa_of_a_stranger", False, whole(READER, classical, other_mldsa)
    yield "by_a_stranger", False, whole(STRANGER, other_classical, other_mldsa)
    yield "by_a_stranger_under_the_name", False, whole(READER, other_classical, other_mldsa)
    for name, foreign in [
        ("other_domain", halves(READER, domain=b"cloison/endorsement/v1")),
        ("other_body", halves(READER, body=BODY + b" ")),
        ("digest_of_suite_1", halves(READER, suite=1)),
    ]:
        yield name, False, whole(READER, *foreign)
        yield f"{name}_classical", False, whole(READER, foreign[0], mldsa)
        yield f"{name}_mldsa", False, whole(READER, classical, foreign[1])
    yield "suite_byte_1", False, b"\1" + true[1:]
    yield "suite_byte_3", False, b"\3" + true[1:]
    yield "suite_1_with_byte_2", False, b"\2" + of_suite_1(READER)[1:]
    yield "fingerprint_changed", False, flipped(true, 1)
    yield "cut", False, true[:-1]
    yield "trailing_byte", False, true + b"\0"
    yield "nothing", False, b""


def main() -> None:
    """Write every vector."""
    sealed, signed = FOLDER / "sealed", FOLDER / "signatures"
    for folder in (sealed, signed):
        folder.mkdir(parents=True, exist_ok=True)
    for kind in (good(), bad_headers(), bad_wraps(), bad_macs(), bad_payloads()):
        for name, vector in kind:
            (sealed / name).write_bytes(vector.to_bytes())
    for name, holds, signature in signatures():
        head = f"expect: {'holds' if holds else 'refused'}\nseeds: {READER.seeds.hex()}\ndomain: cloison/card/v1\n\n"
        (signed / name).write_bytes(head.encode() + len(BODY).to_bytes(4, "big") + BODY + signature)


if __name__ == "__main__":
    main()
