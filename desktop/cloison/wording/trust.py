"""How far somebody's card is trusted, what is short of what a level asks, and what is told beside, in words."""

from __future__ import annotations

from typing import Final

from cloison.directory.revocations import Fallen
from cloison.directory.sufficiency import TrustShortfall, TrustWarning
from cloison.directory.trust import Standing, TrustState
from cloison.directory.weighing import Lapse
from cloison.wording.catalogue import N_, Catalogue

_STATES: Final[dict[TrustState, str]] = {
    TrustState.REVOKED: N_("revoked"),
    TrustState.EXPIRED: N_("expired"),
    TrustState.IMPORTED: N_("not checked"),
    TrustState.COMPARED: N_("fingerprint compared"),
    TrustState.ENDORSED: N_("endorsed"),
    TrustState.SELF: N_("myself"),
}
_SHORT: Final[dict[TrustShortfall, str]] = {
    TrustShortfall.EXPIRED: N_("card expired"),
    TrustShortfall.REVOKED: N_("card revoked"),
    TrustShortfall.NOT_ENDORSED: N_("card not endorsed"),
    TrustShortfall.ENDORSEMENT_EXPIRED: N_("endorsement expired"),
    TrustShortfall.ENDORSEMENT_REVOKED: N_("endorsement revoked"),
    TrustShortfall.NOT_COMPARED: N_("fingerprint not compared"),
    TrustShortfall.LIST_OVERDUE: N_("revocation list overdue"),
    TrustShortfall.LACKS_SUITE: N_("card without the keys this level asks for"),
    TrustShortfall.AUTHORITY_LACKS_SUITE: N_("endorsed with weaker keys than this level asks for"),
}
_REMEDIES: Final[dict[TrustShortfall, str]] = {
    TrustShortfall.EXPIRED: N_("The card has expired: take in the new one."),
    TrustShortfall.REVOKED: N_("The card was revoked by an authority: its keys count no more. Ask for a new card."),
    TrustShortfall.NOT_ENDORSED: N_(
        "At this level the card must be endorsed by an authority that is trusted here: take in an endorsed card."
    ),
    TrustShortfall.ENDORSEMENT_EXPIRED: N_(
        "The endorsement of the card has expired: take in the card with a new endorsement."
    ),
    TrustShortfall.ENDORSEMENT_REVOKED: N_(
        "The endorsement of the card was revoked: only the authority can give another."
    ),
    TrustShortfall.NOT_COMPARED: N_("At this level the fingerprint must be compared with its holder as well."),
    TrustShortfall.LIST_OVERDUE: N_(
        "The revocation list of the authority is overdue, and this level is not exchanged without it: take in the "
        "latest list."
    ),
    TrustShortfall.LACKS_SUITE: N_(
        "At this level stronger keys are needed, which this card does not have: ask for a new card."
    ),
    TrustShortfall.AUTHORITY_LACKS_SUITE: N_(
        "At this level stronger keys are needed, which the card of the authority that endorses it does not have: the "
        "authority needs a new card, and has to endorse this one again."
    ),
}
_FALLEN: Final[dict[Fallen, str]] = {
    Fallen.CARD: N_("the card itself"),
    Fallen.ENDORSEMENT: N_("what was endorsed until then"),
}
_LAPSES: Final[dict[Lapse, str]] = {
    Lapse.NOT_TRUSTED: N_("by an authority that is not followed here"),
    Lapse.FORGED: N_("the signature does not hold"),
    Lapse.OTHER_CARD: N_("given to another card"),
    Lapse.OTHER_POLICY: N_("under another policy"),
    Lapse.UNHOLDABLE: N_("nobody of that nationality can hold it"),
    Lapse.OTHER_LEVELS: N_("names levels that the policy in force does not have: ask for a new endorsement"),
    Lapse.OUT_OF_SCOPE: N_("beyond what the authority is followed for"),
    Lapse.NOT_YET: N_("not in force yet"),
    Lapse.EXPIRED: N_("out of date"),
    Lapse.REVOKED: N_("revoked by the authority"),
    Lapse.AUTHORITY_EXPIRED: N_("the card of the authority is out of date"),
    Lapse.AUTHORITY_REVOKED: N_("the authority says that its keys are lost"),
    Lapse.OVERRULED: N_("a later one counts, or one by an authority that is followed whole"),
}
_WARNINGS: Final[dict[TrustWarning, str]] = {
    TrustWarning.LIST_OVERDUE: N_(
        "The revocation list of the authority that endorses {name} is overdue: take in the latest list."
    ),
    TrustWarning.ENDORSEMENT_EXPIRED: N_("The endorsement of {name} has expired: only the lowest levels go to them."),
    TrustWarning.REPLACED: N_("{name} has a newer card: use that one."),
    TrustWarning.ENDORSEMENT_REVOKED: N_("The endorsement of {name} was revoked: only the lowest levels go to them."),
}
_OWN: Final[dict[TrustShortfall, str]] = {
    TrustShortfall.EXPIRED: N_(
        "Your own card has expired: nobody would take what you send. Nothing was sealed. Renew it and have it endorsed."
    ),
    TrustShortfall.REVOKED: N_(
        "Your own card was revoked by an authority: nobody would take what you send. Nothing was sealed. Speak to your "
        "security officer."
    ),
}


def trust_text(established: Standing, words: Catalogue) -> str:
    """How far somebody's card is trusted."""
    if established.state is TrustState.ENDORSED and established.is_compared:
        return words.text("endorsed, fingerprint compared")
    return words.text(_STATES[established.state])


def fallen_text(fallen: Fallen, words: Catalogue) -> str:
    """What of a card counts no more."""
    return words.text(_FALLEN[fallen])


def lapse_text(lapse: Lapse | None, words: Catalogue) -> str:
    """Why an endorsement does not count here, in a few words; that it does where nothing is against it."""
    return words.text("counts here") if lapse is None else words.text(_LAPSES[lapse])


def shortfall_text(shortfall: TrustShortfall, words: Catalogue) -> str:
    """What is short, in a few words, for the cell of a table."""
    return words.text(_SHORT[shortfall])


def remedy_text(shortfall: TrustShortfall, words: Catalogue) -> str:
    """What is short and what to do about it, as a sentence."""
    return words.text(_REMEDIES[shortfall])


def own_card_text(shortfall: TrustShortfall, words: Catalogue) -> str:
    """Why I can send nothing; ``shortfall`` is EXPIRED or REVOKED."""
    return words.text(_OWN[shortfall])


def trust_warning_text(warning: TrustWarning, name: str, words: Catalogue) -> str:
    """What is told of somebody who is trusted far enough."""
    return words.text(_WARNINGS[warning], name=name)
