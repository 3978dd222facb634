"""What ends soon or has ended, in words, with what to do about it."""

from __future__ import annotations

from typing import Final

from cloison.actions.warnings import Ending, Warned
from cloison.wording.catalogue import N_, Catalogue
from cloison.wording.dates import day

_SOON: Final[dict[Ending, str]] = {
    Ending.MY_CARD: N_("Your own card ends on {day}: issue it anew and hand it out."),
    Ending.MY_ENDORSEMENT: N_("Your own endorsement ends on {day}: have the authority endorse your card anew."),
    Ending.CARD: N_("The card of {name} ends on {day}: ask for the next one."),
    Ending.ENDORSEMENT: N_("The endorsement of {name} ends on {day}: ask for a card endorsed anew."),
    Ending.AUTHORITY: N_("The card of the authority “{name}” ends on {day}: ask for the next one."),
    Ending.LIST: N_("The next revocation list of the authority “{name}” is due before {day}."),
}
_PAST: Final[dict[Ending, str]] = {
    Ending.MY_CARD: N_("Your own card ended on {day}: nothing can be sent until it is issued anew and handed out."),
    Ending.MY_ENDORSEMENT: N_("Your own endorsement ended on {day}: have the authority endorse your card anew."),
    Ending.CARD: N_("The card of {name} ended on {day}: ask for the new one."),
    Ending.ENDORSEMENT: N_("The endorsement of {name} ended on {day}: ask for a card endorsed anew."),
    Ending.AUTHORITY: N_(
        "The card of the authority “{name}” ended on {day}: what it endorsed counts no more. Ask for its new card."
    ),
    Ending.LIST: N_("The revocation list of the authority “{name}” is overdue since {day}: ask for the latest one."),
}


def ending_text(warned: Warned, words: Catalogue) -> str:
    """One sentence: what ends or ended, when, and what to do."""
    message = (_PAST if warned.is_past else _SOON)[warned.ending]
    return words.text(message, name=warned.name, day=day(warned.at, words))
