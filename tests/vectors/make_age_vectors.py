"""Makes our age vectors, written once into the folder `age` beside this file and committed.

What is expected is stated here after the text of the format, not found by running our reader. Headers, MACs and
payloads are put together from primitives, apart from the library's own code, so that a fault shared by its two sides
would show; two files come from the `age` program itself. Run it again only to add a vector: hybrid stanzas are random.
"""

import base64
import hashlib
import hmac
import subprocess
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from cloison_crypto.hybrid import HybridIdentity
from cloison_crypto.passphrase import PassphraseRecipient
from cloison_crypto.recipients import Recipient
from cloison_crypto.secrets import SecretKey
from cloison_crypto.x25519 import X25519Identity

FOLDER = Path(__file__).parent / "age"
FILE_KEY = b"Cloison file key"
NONCE = hashlib.sha256(b"nonce").digest()[:16]
CHUNK = 64 * 1024
TEXT = "Le convoi est passé à 5 h 40.\n".encode()
LOW_ORDER = bytes.fromhex("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800")
ORDINARY, FINAL = 0, 1

X25519 = X25519Identity(hashlib.sha256(b"x25519").digest())
X25519_STRANGER = X25519Identity(hashlib.sha256(b"x25519 stranger").digest())
HYBRID = HybridIdentity(hashlib.sha256(b"hybrid").digest())
HYBRID_STRANGER = HybridIdentity(hashlib.sha256(b"hybrid stranger").digest())
PASSPHRASE = "mirabelle quetsche"

X25519_SECRET = "identity: " + X25519.secret_text()
HYBRID_SECRET = "identity: " + HYBRID.secret_text()
PASSPHRASE_SECRET = "passphrase: " + PASSPHRASE


@dataclass(frozen=True, slots=True, kw_only=True)
class Vector:
    """A file and what must come of it; `given` is all that may be given out."""

    expect: str
    content: bytes
    given: bytes | None = None
    secret: str = X25519_SECRET
    is_armored: bool = False

    def to_bytes(self) -> bytes:
        """The head, an empty line, the file, deflated when it is large."""
        lines = [f"expect: {self.expect}", self.secret]
        if self.given is not None:
            lines.append(f"payload: {hashlib.sha256(self.given).hexdigest()}")
        if self.is_armored:
            lines.append("armored: yes")
        if len(self.content) < 10_000:
            return "\n".join([*lines, "", ""]).encode() + self.content
        return "\n".join([*lines, "compressed: zlib", "", ""]).encode() + zlib.compress(self.content, 9)


Named = Iterator[tuple[str, Vector]]


def draw(length: int) -> bytes:
    """Repeatable in place of random."""
    return hashlib.shake_256(b"vectors").digest(length)


def unpadded(content: bytes) -> str:
    """Base64 as in headers."""
    return base64.b64encode(content).decode().rstrip("=")


def stanza(*words: str, body: bytes) -> str:
    """A stanza's text."""
    encoded = unpadded(body)
    columns = [encoded[start : start + 64] for start in range(0, len(encoded) + 1, 64)]
    return "\n".join(["-> " + " ".join(words), *columns, ""])


def wrap(recipient: Recipient) -> str:
    """The stanza of a recipient, as text."""
    wrapped = recipient.wrap(SecretKey.copy_of(FILE_KEY), randomness=draw)
    return stanza(wrapped.type, *wrapped.arguments, body=wrapped.body)


def hkdf(salt: bytes, info: bytes) -> bytes:
    """RFC 5869 over the file key, one block."""
    return hmac.digest(hmac.digest(salt or bytes(32), FILE_KEY, "sha256"), info + b"\1", "sha256")


def header(*stanzas: str, version: str = "age-encryption.org/v1\n") -> bytes:
    """A header whose MAC is true of its text, whatever that text is."""
    signed = (version + "".join(stanzas) + "---").encode()
    mac = hmac.digest(hkdf(b"", b"header"), signed, "sha256")
    return signed + f" {unpadded(mac)}\n".encode()


def payload(*chunks: tuple[bytes, int]) -> bytes:
    """The nonce and these chunks, each with its flag, numbered from zero."""
    cipher = ChaCha20Poly1305(hkdf(NONCE, b"payload"))
    sealed = [
        cipher.encrypt(number.to_bytes(11, "big") + bytes([flag]), plain, None)
        for number, (plain, flag) in enumerate(chunks)
    ]
    return NONCE + b"".join(sealed)


def key_stream(number: int, flag: int) -> bytes:
    """A chunk that seals to zeros, so that a long vector is small once deflated."""
    cipher = ChaCha20Poly1305(hkdf(NONCE, b"payload"))
    return cipher.encrypt(number.to_bytes(11, "big") + bytes([flag]), bytes(CHUNK), None)[:CHUNK]


def armor(content: bytes, *, columns: int = 64, end: str = "\n") -> bytes:
    """An armor of any width and any end of line."""
    encoded = base64.b64encode(content).decode()
    lines = [encoded[start : start + columns] for start in range(0, len(encoded), columns)]
    marks = [f"-----{word} AGE ENCRYPTED FILE-----" for word in ("BEGIN", "END")]
    return end.join([marks[0], *lines, marks[1], ""]).encode()


SMALL = payload((TEXT, FINAL))
X25519_STANZA = wrap(X25519.recipient())
HYBRID_STANZA = wrap(HYBRID.recipient())
SCRYPT_STANZA = wrap(PassphraseRecipient(PASSPHRASE.encode(), work_factor=10))
FILE = header(X25519_STANZA) + SMALL


def good() -> Named:
    """Files that open."""
    second = wrap(X25519_STRANGER.recipient()), X25519_STANZA
    hybrid_second = wrap(HYBRID_STRANGER.recipient()), HYBRID_STANZA
    for name, text, secret in [
        ("x25519", header(X25519_STANZA), X25519_SECRET),
        ("x25519_second_stanza", header(*second), X25519_SECRET),
        ("unknown_stanza", header(stanza("grease!", "~", "{}", body=bytes(97)), X25519_STANZA), X25519_SECRET),
        ("unknown_stanza_full_line", header(stanza("grease", body=bytes(48)), X25519_STANZA), X25519_SECRET),
        ("hybrid", header(HYBRID_STANZA), HYBRID_SECRET),
        ("hybrid_second_stanza", header(*hybrid_second), HYBRID_SECRET),
        ("passphrase", header(SCRYPT_STANZA), PASSPHRASE_SECRET),
    ]:
        yield name, Vector(expect="success", content=text + SMALL, given=TEXT, secret=secret)
    ordinary = [key_stream(number, ORDINARY) for number in range(16)]
    for name, plain in [
        ("payload_empty", [b""]),
        ("payload_full_chunk", [key_stream(0, FINAL)]),
        ("payload_sixteen_chunks", [*ordinary[:15], key_stream(15, FINAL)]),
        ("payload_sixteen_chunks_and_one_byte", [*ordinary, b"x"]),
    ]:
        flags = [ORDINARY] * (len(plain) - 1) + [FINAL]
        content = header(X25519_STANZA) + payload(*zip(plain, flags, strict=True))
        yield name, Vector(expect="success", content=content, given=b"".join(plain))


def by_age() -> Named:
    """Files that the `age` program made."""
    command = ["age", "-e", "-r", str(X25519.recipient())]
    made = subprocess.run(command, input=TEXT, capture_output=True, check=True).stdout
    yield "x25519_made_by_age", Vector(expect="success", content=made, given=TEXT)
    made = subprocess.run([*command, "-a"], input=TEXT * 5, capture_output=True, check=True).stdout
    yield "armor_made_by_age", Vector(expect="success", content=made, given=TEXT * 5, is_armored=True)


def bad_headers() -> Named:
    """Files whose header is malformed though its MAC is true."""
    share, body = X25519_STANZA.split()[2:]
    wrong_texts = {
        "version_2": header(X25519_STANZA, version="age-encryption.org/v2\n"),
        "version_crlf": header(X25519_STANZA, version="age-encryption.org/v1\r\n"),
        "no_stanza": header(),
        "two_spaces": header(X25519_STANZA.replace("X25519 ", "X25519  ")),
        "space_at_end": header(X25519_STANZA.replace(share, share + " ")),
        "tab": header(stanza("a\tb", body=b""), X25519_STANZA),
        "no_type": header("-> \n\n", X25519_STANZA),
        "empty_line_between": header(X25519_STANZA + "\n"),
        "body_padded": header(X25519_STANZA.replace(body, body + "=")),
        "body_bits_left_over": header(stanza("a", body=b"").replace("\n\n", "\nAB\n"), X25519_STANZA),
        "body_in_two_short_lines": header(X25519_STANZA.replace(body, body[:20] + "\n" + body[20:])),
        "body_wide": header("-> a\n" + "A" * 68 + "\n", X25519_STANZA),
        "body_full_line_alone": header("-> a\n" + "A" * 64 + "\n" + X25519_STANZA),
        "x25519_two_arguments": header(X25519_STANZA.replace(share, share + " a")),
        "x25519_long_file_key": header(X25519_STANZA.replace(body, unpadded(bytes(33)))),
        "x25519_low_order": header(X25519_STANZA.replace(share, unpadded(LOW_ORDER))),
        "too_many_stanzas": header(*[stanza("a", body=b"")] * 4096, X25519_STANZA),
        "too_long": header(stanza("a", body=bytes(6_400_000)), X25519_STANZA),
        "no_mac": header(X25519_STANZA)[:-45] + b"\n",
        "mac_short": header(X25519_STANZA)[:-2] + b"\n",
        "scrypt_beside_x25519": header(SCRYPT_STANZA, X25519_STANZA),
    }
    for name, text in wrong_texts.items():
        yield f"header_{name}", Vector(expect="header failure", content=text + SMALL)
    yield "header_cut", Vector(expect="header failure", content=FILE[:60])
    yield "header_nonce_cut", Vector(expect="header failure", content=header(X25519_STANZA) + NONCE[:15])
    yield "header_empty_file", Vector(expect="header failure", content=b"")


def bad_hybrid_and_scrypt() -> Named:
    """Malformed stanzas of the other two types."""
    argument = HYBRID_STANZA.split()[2]
    encapsulation = base64.b64decode(argument + "==")
    for name, point in [("identity", bytes(32)), ("low_order", LOW_ORDER)]:
        text = HYBRID_STANZA.replace(argument, unpadded(encapsulation[:1088] + point))
        yield f"hybrid_{name}", Vector(expect="header failure", content=header(text) + SMALL, secret=HYBRID_SECRET)
    for name, changed in [("short", encapsulation[:-1]), ("long", encapsulation + b"\0"), ("x25519", bytes(32))]:
        text = HYBRID_STANZA.replace(argument, unpadded(changed))
        yield (
            f"hybrid_share_{name}",
            Vector(expect="header failure", content=header(text) + SMALL, secret=HYBRID_SECRET),
        )
    swapped = encapsulation[:100] + bytes([encapsulation[100] ^ 1]) + encapsulation[101:]
    text = HYBRID_STANZA.replace(argument, unpadded(swapped))
    yield "hybrid_mlkem_changed", Vector(expect="no match", content=header(text) + SMALL, secret=HYBRID_SECRET)
    for name, changed_factor in [
        ("21", "21"),
        ("leading_zero", "010"),
        ("0", "0"),
        ("plus", "+10"),
        ("huge", "9" * 30),
    ]:
        text = SCRYPT_STANZA.replace(" 10\n", f" {changed_factor}\n")
        content = header(text) + SMALL
        yield f"scrypt_work_factor_{name}", Vector(expect="header failure", content=content, secret=PASSPHRASE_SECRET)
    content = header(SCRYPT_STANZA, SCRYPT_STANZA) + SMALL
    yield "scrypt_twice", Vector(expect="header failure", content=content, secret=PASSPHRASE_SECRET)


def strangers() -> Named:
    """Files for somebody else, and headers that were changed."""
    content = header(wrap(X25519_STRANGER.recipient())) + SMALL
    yield "stranger_x25519", Vector(expect="no match", content=content)
    content = header(wrap(HYBRID_STRANGER.recipient())) + SMALL
    yield "stranger_hybrid", Vector(expect="no match", content=content, secret=HYBRID_SECRET)
    yield (
        "stranger_passphrase",
        Vector(expect="no match", content=header(SCRYPT_STANZA) + SMALL, secret="passphrase: reine-claude"),
    )
    removed = header(X25519_STANZA, wrap(X25519_STRANGER.recipient()))
    changed = removed.replace(wrap(X25519_STRANGER.recipient()).encode(), b"")
    yield "mac_stanza_removed", Vector(expect="HMAC failure", content=changed + SMALL)
    yield (
        "mac_of_another_header",
        Vector(expect="HMAC failure", content=header(X25519_STANZA)[:-44] + header()[-44:] + SMALL),
    )


def bad_payloads() -> Named:
    """Payloads that are damaged, cut, reordered or too long; what came before the fault is given out."""
    zero, one, first = key_stream(0, ORDINARY), key_stream(1, ORDINARY), key_stream(0, FINAL)
    changed_tag = SMALL[:-1] + bytes([SMALL[-1] ^ 1])
    two = payload((zero, ORDINARY), (one, ORDINARY), (TEXT, FINAL))
    size = CHUNK + 16
    for name, sealed, given in [
        ("missing", NONCE, b""),
        ("tag_changed", changed_tag, b""),
        ("cut_in_tag", SMALL[:-1], b""),
        ("not_final", payload((TEXT, ORDINARY)), b""),
        ("full_chunk_not_final", payload((zero, ORDINARY)), zero),
        ("cut_after_chunk", two[: 16 + 2 * size], zero + one),
        ("cut_in_chunk", two[: 16 + size + 100], zero),
        ("chunk_dropped", two[: 16 + size] + two[16 + 2 * size :], zero),
        ("chunks_swapped", two[:16] + two[16 + size : 16 + 2 * size] + two[16 : 16 + size] + two[16 + 2 * size :], b""),
        ("chunk_twice", two[: 16 + size] + two[16:], zero),
        ("byte_added", SMALL + b"\0", b""),
        ("byte_added_to_full_chunk", payload((first, FINAL)) + b"\0", first),
        ("two_final_chunks", payload((first, FINAL), (TEXT, FINAL)), first),
        ("last_chunk_empty", payload((zero, ORDINARY), (b"", FINAL)), zero),
    ]:
        content = header(X25519_STANZA) + sealed
        yield f"payload_{name}", Vector(expect="payload failure", content=content, given=given)


def armors() -> Named:
    """Armor, strict."""
    marks = armor(b"").splitlines(keepends=True)
    strict = armor(FILE)
    for name, content in [
        ("plain", strict),
        ("crlf", armor(FILE, end="\r\n")),
        ("space_around", b"\n \t\r\n" + strict + b" \n\n"),
        ("no_line_feed_at_end", strict[:-1]),
    ]:
        yield f"armor_{name}", Vector(expect="success", content=content, given=TEXT, is_armored=True)
    yield "armor_empty", Vector(expect="header failure", content=b"".join(marks), is_armored=True)
    for name, content in [
        ("wide", armor(FILE, columns=68)),
        ("narrow", armor(FILE, columns=60)),
        ("no_end", strict[: -len(marks[1])]),
        ("no_begin", strict[len(marks[0]) :]),
        ("text_before", b"see below\n" + strict),
        ("text_after", strict + b"see above\n"),
        ("space_inside", strict.replace(marks[0], marks[0] + b"\n")),
        ("space_in_mark", strict.replace(b"BEGIN ", b"BEGIN  ")),
        ("not_armored", FILE),
    ]:
        yield f"armor_{name}", Vector(expect="armor failure", content=content, is_armored=True)


def main() -> None:
    """Write every vector."""
    FOLDER.mkdir(exist_ok=True)
    kinds = (good(), by_age(), bad_headers(), bad_hybrid_and_scrypt(), strangers(), bad_payloads(), armors())
    for name, vector in chain.from_iterable(kinds):
        (FOLDER / name).write_bytes(vector.to_bytes())


if __name__ == "__main__":
    main()
