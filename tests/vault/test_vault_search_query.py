"""What is typed to search, as a tree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloison.vault.search_query import AllOf, AnyOf, Field, Filter, Not, Query, Words, filters_in, read_query


def words(text: str) -> Words:
    return Words(expression=f'"{text}"')


def test_words_side_by_side_must_all_be_found() -> None:
    assert read_query("port kessar") == AllOf(parts=(words("port"), words("kessar")))


@pytest.mark.parametrize("typed", ["a b OR c", "a AND b OR c", "a ET b OU c", "(a b) OR c", "a b OU (c"])
def test_and_binds_tighter_than_or_in_either_language(typed: str) -> None:
    assert read_query(typed) == AnyOf(parts=(AllOf(parts=(words("a"), words("b"))), words("c")))


@pytest.mark.parametrize("typed", ["a NOT b", "a AND NOT b", "a SAUF b", "a NOT NOT NOT b"])
def test_not_binds_to_what_follows_it(typed: str) -> None:
    assert read_query(typed) == AllOf(parts=(words("a"), Not(part=words("b"))))


def test_brackets_group() -> None:
    grouped = AnyOf(parts=(words("b"), words("c")))
    assert read_query("a (b OR c)") == AllOf(parts=(words("a"), grouped))
    assert read_query("NOT (b OR c)") == Not(part=grouped)


@pytest.mark.parametrize(
    ("typed", "field", "value"),
    [
        ("level:S-SF", Field.LEVEL, "S-SF"),
        ("niveau:S-SF", Field.LEVEL, "S-SF"),
        ('LEVEL:"TRÈS SECRET"', Field.LEVEL, "TRÈS SECRET"),
        ("compartiment:kessar", Field.COMPARTMENT, "kessar"),
        ("auteur:dupont", Field.AUTHOR, "dupont"),
        ("date:2026-11..2026-12", Field.DATE, "2026-11..2026-12"),
        ("source:cormoran", Field.SOURCE, "cormoran"),
        ("à:cabinet", Field.RECIPIENT, "cabinet"),
        ("to:cabinet", Field.RECIPIENT, "cabinet"),
    ],
)
def test_a_field_is_read_in_either_language(typed: str, field: Field, value: str) -> None:
    assert read_query(typed) == Filter(field=field, value=value, typed=typed)


@pytest.mark.parametrize("typed", ["12:30", "http://exemple", "title:port"])
def test_a_colon_in_a_word_is_no_field(typed: str) -> None:
    assert read_query(typed) == words(typed)


@pytest.mark.parametrize(
    "typed", ["kessar OR", "OR kessar", "kessar AND", "kessar NOT", "(kessar", "kessar)", "kessar ()"]
)
def test_an_operator_without_its_other_side_counts_for_nothing(typed: str) -> None:
    assert read_query(typed) == words("kessar")


@pytest.mark.parametrize("typed", ["level:", "niveau: ", 'date:""', "NOT", "()", "OR OR", "…", "\0"])
def test_what_is_unfinished_searches_for_nothing(typed: str) -> None:
    assert read_query(typed) is None


def test_small_letters_are_words() -> None:
    assert read_query("or not") == AllOf(parts=(words("or"), words("not")))


def test_filters_are_found_wherever_they_stand() -> None:
    query = read_query("a (level:S OR NOT (b date:2026)) to:x")

    assert query is not None
    assert [one.field for one in filters_in(query)] == [Field.LEVEL, Field.DATE, Field.RECIPIENT]


def test_terms_beyond_the_bound_are_left_out() -> None:
    query = read_query("mot " * 1000)

    assert isinstance(query, AllOf)
    assert len(query.parts) == 64


def depth(query: Query) -> int:
    match query:
        case AllOf() | AnyOf():
            return 1 + max(map(depth, query.parts))
        case Not():
            return 1 + depth(query.part)
        case Words() | Filter():
            return 0


@pytest.mark.parametrize("typed", ["(" * 50_000 + "a", ")" * 50_000 + "a", "NOT " * 50_000 + "a", "(a NOT " * 10_000])
def test_no_depth_of_brackets_is_too_much(typed: str) -> None:
    query = read_query(typed)

    assert query is None or depth(query) < 100


@given(st.text(alphabet=st.sampled_from('abÉ "*():\0OROUNOTAND:level date'), max_size=60))
def test_reading_never_fails(typed: str) -> None:
    query = read_query(typed)

    assert query is None or depth(query) < 100
