"""Hostile or odd XML at the door."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from cloison.labels.clearance import clearance_from_xml
from cloison.labels.errors import (
    DoctypeError,
    DocumentTooLargeError,
    EmptyDocumentError,
    EncodingError,
    MalformedXmlError,
    XmlError,
)
from cloison.labels.label import label_from_xml
from cloison.labels.library import built_in
from cloison.labels.markup import canonical, parse
from cloison.labels.spif import policy_from_spif

LIMIT = 1_000_000
BILLION_LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b0 "lol">'
    + "".join(f'<!ENTITY b{n + 1} "{f"&b{n};" * 10}">' for n in range(10))
    + "]><a>&b10;</a>"
)
EXTERNAL = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(BILLION_LAUGHS.encode(), id="billion laughs"),
        pytest.param(EXTERNAL.encode(), id="external entity"),
        pytest.param(b'<!DOCTYPE a SYSTEM "http://example.org/a.dtd"><a/>', id="external subset"),
        pytest.param(f"\ufeff{EXTERNAL}".encode("utf-16-le"), id="hidden in UTF-16"),
        pytest.param(EXTERNAL.encode("utf-16-be"), id="hidden in UTF-16 without a mark"),
        pytest.param(f"\ufeff\ufeff{EXTERNAL}".encode(), id="behind two byte order marks"),
        pytest.param(f"<!-- - > --> <?p ?>\n{EXTERNAL}".encode(), id="behind a comment and an instruction"),
    ],
)
def test_document_type_declaration_is_refused(data: bytes) -> None:
    with pytest.raises(DoctypeError):
        parse(data, limit=LIMIT)


@pytest.mark.parametrize("reader", [label_from_xml, clearance_from_xml, lambda data: policy_from_spif(data, source="")])
def test_every_door_refuses_a_document_type_declaration(reader: Callable[[bytes], object]) -> None:
    with pytest.raises(DoctypeError):
        reader(BILLION_LAUGHS.encode())


@pytest.mark.parametrize("reader", [label_from_xml, clearance_from_xml, lambda data: policy_from_spif(data, source="")])
@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"<a>" * 1_000_000, id="a million open elements"),
        pytest.param(b"<a>" * 50_000 + b"</a>" * 50_000, id="deep and closed"),
        pytest.param(b"<!--" * 1_000_000, id="comments without end"),
        pytest.param(b"<a" + b" b='1'" * 500_000 + b"/>", id="one attribute over and over"),
        pytest.param(b"<?p " * 1_000_000, id="instructions without end"),
    ],
)
def test_hostile_xml_is_refused_fast(reader: Callable[[bytes], object], data: bytes) -> None:
    start = time.process_time()
    with pytest.raises(XmlError):
        reader(data)
    assert time.process_time() - start < 1


def test_a_document_type_inside_a_comment_is_only_a_comment() -> None:
    assert parse(b"<a><!-- <!DOCTYPE a> -->x</a>", limit=LIMIT).text == "x"


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\x00\x00"])
def test_empty_file_is_its_own_error(data: bytes) -> None:
    with pytest.raises(EmptyDocumentError):
        parse(data, limit=LIMIT)


def test_too_many_bytes_are_refused_unread() -> None:
    with pytest.raises(DocumentTooLargeError) as caught:
        parse(b"<a/>", limit=3)
    assert (caught.value.size, caught.value.limit) == (4, 3)


def test_a_flood_of_tags_is_refused_unread() -> None:
    with pytest.raises(MalformedXmlError) as caught:
        parse(b"<a>\n" + b"<b/>" * 150_000 + b"\n</a>", limit=LIMIT)
    assert caught.value.line == 2


def test_a_flood_of_attributes_is_refused_unread() -> None:
    attributes = b"".join(b" a%d=''" % number for number in range(100_001))
    with pytest.raises(MalformedXmlError) as caught:
        parse(b"<a\n" + attributes + b"/>", limit=2 * LIMIT)
    assert caught.value.line == 2


def test_as_many_tags_and_attributes_as_a_policy_may_have_are_read() -> None:
    parse(b"<a>" + b"<b c=''/>" * 99_000 + b"</a>", limit=LIMIT)


def test_malformed_xml_names_the_line() -> None:
    with pytest.raises(MalformedXmlError) as caught:
        parse(b"<a>\n<b>\n</a>", limit=LIMIT)
    assert caught.value.line == 3


@pytest.mark.parametrize(
    "data",
    [
        pytest.param('<?xml version="1.0" encoding="UTF-8"?><a>é</a>'.encode(), id="UTF-8"),
        pytest.param("<a>é</a>".encode("utf-8-sig"), id="UTF-8 with byte order mark"),
        pytest.param('<?xml version="1.0" encoding="UTF-16"?><a>é</a>'.encode("utf-16"), id="UTF-16"),
        pytest.param("<a>é</a>".encode("utf-16-le"), id="UTF-16 little endian, no mark"),
        pytest.param("<a>é</a>".encode("utf-16-be"), id="UTF-16 big endian, no mark"),
        pytest.param('<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>'.encode("latin-1"), id="Latin-1"),
        pytest.param("<?xml version='1.0' encoding='windows-1252'?><a>é</a>".encode("cp1252"), id="Windows"),
    ],
)
def test_usual_encodings_are_read(data: bytes) -> None:
    assert parse(data, limit=LIMIT).text == "é"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"<a>\xe9</a>", id="not UTF-8"),
        pytest.param(b'<?xml version="1.0" encoding="UTF-7"?><a/>', id="UTF-7"),
        pytest.param(b"\xff\xfe<", id="half a character"),
    ],
)
def test_other_encodings_are_refused(data: bytes) -> None:
    with pytest.raises(EncodingError):
        parse(data, limit=LIMIT)


def test_a_comment_cannot_cut_a_name_short() -> None:
    assert parse(b"<a>SEC<!-- -->RET<?p ?> DEFENSE</a>", limit=LIMIT).text == "SECRET DEFENSE"


def test_canonical_bytes_do_not_depend_on_how_it_was_written() -> None:
    one = parse(b"<a  y='2'\n x='1'><b/></a>", limit=LIMIT)
    two = parse(b'<a x="1" y="2"><b></b></a>', limit=LIMIT)
    assert canonical(one) == canonical(two) == b'<a x="1" y="2"><b></b></a>'


def test_french_policy_is_read_in_every_encoding(spif: Callable[..., str]) -> None:
    policies = [policy_from_spif(spif().encode(form), source="") for form in ("utf-8", "utf-8-sig", "utf-16")]
    assert len({policy.digest for policy in policies}) == 3
    assert {policy.name for policy in policies} == {"TEST"}
    assert built_in("fr").name == "FR"
