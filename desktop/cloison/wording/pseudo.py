"""A made-up language, worked out from English on the fly, that shows untranslated text and boxes too small for French.

Letters carry accents, and each sentence is a third longer and stands in brackets: what comes out plain was never looked
up, and what has lost a bracket was cut.
"""

import gettext
import math
import re

_ACCENTED = str.maketrans("aceinouyACEINOUYlsztdg", "àçéîñöûýÀÇÉÎÑÖÛÝłšžťđğ")
_PLACE = re.compile(r"(\{\{|\}\}|\{[^{}]*\})")
GROWTH = 0.3


def pseudo(message: str) -> str:
    """`message` accented and lengthened by 30 %, its named places left alone."""
    pieces = _PLACE.split(message)
    accented = "".join(piece if _PLACE.fullmatch(piece) else piece.translate(_ACCENTED) for piece in pieces)
    return f"[{accented}{'·' * math.ceil(len(message) * GROWTH)}]"


class PseudoTranslations(gettext.NullTranslations):
    """gettext's lookups, answered with `pseudo`."""

    def gettext(self, message: str) -> str:
        """The pseudo text of `message`."""
        return pseudo(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The pseudo text of the English form for `n`."""
        return pseudo(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        """The pseudo text of `message`, whatever its context."""
        return pseudo(message)
