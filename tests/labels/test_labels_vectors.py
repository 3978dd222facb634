"""Labels as files under the NATO policy that ships: the rows of ADatP-4774, Table 17, labels from the field, faults.

`expected.json` beside them says for each how it reads in English and French, by which error it is refused, or which
rules of the policy it breaks.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from cloison.labels import errors
from cloison.labels.decision import decide
from cloison.labels.label import label_from_xml, read_label
from cloison.labels.library import built_in, built_in_policies
from cloison.labels.rendering import strip
from cloison.labels.resolution import resolve
from cloison.labels.validity import check

FOLDER = Path(__file__).parents[1] / "vectors" / "labels"
EXPECTED: dict[str, dict[str, dict[str, Any]]] = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
NOW = datetime(2026, 6, 1, tzinfo=UTC)


def content(name: str) -> bytes:
    return (FOLDER / f"{name}.xml").read_bytes()


def test_every_file_is_expected_to_be_something() -> None:
    assert {path.stem for path in FOLDER.glob("*.xml")} == {name for group in EXPECTED.values() for name in group}


@pytest.mark.parametrize("name", EXPECTED["read"])
def test_a_label_reads_as_expected(name: str) -> None:
    read = read_label(content(name), created_if_absent=NOW)
    policy, label = resolve(built_in_policies(), read.label)

    assert policy is built_in("NATO")
    assert check(policy, label, now=NOW, new=True) == ()
    assert strip(policy, label, "en") == EXPECTED["read"][name]["en"]
    assert strip(policy, label, "fr") == EXPECTED["read"][name]["fr"]
    assert [one.value for one in read.warnings] == EXPECTED["read"][name].get("warnings", [])


@pytest.mark.parametrize("name", EXPECTED["read"])
def test_a_label_is_written_and_read_again_to_the_byte(name: str) -> None:
    written = read_label(content(name), created_if_absent=NOW).label.to_xml()
    assert label_from_xml(written).to_xml() == written


@pytest.mark.parametrize("name", EXPECTED["refused"])
def test_a_fault_is_refused_by_name(name: str) -> None:
    expected = EXPECTED["refused"][name]
    with pytest.raises(getattr(errors, expected["error"])) as caught:
        resolve(built_in_policies(), read_label(content(name), created_if_absent=NOW).label)
    assert type(caught.value).__name__ == expected["error"]
    assert getattr(caught.value, "path", None) == expected.get("path")


@pytest.mark.parametrize("name", EXPECTED["invalid"])
def test_a_label_its_policy_does_not_allow_is_open_to_nobody(name: str) -> None:
    policy, label = resolve(built_in_policies(), read_label(content(name), created_if_absent=NOW).label)

    assert [one.rule.value for one in check(policy, label, now=NOW, new=False)] == EXPECTED["invalid"][name]["reasons"]
    decision = decide(
        policy, label, clearance=None, nationality="FRA", need_to_know=frozenset(), needed=frozenset(), now=NOW
    )
    assert not decision.permitted
