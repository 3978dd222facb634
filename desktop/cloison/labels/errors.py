"""What can be wrong with a policy, a label, a clearance, a binding or a typed mark, as facts.

No sentence is made here: `wording` turns the class and the attributes into French or English. `path` is the way to the
faulty element from the root of its file, as in
`securityCategoryTagSets[1]/securityCategoryTagSet[2]/securityCategoryTag[1]/tagCategory[5]`.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cloison.labels.validity import Reason


class LabelsError(Exception):
    """Root of every error raised on purpose by the label engine."""


class XmlError(LabelsError):
    """The bytes are not XML we are ready to read."""


class EmptyDocumentError(XmlError):
    """There is nothing to read."""


class DocumentTooLargeError(XmlError):
    """More than `limit` bytes, whatever they say."""

    def __init__(self, *, size: int, limit: int) -> None:
        """Keep both figures, in bytes."""
        super().__init__(f"{size} bytes, {limit} at most")
        self.size = size
        self.limit = limit


class EncodingError(XmlError):
    """Neither UTF-8 nor UTF-16 nor a Latin encoding that the file declares."""


class DoctypeError(XmlError):
    """The file has a document type declaration, the only door to entities and to other files."""


class MalformedXmlError(XmlError):
    """The XML is not well-formed, nested too deep or a flood of tags; `line` is where reading gave up."""

    def __init__(self, *, line: int) -> None:
        """Keep the line; the parser's own words may quote the file and are dropped."""
        super().__init__(f"line {line}")
        self.line = line


class DocumentError(LabelsError):
    """A fault at one place of a well-formed document; `value` is what stands there, where that says something."""

    def __init__(self, path: str, value: str = "") -> None:
        """Keep where and what."""
        super().__init__(f"in {path or '/'}: {value!r}")
        self.path = path
        self.value = value


class PolicyError(DocumentError):
    """A policy is broken, and refused whole; `also` holds the further faults the lint found."""

    also: tuple[PolicyError, ...] = ()


class NotAPolicyError(PolicyError):
    """The root is not `SPIF` in the namespace of xmlspif.org."""


class UnsupportedVersionError(PolicyError):
    """A schema version we do not read; 3.0 has another marking model. `value` is the version."""


class MissingError(PolicyError):
    """A needed attribute or element is not there; `value` is its name."""


class BadValueError(PolicyError):
    """An attribute holds something its type does not allow."""


class UnknownMarkingCodeError(PolicyError):
    """Not one of the sixteen marking codes, nor of the three qualifier codes."""


class UnknownTagTypeError(PolicyError):
    """Not a tag type of SPIF 2.1, or an enumerated one without its kind."""


class UnknownOperationError(PolicyError):
    """Not `onlyOne`, `oneOrMore` or `all`."""


class DuplicateError(PolicyError):
    """Two elements share what must tell them apart; `value` names it."""


class DanglingReferenceError(PolicyError):
    """A reference to a classification, tag set or category the policy does not have."""


class LowContrastError(PolicyError):
    """Screen colours below WCAG AA (4.5 : 1)."""


class UnknownLayoutError(PolicyError):
    """The layout block has an element or attribute we do not know: it would be silently without effect."""


class LabelError(DocumentError):
    """A label is not one we can use."""


class NotALabelError(LabelError):
    """The root is none of the label elements of STANAG 4774."""


class LabelStructureError(LabelError):
    """An element or attribute is missing, there twice, or of the wrong shape; `value` is its name."""


class NoClassificationError(LabelError):
    """The label has no classification."""


class TwoClassificationsError(LabelError):
    """The label has more than one classification."""


class UnknownPolicyError(LabelError):
    """No policy at hand has this identifier or name."""


class PolicyMismatchError(LabelError):
    """The identifier and the name in a label belong to different policies."""


class UnknownClassificationError(LabelError):
    """The policy has no classification of that name."""


class UnknownCategoryError(LabelError):
    """The policy has no category of that name in that tag set and of that type."""


class ClearanceError(DocumentError):
    """A clearance is not one we can use."""


class OtherPolicyClearanceError(ClearanceError):
    """Two clearances that are to be compared belong to different policies."""


class BindingError(DocumentError):
    """A STANAG 4778 binding is not of the shape we write and read."""


class RollUpError(LabelsError):
    """Labels that cannot be rolled up."""


class EmptyRollUpError(RollUpError):
    """Nothing was given: there is no label of nothing."""


class UnusableLabelError(RollUpError):
    """The label at `index` is of another policy or unknown to this one; `reason` says which."""

    def __init__(self, *, index: int, reason: Reason) -> None:
        """Keep which one, and why."""
        super().__init__(f"label {index}: {reason}")
        self.index = index
        self.reason = reason


class MappingError(DocumentError):
    """A label cannot be put into the policy `target`; `value` is the element that has no way there."""

    def __init__(self, path: str, value: str, *, target: str) -> None:
        """Keep where, what, and into which policy."""
        super().__init__(path, value)
        self.target = target


class NoEquivalentPolicyError(MappingError):
    """Neither policy says anything of the other; `value` is the label's policy."""


class NoEquivalentClassificationError(MappingError):
    """The classification `value` has no equivalent."""


class NoEquivalentCategoryError(MappingError):
    """The category `value` has no equivalent, or the one stated is not in the target."""


class NoEquivalentPrivacyMarkError(MappingError):
    """A privacy mark is free text: no policy can say what it is worth elsewhere."""


class NoEquivalentInputError(MappingError):
    """What a label adds to a category, `value`, would be lost: the target's category takes no such thing."""


class AmbiguousEquivalenceError(MappingError):
    """`value` has more than one equivalent where one alone can be."""


class RequiredCategoryError(MappingError):
    """The equivalence asks for categories, `value`, among which a person must choose."""


class InvalidMappingError(LabelsError):
    """The label is not valid under `policy`, its own or the target; `reasons` say why."""

    def __init__(self, policy: str, reasons: Sequence[Reason]) -> None:
        """Keep the policy and its reasons."""
        super().__init__(f"{policy}: {reasons[0]}")
        self.policy = policy
        self.reasons = tuple(reasons)


class DowngradeError(LabelsError):
    """A label cannot be lowered, or its date changed, in this way."""


class NoDecisionReferenceError(DowngradeError):
    """An authority's decision without its authority or its reference."""


class NotADowngradeError(DowngradeError):
    """What is asked for is no lower than what is there, `before` and `after` being the levels."""

    def __init__(self, *, before: str, after: str) -> None:
        """Keep both levels."""
        super().__init__(f"{before} to {after}")
        self.before = before
        self.after = after


class InvalidDowngradeError(DowngradeError):
    """The policy does not allow the lower marking; `reasons` say why."""

    def __init__(self, policy: str, reasons: Sequence[Reason]) -> None:
        """Keep the policy and its reasons."""
        super().__init__(f"{policy}: {reasons[0]}")
        self.policy = policy
        self.reasons = tuple(reasons)


class MarkFault(Enum):
    """What a typed mark lacks."""

    EMPTY = "empty"
    NO_LEVEL = "no level"
    UNKNOWN = "unknown"
    AMBIGUOUS = "ambiguous"
    INCOMPLETE = "incomplete"
    INVALID = "invalid"


class MarkError(LabelsError):
    """A typed mark that cannot be turned into one label.

    `mark` is the text as typed, `fault` what is wrong with it, `element` the part that was not understood, `choices`
    the names it could have meant, `reasons` why the label it names is not allowed.
    """

    def __init__(
        self,
        mark: str,
        fault: MarkFault,
        *,
        element: str = "",
        choices: Sequence[str] = (),
        reasons: Sequence[Reason] = (),
    ) -> None:
        """Keep the facts."""
        super().__init__(f"{mark!r}: {fault.value} {element}")
        self.mark = mark
        self.fault = fault
        self.element = element
        self.choices = tuple(choices)
        self.reasons = tuple(reasons)

    @property
    def reason(self) -> MarkFault:
        """The fault, under the name errors of other layers use."""
        return self.fault
