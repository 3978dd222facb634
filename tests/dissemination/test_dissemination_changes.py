"""Changed and cut packages, a systematic sample; ``dev.py fuzz package_bytes`` tries every byte and every length."""

from __future__ import annotations

import pytest

from cloison.dissemination.opening import open_package
from forge import receiver
from sample_packages import HEADER, Sample, changes, opened_all_the_same, samples, truncations

# Long runs: what they reach is measured elsewhere, at half the time.
pytestmark = pytest.mark.no_cover

SAMPLES = samples()
STEP = 97
"""A prime, so that the places tried are at every distance from the borders of blocks."""
CHUNK = 65_536 + 16
named = pytest.mark.parametrize("sample", SAMPLES, ids=[one.name for one in SAMPLES])


@named
def test_a_sample_opens_as_it_was_sealed(sample: Sample) -> None:
    assert open_package(sample.sealed, receiver()).rendition == sample.rendition


@named
def test_no_byte_of_the_header_can_be_changed(sample: Sample) -> None:
    assert opened_all_the_same(changes(sample.sealed, positions=range(HEADER), masks=(0x01,)), receiver()) == []


@named
def test_no_byte_behind_it_can_be_changed(sample: Sample) -> None:
    places = range(HEADER, len(sample.sealed), STEP)

    assert opened_all_the_same(changes(sample.sealed, positions=places, masks=(0x80, 0xFF)), receiver()) == []


@named
def test_the_last_bytes_cannot_be_changed(sample: Sample) -> None:
    places = range(len(sample.sealed) - 40, len(sample.sealed))

    assert opened_all_the_same(changes(sample.sealed, positions=places, masks=(0x01, 0x80)), receiver()) == []


@named
def test_it_cannot_be_cut(sample: Sample) -> None:
    whole = len(sample.sealed)
    for lengths in (range(0, whole, STEP), range(HEADER - 300, HEADER), range(whole - 40, whole)):
        assert opened_all_the_same(truncations(sample.sealed, lengths=lengths), receiver()) == []


def test_the_comparison_sees_a_package_that_opens() -> None:
    whole = len(SAMPLES[0].sealed)

    assert opened_all_the_same(truncations(SAMPLES[0].sealed, lengths=range(whole, whole + 1)), receiver()) == [
        f"{whole} bytes"
    ]
