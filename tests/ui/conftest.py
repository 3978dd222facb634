"""A dressed application for every test of the window."""

import pytest
from PySide6.QtWidgets import QApplication

from cloison.ui.theme import Theme


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp, "light")
