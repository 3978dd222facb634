"""The print sheet: holders, one copy each; the very bytes are looked at before any number is reserved."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from cloison.notes.note import Note, note_label
from cloison.ui import sizes
from cloison.ui.choice_box import ChoiceBox
from cloison.ui.clerk import Clerk
from cloison.ui.controls import Field, button
from cloison.ui.dissemination.unmarked import UnmarkedBar
from cloison.ui.flow_page import FlowPage
from cloison.ui.folder_field import FolderField
from cloison.ui.notice import Tone
from cloison.ui.outcome import Step
from cloison.ui.pdf_view import PdfView
from cloison.ui.printing.run import DrawnCopy, PrintRun
from cloison.ui.printing.words import given_up_sentence, printed_sentence
from cloison.ui.working import Working

_SIDE = 300
_HOLDERS_HEIGHT = 120


class PrintPage(FlowPage):
    """For one saved note; ``portion_asked`` as in the disseminate sheet, ``printed`` when the register grew."""

    portion_asked = Signal(int)
    printed = Signal()

    def __init__(self, clerk: Clerk, note: Note, *, folder: Path | None, parent: QWidget | None = None) -> None:
        """``folder`` is where copies were written last."""
        words = clerk.words
        super().__init__(clerk, words.text("Print {reference}", reference=note.reference), parent=parent)
        self._note = note
        self._run: PrintRun | None = None
        self._copies: tuple[DrawnCopy, ...] = ()
        self._is_writing = False
        self._holders = QPlainTextEdit()
        self._holders.setTabChangesFocus(True)
        self._holders.setFixedHeight(_HOLDERS_HEIGHT)
        self._number = button(words.text("Number the copies and look at them"), role="primary")
        self._which = ChoiceBox()
        self._which.setAccessibleName(words.text("Copy shown"))
        self._pdf = PdfView(clerk.kit.theme, words.text("The copy as it will be written"))
        self._folder = FolderField(words, words.text("Write the copies to"))
        self._give_up = button(words.text("Give the numbers up"))
        self._write = button(words.text("Write"), role="primary")
        self._working = Working(words.text("Cancel"))
        self._unmarked = UnmarkedBar(clerk)
        if folder is not None:
            self._folder.set_folder(folder)
        self._place()
        self._connect()
        rolled = note_label(clerk.policy, note, now=clerk.session.now())
        self.show_label(None if rolled is None else rolled.label, is_settled=not note.unmarked)
        self._unmarked.show_numbers(note.unmarked)
        self._show_step()

    @property
    def folder(self) -> Path | None:
        """Where copies are written, if that is a folder."""
        return self._folder.given

    def arrive(self) -> None:
        """The focus on the holders."""
        self._holders.setFocus()

    def leave(self) -> None:
        """Numbers that were drawn are given up first; nothing is left half-way."""
        if self._is_writing:
            self.say(self.clerk.words.text("Copies are being written: cancel first, or wait."), Tone.BEWARE)
            return
        if self._copies and self._run is not None:
            self._run.given_up.connect(self.left)
            self._run.give_up()
            return
        super().leave()

    def _names(self) -> tuple[str, ...]:
        return tuple(" ".join(line.split()) for line in self._holders.toPlainText().splitlines() if line.strip())

    def _start(self) -> None:
        holders = self._names()
        if not holders:
            self._holders_field.show_fault(self.clerk.words.text("Name the holder of each copy, one on a line."))
            return
        self._holders_field.show_advice()
        self.notice.clear()
        self._run = PrintRun(self.clerk, self._note.uid, parent=self)
        self._run.drawn.connect(self._show_copies)
        self._run.written.connect(self._finished)
        self._run.given_up.connect(self._gave_up)
        self._run.refused.connect(self._refused)
        self._run.step.connect(self._follow)
        self._number.setEnabled(False)
        self._working.start(self.clerk.words.text("Numbering and laying out…"))
        self._run.number(holders)

    def _show_copies(self, copies: tuple[DrawnCopy, ...]) -> None:
        self._copies = copies
        self._working.stop()
        self._which.clear()
        self._which.addItems([f"{one.copy.number}  {one.copy.copy.holder}" for one in copies])
        self._show_step()
        self._write.setFocus()

    def _look_at(self, number: int) -> None:
        if 0 <= number < len(self._copies):
            self._pdf.show_pdf(self._copies[number].pdf)

    def _start_writing(self) -> None:
        if self._run is None or not self._folder.will_do():
            return
        self._is_writing = True
        self.notice.clear()
        self._show_step()
        self._run.write(self._folder.folder)

    def _follow(self, step: Step) -> None:
        text = self.clerk.words.text("Writing: {done} of {total} copies…", done=step.done, total=step.total)
        self._working.follow(text, step)

    def _finished(self, written: tuple[DrawnCopy, ...], sentence: str) -> None:
        self._end_run()
        words = self.clerk.words
        if sentence:
            self.refuse(
                " ".join(one for one in (printed_sentence(written, self._folder.folder, words), sentence) if one)
            )
        elif written:
            self.say(printed_sentence(written, self._folder.folder, words), Tone.DONE)
        else:
            self.say(words.text("Given up: no copy was written, and the numbers are entered as void."), Tone.PLAIN)
        self.printed.emit()

    def _gave_up(self, copies: tuple[DrawnCopy, ...]) -> None:
        self._end_run()
        self.say(given_up_sentence(copies, self.clerk.words), Tone.PLAIN)
        self.printed.emit()

    def _refused(self, sentence: str) -> None:
        self._end_run()
        self.refuse(sentence)

    def _end_run(self) -> None:
        self._copies, self._run, self._is_writing = (), None, False
        self._working.stop()
        self._pdf.clear()
        self._show_step()

    def _stop(self) -> None:
        if self._run is not None:
            self._run.give_up()

    def _show_step(self) -> None:
        is_drawn = bool(self._copies)
        self._holders_field.setEnabled(not is_drawn)
        self._number.setVisible(not is_drawn)
        self._number.setEnabled(not self._note.unmarked)
        for one in (self._which_field, self._folder, self._give_up, self._write, self._pdf):
            one.setVisible(is_drawn)
        for one in (self._folder, self._give_up, self._write):
            one.setEnabled(not self._is_writing)
        words, count = self.clerk.words, len(self._copies)
        if count:
            self._write.setText(words.plural("Write {count} copy", "Write {count} copies", count))
            self._write.setAccessibleName(self._write.text())

    def _connect(self) -> None:
        self._unmarked.portion_asked.connect(self.portion_asked)
        self._number.clicked.connect(self._start)
        self._which.currentIndexChanged.connect(self._look_at)
        self._give_up.clicked.connect(self._stop)
        self._write.clicked.connect(self._start_writing)
        self._working.given_up.connect(self._stop)

    def _place(self) -> None:
        words = self.clerk.words
        self._holders_field = Field(
            words.text("Holders, one on a line"),
            self._holders,
            advice=words.text("Each copy has one holder, by name, and a number of its own in the register."),
        )
        self._which_field = Field(words.text("Copy shown"), self._which)
        side = QVBoxLayout()
        side.setSpacing(sizes.SPACE_4)
        for part in (self._holders_field, self._number, self._which_field, self._folder):
            part.setFixedWidth(_SIDE)
            side.addWidget(part)
        side.addStretch(1)
        columns = QHBoxLayout()
        columns.setSpacing(sizes.SPACE_5)
        columns.addLayout(side)
        columns.addWidget(self._pdf, 1)
        columns.addStretch(0)
        self.body.addWidget(self._unmarked)
        self.body.addLayout(columns, 1)
        self.body.addWidget(self._working)
        self.footer.addStretch(1)
        self.footer.addWidget(self._give_up)
        self.footer.addWidget(self._write)
