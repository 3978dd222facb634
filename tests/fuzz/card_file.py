"""Card files: what is read is signed by its own keys and has one spelling; whatever else is one error."""

import json
import sys
from datetime import UTC, datetime, timedelta

import fuzzing
from cloison.directory.card import MOST_BYTES, Card, Role, sign_card
from cloison.directory.carte import read_carte, write_carte
from cloison.directory.errors import DirectoryError
from cloison_crypto import canonical
from cloison_crypto.envelope import BUNDLE_MARK, open_envelope, seal
from cloison_crypto.fields import Json
from cloison_crypto.identity import Identity
from cloison_crypto.signing import CARD
from suite_one import suite_one_signer

NOW = datetime(2026, 11, 22, tzinfo=UTC)
IDENTITY = Identity.generate(lambda length: bytes(range(length)))
SUITE_ONE = suite_one_signer(bytes(range(96)))
MOST = 40_000


def card(*, name: str = "Officier", is_of_suite_one: bool = False) -> Card:
    return Card(
        identity=SUITE_ONE.public if is_of_suite_one else IDENTITY.public,
        name=name,
        role=Role.MEMBER,
        issued=NOW,
        expires=NOW + timedelta(days=365),
        serial=1,
    )


def signed(body: bytes) -> bytes:
    """A card file around any body, signed as a card is."""
    return write_carte(seal(CARD, body, IDENTITY.sign_every(CARD, body)), ())


def changed(field: str, value: Json) -> bytes:
    """A body with one field replaced, in canonical form."""
    return canonical.write(json.loads(card().body()) | {field: value})


OFFICER, ACCENTED, OF_SUITE_ONE = card(), card(name="É\U0001f512"), card(is_of_suite_one=True)
BODIES = (
    OFFICER.body() + b" ",
    b"{}",
    b"[" * 3_000,
    changed("previous", "ab" * 32),
    changed("previous", "AB" * 32),
    changed("previous", "zz"),
    changed("serial", 0),
    changed("role", "nobody"),
    changed("name", ""),
    changed("name", "\0\u202e"),
    changed("identity", None),
    changed("issued", "2026-11-22T00:00:00+00:00"),
    changed("expires", "0001-01-01T00:00:00Z"),
    changed("extra", 1),
)
SIGNED = {OFFICER.body(), ACCENTED.body(), OF_SUITE_ONE.body(), *BODIES}
SIGNATURES = IDENTITY.sign_every(CARD, OFFICER.body())
SEEDS = (
    write_carte(sign_card(OFFICER, IDENTITY), ()),
    write_carte(sign_card(ACCENTED, IDENTITY), (b"an endorsement", b"")),
    write_carte(SUITE_ONE.card_envelope(OF_SUITE_ONE), ()),
    write_carte(seal(CARD, OFFICER.body(), SIGNATURES[:1]), ()),
    write_carte(seal(CARD, OFFICER.body(), SIGNATURES[::-1]), ()),
    *(signed(body) for body in BODIES),
    BUNDLE_MARK,
    BUNDLE_MARK + b"\xff\xff\xff\xff",
    BUNDLE_MARK + bytes(4) * 18,
)


def check(data: bytes) -> None:
    try:
        found = read_carte(data)
    except DirectoryError:
        return
    if found.card.body() not in SIGNED:
        raise AssertionError("a card is read that nobody signed")
    if write_carte(found.card_envelope, found.unverified_endorsements) != data:
        raise AssertionError("a card file has two spellings")
    if open_envelope(CARD, found.card_envelope, limit=MOST_BYTES).body != found.card.body():
        raise AssertionError("a card has two spellings")


if __name__ == "__main__":
    sys.exit(fuzzing.main(__file__))
