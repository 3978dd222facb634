"""Makes our age vectors: those not yet in the folder `age` beside this file are written there, to be committed.

PYTHONPATH=tests/support .venv/bin/python tests/vectors/make_age_vectors.py

What is expected is stated here and in `age_header_vectors` after the text of the format, not found by running our
reader; four files come from other programs. Vectors that are there stay: hybrid stanzas are random.
"""

import subprocess
from itertools import chain
from pathlib import Path

import rage
from age_header_vectors import GREASE, HEADER, header_vectors
from age_pieces import (
    BEGIN,
    CHUNK,
    END,
    FILE,
    FINAL,
    HYBRID_SECRET,
    HYBRID_STANZA,
    HYBRID_STRANGER,
    NONCE,
    ORDINARY,
    PASSPHRASE_SECRET,
    SCRYPT_STANZA,
    SMALL,
    TEXT,
    X25519,
    X25519_SECRET,
    X25519_STANZA,
    X25519_STRANGER,
    Named,
    NewVector,
    armor,
    chunk,
    flipped,
    header,
    key_stream,
    payload,
    stanza,
    wrap,
)

FOLDER = Path(__file__).parent / "age"
SEALED_CHUNK = CHUNK + 16


def good() -> Named:
    """Files that open."""
    second = wrap(X25519_STRANGER.recipient()), X25519_STANZA
    hybrid_second = wrap(HYBRID_STRANGER.recipient()), HYBRID_STANZA
    every_character = [chr(code) for code in range(33, 127)]
    two_keys = f"identity: {X25519_STRANGER.secret_text()}\n{X25519_SECRET}"
    for name, text, secret in [
        ("x25519", header(X25519_STANZA), X25519_SECRET),
        ("x25519_second_stanza", header(*second), X25519_SECRET),
        ("x25519_first_stanza", header(*reversed(second)), X25519_SECRET),
        ("x25519_twice", header(X25519_STANZA, X25519_STANZA), X25519_SECRET),
        ("x25519_second_key", header(X25519_STANZA), two_keys),
        ("x25519_key_and_passphrase", header(X25519_STANZA), f"{X25519_SECRET}\n{PASSPHRASE_SECRET}"),
        ("x25519_forty_stanzas", header(*[wrap(X25519_STRANGER.recipient())] * 39, X25519_STANZA), X25519_SECRET),
        ("x25519_beside_hybrid", header(X25519_STANZA, HYBRID_STANZA), X25519_SECRET),
        ("unknown_stanza", header(stanza("grease!", "~", "{}", body=bytes(97)), X25519_STANZA), X25519_SECRET),
        ("unknown_stanza_full_line", header(stanza("grease", body=bytes(48)), X25519_STANZA), X25519_SECRET),
        ("unknown_stanza_two_full_lines", header(X25519_STANZA, stanza("a", body=bytes(96))), X25519_SECRET),
        ("unknown_stanza_empty_body", header(stanza("a", "b", body=b""), X25519_STANZA), X25519_SECRET),
        ("unknown_stanza_no_argument", header(stanza("a", body=bytes(3)), X25519_STANZA), X25519_SECRET),
        ("unknown_stanza_every_character", header(stanza(*every_character, body=b""), X25519_STANZA), X25519_SECRET),
        ("unknown_stanza_long_argument", header(stanza("a", "b" * 5000, body=b""), X25519_STANZA), X25519_SECRET),
        ("hybrid", header(HYBRID_STANZA), HYBRID_SECRET),
        ("hybrid_second_stanza", header(*hybrid_second), HYBRID_SECRET),
        ("hybrid_beside_x25519", header(X25519_STANZA, HYBRID_STANZA), HYBRID_SECRET),
        ("hybrid_beside_unknown_stanza", header(GREASE, HYBRID_STANZA), HYBRID_SECRET),
        ("passphrase", header(SCRYPT_STANZA), PASSPHRASE_SECRET),
        ("passphrase_and_key", header(SCRYPT_STANZA), f"{X25519_SECRET}\n{PASSPHRASE_SECRET}"),
    ]:
        yield name, NewVector(expect="success", content=text + SMALL, given=TEXT, secret=secret)


def good_payloads() -> Named:
    """Payloads of every length that matters."""
    ordinary = [key_stream(number, ORDINARY) for number in range(257)]
    for name, plain in [
        ("empty", [b""]),
        ("one_byte", [b"x"]),
        ("full_chunk", [key_stream(0, FINAL)]),
        ("full_chunk_and_one_byte", [*ordinary[:1], b"x"]),
        ("two_full_chunks", [*ordinary[:1], key_stream(1, FINAL)]),
        ("three_chunks", [*ordinary[:2], TEXT]),
        ("four_chunks", [*ordinary[:3], key_stream(3, FINAL)]),
        ("four_chunks_and_one_byte", [*ordinary[:4], b"x"]),
        ("sixteen_chunks", [*ordinary[:15], key_stream(15, FINAL)]),
        ("sixteen_chunks_and_one_byte", [*ordinary[:16], b"x"]),
        ("number_of_two_bytes", [*ordinary, TEXT]),
    ]:
        flags = [ORDINARY] * (len(plain) - 1) + [FINAL]
        content = HEADER + payload(*zip(plain, flags, strict=True))
        yield f"payload_{name}", NewVector(expect="success", content=content, given=b"".join(plain))


def by_others() -> Named:
    """Files that the program `age` and the library `pyrage` made."""
    command = ["age", "-e", "-r", str(X25519.recipient())]
    made = subprocess.run(command, input=TEXT, capture_output=True, check=True).stdout
    yield "x25519_made_by_age", NewVector(expect="success", content=made, given=TEXT)
    made = subprocess.run([*command, "-a"], input=TEXT * 5, capture_output=True, check=True).stdout
    yield "armor_made_by_age", NewVector(expect="success", content=made, given=TEXT * 5, is_armored=True)
    recipients = str(X25519_STRANGER.recipient()), str(X25519.recipient())
    made = rage.seal(TEXT, *recipients)
    yield "x25519_made_by_pyrage", NewVector(expect="success", content=made, given=TEXT)
    made = rage.seal_armored(TEXT * 5, *recipients)
    yield "armor_made_by_pyrage", NewVector(expect="success", content=made, given=TEXT * 5, is_armored=True)


def bad_payloads() -> Named:
    """Payloads that are damaged, cut, reordered or too long; what came before the fault is given out."""
    zero, one, first = key_stream(0, ORDINARY), key_stream(1, ORDINARY), key_stream(0, FINAL)
    two = payload((zero, ORDINARY), (one, ORDINARY), (TEXT, FINAL))
    start, second, third = 16, 16 + SEALED_CHUNK, 16 + 2 * SEALED_CHUNK
    for name, sealed, given in [
        ("missing", NONCE, b""),
        ("tag_changed", flipped(SMALL, -1), b""),
        ("text_changed", flipped(SMALL, 16), b""),
        ("nonce_changed", flipped(SMALL, 0), b""),
        ("cut_in_tag", SMALL[:-1], b""),
        ("shorter_than_a_tag", NONCE + bytes(15), b""),
        ("tag_alone", NONCE + bytes(16), b""),
        ("not_final", payload((TEXT, ORDINARY)), b""),
        ("empty_not_final", payload((b"", ORDINARY)), b""),
        ("flag_of_two", NONCE + chunk(0, 2, TEXT), b""),
        ("numbered_from_one", NONCE + chunk(1, FINAL, TEXT), b""),
        ("full_chunk_not_final", payload((zero, ORDINARY)), zero),
        ("second_full_chunk_not_final", payload((zero, ORDINARY), (one, ORDINARY)), zero + one),
        ("second_chunk_not_final", payload((zero, ORDINARY), (TEXT, ORDINARY)), zero),
        ("full_chunk_changed", flipped(two, start + 5), b""),
        ("second_full_chunk_changed", flipped(two, second + 5), zero),
        ("second_full_chunk_tag_changed", flipped(two, third - 1), zero),
        ("last_chunk_changed", flipped(two, -1), zero + one),
        ("last_full_chunk_changed", flipped(payload((zero, ORDINARY), (one, FINAL)), second + 5), zero),
        ("cut_after_chunk", two[:third], zero + one),
        ("cut_in_chunk", two[: second + 100], zero),
        ("cut_in_second_tag", two[: third - 8], zero),
        ("short_chunk_inside", payload((TEXT, ORDINARY), (TEXT, FINAL)), b""),
        ("chunk_dropped", two[:second] + two[third:], zero),
        ("first_chunk_dropped", two[:start] + two[second:], b""),
        ("chunks_swapped", two[:start] + two[second:third] + two[start:second] + two[third:], b""),
        ("chunk_twice", two[:second] + two[start:], zero),
        ("number_left_out", NONCE + chunk(0, ORDINARY, zero) + chunk(2, FINAL, TEXT), zero),
        ("byte_added", SMALL + b"\0", b""),
        ("byte_added_to_full_chunk", payload((first, FINAL)) + b"\0", first),
        ("many_bytes_added_to_full_chunk", payload((first, FINAL)) + bytes(1000), first),
        ("chunk_added", payload((first, FINAL)) + bytes(SEALED_CHUNK), first),
        ("two_final_chunks", payload((first, FINAL), (TEXT, FINAL)), first),
        ("two_final_full_chunks", payload((first, FINAL), (key_stream(1, FINAL), FINAL)), first),
        ("last_chunk_empty", payload((zero, ORDINARY), (b"", FINAL)), zero),
        ("empty_chunk_after_last", payload((first, FINAL), (b"", FINAL)), first),
        ("empty_chunk_first", payload((b"", ORDINARY), (TEXT, FINAL)), b""),
    ]:
        yield f"payload_{name}", NewVector(expect="payload failure", content=HEADER + sealed, given=given)


def good_armors() -> Named:
    """Armor that is read: one form, white space around it, either end of line."""
    strict, hybrid = armor(FILE), armor(header(HYBRID_STANZA) + SMALL)
    lengths = {length: HEADER + payload((bytes(length), FINAL)) for length in range(48)}
    full = next(length for length, content in lengths.items() if len(content) % 48 == 0)
    for name, content, given, secret in [
        ("plain", strict, TEXT, X25519_SECRET),
        ("crlf", armor(FILE, end="\r\n"), TEXT, X25519_SECRET),
        ("space_around", b"\n \t\r\n" + strict + b" \n\n", TEXT, X25519_SECRET),
        ("no_line_feed_at_end", strict[:-1], TEXT, X25519_SECRET),
        ("last_line_full", armor(lengths[full]), bytes(full), X25519_SECRET),
        ("last_line_of_one_byte", armor(lengths[full + 1]), bytes(full + 1), X25519_SECRET),
        ("last_line_of_two_bytes", armor(lengths[full + 2]), bytes(full + 2), X25519_SECRET),
        ("hybrid", hybrid, TEXT, HYBRID_SECRET),
        ("passphrase", armor(header(SCRYPT_STANZA) + SMALL), TEXT, PASSPHRASE_SECRET),
    ]:
        yield f"armor_{name}", NewVector(expect="success", content=content, given=given, secret=secret, is_armored=True)
    first = key_stream(0, FINAL)
    crlf_inside = header(X25519_STANZA, version="age-encryption.org/v1\r\n") + SMALL
    others: list[tuple[str, str, bytes, bytes | None]] = [
        ("empty", "header failure", armor(b""), None),
        ("of_a_header_with_crlf", "header failure", armor(crlf_inside), None),
        ("of_a_stranger", "no match", armor(header(wrap(X25519_STRANGER.recipient())) + SMALL), None),
        ("of_a_changed_header", "HMAC failure", armor(HEADER[:-44] + b"A" * 43 + b"\n" + SMALL), None),
        ("of_bytes_after_the_payload", "payload failure", armor(HEADER + payload((first, FINAL)) + b"x"), first),
    ]
    for name, expect, content, released in others:
        yield f"armor_{name}", NewVector(expect=expect, content=content, given=released, is_armored=True)


def bad_armors() -> Named:
    """Anything else."""
    strict = armor(FILE)
    lines = strict.splitlines(keepends=True)
    checksum = b"=abcd\n"
    for name, content in [
        ("wide", armor(FILE, columns=68)),
        ("narrow", armor(FILE, columns=60)),
        ("on_one_line", armor(FILE, columns=100_000)),
        ("no_end", strict[: -len(lines[-1])]),
        ("no_begin", strict[len(lines[0]) :]),
        ("cut_in_a_line", strict[: len(strict) // 2]),
        ("cut_in_the_last_mark", strict[:-5]),
        ("text_before", b"see below\n" + strict),
        ("text_after", strict + b"see above\n"),
        ("twice", strict * 2),
        ("space_inside", strict.replace(lines[0], lines[0] + b"\n")),
        ("empty_line_at_end", strict.replace(END, b"\n" + END)),
        ("empty_line_in_the_middle", b"".join([*lines[:3], b"\n", *lines[3:]])),
        ("space_in_mark", strict.replace(b"BEGIN ", b"BEGIN  ")),
        ("space_before_mark", b" " + strict),
        ("space_before_last_mark", strict.replace(END, b" " + END)),
        ("space_after_mark", strict.replace(BEGIN, BEGIN + b" ")),
        ("text_after_mark", strict.replace(BEGIN, BEGIN + b"x")),
        ("space_after_line", strict.replace(lines[1], lines[1][:-1] + b" \n")),
        ("space_before_line", strict.replace(lines[1], b" " + lines[1])),
        ("carriage_returns_alone", strict.replace(b"\n", b"\r")),
        ("lower_case", strict.replace(BEGIN, BEGIN.lower()).replace(END, END.lower())),
        ("of_another_kind", strict.replace(b"AGE ENCRYPTED FILE", b"PGP MESSAGE")),
        ("last_mark_of_another_kind", strict.replace(END, END.replace(b"AGE", b"PGP"))),
        ("fields", strict.replace(lines[1], b"Version: 1\n\n" + lines[1])),
        ("checksum", strict.replace(END, checksum + END)),
        ("no_padding", strict.replace(lines[-2], lines[-2].replace(b"=", b""))),
        ("too_much_padding", strict.replace(lines[-2], lines[-2][:-1] + b"=\n")),
        ("padding_on_two_lines", strict.replace(b"=\n", b"\n=\n")),
        ("padding_inside", strict.replace(lines[1], lines[1][:60] + b"AA==\n")),
        ("bits_left_over", strict.replace(b"w==\n", b"x==\n")),
        ("character_in_header", strict.replace(lines[1], b"*" + lines[1][1:])),
        ("character_in_payload", strict.replace(lines[-3], b"*" + lines[-3][1:])),
        ("nul", strict.replace(lines[1], b"\0" + lines[1][1:])),
        ("short_line_inside", strict.replace(lines[2], lines[2][:60] + b"\n")),
        ("of_other_alphabet", strict.replace(lines[1], b"_" + lines[1][1:])),
        ("not_armored", FILE),
    ]:
        yield f"armor_{name}", NewVector(expect="armor failure", content=content, is_armored=True)


def main() -> None:
    """Write every vector that is not there yet."""
    FOLDER.mkdir(exist_ok=True)
    kinds = (good(), good_payloads(), by_others(), header_vectors(), bad_payloads(), good_armors(), bad_armors())
    for name, vector in chain.from_iterable(kinds):
        if not (FOLDER / name).exists():
            (FOLDER / name).write_bytes(vector.to_bytes())


if __name__ == "__main__":
    main()
