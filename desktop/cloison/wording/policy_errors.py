"""What is wrong with a policy file, in words: the fault, then the place in the file."""

from __future__ import annotations

from typing import Final

from cloison.labels.errors import (
    BadValueError,
    DanglingReferenceError,
    DuplicateError,
    LowContrastError,
    MissingError,
    NotAPolicyError,
    PolicyError,
    UnknownLayoutError,
    UnknownMarkingCodeError,
    UnknownOperationError,
    UnknownTagTypeError,
    UnsupportedVersionError,
    XmlError,
)
from cloison.wording import label_errors
from cloison.wording.catalogue import N_, Catalogue

__all__ = ["PolicyError", "fault", "fault_text", "sentence"]

_FAULTS: Final[dict[type[PolicyError], str]] = {
    NotAPolicyError: N_("this is not a policy in the XML SPIF format"),
    UnsupportedVersionError: N_("version {value} of the XML SPIF format is not read here: 1.0, 2.0 and 2.1 are"),
    MissingError: N_("{value} is missing"),
    BadValueError: N_("“{value}” is not allowed there"),
    UnknownMarkingCodeError: N_("“{value}” is not a marking code"),
    UnknownTagTypeError: N_("“{value}” is not a type of tag"),
    UnknownOperationError: N_("“{value}” is not an operation"),
    DuplicateError: N_("“{value}” is there twice, and must tell one element from another"),
    DanglingReferenceError: N_("“{value}” refers to nothing in this policy"),
    LowContrastError: N_("the colours {value} are too alike to be read"),
    UnknownLayoutError: N_("“{value}” is unknown in the layout block, and would be without effect"),
}


def fault(error: PolicyError, words: Catalogue) -> str | None:
    """One fault of a policy, with its place in the file."""
    message = _FAULTS.get(type(error))
    if message is None:
        return None
    described = words.text(message, value=_value(error))
    if not error.path:
        return described
    return words.text("{fault} (in {place})", fault=described, place=error.path)


def fault_text(error: PolicyError | XmlError, words: Catalogue) -> str:
    """One fault of a policy file, also where it is no XML that can be read."""
    said = label_errors.sentence(error, words) if isinstance(error, XmlError) else fault(error, words)
    return str(error) if said is None else said


def sentence(error: PolicyError, words: Catalogue) -> str | None:
    """What to tell of a policy that is refused, whole, for its first fault."""
    described = fault(error, words)
    if described is None:
        return None
    return words.text("The policy is refused: {fault}. Nothing was changed. Mend the file.", fault=described)


def _value(error: PolicyError) -> str:
    # Two colours, text on background: the word between them is English.
    return error.value.replace(" on ", " / ") if isinstance(error, LowContrastError) else error.value
