"""The sheets of a note: which is open, what it begins with, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cloison.labels.declassification import AuthorityDecision
from cloison.labels.errors import LabelsError
from cloison.labels.label import Label
from cloison.labels.policy import Policy
from cloison.notes.errors import LoweringNeedsReasonError, NotesError
from cloison.notes.evaluation import Evaluation, new_evaluation
from cloison.ui.editor.document import NoteDocument
from cloison.ui.editor.evaluation_sheet import EvaluationSheet
from cloison.ui.editor.marks import LabelChoice, made_now, unknown_now
from cloison.ui.editor.pick_sheet import PickSheet
from cloison.ui.editor.raise_sheet import LiftSheet, RaiseSheet
from cloison.ui.editor.sheet import Sheet
from cloison.ui.editor.view import ManuscriptView
from cloison.ui.kit import Kit
from cloison.ui.picker.picking import Picking
from cloison.vault.label_shelf import AtHand
from cloison.wording.errors import sentence_for
from cloison.wording.portions import named


class NoteSheets(QObject):
    """``dock`` is placed below the text; ``done`` and ``refused`` carry sentences.

    ``starred`` carries a label to be kept at hand, ``unstarred`` one to be kept no more. ``label_shown`` tells the
    strips what is on the sheet that is open and not in the note yet, and whether all of it is marked.
    """

    opened = Signal()
    done = Signal(str)
    refused = Signal(str)
    starred = Signal(object)
    unstarred = Signal(object)
    label_shown = Signal(object, bool)

    def __init__(self, kit: Kit, policy: Policy, document: NoteDocument, view: ManuscriptView, *, author: str) -> None:
        """None is open; ``author`` is who decides on this note here."""
        super().__init__(view)
        self._kit = kit
        self._words = kit.words
        self._policy = policy
        self._note = document
        self._view = view
        self._author = author
        self._numbers: tuple[int, ...] = ()
        self._begun: Label | None = None
        self.pick, self.raising, self.lifting = PickSheet(kit), RaiseSheet(kit), LiftSheet(kit)
        self.judging = EvaluationSheet(kit, policy)
        self.dock = QWidget()
        layout = QVBoxLayout(self.dock)
        layout.setContentsMargins(0, 0, 0, 0)
        for sheet in self._all:
            layout.addWidget(sheet)
            sheet.closed.connect(self._close)
        self.dock.hide()
        self._connect()

    @property
    def _all(self) -> tuple[Sheet, ...]:
        return (self.pick, self.raising, self.lifting, self.judging)

    def close(self) -> None:
        """No sheet."""
        self._numbers = ()
        for sheet in self._all:
            sheet.hide()
        self.dock.hide()
        self._tell_shown(None)

    def forget(self) -> None:
        """No sheet, and in none anything of the note that was open: what was typed, nor the labels at hand there."""
        self.close()
        self.raising.forget()
        self.lifting.start()
        self.judging.forget()
        self.show_at_hand(())

    def show_at_hand(self, at_hand: Sequence[AtHand]) -> None:
        """Offer these labels first, wherever one is picked."""
        self.pick.show_at_hand(at_hand)
        self.raising.picker.show_at_hand(at_hand)

    def open_picker(self) -> None:
        """Pick a mark for the paragraphs the cursor is in."""
        if self._is_writable():
            self._begin_picking()
            self._open(self.pick)

    def open_raise(self) -> None:
        """Raise the whole note."""
        rolled = self._note.marking.rolled
        if not self._is_writable():
            return
        if rolled is None or rolled.decision_required:
            self.refused.emit(self._words.text("Settle the marks of the paragraphs first; then raise the whole."))
            return
        self.raising.start(self._picking(rolled.label, floor=rolled.label))
        self._open(self.raising)

    def open_lift(self) -> None:
        """Take the raise back."""
        if self._is_writable():
            self.lifting.start()
            self._open(self.lifting)

    def open_evaluation(self) -> None:
        """Evaluate the information, or change how it is evaluated."""
        if self._is_writable():
            present = self._note.marking.evaluation
            fresh = new_evaluation(randomness=self._kit.randomness)
            self.judging.start(present or fresh, is_new=present is None)
            self._open(self.judging)

    def _is_writable(self) -> bool:
        if self._view.isReadOnly():
            self.refused.emit(self._words.text("What was received stays as its issuer made it."))
            return False
        return True

    def _open(self, sheet: Sheet) -> None:
        self.opened.emit()
        for one in self._all:
            one.setVisible(one is sheet)
        self.dock.show()
        self._tell_shown(sheet)
        sheet.setFocus()
        # The text has less room once the sheet is laid out.
        QTimer.singleShot(0, self._view, self._view.ensureCursorVisible)

    def _tell_shown(self, sheet: Sheet | None) -> None:
        """Sources are read on the screen before the evaluation is kept, under the mark it is about to have."""
        label = self.judging.label if sheet is self.judging else None
        self.label_shown.emit(label, sheet is not self.judging or label is not None)

    def _close(self) -> None:
        """Back to where the sheet was opened from."""
        if self.pick.isVisible() and not self._numbers:
            self._open(self.judging)
            return
        self.close()
        self._view.setFocus()

    def _picking(self, label: Label | None, *, floor: Label | None = None) -> Picking:
        """Begin with ``label`` as it would be made now; with none where the policy does not have all of it any more."""
        is_known = label is not None and not unknown_now(self._policy, label)
        made = made_now(self._policy, label, self._kit.clock) if label is not None and is_known else None
        return Picking(policy=self._policy, now=self._kit.clock(), label=made, floor=floor)

    def _begin_picking(self) -> None:
        self._numbers = tuple(self._view.selected_numbers())
        self._begun = self._note.standings()[self._numbers[0]].label
        title = self._words.text("Mark: {paragraphs}", paragraphs=named(self._numbers, self._words))
        self.pick.start(title, self._picking(self._begun))

    def _follow(self) -> None:
        """The cursor went elsewhere, or the mark under it changed: begin anew."""
        if not self.pick.isVisible() or not self._numbers:
            return
        numbers = tuple(self._view.selected_numbers())
        standings = self._note.standings()
        if numbers[0] < len(standings) and (numbers, standings[numbers[0]].label) != (self._numbers, self._begun):
            self._begin_picking()

    def _apply(self, label: Label) -> None:
        made = made_now(self._policy, label, self._kit.clock)
        if not self._numbers:
            self.judging.show_label(made)
            self._open(self.judging)
            return
        self.close()
        self._view.setFocus()
        self._view.mark(LabelChoice(label=made))

    def _pick_for_evaluation(self) -> None:
        self._numbers = ()
        self.pick.start(self._words.text("Mark of the evaluation"), self._picking(self.judging.label))
        self._open(self.pick)

    def _raise(self, label: Label, reason: str) -> None:
        made = made_now(self._policy, label, self._kit.clock)
        self._do(
            self.raising,
            lambda: self._note.raise_whole(made, reason=reason, by=self._author),
            self._words.text("The whole note is raised. The reason is kept with it."),
        )

    def _lift(self, decision: AuthorityDecision, reason: str) -> None:
        self._do(
            self.lifting,
            lambda: self._note.lift_raise(decision, reason=reason, by=self._author),
            self._words.text("The raise is taken back. The decision is kept on record."),
        )

    def _judge(self) -> None:
        self._do(self.judging, self._evaluate, self._words.text("The evaluation is kept."))

    def _evaluate(self) -> None:
        evaluation: Evaluation | None = self.judging.evaluation()
        if evaluation is not None:
            self._note.evaluate(evaluation, reason=self.judging.reason)

    def _remove_evaluation(self) -> None:
        self._do(self.judging, self._note.drop_evaluation, self._words.text("The evaluation is removed."))

    def _do(self, sheet: Sheet, act: Callable[[], None], sentence: str) -> None:
        try:
            act()
        except (NotesError, LabelsError) as error:
            sheet.refuse(sentence_for(error, self._words) or "")
            if isinstance(error, LoweringNeedsReasonError):
                self.judging.ask_reason()
            return
        self.close()
        self._view.setFocus()
        self.done.emit(sentence)

    def _connect(self) -> None:
        self.pick.applied.connect(self._apply)
        self.pick.starred.connect(self.starred)
        self.pick.unstarred.connect(self.unstarred)
        self.raising.asked.connect(self._raise)
        self.lifting.asked.connect(self._lift)
        self.judging.kept.connect(self._judge)
        self.judging.mark_asked.connect(self._pick_for_evaluation)
        self.judging.removed.connect(self._remove_evaluation)
        self._view.cursorPositionChanged.connect(self._follow)
        self._view.selectionChanged.connect(self._follow)
        self._note.marking_changed.connect(self._follow)
