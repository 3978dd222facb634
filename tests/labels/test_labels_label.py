"""Labels as STANAG 4774 XML: one form out, a strict door in."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from lxml import etree

from cloison.labels.elements import CategoryRef, CategoryType
from cloison.labels.errors import (
    LabelStructureError,
    NoClassificationError,
    NotALabelError,
    TwoClassificationsError,
    UnknownCategoryError,
    UnknownClassificationError,
)
from cloison.labels.label import (
    Label,
    LabelKind,
    LabelWarning,
    Originator,
    Succession,
    label_from_xml,
    new_label,
    read_label,
    same_marking,
)
from cloison.labels.policy import Policy

Mark = Callable[[str], Label]

SLAB = "urn:nato:stanag:4774:confidentialitymetadatalabel:1:0"
CREATED = "<CreationDateTime>2026-03-01T12:00:00Z</CreationDateTime>"
POLICY = '<PolicyIdentifier URI="urn:oid:1.3.26.1.3.1">NATO</PolicyIdentifier>'
LEVEL = "<Classification>SECRET</Classification>"


def xml(
    information: str = POLICY + LEVEL,
    after: str = CREATED,
    *,
    root: str = "originatorConfidentialityLabel",
    more: str = "",
) -> bytes:
    """A label as another system might write it."""
    return (
        f'<{root} xmlns="{SLAB}" {more}><ConfidentialityInformation>{information}</ConfidentialityInformation>'
        f"{after}</{root}>"
    ).encode()


def test_label_of_the_french_policy_is_written_as_the_standard_has_it(mark: Mark, fr: Policy) -> None:
    written = mark("S-SF").to_xml()
    names = f'xmlns:cl="urn:cloison:label:1" xmlns:slab="{SLAB}"'
    assert written.startswith(f"<slab:originatorConfidentialityLabel {names} ".encode())
    root = etree.fromstring(written)
    assert root.tag == f"{{{SLAB}}}originatorConfidentialityLabel"
    information = root[0]
    assert [etree.QName(one).localname for one in information] == ["PolicyIdentifier", "Classification", "Category"]
    assert (information[0].get("URI"), information[0].text) == (f"urn:oid:{fr.id}", "FR")
    assert {str(name): str(value) for name, value in information[2].attrib.items()} == {
        "Type": "RESTRICTIVE",
        "TagName": "Mentions nationales",
        "URI": "urn:oid:1.3.6.1.4.1.99999.1.1.1",
    }
    assert information[2][0].text == "SPÉCIAL FRANCE"
    assert root[1].text == "2026-03-01T12:00:00Z"


def test_policy_version_and_digest_are_attributes_of_the_root(mark: Mark, fr: Policy) -> None:
    root = etree.fromstring(mark("S").to_xml())
    own = {etree.QName(name).localname: value for name, value in root.attrib.items()}
    assert own == {"policyVersion": str(fr.version), "policyDigest": fr.digest}


@pytest.mark.parametrize("version", [-1, 10**15 - 1])
def test_every_version_a_policy_may_have_is_read_back(mark: Mark, version: int) -> None:
    made = replace(mark("S"), policy_version=version)

    assert label_from_xml(made.to_xml()) == made


def full_label(fr: Policy, mark: Mark) -> Label:
    return replace(
        mark("TS-SF"),
        privacy_mark="À l'attention du cabinet",
        review=datetime(2031, 1, 1, tzinfo=UTC),
        succession=Succession(at=datetime(2060, 1, 1, tzinfo=UTC), classification="NON PROTÉGÉ", privacy_mark="x"),
        originator=Originator(id_type="rfc822Name", name="auteur@example.org"),
        kind=LabelKind.METADATA,
        undecided=("1.2.3", "1.2.4"),
    )


def test_everything_a_label_holds_comes_back(fr: Policy, mark: Mark) -> None:
    label = full_label(fr, mark)
    assert label_from_xml(label.to_xml()) == label
    assert label_from_xml(label.to_xml()).declassify_on == datetime(2060, 1, 1, tzinfo=UTC)


def test_what_takes_over_bears_the_time_at_which_the_label_was_made(fr: Policy, mark: Mark) -> None:
    root = etree.fromstring(full_label(fr, mark).to_xml())
    times = [one.text for one in root.iter(f"{{{SLAB}}}CreationDateTime")]
    assert times == ["2026-03-01T12:00:00Z"] * 2


def test_a_label_holds_so_many_categories() -> None:
    values = "".join(f"<GenericValue>{number}</GenericValue>" for number in range(2000))
    assert len(label_from_xml(xml(POLICY + LEVEL + CATEGORY.format(values))).categories) == 2000


def test_round_trip_is_stable_to_the_byte(fr: Policy, mark: Mark) -> None:
    data = full_label(fr, mark).to_xml()
    assert label_from_xml(data).to_xml() == data


def test_foreign_spacing_prefixes_and_order_end_in_the_same_bytes() -> None:
    values = ["<GenericValue>B</GenericValue>", "<GenericValue>A</GenericValue>"]
    open_tag = '<Category Type="PERMISSIVE" TagName="Rel" URI="urn:oid:1.2.3">'
    one = label_from_xml(xml(POLICY + LEVEL + open_tag + "".join(values) + "</Category>"))
    split = "".join(f"{open_tag}{value}</Category>\n" for value in reversed(values))
    two = label_from_xml(xml(POLICY + "<Classification>\n SECRET </Classification>" + split).replace(b"><", b">\n <"))
    assert one.to_xml() == two.to_xml()


def test_values_of_one_tag_set_are_written_together(alliance: Policy, label: Callable[..., Label]) -> None:
    root = etree.fromstring(label(alliance, "RESTRICTED", "JPN", "CHE", "STAFF").to_xml())
    categories = root[0].findall(f"{{{SLAB}}}Category")
    assert [[value.text for value in one] for one in categories] == [["CHE", "JPN"], ["STAFF"]]
    assert [one.get("Type") for one in categories] == ["PERMISSIVE", "INFORMATIVE"]


@pytest.mark.parametrize("kind", list(LabelKind))
def test_every_kind_of_label_is_read(kind: LabelKind) -> None:
    assert label_from_xml(xml(root=kind.value)).kind is kind


def test_label_without_declassification_has_no_date(mark: Mark) -> None:
    assert mark("NP").declassify_on is None


def test_names_of_a_foreign_label_are_kept_for_later_resolution() -> None:
    label = label_from_xml(xml("<PolicyIdentifier>nato</PolicyIdentifier><Classification>Secret</Classification>"))
    assert (label.policy_id, label.policy_name, label.classification) == ("", "nato", "Secret")
    assert (label.policy_version, label.policy_digest) == (None, None)
    assert b"URI" not in label.to_xml()


def test_a_category_without_identifier_is_written_without_one() -> None:
    category = '<Category Type="RESTRICTIVE" TagName="Special"><GenericValue>A</GenericValue></Category>'
    label = label_from_xml(xml(POLICY + LEVEL + category))
    assert label.categories[0].tag_set_id == ""
    assert label_from_xml(label.to_xml()) == label


def test_missing_creation_time_is_refused_at_our_own_door() -> None:
    with pytest.raises(LabelStructureError) as caught:
        label_from_xml(xml(after=""))
    assert (caught.value.path, caught.value.value) == ("", "CreationDateTime")


def test_missing_creation_time_is_a_warning_for_labels_from_the_field_and_always_written(now: datetime) -> None:
    read = read_label(xml(after=""), created_if_absent=now)
    assert read.warnings == (LabelWarning.NO_CREATION_TIME,)
    assert label_from_xml(read.label.to_xml()).created == now


def test_foreign_elements_are_a_warning(now: datetime) -> None:
    foreign = '<x:y xmlns:x="urn:x"/>'
    for data in (xml(POLICY + LEVEL + foreign), xml(after=CREATED + foreign)):
        assert read_label(data, created_if_absent=None).warnings == (LabelWarning.FOREIGN_ELEMENT,)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-01T12:00:00Z", datetime(2026, 3, 1, 12, tzinfo=UTC)),
        ("2026-03-01T12:00:00.9873126Z", datetime(2026, 3, 1, 12, tzinfo=UTC)),
        ("2026-03-01T13:00:00+01:00", datetime(2026, 3, 1, 12, tzinfo=UTC)),
        ("2026-03-01T12:00:00", datetime(2026, 3, 1, 12, tzinfo=UTC)),
    ],
)
def test_times_are_read_as_the_schema_allows(text: str, expected: datetime) -> None:
    assert label_from_xml(xml(after=f"<CreationDateTime>{text}</CreationDateTime>")).created == expected


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="this system has no time zone of a process")
@pytest.mark.parametrize("zone", ["UTC0", "JST-9", "PET+5"])
def test_a_time_without_zone_is_utc_wherever_the_machine_stands(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as moved:
        moved.setenv("TZ", zone)
        time.tzset()
        read = label_from_xml(xml(after="<CreationDateTime>2026-03-01T12:00:00</CreationDateTime>"))
    time.tzset()
    assert read.created == datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["2026-03-01", "20260301T120000Z", "2026-13-01T12:00:00Z", "0001-01-01T00:00:00+14:00"]
)
def test_other_times_are_refused(text: str) -> None:
    with pytest.raises(LabelStructureError) as caught:
        label_from_xml(xml(after=f"<CreationDateTime>{text}</CreationDateTime>"))
    assert (caught.value.path, caught.value.value) == ("CreationDateTime[1]", text)


def test_label_without_classification_has_its_own_error() -> None:
    with pytest.raises(NoClassificationError) as caught:
        label_from_xml(xml(POLICY))
    assert (caught.value.path, caught.value.value) == ("ConfidentialityInformation[1]", "Classification")


def test_label_with_two_classifications_has_its_own_error() -> None:
    with pytest.raises(TwoClassificationsError) as caught:
        label_from_xml(xml(POLICY + LEVEL + "<Classification>UNCLASSIFIED</Classification>"))
    assert (caught.value.path, caught.value.value) == (
        "ConfidentialityInformation[1]/Classification[2]",
        "UNCLASSIFIED",
    )


@pytest.mark.parametrize(
    ("data", "path", "value"),
    [
        pytest.param(b"<originatorConfidentialityLabel/>", "", "originatorConfidentialityLabel", id="no namespace"),
        pytest.param(
            xml().replace(b"4774", b"4775"),
            "",
            "{urn:nato:stanag:4775:confidentialitymetadatalabel:1:0}originatorConfidentialityLabel",
            id="wrong namespace",
        ),
        pytest.param(
            xml(root="ConfidentialityClearance"), "", f"{{{SLAB}}}ConfidentialityClearance", id="another root"
        ),
    ],
)
def test_what_is_no_label_is_refused(data: bytes, path: str, value: str) -> None:
    with pytest.raises(NotALabelError) as caught:
        label_from_xml(data)
    assert (caught.value.path, caught.value.value) == (path, value)


CATEGORY = '<Category Type="PERMISSIVE" TagName="Rel">{}</Category>'


INFORMATION = "ConfidentialityInformation[1]"


@pytest.mark.parametrize(
    ("data", "path", "value"),
    [
        pytest.param(xml(LEVEL), INFORMATION, "PolicyIdentifier", id="no policy"),
        pytest.param(
            xml(POLICY + POLICY + LEVEL), f"{INFORMATION}/PolicyIdentifier[2]", "PolicyIdentifier", id="two policies"
        ),
        pytest.param(
            xml("<PolicyIdentifier> </PolicyIdentifier>" + LEVEL),
            f"{INFORMATION}/PolicyIdentifier[1]",
            "PolicyIdentifier",
            id="policy without name",
        ),
        pytest.param(
            xml('<PolicyIdentifier URI="http://x">N</PolicyIdentifier>' + LEVEL),
            f"{INFORMATION}/PolicyIdentifier[1]/@URI",
            "http://x",
            id="policy without OID",
        ),
        pytest.param(
            xml('<PolicyIdentifier URI="urn:uid:1.2.3">N</PolicyIdentifier>' + LEVEL),
            f"{INFORMATION}/PolicyIdentifier[1]/@URI",
            "urn:uid:1.2.3",
            id="policy with a number of another kind",
        ),
        pytest.param(
            xml('<PolicyIdentifier URI="urn:oid:1.x">N</PolicyIdentifier>' + LEVEL),
            f"{INFORMATION}/PolicyIdentifier[1]/@URI",
            "urn:oid:1.x",
            id="policy with half an OID",
        ),
        pytest.param(
            xml(POLICY + "<Classification><b/>SECRET</Classification>"),
            f"{INFORMATION}/Classification[1]",
            "Classification",
            id="element in a name",
        ),
        pytest.param(xml(POLICY + LEVEL + "<Caveat/>"), f"{INFORMATION}/Caveat", "Caveat", id="unknown element"),
        pytest.param(xml(after=CREATED + "<Caveat/>"), "Caveat", "Caveat", id="unknown element in the root"),
        pytest.param(xml(after=CREATED + CREATED), "CreationDateTime[2]", "CreationDateTime", id="two creation times"),
        pytest.param(
            xml(POLICY + LEVEL + "<PrivacyMark/>"),
            f"{INFORMATION}/PrivacyMark[1]",
            "PrivacyMark",
            id="empty privacy mark",
        ),
        pytest.param(
            xml(POLICY + LEVEL + '<Category TagName="Rel"/>'), f"{INFORMATION}/Category[1]/@Type", "", id="no type"
        ),
        pytest.param(
            xml(POLICY + LEVEL + '<Category Type="permissive" TagName="Rel"/>'),
            f"{INFORMATION}/Category[1]/@Type",
            "permissive",
            id="type in small letters",
        ),
        pytest.param(
            xml(POLICY + LEVEL + '<Category Type="PERMISSIVE"/>'),
            f"{INFORMATION}/Category[1]/@TagName",
            "TagName",
            id="no tag name",
        ),
        pytest.param(
            xml(POLICY + LEVEL + CATEGORY.format("<IntegerValue>1</IntegerValue>")),
            f"{INFORMATION}/Category[1]",
            "GenericValue",
            id="number as a value",
        ),
        pytest.param(
            xml(POLICY + LEVEL + CATEGORY.format("<GenericValue/>")),
            f"{INFORMATION}/Category[1]/GenericValue[1]",
            "GenericValue",
            id="empty value",
        ),
        pytest.param(
            xml(after="<OriginatorID>x</OriginatorID>" + CREATED),
            "OriginatorID[1]/@IDType",
            "IDType",
            id="originator of no kind",
        ),
        pytest.param(xml(more='ReviewDateTime="soon"'), "@ReviewDateTime", "soon", id="review date"),
        pytest.param(
            xml(more='xmlns:c="urn:cloison:label:1" c:policyVersion="x"'), "@policyVersion", "x", id="version"
        ),
        pytest.param(xml(more='xmlns:c="urn:cloison:label:1" c:policyDigest="x"'), "@policyDigest", "x", id="digest"),
        pytest.param(xml(more='xmlns:c="urn:cloison:label:1" c:undecided=""'), "@undecided", "", id="undecided"),
        pytest.param(
            xml(POLICY + LEVEL + CATEGORY.format("".join(f"<GenericValue>{n}</GenericValue>" for n in range(2001)))),
            INFORMATION,
            "Category",
            id="too many categories",
        ),
    ],
)
def test_structure_faults_are_refused_where_they_are(data: bytes, path: str, value: str) -> None:
    with pytest.raises(LabelStructureError) as caught:
        label_from_xml(data)
    assert (caught.value.path, caught.value.value) == (path, value)


SUCCESSOR = (
    "<SuccessorConfidentialityLabel><ConfidentialityInformation>{}</ConfidentialityInformation>{}"
    "</SuccessorConfidentialityLabel>"
)
AT = "<SuccessionDateTime>2050-01-01T00:00:00Z</SuccessionDateTime>"


def test_the_originator_of_a_successor_says_nothing_new() -> None:
    originator = '<OriginatorID IDType="jID">x</OriginatorID>'
    handling = f"<SuccessionHandling>{AT}{SUCCESSOR.format(POLICY + LEVEL, originator)}</SuccessionHandling>"
    label = label_from_xml(xml(after=CREATED + handling))
    assert label.originator is None
    assert label.succession == Succession(at=datetime(2050, 1, 1, tzinfo=UTC), classification="SECRET")


def test_succession_is_read() -> None:
    successor = SUCCESSOR.format(POLICY + "<Classification>LOW</Classification>", CREATED)
    handling = f"<SuccessionHandling>{AT}{successor}</SuccessionHandling>"
    label = label_from_xml(xml(after=CREATED + handling))
    assert label.succession == Succession(at=datetime(2050, 1, 1, tzinfo=UTC), classification="LOW")


HANDLING = "SuccessionHandling[1]"


@pytest.mark.parametrize(
    ("content", "path", "value"),
    [
        pytest.param(AT, HANDLING, "SuccessorConfidentialityLabel", id="no successor"),
        pytest.param(SUCCESSOR.format(POLICY + LEVEL, ""), HANDLING, "SuccessionDateTime", id="no date"),
        pytest.param(
            AT + SUCCESSOR.format(POLICY.replace("NATO", "FR") + LEVEL, ""),
            f"{HANDLING}/SuccessorConfidentialityLabel[1]",
            "PolicyIdentifier",
            id="another policy",
        ),
        pytest.param(
            AT + SUCCESSOR.format(POLICY + LEVEL, "<SuccessionHandling/>"),
            f"{HANDLING}/SuccessorConfidentialityLabel[1]/SuccessionHandling",
            "SuccessionHandling",
            id="successor of the successor",
        ),
        pytest.param(
            AT + SUCCESSOR.format(POLICY + LEVEL, "") + "<Caveat/>",
            f"{HANDLING}/Caveat",
            "Caveat",
            id="unknown element",
        ),
    ],
)
def test_faulty_succession_is_refused_where_it_is(content: str, path: str, value: str) -> None:
    with pytest.raises(LabelStructureError) as caught:
        label_from_xml(xml(after=f"{CREATED}<SuccessionHandling>{content}</SuccessionHandling>"))
    assert (caught.value.path, caught.value.value) == (path, value)


def test_new_label_takes_the_spelling_of_the_policy(fr: Policy, now: datetime) -> None:
    ref = replace(fr.categories[0].ref, name="spécial france")
    label = new_label(fr, classification="secret", categories=[ref, ref], created=now)
    assert label.classification == "SECRET"
    assert label.categories == (fr.categories[0].ref,)
    assert (label.policy_version, label.policy_digest) == (fr.version, fr.digest)


def test_new_label_of_an_unknown_level_or_category_is_refused(fr: Policy, now: datetime) -> None:
    unknown = CategoryRef(tag_set_id="1.2.3", tag_set="x", type=CategoryType.RESTRICTIVE, name="y")
    with pytest.raises(UnknownClassificationError):
        new_label(fr, classification="CONFIDENTIEL", created=now)
    with pytest.raises(UnknownCategoryError):
        new_label(fr, classification="SECRET", categories=[unknown], created=now)


def test_times_are_kept_as_they_are_written(fr: Policy) -> None:
    paris = datetime(2026, 3, 1, 13, 0, 0, 123456, tzinfo=timezone(timedelta(hours=1)))
    label = new_label(fr, classification="SECRET", created=paris)
    assert label.created == datetime(2026, 3, 1, 12, tzinfo=UTC)
    assert label_from_xml(label.to_xml()) == label


def test_same_marking_does_not_look_at_dates_or_versions(mark: Mark, now: datetime) -> None:
    later = replace(mark("S-SF"), created=now + timedelta(days=1), policy_version=9, policy_digest=None)
    assert same_marking(mark("S-SF"), later)


@pytest.mark.parametrize("other", ["S", "TS-SF", "DR"])
def test_another_marking_is_not_the_same(mark: Mark, other: str) -> None:
    assert not same_marking(mark("S-SF"), mark(other))


def test_an_undecided_marking_is_not_the_same(mark: Mark) -> None:
    assert not same_marking(mark("S"), replace(mark("S"), undecided=("1.2.3",)))
    assert not same_marking(mark("S"), replace(mark("S"), privacy_mark="x"))
    assert not same_marking(mark("S"), replace(mark("S"), policy_id="1.2.3"))


def test_labels_can_be_keys(mark: Mark) -> None:
    assert len({mark("S-SF"), mark("[s sf]"), mark("S")}) == 2
