"""How the elements of a policy file name others: classifications and categories by number, tag sets by name."""

from __future__ import annotations

import re

from cloison.labels.elements import CategoryGroup, Operation, RequiredCategories, TagType
from cloison.labels.errors import BadValueError, UnknownOperationError, UnknownTagTypeError
from cloison.labels.markup import Node
from cloison.labels.spif_values import required

_OID = re.compile(r"[0-2](\.(0|[1-9][0-9]{0,39})){1,63}")
_TAG_TYPES = {
    ("restrictive", None): TagType.RESTRICTIVE,
    ("permissive", None): TagType.PERMISSIVE,
    ("enumerated", "restrictive"): TagType.ENUMERATED_RESTRICTIVE,
    ("enumerated", "permissive"): TagType.ENUMERATED_PERMISSIVE,
    ("tagType7", None): TagType.INFORMATIVE,
    ("informative", None): TagType.INFORMATIVE,
    ("notApplicable", None): TagType.NOT_APPLICABLE,
}


def read_required_categories(node: Node) -> tuple[RequiredCategories, ...]:
    """The `requiredCategory` children of an element; raises `PolicyError`."""
    return tuple(
        RequiredCategories(
            operation=_operation(one),
            groups=tuple(read_group(group) for group in one.children("categoryGroup")),
            path=one.path,
        )
        for one in node.children("requiredCategory")
    )


def read_group(node: Node) -> CategoryGroup:
    """A reference; by the schema one of `lacv` and `all` is there, and files in the field may have neither: all."""
    lacv = node.get("lacv")
    return CategoryGroup(
        tag_set=required(node, "tagSetRef"),
        type=read_tag_type(node),
        lacv=None if lacv is None else _normal_lacv(lacv),
        path=node.path,
    )


def read_tag_type(node: Node) -> TagType:
    """The type of a tag, with its kind where it is enumerated; raises `UnknownTagTypeError`."""
    value = required(node, "tagType")
    found = _TAG_TYPES.get((value, node.get("enumType") if value == "enumerated" else None))
    if found is None:
        raise UnknownTagTypeError(f"{node.path}/@tagType", value)
    return found


def read_lacv(node: Node) -> str:
    """The number of a classification or category (label and certificate value)."""
    return _normal_lacv(required(node, "lacv"))


def read_oid(node: Node, name: str) -> str:
    """An object identifier; raises `MissingError`, `BadValueError`."""
    value = required(node, name)
    if not _OID.fullmatch(value):
        raise BadValueError(f"{node.path}/@{name}", value)
    return value


def _operation(node: Node) -> Operation:
    value = required(node, "operation")
    try:
        return Operation(value)
    except ValueError as error:
        raise UnknownOperationError(f"{node.path}/@operation", value) from error


def _normal_lacv(text: str) -> str:
    """Numbers compare as numbers: `004` and `4` are one value."""
    return str(int(text)) if text.isascii() and text.isdigit() and len(text) < 40 else text
