"""Policies for the tests: the French one, an invented alliance, and any other built from fragments of SPIF."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cloison.labels.elements import CategoryRef
from cloison.labels.label import Label, new_label
from cloison.labels.library import built_in
from cloison.labels.marks import read_mark
from cloison.labels.policy import Policy
from cloison.labels.spif import policy_from_spif

OID = "1.3.6.1.4.1.99999.9"
NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
TWO_LEVELS = """
<securityClassification name="LOW" lacv="1" hierarchy="1">{low}</securityClassification>
<securityClassification name="HIGH" lacv="2" hierarchy="2">{high}</securityClassification>
"""


def spif_text(
    *,
    levels: str | None = None,
    low: str = "",
    high: str = "",
    sets: str = "",
    markings: str = "",
    layout: str = "",
    root: str = 'schemaVersion="2.1" version="3"',
    identity: str = f'<securityPolicyId name="TEST" id="{OID}"/>',
) -> str:
    """A policy file from its parts; two levels, LOW and HIGH, unless `levels` says otherwise."""
    levels = TWO_LEVELS.format(low=low, high=high) if levels is None else levels
    extensions = f'<extensions><layout xmlns="urn:cloison:policy-layout:1">{layout}</layout></extensions>'
    return (
        f'<SPIF xmlns="http://www.xmlspif.org/spif" {root}>{identity}'
        f"<securityClassifications>{levels}</securityClassifications>"
        f"<securityCategoryTagSets>{sets}</securityCategoryTagSets>{markings}{extensions if layout else ''}</SPIF>"
    )


def tag_set_text(tag: str, categories: str, *, number: int = 1, name: str = "SET", qualifiers: str = "") -> str:
    """A tag set of one tag; `tag` are the attributes of the tag."""
    return (
        f'<securityCategoryTagSet name="{name}" id="{OID}.{number}">'
        f'<securityCategoryTag name="{name}" {tag}>{categories}{qualifiers}</securityCategoryTag>'
        "</securityCategoryTagSet>"
    )


@pytest.fixture
def spif() -> Callable[..., str]:
    """The text of a policy file from its parts."""
    return spif_text


@pytest.fixture
def tag_set() -> Callable[..., str]:
    """The text of a tag set of one tag."""
    return tag_set_text


@pytest.fixture
def build() -> Callable[..., Policy]:
    """A policy from the parts of its file."""
    return lambda **parts: policy_from_spif(spif_text(**parts).encode(), source="test")


@pytest.fixture
def now() -> datetime:
    """The moment at which everything happens."""
    return NOW


@pytest.fixture
def fr() -> Policy:
    """The French policy."""
    return built_in("FR")


@pytest.fixture
def alliance() -> Policy:
    """The invented alliance's policy."""
    path = Path(__file__).parent / "policies" / "alliance.spif.xml"
    return policy_from_spif(path.read_bytes(), source=path.name)


@pytest.fixture
def mark(fr: Policy) -> Callable[[str], Label]:
    """A French label from its typed mark."""
    return lambda text: read_mark(fr, text, created=NOW)


@pytest.fixture
def label() -> Callable[..., Label]:
    """A label of any policy from the name of its level and the names of its categories."""
    return label_of


def label_of(policy: Policy, classification: str, *names: str) -> Label:
    """A label whose categories are all those of the given names, or `tag set:name` where that is needed."""
    return new_label(policy, classification=classification, categories=refs_of(policy, *names), created=NOW)


def refs_of(policy: Policy, *names: str) -> list[CategoryRef]:
    """The categories of these names."""
    found = {one.ref.name: one.ref for one in policy.categories}
    found |= {f"{one.ref.tag_set}:{one.ref.name}": one.ref for one in policy.categories}
    return [found[name] for name in names]


@pytest.fixture
def refs() -> Callable[..., list[CategoryRef]]:
    """Categories of a policy by their names."""
    return refs_of
