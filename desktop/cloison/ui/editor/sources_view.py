"""The sources on record of an evaluation: a line for each, and whether it stands on its own."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from cloison.notes.evaluation import MOST_NAME, MOST_SOURCES, Source
from cloison.ui import sizes
from cloison.ui.check_box import CheckBox
from cloison.ui.controls import button
from cloison.ui.icons import NORMAL, icon
from cloison.ui.kit import Kit
from cloison.ui.plain import tooltip
from cloison.ui.tab_order import put_before


class _Line(QWidget):
    """One source."""

    changed = Signal()
    removed = Signal()

    def __init__(self, kit: Kit, source: Source) -> None:
        super().__init__()
        words = kit.words
        self.name = QLineEdit(source.name)
        self.name.setMaxLength(MOST_NAME)
        self.name.setPlaceholderText(words.text("Source"))
        self.name.setAccessibleName(words.text("Source"))
        self._independent = CheckBox(kit.theme, words.text("independent"))
        self._independent.setToolTip(tooltip(words.text("It does not only repeat what another source says")))
        self._independent.setChecked(source.is_independent)
        self._remove = remove = button("", role="tool")
        remove.setAccessibleName(words.text("Take this source away"))
        remove.setToolTip(tooltip(remove.accessibleName()))
        remove.setFixedSize(QSize(sizes.TARGET, sizes.TARGET))
        remove.setIconSize(QSize(NORMAL, NORMAL))
        remove.setIcon(icon("x", kit.theme.palette.muted))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes.SPACE_2)
        layout.addWidget(self.name, 1)
        layout.addWidget(self._independent)
        layout.addWidget(remove)
        self.name.textChanged.connect(self.changed)
        self._independent.toggled.connect(self.changed)
        remove.clicked.connect(self.removed)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Its controls, in the order of Tab."""
        return (self.name, self._independent, self._remove)

    @property
    def source(self) -> Source:
        """What it says now."""
        return Source(name=" ".join(self.name.text().split()), is_independent=self._independent.isChecked())


class SourcesView(QWidget):
    """``changed`` follows every change."""

    changed = Signal()

    def __init__(self, kit: Kit, *, parent: QWidget | None = None) -> None:
        """No source."""
        super().__init__(parent)
        self._kit = kit
        self._lines: list[_Line] = []
        self._add = button(kit.words.text("Add a source"), role="quiet")
        self._column = QVBoxLayout()
        self._column.setSpacing(sizes.SPACE_1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes.SPACE_1)
        layout.addLayout(self._column)
        line = QHBoxLayout()
        line.addWidget(self._add)
        line.addStretch(1)
        layout.addLayout(line)
        layout.addStretch(1)
        self._add.clicked.connect(self._begin)

    @property
    def sources(self) -> tuple[Source, ...]:
        """What is on record: lines in which nothing was written are not."""
        return tuple(line.source for line in self._lines if line.source.name)

    def show_sources(self, sources: Sequence[Source]) -> None:
        """Show these."""
        for line in tuple(self._lines):
            self._take_away(line)
        for source in sources:
            self._show(source)

    def _begin(self) -> None:
        # Whoever adds a second source says that it stands on its own; nobody is taken at less than their word.
        line = self._show(Source(name="", is_independent=not self._lines))
        line.name.setFocus()

    def _show(self, source: Source) -> _Line:
        line = _Line(self._kit, source)
        self._lines.append(line)
        self._column.addWidget(line)
        # Qt would show it later, and what is not shown takes no focus.
        line.show()
        put_before(self._add, line.stops)
        line.changed.connect(self.changed)
        line.removed.connect(lambda: self._remove(line))
        self._add.setEnabled(len(self._lines) < MOST_SOURCES)
        return line

    def _remove(self, line: _Line) -> None:
        self._take_away(line)
        self._add.setFocus()
        self.changed.emit()

    def _take_away(self, line: _Line) -> None:
        self._lines.remove(line)
        self._column.removeWidget(line)
        line.hide()
        line.deleteLater()
        self._add.setEnabled(True)
