"""A day as people write it, and a decision that lacks nothing."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from pytestqt.qtbot import QtBot

from cloison.ui.decision_fields import DayField
from cloison.ui.plain import PlainLabel
from cloison.wording.catalogue import Catalogue


@pytest.mark.parametrize("typed", ["2027-12-31", "31/12/2027", " 31.12.2027 "])
def test_a_day_is_taken_with_the_year_or_with_the_day_first(qtbot: QtBot, typed: str) -> None:
    field = DayField("Date", Catalogue.load("fr"))
    qtbot.addWidget(field)
    field.line.setText(typed)

    assert field.day() == datetime(2027, 12, 31, tzinfo=UTC)


@pytest.mark.parametrize("typed", ["", "demain", "31/13/2027", "31/02/2027", "12/31/2027", "31/12/27"])
def test_what_is_no_day_is_said_in_the_field(qtbot: QtBot, typed: str) -> None:
    field = DayField("Date", Catalogue.load("fr"))
    qtbot.addWidget(field)
    field.line.setText(typed)

    assert field.day() is None
    said = [label.text() for label in field.findChildren(PlainLabel)]
    assert "Ce n’est pas une date. Écrivez-la comme 31/12/2027." in said
