"""Reading a policy: XML SPIF 2.0 and 2.1 (xmlspif.org), and 1.0 files of the same namespace.

What the schema would call a fault but changes no meaning (a missing `creationDate`, an unknown attribute) is let pass:
most files in the field do not validate. What carries meaning – codes, tag types, references, numbers that must be
unique – is an error that names the element, and a broken policy is refused whole. SPIF 3.0 has another marking model
(no `code`); reading it with these rules would word markings wrongly, so it is refused by name.
"""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from cloison.labels.elements import Category, Classification, ExcludedClass, PrivacyMark, Qualifier, Tag, TagSet
from cloison.labels.errors import MissingError, NotAPolicyError, UnsupportedVersionError
from cloison.labels.markup import Node, parse
from cloison.labels.policy import Policy
from cloison.labels.spif_equivalents import (
    read_equivalent_categories,
    read_equivalent_classifications,
    read_equivalent_policies,
    read_equivalent_tag_sets,
)
from cloison.labels.spif_layout import Layout, TagLayout, read_layout
from cloison.labels.spif_lint import lint
from cloison.labels.spif_markings import read_phrases, read_qualifiers
from cloison.labels.spif_references import (
    read_group,
    read_lacv,
    read_oid,
    read_required_categories,
    read_tag_type,
)
from cloison.labels.spif_values import flag, input_kind, integer, required, selection, spif_time

NAMESPACE = "http://www.xmlspif.org/spif"
READ_VERSIONS = frozenset({"1.0", "2.0", "2.1"})
MOST_BYTES = 4 * 1024 * 1024


def policy_from_spif(data: bytes, *, source: str) -> Policy:
    """The policy in `data`, which came from `source`; raises `XmlError` or `PolicyError`."""
    element = parse(data, limit=MOST_BYTES)
    root = Node(element, namespace=NAMESPACE)
    if element.tag != f"{{{NAMESPACE}}}SPIF":
        raise NotAPolicyError("", element.tag)
    version = root.get("schemaVersion") or "1.0"
    if version not in READ_VERSIONS:
        raise UnsupportedVersionError("@schemaVersion", version)
    with _without_collector():
        policy = _policy(root, digest=hashlib.sha256(data).hexdigest(), source=source)
        faults = lint(policy)
    if faults:
        first = faults[0]
        first.also = faults[1:]
        raise first
    return policy


@contextmanager
def _without_collector() -> Iterator[None]:
    """Nothing of a policy that is being read is garbage; to go over all of it again and again takes a quarter of the
    time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _policy(root: Node, *, digest: str, source: str) -> Policy:
    identity = _child(root, "securityPolicyId")
    layout = read_layout(root)
    levels = _child(root, "securityClassifications")
    around = read_qualifiers(levels)
    classifications = tuple(_classification(node, layout, around) for node in levels.children("securityClassification"))
    sets = root.child("securityCategoryTagSets")
    policy = Policy(
        id=read_oid(identity, "id"),
        name=required(identity, "name"),
        version=integer(root, "version", default=0),
        digest=digest,
        source=source,
        classifications=classifications,
        tag_sets=()
        if sets is None
        else tuple(_tag_set(node, layout) for node in sets.children("securityCategoryTagSet")),
        phrases=(*read_phrases(root), *read_phrases(identity)),
        qualifiers=(*read_qualifiers(root), *read_qualifiers(identity)),
        not_before=spif_time(root, "notBefore"),
        not_after=spif_time(root, "notAfter"),
        equivalents=read_equivalent_policies(root, layout.equivalence),
        privacy_marks=_privacy_marks(root),
        has_layout=layout.is_present,
    )
    layout.check_all_used()
    return policy


def _privacy_marks(root: Node) -> tuple[PrivacyMark, ...] | None:
    block = root.child("privacyMarks")
    if block is None:
        return None
    return tuple(
        PrivacyMark(
            name=required(one, "name"),
            path=one.path,
            obsolete=flag(one, "obsolete"),
            phrases=read_phrases(one),
            qualifiers=read_qualifiers(one),
        )
        for one in block.children("privacyMark")
    )


def _classification(node: Node, layout: Layout, around: tuple[Qualifier, ...]) -> Classification:
    """A level; what stands `around` all of them counts where it says nothing of its own."""
    name = required(node, "name")
    extra = layout.classification(name)
    return Classification(
        name=name,
        lacv=read_lacv(node),
        hierarchy=integer(node, "hierarchy"),
        path=node.path,
        obsolete=flag(node, "obsolete"),
        colour=node.get("color"),
        phrases=read_phrases(node),
        qualifiers=read_qualifiers(node) or around,
        required=read_required_categories(node),
        equivalents=read_equivalent_classifications(node),
        positions=extra.positions,
        screen=extra.screen,
        stamp=extra.stamp,
        handling=extra.handling,
        handled_as=extra.handled_as,
    )


def _tag_set(node: Node, layout: Layout) -> TagSet:
    identifier = read_oid(node, "id")
    return TagSet(
        id=identifier,
        name=required(node, "name"),
        path=node.path,
        tags=tuple(_tag(tag, layout, tag_set_id=identifier) for tag in node.children("securityCategoryTag")),
        equivalents=read_equivalent_tag_sets(node),
    )


def _tag(node: Node, layout: Layout, *, tag_set_id: str) -> Tag:
    name = node.get("name") or ""
    extra = layout.tag(tag_set_id, name)
    return Tag(
        name=name,
        type=read_tag_type(node),
        path=node.path,
        categories=tuple(_category(one, layout, extra, tag_set_id=tag_set_id) for one in node.children("tagCategory")),
        qualifiers=read_qualifiers(node),
        phrases=read_phrases(node),
        single=flag(node, "singleSelection"),
        least=selection(node, "minSelection"),
        most=selection(node, "maxSelection"),
        restricts=extra.restricts,
        nationality_counts=extra.nationality_counts,
        always=extra.always,
    )


def _category(node: Node, layout: Layout, of_tag: TagLayout, *, tag_set_id: str) -> Category:
    name = required(node, "name")
    extra = layout.category(tag_set_id, name)
    return Category(
        name=name,
        lacv=read_lacv(node),
        path=node.path,
        obsolete=flag(node, "obsolete"),
        required_class=node.get("requiredClass"),
        excluded_classes=tuple(ExcludedClass(name=one.text, path=one.path) for one in node.children("excludedClass")),
        required=read_required_categories(node),
        excluded=tuple(read_group(one) for one in node.children("excludedCategory")),
        equivalents=read_equivalent_categories(node),
        not_before=spif_time(node, "notBefore"),
        not_after=spif_time(node, "notAfter"),
        asks_for=input_kind(node, "userInput"),
        date_format=node.get("dateFormat"),
        phrases=read_phrases(node),
        qualifiers=read_qualifiers(node),
        positions=of_tag.positions if extra.positions is None else extra.positions,
        chip=extra.chip,
        stamp=extra.stamp or of_tag.stamp,
        held_by=extra.held_by,
    )


def _child(node: Node, name: str) -> Node:
    found = node.child(name)
    if found is None:
        raise MissingError(node.path, name)
    return found
