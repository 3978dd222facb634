"""Why a label is not valid, and why somebody may not read: the rules of the policy, in words."""

from __future__ import annotations

from typing import Final

from cloison.labels.decision import Decision, Rule
from cloison.labels.elements import InputKind
from cloison.labels.validity import Reason, ValidityRule
from cloison.notes.release import PortionDecision
from cloison.wording.catalogue import N_, Catalogue

_REASONS: Final[dict[ValidityRule, str]] = {
    ValidityRule.OTHER_POLICY: N_("It was made under another policy, {element}."),
    ValidityRule.OTHER_VERSION: N_(
        "What it is worth is not settled: another version of the policy {element}, or what was to take over by itself, "
        "does not say the same."
    ),
    ValidityRule.UNDECIDED: N_("On {element} its parts contradict each other, and nobody has decided yet."),
    ValidityRule.UNKNOWN_CLASSIFICATION: N_("The policy has no level {element}."),
    ValidityRule.UNKNOWN_CATEGORY: N_("The policy has no category {element} in {other}."),
    ValidityRule.UNKNOWN_PRIVACY_MARK: N_("The policy has no privacy mark {element}."),
    ValidityRule.EXCLUDED_CLASS: N_("{element} cannot go with the level {other}."),
    ValidityRule.REQUIRED_CLASS: N_("{element} only goes with the level {other}."),
    ValidityRule.EXCLUDED_CATEGORY: N_("{element} cannot go with {other}."),
    ValidityRule.REQUIRED_CATEGORY: N_("{element} must go with {other}."),
    ValidityRule.SINGLE_SELECTION: N_("Of {element}, only one value may be chosen."),
    ValidityRule.TOO_MANY: N_("Of {element}, {other} values may be chosen at most."),
    ValidityRule.TOO_FEW: N_("Of {element}, {other} values must be chosen at least."),
    ValidityRule.OBSOLETE: N_("{element} is obsolete: nothing new may bear it."),
    ValidityRule.NOT_YET: N_("{element} is not in force yet."),
    ValidityRule.EXPIRED: N_("{element} is no longer in force."),
    ValidityRule.SUCCESSOR: N_("{element} cannot take over on that day."),
    ValidityRule.DECLASSIFIED_TOO_LATE: N_("{element} is declassified in less than {other} years."),
    ValidityRule.REVIEWED_TOO_LATE: N_("{element} is looked at again within {other} years."),
    ValidityRule.NATIONALITY: N_("Only these nationalities may hold {element}: {other}."),
    ValidityRule.INPUT_REFUSED: N_("{element} does not take “{other}”."),
    ValidityRule.INPUT_UNASKED: N_("{element} asks for nothing more, and “{other}” is given with it."),
}
_ASKED: Final[dict[str, str]] = {
    InputKind.STRING.value: N_("{element} must be followed by words of one’s own."),
    InputKind.INTEGER.value: N_("{element} must be followed by a number."),
    InputKind.DATE.value: N_("{element} must be followed by a date."),
}
_RULES: Final[dict[Rule, str]] = {
    Rule.INVALID_LABEL: N_("the label is not valid ({element})"),
    Rule.NO_CLEARANCE: N_("no clearance is established ({element})"),
    Rule.OTHER_POLICY_CLEARANCE: N_("the clearance belongs to another policy"),
    Rule.CLASSIFICATION: N_("not cleared for {element}"),
    Rule.RESTRICTIVE_CATEGORY: N_("does not hold {element}"),
    Rule.PERMISSIVE_CATEGORY: N_("is none of those it is released to ({element})"),
    Rule.NATIONALITY: N_("{element} is closed to this nationality"),
    Rule.NEED_TO_KNOW: N_("no need to know established for this compartment"),
}


def reason_text(reason: Reason, words: Catalogue) -> str:
    """One broken rule of validity, as a sentence."""
    message = _ASKED[reason.other] if reason.rule is ValidityRule.INPUT_MISSING else _REASONS[reason.rule]
    return words.text(message, element=reason.element, other=reason.other)


def refusal_text(decision: Decision, words: Catalogue) -> str:
    """Why a decision is a refusal, without a capital or full stop; empty where it permits."""
    if decision.rule is None:
        return ""
    return words.text(_RULES[decision.rule], element=decision.element)


def portion_refusal_text(judged: PortionDecision, words: Catalogue) -> str:
    """Why a portion is left out for a reader; empty where it goes out."""
    if judged.needs_consent and judged.decision.permitted:
        return words.text("its originator’s consent is not on record")
    return refusal_text(judged.decision, words)
