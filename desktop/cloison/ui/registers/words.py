"""What registers are called, and what verifying them found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from cloison.actions.registers import Verdict
from cloison.registers.facts import Kind
from cloison.wording.catalogue import N_, Catalogue

_MOST_NAMED: Final = 6
_NAMES = {
    Kind.ARRIVAL: N_("Arrivals"),
    Kind.DISPATCH: N_("Dispatches"),
    Kind.COPY: N_("Copies"),
    Kind.POLICY: N_("Policies"),
    Kind.TRUST: N_("Trust"),
    Kind.CONSENT: N_("Consents"),
    Kind.CLOCK: N_("Clock"),
    Kind.EXPORT: N_("Exports"),
    Kind.MOVEMENT: N_("Movements"),
    Kind.DESTRUCTION: N_("Destructions"),
    Kind.FINDING: N_("Findings"),
}
_NOTHING = {
    Kind.ARRIVAL: N_("Nothing has been received yet."),
    Kind.DISPATCH: N_("Nothing has been sealed yet."),
    Kind.COPY: N_("Nothing has been printed yet."),
    Kind.POLICY: N_("No policy has been taken in yet."),
    Kind.CLOCK: N_("No clock has been vouched for."),
    Kind.FINDING: N_("Nothing that was found of a file has been taken as it is."),
    Kind.EXPORT: N_("Nothing has been saved to a file yet."),
    Kind.MOVEMENT: N_("No note has changed its compartment yet."),
    Kind.DESTRUCTION: N_("No note has been destroyed yet."),
    Kind.CONSENT: N_("No consent of an originator has been recorded yet."),
    Kind.TRUST: N_("No authority was trusted, no card compared and no list taken in yet."),
}


def register_name(kind: Kind, words: Catalogue) -> str:
    """What the register is called in the rail."""
    return words.text(_NAMES[kind])


def nothing_entered(kind: Kind, words: Catalogue) -> str:
    """What an empty register says."""
    return words.text(_NOTHING[kind])


def waiting_sentence(numbers: Sequence[str], words: Catalogue) -> str:
    """The dispatches of which an answer is expected and has not come."""
    shown = ", ".join(numbers[:_MOST_NAMED]) + (", …" if len(numbers) > _MOST_NAMED else "")
    return words.plural(
        "{count} dispatch waits for an answer: {numbers}.",
        "{count} dispatches wait for an answer: {numbers}.",
        len(numbers),
        numbers=shown,
    )


def verdict_sentence(verdicts: Sequence[Verdict], words: Catalogue) -> str:
    """Whether the chains of the open compartments hold."""
    broken = [one for one in verdicts if one.first_bad is not None]
    if broken:
        return " ".join(
            words.text(
                "The register of the compartment “{compartment}” was altered: its entry {sequence} is the first that "
                "does not follow. Tell your security officer.",
                compartment=one.compartment,
                sequence=one.first_bad,
            )
            for one in broken
        )
    return words.plural(
        "Verified: {count} entry in the open compartments, none altered, removed or moved.",
        "Verified: {count} entries in the open compartments, none altered, removed or moved.",
        sum(one.entries for one in verdicts),
    )
