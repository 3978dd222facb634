"""Laws that hold under any policy whatever: invented ones, with every kind of tag, rule and wording."""

from __future__ import annotations

from datetime import UTC, datetime
from xml.sax.saxutils import quoteattr

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from cloison.labels.clearance import Clearance
from cloison.labels.decision import decide
from cloison.labels.elements import CategoryType, Input, InputKind
from cloison.labels.errors import LabelsError, MarkError
from cloison.labels.label import Label, label_from_xml, new_label, same_marking
from cloison.labels.library import PolicySet
from cloison.labels.marks import read_mark
from cloison.labels.phrasing import Place
from cloison.labels.picker import Refusal, toggle
from cloison.labels.policy import Policy
from cloison.labels.rendering import render, stamps, strip
from cloison.labels.resolution import resolve
from cloison.labels.rollup import roll_up
from cloison.labels.spif import policy_from_spif
from cloison.labels.validity import check

NOW = datetime(2026, 3, 1, tzinfo=UTC)
OID = "1.3.6.1.4.1.99999.9"
NATIONS = ("FRA", "GBR", "DEU")
KINDS = (
    'tagType="restrictive"',
    'tagType="permissive"',
    'tagType="enumerated" enumType="restrictive"',
    'tagType="enumerated" enumType="permissive"',
    'tagType="tagType7"',
)
# Few words, so that they meet: a value that is a prefix elsewhere, a level that is a category.
WORDS = ("RED", "BLUE", "RED BLUE", "ONLY", "TO", "EYES ONLY", "R", "É", "UK - US")
PLACES = ("pageTop", "pageBottom", "pageTopBottom", "portionMarking", "documentStart")
VALUES = {InputKind.STRING: "a word", InputKind.INTEGER: "7", InputKind.DATE: "2030-12-31"}

laws = settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)


def maybe(draw: st.DrawFn, text: str) -> str:
    return text if draw(st.booleans()) else ""


def phrase(draw: st.DrawFn) -> str:
    words = quoteattr(draw(st.sampled_from(WORDS)))
    language = maybe(draw, ' xml:lang="fr"')
    codes = "".join(f"<code>{one}</code>" for one in draw(st.lists(st.sampled_from(PLACES), max_size=2)))
    return maybe(draw, f"<markingData phrase={words}{language}>{codes}</markingData>")


def qualifiers(draw: st.DrawFn) -> str:
    kind = draw(st.sampled_from(["prefix", "suffix"]))
    text = quoteattr(f"{draw(st.sampled_from(WORDS))} " if kind == "prefix" else f" {draw(st.sampled_from(WORDS))}")
    return maybe(
        draw, f'<markingQualifier><qualifier qualifierCode="{kind}" markingQualifier={text}/></markingQualifier>'
    )


def category(draw: st.DrawFn, name: str, number: int) -> str:
    rules = maybe(draw, f"<excludedClass>L{draw(st.integers(1, 2))}</excludedClass>")
    other = 'tagSetRef="S1" ' + draw(st.sampled_from(['tagType="restrictive"', 'tagType="permissive"']))
    rules += maybe(draw, f'<excludedCategory {other} all="true"/>') if draw(st.integers(0, 3)) == 0 else ""
    asks = f' userInput="{draw(st.sampled_from(list(VALUES))).value}"' if draw(st.integers(0, 5)) == 0 else ""
    return f'<tagCategory name="{name}" lacv="{number}"{asks}>{phrase(draw)}{rules}</tagCategory>'


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    levels = "".join(
        f'<securityClassification name="L{number}" lacv="{number}" hierarchy="{number}">{phrase(draw)}'
        "</securityClassification>"
        for number in range(1, draw(st.integers(2, 4)) + 1)
    )
    sets, layout = "", ""
    for number, kind in enumerate(draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=3)), 1):
        values = "".join(category(draw, f"C{number}{letter}", place) for place, letter in enumerate("ABC"))
        single = maybe(draw, ' singleSelection="true"') if draw(st.integers(0, 3)) == 0 else ""
        sets += (
            f'<securityCategoryTagSet name="S{number}" id="{OID}.{number}">'
            f'<securityCategoryTag name="T" {kind}{single}>{values}{qualifiers(draw)}</securityCategoryTag>'
            "</securityCategoryTagSet>"
        )
        if "permissive" in kind:
            layout += f'<tag tagSetId="{OID}.{number}" name="T" restricts="{str(draw(st.booleans())).lower()}"/>'
        elif draw(st.booleans()):
            layout += f'<category tagSetId="{OID}.{number}" name="C{number}A" heldBy="FRA"/>'
    text = (
        f'<SPIF xmlns="http://www.xmlspif.org/spif" schemaVersion="2.1"><securityPolicyId name="P" id="{OID}"/>'
        f"<securityClassifications>{levels}</securityClassifications><securityCategoryTagSets>{sets}"
        f"</securityCategoryTagSets>{qualifiers(draw)}"
        f'<extensions><layout xmlns="urn:cloison:policy-layout:1">{layout}</layout></extensions></SPIF>'
    )
    try:
        return policy_from_spif(text.encode(), source=text)
    except LabelsError:  # A reference to a tag set of another type: such a file is refused, and rightly.
        assume(False)
        raise


@st.composite
def labels(draw: st.DrawFn, policy: Policy) -> Label:
    """Any label of a policy, allowed or not."""
    refs = draw(st.lists(st.sampled_from([one.ref for one in policy.categories]), max_size=3, unique=True))
    asking = [(ref, policy.category(ref).category.asks_for) for ref in refs]
    return new_label(
        policy,
        classification=draw(st.sampled_from(policy.classifications)).name,
        categories=refs,
        inputs=[Input(ref=ref, value=VALUES[kind]) for ref, kind in asking if kind is not None],
        created=NOW,
    )


@st.composite
def scenes(draw: st.DrawFn) -> tuple[Policy, list[Label]]:
    """A policy and one to four labels it allows."""
    policy = draw(policies())
    drawn = draw(st.lists(labels(policy), min_size=1, max_size=4))
    valid = [label for label in drawn if not check(policy, label, now=NOW, new=True)]
    assume(valid)
    return policy, valid


@st.composite
def clearances(draw: st.DrawFn, policy: Policy) -> Clearance:
    """Levels without gaps, as authorities endorse them, and any categories."""
    top = draw(st.integers(0, len(policy.levels)))
    return Clearance(
        policy_id=policy.id,
        policy_name=policy.name,
        classifications=frozenset(one.name for one in policy.levels[:top]),
        categories=draw(st.frozensets(st.sampled_from([one.ref for one in policy.categories]))),
    )


def permits(policy: Policy, label: Label, clearance: Clearance, nationality: str | None) -> bool:
    return decide(
        policy,
        label,
        clearance=clearance,
        nationality=nationality,
        need_to_know=frozenset(),
        needed=frozenset(),
        now=NOW,
    ).permitted


@laws
@given(scene=scenes(), data=st.data())
def test_roll_up_dominates_each_part_whatever_the_order(scene: tuple[Policy, list[Label]], data: st.DataObject) -> None:
    policy, parts = scene
    rolled = roll_up(policy, parts, created=NOW)
    again = roll_up(policy, data.draw(st.permutations(parts)) + parts[:1], created=NOW)
    assert again.label == rolled.label
    for part in parts:
        levels = [policy.classification(one.classification).hierarchy for one in (part, rolled.label)]
        assert levels[0] <= levels[1]
        assert {ref for ref in part.categories if ref.type is CategoryType.RESTRICTIVE} <= set(rolled.label.categories)


@laws
@given(scene=scenes())
def test_rolling_up_what_was_rolled_up_changes_nothing(scene: tuple[Policy, list[Label]]) -> None:
    policy, parts = scene
    whole = roll_up(policy, parts, created=NOW).label
    assert roll_up(policy, [whole], created=NOW).label == whole
    assert roll_up(policy, [whole, whole], created=NOW).label == whole


@laws
@given(scene=scenes(), data=st.data())
def test_whoever_the_whole_permits_each_part_permits_where_permissive_tags_restrict(
    scene: tuple[Policy, list[Label]], data: st.DataObject
) -> None:
    policy, parts = scene
    permissive = [one.tag for one in policy.categories if one.ref.type is CategoryType.PERMISSIVE]
    assume(all(tag.restricts for tag in permissive))
    clearance = data.draw(clearances(policy))
    nationality = data.draw(st.sampled_from([*NATIONS, None]))
    if permits(policy, roll_up(policy, parts, created=NOW).label, clearance, nationality):
        assert all(permits(policy, part, clearance, nationality) for part in parts)


@laws
@given(policy=policies(), data=st.data())
def test_what_is_not_valid_is_open_to_nobody(policy: Policy, data: st.DataObject) -> None:
    label = data.draw(labels(policy))
    clearance = data.draw(clearances(policy))
    if permits(policy, label, clearance, data.draw(st.sampled_from([*NATIONS, None]))):
        assert check(policy, label, now=NOW, new=False) == ()


@laws
@given(scene=scenes(), data=st.data())
def test_more_clearance_never_closes_anything(scene: tuple[Policy, list[Label]], data: st.DataObject) -> None:
    policy, (label, *_) = scene
    less, more = data.draw(clearances(policy)), data.draw(clearances(policy))
    nationality = data.draw(st.sampled_from([*NATIONS, None]))
    both = Clearance(
        policy_id=policy.id,
        policy_name=policy.name,
        classifications=less.classifications | more.classifications,
        categories=less.categories | more.categories,
    )
    if permits(policy, label, less, nationality):
        assert permits(policy, label, both, nationality)


@laws
@given(scene=scenes())
def test_a_label_is_itself_again_through_xml(scene: tuple[Policy, list[Label]]) -> None:
    policy, valid = scene
    for label in valid:
        read = label_from_xml(label.to_xml())
        assert resolve(PolicySet([policy]), read) == (policy, label)
        assert read.to_xml() == label.to_xml()


@laws
@given(scene=scenes(), language=st.sampled_from(["fr", "en", "fr-CA", ""]))
def test_a_marking_read_back_is_that_label_or_an_error_and_never_another(
    scene: tuple[Policy, list[Label]], language: str
) -> None:
    policy, valid = scene
    for label in valid:
        for text in (strip(policy, label, language), render(policy, label, Place.PORTION, language)):
            try:
                read = read_mark(policy, text, created=NOW)
            except MarkError:
                continue
            assert same_marking(read, label), f"{text} under {policy.source}"


@laws
@given(scene=scenes())
def test_stamps_say_what_the_marking_says(scene: tuple[Policy, list[Label]]) -> None:
    policy, valid = scene
    for label in valid:
        for place in (Place.PAGE_TOP, Place.PAGE_BOTTOM):
            said = render(policy, label, place, "fr")
            assert all(stamp.text in said for stamp in stamps(policy, label, place, "fr"))


@laws
@given(scene=scenes(), data=st.data())
def test_a_picker_never_makes_a_valid_label_invalid(scene: tuple[Policy, list[Label]], data: st.DataObject) -> None:
    policy, (label, *_) = scene
    ref = data.draw(st.sampled_from([one.ref for one in policy.categories]))
    picked = toggle(policy, label, ref)
    if not isinstance(picked, Refusal):
        left = {reason.rule.value for reason in check(policy, picked, now=NOW, new=True)}
        assert left <= {"user input missing"}
