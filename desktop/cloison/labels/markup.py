"""The one door through which XML enters, and the one form in which it leaves.

Reading refuses whatever can reach outside the file or blow up: document type declarations (hence entities, internal or
external), more bytes than the caller allows, more tags or attributes than any policy has, nesting beyond libxml2's 256.
The encoding is settled here and not by the parser, so that a `DOCTYPE` cannot hide behind an exotic one. Comments and
processing instructions are dropped, and the text around them is joined: nobody can make `SEC<!-- -->RET` read as `SEC`.

Writing is canonical XML 1.0: the exclusive form (W3C, 18 July 2002) for what is embedded elsewhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from lxml import etree

from cloison.labels.errors import (
    DoctypeError,
    DocumentTooLargeError,
    EmptyDocumentError,
    EncodingError,
    MalformedXmlError,
)

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

MOST_TAGS = 150_000
MOST_ATTRIBUTES = 100_000

_DECLARED_ENCODING = re.compile(rb"""\A<\?xml[^>]{1,100}?\sencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_ENCODINGS = {
    b"utf-8": "utf-8",
    b"us-ascii": "ascii",
    b"ascii": "ascii",
    b"iso-8859-1": "iso-8859-1",
    b"iso-8859-15": "iso-8859-15",
    b"windows-1252": "cp1252",
}
_DOCTYPE_IN_PROLOG = re.compile(r"(?>\s+|<\?.*?\?>|<!--.*?-->)*+<!DOCTYPE", re.DOTALL)


class Node:
    """One element; `namespace` is that of the document, in which children are looked up.

    A policy has tens of thousands of elements: children are sorted by name in one pass when first asked for, and the
    way to an element is put together when somebody needs it.
    """

    __slots__ = ("_children", "_number", "_parent", "_path", "element", "namespace")

    def __init__(self, element: etree._Element, *, namespace: str, parent: Node | None = None, number: int = 0) -> None:
        """Wrap `element`, the child of `parent` that is `number` among those of its name; a root has no parent."""
        self.element = element
        self.namespace = namespace
        self._parent = parent
        self._number = number
        self._path: str | None = None if parent else ""
        self._children: dict[str, list[Node]] | None = None

    @property
    def path(self) -> str:
        """The way from the root, as in `securityClassifications[1]/securityClassification[2]`; empty for the root."""
        if self._path is None:
            above = self._parent.path if self._parent else ""
            self._path = f"{above}/{local_name(self.element)}[{self._number}]".lstrip("/")
        return self._path

    def seen_in(self, namespace: str) -> Node:
        """The same element, its children looked up in another namespace."""
        return Node(self.element, namespace=namespace, parent=self._parent, number=self._number)

    def children(self, name: str) -> Sequence[Node]:
        """The child elements of that local name, in order."""
        if self._children is None:
            self._children = self._by_name()
        return self._children.get(name, ())

    def _by_name(self) -> dict[str, list[Node]]:
        prefix = f"{{{self.namespace}}}"
        found: dict[str, list[Node]] = {}
        for element in self.element:
            tag = str(element.tag)
            if tag.startswith(prefix):
                same = found.setdefault(tag[len(prefix) :], [])
                same.append(Node(element, namespace=self.namespace, parent=self, number=len(same) + 1))
        return found

    def texts(self, name: str) -> tuple[str, ...]:
        """The texts of the children of that local name, without the white space around them."""
        tag = f"{{{self.namespace}}}{name}"
        return tuple([(one.text or "").strip() for one in self.element.iterchildren(tag)])

    def child(self, name: str) -> Node | None:
        """The first child of that local name."""
        return next(iter(self.children(name)), None)

    def get(self, name: str) -> str | None:
        """An attribute, without the white space around it."""
        value = self.element.get(name)
        return None if value is None else value.strip()

    def raw(self, name: str) -> str | None:
        """An attribute as it stands: in a marking, the white space counts."""
        return self.element.get(name)

    @property
    def text(self) -> str:
        """The text of a leaf element as a name: see `token`."""
        return token(self.element.text or "")

    @property
    def is_leaf(self) -> bool:
        """Whether it holds text only."""
        return len(self.element) == 0


def token(text: str) -> str:
    """A name as it is compared: white space collapsed as in an `xs:token`, composed characters (Unicode NFC)."""
    joined = " ".join(text.split())
    return joined if joined.isascii() else unicodedata.normalize("NFC", joined)


def parse(data: bytes, *, limit: int) -> etree._Element:
    """The root of a document of at most `limit` bytes; raises `XmlError`."""
    if not data.strip(b"\x00\t\r\n "):
        raise EmptyDocumentError
    if len(data) > limit:
        raise DocumentTooLargeError(size=len(data), limit=limit)
    text = _decoded(data).lstrip("\ufeff")  # libxml2 skips a second byte order mark, behind which a DOCTYPE could hide.
    for sign, most in (("<", MOST_TAGS), ("=", MOST_ATTRIBUTES)):  # In memory each costs a hundred times its bytes.
        if text.count(sign) > most:
            rest = text.split(sign, most)[-1]
            raise MalformedXmlError(line=text.count("\n", 0, len(text) - len(rest)) + 1)
    if _DOCTYPE_IN_PROLOG.match(text):
        raise DoctypeError
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(text.encode("utf-8"), parser)
    except etree.XMLSyntaxError as error:
        raise MalformedXmlError(line=error.lineno or 0) from error


def local_name(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def canonical(element: etree._Element) -> bytes:
    """The exclusive canonical bytes of an element: the same alone and embedded."""
    return etree.tostring(element, method="c14n", exclusive=True, with_comments=False)


def canonical_document(root: etree._Element) -> bytes:
    """The canonical bytes of a whole document, every namespace declared where it was put.

    Not the exclusive form with a list of inclusive prefixes: lxml looks these up in a table shared by the thread, and
    silently leaves out those it does not find, so that the same tree comes out in two ways (measured with lxml 6.1.3).
    """
    return etree.tostring(root, method="c14n", exclusive=False, with_comments=False)


def _decoded(data: bytes) -> str:
    try:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return data.decode("utf-16")
        if data.startswith(b"<\x00"):
            return data.decode("utf-16-le")
        if data.startswith(b"\x00<"):
            return data.decode("utf-16-be")
        if data.startswith(b"\xef\xbb\xbf"):
            return data.decode("utf-8-sig")
        declared = _DECLARED_ENCODING.match(data)
        return data.decode(_ENCODINGS[declared[1].lower()] if declared else "utf-8")
    except (UnicodeDecodeError, KeyError) as error:
        raise EncodingError from error
