"""The one style sheet of the application, written from the palette and the sizes.

A ``role`` is a dynamic property. On buttons: primary, danger, quiet, rail, and tool on a button of one icon. On
labels: muted, accent, section, rail-section, heading, title, display, danger, ok, warn. On frames: panel, sheet,
notice, rail, rule, rail-rule, and column, column-left, column-right on what stands beside the page. A focus ring takes
its second pixel from the padding, so that nothing moves when the focus does.
"""

from __future__ import annotations

from string import Template

from cloison.ui import sizes
from cloison.ui.palette import Palette


def style_sheet(palette: Palette) -> str:
    """The style sheet for ``palette``."""
    measures = {
        name.lower(): f"{value}px"
        for name, value in vars(sizes).items()
        if name.isupper() and name.startswith(("TEXT_", "SPACE_", "RADIUS_", "TARGET", "FOCUS_"))
    }
    # A control is as high as its target with its border and padding counted in.
    inner = f"{sizes.TARGET - 2 * 2}px"
    colours = {name: getattr(palette, name) for name in palette.__slots__ if name != "scheme"}
    return Template(_TEXTS + _CONTROLS + _LISTS + _FURNITURE).substitute(measures, inner=inner, **colours)


_TEXTS = """
QMainWindow, QDialog, QWizard, QStackedWidget { background: $ground; }
QLabel { background: transparent; }
QLabel[role="muted"] { color: $muted; font-size: $text_small; }
QLabel[role="section"] { color: $muted; font-size: $text_tiny; font-weight: 600; }
QLabel[role="rail-section"] { color: $rail_muted; font-size: $text_tiny; font-weight: 600; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="heading"] { font-size: $text_heading; font-weight: 600; }
QLabel[role="title"] { font-size: $text_title; font-weight: 600; }
QLabel[role="display"] { font-size: $text_display; font-weight: 700; }
QLabel[role="danger"] { color: $danger; }
QLabel[role="accent"] { color: $accent; font-size: $text_small; font-weight: 600; }
QLabel[role="ok"] { color: $ok; }
QLabel[role="warn"] { color: $warn; }
QFrame[role="panel"] { background: $panel; border: 0; }
QFrame[role="sheet"] { background: $panel; border: 1px solid $line; border-radius: $radius_sheet; }
QFrame[role="notice"] { background: $selection; border: 0; border-radius: $radius_control; }
QFrame[role="rail"] { background: $rail; border: 0; }
QFrame[role="column"] { background: $ground; border: 0; }
QFrame[role="column-right"] { background: $ground; border: 0; border-left: 1px solid $line; }
QFrame[role="column-left"] { background: $ground; border: 0; border-right: 1px solid $line; }
QFrame[role="rule"] { background: $line; border: 0; max-height: 1px; min-height: 1px; }
QFrame[role="rail-rule"] { background: $rail_raised; border: 0; max-height: 1px; min-height: 1px; }
"""

_CONTROLS = """
QPushButton {
  background: $panel; color: $text; border: 1px solid $border; border-radius: $radius_control;
  padding: 1px 13px; min-height: $inner; font-weight: 600;
}
QPushButton:hover { background: $selection; }
QPushButton:pressed { background: $line; }
QPushButton:focus { border: 2px solid $accent; padding: 0 12px; }
QPushButton:checked { background: $selection; border-color: $accent; color: $accent; }
QPushButton:disabled { color: $muted; border-color: $line; background: $ground; }
QPushButton[role="primary"] { background: $accent; color: $on_accent; border-color: $accent; }
QPushButton[role="primary"]:hover, QPushButton[role="primary"]:pressed { background: $accent_strong; }
QPushButton[role="primary"]:focus { border: 2px solid $focus_filled; }
QPushButton[role="primary"]:disabled { background: $line; color: $muted; border-color: $line; }
QPushButton[role="danger"] { background: $danger; color: $on_danger; border-color: $danger; }
QPushButton[role="danger"]:focus { border: 2px solid $focus_filled; }
QPushButton[role="danger"]:disabled { background: $line; color: $muted; border-color: $line; }
QPushButton[role="quiet"] { background: transparent; border-color: transparent; color: $accent; padding: 1px 5px; }
QPushButton[role="quiet"]:hover { background: $selection; }
QPushButton[role="quiet"]:focus { border: 2px solid $accent; padding: 0 4px; }
QPushButton[role="quiet"]:disabled { color: $muted; }
QPushButton[role="tool"] { background: transparent; border-color: transparent; padding: 0; }
QPushButton[role="tool"]:hover { background: $selection; }
QPushButton[role="tool"]:focus { border: 2px solid $accent; padding: 0; }
QPushButton[role="rail"] {
  background: transparent; border-color: transparent; color: $rail_text; text-align: left; padding: 1px 7px;
  font-weight: 400;
}
QPushButton[role="rail"]:hover, QPushButton[role="rail"]:checked { background: $rail_raised; }
QPushButton[role="rail"]:checked { font-weight: 600; }
QPushButton[role="rail"]:focus { border: 2px solid $rail_focus; padding: 0 6px; }
QPushButton[role="rail"][is-dim="true"] { color: $rail_muted; }
QPushButton[role="rail"]:disabled { color: $rail_muted; }
QLineEdit, QPlainTextEdit {
  background: $panel; color: $text; border: 1px solid $border; border-radius: $radius_control;
  padding: 1px 9px; min-height: $inner;
  selection-background-color: $accent; selection-color: $on_accent; placeholder-text-color: $muted;
}
QLineEdit:focus, QPlainTextEdit:focus { border: 2px solid $accent; padding: 0 8px; }
QLineEdit:disabled { color: $muted; background: $ground; border-color: $line; }
QComboBox, QSpinBox, QDateEdit { min-height: $inner; }
QStackedWidget[role="plain"] { background: transparent; }
QRadioButton::indicator {
  width: 14px; height: 14px; border: 1px solid $border; border-radius: 8px; background: $panel;
}
QRadioButton::indicator:checked { width: 6px; height: 6px; border: 5px solid $accent; border-radius: 8px; }
QCheckBox, QRadioButton { min-height: $target; spacing: $space_2; background: transparent; padding: 0 $space_1; }
QCheckBox:focus, QRadioButton:focus { border: 2px solid $accent; border-radius: $radius_chip; }
"""

_LISTS = """
QTextEdit { background: $panel; color: $text; border: 0; selection-background-color: $accent;
  selection-color: $on_accent; placeholder-text-color: $muted; }
QAbstractItemView { background: $panel; color: $text; border: 0; outline: 0;
  selection-background-color: $selection; selection-color: $text; }
QTableView { gridline-color: $line; }
QListView[role="column"] { background: $ground; }
QListView[role="boxed"] { border: 1px solid $line; border-radius: $radius_control; padding: 1px; }
QHeaderView::section { background: $ground; color: $muted; border: 0; border-bottom: 1px solid $line;
  padding: $space_1 $space_2; font-size: $text_small; font-weight: 600; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $border; border-radius: 3px; margin: 3px; }
QScrollBar::handle:vertical { min-height: $space_6; }
QScrollBar::handle:horizontal { min-width: $space_6; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QScrollArea { background: transparent; border: 0; }
QScrollArea > QWidget > QWidget { background: transparent; }
"""

_FURNITURE = """
QSplitter::handle { background: $line; }
QSplitter::handle:horizontal { width: 1px; }
QToolTip { background: $text; color: $panel; border: 0; padding: $space_1 $space_2; font-size: $text_small; }
QMenu { background: $panel; color: $text; border: 1px solid $line; padding: $space_1; }
QMenu::item { padding: 6px $space_5 6px $space_3; border-radius: $radius_chip; min-height: 20px; }
QMenu::item:selected { background: $selection; color: $text; }
QMenu::item:disabled { color: $muted; }
QMenu::separator { height: 1px; background: $line; margin: $space_1 0; }
QProgressBar { background: $line; border: 0; border-radius: 3px; min-height: 6px; max-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
"""
