"""Why a note is worth what it is, in words: each rule of the roll-up, in both languages."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from cloison.labels.elements import CategoryRef, CategoryType
from cloison.labels.label import new_label
from cloison.labels.library import built_in
from cloison.labels.rollup import Because as Facts
from cloison.labels.rollup import Drop, Dropped, RollUp
from cloison.notes.compilation import CompilationRaise
from cloison.wording.because import because
from cloison.wording.catalogue import Catalogue
from cloison.wording.portions import named

NOW = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)
POLICY = built_in("FR")
CAN = CategoryRef(tag_set_id="1", tag_set="Communicable à", type=CategoryType.PERMISSIVE, name="CAN")
STAFF = CategoryRef(tag_set_id="2", tag_set="Administrative", type=CategoryType.INFORMATIVE, name="STAFF")
SECRET = new_label(POLICY, classification="SECRET", created=NOW)


NOTHING = Facts(classification=(0,), categories=())


def rolled(facts: Facts) -> RollUp:
    return RollUp(label=SECRET, decision_required=(), because=facts)


def said(facts: Facts, *dropped: Dropped, language: str = "en", raised: CompilationRaise | None = None) -> list[str]:
    words = Catalogue.load(language)
    found = because(rolled(facts), dropped, raised, words)
    return [
        one.in_full(words).replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ") for one in found
    ]


def test_each_type_of_category_has_its_rule() -> None:
    facts = Facts(classification=(0,), categories=((CAN, (1, 2)), (STAFF, (2,)), (CAN, ())))

    assert said(facts) == [
        "SECRET: the highest level, borne by title",
        "CAN: in each list “Communicable à” there is, borne by §§ 1, 2",
        "STAFF: for information, and always kept; borne by § 2",
        "CAN: by a decision on the whole note",
    ]


@pytest.mark.parametrize(
    ("why", "sentence"),
    [
        (Drop.NOT_SHARED, "CAN of § 1: not kept, as only what all share stays; not named by §§ 2, 3"),
        (Drop.MISSING, "CAN of § 1: not kept, as nothing of “Communicable à” is borne by §§ 2, 3"),
    ],
    ids=["not shared", "missing"],
)
def test_each_way_to_fall_away_has_its_rule(why: Drop, sentence: str) -> None:
    dropped = Dropped(category=CAN, why=why, indexes=(1,), against=(2, 3))

    assert said(NOTHING, dropped)[1] == sentence


def test_what_falls_on_account_of_the_raise_says_so() -> None:
    dropped = Dropped(category=CAN, why=Drop.MISSING, indexes=(1,), against=())

    assert said(NOTHING, dropped)[1] == (
        "CAN of § 1: not kept, as nothing of “Communicable à” is borne by the decision on the whole note"
    )


def test_what_falls_of_the_raise_itself_says_so() -> None:
    dropped = Dropped(category=CAN, why=Drop.ABSORBED, indexes=(), against=(4,), by=STAFF)

    assert said(NOTHING, dropped)[1] == (
        "CAN of the decision on the whole note: nothing more is said beside STAFF, borne by § 4"
    )


def test_values_of_which_the_same_is_to_be_said_are_named_together() -> None:
    names = [f"N{number:02}" for number in range(10)]
    refs = [replace(CAN, name=name) for name in names]
    dropped = [Dropped(category=ref, why=Drop.MISSING, indexes=(1,), against=(2,)) for ref in refs]
    facts = Facts(classification=(0,), categories=tuple((ref, (1, 2)) for ref in refs))

    listed = ", ".join(names[:8]) + ", …"
    assert said(facts, *dropped)[1:] == [
        f"{listed}: in each list “Communicable à” there is, borne by §§ 1, 2",
        f"{listed} of § 1: not kept, as nothing of “Communicable à” is borne by § 2",
    ]


def test_a_raise_that_came_with_a_package_has_no_reason_to_tell() -> None:
    raised = CompilationRaise(label=SECRET, reason="", by="Cabinet", at=NOW)

    assert said(Facts(classification=(), categories=()), raised=raised) == [
        "SECRET: by a decision on the whole note",
        "The whole is raised to SECRET by Cabinet.",
    ]


def test_french_names_rule_and_paragraphs() -> None:
    facts = Facts(classification=(1, 3), categories=())
    dropped = Dropped(category=CAN, why=Drop.MISSING, indexes=(1,), against=(2,))

    assert said(facts, dropped, language="fr") == [
        "SECRET : le niveau le plus élevé, porté par § 1, 3",
        "CAN (§ 1) : non retenu, car rien de « Communicable à » dans § 2",
    ]


@pytest.mark.parametrize(
    ("numbers", "text"),
    [((3,), "§ 3"), ((0, 4), "title, 4"), ((1, 2, 3, 7), "§§ 1–3, 7"), (tuple(range(1, 20)), "§§ 1–8, …")],
    ids=["one", "with the title", "a range", "too many to name"],
)
def test_paragraphs_are_named_by_sign_and_number(numbers: tuple[int, ...], text: str) -> None:
    assert named(numbers, Catalogue.load("en")).replace("\N{NO-BREAK SPACE}", " ") == text


def test_a_line_does_not_break_before_a_number() -> None:
    assert named((1, 3), Catalogue.load("en")) == "§§\N{NO-BREAK SPACE}1,\N{NO-BREAK SPACE}3"
