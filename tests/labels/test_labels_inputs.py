"""Categories that ask for more than their name: an expiry date, a number, words of one's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from cloison.labels.clearance import Clearance
from cloison.labels.day_format import read_day, word_day
from cloison.labels.decision import Rule, decide
from cloison.labels.declassification import AuthorityDecision, downgrade
from cloison.labels.elements import CategoryRef, Input, InputKind
from cloison.labels.errors import (
    BadValueError,
    LabelStructureError,
    MarkError,
    MarkFault,
    NoEquivalentInputError,
    UnknownCategoryError,
)
from cloison.labels.inputs import accepted, displayed
from cloison.labels.label import Label, Succession, label_from_xml, new_label, read_label, same_marking
from cloison.labels.library import PolicySet
from cloison.labels.mapping import map_label
from cloison.labels.marks import read_mark
from cloison.labels.phrasing import Place
from cloison.labels.picker import Refusal, choices, lacking, toggle, with_input
from cloison.labels.policy import Policy
from cloison.labels.rendering import render
from cloison.labels.resolution import resolve
from cloison.labels.rollup import roll_up
from cloison.labels.succession import in_force
from cloison.labels.validity import ValidityRule, check

Build = Callable[..., Policy]
NOW = datetime(2026, 3, 1, tzinfo=UTC)
COMMERCIAL = """
<securityCategoryTagSet name="Expiry" id="1.3.6.1.4.1.99999.9.1">
  <securityCategoryTag name="Expiry" tagType="tagType7">
    <tagCategory name="until" lacv="0" userInput="date" dateFormat="dd.MM.yyyy"/>
  </securityCategoryTag>
</securityCategoryTagSet>
<securityCategoryTagSet name="Case" id="1.3.6.1.4.1.99999.9.2">
  <securityCategoryTag name="Case" tagType="tagType7">
    <tagCategory name="No." lacv="0" userInput="integer"/>
    <tagCategory name="Attn" lacv="1" userInput="string"/>
    <tagCategory name="Closed" lacv="2"/>
  </securityCategoryTag>
</securityCategoryTagSet>
<securityCategoryTagSet name="Word" id="1.3.6.1.4.1.99999.9.3">
  <securityCategoryTag name="Word" tagType="restrictive">
    <tagCategory name="WORD" lacv="0" userInput="string"/>
  </securityCategoryTag>
</securityCategoryTagSet>
"""


@pytest.fixture
def policy(build: Build) -> Policy:
    return build(sets=COMMERCIAL)


def ref(policy: Policy, name: str) -> CategoryRef:
    return next(one.ref for one in policy.categories if one.ref.name == name)


def made(policy: Policy, **values: str | None) -> Label:
    """A label of the lower level with those categories and values; `No` stands for the category `No.`."""
    named = {ref(policy, "No." if name == "No" else name): value for name, value in values.items()}
    inputs = [Input(ref=one, value=value) for one, value in named.items() if value is not None]
    return new_label(policy, classification="LOW", categories=named, inputs=inputs, created=NOW)


def rules(policy: Policy, label: Label) -> list[ValidityRule]:
    return [reason.rule for reason in check(policy, label, now=NOW, new=False)]


@pytest.mark.parametrize(
    ("category", "typed", "kept"),
    [
        ("until", "2030-12-31", "2030-12-31"),
        ("until", " 31.12.2030 ", "2030-12-31"),
        ("until", "1.2.2030", "2030-02-01"),
        ("until", "30.02.2030", None),
        ("until", "31/12/2030", None),
        ("until", "soon", None),
        ("until", "", None),
        ("No.", " 0042", "42"),
        ("No.", "-7", "-7"),
        ("No.", "4.2", None),
        ("No.", "٤", None),
        ("Attn", " the  director ", "the director"),
        ("Attn", " ", None),
        ("Attn", "x" * 256, "x" * 256),
        ("Attn", "x" * 257, None),
        ("Attn", "a\u202eb", None),
        ("Attn", "a\x07b", None),
        ("Closed", "x", None),
    ],
)
def test_a_value_is_kept_in_one_form_or_not_taken(policy: Policy, category: str, typed: str, kept: str | None) -> None:
    assert accepted(policy.category(ref(policy, category)).category, typed) == kept


@pytest.mark.parametrize(
    ("pattern", "language", "worded"),
    [
        ("dd.MM.yyyy", "fr", "05.08.2030"),
        ("d/M/yy", "fr", "5/8/30"),
        ("d MMMM yyyy", "fr", "5 août 2030"),
        ("d MMMM yyyy", "fr-CA", "5 août 2030"),
        ("d MMMM yyyy", "de", "5 August 2030"),
        ("dd MMM yyyy", "fr", "05 AOÛT 2030"),
        ("dd MMM yyyy", "en", "05 AUG 2030"),
        ("'le' d.M.yyyy", "fr", "le 5.8.2030"),
        ("'X' d.M.yyyy", "fr", "X 5.8.2030"),
        ("yyyy-MM-dd", "fr", "2030-08-05"),
        ("", "fr", "2030-08-05"),
        ("dd.MM.yyyy HH:mm", "fr", "2030-08-05"),
    ],
)
def test_a_day_reads_as_its_policy_has_it(pattern: str, language: str, worded: str) -> None:
    assert word_day(date(2030, 8, 5), pattern, language) == worded


@pytest.mark.parametrize(
    ("text", "pattern", "day"),
    [
        ("05 AUG 2030", "dd MMM yyyy", date(2030, 8, 5)),
        ("5 aout 2030", "d MMMM yyyy", date(2030, 8, 5)),
        ("5 Août 2030", "d MMMM yyyy", date(2030, 8, 5)),
        ("le 5.8.2030", "'le' d.M.yyyy", date(2030, 8, 5)),
        ("X 5.8.2030", "'X' d.M.yyyy", date(2030, 8, 5)),
        ("5 mars 2030", "d MMMM yyyy", date(2030, 3, 5)),
        ("5 mar 2030", "d MMM yyyy", date(2030, 3, 5)),
        ("5 smarch 2030", "d MMMM yyyy", None),
        ("5/8/30", "d/M/yy", None),
        ("5/2030", "d/yyyy", None),
        ("5/5/8/2030", "d/d/M/yyyy", None),
        ("31.02.2030", "dd.MM.yyyy", None),
        ("5.8.2030 x", "d.M.yyyy", None),
    ],
)
def test_a_day_is_read_as_its_policy_has_it_and_never_guessed(text: str, pattern: str, day: date | None) -> None:
    assert read_day(text, pattern) == day


def test_a_value_that_is_no_day_is_shown_as_it_stands(policy: Policy) -> None:
    assert displayed(policy.category(ref(policy, "until")).category, "soon", "fr") == "soon"


def test_a_policy_says_what_it_asks_for(policy: Policy) -> None:
    asked = {one.category.name: one.category.asks_for for one in policy.categories}
    assert asked == {
        "until": InputKind.DATE,
        "No.": InputKind.INTEGER,
        "Attn": InputKind.STRING,
        "Closed": None,
        "WORD": InputKind.STRING,
    }


def test_what_a_policy_may_not_ask_for_is_an_error(build: Build) -> None:
    with pytest.raises(BadValueError) as caught:
        build(sets=COMMERCIAL.replace('userInput="date"', 'userInput="colour"'))
    assert caught.value.path.endswith("tagCategory[1]/@userInput")
    assert caught.value.value == "colour"


def test_a_label_without_the_value_is_not_valid(policy: Policy) -> None:
    [reason] = check(policy, made(policy, until=None), now=NOW, new=False)
    assert (reason.rule, reason.element, reason.other) == (ValidityRule.INPUT_MISSING, "until", "date")
    assert reason.path.endswith("tagCategory[1]/@userInput")


@pytest.mark.parametrize("value", ["31.12.2030", "2030-13-01", "soon"])
def test_a_value_in_another_form_is_not_valid(policy: Policy, value: str) -> None:
    assert rules(policy, made(policy, until=value)) == [ValidityRule.INPUT_REFUSED]


def test_a_value_nobody_asked_for_is_not_valid(policy: Policy) -> None:
    assert rules(policy, made(policy, Closed="x")) == [ValidityRule.INPUT_UNASKED]
    stray = replace(made(policy), inputs=(Input(ref=ref(policy, "until"), value="2030-12-31"),))
    assert rules(policy, stray) == [ValidityRule.INPUT_UNASKED]


def test_a_label_with_its_values_is_valid(policy: Policy) -> None:
    assert rules(policy, made(policy, until="2030-12-31", No="7", Attn="Mme Roy", Closed=None)) == []


@pytest.mark.parametrize(
    ("kind", "rule"),
    [("restrictive", Rule.RESTRICTIVE_CATEGORY), ("permissive", Rule.PERMISSIVE_CATEGORY)],
)
def test_nobody_can_be_shown_to_hold_a_word_of_ones_own(build: Build, kind: str, rule: Rule) -> None:
    """A clearance names categories, not what is added to them; `WORD` alone says nothing of the word."""
    policy = build(sets=COMMERCIAL.replace("restrictive", kind))
    held = Clearance(
        policy_id=policy.id,
        policy_name=policy.name,
        classifications=frozenset({"LOW"}),
        categories=frozenset({ref(policy, "WORD")}),
    )
    decision = decide(
        policy,
        made(policy, WORD="AMETHYST"),
        clearance=held,
        nationality="FRA",
        need_to_know=frozenset(),
        needed=frozenset(),
        now=NOW,
    )
    assert decision.rule is rule


@pytest.mark.parametrize(
    ("place", "language", "text"),
    [
        (Place.PAGE_TOP, "fr", "TEST LOW until 31.12.2030 No. 7/Attn Mme Roy"),
        (Place.PORTION, "en", "TEST LOW until 31.12.2030 No. 7/Attn Mme Roy"),
    ],
)
def test_a_value_stands_behind_its_category(policy: Policy, place: Place, language: str, text: str) -> None:
    assert render(policy, made(policy, until="2030-12-31", No="7", Attn="Mme Roy"), place, language) == text


@pytest.mark.parametrize(("code", "text"), [("noNameDisplay", "TEST LOW 2030-12-31"), ("noMarkingDisplay", "TEST LOW")])
def test_a_hidden_name_leaves_the_value_and_a_hidden_marking_leaves_nothing(build: Build, code: str, text: str) -> None:
    hidden = f'<tagCategory name="until" lacv="0" userInput="date"><markingData><code>{code}</code></markingData>'
    sets = COMMERCIAL.replace('<tagCategory name="until" lacv="0" userInput="date" dateFormat="dd.MM.yyyy"/>', hidden)
    policy = build(sets=sets.replace(hidden, hidden + "</tagCategory>"))
    assert render(policy, made(policy, until="2030-12-31"), Place.PAGE_TOP, "fr") == text


def test_the_title_of_an_input_is_no_marking(build: Build) -> None:
    title = '<markingData phrase="Valid until"><code>inputTitle</code></markingData>'
    plain = '<tagCategory name="until" lacv="0" userInput="date" dateFormat="dd.MM.yyyy"/>'
    policy = build(sets=COMMERCIAL.replace(plain, plain.replace("/>", f">{title}</tagCategory>")))
    assert render(policy, made(policy, until="2030-12-31"), Place.PAGE_TOP, "fr") == "TEST LOW until 31.12.2030"


def test_values_round_trip_through_xml(policy: Policy) -> None:
    then = Succession(
        at=datetime(2040, 1, 1, tzinfo=UTC),
        classification="LOW",
        categories=(ref(policy, "until"),),
        inputs=(Input(ref=ref(policy, "until"), value="2050-01-01"),),
    )
    label = replace(made(policy, until="2030-12-31", Attn="À l’attention / du = 100 %"), succession=then)
    read = label_from_xml(label.to_xml())
    assert read == label
    assert read.to_xml() == label.to_xml()
    assert resolve(PolicySet([policy]), read) == (policy, label)


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("Expiry/INFORMATIVE/other=2030-12-31", "Expiry/INFORMATIVE/other=2030-12-31"),
        ("Expiry/RESTRICTIVE/until=2030-12-31", "Expiry/RESTRICTIVE/until=2030-12-31"),
        ("until", "until"),
        ("Expiry/INFORMATIVE/until=2030-12-31 Expiry/INFORMATIVE/until=2031-1-1", "Expiry/INFORMATIVE/until=2031-1-1"),
        ("Expiry/INFORMATIVE/until=%202030-12-31", "Expiry/INFORMATIVE/until=%202030-12-31"),
        ("Expiry/INFORMATIVE/until=é", "Expiry/INFORMATIVE/until=é"),
    ],
)
def test_damaged_values_are_refused_by_name(policy: Policy, written: str, fault: str) -> None:
    xml, right = made(policy, until="2030-12-31").to_xml().decode(), "Expiry/INFORMATIVE/until=2030-12-31"
    assert right in xml
    with pytest.raises(LabelStructureError) as caught:
        label_from_xml(xml.replace(right, written).encode())
    assert (caught.value.path, caught.value.value) == ("@inputs", fault)


def test_damaged_values_of_what_takes_over_are_refused_by_name(policy: Policy) -> None:
    kept = made(policy, until="2030-12-31")
    then = Succession(
        at=datetime(2040, 1, 1, tzinfo=UTC), classification="LOW", categories=kept.categories, inputs=kept.inputs
    )
    xml = replace(made(policy), succession=then).to_xml().decode()
    with pytest.raises(LabelStructureError) as caught:
        label_from_xml(xml.replace("/until=", "/other=").encode())
    assert caught.value.path == "@successorInputs"
    assert caught.value.value == "Expiry/INFORMATIVE/other=2030-12-31"


def field_label(policy: Policy, *values: str) -> bytes:
    """A label as others write it: the value where the name would be."""
    generic = "".join(f"<GenericValue>{value}</GenericValue>" for value in values)
    return (
        '<originatorConfidentialityLabel xmlns="urn:nato:stanag:4774:confidentialitymetadatalabel:1:0">'
        f"<ConfidentialityInformation><PolicyIdentifier>{policy.name}</PolicyIdentifier>"
        "<Classification>LOW</Classification>"
        f'<Category TagName="Expiry" Type="INFORMATIVE">{generic}</Category></ConfidentialityInformation>'
        "</originatorConfidentialityLabel>"
    ).encode()


def test_a_value_in_place_of_the_name_is_understood(policy: Policy) -> None:
    read = read_label(field_label(policy, "31.12.2030"), created_if_absent=NOW).label
    assert resolve(PolicySet([policy]), read)[1].inputs == (Input(ref=ref(policy, "until"), value="2030-12-31"),)


def test_the_name_itself_is_not_taken_for_a_value(policy: Policy) -> None:
    read = read_label(field_label(policy, "UNTIL"), created_if_absent=NOW).label
    label = resolve(PolicySet([policy]), read)[1]
    assert label.inputs == ()
    assert rules(policy, label) == [ValidityRule.INPUT_MISSING]


@pytest.mark.parametrize("values", [("soon",), ("31.12.2030", "2031-12-31")])
def test_a_value_that_is_none_or_is_there_twice_is_unknown(policy: Policy, values: tuple[str, ...]) -> None:
    read = read_label(field_label(policy, *values), created_if_absent=NOW).label
    with pytest.raises(UnknownCategoryError):
        resolve(PolicySet([policy]), read)


def test_a_value_that_several_categories_take_is_not_guessed_at(build: Build) -> None:
    twice = '<tagCategory name="until" lacv="0" userInput="date"/><tagCategory name="from" lacv="1" userInput="date"/>'
    policy = build(
        sets=COMMERCIAL.replace('<tagCategory name="until" lacv="0" userInput="date" dateFormat="dd.MM.yyyy"/>', twice)
    )
    read = read_label(field_label(policy, "2030-12-31"), created_if_absent=NOW).label
    with pytest.raises(UnknownCategoryError):
        resolve(PolicySet([policy]), read)


def test_parts_that_agree_keep_the_value(policy: Policy) -> None:
    parts = [made(policy, until="2030-12-31"), made(policy), made(policy, until="2030-12-31")]
    rolled = roll_up(policy, parts, created=NOW)
    assert rolled.label.inputs == (Input(ref=ref(policy, "until"), value="2030-12-31"),)
    assert rolled.decision_required == ()


def test_parts_that_disagree_leave_it_to_a_person(policy: Policy) -> None:
    parts = [made(policy, until="2030-12-31"), made(policy), made(policy, until="2031-12-31")]
    rolled = roll_up(policy, parts, created=NOW)
    [undecided] = rolled.decision_required
    assert (undecided.reason.rule, undecided.indexes) == (ValidityRule.UNDECIDED, (0, 2))
    assert rolled.label.inputs == ()
    assert ValidityRule.UNDECIDED in rules(policy, rolled.label)


def test_another_value_is_another_marking(policy: Policy) -> None:
    assert not same_marking(made(policy, until="2030-12-31"), made(policy, until="2031-12-31"))


@pytest.mark.parametrize(
    ("mark", "values"),
    [
        ("LOW until 31.12.2030", {"until": "2030-12-31"}),
        ("[low UNTIL 2030-12-31]", {"until": "2030-12-31"}),
        ("LOW No. 007/until 31.12.2030", {"No.": "7", "until": "2030-12-31"}),
        (
            "LOW Attn “Mme Roy-Élie / cabinet”, until 31.12.2030",
            {"Attn": "Mme Roy-Élie / cabinet", "until": "2030-12-31"},
        ),
        ('LOW Attn "x" WORD « Améthyste »', {"Attn": "x", "WORD": "Améthyste"}),
        ("LOW until 2030-12-31 until 31.12.2030", {"until": "2030-12-31"}),
    ],
)
def test_a_typed_mark_carries_values(policy: Policy, mark: str, values: dict[str, str]) -> None:
    assert {one.ref.name: one.value for one in read_mark(policy, mark, created=NOW).inputs} == values


@pytest.mark.parametrize(
    ("mark", "fault"),
    [
        ("LOW until", MarkFault.INVALID),
        ("LOW until soon", MarkFault.UNKNOWN),
        ("LOW Attn the director", MarkFault.UNKNOWN),
        ("LOW until “soon”", MarkFault.INVALID),
        ("LOW Closed “x”", MarkFault.INVALID),
        ("“LOW”", MarkFault.NO_LEVEL),
        ("LOW “x”", MarkFault.UNKNOWN),
        ("LOW until 2030-12-31 until 2031-12-31", MarkFault.AMBIGUOUS),
    ],
)
def test_a_typed_mark_without_its_value_is_refused(policy: Policy, mark: str, fault: MarkFault) -> None:
    with pytest.raises(MarkError) as caught:
        read_mark(policy, mark, created=NOW)
    assert (caught.value.fault, caught.value.mark) == (fault, mark)


def test_a_picker_adds_the_category_first_and_the_value_then(policy: Policy) -> None:
    until = ref(policy, "until")
    picked = toggle(policy, made(policy), until)
    assert isinstance(picked, Label)
    assert lacking(policy, picked) == (until,)
    given = with_input(policy, picked, until, "31.12.2030")
    assert isinstance(given, Label)
    assert lacking(policy, given) == ()
    assert given.inputs == (Input(ref=until, value="2030-12-31"),)
    again = with_input(policy, given, until, "1.1.2031")
    assert isinstance(again, Label)
    assert again.inputs == (Input(ref=until, value="2031-01-01"),)
    assert all(choice.refusal is None for choice in choices(policy, picked))


def test_a_picker_refuses_a_value_the_policy_does_not_take(policy: Policy) -> None:
    refused = with_input(policy, made(policy, until=None), ref(policy, "until"), "soon")
    assert isinstance(refused, Refusal)
    assert [reason.rule for reason in refused.reasons] == [ValidityRule.INPUT_REFUSED]


def test_taking_a_category_away_takes_its_value_away(policy: Policy) -> None:
    rest = toggle(policy, made(policy, until="2030-12-31", No="7"), ref(policy, "until"))
    assert isinstance(rest, Label)
    assert [one.ref.name for one in rest.inputs] == ["No."]


ABROAD = """
<securityCategoryTagSet name="Until" id="1.3.6.1.4.1.99999.9.8">
  <securityCategoryTag name="Until" tagType="tagType7">
    <tagCategory name="expires" lacv="0" {asks}/>
  </securityCategoryTag>
</securityCategoryTagSet>
"""


def both(build: Build, asks: str) -> PolicySet:
    equivalent = (
        '<equivalentSecCategoryTag policyRef="ABROAD" tagSetId="1.3.6.1.4.1.99999.9.8" tagType="tagType7" lacv="0" '
        'applied="both"/>'
    )
    plain = '<tagCategory name="until" lacv="0" userInput="date" dateFormat="dd.MM.yyyy"/>'
    home = build(
        low='<equivalentClassification policyRef="ABROAD" lacv="1" applied="both"/>',
        sets=COMMERCIAL.replace(plain, plain.replace("/>", f">{equivalent}</tagCategory>")),
        markings='<equivalentPolicies><equivalentPolicy name="ABROAD" id="1.2.3.4"/></equivalentPolicies>',
    )
    abroad = build(identity='<securityPolicyId name="ABROAD" id="1.2.3.4"/>', sets=ABROAD.format(asks=asks))
    return PolicySet([home, abroad])


def test_a_value_goes_along_into_another_policy(build: Build) -> None:
    policies = both(build, 'userInput="date"')
    label = made(policies["1.3.6.1.4.1.99999.9"], until="2030-12-31")
    then = Succession(
        at=datetime(2040, 1, 1, tzinfo=UTC), classification="LOW", categories=label.categories, inputs=label.inputs
    )
    mapped = map_label(policies, replace(label, succession=then), policies["1.2.3.4"])
    assert [(one.ref.name, one.value) for one in mapped.inputs] == [("expires", "2030-12-31")]
    assert mapped.succession is not None
    assert mapped.succession.inputs == mapped.inputs


@pytest.mark.parametrize("asks", ["", 'userInput="integer"'])
def test_a_value_is_never_lost_on_the_way_into_another_policy(build: Build, asks: str) -> None:
    policies = both(build, asks)
    with pytest.raises(NoEquivalentInputError) as caught:
        map_label(policies, made(policies["1.3.6.1.4.1.99999.9"], until="2030-12-31"), policies["1.2.3.4"])
    assert caught.value.path == "ConfidentialityInformation/Category[Expiry]"
    assert (caught.value.value, caught.value.target) == ("until 2030-12-31", "ABROAD")


def test_a_downgraded_label_keeps_the_values_of_the_categories_it_keeps(policy: Policy) -> None:
    label = replace(made(policy, until="2030-12-31", No="7"), classification="HIGH")
    decision = AuthorityDecision(authority="A", reference="R", day=date(2026, 1, 1))
    lowered = downgrade(
        policy, label, classification="LOW", categories=[ref(policy, "until")], decision=decision, now=NOW
    )
    assert [(one.ref.name, one.value) for one in lowered.after.inputs] == [("until", "2030-12-31")]


def test_a_successor_has_values_of_its_own(policy: Policy) -> None:
    then = Succession(
        at=NOW,
        classification="LOW",
        categories=(ref(policy, "until"),),
        inputs=(Input(ref=ref(policy, "until"), value="2050-01-01"),),
    )
    label = replace(made(policy, No="7"), succession=then)
    assert in_force(label, now=NOW).inputs == then.inputs


def test_two_values_of_one_category_are_both_named(policy: Policy) -> None:
    with pytest.raises(MarkError) as caught:
        read_mark(policy, "LOW until 2030-12-31 until 1.1.2031", created=NOW)
    assert (caught.value.element, caught.value.choices) == ("until", ("2030-12-31", "2031-01-01"))
