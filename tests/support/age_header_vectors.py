"""Age vectors whose header is malformed, changed, or for somebody else."""

from __future__ import annotations

import base64
from itertools import chain

from age_pieces import (
    FILE,
    HYBRID_SECRET,
    HYBRID_STANZA,
    HYBRID_STRANGER,
    LOW_ORDER,
    NONCE,
    PASSPHRASE_SECRET,
    SCRYPT_STANZA,
    SMALL,
    X25519_SECRET,
    X25519_STANZA,
    X25519_STRANGER,
    Named,
    NewVector,
    flipped,
    header,
    stanza,
    unpadded,
    wrap,
)

GREASE = stanza("grease", "a", body=bytes(20))
X25519_SHARE, X25519_BODY = X25519_STANZA.split()[2:]
HYBRID_SHARE, HYBRID_BODY = HYBRID_STANZA.split("\n")[0].split()[2], "".join(HYBRID_STANZA.split("\n")[1:])
SCRYPT_SALT, SCRYPT_BODY = SCRYPT_STANZA.split()[2], SCRYPT_STANZA.split()[4]
HEADER = header(X25519_STANZA)
SHARE = base64.b64decode(X25519_SHARE + "=")
ENCAPSULATION = base64.b64decode(HYBRID_SHARE + "==")
SALT = base64.b64decode(SCRYPT_SALT + "==")


def header_vectors() -> Named:
    """All of them."""
    return chain(bad_lines(), bad_macs(), bad_x25519(), bad_hybrid(), bad_scrypt(), strangers(), changed())


def not_canonical(encoded: str) -> str:
    """The same bytes in another spelling: of unpadded base64 that ends in the middle of a byte, the last bit set."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    return encoded[:-1] + alphabet[alphabet.index(encoded[-1]) + 1]


def bad_lines() -> Named:
    """The MAC is true of these, whatever they are."""
    wrong = {
        "version_2": header(X25519_STANZA, version="age-encryption.org/v2\n"),
        "version_10": header(X25519_STANZA, version="age-encryption.org/v10\n"),
        "version_upper_case": header(X25519_STANZA, version="AGE-ENCRYPTION.ORG/V1\n"),
        "version_crlf": header(X25519_STANZA, version="age-encryption.org/v1\r\n"),
        "version_space_after": header(X25519_STANZA, version="age-encryption.org/v1 \n"),
        "version_missing": header(X25519_STANZA, version=""),
        "version_empty_line_before": header(X25519_STANZA, version="\nage-encryption.org/v1\n"),
        "version_byte_order_mark_before": header(X25519_STANZA, version="\ufeffage-encryption.org/v1\n"),
        "version_twice": header(X25519_STANZA, version="age-encryption.org/v1\n" * 2),
        "no_stanza": header(),
        "two_spaces": header(X25519_STANZA.replace("X25519 ", "X25519  ")),
        "space_at_end": header(X25519_STANZA.replace(X25519_SHARE, X25519_SHARE + " ")),
        "space_before": header(" " + X25519_STANZA),
        "crlf_in_stanza": header(X25519_STANZA.replace("\n", "\r\n")),
        "cr_in_argument": header(stanza("a", "b\rc", body=b""), X25519_STANZA),
        "tab": header(stanza("a\tb", body=b""), X25519_STANZA),
        "nul": header(stanza("a\0b", body=b""), X25519_STANZA),
        "delete_character": header(stanza("a\x7fb", body=b""), X25519_STANZA),
        "not_ascii": header(stanza("é", body=b""), X25519_STANZA),
        "no_type": header("-> \n\n", X25519_STANZA),
        "no_space_after_arrow": header(X25519_STANZA.replace("-> ", "->")),
        "arrow_alone": header("->\n\n", X25519_STANZA),
        "other_arrow": header(X25519_STANZA.replace("-> ", "=> ")),
        "long_arrow": header(X25519_STANZA.replace("-> ", "--> ")),
        "empty_line_between": header(X25519_STANZA + "\n"),
        "text_between": header(X25519_STANZA + "text\n"),
        "body_padded": header(X25519_STANZA.replace(X25519_BODY, X25519_BODY + "=")),
        "body_bits_left_over": header(stanza("a", body=b"").replace("\n\n", "\nAB\n"), X25519_STANZA),
        "body_of_one_character": header("-> a\nA\n", X25519_STANZA),
        "body_in_two_short_lines": header(
            X25519_STANZA.replace(X25519_BODY, X25519_BODY[:20] + "\n" + X25519_BODY[20:])
        ),
        "body_wide": header("-> a\n" + "A" * 68 + "\n", X25519_STANZA),
        "body_full_line_alone": header("-> a\n" + "A" * 64 + "\n" + X25519_STANZA),
        "body_full_line_last": header(X25519_STANZA, "-> a\n" + "A" * 64 + "\n"),
        "body_missing": header("-> a\n", X25519_STANZA),
        "body_missing_last": header(X25519_STANZA, "-> a\n"),
        "body_space_after": header(X25519_STANZA.replace(X25519_BODY, X25519_BODY + " ")),
        "body_of_other_alphabet": header("-> a\nAA-_\n", X25519_STANZA),
        "body_not_base64": header("-> a\nAA!A\n", X25519_STANZA),
        "too_many_stanzas": header(*[stanza("a", body=b"")] * 4096, X25519_STANZA),
        "too_long": header(stanza("a", body=bytes(6_400_000)), X25519_STANZA),
    }
    for name, text in wrong.items():
        yield f"header_{name}", NewVector(expect="header failure", content=text + SMALL)
    yield "header_cut", NewVector(expect="header failure", content=FILE[:60])
    yield "header_cut_before_mac", NewVector(expect="header failure", content=HEADER[: HEADER.index(b"---")])
    yield "header_cut_in_version", NewVector(expect="header failure", content=FILE[:10])
    yield "header_nonce_missing", NewVector(expect="header failure", content=HEADER)
    yield "header_nonce_cut", NewVector(expect="header failure", content=HEADER + NONCE[:15])
    yield "header_empty_file", NewVector(expect="header failure", content=b"")


def bad_macs() -> Named:
    """A last line that is not one."""
    front, mac = HEADER[:-44], HEADER[-44:-1]
    for name, text in {
        "missing": HEADER[:-45] + b"\n",
        "short": HEADER[:-2] + b"\n",
        "long": HEADER[:-1] + b"AAAA\n",
        "empty": front + b"\n",
        "no_space": front[:-1] + mac + b"\n",
        "two_spaces": front + b" " + mac + b"\n",
        "space_after": front + mac + b" \n",
        "crlf": front + mac + b"\r\n",
        "padded": front + mac + b"=\n",
        "not_canonical": front + not_canonical(mac.decode()).encode() + b"\n",
        "not_base64": front + b"!" * 43 + b"\n",
        "after_two_dashes": front[:-2] + b" " + mac + b"\n",
        "after_four_dashes": front[:-1] + b"- " + mac + b"\n",
        "two_words": front + mac + b" a\n",
        "without_line_feed": front + mac,
    }.items():
        yield f"mac_{name}", NewVector(expect="header failure", content=text + SMALL)


def bad_x25519() -> Named:
    """Malformed X25519 stanzas."""
    wrong = {
        "body_empty": X25519_STANZA.replace(X25519_BODY, ""),
        "body_short": X25519_STANZA.replace(X25519_BODY, unpadded(bytes(31))),
        "long_file_key": X25519_STANZA.replace(X25519_BODY, unpadded(bytes(33))),
        "two_arguments": X25519_STANZA.replace(X25519_SHARE, X25519_SHARE + " a"),
        "low_order": X25519_STANZA.replace(X25519_SHARE, unpadded(LOW_ORDER)),
        "identity_point": X25519_STANZA.replace(X25519_SHARE, unpadded(bytes(32))),
        "point_one": X25519_STANZA.replace(X25519_SHARE, unpadded(b"\1" + bytes(31))),
        "no_argument": X25519_STANZA.replace(" " + X25519_SHARE, ""),
        "share_short": X25519_STANZA.replace(X25519_SHARE, unpadded(SHARE[:-1])),
        "share_long": X25519_STANZA.replace(X25519_SHARE, unpadded(SHARE + b"\0")),
        "share_padded": X25519_STANZA.replace(X25519_SHARE, X25519_SHARE + "="),
        "share_not_canonical": X25519_STANZA.replace(X25519_SHARE, not_canonical(X25519_SHARE)),
        "share_hybrid": X25519_STANZA.replace(X25519_SHARE, HYBRID_SHARE),
        "body_not_canonical": X25519_STANZA.replace(X25519_BODY, not_canonical(X25519_BODY)),
        "malformed_before_good": stanza("X25519", "AAAA", body=bytes(32)) + X25519_STANZA,
    }
    for name, text in wrong.items():
        yield f"x25519_{name}", NewVector(expect="header failure", content=header(text) + SMALL)


def bad_hybrid() -> Named:
    """Malformed mlkem768x25519 stanzas."""
    shares = {
        "identity": ENCAPSULATION[:1088] + bytes(32),
        "low_order": ENCAPSULATION[:1088] + LOW_ORDER,
        "share_short": ENCAPSULATION[:-1],
        "share_long": ENCAPSULATION + b"\0",
        "share_x25519": bytes(32),
    }
    wrong = {
        **{name: HYBRID_STANZA.replace(HYBRID_SHARE, unpadded(share)) for name, share in shares.items()},
        "no_argument": HYBRID_STANZA.replace(" " + HYBRID_SHARE, ""),
        "two_arguments": HYBRID_STANZA.replace(HYBRID_SHARE, HYBRID_SHARE + " a"),
        "share_padded": HYBRID_STANZA.replace(HYBRID_SHARE, HYBRID_SHARE + "="),
        "share_not_canonical": HYBRID_STANZA.replace(HYBRID_SHARE, not_canonical(HYBRID_SHARE)),
        "body_not_canonical": HYBRID_STANZA.replace(HYBRID_BODY, not_canonical(HYBRID_BODY)),
        "body_short": HYBRID_STANZA.replace(HYBRID_BODY, unpadded(bytes(31))),
        "long_file_key": HYBRID_STANZA.replace(HYBRID_BODY, unpadded(bytes(33))),
    }
    for name, text in wrong.items():
        content = header(text) + SMALL
        yield f"hybrid_{name}", NewVector(expect="header failure", content=content, secret=HYBRID_SECRET)


def bad_scrypt() -> Named:
    """Malformed scrypt stanzas, and those that are not alone."""
    factors = {
        "21": "21",
        "23": "23",
        "leading_zero": "010",
        "0": "0",
        "plus": "+10",
        "minus": "-10",
        "huge": "9" * 30,
        "hexadecimal": "0xa",
        "exponent": "1e1",
        "letter_before": "a10",
        "letter_after": "10a",
        "point": "10.0",
    }
    wrong = {
        **{f"work_factor_{name}": SCRYPT_STANZA.replace(" 10\n", f" {one}\n") for name, one in factors.items()},
        "work_factor_missing": SCRYPT_STANZA.replace(" 10\n", "\n"),
        "no_argument": SCRYPT_STANZA.replace(f" {SCRYPT_SALT} 10", ""),
        "three_arguments": SCRYPT_STANZA.replace(" 10\n", " 10 a\n"),
        "arguments_swapped": SCRYPT_STANZA.replace(f"{SCRYPT_SALT} 10", f"10 {SCRYPT_SALT}"),
        "salt_missing": SCRYPT_STANZA.replace(f" {SCRYPT_SALT}", ""),
        "salt_short": SCRYPT_STANZA.replace(SCRYPT_SALT, unpadded(SALT[:-1])),
        "salt_long": SCRYPT_STANZA.replace(SCRYPT_SALT, unpadded(SALT + b"\0")),
        "salt_padded": SCRYPT_STANZA.replace(SCRYPT_SALT, SCRYPT_SALT + "=="),
        "salt_not_canonical": SCRYPT_STANZA.replace(SCRYPT_SALT, not_canonical(SCRYPT_SALT)),
        "body_not_canonical": SCRYPT_STANZA.replace(SCRYPT_BODY, not_canonical(SCRYPT_BODY)),
        "body_short": SCRYPT_STANZA.replace(SCRYPT_BODY, unpadded(bytes(31))),
        "long_file_key": SCRYPT_STANZA.replace(SCRYPT_BODY, unpadded(bytes(33))),
        "twice": SCRYPT_STANZA * 2,
        "beside_x25519": SCRYPT_STANZA + X25519_STANZA,
        "after_x25519": X25519_STANZA + SCRYPT_STANZA,
        "beside_unknown_stanza": SCRYPT_STANZA + GREASE,
    }
    for name, text in wrong.items():
        content = header(text) + SMALL
        yield f"scrypt_{name}", NewVector(expect="header failure", content=content, secret=PASSPHRASE_SECRET)
    content = header(SCRYPT_STANZA, X25519_STANZA) + SMALL
    yield "header_scrypt_beside_x25519", NewVector(expect="header failure", content=content, secret=X25519_SECRET)


def strangers() -> Named:
    """Well-formed files that this secret does not open."""
    mlkem_changed = HYBRID_STANZA.replace(HYBRID_SHARE, unpadded(flipped(ENCAPSULATION, 100)))
    share_changed = HYBRID_STANZA.replace(HYBRID_SHARE, unpadded(flipped(ENCAPSULATION, 1100)))
    high_bit = SHARE[:-1] + bytes([SHARE[-1] ^ 128])
    other_passphrase = "passphrase: reine-claude"
    for name, text, secret in [
        ("stranger_x25519", wrap(X25519_STRANGER.recipient()), X25519_SECRET),
        ("stranger_hybrid", wrap(HYBRID_STRANGER.recipient()), HYBRID_SECRET),
        ("stranger_passphrase", SCRYPT_STANZA, other_passphrase),
        ("stranger_of_another_type", HYBRID_STANZA, X25519_SECRET),
        ("stranger_of_the_other_type", X25519_STANZA, HYBRID_SECRET),
        ("stranger_with_a_key_to_a_passphrase", SCRYPT_STANZA, X25519_SECRET),
        ("stranger_with_a_passphrase_to_a_key", X25519_STANZA, PASSPHRASE_SECRET),
        ("stranger_to_unknown_stanzas", GREASE, X25519_SECRET),
        ("x25519_lower_case", X25519_STANZA.replace("X25519", "x25519"), X25519_SECRET),
        ("x25519_tag_changed", stanza("X25519", X25519_SHARE, body=flipped(body_of(X25519_BODY), 31)), X25519_SECRET),
        ("x25519_key_changed", stanza("X25519", X25519_SHARE, body=flipped(body_of(X25519_BODY), 0)), X25519_SECRET),
        ("x25519_share_changed", X25519_STANZA.replace(X25519_SHARE, unpadded(flipped(SHARE, 5))), X25519_SECRET),
        ("x25519_share_high_bit", X25519_STANZA.replace(X25519_SHARE, unpadded(high_bit)), X25519_SECRET),
        ("hybrid_upper_case", HYBRID_STANZA.replace("mlkem768x25519", "MLKEM768X25519"), HYBRID_SECRET),
        ("hybrid_mlkem_changed", mlkem_changed, HYBRID_SECRET),
        ("hybrid_x25519_changed", share_changed, HYBRID_SECRET),
        (
            "hybrid_tag_changed",
            stanza("mlkem768x25519", HYBRID_SHARE, body=flipped(body_of(HYBRID_BODY), 31)),
            HYBRID_SECRET,
        ),
        ("scrypt_upper_case", SCRYPT_STANZA.replace("scrypt", "SCRYPT"), PASSPHRASE_SECRET),
        ("scrypt_work_factor_changed", SCRYPT_STANZA.replace(" 10\n", " 9\n"), PASSPHRASE_SECRET),
        ("scrypt_salt_changed", SCRYPT_STANZA.replace(SCRYPT_SALT, unpadded(flipped(SALT, 3))), PASSPHRASE_SECRET),
        (
            "scrypt_tag_changed",
            stanza("scrypt", SCRYPT_SALT, "10", body=flipped(body_of(SCRYPT_BODY), 31)),
            PASSPHRASE_SECRET,
        ),
    ]:
        yield name, NewVector(expect="no match", content=header(text) + SMALL, secret=secret)


def changed() -> Named:
    """Headers that hold the file key and were changed afterwards."""
    two = header(X25519_STANZA, wrap(X25519_STRANGER.recipient()))
    greased = header(GREASE, X25519_STANZA)
    mac = HEADER[-44:-1].decode()
    mac_flipped = unpadded(flipped(base64.b64decode(mac + "="), 7)).encode()
    for name, text, secret in [
        ("stanza_removed", two.replace(wrap(X25519_STRANGER.recipient()).encode(), b""), X25519_SECRET),
        ("of_another_header", HEADER[:-44] + header()[-44:], X25519_SECRET),
        ("flipped", HEADER[:-44] + mac_flipped + b"\n", X25519_SECRET),
        ("zero", HEADER[:-44] + b"A" * 43 + b"\n", X25519_SECRET),
        ("stanza_added", HEADER.replace(b"-> X25519", GREASE.encode() + b"-> X25519"), X25519_SECRET),
        ("stanza_added_behind", HEADER.replace(b"---", GREASE.encode() + b"---"), X25519_SECRET),
        ("stanzas_swapped", header(X25519_STANZA, GREASE)[:-44] + greased[-44:], X25519_SECRET),
        ("unknown_argument_changed", greased.replace(b"grease a", b"grease b"), X25519_SECRET),
        ("unknown_body_changed", greased.replace(b"AAAA", b"AAAB", 1), X25519_SECRET),
        ("of_hybrid_flipped", header(HYBRID_STANZA)[:-44] + mac_flipped + b"\n", HYBRID_SECRET),
        ("of_passphrase_flipped", header(SCRYPT_STANZA)[:-44] + mac_flipped + b"\n", PASSPHRASE_SECRET),
    ]:
        yield f"mac_{name}", NewVector(expect="HMAC failure", content=text + SMALL, secret=secret)


def body_of(encoded: str) -> bytes:
    """The bytes of a body of 32."""
    return base64.b64decode(encoded + "=")
