"""Coverage floors: each package by itself, branches counted."""

import json
from pathlib import Path

import pytest

from floors import package_of, shortfalls


@pytest.fixture
def report(tmp_path: Path) -> Path:
    return tmp_path / "coverage.json"


def write(report: Path, **files: tuple[int, int, int, int]) -> None:
    names = ("covered_lines", "num_statements", "covered_branches", "num_branches")
    summaries = {
        name.replace("__", "/") + ".py": {"summary": dict(zip(names, facts, strict=True))}
        for name, facts in files.items()
    }
    report.write_text(json.dumps({"files": summaries}), encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "package"),
    [
        ("crypto/cloison_crypto/age.py", "cloison_crypto"),
        ("crypto\\cloison_crypto\\age.py", "cloison_crypto"),
        ("desktop/cloison/labels/policy.py", "cloison/labels"),
        ("desktop/cloison/ui/editor/gutter.py", "cloison/ui"),
        ("desktop/cloison/supervisor.py", "cloison"),
    ],
)
def test_each_file_counts_for_its_package(file: str, package: str) -> None:
    assert package_of(file) == package


def test_one_untested_branch_is_too_many_in_the_crypto_library(report: Path) -> None:
    write(report, crypto__cloison_crypto__age=(1000, 1000, 999, 1000))

    assert shortfalls(report) == ["cloison_crypto: 99.95 % of lines and branches are tested, 100 % is its floor"]


def test_a_well_tested_neighbour_hides_nothing(report: Path) -> None:
    write(report, desktop__cloison__notes__note=(1000, 1000, 0, 0), desktop__cloison__vault__vault=(89, 100, 0, 0))

    assert shortfalls(report) == ["cloison/vault: 89.00 % of lines and branches are tested, 90 % is its floor"]


def test_ninety_percent_is_enough_elsewhere(report: Path) -> None:
    write(report, desktop__cloison__vault__vault=(90, 100, 9, 10), desktop__cloison__ui__empty=(0, 0, 0, 0))

    assert shortfalls(report) == []


def test_a_package_that_could_not_run_is_left_out(report: Path) -> None:
    write(report, desktop__cloison__ui__window=(1, 100, 0, 0))

    assert shortfalls(report, left_out=frozenset({"cloison/ui"})) == []
