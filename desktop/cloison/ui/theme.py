"""The look of the whole application: one QPalette and one style sheet, light or dark, or as the system is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from cloison.ui import sizes
from cloison.ui.constants import hold_constants
from cloison.ui.fonts import font, load_fonts
from cloison.ui.palette import PALETTES, Palette, Scheme
from cloison.ui.sheet import style_sheet

SYSTEM = "system"


class Theme(QObject):
    """The palette in use; whoever paints by hand takes the theme in its constructor and repaints on a change.

    ``choice`` is the setting: ``system``, ``light`` or ``dark``.
    """

    palette_changed = Signal(object)

    def __init__(
        self, application: QApplication, choice: str, *, system: Callable[[], Qt.ColorScheme] | None = None
    ) -> None:
        """Load the fonts and dress ``application``; ``system`` tells the system's scheme."""
        hold_constants()
        super().__init__(application)
        self._application = application
        self._choice = choice
        self._system = application.styleHints().colorScheme if system is None else system
        self.palette = PALETTES[self._scheme()]
        load_fonts()
        application.setStyle("Fusion")
        application.setFont(font(sizes.TEXT_BASE))
        self._dress()
        application.styleHints().colorSchemeChanged.connect(self._follow)

    def choose(self, choice: str) -> None:
        """Follow another setting from now on."""
        self._choice = choice
        self._follow()

    def _follow(self) -> None:
        palette = PALETTES[self._scheme()]
        if palette is not self.palette:
            self.palette = palette
            self._dress()
            self.palette_changed.emit(palette)

    def _scheme(self) -> Scheme:
        if self._choice != SYSTEM:
            return Scheme(self._choice)
        return Scheme.DARK if self._system() is Qt.ColorScheme.Dark else Scheme.LIGHT

    def _dress(self) -> None:
        self._application.setPalette(qt_palette(self.palette))
        self._application.setStyleSheet(style_sheet(self.palette))


def qt_palette(palette: Palette) -> QPalette:
    """Qt's palette for what the style sheet leaves to the style: check marks, arrows, text cursors, accessibility."""
    role = QPalette.ColorRole
    made = QPalette()
    for which, colour in {
        role.Window: palette.ground,
        role.WindowText: palette.text,
        role.Base: palette.panel,
        role.AlternateBase: palette.ground,
        role.Text: palette.text,
        role.PlaceholderText: palette.muted,
        role.Button: palette.panel,
        role.ButtonText: palette.text,
        role.BrightText: palette.danger,
        role.Highlight: palette.accent,
        role.HighlightedText: palette.on_accent,
        role.Accent: palette.accent,
        role.Link: palette.accent,
        role.LinkVisited: palette.accent,
        role.ToolTipBase: palette.text,
        role.ToolTipText: palette.panel,
    }.items():
        made.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(palette.muted))
    return made
