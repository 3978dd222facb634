"""Putting controls that are made later where they belong in the order of Tab; Qt puts them last."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QWidget


def stop_at_checked(group: QButtonGroup) -> None:
    """Let Tab find the one that is checked, as the arrows lead to the others; Qt does so once one had the focus."""

    def follow() -> None:
        for one in group.buttons():
            one.setFocusPolicy(Qt.FocusPolicy.StrongFocus if one.isChecked() else Qt.FocusPolicy.ClickFocus)

    group.buttonToggled.connect(lambda *_: follow())
    follow()


def put_before(widget: QWidget, stops: Sequence[QWidget]) -> None:
    """Let ``stops`` be reached, in that order, right before ``widget``."""
    before = widget.previousInFocusChain() or widget
    while before is not widget and (before in stops or not before.focusPolicy() & Qt.FocusPolicy.TabFocus):
        before = before.previousInFocusChain() or widget
    put_after(before, stops)


def put_after(widget: QWidget, stops: Sequence[QWidget]) -> None:
    """Let ``stops`` be reached, in that order, right after ``widget``."""
    for one in stops:
        QWidget.setTabOrder(widget, one)
        widget = one
