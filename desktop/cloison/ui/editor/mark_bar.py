"""The row of marks over the text: what the paragraph is marked, and a button for each mark there is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from math import ceil
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QWidget

from cloison.labels.policy import Policy
from cloison.ui import sizes
from cloison.ui.chips import chip_font
from cloison.ui.controls import button
from cloison.ui.editor.find_bar import CHORD
from cloison.ui.editor.keys import MarkKey
from cloison.ui.editor.marks import LevelChoice
from cloison.ui.editor.standing import Standing
from cloison.ui.icons import NORMAL, icon
from cloison.ui.kit import Kit
from cloison.ui.palette import Scheme
from cloison.ui.plain import OneLineLabel, tooltip
from cloison.ui.theme import Theme

_LEAST_WIDTH: Final = 40
_CHIP_HEIGHT: Final = 24
_HINT_WIDTH: Final = 60


class MarkButton(QAbstractButton):
    """One mark: filled with the policy's colours where the paragraph bears it, outlined where not."""

    def __init__(self, key: MarkKey, theme: Theme, *, parent: QWidget | None = None) -> None:
        """A button for ``key``."""
        super().__init__(parent)
        self.key = key
        self._theme = theme
        self.setText(key.mark)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(key.name)
        theme.palette_changed.connect(self.update)

    def nextCheckState(self) -> None:  # noqa: N802 - Qt's name
        """A press asks; whether the mark changes is said by the paragraph."""

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A target wide and high enough."""
        width = ceil(QFontMetricsF(chip_font()).horizontalAdvance(self.text())) + 2 * sizes.SPACE_3
        return QSize(max(_LEAST_WIDTH, width), sizes.TARGET)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the chip, and the ring where the focus is."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette, colours = self._theme.palette, self.key.colours
        chip = QRectF(2.5, (self.height() - _CHIP_HEIGHT) / 2 + 0.5, self.width() - 5, _CHIP_HEIGHT - 1)
        border = colours.dark_border if palette.scheme is Scheme.DARK else colours.border
        painter.setPen(QPen(QColor((border or colours.background) if self.isChecked() else palette.border), 1))
        ground = palette.selection if self.underMouse() and self.isEnabled() else palette.panel
        painter.setBrush(QColor(colours.background if self.isChecked() else ground))
        painter.drawRoundedRect(chip, sizes.RADIUS_CHIP, sizes.RADIUS_CHIP)
        if not self.isChecked():
            self._draw_stripe(painter, chip)
        painter.setFont(chip_font())
        text = palette.text if self.isEnabled() else palette.muted
        painter.setPen(QColor(colours.text if self.isChecked() else text))
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, self.text())
        self._underline_key(painter, chip)
        if self.hasFocus():
            painter.setPen(QPen(QColor(palette.accent), sizes.FOCUS_RING))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(
                QRectF(self.rect()).adjusted(1, 1, -1, -1), sizes.RADIUS_CONTROL, sizes.RADIUS_CONTROL
            )

    def _draw_stripe(self, painter: QPainter, chip: QRectF) -> None:
        """The colour of the mark under its letters."""
        painter.save()
        painter.setClipRect(QRectF(chip.left() + 1, chip.bottom() - 3, chip.width() - 2, 3))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.key.colours.background))
        painter.drawRoundedRect(chip, sizes.RADIUS_CHIP, sizes.RADIUS_CHIP)
        painter.restore()

    def _underline_key(self, painter: QPainter, chip: QRectF) -> None:
        at = self.text().upper().find(self.key.key) if self.key.key else -1
        if at < 0:
            return
        metrics = QFontMetricsF(chip_font())
        left = chip.center().x() - metrics.horizontalAdvance(self.text()) / 2
        start = left + metrics.horizontalAdvance(self.text()[:at])
        end = left + metrics.horizontalAdvance(self.text()[: at + 1])
        y = chip.center().y() + metrics.ascent() / 2 + 1
        painter.setPen(QPen(painter.pen().color(), 1))
        painter.drawLine(QPointF(start + 0.5, y), QPointF(end - 0.5, y))


class MarkBar(QFrame):
    """``chosen`` carries the ``MarkKey`` of a button that was pressed.

    ``picker_asked`` is a wish for every mark there is, ``more_asked`` for the other acts.
    """

    chosen = Signal(object)
    picker_asked = Signal()
    more_asked = Signal()

    def __init__(self, kit: Kit, policy: Policy, keys: Sequence[MarkKey], *, parent: QWidget | None = None) -> None:
        """A button for each of ``keys``."""
        super().__init__(parent)
        self.setProperty("role", "panel")
        self._words = kit.words
        self._theme = kit.theme
        self._policy = policy
        self._buttons = [MarkButton(key, kit.theme) for key in keys]
        self._keys = ", ".join(f"{one.key} {one.name}" for one in keys if one.key)
        self._hint = OneLineLabel(role="muted")
        self._hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._all = button(kit.words.text("Marks…"), role="quiet")
        self._all.setToolTip(tooltip(kit.words.text("Pick among every level and category (Ctrl+Shift+M)")))
        self._all.clicked.connect(self.picker_asked)
        self.more = button("", role="tool")
        self.more.setAccessibleName(kit.words.text("Insert, find and replace"))
        self.more.setToolTip(tooltip(kit.words.text("Insert, find and replace ({chord})", chord=CHORD)))
        self.more.setFixedSize(QSize(sizes.TARGET, sizes.TARGET))
        self.more.setIconSize(QSize(NORMAL, NORMAL))
        self.more.clicked.connect(self.more_asked)
        self._place()
        self.show_keys_awaited(is_awaited=False)
        self._draw_icon()
        kit.theme.palette_changed.connect(self._draw_icon)

    def show_standing(self, standing: Standing, *, is_writable: bool) -> None:
        """Follow the paragraph the cursor is in."""
        label = standing.mark
        marks = {category.name for category in label.categories} if label is not None else set()
        for one in self._buttons:
            is_level = isinstance(one.key.choice, LevelChoice)
            borne = label is not None and one.key.name == label.classification if is_level else one.key.name in marks
            one.setChecked(borne)
            one.setEnabled(is_writable)
        self._all.setEnabled(is_writable)
        self.setAccessibleName(self._words.text("Mark of the paragraph"))

    def show_keys_awaited(self, *, is_awaited: bool) -> None:
        """Say which keys there are while one is awaited."""
        if is_awaited:
            self._hint.setText(self._words.text("Underlined letter, or Esc"))
        else:
            self._hint.setText(self._words.text("Ctrl+M, then a letter"))
        self._hint.setProperty("role", "accent" if is_awaited else "muted")
        self._hint.style().polish(self._hint)
        if is_awaited:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self._keys))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Show as many marks as there is room for; the others are picked or typed."""
        super().resizeEvent(event)
        room = self.width() - 2 * sizes.SPACE_4 - self._all.sizeHint().width() - self.more.width() - _HINT_WIDTH
        for one in self._buttons:
            room -= one.sizeHint().width() + sizes.SPACE_1
            one.setVisible(room >= 0)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """It fits itself to any width."""
        return QSize(0, super().minimumSizeHint().height())

    def _place(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(sizes.SPACE_4, sizes.SPACE_2, sizes.SPACE_4, sizes.SPACE_2)
        layout.setSpacing(sizes.SPACE_1)
        was_level = True
        for one in self._buttons:
            is_level = isinstance(one.key.choice, LevelChoice)
            if was_level and not is_level:
                layout.addSpacing(sizes.SPACE_2)
            was_level = is_level
            one.setToolTip(tooltip(self._tip(one.key)))
            one.clicked.connect(partial(self._press, one.key))
            layout.addWidget(one)
        layout.addWidget(self._all)
        layout.addWidget(self._hint, 1)
        layout.addWidget(self.more)

    def _draw_icon(self) -> None:
        self.more.setIcon(icon("plus", self._theme.palette.accent))

    def _tip(self, key: MarkKey) -> str:
        if not key.key:
            return key.name
        return self._words.text("{name} (Ctrl+M, then {key})", name=key.name, key=key.key)

    def _press(self, key: MarkKey, *_: bool) -> None:
        self.chosen.emit(key)
