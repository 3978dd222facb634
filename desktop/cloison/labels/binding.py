"""A label bound to files (STANAG 4778, ADatP-4778): a `BindingInformation` beside them, or embedded in one.

One container, one binding: the label in `Metadata`, one `DataReference` per file. The standard leaves integrity to an
XML signature; here the whole package is signed already, so each reference carries the SHA-256 of its file in the
namespace `urn:cloison:binding:1` and `verify` compares. Exclusive canonical XML; files in the order given.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, unquote

from lxml import etree

from cloison.labels.errors import BindingError
from cloison.labels.markup import Node, canonical, parse

NAMESPACE = "urn:nato:stanag:4778:bindinginformation:1:0"
MIME_NAMESPACE = "http://www.w3.org/2005/05/xmlmime"
OWN_NAMESPACE = "urn:cloison:binding:1"
MOST_BYTES = 4 * 1024 * 1024
MOST_FILES = 10_000

_NAMESPACES = {"mb": NAMESPACE, "xmime": MIME_NAMESPACE, "cb": OWN_NAMESPACE}
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundFile:
    """A file a label is bound to: its name (data, never a path), media type and SHA-256 in hexadecimal."""

    name: str
    media_type: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """A label, as canonical XML, and what it is bound to."""

    label_xml: bytes
    files: tuple[BoundFile, ...]


def bind(label_xml: bytes, files: Sequence[BoundFile]) -> bytes:
    """The binding of a label to `files`, canonical; raises `XmlError`, and `BindingError` where there is no file."""
    if not files:
        raise BindingError("MetadataBindingContainer/MetadataBinding", "DataReference")
    root = etree.Element(f"{{{NAMESPACE}}}BindingInformation", nsmap=_NAMESPACES)
    container = etree.SubElement(root, f"{{{NAMESPACE}}}MetadataBindingContainer")
    binding = etree.SubElement(container, f"{{{NAMESPACE}}}MetadataBinding")
    metadata = etree.SubElement(binding, f"{{{NAMESPACE}}}Metadata")
    metadata.append(parse(label_xml, limit=MOST_BYTES))
    for file in files:
        reference = etree.SubElement(binding, f"{{{NAMESPACE}}}DataReference")
        reference.set("URI", quote(file.name))
        reference.set(f"{{{MIME_NAMESPACE}}}contentType", file.media_type)
        reference.set(f"{{{OWN_NAMESPACE}}}sha256", file.sha256)
    return canonical(root, prefixes=("xmime", "cb"))


def read_binding(data: bytes) -> Binding:
    """The checked door for bindings of the shape `bind` writes; raises `XmlError` or `BindingError`."""
    root = Node(parse(data, limit=MOST_BYTES), namespace=NAMESPACE, path="")
    if root.element.tag != f"{{{NAMESPACE}}}BindingInformation":
        raise BindingError("", str(root.element.tag))
    binding = _only(_only(root, "MetadataBindingContainer", of=1), "MetadataBinding", of=1)
    references = list(binding.children("DataReference"))
    metadata = _only(binding, "Metadata", of=1 + len(references))
    if not references or len(references) > MOST_FILES or len(metadata.element) != 1:
        raise BindingError(binding.path, "DataReference")
    return Binding(label_xml=canonical(metadata.element[0]), files=tuple(_file(one) for one in references))


def verify(binding: Binding, digests: Mapping[str, str]) -> None:
    """Compare with the SHA-256 of the files at hand, by name; raises `BindingError` for any difference."""
    bound = {file.name: file.sha256 for file in binding.files}
    for name in sorted(bound.keys() | digests.keys()):
        if bound.get(name) != digests.get(name):
            raise BindingError("MetadataBindingContainer/MetadataBinding/DataReference", name)


def _only(node: Node, name: str, *, of: int) -> Node:
    """The only child of that name, among `of` children in all."""
    found = list(node.children(name))
    if len(found) != 1 or len(node.element) != of:
        raise BindingError(f"{node.path}/{name}".lstrip("/"), name)
    return found[0]


def _file(node: Node) -> BoundFile:
    name = unquote(node.get("URI") or "")
    media_type = node.get(f"{{{MIME_NAMESPACE}}}contentType") or ""
    digest = node.get(f"{{{OWN_NAMESPACE}}}sha256") or ""
    if not name or not media_type or not _DIGEST.fullmatch(digest):
        raise BindingError(node.path, name)
    return BoundFile(name=name, media_type=media_type, sha256=digest)
