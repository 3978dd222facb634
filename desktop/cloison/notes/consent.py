"""The third-party rule: what came from another service goes further only by its originator's recorded consent.

A consent is for the very words it was given for, known by their digest: once the originator writes them anew, or they
are changed here, it is asked for again. It names who may receive them, by key or by nationality, and nobody else. It
lets go on what the marks already allow; no mark is lowered by it. Whether whoever receives the words is told where they
come from is the originator's to say: unless the consent says so, they go on as the sender's own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from cloison.notes.errors import ConsentProblem, ConsentRefusedError, NoteFormatError
from cloison.notes.evaluation import Evaluation
from cloison.notes.note import Note
from cloison.notes.portion import FINGERPRINT_LENGTH, Origin, Portion
from cloison_crypto import canonical
from cloison_crypto.errors import CanonicalError
from cloison_crypto.fields import Fields, Json

FORMAT = "cloison/consent/v1"
MOST_BYTES = 1024 * 1024
MOST_REFERENCE = 400
_DIGEST = 64

Part = TypeVar("Part", Portion, Evaluation)


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """What an originator agreed to.

    ``originator`` is their fingerprint in hex, ``given_by`` who spoke for them, ``reference`` and ``day`` of what they
    wrote. ``words`` are the digests of the parts it is for. ``readers`` are fingerprints in hex, ``nationalities``
    codes of three letters. ``names_originator``: the readers may be told where the words come from.
    """

    originator: str
    given_by: str
    reference: str
    day: date
    words: frozenset[str]
    readers: frozenset[str]
    nationalities: frozenset[str]
    names_originator: bool

    def covers(self, part: Portion | Evaluation, *, fingerprint: str | None, nationality: str | None) -> bool:
        """Whether the part may go on to a reader of that key and nationality."""
        if part.origin is None or words_digest(part) not in self.words:
            return False
        return fingerprint in self.readers or nationality in self.nationalities

    def to_bytes(self) -> bytes:
        """The stored form."""
        return canonical.write(
            {
                "format": FORMAT,
                "originator": self.originator,
                "given_by": self.given_by,
                "reference": self.reference,
                "day": self.day.isoformat(),
                "words": _sorted(self.words),
                "readers": _sorted(self.readers),
                "nationalities": _sorted(self.nationalities),
                "names_originator": self.names_originator,
            }
        )


def consent_from_bytes(data: bytes) -> Consent:
    """The checked door for a stored consent; raises ``NoteFormatError``."""
    try:
        fields = Fields(canonical.read(data, limit=MOST_BYTES))
        fields.literal("format", FORMAT)
        consent = Consent(
            originator=fields.hex("originator", FINGERPRINT_LENGTH),
            given_by=fields.text("given_by", limit=MOST_REFERENCE),
            reference=fields.text("reference", limit=MOST_REFERENCE),
            day=date.fromisoformat(fields.text("day", limit=10)),
            words=frozenset(fields.texts("words", limit=_DIGEST)),
            readers=frozenset(fields.texts("readers", limit=FINGERPRINT_LENGTH)),
            nationalities=frozenset(fields.texts("nationalities", limit=3)),
            names_originator=fields.flag("names_originator"),
        )
        fields.finish()
    except CanonicalError as error:
        raise NoteFormatError(error.path, "not a consent") from error
    except ValueError as error:
        raise NoteFormatError("day", "not a day") from error
    return consent


def words_digest(part: Portion | Evaluation) -> str:
    """The digest of what a part says and whose it is, in hex: its mark aside, which may be raised here."""
    return hashlib.sha256(canonical.write(replace(part, label=None).to_json())).hexdigest()


def new_consent(
    note: Note,
    numbers: Iterable[int],
    *,
    given_by: str,
    reference: str,
    day: date,
    readers: Iterable[str],
    nationalities: Iterable[str],
    names_originator: bool,
) -> Consent:
    """A consent for the parts ``numbers`` of a note as they are now.

    Raises ``UnknownPortionError``, and ``ConsentRefusedError`` where it says too little, or is not for parts that came
    from one other service.
    """
    parts = [note.part(number) for number in dict.fromkeys(numbers)]
    consent = Consent(
        originator=_originator(parts),
        given_by=given_by.strip(),
        reference=reference.strip(),
        day=day,
        words=frozenset(map(words_digest, parts)),
        readers=frozenset(readers),
        nationalities=frozenset(nationalities),
        names_originator=names_originator,
    )
    if not consent.given_by or not consent.reference:
        raise ConsentRefusedError(ConsentProblem.NO_REFERENCE)
    if not consent.readers and not consent.nationalities:
        raise ConsentRefusedError(ConsentProblem.NOBODY_NAMED)
    return consent


def consented(
    part: Portion | Evaluation, consents: Iterable[Consent], *, fingerprint: str | None, nationality: str | None
) -> bool:
    """Whether the part is of nobody else's, or may go on to that reader."""
    return part.origin is None or any(
        one.covers(part, fingerprint=fingerprint, nationality=nationality) for one in consents
    )


def as_it_goes_on(part: Part, consents: Iterable[Consent], *, fingerprint: str | None, nationality: str | None) -> Part:
    """The part as that reader receives it: without its origin, unless a consent that covers it says so."""
    covering = [one for one in consents if one.covers(part, fingerprint=fingerprint, nationality=nationality)]
    return part if any(one.names_originator for one in covering) else replace(part, origin=None)


def _originator(parts: list[Portion | Evaluation]) -> str:
    origins: list[Origin | None] = [part.origin for part in parts]
    of = {origin.fingerprint for origin in origins if origin is not None}
    if not of or None in origins:
        raise ConsentRefusedError(ConsentProblem.NOT_FOREIGN)
    if len(of) > 1:
        raise ConsentRefusedError(ConsentProblem.SEVERAL_ORIGINATORS)
    return of.pop()


def _sorted(values: frozenset[str]) -> Json:
    return [*sorted(values)]
