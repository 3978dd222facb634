"""What two versions of a policy say differently, and what marking anew would do, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from cloison.labels.label import Label
from cloison.labels.policy_difference import ChangeKind, ElementKind, PolicyChange, PolicyDifference
from cloison.labels.rendering import strip
from cloison.notes.relabelling import RAISE, OldMark
from cloison.wording.catalogue import N_, Catalogue
from cloison.wording.portions import numbered, portion_name
from cloison.wording.reasons import reason_text

_CHANGES: Final[dict[tuple[ElementKind, ChangeKind], str]] = {
    (ElementKind.LEVEL, ChangeKind.ADDED): N_("The level {name} is new."),
    (ElementKind.LEVEL, ChangeKind.REMOVED): N_("The level {name} is gone."),
    (ElementKind.LEVEL, ChangeKind.RENAMED): N_("The level {before} is now called {name}."),
    (ElementKind.LEVEL, ChangeKind.OBSOLETE): N_("The level {name} is obsolete: nothing new may bear it."),
    (ElementKind.LEVEL, ChangeKind.IN_USE_AGAIN): N_("The level {name} is in use again."),
    (ElementKind.LEVEL, ChangeKind.MOVED): N_("The level {name} has another place in the order of levels."),
    (ElementKind.LEVEL, ChangeKind.RULES): N_("The level {name} has other rules, or is handled otherwise."),
    (ElementKind.LEVEL, ChangeKind.WORDING): N_("The level {name} reads or looks otherwise."),
    (ElementKind.CATEGORY, ChangeKind.ADDED): N_("The category {name} is new."),
    (ElementKind.CATEGORY, ChangeKind.REMOVED): N_("The category {name} is gone."),
    (ElementKind.CATEGORY, ChangeKind.RENAMED): N_("The category {before} is now called {name}."),
    (ElementKind.CATEGORY, ChangeKind.OBSOLETE): N_("The category {name} is obsolete: nothing new may bear it."),
    (ElementKind.CATEGORY, ChangeKind.IN_USE_AGAIN): N_("The category {name} is in use again."),
    (ElementKind.CATEGORY, ChangeKind.RULES): N_("The category {name} has other rules."),
    (ElementKind.CATEGORY, ChangeKind.WORDING): N_("The category {name} reads or looks otherwise."),
    (ElementKind.TAG, ChangeKind.RULES): N_("The values of {name} are chosen or counted otherwise."),
    (ElementKind.TAG, ChangeKind.WORDING): N_("The values of {name} are put together otherwise."),
    (ElementKind.POLICY, ChangeKind.RULES): N_("The policy {name} is in force at other dates."),
    (ElementKind.POLICY, ChangeKind.WORDING): N_("The policy {name} puts whole marks together otherwise."),
}


def change_text(change: PolicyChange, words: Catalogue) -> str:
    """One change, as a sentence."""
    return words.text(_CHANGES[change.element, change.kind], name=change.name, before=change.before)


def versions_text(found: PolicyDifference, words: Catalogue) -> str:
    """Which versions are compared."""
    return words.text(
        "{policy}: version {before} → version {after}",
        policy=found.after.name,
        before=found.before.version,
        after=found.after.version,
    )


def part_name(number: int, words: Catalogue) -> str:
    """What the part of a note is called, a raise of the whole included."""
    return words.text("Raise of the whole") if number == RAISE else portion_name(number, words)


def part_names(numbers: Sequence[int], words: Catalogue) -> str:
    """Several parts of a note, a raise of the whole included."""
    parts = [one for one in numbers if one != RAISE]
    named = [numbered(parts, words)] if parts else []
    return ", ".join([*named, *(part_name(one, words) for one in numbers if one == RAISE)])


def old_mark_text(found: OldMark, words: Catalogue) -> str:
    """What becomes of an old mark beside the marks themselves: why it stays, or that it says something else."""
    if found.is_foreign:
        return words.text("It stays: its originator’s label is never overwritten.")
    if not found.may_change:
        reasons = " ".join(reason_text(one, words) for one in found.reasons)
        return words.text("It stays as it is: {reasons}", reasons=reasons)
    if found.says_the_same:
        return words.text("It says the same.")
    before, after = (_in_full(found, label, words) for label in (found.before, found.after))
    return words.text("{before} would be {after}: a reason is needed.", before=before, after=after)


def _in_full(found: OldMark, label: Label | None, words: Catalogue) -> str:
    return "" if label is None else strip(found.own, label, words.language)
