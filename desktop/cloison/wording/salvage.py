"""What a salvage could not bring back, in words."""

from __future__ import annotations

from typing import Final

from cloison.vault.salvage_facts import Loss, LossKind
from cloison.wording.catalogue import N_, Catalogue

_LOSSES: Final[dict[LossKind, str]] = {
    LossKind.FILE: N_("{file}: nothing of the compartment “{compartment}” could be read. Look for it in a backup."),
    LossKind.NOT_OPENED: N_("{file}: copied as it is. Whoever is read in looks it through with “vault check”."),
    LossKind.BLOB: N_(
        "{file}: an attachment in the compartment “{compartment}” is damaged or missing. Look for it in a backup."
    ),
    LossKind.NUMBERS: N_(
        "{file}: number series were lost. They go on after the highest number that notes and registers show here."
    ),
    LossKind.WRAPS: N_(
        "{file}: keys of compartments may be lost. Look for a compartment that no longer appears in a backup."
    ),
    LossKind.EXCHANGE: N_(
        "{file}: part of what was sent and received is lost. What the compartments know of it was told again; a "
        "package that was accepted before might be accepted a second time."
    ),
    LossKind.DIRECTORY: N_(
        "{file}: contacts, endorsements or authorities are lost. Take the cards in again, and compare fingerprints."
    ),
    LossKind.NOTES: N_("Notes lost in the compartment “{compartment}”: {names}. Look for them in a backup."),
    LossKind.LATEST: N_("Notes that came back as an earlier revision in the compartment “{compartment}”: {names}."),
    LossKind.REVISIONS: N_("Revisions of notes are lost in the compartment “{compartment}”. Gaps: {count}."),
    LossKind.REGISTER: N_(
        "Entries of the register of the compartment “{compartment}” are lost. Gaps: {count}. Tell your "
        "security officer."
    ),
    LossKind.ATTACHMENTS: N_("Attachments are lost in the compartment “{compartment}”. Gaps: {count}."),
    LossKind.OTHER: N_("{file}: other entries are lost. Gaps: {count}."),
}


def loss_text(loss: Loss, words: Catalogue) -> str:
    """One loss, and what to do where something can be done."""
    return words.text(
        _LOSSES[loss.kind],
        file=loss.file,
        compartment=loss.compartment or "",
        count=loss.count,
        names=", ".join(loss.names),
    )
