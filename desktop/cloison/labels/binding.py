"""A label bound to files (STANAG 4778, ADatP-4778): a `BindingInformation` beside them, or embedded in one.

One container, one binding: the label in `Metadata`, one `DataReference` per file. The digests stand where the standard
leaves room for other elements, at the end of the root, as an XML Signature `Manifest` with one reference per file under
the same URI (ADatP-4778.2, Annex A, has signed bindings list files in the same way). There is no XML signature: what
carries the binding is signed as a whole. Canonical XML; files in the order given.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, unquote

from lxml import etree

from cloison.labels.errors import BindingError
from cloison.labels.markup import Node, canonical, canonical_document, parse

NAMESPACE = "urn:nato:stanag:4778:bindinginformation:1:0"
MIME_NAMESPACE = "http://www.w3.org/2005/05/xmlmime"
SIGNATURE_NAMESPACE = "http://www.w3.org/2000/09/xmldsig#"
SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"
MOST_BYTES = 4 * 1024 * 1024
MOST_FILES = 10_000
DIGEST_BYTES = 32

_NAMESPACES = {"mb": NAMESPACE, "xmime": MIME_NAMESPACE, "ds": SIGNATURE_NAMESPACE}
_CONTENT_TYPE = f"{{{MIME_NAMESPACE}}}contentType"


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
    binding = _add(_add(root, "MetadataBindingContainer"), "MetadataBinding")
    _add(binding, "Metadata").append(parse(label_xml, limit=MOST_BYTES))
    manifest = etree.SubElement(root, f"{{{SIGNATURE_NAMESPACE}}}Manifest")
    for file in files:
        reference = _add(binding, "DataReference")
        reference.set("URI", quote(file.name))
        reference.set(_CONTENT_TYPE, file.media_type)
        _add_digest(manifest, file)
    return canonical_document(root)


def read_binding(data: bytes) -> Binding:
    """The checked door for bindings of the shape `bind` writes; raises `XmlError` or `BindingError`."""
    root = Node(parse(data, limit=MOST_BYTES), namespace=NAMESPACE)
    if root.element.tag != f"{{{NAMESPACE}}}BindingInformation":
        raise BindingError("", str(root.element.tag))
    binding = _only(_only(root, "MetadataBindingContainer", of=2), "MetadataBinding", of=1)
    references = binding.children("DataReference")
    metadata = _only(binding, "Metadata", of=1 + len(references))
    if not references or len(references) > MOST_FILES or len(metadata.element) != 1:
        raise BindingError(binding.path, "DataReference")
    digests = list(_digests(root))
    if [uri for uri, _ in digests] != [one.get("URI") for one in references]:
        raise BindingError("Manifest", "Reference")
    files = tuple(_file(one, digest) for one, (_, digest) in zip(references, digests, strict=True))
    if len({file.name for file in files}) != len(files):
        raise BindingError(binding.path, "DataReference")
    return Binding(label_xml=canonical(metadata.element[0]), files=files)


def verify(binding: Binding, digests: Mapping[str, str]) -> None:
    """Compare with the SHA-256 of the files at hand, by name; raises `BindingError` for any difference."""
    bound = {file.name: file.sha256 for file in binding.files}
    for name in sorted(bound.keys() | digests.keys()):
        if bound.get(name) != digests.get(name):
            raise BindingError("MetadataBindingContainer/MetadataBinding/DataReference", name)


def _add(parent: etree._Element, name: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")


def _add_digest(manifest: etree._Element, file: BoundFile) -> None:
    reference = etree.SubElement(manifest, f"{{{SIGNATURE_NAMESPACE}}}Reference")
    reference.set("URI", quote(file.name))
    etree.SubElement(reference, f"{{{SIGNATURE_NAMESPACE}}}DigestMethod").set("Algorithm", SHA256)
    value = etree.SubElement(reference, f"{{{SIGNATURE_NAMESPACE}}}DigestValue")
    value.text = base64.b64encode(bytes.fromhex(file.sha256)).decode()


def _only(node: Node, name: str, *, of: int) -> Node:
    """The only child of that name, among `of` children in all."""
    found = node.children(name)
    if len(found) != 1 or len(node.element) != of:
        raise BindingError(f"{node.path}/{name}".lstrip("/"), name)
    return found[0]


def _digests(root: Node) -> Iterator[tuple[str | None, str]]:
    """URI and SHA-256, in hexadecimal, of each reference in the manifest."""
    manifest = _only(root.seen_in(SIGNATURE_NAMESPACE), "Manifest", of=2)
    for reference in manifest.children("Reference"):
        method = _only(reference, "DigestMethod", of=2)
        value = _only(reference, "DigestValue", of=2)
        if method.get("Algorithm") != SHA256:
            raise BindingError(f"{method.path}/@Algorithm", method.get("Algorithm") or "")
        yield reference.get("URI"), _hexadecimal(value)


def _hexadecimal(node: Node) -> str:
    try:
        digest = base64.b64decode(node.text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BindingError(node.path, "DigestValue") from error
    if len(digest) != DIGEST_BYTES:
        raise BindingError(node.path, "DigestValue")
    return digest.hex()


def _file(node: Node, digest: str) -> BoundFile:
    name = unquote(node.get("URI") or "")
    media_type = node.get(_CONTENT_TYPE) or ""
    if not name or not media_type:
        raise BindingError(node.path, name)
    return BoundFile(name=name, media_type=media_type, sha256=digest)
