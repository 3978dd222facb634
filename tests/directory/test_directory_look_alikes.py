"""Names an eye might take for one another have one skeleton; names it would not, have several."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloison.directory.look_alikes import skeleton


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Paul Mercier", "Pаul Mercier"),
        ("Paul Mercier", "PAUL MERCIER"),
        ("Paul Mercier", "Paul  Mercier"),
        ("Paul Mercier", "Paul\u200bMercier"),
        ("Paul Mercier", "Paul rnercier"),
        ("Hélène Lefèvre", "Helene Lefevre"),
        ("Jean-Pierre", "Jean Pierre"),
        ("Olivier", "0livier"),
        ("Ilan", "lIan"),
        ("ΝΙΚΟΣ", "NIKOΣ"),
        ("Ρaul", "Paul"),
        ("СОРОКА", "COPOKA"),
        ("Ｐａｕｌ", "Paul"),
        ("Walter", "VValter"),
        ("Cœur", "Coeur"),
    ],
    ids=[
        "Cyrillic a",
        "capitals",
        "two spaces",
        "a space of no width",
        "rn for m",
        "accents",
        "hyphen",
        "zero for O",
        "I and l",
        "Greek capitals",
        "Greek rho",
        "Cyrillic capitals",
        "wide letters",
        "two v for w",
        "ligature",
    ],
)
def test_names_that_look_alike_have_one_skeleton(name: str, other: str) -> None:
    assert name != other
    assert skeleton(name) == skeleton(other)


@pytest.mark.parametrize(
    ("name", "other"),
    [("Paul Mercier", "Paule Mercier"), ("Dupont", "Dupond"), ("Martin", "Martine"), ("Лев", "Lev")],
)
def test_names_that_do_not_look_alike_have_two(name: str, other: str) -> None:
    assert skeleton(name) != skeleton(other)


@given(st.text(max_size=60))
def test_a_skeleton_is_its_own(name: str) -> None:
    once = skeleton(name)

    assert skeleton(once) == once
