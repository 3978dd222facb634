"""What the note amounts to, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from cloison.actions.requirements import Requirement
from cloison.labels.policy import Policy
from cloison.ui import sizes
from cloison.ui.controls import button
from cloison.ui.editor.live import NoteMarking
from cloison.ui.icons import icon_before_words
from cloison.ui.kit import Kit
from cloison.ui.tall_area import TallArea
from cloison.ui.window.attachments_view import AttachmentsView
from cloison.ui.window.course_view import CourseView
from cloison.ui.window.evaluation_view import EvaluationView
from cloison.ui.window.links_view import LinksView
from cloison.ui.window.marking_view import MarkingView
from cloison.ui.window.readers import ReadersView
from cloison.ui.window.requirements_view import RequirementsView
from cloison.ui.window.values import Reader


class Inspector(QFrame):
    """The column at the right; ``portion_chosen`` carries the number of a paragraph, 0 for the title."""

    portion_chosen = Signal(int)
    raise_asked = Signal()
    lift_asked = Signal()
    evaluation_asked = Signal()
    dates_asked = Signal()
    compare_asked = Signal()
    attachments_asked = Signal()
    requirements_asked = Signal()
    receipt_asked = Signal()
    disseminate_asked = Signal()
    print_asked = Signal()

    def __init__(self, kit: Kit, policy: Policy, *, parent: QWidget | None = None) -> None:
        """No note."""
        super().__init__(parent)
        self.setProperty("role", "column-right")
        self.setAccessibleName(kit.words.text("Label and dissemination"))
        self._theme = kit.theme
        self._shown: NoteMarking | None = None
        self._marking = MarkingView(kit, policy)
        self._evaluation = EvaluationView(kit, policy)
        self._course = CourseView(kit, policy)
        self._attachments = AttachmentsView(kit, policy)
        self.links = LinksView(kit, policy)
        self._readers = ReadersView(kit.words)
        self._requirements = RequirementsView(kit, policy)
        self.receipt = button(kit.words.text("Receipt…"))
        self.receipt.hide()
        self.disseminate = button(kit.words.text("Disseminate…"), role="primary")
        self.print = button(kit.words.text("Print…"))
        self._place()
        self._marking.portion_chosen.connect(self.portion_chosen)
        self._marking.raise_asked.connect(self.raise_asked)
        self._marking.lift_asked.connect(self.lift_asked)
        self._evaluation.asked.connect(self.evaluation_asked)
        self._course.dates_asked.connect(self.dates_asked)
        self._course.compare_asked.connect(self.compare_asked)
        self._attachments.asked.connect(self.attachments_asked)
        self._requirements.asked.connect(self.requirements_asked)
        self.receipt.clicked.connect(self.receipt_asked)
        self.disseminate.clicked.connect(self.disseminate_asked)
        self.print.clicked.connect(self.print_asked)
        self._draw_icons()
        self._theme.palette_changed.connect(self._draw_icons)

    def show_marking(self, marking: NoteMarking) -> None:
        """Show what the editor worked out."""
        if marking == self._shown:
            return
        self._shown = marking
        self._marking.show_marking(marking)
        self._evaluation.show_evaluation(marking.evaluation)
        self._attachments.show_attachments(marking.attachments)
        self._course.show_label(None if marking.rolled is None else marking.rolled.label)
        self._area.settle()

    def show_old_marks(self, count: int) -> None:
        """How many marks follow an older version of the policy."""
        self._course.show_old_marks(count)

    def show_readers(self, readers: Sequence[Reader]) -> None:
        """Show who would receive the note; nobody hides the list."""
        self._readers.show_readers(readers)

    def show_requirements(self, found: Sequence[Requirement]) -> None:
        """Show what readers asked about the note."""
        self._requirements.show_requirements(found)

    def show_received(self, *, is_received: bool) -> None:
        """Offer to answer a note that came in."""
        self.receipt.setVisible(is_received)

    def _draw_icons(self) -> None:
        colours = self._theme.palette
        self.disseminate.setIcon(icon_before_words("send", colours.on_accent))
        self.receipt.setIcon(icon_before_words("check", colours.text))
        self.print.setIcon(icon_before_words("printer", colours.text))

    def _place(self) -> None:
        holder = QWidget()
        inner = QVBoxLayout(holder)
        inner.setContentsMargins(sizes.SPACE_4, sizes.SPACE_4, sizes.SPACE_4, sizes.SPACE_2)
        inner.setSpacing(sizes.SPACE_5)
        for one in (
            self._marking,
            self._attachments,
            self._course,
            self._evaluation,
            self.links,
            self._requirements,
            self._readers,
        ):
            inner.addWidget(one)
        inner.addStretch(1)
        self._area = TallArea(holder)
        acts = QVBoxLayout()
        acts.setContentsMargins(sizes.SPACE_4, sizes.SPACE_2, sizes.SPACE_4, sizes.SPACE_4)
        acts.setSpacing(sizes.SPACE_2)
        acts.addWidget(self.receipt)
        acts.addWidget(self.disseminate)
        acts.addWidget(self.print)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._area, 1)
        layout.addLayout(acts)
