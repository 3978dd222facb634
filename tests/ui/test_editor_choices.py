"""What a mark set at once comes to where the policy asks for more than one step."""

from dataclasses import replace
from datetime import UTC, datetime

from cloison.labels.elements import Input
from cloison.labels.label import Label, new_label
from cloison.labels.library import built_in
from cloison.labels.picker import Refusal
from cloison.labels.policy import Policy
from cloison.labels.spif import policy_from_spif
from cloison.labels.validity import ValidityRule
from cloison.ui.editor.keys import mark_keys
from cloison.ui.editor.marks import LevelChoice, MentionChoice, unknown_now
from cloison.ui.editor.standing import UNMARKED, marked

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ASKING = """<SPIF xmlns="http://www.xmlspif.org/spif" schemaVersion="2.1" version="1">
<securityPolicyId name="TEST" id="1.3.6.1.4.1.99999.9"/>
<securityClassifications>
  <securityClassification name="LOW" lacv="1" hierarchy="1"/>
  <securityClassification name="HIGH" lacv="2" hierarchy="2">
    <requiredCategory operation="oneOrMore"><categoryGroup tagSetRef="SET" tagType="restrictive"/></requiredCategory>
  </securityClassification>
</securityClassifications>
<securityCategoryTagSets>
  <securityCategoryTagSet name="SET" id="1.3.6.1.4.1.99999.9.1">
    <securityCategoryTag name="SET" tagType="restrictive">
      <tagCategory name="PLAIN" lacv="1"/><tagCategory name="UNTIL" lacv="2" userInput="date"/>
    </securityCategoryTag>
  </securityCategoryTagSet>
</securityCategoryTagSets>
</SPIF>"""


def asking() -> Policy:
    return policy_from_spif(ASKING.encode(), source="test")


def test_a_level_that_requires_a_category_is_not_set_without_it() -> None:
    policy = asking()
    low = marked(new_label(policy, classification="LOW", created=NOW))

    for standing in (UNMARKED, low):
        outcome = LevelChoice(classification="HIGH").apply(policy, standing, lambda: NOW)

        assert isinstance(outcome, Refusal)
        assert [one.rule for one in outcome.reasons] == [ValidityRule.REQUIRED_CATEGORY]


def test_a_category_that_asks_for_a_value_has_no_key_and_is_not_set_without_it() -> None:
    policy = asking()
    until = next(one.ref for one in policy.categories if one.ref.name == "UNTIL")
    low = marked(new_label(policy, classification="LOW", created=NOW))

    outcome = MentionChoice(category=until).apply(policy, low, lambda: NOW)

    assert isinstance(outcome, Refusal)
    assert [one.rule for one in outcome.reasons] == [ValidityRule.INPUT_MISSING]
    assert [one.name for one in mark_keys(policy)] == ["LOW", "HIGH", "PLAIN"]


def test_a_mention_that_requires_another_is_not_set_without_it() -> None:
    policy = built_in("UK")
    secret = marked(new_label(policy, classification="SECRET", created=NOW))
    refused = [
        one.ref.name
        for one in policy.categories
        if isinstance(MentionChoice(category=one.ref).apply(policy, secret, lambda: NOW), Refusal)
    ]

    assert refused == ["USA", "AUS", "CAN", "NZL"]


def test_a_value_stays_when_the_level_changes() -> None:
    policy = asking()
    until = next(one.ref for one in policy.categories if one.ref.name == "UNTIL")
    label = new_label(
        policy,
        classification="LOW",
        categories=(until,),
        inputs=(Input(ref=until, value="2027-01-01"),),
        created=NOW,
    )

    outcome = LevelChoice(classification="HIGH").apply(policy, marked(label), lambda: NOW)

    assert isinstance(outcome, Label)
    assert outcome.inputs == label.inputs


def test_what_the_policy_does_not_have_any_more_is_named_and_nothing_is_set() -> None:
    policy = asking()
    plain = next(one.ref for one in policy.categories if one.ref.name == "PLAIN")
    label = replace(new_label(policy, classification="LOW", created=NOW), categories=(replace(plain, name="GONE"),))
    assert [one.rule for one in unknown_now(policy, label)] == [ValidityRule.UNKNOWN_CATEGORY]

    outcome = LevelChoice(classification="HIGH").apply(policy, marked(label), lambda: NOW)

    assert isinstance(outcome, Refusal)
    assert [one.rule for one in outcome.reasons] == [ValidityRule.UNKNOWN_CATEGORY]
