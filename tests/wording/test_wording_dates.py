"""Dates of narrow lists: no longer than they must be."""

from datetime import UTC, datetime

import pytest

from cloison.wording.catalogue import Catalogue
from cloison.wording.dates import list_day, time_of_day

NOW = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "french", "english"),
    [
        pytest.param(datetime(2026, 11, 22, 9, 5, tzinfo=UTC), "09:05", "09:05", id="today"),
        pytest.param(datetime(2026, 11, 12, 9, 5, tzinfo=UTC), "12 nov.", "12 Nov.", id="this year"),
        pytest.param(datetime(2026, 8, 1, 9, 5, tzinfo=UTC), "1er août", "1 Aug.", id="the first of a month"),
        pytest.param(datetime(2025, 11, 22, 9, 5, tzinfo=UTC), "22/11/2025", "2025-11-22", id="another year"),
    ],
)
def test_the_date_of_a_list_says_what_the_day_leaves_open(moment: datetime, french: str, english: str) -> None:
    assert list_day(moment, Catalogue.load("fr"), now=NOW, zone=UTC) == french
    assert list_day(moment, Catalogue.load("en"), now=NOW, zone=UTC) == english


def test_each_language_has_twelve_short_months() -> None:
    for language in ("fr", "en"):
        words = Catalogue.load(language)
        days = {list_day(datetime(2026, month, 12, tzinfo=UTC), words, now=NOW, zone=UTC) for month in range(1, 13)}
        assert len(days) == 12


def test_the_time_has_two_figures_for_each() -> None:
    assert time_of_day(datetime(2026, 1, 2, 3, 4, tzinfo=UTC), Catalogue.load("fr"), zone=UTC) == "03:04"
