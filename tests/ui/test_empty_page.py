"""What stands where no note is open: the keys, each on a line of its own, in French as in English."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from cloison.ui.kit import Kit
from cloison.ui.window.empty_page import EmptyPage
from cloison.wording.catalogue import LANGUAGES, Catalogue


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_of_the_keys_is_squeezed(kit: Kit, language: str, qtbot: QtBot) -> None:
    page = EmptyPage(replace(kit, words=Catalogue.load(language)))
    qtbot.addWidget(page)
    page.resize(600, 560)
    page.show()

    labels = [one for one in page.findChildren(QLabel) if one.text()]
    assert len(labels) > 10
    for one in labels:
        wanted = one.heightForWidth(one.width()) if one.wordWrap() else one.sizeHint().height()
        assert one.height() >= wanted, one.text()
