"""The words of the sheet with a fingerprint that is handed out on paper."""

from __future__ import annotations

from datetime import datetime

from cloison.directory.card import Card
from cloison.directory.fingerprints import fingerprint_qr
from cloison.rendering.fingerprint_page import FingerprintPage, WordBlock
from cloison.wording.catalogue import Catalogue
from cloison.wording.dates import day
from cloison.wording.states import role_text
from cloison.wording.word_lines import LANGUAGES, word_lines
from cloison_crypto.identity import fingerprint_text

_GROUPS_A_LINE = 7


def fingerprint_page(card: Card, words: Catalogue, *, now: datetime) -> FingerprintPage:
    """The sheet for ``card``, as of ``now``."""
    groups = fingerprint_text(card.fingerprint).split()
    facts = words.text(
        "{role}, card valid until {day}; sheet of {today}",
        role=role_text(card.role, words),
        day=day(card.expires, words),
        today=day(now, words),
    )
    return FingerprintPage(
        language=words.language,
        created=now,
        title=words.text("Fingerprint of the card of"),
        name=card.name,
        facts=(facts,),
        characters=tuple(
            "  ".join(groups[start : start + _GROUPS_A_LINE]) for start in range(0, len(groups), _GROUPS_A_LINE)
        ),
        words=tuple(
            WordBlock(heading=name, lines=word_lines(card.fingerprint, language))
            for language, name in LANGUAGES.items()
        ),
        advice=words.text(
            "Hand this sheet out yourself, or have it carried by somebody you trust; the card itself goes another way. "
            "Whoever follows an authority types all 52 characters; to compare a person, 20 of them or the words do."
        ),
        code=fingerprint_qr(card.fingerprint),
    )
