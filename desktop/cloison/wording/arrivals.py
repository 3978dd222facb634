"""What waits and what is missing among the packages that arrive, in words."""

from __future__ import annotations

from typing import Final

from cloison.dissemination.opening import WaitReason
from cloison.dissemination.sequence import Gaps
from cloison.wording.catalogue import N_, Catalogue
from cloison_crypto.identity import fingerprint_text

_REASONS: Final[dict[WaitReason, str]] = {
    WaitReason.UNKNOWN_SENDER: N_("sender not known here"),
    WaitReason.UNKNOWN_POLICY: N_("policy not known here"),
    WaitReason.NOT_CLEARED: N_("your card is not endorsed"),
}
_WAITS: Final[dict[WaitReason, str]] = {
    WaitReason.UNKNOWN_SENDER: N_(
        "Nobody in the directory has the key that signed this package: {fingerprint}. It waits in quarantine, sealed "
        "as it came. Add the sender’s card, then accept it from there."
    ),
    WaitReason.UNKNOWN_POLICY: N_(
        "This package is marked under a policy, or a version of one, that is not known here. It waits in quarantine, "
        "sealed as it came. Take that policy in, then accept it from there."
    ),
    WaitReason.NOT_CLEARED: N_(
        "No endorsement of your own card is in force here, so that nothing above the lowest level may be opened. The "
        "package waits in quarantine, sealed as it came. Add your endorsed card, then accept it from there."
    ),
}


def wait_reason_text(reason: WaitReason, words: Catalogue) -> str:
    """Why a package waits, for the cell of a table."""
    return words.text(_REASONS[reason])


def waiting_text(reason: WaitReason, key_id: bytes, words: Catalogue) -> str:
    """Why a package waits, and what to do; ``key_id`` is the fingerprint its signature claims."""
    return words.text(_WAITS[reason], fingerprint=fingerprint_text(key_id))


def ready_text(count: int, words: Catalogue) -> str:
    """That packages in quarantine would open now."""
    return words.plural(
        "{count} package in quarantine would open now. Accept it into a compartment.",
        "{count} packages in quarantine would open now. Accept them into a compartment.",
        count,
    )


def gap_texts(gaps: Gaps, words: Catalogue) -> tuple[str, ...]:
    """What a package shows of the others of its sender; nothing where all is in order."""
    told: list[str] = []
    if gaps.is_new_life:
        told.append(
            words.text(
                "The sender’s vault was restored from a backup or made anew: its packages are numbered from the start "
                "again. If nobody told you of it, ask the sender."
            )
        )
    if gaps.is_late:
        told.append(words.text("Later packages of this sender were accepted before this one."))
    if gaps.missing:
        told.append(
            words.plural(
                "{count} package of this sender has not arrived, or was not accepted. Ask the sender about it.",
                "Up to {count} packages of this sender have not arrived, or were not accepted. Ask the sender about "
                "them.",
                gaps.missing,
            )
        )
    return tuple(told)
