"""Labels made under different versions of one policy: each under its own, together only where both say the same."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from cloison.labels.clearance import Clearance
from cloison.labels.decision import Rule, decide
from cloison.labels.label import Label, Succession, new_label
from cloison.labels.library import PolicySet, built_in, built_in_file, version_in_force
from cloison.labels.marks import portion_mark, read_mark
from cloison.labels.phrasing import Place
from cloison.labels.picker import Refusal, choices, toggle, with_level
from cloison.labels.policy import Policy
from cloison.labels.rendering import chips, render, screen_colours, stamps, strip
from cloison.labels.rollup import roll_up
from cloison.labels.spif import policy_from_spif
from cloison.labels.validity import ValidityRule, check
from cloison.labels.versions import handling, in_one_version, opens_the_same, says_the_same, standing, under
from policies import fr_version

Build = Callable[..., Policy]
Part = Callable[..., str]
Make = Callable[..., Label]

NOW = datetime(2026, 3, 1, tzinfo=UTC)
RED = '<classification name="LOW"><stamp colour="#C00000" boxed="true" order="1"/></classification>'
BLUE = '<classification name="LOW"><stamp colour="#0000C0" boxed="false" order="1"/></classification>'
LETTER = '<markingData phrase="{}"><code>portionMarking</code></markingData>'


def root(version: int) -> str:
    return f'schemaVersion="2.1" version="{version}"'


def level(name: str, number: int, *, lacv: int | None = None) -> str:
    return f'<securityClassification name="{name}" lacv="{lacv or number}" hierarchy="{number}"/>'


def category(name: str, lacv: int, inside: str = "") -> str:
    return f'<tagCategory name="{name}" lacv="{lacv}">{inside}</tagCategory>'


def both(old: Policy, new: Policy) -> tuple[Policy, Policy]:
    """The two versions as they are when they are at hand together."""
    policies = PolicySet([old, new])
    return policies[old.digest], policies[new.digest]


@pytest.fixture
def plain(build: Build, tag_set: Part) -> Callable[..., Policy]:
    """A version with the tag set of those categories."""

    def make(version: int, categories: str = "", **parts: str) -> Policy:
        sets = tag_set('tagType="restrictive"', categories or category("A", 1) + category("B", 2))
        return build(root=root(version), sets=sets, **parts)

    return make


def test_versions_of_one_policy_know_of_each_other_and_others_do_not(plain: Callable[..., Policy]) -> None:
    old, new = plain(1), plain(2)
    policies = PolicySet([old, new, built_in("FR")])

    assert policies[new.digest].version_of(old.digest).digest == old.digest
    assert policies[old.digest].version_of(new.digest).digest == new.digest
    assert policies[new.digest].version_of(None) is policies[new.digest]
    assert policies[new.digest].version_of("0" * 64) is policies[new.digest]
    assert policies[built_in("FR").id] is built_in("FR")
    assert new.version_of(old.digest) is new


def test_the_same_file_twice_is_one_version(plain: Callable[..., Policy]) -> None:
    policies = PolicySet([plain(1), plain(1)])

    assert len({one.digest for one in policies.values()}) == 1


def test_a_label_reads_and_looks_as_its_own_version_says(build: Build, tag_set: Part, label: Make) -> None:
    chip = '<category tagSetId="1.3.6.1.4.1.99999.9.1" name="A"><chip background="{}" text="#FFFFFF"/></category>'
    versions = [
        build(
            root=root(number),
            low=LETTER.format(letter),
            sets=tag_set('tagType="restrictive"', category("A", 1)),
            layout=style + chip.format(colour),
        )
        for number, letter, style, colour in ((1, "L", RED, "#112233"), (2, "X", BLUE, "#332211"))
    ]
    old, new = both(*versions)
    made = label(old, "LOW", "A")

    assert render(new, made, Place.PORTION, "") == render(old, made, Place.PORTION, "")
    assert portion_mark(new, made) != portion_mark(new, under(new, made))
    assert strip(new, made, "en") == strip(old, made, "en")
    assert [(one.colour, one.boxed) for one in stamps(new, made, Place.PAGE_TOP, "en")] == [("#C00000", True)]
    assert [one.background for _, one in chips(new, made)] == ["#112233"]


def test_a_label_has_the_colours_of_its_own_version(build: Build, label: Make) -> None:
    screen = '<classification name="LOW"><screen background="{}" text="#FFFFFF"/></classification>'
    old, new = both(*(build(root=root(n), layout=screen.format(c)) for n, c in ((1, "#112233"), (2, "#332211"))))

    assert screen_colours(new, label(old, "LOW")).background == "#112233"


def test_a_label_is_valid_and_decided_under_its_own_version(
    plain: Callable[..., Policy], label: Make, now: datetime
) -> None:
    forbidden = category("A", 1, "<excludedClass>LOW</excludedClass>") + category("B", 2)
    old, new = both(plain(1), plain(2, forbidden))
    made = label(old, "LOW", "A")
    clearance = Clearance(
        policy_id=new.id,
        policy_name=new.name,
        classifications=frozenset({"LOW"}),
        categories=frozenset(made.categories),
    )

    assert check(new, made, now=now, new=False) == ()
    assert [one.rule for one in check(new, under(new, made), now=now, new=False)] == [ValidityRule.EXCLUDED_CLASS]
    for one, rule in ((made, None), (under(new, made), Rule.INVALID_LABEL)):
        found = decide(
            new,
            one,
            clearance=clearance,
            nationality=None,
            need_to_know=frozenset(),
            needed=frozenset(),
            now=now,
        )
        assert found.rule is rule


def test_a_whole_of_one_older_version_stays_of_that_version(
    plain: Callable[..., Policy], label: Make, now: datetime
) -> None:
    old, new = both(plain(1), plain(2, category("B", 2)))

    rolled = roll_up(new, [label(old, "LOW", "A"), label(old, "HIGH")], created=now)

    assert (rolled.label.policy_digest, rolled.label.policy_version) == (old.digest, 1)
    assert [ref.name for ref in rolled.label.categories] == ["A"]
    assert rolled.decision_required == ()


def test_what_takes_over_is_judged_by_the_version_of_the_whole(
    plain: Callable[..., Policy], label: Make, now: datetime
) -> None:
    old, new = both(plain(1), plain(2, category("B", 2)))
    made = label(old, "HIGH", "A")
    then = Succession(at=now + timedelta(days=1), classification="LOW", categories=made.categories)

    assert roll_up(new, [replace(made, succession=then)], created=now).label.succession == then


def test_a_whole_of_two_versions_that_say_the_same_is_of_the_one_at_hand(
    plain: Callable[..., Policy], label: Make, now: datetime
) -> None:
    old, new = both(plain(1), plain(2, category("A", 1) + category("B", 2) + category("C", 3)))

    rolled = roll_up(new, [label(old, "HIGH", "A"), label(new, "LOW", "C")], created=now)

    assert (rolled.label.policy_digest, rolled.label.classification) == (new.digest, "HIGH")
    assert [ref.name for ref in rolled.label.categories] == ["A", "C"]
    assert rolled.decision_required == ()
    assert rolled.because.classification == (0,)


@pytest.mark.parametrize(
    ("levels", "categories"),
    [
        pytest.param(None, category("B", 2), id="category gone"),
        pytest.param(None, category("A", 2) + category("B", 1), id="category given another number"),
        pytest.param(
            None, category("A", 1, "<excludedClass>LOW</excludedClass>") + category("B", 2), id="now forbidden"
        ),
        pytest.param(level("BASE", 1) + level("HIGH", 2), category("A", 1) + category("B", 2), id="level gone"),
        pytest.param(
            level("BASE", 1) + level("HIGH", 2) + level("TOP", 3),
            category("A", 1) + category("B", 2),
            id="level gone, and one more on top",
        ),
        pytest.param(
            level("HIGH", 1, lacv=2) + level("LOW", 2, lacv=1), category("A", 1) + category("B", 2), id="order"
        ),
        pytest.param(
            level("LOW", 1, lacv=7) + level("HIGH", 2), category("A", 1) + category("B", 2), id="level renumbered"
        ),
    ],
)
def test_a_mark_that_another_version_does_not_say_opens_the_whole_to_nobody(
    plain: Callable[..., Policy], label: Make, now: datetime, levels: str | None, categories: str
) -> None:
    changed = plain(2, categories) if levels is None else plain(2, categories, levels=levels)
    old, new = both(plain(1), changed)
    top = new.levels[-1].name
    made, beside = label(old, "LOW", "A"), label(new, new.levels[0].name)

    rolled = roll_up(new, [made, beside], created=now)

    assert rolled.label.undecided == (new.id,)
    assert rolled.label.classification == top
    (found,) = rolled.decision_required
    assert (found.reason.rule, str(found), found.indexes) == (ValidityRule.OTHER_VERSION, "TEST", (0,))
    assert ValidityRule.OTHER_VERSION in {one.rule for one in check(new, rolled.label, now=now, new=False)}
    assert not says_the_same(old, new, made)


def test_a_label_of_another_policy_is_not_taken_for_another_version(plain: Callable[..., Policy], label: Make) -> None:
    old, new = both(plain(1), plain(2))
    other = replace(label(old, "LOW"), policy_id="1.2.3", policy_digest="0" * 64)
    labels = [label(old, "LOW"), label(new, "LOW"), other]

    assert in_one_version(new, labels)[1][2] == other
    assert under(new, other) == other
    assert (under(new, labels[0]).policy_version, under(new, labels[0]).policy_digest) == (2, new.digest)


def test_a_label_its_own_version_forbids_is_not_taken_for_one_of_another(
    plain: Callable[..., Policy], label: Make
) -> None:
    forbidden = category("A", 1, "<excludedClass>LOW</excludedClass>") + category("B", 2)
    old, new = both(plain(1), plain(2, forbidden))
    broken = label(new, "LOW", "A")

    assert in_one_version(new, [label(old, "HIGH"), broken])[1][1] == broken


def test_a_label_that_names_no_version_counts_under_the_one_at_hand(plain: Callable[..., Policy], label: Make) -> None:
    old, new = both(plain(1), plain(2))
    unnamed = replace(label(old, "LOW"), policy_digest=None)

    assert in_one_version(new, [unnamed]) == (new, [unnamed])
    assert under(new, unnamed) == unnamed


def test_what_is_picked_on_an_old_label_follows_the_policy_at_hand(plain: Callable[..., Policy], label: Make) -> None:
    old, new = both(plain(1), plain(2, category("B", 2, "<excludedClass>LOW</excludedClass>") + category("C", 3)))
    made = label(old, "LOW")

    raised = with_level(new, made, "HIGH")
    marked = toggle(new, made, next(one.ref for one in new.categories if one.category.name == "C"))

    assert isinstance(raised, Label) and raised.policy_digest == new.digest
    assert isinstance(marked, Label) and marked.policy_digest == new.digest
    assert isinstance(choices(new, made)[0].refusal, Refusal)


def test_a_successor_its_policy_forbids_takes_over_nothing(
    plain: Callable[..., Policy], label: Make, now: datetime
) -> None:
    policy = plain(1)
    made = replace(label(policy, "HIGH"), succession=Succession(at=now, classification="NOWHERE"))

    assert standing(policy, made, now=now - timedelta(seconds=1)) is made
    stood = standing(policy, made, now=now)
    assert (stood.classification, stood.undecided) == ("HIGH", (policy.id,))
    assert standing(policy, replace(made, policy_id="1.2.3"), now=now).undecided == (policy.id,)
    rolled = roll_up(policy, [made], created=now)
    assert rolled.label.classification == "HIGH"
    assert [one.reason.rule for one in rolled.decision_required] == [ValidityRule.OTHER_VERSION]
    assert [one.rule for one in check(policy, made, now=now, new=False)] == [ValidityRule.UNKNOWN_CLASSIFICATION]


def test_a_successor_that_is_allowed_takes_over(plain: Callable[..., Policy], label: Make, now: datetime) -> None:
    policy = plain(1)
    made = replace(label(policy, "HIGH"), succession=Succession(at=now, classification="LOW"))

    assert standing(policy, made, now=now).classification == "LOW"
    assert standing(policy, new_label(policy, classification="LOW", created=now), now=now).succession is None


def test_new_labels_are_made_under_the_highest_version_that_has_begun(build: Build, now: datetime) -> None:
    begun, coming = build(root=root(1)), build(root=f'{root(2)} notBefore="20300101000000Z"')
    policies = PolicySet([coming, begun])

    assert version_in_force(policies, begun.id, now=now).version == 1
    assert version_in_force(policies, begun.id, now=datetime(2030, 1, 1, tzinfo=UTC)).version == 2
    assert version_in_force(policies, begun.id, now=now.replace(year=2031)).version == 2
    assert version_in_force(PolicySet([coming]), coming.id, now=now).version == 2


def test_the_file_of_a_policy_that_ships_is_at_hand() -> None:
    policy = built_in("FR")
    file = built_in_file(policy.id)

    assert file is not None
    assert hashlib.sha256(file).hexdigest() == policy.digest
    assert built_in_file("1.2.3") is None


@pytest.mark.parametrize(("text", "is_same"), [("[S]", True), ("[S-SF]", False)])
def test_a_version_that_lets_in_others_is_known_by_who_may_hold_what(text: str, is_same: bool, now: datetime) -> None:
    old = built_in("FR")
    wider = fr_version(2, ('positions="pageTop" heldBy="FRA"', 'positions="pageTop" heldBy="FRA DEU"'))
    new = policy_from_spif(wider, source="fr")
    made = read_mark(old, text, created=now)

    assert says_the_same(old, new, made)
    assert opens_the_same(old, new, made) is is_same


SUITE = '<classification name="LOW"><handling trust="{}" overdueList="warn" minimumSuite="{}"/></classification>'


@pytest.mark.parametrize(("before", "after", "asked"), [(1, 1, 1), (1, 2, 2), (2, 1, 2), (2, 2, 2)])
def test_the_suite_is_the_higher_of_what_two_versions_ask_and_the_rest_is_as_it_was_made(
    plain: Callable[..., Policy], before: int, after: int, asked: int
) -> None:
    old = plain(1, layout=SUITE.format("imported", before))
    new = plain(2, layout=SUITE.format("endorsed", after))
    label = new_label(old, classification="LOW", created=NOW)

    found = handling(label, own=old, latest=new, now=NOW)

    assert found == replace(old.classification("LOW").handling, minimum_suite=asked)


def test_a_level_that_the_version_in_force_has_no_more_is_handled_as_it_was_made(
    plain: Callable[..., Policy],
) -> None:
    old = plain(1, layout=SUITE.format("imported", 2))
    new = plain(2, levels=level("HIGH", 2))
    label = new_label(old, classification="LOW", created=NOW)

    assert handling(label, own=old, latest=new, now=NOW) == old.classification("LOW").handling


@pytest.mark.parametrize(
    ("level", "then", "suites"),
    [
        pytest.param("HIGH", "LOW", [2, 2], id="needs a higher one later"),
        pytest.param("LOW", "HIGH", [2, 1], id="needs a lower one later"),
        pytest.param("HIGH", "GONE", [1], id="becomes what is no level"),
    ],
)
def test_the_suite_is_the_highest_of_all_that_the_mark_is_still_to_be(
    plain: Callable[..., Policy], level: str, then: str, suites: list[int]
) -> None:
    policy = plain(1, layout=SUITE.format("imported", 2))
    due = NOW + timedelta(days=1)
    changing = replace(
        new_label(policy, classification=level, created=NOW), succession=Succession(at=due, classification=then)
    )

    found = [handling(changing, own=policy, latest=policy, now=one).minimum_suite for one in (NOW, due)[: len(suites)]]

    assert found == suites
