"""Reading policies: what the standard gives, and every fault with its path."""

from __future__ import annotations

import gc
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from cloison.labels.elements import CategoryType, MarkingCode, TagType
from cloison.labels.errors import (
    BadValueError,
    DanglingReferenceError,
    DuplicateError,
    MissingError,
    NotAPolicyError,
    PolicyError,
    UnknownCategoryError,
    UnknownClassificationError,
    UnknownMarkingCodeError,
    UnknownOperationError,
    UnknownTagTypeError,
    UnsupportedVersionError,
)
from cloison.labels.policy import Policy
from cloison.labels.spif import policy_from_spif

Build = Callable[..., Policy]
Text = Callable[..., str]

ONE = '<tagCategory name="A" lacv="1"/>'


def test_policy_says_who_it_is(build: Build, spif: Text) -> None:
    policy = build()
    assert (policy.id, policy.name, policy.version, policy.source) == ("1.3.6.1.4.1.99999.9", "TEST", 3, "test")
    assert [one.name for one in policy.levels] == ["LOW", "HIGH"]
    assert repr(policy) == f"Policy({policy.name} {policy.id}, version {policy.version}, {policy.digest[:12]})"
    assert policy.digest != policy_from_spif((spif() + " ").encode(), source="test").digest


def test_levels_are_lowest_first_whatever_their_order_in_the_file(build: Build) -> None:
    policy = build(
        levels='<securityClassification name="B" lacv="1" hierarchy="9"/>'
        '<securityClassification name="A" lacv="2" hierarchy="4"/>'
    )
    assert [one.name for one in policy.levels] == ["A", "B"]


@pytest.mark.parametrize("version", ["1.0", "2.0", "2.1"])
def test_versions_of_the_namespace_are_read(build: Build, version: str) -> None:
    assert build(root=f'schemaVersion="{version}"').version == 0


def test_file_without_a_schema_version_is_read_as_the_first(build: Build) -> None:
    assert build(root="").name == "TEST"


@pytest.mark.parametrize("version", ["3.0", "3.1", "4.0", "x"])
def test_other_versions_are_refused_by_name(build: Build, version: str) -> None:
    with pytest.raises(UnsupportedVersionError) as caught:
        build(root=f'schemaVersion="{version}"')
    assert (caught.value.path, caught.value.value) == ("@schemaVersion", version)


@pytest.mark.parametrize(
    ("data", "root"),
    [
        pytest.param(b"<SPIF/>", "SPIF", id="no namespace"),
        pytest.param(
            b'<SPIF xmlns="http://www.xmslpif.org/spif"/>',
            "{http://www.xmslpif.org/spif}SPIF",
            id="misspelt namespace",
        ),
        pytest.param(
            b'<POLICY xmlns="http://www.xmlspif.org/spif"/>',
            "{http://www.xmlspif.org/spif}POLICY",
            id="another root",
        ),
    ],
)
def test_what_is_no_policy_is_refused(data: bytes, root: str) -> None:
    with pytest.raises(NotAPolicyError) as caught:
        policy_from_spif(data, source="")
    assert (caught.value.path, caught.value.value) == ("", root)


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ('tagType="restrictive"', TagType.RESTRICTIVE),
        ('tagType="permissive"', TagType.PERMISSIVE),
        ('tagType="enumerated" enumType="restrictive"', TagType.ENUMERATED_RESTRICTIVE),
        ('tagType="enumerated" enumType="permissive"', TagType.ENUMERATED_PERMISSIVE),
        ('tagType="tagType7" tag7Encoding="bitSetAttributes"', TagType.INFORMATIVE),
        ('tagType="informative"', TagType.INFORMATIVE),
        ('tagType="notApplicable"', TagType.NOT_APPLICABLE),
    ],
)
def test_every_tag_type_is_understood(build: Build, tag_set: Text, attributes: str, expected: TagType) -> None:
    assert build(sets=tag_set(attributes, ONE)).tag_sets[0].tags[0].type is expected


def test_a_not_applicable_tag_counts_as_informative(build: Build, tag_set: Text) -> None:
    policy = build(sets=tag_set('tagType="notApplicable"', ONE))
    assert policy.categories[0].ref.type is CategoryType.INFORMATIVE


@pytest.mark.parametrize("attributes", ['tagType="odd"', 'tagType="enumerated"', 'tagType="enumerated" enumType="x"'])
def test_unknown_tag_type_is_an_error_with_its_path(build: Build, tag_set: Text, attributes: str) -> None:
    with pytest.raises(UnknownTagTypeError) as caught:
        build(sets=tag_set(attributes, ONE))
    assert caught.value.path.endswith("securityCategoryTagSet[1]/securityCategoryTag[1]/@tagType")


@pytest.mark.parametrize("code", list(MarkingCode))
def test_all_sixteen_marking_codes_are_understood(build: Build, code: MarkingCode) -> None:
    policy = build(low=f'<markingData phrase="X"><code>{code.value}</code></markingData>')
    phrase = policy.classification("LOW").phrases[0]
    assert phrase.places | phrase.effects == {code}


def test_unknown_marking_code_is_an_error_with_its_path(build: Build) -> None:
    with pytest.raises(UnknownMarkingCodeError) as caught:
        build(high="<markingData><code>pageTop</code><code>pageMiddle</code></markingData>")
    assert caught.value.path == "securityClassifications[1]/securityClassification[2]/markingData[1]/code[2]"
    assert caught.value.value == "pageMiddle"


@pytest.mark.parametrize(
    ("markings", "path"),
    [
        (
            '<markingQualifier markingCode="middle"><qualifier qualifierCode="prefix"/></markingQualifier>',
            "markingQualifier[1]/@markingCode",
        ),
        (
            '<markingQualifier><qualifier qualifierCode="middle"/></markingQualifier>',
            "markingQualifier[1]/qualifier[1]/@qualifierCode",
        ),
    ],
)
def test_unknown_qualifier_codes_are_errors(build: Build, markings: str, path: str) -> None:
    with pytest.raises(UnknownMarkingCodeError) as caught:
        build(markings=markings)
    assert (caught.value.path, caught.value.value) == (path, "middle")


def test_unknown_operation_is_an_error(build: Build, tag_set: Text) -> None:
    group = '<categoryGroup tagSetRef="SET" tagType="restrictive" lacv="1"/>'
    with pytest.raises(UnknownOperationError) as caught:
        build(
            sets=tag_set('tagType="restrictive"', ONE),
            low=f'<requiredCategory operation="some">{group}</requiredCategory>',
        )
    assert caught.value.path.endswith("requiredCategory[1]/@operation")
    assert caught.value.value == "some"


@pytest.mark.parametrize(
    ("parts", "missing"),
    [
        ({"identity": ""}, "securityPolicyId"),
        ({"identity": '<securityPolicyId id="1.2"/>'}, "name"),
        ({"identity": '<securityPolicyId name="  " id="1.2"/>'}, "name"),
        ({"identity": '<securityPolicyId name="X"/>'}, "id"),
        ({"levels": ""}, "securityClassification"),
        ({"levels": '<securityClassification lacv="1" hierarchy="1"/>'}, "name"),
        ({"levels": '<securityClassification name="A" hierarchy="1"/>'}, "lacv"),
        ({"levels": '<securityClassification name="A" lacv="1"/>'}, "hierarchy"),
    ],
)
def test_what_is_missing_is_named(build: Build, parts: dict[str, str], missing: str) -> None:
    with pytest.raises(MissingError) as caught:
        build(**parts)
    assert caught.value.value == missing


@pytest.mark.parametrize(
    ("parts", "path", "value"),
    [
        ({"identity": '<securityPolicyId name="X" id="1.2.x"/>'}, "securityPolicyId[1]/@id", "1.2.x"),
        ({"root": 'schemaVersion="2.1" version="seven"'}, "/@version", "seven"),
        ({"root": 'schemaVersion="2.1" notBefore="soon"'}, "/@notBefore", "soon"),
        ({"root": 'schemaVersion="2.1" notAfter="20261399000000Z"'}, "/@notAfter", "20261399000000Z"),
        (
            {"levels": '<securityClassification name="A" lacv="1" hierarchy="1" obsolete="maybe"/>'},
            "securityClassifications[1]/securityClassification[1]/@obsolete",
            "maybe",
        ),
        (
            {"levels": '<securityClassification name="A" lacv="1" hierarchy="high"/>'},
            "securityClassifications[1]/securityClassification[1]/@hierarchy",
            "high",
        ),
    ],
)
def test_values_of_the_wrong_kind_are_errors_with_their_path(
    build: Build, parts: dict[str, str], path: str, value: str
) -> None:
    with pytest.raises(BadValueError) as caught:
        build(**parts)
    assert (caught.value.path, caught.value.value) == (path, value)


@pytest.mark.parametrize(("text", "limit"), [('maxSelection="2"', 2), ('maxSelection="unbounded"', None), ("", None)])
def test_selection_limits_are_read(build: Build, tag_set: Text, text: str, limit: int | None) -> None:
    assert build(sets=tag_set(f'tagType="restrictive" {text}', ONE)).tag_sets[0].tags[0].most == limit


def test_a_negative_selection_limit_is_an_error(build: Build, tag_set: Text) -> None:
    with pytest.raises(BadValueError) as caught:
        build(sets=tag_set('tagType="restrictive" minSelection="-1"', ONE))
    assert caught.value.path.endswith("securityCategoryTag[1]/@minSelection")
    assert caught.value.value == "-1"
    assert build(sets=tag_set('tagType="restrictive" minSelection="0"', ONE)).tag_sets[0].tags[0].least == 0


@pytest.mark.parametrize(
    "text", ["20260102030405Z", "2026-01-02T03:04:05Z", "2026-01-02T03:04:05", "2026-01-02T04:04:05+01:00"]
)
def test_dates_are_read_in_both_notations(build: Build, text: str) -> None:
    policy = build(root=f'schemaVersion="2.1" notBefore="{text}"')
    assert policy.not_before == datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("parts", "what"),
    [
        (
            {
                "levels": '<securityClassification name="A" lacv="1" hierarchy="1"/>'
                '<securityClassification name="a" lacv="2" hierarchy="2"/>'
            },
            "@name",
        ),
        (
            {
                "levels": '<securityClassification name="A" lacv="1" hierarchy="1"/>'
                '<securityClassification name="B" lacv="01" hierarchy="2"/>'
            },
            "@lacv",
        ),
        (
            {
                "levels": '<securityClassification name="A" lacv="1" hierarchy="1"/>'
                '<securityClassification name="B" lacv="2" hierarchy="1"/>'
            },
            "@hierarchy",
        ),
    ],
    ids=["name", "lacv", "hierarchy"],
)
def test_classifications_must_differ(build: Build, parts: dict[str, str], what: str) -> None:
    with pytest.raises(DuplicateError) as caught:
        build(**parts)
    assert caught.value.path == f"securityClassifications[1]/securityClassification[2]/{what}"


def test_tag_sets_must_differ_in_identifier_and_name(build: Build, tag_set: Text) -> None:
    one = tag_set('tagType="restrictive"', ONE)
    with pytest.raises(DuplicateError) as caught:
        build(sets=one + one)
    assert caught.value.path == "securityCategoryTagSets[1]/securityCategoryTagSet[2]/@id"
    assert [error.path.rpartition("/")[2] for error in caught.value.also] == ["@name"]


@pytest.mark.parametrize(
    ("categories", "what"),
    [
        ('<tagCategory name="A" lacv="1"/><tagCategory name="B" lacv="1"/>', "@lacv"),
        ('<tagCategory name="A" lacv="1"/><tagCategory name="a" lacv="2"/>', "@name"),
    ],
)
def test_categories_of_a_tag_set_must_differ(build: Build, tag_set: Text, categories: str, what: str) -> None:
    with pytest.raises(DuplicateError) as caught:
        build(sets=tag_set('tagType="restrictive"', categories))
    assert caught.value.path.endswith(f"tagCategory[2]/{what}")


def test_one_number_may_serve_two_types_of_a_tag_set(build: Build, tag_set: Text) -> None:
    second = '</securityCategoryTag><securityCategoryTag name="T" tagType="tagType7"><tagCategory name="B" lacv="1"/>'
    policy = build(sets=tag_set('tagType="restrictive"', ONE + second))
    assert [one.ref.type for one in policy.categories] == [CategoryType.RESTRICTIVE, CategoryType.INFORMATIVE]


def test_an_excluded_class_named_twice_is_an_error(build: Build, tag_set: Text) -> None:
    twice = "<excludedClass>LOW</excludedClass><excludedClass> low </excludedClass>"
    with pytest.raises(DuplicateError) as caught:
        build(sets=tag_set('tagType="restrictive"', f'<tagCategory name="A" lacv="1">{twice}</tagCategory>'))
    assert caught.value.path.endswith("tagCategory[1]/excludedClass[2]")


@pytest.mark.parametrize(
    ("attributes", "content"),
    [
        pytest.param("", "<excludedClass>MIDDLE</excludedClass>", id="excluded class"),
        pytest.param('requiredClass="MIDDLE"', "", id="required class"),
        pytest.param("", '<excludedCategory tagSetRef="NONE" tagType="restrictive" lacv="1"/>', id="tag set"),
        pytest.param("", '<excludedCategory tagSetRef="SET" tagType="permissive" all="true"/>', id="type"),
        pytest.param("", '<excludedCategory tagSetRef="SET" tagType="restrictive" lacv="9"/>', id="category"),
        pytest.param(
            "",
            '<requiredCategory operation="all"><categoryGroup tagSetRef="SET" tagType="restrictive" lacv="x"/>'
            "</requiredCategory>",
            id="required category",
        ),
    ],
)
def test_dangling_references_are_errors(build: Build, tag_set: Text, attributes: str, content: str) -> None:
    with pytest.raises(DanglingReferenceError) as caught:
        build(
            sets=tag_set(
                'tagType="restrictive"', f'<tagCategory name="A" lacv="1" {attributes}>{content}</tagCategory>'
            )
        )
    assert "tagCategory[1]" in caught.value.path


def test_a_level_may_not_require_what_is_not_there(build: Build) -> None:
    group = '<categoryGroup tagSetRef="X" tagType="permissive"/>'
    with pytest.raises(DanglingReferenceError):
        build(low=f'<requiredCategory operation="all">{group}</requiredCategory>')


def test_a_broken_policy_names_all_its_faults(build: Build) -> None:
    with pytest.raises(PolicyError) as caught:
        build(levels='<securityClassification name="A" lacv="1" hierarchy="1"/>' * 3)
    assert len(caught.value.also) == 5


def test_numbers_with_leading_zeros_are_one_number(build: Build, tag_set: Text) -> None:
    categories = '<tagCategory name="A" lacv="004"/><tagCategory name="B" lacv="5">'
    rule = '<excludedCategory tagSetRef="SET" tagType="restrictive" lacv="4"/></tagCategory>'
    assert build(sets=tag_set('tagType="restrictive"', categories + rule)).categories[0].category.lacv == "4"


def test_classifications_are_found_in_any_case(fr: Policy) -> None:
    assert fr.classification("très secret").name == "TRÈS SECRET"
    with pytest.raises(UnknownClassificationError):
        fr.classification("CONFIDENTIEL")


def test_a_category_goes_by_identifier_and_its_tag_set_name_must_agree(build: Build, tag_set: Text) -> None:
    policy = build(sets=tag_set('tagType="restrictive"', ONE))
    other = build(sets=tag_set('tagType="restrictive"', ONE, name="OTHER"))
    assert policy.category(policy.categories[0].ref).category.name == "A"
    with pytest.raises(UnknownCategoryError):
        policy.category(other.categories[0].ref)


def test_unknown_attributes_and_foreign_elements_are_let_pass(build: Build) -> None:
    policy = build(root='schemaVersion="2.1" odd="1"', markings='<x:y xmlns:x="urn:x"/><updateInfo/>')
    assert policy.name == "TEST"


def test_a_policy_without_tag_sets_is_read() -> None:
    data = (
        b'<SPIF xmlns="http://www.xmlspif.org/spif"><securityPolicyId name="X" id="1.2"/><securityClassifications>'
        b'<securityClassification name="A" lacv="1" hierarchy="1"/></securityClassifications></SPIF>'
    )
    assert policy_from_spif(data, source="").tag_sets == ()


@pytest.mark.parametrize("limits", ['minSelection="3" maxSelection="2"', 'minSelection="2" singleSelection="true"'])
def test_selection_limits_no_label_could_keep_are_an_error(build: Build, tag_set: Text, limits: str) -> None:
    with pytest.raises(BadValueError) as caught:
        build(sets=tag_set(f'tagType="restrictive" {limits}', ONE))
    assert caught.value.path.endswith("securityCategoryTag[1]/@minSelection")


def test_a_privacy_mark_there_twice_is_an_error(build: Build) -> None:
    with pytest.raises(DuplicateError) as caught:
        build(markings='<privacyMarks><privacyMark name="A"/><privacyMark name="a"/></privacyMarks>')
    assert caught.value.path == "privacyMarks[1]/privacyMark[2]/@name"


def test_a_collector_that_is_off_stays_off_when_a_policy_was_read(build: Callable[..., Policy]) -> None:
    gc.disable()
    try:
        build()
        assert not gc.isenabled()
    finally:
        gc.enable()
    build()
    assert gc.isenabled()
