"""Where a policy file is not as the schema of XML SPIF 2.1 has it, without a change of meaning: warnings, no errors.

Most files in the field do not validate, and are read all the same. Whoever keeps a policy wants to know: an attribute
of a misspelt name is without effect, an element without namespace is not seen. Each fault is told once, where it is
first met, however many elements share it. What carries meaning is checked in `spif` and `spif_lint`.

Elements whose content the schema leaves open, and those of other namespaces, are not looked into.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from cloison.labels.markup import Node, local_name, parse
from cloison.labels.spif import MOST_BYTES, NAMESPACE


class SchemaFault(Enum):
    """In what a file departs from the schema."""

    MISSING_ATTRIBUTE = "missing attribute"
    UNKNOWN_ATTRIBUTE = "unknown attribute"
    MISSING_ELEMENT = "missing element"
    UNKNOWN_ELEMENT = "unknown element"
    BAD_VALUE = "bad value"
    COLOUR_TWICE = "colour twice"


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaWarning:
    """One departure: the `path` of the first element that has it, and the name or value that is missing or unknown."""

    fault: SchemaFault
    path: str
    value: str


class _Shape:
    """What the schema allows in an element; a name with `!` must be there."""

    def __init__(self, attributes: str = "", children: str = "") -> None:
        """Take the names apart, once."""
        self.attributes = _names(attributes)
        self.needed_attributes = _needed(attributes)
        self.children = _names(children)
        self.needed_children = _needed(children)


def _names(text: str) -> tuple[str, ...]:
    return tuple(one.rstrip("!") for one in text.split())


def _needed(text: str) -> tuple[str, ...]:
    return tuple(one.rstrip("!") for one in text.split() if one.endswith("!"))


_MARKED = "markingData markingQualifier"
_GROUP = _Shape("tagSetRef! tagType! enumType lacv all")
_IDENTITY = _Shape("name! id!", _MARKED)
_SHAPES = {
    "SPIF": _Shape(
        "schemaVersion! creationDate! originatorDN! keyIdentifier! privilegeId! rbacId! version userRefURI docRefURI "
        "notBefore notAfter",
        "defaultSecurityPolicyId securityPolicyId! updateInfo securityClassifications! securityCategoryTagSets "
        f"privacyMarks equivalentPolicies {_MARKED} extensions",
    ),
    "securityPolicyId": _IDENTITY,
    "defaultSecurityPolicyId": _IDENTITY,
    "securityClassifications": _Shape("name", f"securityClassification! {_MARKED}"),
    "securityClassification": _Shape(
        "name! lacv! hierarchy! color obsolete", f"equivalentClassification requiredCategory {_MARKED}"
    ),
    "securityCategoryTagSets": _Shape("", "securityCategoryTagSet!"),
    "securityCategoryTagSet": _Shape("name! id!", "securityCategoryTag! equivalentSecurityCategoryTagSet"),
    "equivalentSecurityCategoryTagSet": _Shape("policyRef! name id", "requiredCategory"),
    "privacyMarks": _Shape("singleSelection minSelection maxSelection", "privacyMark"),
    "privacyMark": _Shape("name! obsolete", _MARKED),
    "securityCategoryTag": _Shape(
        "name! tagType! enumType tag7Encoding singleSelection minSelection maxSelection",
        "tagCategory markingQualifier",
    ),
    "tagCategory": _Shape(
        "name! lacv! requiredClass obsolete userInput dateFormat notBefore notAfter",
        f"equivalentSecCategoryTag excludedClass requiredCategory excludedCategory {_MARKED}",
    ),
    "requiredCategory": _Shape("operation!", "categoryGroup!"),
    "categoryGroup": _GROUP,
    "excludedCategory": _GROUP,
    "equivalentPolicies": _Shape("", "equivalentPolicy!"),
    "equivalentPolicy": _Shape("name! id! userRefURI docRefURI", "requiredCategory"),
    "equivalentClassification": _Shape("policyRef! lacv! applied!", "requiredCategory"),
    "equivalentSecCategoryTag": _Shape("policyRef! tagSetId tagType enumType lacv applied action"),
    "markingData": _Shape("phrase", "code!"),
    "markingQualifier": _Shape("markingCode", "qualifier!"),
    "qualifier": _Shape("markingQualifier! qualifierCode!"),
    "excludedClass": _Shape(),
    "code": _Shape(),
}
_GENERALIZED_TIME = re.compile(r"[0-9]{14}Z")
_TAG_TYPES = frozenset({"notApplicable", "restrictive", "enumerated", "permissive", "tagType7"})


def schema_warnings(data: bytes) -> tuple[SchemaWarning, ...]:
    """How the policy file `data` departs from the schema, in document order; raises `XmlError`.

    What is no policy at all, or of a version that is not read, has no warnings: it has an error.
    """
    root = Node(parse(data, limit=MOST_BYTES), namespace=NAMESPACE)
    if root.element.tag != f"{{{NAMESPACE}}}SPIF":
        return ()
    first: dict[tuple[SchemaFault, str, str], SchemaWarning] = {}
    for element, warning in _warnings(root):
        first.setdefault((warning.fault, element, warning.value), warning)
    return tuple(first.values())


def _warnings(node: Node) -> Iterator[tuple[str, SchemaWarning]]:
    """Every warning of an element and those below it, each with the name of the element."""
    name = local_name(node.element)
    shape = _SHAPES.get(name)
    if shape is None:
        return
    for fault, place, value in (*_attributes(node, shape), *_values(node, name), *_children(node, shape)):
        yield name, SchemaWarning(fault=fault, path=f"{node.path}{place}".lstrip("/"), value=value)
    for child in shape.children:
        for one in node.children(child):
            yield from _warnings(one)


def _attributes(node: Node, shape: _Shape) -> Iterator[tuple[SchemaFault, str, str]]:
    for name in shape.needed_attributes:
        if node.get(name) is None:
            yield SchemaFault.MISSING_ATTRIBUTE, "", name
    for name in map(str, node.element.attrib):
        if not name.startswith("{") and name not in shape.attributes:
            yield SchemaFault.UNKNOWN_ATTRIBUTE, f"/@{name}", name


def _children(node: Node, shape: _Shape) -> Iterator[tuple[SchemaFault, str, str]]:
    for name in shape.needed_children:
        if not node.children(name):
            yield SchemaFault.MISSING_ELEMENT, "", name
    for element in node.element:
        name = local_name(element)
        if element.tag == name or (element.tag == f"{{{NAMESPACE}}}{name}" and name not in shape.children):
            yield SchemaFault.UNKNOWN_ELEMENT, "", name


def _values(node: Node, name: str) -> Iterator[tuple[SchemaFault, str, str]]:
    created = node.get("creationDate")
    if created is not None and name == "SPIF" and not _GENERALIZED_TIME.fullmatch(created):
        yield SchemaFault.BAD_VALUE, "/@creationDate", created
    tag_type = node.get("tagType")
    if tag_type is not None and tag_type not in _TAG_TYPES:
        yield SchemaFault.BAD_VALUE, "/@tagType", tag_type
    if _SHAPES[name] is _GROUP and (node.get("lacv") is None) is (node.get("all") is None):
        yield SchemaFault.BAD_VALUE, "", "lacv, all"
    if name == "securityClassifications":
        colours: set[str] = set()
        for one in node.children("securityClassification"):
            colour = (one.get("color") or "").lower()
            if colour in colours:
                yield SchemaFault.COLOUR_TWICE, f"/{local_name(one.element)}", colour
            colours |= {colour} - {""}
