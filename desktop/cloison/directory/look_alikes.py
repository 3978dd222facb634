"""Names that look alike: what a reader might take for one another has one skeleton.

After Unicode Technical Standard #39 ("Confusable Detection"): NFKC, then each character by its prototype. The table is
a small part of that standard's ``confusables.txt`` (version 16.0), for what names here are written in: Latin, Greek and
Cyrillic letters, and the digits that pass for letters. Beyond the standard, accents, spaces, hyphens and case make no
difference, and neither do characters that are not seen: two people whom only an accent tells apart are worth a warning.
"""

from __future__ import annotations

import unicodedata
from typing import Final

_LOOKS: Final = {
    # Capitals before case is folded away: they look like other letters than their small ones do.
    **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹϺ", "abezhlkmnoptyxcm", strict=True)),
    **dict(zip("АВЕЅІЈКМНОРСТУХԚԜҮҺӀ", "abesljkmhopctyxqwyhl", strict=True)),
    **dict(zip("αβγεικνορσςτυχωηϲ", "abyelkvopoctuxwnc", strict=True)),
    **dict(zip("авгеѕіјкмнопрстухԛԝүһӏьԁ", "abresljkmhonpctyxqwyhlbd", strict=True)),
    **dict(zip("ıłøđðþɑɡ", "lloddpag", strict=True)),
    **dict(zip("01|5з", "oll53", strict=True)),
    "i": "l",
    "I": "l",
    "m": "rn",
    "M": "rn",
    "w": "vv",
    "W": "vv",
    "æ": "ae",
    "Æ": "ae",
    "œ": "oe",
    "Œ": "oe",
}


def skeleton(name: str) -> str:
    """What is left of a name when everything is taken away that an eye may miss: equal for names that look alike."""
    seen = "".join(_LOOKS.get(one, one) for one in _marks_off(unicodedata.normalize("NFKC", name)))
    folded = "".join(_LOOKS.get(one, one) for one in _marks_off(seen.casefold()))
    return "".join(one for one in folded if unicodedata.category(one)[0] in "LN")


def _marks_off(text: str) -> str:
    return "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
