"""What stands on the edges of a page, for every policy that ships, against the position tables of the files.

The files are read here a second time, with another reader.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cloison.labels.label import Label, new_label
from cloison.labels.library import BUILT_IN, built_in
from cloison.labels.phrasing import Place
from cloison.labels.policy import Placed, Policy
from cloison.labels.rendering import render, stamps
from cloison.labels.validity import check
from cloison_resources import __path__ as resources

NOW = datetime(2026, 3, 1, tzinfo=UTC)
# Coverage would double its time; the other tests of labels reach every line.
pytestmark = pytest.mark.no_cover
POLICIES = [pytest.param(built_in(name), id=name) for name in BUILT_IN]
SPIF = "{http://www.xmlspif.org/spif}"
LAYOUT = "{urn:cloison:policy-layout:1}"
EDGES = {Place.PAGE_TOP: "pageTop", Place.PAGE_BOTTOM: "pageBottom"}


class Table:
    """The words and page edges of each element of a policy file."""

    def __init__(self, policy: Policy) -> None:
        root = ET.parse(Path(resources[0]) / "policies" / policy.source).getroot()  # noqa: S314 - our own file
        self._phrases = {one.get("name"): one for one in root.iter(f"{SPIF}securityClassification")}
        self._categories = {
            (group.get("id"), one.get("name")): one
            for group in root.iter(f"{SPIF}securityCategoryTagSet")
            for one in group.iter(f"{SPIF}tagCategory")
        }
        self._levels = {one.get("name"): one for one in root.iter(f"{LAYOUT}classification")}
        self._tags = {one.get("tagSetId"): one for one in root.iter(f"{LAYOUT}tag")}
        self._own = {(one.get("tagSetId"), one.get("name")): one for one in root.iter(f"{LAYOUT}category")}

    def level(self, name: str, language: str) -> tuple[str, str]:
        entry = self._levels[name]
        return self._words(self._phrases[name], language), entry.get("positions", "pageTop pageBottom")

    def category(self, one: Placed, language: str) -> tuple[str, str]:
        key = (one.ref.tag_set_id, one.ref.name)
        entries = chain([self._own.get(key)], [self._tags.get(one.ref.tag_set_id)])
        stated = [entry.get("positions") for entry in entries if entry is not None]
        positions = next((each for each in stated if each is not None), "pageTop pageBottom")
        return self._words(self._categories[key], language), positions

    def _words(self, element: ET.Element, language: str) -> str:
        for wanted in (language, None):
            for data in element.findall(f"{SPIF}markingData"):
                codes = {code.text for code in data.findall(f"{SPIF}code")}
                if data.get("{http://www.w3.org/XML/1998/namespace}lang") != wanted or codes & {"replacePolicy"}:
                    continue
                if not codes or "pageTopBottom" in codes:
                    return data.get("phrase", "")
        return (
            ""
            if element.find(f"{SPIF}markingData/{SPIF}code[.='noNameDisplay']") is not None
            else element.attrib["name"]
        )


TABLES = {name: Table(built_in(name)) for name in BUILT_IN}


def assert_follows_the_table(policy: Policy, label: Label, language: str) -> None:
    table = TABLES[policy.name]
    placed = [policy.category(ref) for ref in label.categories]
    elements = [table.level(label.classification, language), *(table.category(one, language) for one in placed)]
    for place, edge in EDGES.items():
        text = render(policy, label, place, language)
        stamped = " ".join(one.text for one in stamps(policy, label, place, language))
        here = [words for words, positions in elements if edge in positions.split() and words]
        away = [words for words, positions in elements if edge not in positions.split()]
        assert bool(text) == bool(here)
        assert all(words in text and words in stamped for words in here)
        assert not any(words in text or words in stamped for words in away)
    if all(positions == "pageTop pageBottom" for _, positions in elements):
        assert render(policy, label, Place.PAGE_TOP, language) == render(policy, label, Place.PAGE_BOTTOM, language)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("policy", POLICIES)
def test_each_level_alone_and_with_each_category_follows_the_position_table(
    policy: Policy, language: str, request: pytest.FixtureRequest
) -> None:
    # Under `--whole` each with each; else each level with every fourth, each category with every fourth level.
    step = 1 if request.config.getoption("whole") else 4
    for number, level in enumerate(policy.levels):
        for refs in ((), *((one.ref,) for one in policy.categories[number % step :: step])):
            label = new_label(policy, classification=level.name, categories=refs, created=NOW)
            if not check(policy, label, now=NOW, new=False):
                assert_follows_the_table(policy, label, language)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("policy", POLICIES)
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(data=st.data())
def test_any_combination_follows_the_position_table(policy: Policy, language: str, data: st.DataObject) -> None:
    level = data.draw(st.sampled_from(policy.classifications))
    every = [one.ref for one in policy.categories]
    refs = data.draw(st.lists(st.sampled_from(every), max_size=6, unique=True)) if every else []
    label = new_label(policy, classification=level.name, categories=refs, created=NOW)
    kept = label if not check(policy, label, now=NOW, new=False) else new_label(
        policy, classification=level.name, created=NOW
    )  # fmt: skip
    assert_follows_the_table(policy, kept, language)
