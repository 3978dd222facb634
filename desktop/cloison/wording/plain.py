"""Text from files and people made plain: nothing in it is invisible, steers a terminal or turns the reading round.

A terminal obeys escape sequences it is sent, and characters that reverse the direction of reading make a name read as
another one (Unicode TR 36, "Bidirectional text spoofing"). The marks that only help a line of Arabic or Hebrew along
(U+200E, U+200F, U+061C) and the joiners of Persian and Indic scripts turn nothing round: they stay.
"""

from __future__ import annotations

import re
from typing import Final

_CONTROL_PICTURES: Final = 0x2400
_DELETE_PICTURE: Final = "␡"
# C0 without tab and line feed, DEL, C1; line and paragraph separators; embeddings, overrides, isolates; the deprecated
# format characters; zero-width no-break space, interlinear annotations and the object character; tags; lone surrogates.
_HIDDEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u206f\ufeff\ufff9-\ufffc\U000e0000-\U000e007f"
    "\ud800-\udfff]"
)


def visible(text: str) -> str:
    """``text`` with each control or direction-turning character as something that is seen; tab and line feed stay."""
    return _HIDDEN.sub(lambda found: _picture(found.group()), text)


def on_one_line(text: str) -> str:
    """As ``visible``, with line feeds and tabs shown as spaces: for titles, names, cells of a table."""
    return visible(text.replace("\r\n", "\n")).replace("\n", " ").replace("\t", " ")


def _picture(character: str) -> str:
    code = ord(character)
    if code < 0x20:
        return chr(_CONTROL_PICTURES + code)
    return _DELETE_PICTURE if code == 0x7F else f"⟨U+{code:04X}⟩"
