"""When the note becomes lower or is looked at again, and whether its marks follow an older version of the policy."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cloison.labels.label import Label
from cloison.labels.marks import portion_mark
from cloison.labels.policy import Policy
from cloison.labels.succession import in_force
from cloison.ui import sizes
from cloison.ui.controls import button, row
from cloison.ui.kit import Kit
from cloison.ui.plain import PlainLabel
from cloison.ui.window.section import section
from cloison.wording.calendar import course_text


class CourseView(QWidget):
    """``dates_asked`` is a wish to set dates, ``compare_asked`` to see what a newer version makes of the marks."""

    dates_asked = Signal()
    compare_asked = Signal()

    def __init__(self, kit: Kit, policy: Policy, *, parent: QWidget | None = None) -> None:
        """No note."""
        super().__init__(parent)
        self._words = words = kit.words
        self._policy = policy
        self._course = PlainLabel()
        self._set = button(words.text("Dates…"), role="quiet")
        self._old = PlainLabel(role="warn")
        self._compare = button(words.text("Compare…"), role="quiet")
        self._set.clicked.connect(self.dates_asked)
        self._compare.clicked.connect(self.compare_asked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes.SPACE_1)
        layout.addWidget(section(words.text("DATES")))
        for part in (self._course, row(self._set), self._old):
            layout.addWidget(part)
        self._compare_row = row(self._compare)
        layout.addWidget(self._compare_row)
        self.show_label(None)
        self.show_old_marks(0)

    def show_label(self, label: Label | None) -> None:
        """What the whole note is worth, with its date; None while nothing is marked."""
        becomes = ""
        if label is not None and label.succession is not None:
            becomes = portion_mark(self._policy, in_force(label, now=label.succession.at))
        text = "" if label is None else course_text(label, becomes, self._words)
        self._course.setText(text or self._words.text("No date is set."))
        self._set.setEnabled(label is not None)

    def show_old_marks(self, count: int) -> None:
        """How many parts follow an older version of the policy."""
        self._old.setVisible(count > 0)
        self._compare_row.setVisible(count > 0)
        self._old.setText(
            self._words.plural(
                "{count} mark follows an older version of the policy.",
                "{count} marks follow an older version of the policy.",
                count,
            )
        )
