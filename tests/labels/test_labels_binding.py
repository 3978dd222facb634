"""Labels bound to files (STANAG 4778)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest
from lxml import etree

from cloison.labels.binding import MOST_FILES, SHA256, BoundFile, bind, read_binding, verify
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
    inner = root[0][0]
    assert [etree.QName(one).localname for one in inner] == ["Metadata", "DataReference", "DataReference"]
    assert [one.get("URI") for one in list(inner)[1:]] == ["files/0001.pdf", "files/0002.json"]
    assert set(inner[1].attrib) == {"URI", "{http://www.w3.org/2005/05/xmlmime}contentType"}


def test_label_comes_out_byte_for_byte(mark: Mark, bound: bytes) -> None:
    read = read_binding(bound)
    assert read.label_xml == mark("S-SF").to_xml()
    assert label_from_xml(read.label_xml) == mark("S-SF")
    assert read.files == tuple(FILES)


def test_binding_round_trip_is_stable_to_the_byte(bound: bytes) -> None:
    read = read_binding(bound)
    assert bind(read.label_xml, read.files) == bound


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
    assert place_of(caught.value) == ("MetadataBindingContainer/MetadataBinding/DataReference", name)


def test_a_label_is_bound_to_something(mark: Mark) -> None:
    with pytest.raises(BindingError) as caught:
        bind(mark("S").to_xml(), [])
    assert place_of(caught.value) == ("MetadataBindingContainer/MetadataBinding", "DataReference")


def place_of(error: BindingError) -> tuple[str, str]:
    return error.path, error.value


def test_what_is_bound_must_be_xml() -> None:
    with pytest.raises(MalformedXmlError):
        bind(b"SECRET", FILES)
    with pytest.raises(DoctypeError):
        read_binding(b"<!DOCTYPE a><a/>")


REFERENCE = b'<mb:DataReference URI="files/0001.pdf" xmime:contentType="application/pdf"></mb:DataReference>'
OTHER = b'<mb:DataReference URI="files/0002.json" xmime:contentType="application/json"></mb:DataReference>'
REFERENCES = REFERENCE + OTHER
SECOND = b"files/0002.json"
ALGORITHM = f' Algorithm="{SHA256}"'.encode()
CONTAINER = "MetadataBindingContainer[1]"
BINDING = f"{CONTAINER}/MetadataBinding[1]"
FIRST = "Manifest[1]/Reference[1]"


@pytest.mark.parametrize(
    ("old", "new", "path", "value"),
    [
        pytest.param(b"mb:BindingInformation", b"mb:Binding", "", f"{{{MB}}}Binding", id="root"),
        pytest.param(
            b"mb:MetadataBindingContainer",
            b"mb:Container",
            "MetadataBindingContainer",
            "MetadataBindingContainer",
            id="container",
        ),
        pytest.param(
            b"</mb:MetadataBindingContainer>",
            b"<mb:Other/></mb:MetadataBindingContainer>",
            f"{CONTAINER}/MetadataBinding",
            "MetadataBinding",
            id="second binding",
        ),
        pytest.param(b"<mb:Metadata>", b"<mb:Metadata><mb:Other/>", BINDING, "DataReference", id="two labels"),
        pytest.param(
            b"</mb:Metadata>", b"</mb:Metadata><mb:Metadata/>", f"{BINDING}/Metadata", "Metadata", id="two metadata"
        ),
        pytest.param(b"mb:DataReference", b"mb:Data", f"{BINDING}/Metadata", "Metadata", id="no reference"),
        pytest.param(REFERENCES, b"", BINDING, "DataReference", id="no reference at all"),
        pytest.param(REFERENCE, b"", "Manifest", "Reference", id="reference without a digest too many"),
        pytest.param(REFERENCES, REFERENCE * MOST_FILES, "Manifest", "Reference", id="as many as there may be"),
        pytest.param(REFERENCES, REFERENCE * (MOST_FILES + 1), BINDING, "DataReference", id="too many"),
        pytest.param(b"files/0001.pdf", SECOND, BINDING, "DataReference", id="one file twice"),
        pytest.param(b'URI="files/0001.pdf"', b'URI=""', f"{BINDING}/DataReference[1]", "", id="no name"),
        pytest.param(
            b' xmime:contentType="application/pdf"',
            b"",
            f"{BINDING}/DataReference[1]",
            "files/0001.pdf",
            id="no media type",
        ),
        pytest.param(b"ds:Manifest", b"ds:List", "Manifest", "Manifest", id="no manifest"),
        pytest.param(
            b"xmlenc#sha256",
            b"xmlenc#md5",
            f"{FIRST}/DigestMethod[1]/@Algorithm",
            SHA256.replace("sha256", "md5"),
            id="another digest",
        ),
        pytest.param(ALGORITHM, b"", f"{FIRST}/DigestMethod[1]/@Algorithm", "", id="unnamed digest"),
        pytest.param(
            b"<ds:DigestValue>", b"<ds:DigestValue>!", f"{FIRST}/DigestValue[1]", "DigestValue", id="not base64"
        ),
        pytest.param(
            b"<ds:DigestValue>", b"<ds:DigestValue>AAAA", f"{FIRST}/DigestValue[1]", "DigestValue", id="too long"
        ),
        pytest.param(b"ds:DigestMethod", b"ds:Method", f"{FIRST}/DigestMethod", "DigestMethod", id="no method"),
    ],
)
def test_bindings_of_another_shape_are_refused_where_they_differ(
    bound: bytes, old: bytes, new: bytes, path: str, value: str
) -> None:
    assert old in bound
    with pytest.raises(BindingError) as caught:
        read_binding(bound.replace(old, new))
    assert place_of(caught.value) == (path, value)
