"""A confidentiality label (STANAG 4774, ADatP-4774 App. 1): what is marked, under which policy, since when.

XML form: one of the roots `originatorConfidentialityLabel`, `alternativeConfidentialityLabel`,
`metadataConfidentialityLabel`, in exclusive canonical XML, so that one label has one sequence of bytes, alone or inside
a binding. One `Category` per tag set and type, sorted, with its values sorted in it.

The standard names the policy but neither its version nor its file, and a label must go on being read under the policy
it was made with. Both are kept as attributes of the root, in the namespace `urn:cloison:label:1`: `policyVersion` and
`policyDigest` (SHA-256 of the policy file). The root is the one element whose schema type admits any foreign attribute
(`xs:anyAttribute`, lax), so labels stay valid for everybody else. `undecided`, there too, names the tag sets on which a
roll-up left a decision open: such a label is invalid, and nobody is permitted anything under it. `inputs` and
`successorInputs` hold what was added to categories that ask for more than their name (see `inputs`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from lxml import etree

from cloison.labels import slab
from cloison.labels.elements import CategoryRef, Input
from cloison.labels.errors import LabelStructureError, NotALabelError
from cloison.labels.inputs import inputs_from_text, inputs_text
from cloison.labels.markup import Node, canonical, parse
from cloison.labels.policy import Policy
from cloison.labels.slab import Information

OWN_NAMESPACE = "urn:cloison:label:1"
MOST_BYTES = 512 * 1024

_NAMESPACES = {"slab": slab.NAMESPACE, "cl": OWN_NAMESPACE}
_VERSION = re.compile(r"-?[0-9]{1,15}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_UNDECIDED = re.compile(r"[0-9.]{3,200}( [0-9.]{3,200}){0,1999}")
_INPUTS = re.compile(r"[!-~]{1,10000}( [!-~]{1,10000}){0,1999}")


class LabelKind(Enum):
    """What a label says of the data: the originator's word, an equivalent in another policy, or the metadata's own."""

    ORIGINATOR = "originatorConfidentialityLabel"
    ALTERNATIVE = "alternativeConfidentialityLabel"
    METADATA = "metadataConfidentialityLabel"


@dataclass(frozen=True, slots=True, kw_only=True)
class Originator:
    """Who made the label; `id_type` is one of the IDType values of ADatP-4774 Table 9."""

    id_type: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Succession:
    """The marking that takes over by itself at a moment: a declassification or a downgrading."""

    at: datetime
    classification: str
    categories: tuple[CategoryRef, ...] = ()
    privacy_mark: str | None = None
    inputs: tuple[Input, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """One label. Times are aware, in UTC, whole seconds; `categories`, `inputs`, `undecided` are sorted and unique.

    `policy_id` is an OID without prefix, empty in a foreign label that names its policy only; so is the `tag_set_id` of
    its categories. `resolution.resolve` fills both in and puts names into the policy's own spelling.
    """

    policy_id: str
    policy_name: str
    policy_version: int | None
    policy_digest: str | None
    classification: str
    created: datetime
    categories: tuple[CategoryRef, ...] = ()
    privacy_mark: str | None = None
    review: datetime | None = None
    succession: Succession | None = None
    originator: Originator | None = None
    kind: LabelKind = LabelKind.ORIGINATOR
    undecided: tuple[str, ...] = ()
    inputs: tuple[Input, ...] = ()

    @property
    def declassify_on(self) -> datetime | None:
        """When another marking takes over by itself."""
        return None if self.succession is None else self.succession.at

    def to_xml(self) -> bytes:
        """The canonical bytes."""
        return canonical(self.to_element())

    def to_element(self) -> etree._Element:
        """The label as an element, to be embedded."""
        root = etree.Element(f"{{{slab.NAMESPACE}}}{self.kind.value}", nsmap=_NAMESPACES)
        for name, value in _own_attributes(self):
            root.set(f"{{{OWN_NAMESPACE}}}{name}", value)
        if self.review is not None:
            root.set("ReviewDateTime", slab.write_moment(self.review))
        slab.write_information(root, _information(self, self))
        if self.originator is not None:
            slab.add(root, "OriginatorID", self.originator.name).set("IDType", self.originator.id_type)
        created = slab.write_moment(self.created)
        slab.add(root, "CreationDateTime", created)
        if self.succession is not None:
            handling = slab.add(root, "SuccessionHandling")
            slab.add(handling, "SuccessionDateTime", slab.write_moment(self.succession.at))
            successor = slab.add(handling, "SuccessorConfidentialityLabel")
            slab.write_information(successor, _information(self, self.succession))
            slab.add(successor, "CreationDateTime", created)
        return root


class LabelWarning(Enum):
    """What was let pass while reading a label."""

    NO_CREATION_TIME = "no creation time"
    FOREIGN_ELEMENT = "foreign element"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadLabel:
    """A label with what was let pass while reading it."""

    label: Label
    warnings: tuple[LabelWarning, ...]


def label_from_xml(data: bytes) -> Label:
    """The checked door for our own labels; raises `XmlError` or `LabelError`.

    The policy is not consulted: `resolution.resolve` and `validity.check` do that.
    """
    return read_label(data, created_if_absent=None).label


def read_label(data: bytes, *, created_if_absent: datetime | None) -> ReadLabel:
    """The door for labels from the field, which often lack their creation time; raises `XmlError` or `LabelError`."""
    root = Node(parse(data, limit=MOST_BYTES), namespace=slab.NAMESPACE)
    return _read(root, created_if_absent=created_if_absent)


def new_label(
    policy: Policy,
    *,
    classification: str,
    categories: Iterable[CategoryRef] = (),
    inputs: Iterable[Input] = (),
    created: datetime,
) -> Label:
    """A label of `policy`, in its spelling; raises `UnknownClassificationError` or `UnknownCategoryError`."""
    return Label(
        policy_id=policy.id,
        policy_name=policy.name,
        policy_version=policy.version,
        policy_digest=policy.digest,
        classification=policy.classification(classification).name,
        categories=slab.ordered(policy.category(one).ref for one in categories),
        inputs=tuple(sorted({Input(ref=policy.category(one.ref).ref, value=one.value) for one in inputs})),
        created=slab.whole_second(created),
    )


def same_marking(first: Label, second: Label) -> bool:
    """Whether two labels mark alike, whenever and under whichever version of one policy they were made."""
    return (
        first.policy_id == second.policy_id
        and first.classification.casefold() == second.classification.casefold()
        and first.categories == second.categories
        and first.privacy_mark == second.privacy_mark
        and first.undecided == second.undecided
        and first.inputs == second.inputs
    )


def _read(root: Node, *, created_if_absent: datetime | None) -> ReadLabel:
    kind = _kind(root)
    slab.refuse_unknown(root, {"ConfidentialityInformation", "OriginatorID", "CreationDateTime", "SuccessionHandling"})
    information_node = slab.only_child(root, "ConfidentialityInformation")
    information = slab.read_information(information_node)
    created_node = slab.optional_child(root, "CreationDateTime")
    created = created_if_absent if created_node is None else _moment(created_node)
    if created is None:
        raise LabelStructureError("", "CreationDateTime")
    review = root.get("ReviewDateTime")
    undecided = _own(root, "undecided", _UNDECIDED)
    inputs = _own(root, "inputs", _INPUTS)
    version = _own(root, "policyVersion", _VERSION)
    label = Label(
        policy_id=information.policy_id,
        policy_name=information.policy_name,
        policy_version=None if version is None else int(version),
        policy_digest=_own(root, "policyDigest", _DIGEST),
        classification=information.classification,
        categories=information.categories,
        privacy_mark=information.privacy_mark,
        created=slab.whole_second(created),
        review=None if review is None else slab.read_moment(review, path="@ReviewDateTime"),
        succession=_succession(root, information),
        originator=_originator(root),
        kind=kind,
        undecided=() if undecided is None else tuple(sorted(set(undecided.split()))),
        inputs=inputs_from_text(inputs or "", information.categories, path="@inputs"),
    )
    warnings = {
        LabelWarning.NO_CREATION_TIME: created_node is None,
        LabelWarning.FOREIGN_ELEMENT: slab.has_foreign(root) or slab.has_foreign(information_node),
    }
    return ReadLabel(label=label, warnings=tuple(warning for warning, is_there in warnings.items() if is_there))


def _kind(root: Node) -> LabelKind:
    for kind in LabelKind:
        if root.element.tag == f"{{{slab.NAMESPACE}}}{kind.value}":
            return kind
    raise NotALabelError("", str(root.element.tag))


def _moment(node: Node) -> datetime:
    return slab.read_moment(slab.leaf_text(node), path=node.path)


def _originator(root: Node) -> Originator | None:
    node = slab.optional_child(root, "OriginatorID")
    if node is None:
        return None
    id_type = node.get("IDType")
    if not id_type:
        raise LabelStructureError(f"{node.path}/@IDType", "IDType")
    return Originator(id_type=id_type, name=slab.leaf_text(node))


def _succession(root: Node, current: Information) -> Succession | None:
    node = slab.optional_child(root, "SuccessionHandling")
    if node is None:
        return None
    slab.refuse_unknown(node, {"SuccessionDateTime", "SuccessorConfidentialityLabel"})
    successor = slab.only_child(node, "SuccessorConfidentialityLabel")
    slab.refuse_unknown(successor, {"ConfidentialityInformation", "OriginatorID", "CreationDateTime"})
    then = slab.read_information(slab.only_child(successor, "ConfidentialityInformation"))
    if (then.policy_id, then.policy_name) != (current.policy_id, current.policy_name):
        raise LabelStructureError(successor.path, "PolicyIdentifier")
    return Succession(
        at=_moment(slab.only_child(node, "SuccessionDateTime")),
        classification=then.classification,
        categories=then.categories,
        privacy_mark=then.privacy_mark,
        inputs=inputs_from_text(_own(root, "successorInputs", _INPUTS) or "", then.categories, path="@successorInputs"),
    )


def _own(root: Node, name: str, pattern: re.Pattern[str]) -> str | None:
    value = root.get(f"{{{OWN_NAMESPACE}}}{name}")
    if value is not None and not pattern.fullmatch(value):
        raise LabelStructureError(f"@{name}", value)
    return value


def _own_attributes(label: Label) -> Iterable[tuple[str, str]]:
    if label.policy_version is not None:
        yield "policyVersion", str(label.policy_version)
    if label.policy_digest is not None:
        yield "policyDigest", label.policy_digest
    if label.undecided:
        yield "undecided", " ".join(label.undecided)
    if label.inputs:
        yield "inputs", inputs_text(label.inputs)
    if label.succession is not None and label.succession.inputs:
        yield "successorInputs", inputs_text(label.succession.inputs)


def _information(label: Label, marking: Label | Succession) -> Information:
    return Information(
        policy_id=label.policy_id,
        policy_name=label.policy_name,
        classification=marking.classification,
        privacy_mark=marking.privacy_mark,
        categories=marking.categories,
    )
