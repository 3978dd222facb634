"""Chips: a mark in letters on the policy's own colours, hatched with a question mark where nobody has settled it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from math import ceil
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPixmap

from cloison.labels.colours import WHITE
from cloison.labels.elements import Classification
from cloison.labels.label import Label, new_label
from cloison.labels.layout import ScreenColours
from cloison.labels.marks import portion_mark
from cloison.labels.policy import Policy
from cloison.labels.rendering import chips, portion_text, screen_colours
from cloison.ui import sizes
from cloison.ui.fonts import font
from cloison.ui.palette import Palette, Scheme

HEIGHT: Final = 18
NEUTRAL: Final = ScreenColours(background="#5A6675", text=WHITE)
UNSETTLED: Final = "?"
_PADDING: Final = 5
_LEAST_WIDTH: Final = 22
_HATCH_STEP: Final = 5
_BRACKETS: Final = "[]()"
_ANY_TIME: Final = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """One chip; without colours it is the hatched one."""

    text: str
    colours: ScreenColours | None


@lru_cache(maxsize=1024)
def chips_of(policy: Policy, label: Label | None, *, is_settled: bool) -> tuple[Chip, ...]:
    """The chips of a mark, its level first."""
    unsettled = () if is_settled else (Chip(text=UNSETTLED, colours=None),)
    if label is None:
        return unsettled
    level = policy.version_of(label.policy_digest).classification(label.classification)
    own = tuple(Chip(text=text, colours=colours) for text, colours in chips(policy, label))
    if len(own) == len(label.categories):
        return (Chip(text=portion_text(level), colours=screen_colours(policy, label)), *own, *unsettled)
    mark = portion_mark(policy, label).strip(_BRACKETS)
    return (Chip(text=mark, colours=screen_colours(policy, label)), *unsettled)


def mark_text(policy: Policy, label: Label | None, *, is_settled: bool) -> str:
    """The mark in letters, for assistive technology and for what has no colours: ``S-SF``, ``S?``, ``?``."""
    mark = "" if label is None else portion_mark(policy, label).strip(_BRACKETS)
    return mark if is_settled else mark + UNSETTLED


def level_colours(policy: Policy, level: Classification) -> ScreenColours:
    """The colours of a level, as of a label that has nothing else."""
    return screen_colours(policy, new_label(policy, classification=level.name, created=_ANY_TIME))


def chip_font() -> QFont:
    """What chips are lettered in."""
    return font(sizes.TEXT_TINY, QFont.Weight.Bold)


def width(chips: Sequence[Chip]) -> float:
    """How wide the chips are, side by side."""
    metrics = QFontMetricsF(chip_font())
    return sum(_width(one, metrics) for one in chips)


def fitted(chips: Sequence[Chip], room: float) -> tuple[Chip, ...]:
    """The chips with the first one cut short where they would take more than ``room``; it is read in full elsewhere."""
    over = width(chips) + len(chips) - 1 - room
    if over <= 0 or not chips:
        return tuple(chips)
    first, *rest = chips
    metrics = QFontMetricsF(chip_font())
    left = max(0.0, metrics.horizontalAdvance(first.text) - over)
    return (replace(first, text=metrics.elidedText(first.text, Qt.TextElideMode.ElideRight, left)), *rest)


def draw(painter: QPainter, left: float, middle: float, chips: Sequence[Chip], palette: Palette) -> float:
    """Draw the chips side by side from ``left``, around the height ``middle``; where they end."""
    scale = painter.device().devicePixelRatioF()
    for chip in chips:
        picture = _picture(chip, palette, scale)
        painter.drawPixmap(QPointF(left, middle - HEIGHT / 2), picture)
        left += picture.deviceIndependentSize().width() + 1
    return left - 1


@lru_cache(maxsize=256)
def _picture(chip: Chip, palette: Palette, scale: float) -> QPixmap:
    """A chip drawn once; the gutter shows dozens of them at each key press."""
    chip_width = _width(chip, QFontMetricsF(chip_font()))
    picture = QPixmap(ceil(chip_width * scale), ceil(HEIGHT * scale))
    picture.setDevicePixelRatio(scale)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(chip_font())
    _draw_one(painter, QRectF(0, 0, chip_width, HEIGHT), chip, palette)
    painter.end()
    return picture


def _width(chip: Chip, metrics: QFontMetricsF) -> float:
    return max(_LEAST_WIDTH, round(metrics.horizontalAdvance(chip.text)) + 2 * _PADDING)


def _draw_one(painter: QPainter, box: QRectF, chip: Chip, palette: Palette) -> None:
    colours = chip.colours
    border = _border(colours, palette)
    painter.setPen(QPen(QColor(border), 1) if border else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(palette.panel if colours is None else colours.background))
    inset = 0.5 if border else 0.0
    painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), sizes.RADIUS_CHIP, sizes.RADIUS_CHIP)
    if colours is None:
        _hatch(painter, box, palette)
    painter.setPen(QColor(palette.text if colours is None else colours.text))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, chip.text)


def _border(colours: ScreenColours | None, palette: Palette) -> str | None:
    if colours is None:
        return palette.border
    return colours.dark_border if palette.scheme is Scheme.DARK else colours.border


def _hatch(painter: QPainter, box: QRectF, palette: Palette) -> None:
    """Slanted lines at both ends, so that the question mark stands on plain ground."""
    painter.save()
    painter.setPen(QPen(QColor(palette.border), 1))
    for left, right in ((box.left() + 1, box.left() + 6), (box.right() - 6, box.right() - 1)):
        painter.setClipRect(QRectF(left, box.top() + 1, right - left, box.height() - 2))
        start = left - box.height()
        while start < right:
            painter.drawLine(QPointF(start, box.bottom()), QPointF(start + box.height(), box.top()))
            start += _HATCH_STEP
    painter.restore()
