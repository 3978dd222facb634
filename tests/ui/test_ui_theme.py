"""The dressed application: fonts, icons, light and dark."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QIcon, QPalette, QRawFont
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from cloison.ui import fonts, icons, sizes
from cloison.ui.fonts import FAMILY, FontMissingError, font, load_fonts
from cloison.ui.icons import IconMissingError, icon, picture
from cloison.ui.palette import DARK, LIGHT
from cloison.ui.theme import Theme


@pytest.mark.parametrize("weight", ["Normal", "DemiBold", "Bold"])
def test_our_own_font_is_used_in_each_weight(theme: Theme, weight: str) -> None:
    wanted = font(15, getattr(QFont.Weight, weight))

    assert QFontInfo(wanted).family() == FAMILY
    assert QFontInfo(wanted).weight() == wanted.weight()


@pytest.mark.parametrize("character", ["\u202f", "№", "→", "œ", "É", "§", "–"])
def test_our_font_has_the_characters_of_the_trade(theme: Theme, character: str) -> None:
    assert QRawFont.fromFont(font(15)).supportsCharacter(ord(character))


def test_a_broken_font_file_is_named(theme: Theme, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "FILES", ("OFL.txt",))

    with pytest.raises(FontMissingError) as caught:
        load_fonts.__wrapped__()

    assert caught.value.file == "OFL.txt"


def test_the_application_speaks_in_base_size(theme: Theme, qapp: QApplication) -> None:
    assert qapp.font().pixelSize() == sizes.TEXT_BASE
    assert FAMILY in QFontDatabase.families()


def test_a_button_is_at_least_a_target_high(theme: Theme, qtbot: QtBot) -> None:
    button = QPushButton("Seal")
    qtbot.addWidget(button)

    assert button.sizeHint().height() >= sizes.TARGET


def test_choosing_dark_dresses_everything_and_says_so(theme: Theme, qapp: QApplication, qtbot: QtBot) -> None:
    with qtbot.waitSignal(theme.palette_changed) as changed:
        theme.choose("dark")

    assert changed.args == [DARK]
    assert qapp.palette().color(QPalette.ColorRole.Base) == QColor(DARK.panel)
    theme.choose("light")
    assert theme.palette is LIGHT


def test_choosing_what_is_there_changes_nothing(theme: Theme, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(theme.palette_changed):
        theme.choose("light")


def test_the_system_is_followed_when_asked_to(theme: Theme, qapp: QApplication) -> None:
    schemes = [Qt.ColorScheme.Light, Qt.ColorScheme.Dark, Qt.ColorScheme.Light]
    following = Theme(qapp, "system", system=lambda: schemes[0])
    assert following.palette is LIGHT

    for expected in (DARK, LIGHT):
        schemes.pop(0)
        qapp.styleHints().colorSchemeChanged.emit(schemes[0])
        assert following.palette is expected


def test_an_icon_is_drawn_in_the_colour_asked_for(theme: Theme) -> None:
    image = picture("lock", "#B3261E", pixels=24, scale=2.0).toImage()

    drawn = {
        image.pixelColor(x, y).name() for x in range(48) for y in range(48) if image.pixelColor(x, y).alpha() == 255
    }
    assert image.width() == 48
    assert drawn == {"#b3261e"}


def test_a_disabled_icon_has_the_colour_of_what_is_disabled(theme: Theme) -> None:
    made = icon("lock", "#000000", disabled="#5A6675")

    image = made.pixmap(icons.NORMAL, QIcon.Mode.Disabled).toImage()
    drawn = {
        image.pixelColor(x, y).name() for x in range(20) for y in range(20) if image.pixelColor(x, y).alpha() > 250
    }
    assert "#000000" not in drawn
    assert drawn


def test_an_icon_there_is_not_is_named() -> None:
    with pytest.raises(IconMissingError) as caught:
        icon("no such icon", "#000000")

    assert caught.value.name == "no such icon"
