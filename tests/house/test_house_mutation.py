"""The mutation test itself, on a toy: it sees what a test notices and what none does, and says where."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import mutate
from mutation_report import Outcome, Result, score, table

TOY = '''"""A toy."""

from functools import lru_cache


@lru_cache(maxsize=4)
def is_of_age(years: int) -> bool:
    """Whether somebody may vote."""
    return years >= 18


class Ballot:
    def __init__(self) -> None:
        """Hold nothing yet."""
        self.votes = 0

    def unused(self) -> int:
        return 1
'''
TOY_TESTS = """from cloison.labels.toy import Ballot, is_of_age


def test_voters_are_of_age():
    assert is_of_age(30) and not is_of_age(17)


def test_a_ballot_begins_empty():
    assert Ballot().votes == 0
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A project of one module and its tests, laid out as this one is."""
    package, tests = tmp_path / "desktop" / "cloison" / "labels", tmp_path / "tests" / "labels"
    resources = tmp_path / "resources" / "cloison_resources"
    for folder in (
        package,
        tests,
        tmp_path / "tests" / "support",
        tmp_path / "tests" / "vectors",
        resources / "policies",
    ):
        folder.mkdir(parents=True)
    for folder in (package.parent, package, resources):
        (folder / "__init__.py").touch()
    (package / "library.py").write_text("def built_in_policies(): return ()\n", encoding="utf-8")
    (package / "toy.py").write_text(TOY, encoding="utf-8")
    (tests / "test_labels_toy.py").write_text(TOY_TESTS, encoding="utf-8")
    return tmp_path


@pytest.mark.skipif(sys.platform == "win32", reason="mutmut does not run on Windows")
def test_a_change_no_test_notices_is_told_with_its_place(tree: Path) -> None:
    results = mutate.survey(tree, ["toy"])

    assert results is not None
    assert [(one.line, one.outcome) for one in results if not one.outcome.is_noticed] == [
        (9, Outcome.PASSED),
        (9, Outcome.PASSED),
        (18, Outcome.UNREACHED),
    ]
    assert "years >⟦= → ⟧ 18" in table(results)
    assert {one.outcome for one in results if one.line == 15} == {Outcome.FAILED}


def test_the_score_counts_what_was_not_tried_as_not_noticed() -> None:
    outcomes = [Outcome.FAILED, Outcome.ENDLESS, Outcome.PASSED, Outcome.UNTRIED]
    results = [Result(module="toy", line=1, change="", outcome=one) for one in outcomes]

    assert score(results) == 50.0
    assert table(results).count("toy.py:1") == 2


def test_a_module_that_is_not_there_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert mutate.main(["nowhere"]) == 2
    assert "nowhere" in capsys.readouterr().err


def test_remembering_functions_are_changed_as_all_others() -> None:
    assert "@" not in mutate.undecorated(TOY)
    assert mutate.undecorated(TOY).endswith("\n\nis_of_age = lru_cache(maxsize=4)(is_of_age)\n")
