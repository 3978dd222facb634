"""What is wrong with a label, a clearance, a binding or a typed mark, in words."""

from __future__ import annotations

from typing import Final

from cloison.labels.errors import (
    AmbiguousEquivalenceError,
    BindingError,
    ClearanceError,
    DoctypeError,
    DocumentError,
    DocumentTooLargeError,
    DowngradeError,
    EmptyDocumentError,
    EmptyRollUpError,
    EncodingError,
    InvalidDowngradeError,
    InvalidMappingError,
    LabelError,
    LabelsError,
    LabelStructureError,
    MalformedXmlError,
    MappingError,
    MarkError,
    MarkFault,
    NoClassificationError,
    NoDecisionReferenceError,
    NoEquivalentCategoryError,
    NoEquivalentClassificationError,
    NoEquivalentInputError,
    NoEquivalentPolicyError,
    NoEquivalentPrivacyMarkError,
    NotADowngradeError,
    NotALabelError,
    OtherPolicyClearanceError,
    PolicyMismatchError,
    RequiredCategoryError,
    TwoClassificationsError,
    UnknownCategoryError,
    UnknownClassificationError,
    UnknownPolicyError,
    UnusableLabelError,
    XmlError,
)
from cloison.wording.catalogue import N_, Catalogue
from cloison.wording.reasons import reason_text

_DOCUMENTS: Final[dict[type[LabelsError], str]] = {
    NotALabelError: N_("This is not a label of STANAG 4774. It was not used."),
    LabelStructureError: N_(
        "The label is not built as STANAG 4774 asks: {value} is missing, twice there or out of place."
    ),
    NoClassificationError: N_("The label has no level. It was not used."),
    TwoClassificationsError: N_("The label has more than one level. It was not used."),
    UnknownPolicyError: N_("The policy {value} is not at hand. Name its file, or choose another policy."),
    PolicyMismatchError: N_(
        "The label names one policy and carries the identifier of another: {value}. It was not used."
    ),
    UnknownClassificationError: N_("The policy has no level “{value}”. The label was not used."),
    UnknownCategoryError: N_("The policy has no category “{value}” there. The label was not used."),
    ClearanceError: N_("This is not a clearance of ADatP-4774, or it is damaged. It was not used."),
    OtherPolicyClearanceError: N_("The clearance belongs to another policy, {value}. It was not used."),
    BindingError: N_("This is not a binding of STANAG 4778, or it does not match its files. It was not used."),
    EmptyDocumentError: N_("The file is empty. Nothing was read from it."),
    EncodingError: N_("The file is in an unknown character encoding. Save it as UTF-8."),
    DoctypeError: N_("The file has a document type declaration, which could reach for other files. It was not read."),
    EmptyRollUpError: N_("There is no label to combine. Name one at least."),
}
_MAPPINGS: Final[dict[type[LabelsError], str]] = {
    NoEquivalentPolicyError: N_(
        "Neither {value} nor {target} says what one is worth in the other. No label was made: a person must mark it."
    ),
    NoEquivalentClassificationError: N_(
        "The level “{value}” has no equivalent in {target}. No label was made: a person must mark it."
    ),
    NoEquivalentCategoryError: N_(
        "The category “{value}” has no equivalent in {target}. No label was made: a person must mark it."
    ),
    NoEquivalentPrivacyMarkError: N_(
        "The privacy mark “{value}” is free text, which has no equivalent in {target}. No label was made."
    ),
    NoEquivalentInputError: N_("“{value}” says more than {target} can say. No label was made: a person must mark it."),
    AmbiguousEquivalenceError: N_(
        "“{value}” has more than one equivalent in {target}. No label was made: a person must mark it."
    ),
    RequiredCategoryError: N_(
        "In {target}, one of these must be chosen: {value}. No label was made: a person must mark it."
    ),
}
_CHANGES: Final[dict[type[LabelsError], str]] = {
    NoDecisionReferenceError: N_("A decision needs its authority and its reference. Nothing was changed. Write both."),
}
_MARKS: Final[dict[MarkFault, str]] = {
    MarkFault.EMPTY: N_("“{mark}” is no mark. Type one as the policy writes it, [S] for instance."),
    MarkFault.NO_LEVEL: N_("The mark “{mark}” names no level of the policy. Begin with the level, as in [S-SF]."),
    MarkFault.UNKNOWN: N_("In the mark “{mark}”, “{element}” is nothing the policy knows. Check how it is written."),
    MarkFault.AMBIGUOUS: N_(
        "In the mark “{mark}”, “{element}” may mean several things: {choices}. Write it out in full."
    ),
    MarkFault.INCOMPLETE: N_("The mark “{mark}” is not complete after “{element}”. Write what follows it."),
    MarkFault.INVALID: N_("The policy does not allow the mark “{mark}”: {reasons}"),
}


def sentence(error: LabelsError, words: Catalogue) -> str | None:
    """What to tell of an error of a label."""
    match error:
        case MarkError():
            return _mark(error, words)
        case MappingError() | InvalidMappingError() | DowngradeError():
            return _change(error, words)
        case UnusableLabelError():
            return words.text(
                "Label no. {number} cannot be combined with the others: {reason}",
                number=error.index + 1,
                reason=reason_text(error.reason, words),
            )
        case DocumentTooLargeError():
            return words.text(
                "The file has {size} bytes, and {limit} at most are read. It was not read.",
                size=error.size,
                limit=error.limit,
            )
        case MalformedXmlError():
            return words.text("The file is not well-formed XML (line {line}). It was not used.", line=error.line)
    message = _DOCUMENTS.get(type(error))
    if message is None:
        return None
    return words.text(message, value=error.value if isinstance(error, DocumentError) else "")


def fault_sentence(error: XmlError | LabelError, words: Catalogue) -> str:
    """What to tell of a file that holds no label which could be judged."""
    said = sentence(error, words)
    return str(error) if said is None else said


def _change(error: MappingError | InvalidMappingError | DowngradeError, words: Catalogue) -> str | None:
    """What to tell where a label cannot become another one."""
    match error:
        case InvalidMappingError():
            return words.text(
                "The label is not valid in {policy}, so that no label was made: {reasons}",
                policy=error.policy,
                reasons=" ".join(reason_text(one, words) for one in error.reasons),
            )
        case NotADowngradeError():
            return words.text(
                "From {before} to {after} nothing would be lowered, or something raised. Nothing was changed.",
                before=error.before,
                after=error.after,
            )
        case InvalidDowngradeError():
            return words.text(
                "The lower label is not valid in {policy}. Nothing was changed: {reasons}",
                policy=error.policy,
                reasons=" ".join(reason_text(one, words) for one in error.reasons),
            )
        case MappingError() if type(error) in _MAPPINGS:
            return words.text(_MAPPINGS[type(error)], value=error.value, target=error.target)
    message = _CHANGES.get(type(error))
    return None if message is None else words.text(message)


def _mark(error: MarkError, words: Catalogue) -> str:
    return words.text(
        _MARKS[error.fault],
        mark=error.mark,
        element=error.element,
        choices=", ".join(error.choices),
        reasons=" ".join(reason_text(one, words) for one in error.reasons),
    )
