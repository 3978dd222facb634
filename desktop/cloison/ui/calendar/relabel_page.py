"""What a newer version of the policy makes of the marks of a note, and marking it anew."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from cloison.actions.relabel import Relabelling, plan_relabelling, relabel
from cloison.actions.write_note import Saved
from cloison.labels.label import Label
from cloison.notes.compilation import MOST_REASON
from cloison.notes.note import Note
from cloison.notes.relabelling import OldMark
from cloison.ui import sizes
from cloison.ui.chip_view import ChipView
from cloison.ui.clerk import Clerk
from cloison.ui.controls import Field, button
from cloison.ui.flow_page import FlowPage
from cloison.ui.plain import PlainLabel
from cloison.ui.window.section import section
from cloison.wording.policy_changes import change_text, old_mark_text, part_name, versions_text


class RelabelPage(FlowPage):
    """``note_changed`` carries the uid of a note that was marked anew, and what to say of it."""

    note_changed = Signal(str, str)

    def __init__(self, clerk: Clerk, note: Note, *, parent: QWidget | None = None) -> None:
        """Empty until it is shown."""
        words = clerk.words
        super().__init__(clerk, words.text("Marks under an older version of the policy"), parent=parent)
        self._uid = note.uid
        self._plan: Relabelling | None = None
        self._reason = QLineEdit()
        self._reason.setMaxLength(MOST_REASON)
        self._reason_field = Field(
            words.text("Reason"), self._reason, advice=words.text("Needed where a new mark says something else.")
        )
        self._do = button(words.text("Mark anew"), role="primary")
        self._do.setEnabled(False)
        self.footer.addWidget(self._reason_field, 1)
        self.footer.addWidget(self._do, 0, Qt.AlignmentFlag.AlignBottom)
        self._do.clicked.connect(self._relabel)
        self._reason.textChanged.connect(self._follow)

    def arrive(self) -> None:
        """Compare."""
        super().arrive()
        self.clerk.ask(self, lambda session: plan_relabelling(session, self._uid), self._show, refused=self.refuse)

    def _show(self, plan: Relabelling) -> None:
        words = self.clerk.words
        self._plan = plan
        self.body.addWidget(
            PlainLabel(
                words.text("Marks keep the version they were made under. Nothing changes until you mark anew."),
                role="muted",
            )
        )
        for found in plan.differences:
            self.body.addWidget(section(versions_text(found, words)))
            for change in found.changes:
                self.body.addWidget(PlainLabel(change_text(change, words)))
        self.body.addWidget(section(words.text("MARKS")))
        self.body.addWidget(_Marks(self.clerk, plan.marks))
        self.body.addStretch(1)
        self._reason_field.setVisible(plan.needs_reason)
        self._follow()

    def _follow(self) -> None:
        plan = self._plan
        has_reason = plan is not None and (not plan.needs_reason or bool(self._reason.text().strip()))
        self._do.setEnabled(plan is not None and plan.may_change and has_reason)

    def _relabel(self) -> None:
        self._do.setEnabled(False)
        reason = self._reason.text().strip() or None
        self.clerk.ask(
            self, lambda session: relabel(session, self._uid, reason=reason), self._done, refused=self._refused
        )

    def _refused(self, sentence: str) -> None:
        self.refuse(sentence)
        self._follow()

    def _done(self, saved: Saved) -> None:
        sentence = self.clerk.words.text(
            "Note {reference} was marked anew: revision {revision}.",
            reference=saved.note.reference,
            revision=saved.revision,
        )
        self.note_changed.emit(saved.note.uid, sentence)


class _Marks(QWidget):
    """One line for each old mark: where, what it is, what it would be, and what that means."""

    def __init__(self, clerk: Clerk, marks: tuple[OldMark, ...], *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clerk = clerk
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(sizes.SPACE_4)
        grid.setVerticalSpacing(sizes.SPACE_2)
        grid.setColumnStretch(3, 1)
        for number, one in enumerate(marks):
            grid.addWidget(PlainLabel(part_name(one.number, clerk.words)), number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self._chips(one.before), number, 1, Qt.AlignmentFlag.AlignTop)
            after: QWidget = QLabel("–") if one.after is None else self._chips(one.after)
            grid.addWidget(after, number, 2, Qt.AlignmentFlag.AlignTop)
            text = PlainLabel(old_mark_text(one, clerk.words), role="" if one.may_change else "warn")
            grid.addWidget(text, number, 3, Qt.AlignmentFlag.AlignTop)

    def _chips(self, label: Label) -> ChipView:
        view = ChipView(self._clerk.kit.theme)
        view.show_mark(self._clerk.policy, label)
        return view
