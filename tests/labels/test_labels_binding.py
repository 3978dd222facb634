"""Labels bound to files (STANAG 4778)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest
from lxml import etree

from cloison.labels.binding import BoundFile, bind, read_binding, verify
from cloison.labels.errors import BindingError, DoctypeError, MalformedXmlError
from cloison.labels.label import Label, label_from_xml

Mark = Callable[[str], Label]

CONTENT = {"files/0001.pdf": b"pages", "files/0002.json": b"{}"}
DIGESTS = {name: hashlib.sha256(content).hexdigest() for name, content in CONTENT.items()}
FILES = [
    BoundFile(name="files/0001.pdf", media_type="application/pdf", sha256=DIGESTS["files/0001.pdf"]),
    BoundFile(name="files/0002.json", media_type="application/json", sha256=DIGESTS["files/0002.json"]),
]
MB = "urn:nato:stanag:4778:bindinginformation:1:0"


@pytest.fixture
def bound(mark: Mark) -> bytes:
    return bind(mark("S-SF").to_xml(), FILES)


def test_binding_has_the_shape_of_the_standard(bound: bytes) -> None:
    root = etree.fromstring(bound)
    assert root.tag == f"{{{MB}}}BindingInformation"
    binding = root[0][0]
    assert [etree.QName(one).localname for one in binding] == ["Metadata", "DataReference", "DataReference"]
    assert [one.get("URI") for one in list(binding)[1:]] == ["files/0001.pdf", "files/0002.json"]
    assert set(binding[1].attrib) == {"URI", "{http://www.w3.org/2005/05/xmlmime}contentType"}


def test_label_comes_out_byte_for_byte(mark: Mark, bound: bytes) -> None:
    binding = read_binding(bound)
    assert binding.label_xml == mark("S-SF").to_xml()
    assert label_from_xml(binding.label_xml) == mark("S-SF")
    assert binding.files == tuple(FILES)


def test_binding_round_trip_is_stable_to_the_byte(bound: bytes) -> None:
    binding = read_binding(bound)
    assert bind(binding.label_xml, binding.files) == bound


def test_names_may_hold_any_character(mark: Mark) -> None:
    file = BoundFile(name="pièce n° 1 & <2>.pdf", media_type="application/pdf", sha256="ab" * 32)
    assert read_binding(bind(mark("S").to_xml(), [file])).files == (file,)


def test_files_as_they_were_verify(bound: bytes) -> None:
    verify(read_binding(bound), DIGESTS)


@pytest.mark.parametrize(
    ("digests", "name"),
    [
        (DIGESTS | {"files/0001.pdf": "0" * 64}, "files/0001.pdf"),
        ({"files/0001.pdf": DIGESTS["files/0001.pdf"]}, "files/0002.json"),
        (DIGESTS | {"files/0003.xml": "0" * 64}, "files/0003.xml"),
    ],
    ids=["changed", "missing", "added"],
)
def test_other_files_do_not(bound: bytes, digests: dict[str, str], name: str) -> None:
    with pytest.raises(BindingError) as caught:
        verify(read_binding(bound), digests)
    assert caught.value.value == name


def test_a_label_is_bound_to_something(mark: Mark) -> None:
    with pytest.raises(BindingError):
        bind(mark("S").to_xml(), [])


def test_what_is_bound_must_be_xml() -> None:
    with pytest.raises(MalformedXmlError):
        bind(b"SECRET", FILES)
    with pytest.raises(DoctypeError):
        read_binding(b"<!DOCTYPE a><a/>")


REFERENCE = b'<mb:DataReference URI="files/0001.pdf" xmime:contentType="application/pdf"></mb:DataReference>'
SECOND = b"files/0002.json"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(b"mb:BindingInformation", b"mb:Binding", id="root"),
        pytest.param(b"mb:MetadataBindingContainer", b"mb:Container", id="container"),
        pytest.param(
            b"</mb:MetadataBindingContainer>", b"<mb:Other/></mb:MetadataBindingContainer>", id="second binding"
        ),
        pytest.param(b"<mb:Metadata>", b"<mb:Metadata><mb:Other/>", id="two labels"),
        pytest.param(b"</mb:Metadata>", b"</mb:Metadata><mb:Metadata/>", id="two metadata"),
        pytest.param(b"mb:DataReference", b"mb:Data", id="no reference"),
        pytest.param(REFERENCE, b"", id="reference without a digest too many"),
        pytest.param(b"files/0001.pdf", SECOND, id="one file twice"),
        pytest.param(b'URI="files/0001.pdf"', b'URI=""', id="no name"),
        pytest.param(b' xmime:contentType="application/pdf"', b"", id="no media type"),
        pytest.param(b"ds:Manifest", b"ds:List", id="no manifest"),
        pytest.param(b"xmlenc#sha256", b"xmlenc#md5", id="another digest"),
        pytest.param(b"<ds:DigestValue>", b"<ds:DigestValue>!", id="not base64"),
        pytest.param(b"<ds:DigestValue>", b"<ds:DigestValue>AAAA", id="too long"),
        pytest.param(b"ds:DigestMethod", b"ds:Method", id="no method"),
    ],
)
def test_bindings_of_another_shape_are_refused(bound: bytes, old: bytes, new: bytes) -> None:
    assert old in bound
    with pytest.raises(BindingError):
        read_binding(bound.replace(old, new))
