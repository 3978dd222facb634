"""The parts of STANAG 4774 XML that labels and clearances share, read strictly and written in one way.

What we do not understand where it matters is refused, not skipped: an unknown element of the standard's own namespace,
an element there twice, a value in one of the forms ADatP-4774 forbids. Elements of other namespaces, which the schema
admits at the end of some types, are let pass; they are not kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby

from lxml import etree

from cloison.labels.elements import CategoryRef, CategoryType
from cloison.labels.errors import LabelStructureError, NoClassificationError, TwoClassificationsError
from cloison.labels.markup import Node, local_name, token

NAMESPACE = "urn:nato:stanag:4774:confidentialitymetadatalabel:1:0"
OID_PREFIX = "urn:oid:"
MOST_CATEGORIES = 2000

_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,20})?(Z|[+-][0-9]{2}:[0-9]{2})?")
_OID = re.compile(r"[0-2](\.[0-9]{1,40}){1,63}")
_TYPES = {kind.value: kind for kind in CategoryType}


@dataclass(frozen=True, slots=True, kw_only=True)
class Information:
    """A `ConfidentialityInformation`; `policy_id` is empty where only a name is given."""

    policy_id: str
    policy_name: str
    classification: str
    privacy_mark: str | None
    categories: tuple[CategoryRef, ...]


def read_information(node: Node) -> Information:
    """What a `ConfidentialityInformation` holds; raises `LabelError`."""
    refuse_unknown(node, {"PolicyIdentifier", "Classification", "PrivacyMark", "Category"})
    levels = node.children("Classification")
    if not levels:
        raise NoClassificationError(node.path, "Classification")
    if len(levels) > 1:
        raise TwoClassificationsError(levels[1].path, levels[1].text)
    policy_id, policy_name = read_policy_identifier(node)
    privacy_mark = optional_child(node, "PrivacyMark")
    return Information(
        policy_id=policy_id,
        policy_name=policy_name,
        classification=leaf_text(levels[0]),
        privacy_mark=None if privacy_mark is None else leaf_text(privacy_mark),
        categories=read_categories(node),
    )


def write_information(parent: etree._Element, information: Information) -> None:
    """Write a `ConfidentialityInformation` as the last child of `parent`."""
    element = add(parent, "ConfidentialityInformation")
    write_policy_identifier(element, policy_id=information.policy_id, policy_name=information.policy_name)
    add(element, "Classification", information.classification)
    if information.privacy_mark is not None:
        add(element, "PrivacyMark", information.privacy_mark)
    write_categories(element, information.categories)


def read_policy_identifier(node: Node) -> tuple[str, str]:
    """The OID (empty where none is given) and the name of the policy of `node`; raises `LabelError`."""
    identifier = only_child(node, "PolicyIdentifier")
    return _oid(identifier), leaf_text(identifier)


def write_policy_identifier(parent: etree._Element, *, policy_id: str, policy_name: str) -> None:
    """Write a `PolicyIdentifier`."""
    element = add(parent, "PolicyIdentifier", policy_name)
    if policy_id:
        element.set("URI", OID_PREFIX + policy_id)


def read_categories(node: Node) -> tuple[CategoryRef, ...]:
    """The categories among the children of `node`; raises `LabelError`."""
    refs = ordered(ref for category in node.children("Category") for ref in _category_values(category))
    if len(refs) > MOST_CATEGORIES:
        raise LabelStructureError(node.path, "Category")
    return refs


def write_categories(parent: etree._Element, categories: Iterable[CategoryRef]) -> None:
    """Write categories as `Category` children of `parent`, one per tag set and type, sorted."""
    for (tag_set_id, tag_set, kind), group in groupby(
        ordered(categories), key=lambda one: (one.tag_set_id, one.tag_set, one.type)
    ):
        element = add(parent, "Category")
        element.set("Type", kind.value)
        element.set("TagName", tag_set)
        if tag_set_id:
            element.set("URI", OID_PREFIX + tag_set_id)
        for ref in group:
            add(element, "GenericValue", ref.name)


def ordered(categories: Iterable[CategoryRef]) -> tuple[CategoryRef, ...]:
    """Sorted and unique, as labels hold them."""
    return tuple(sorted(set(categories)))


def only_child(node: Node, name: str) -> Node:
    """The child that must be there once; raises `LabelStructureError`."""
    found = optional_child(node, name)
    if found is None:
        raise LabelStructureError(node.path, name)
    return found


def optional_child(node: Node, name: str) -> Node | None:
    """The child that may be there once; raises `LabelStructureError`."""
    found = node.children(name)
    if len(found) > 1:
        raise LabelStructureError(found[1].path, name)
    return found[0] if found else None


def leaf_text(node: Node) -> str:
    """The text of an element that must hold text and nothing else; raises `LabelStructureError`."""
    if not node.is_leaf or not node.text:
        raise LabelStructureError(node.path, local_name(node.element))
    return node.text


def refuse_unknown(node: Node, known: set[str]) -> None:
    """Raise `LabelStructureError` where `node` has a child of its own namespace that is not `known`."""
    for element in node.element:
        name = local_name(element)
        if element.tag == f"{{{node.namespace}}}{name}" and name not in known:
            raise LabelStructureError(f"{node.path}/{name}".lstrip("/"), name)


def has_foreign(node: Node) -> bool:
    """Whether `node` has a child of another namespace."""
    return any(not str(element.tag).startswith(f"{{{node.namespace}}}") for element in node.element)


def read_moment(text: str, *, path: str) -> datetime:
    """An `xs:dateTime`, whole seconds, in UTC (also where it names no zone); raises `LabelStructureError`."""
    if not _MOMENT.fullmatch(text):
        raise LabelStructureError(path, text)
    try:
        moment = datetime.fromisoformat(text)
        return whole_second(moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment)
    except (ValueError, OverflowError) as error:
        raise LabelStructureError(path, text) from error


def write_moment(moment: datetime) -> str:
    """`moment` as an `xs:dateTime` in UTC."""
    return whole_second(moment).isoformat().replace("+00:00", "Z")


def whole_second(moment: datetime) -> datetime:
    """`moment` in UTC without its fraction of a second, as it is written."""
    return moment.astimezone(UTC).replace(microsecond=0)


def add(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    """A new last child of `parent`, in the namespace of labels."""
    element = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
    element.text = text
    return element


def _category_values(node: Node) -> Iterator[CategoryRef]:
    kind = _TYPES.get(node.get("Type") or "")
    if kind is None:
        raise LabelStructureError(f"{node.path}/@Type", node.get("Type") or "")
    tag_set = token(node.get("TagName") or "")
    if not tag_set:
        raise LabelStructureError(f"{node.path}/@TagName", "TagName")
    values = node.children("GenericValue")
    if len(values) != len(node.element):  # IntegerValue and BitStringValue "SHALL NOT be used" (ADatP-4774 App. 1).
        raise LabelStructureError(node.path, "GenericValue")
    for value in values:
        yield CategoryRef(tag_set_id=_oid(node), tag_set=tag_set, type=kind, name=leaf_text(value))


def _oid(node: Node) -> str:
    uri = node.get("URI")
    if uri is None:
        return ""
    if not uri.lower().startswith(OID_PREFIX) or not _OID.fullmatch(uri[len(OID_PREFIX) :]):
        raise LabelStructureError(f"{node.path}/@URI", uri)
    return uri[len(OID_PREFIX) :]
