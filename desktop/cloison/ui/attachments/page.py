"""The attachments of one note: the list at the left; at the right the one that is looked at, or its mark being asked.

Each act is a revision of the note, so nothing is asked twice: what was taken out is in the history.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cloison.actions.attachments import SavedOut, detach_file, mark_attachment, save_attachment
from cloison.actions.session import Session
from cloison.actions.write_note import Saved
from cloison.labels.label import Label
from cloison.notes.errors import SavingNotAllowedError
from cloison.notes.note import Note
from cloison.ui import sizes
from cloison.ui.attachments.adding import Adding
from cloison.ui.attachments.columns import AttachmentLine, attachment_columns, lines_of
from cloison.ui.attachments.mark_form import MarkForm
from cloison.ui.attachments.page_view import PageView
from cloison.ui.attachments.showing import Showing
from cloison.ui.chips import mark_text
from cloison.ui.clerk import Clerk
from cloison.ui.controls import button
from cloison.ui.flow_page import FlowPage
from cloison.ui.line_table import LineModel, line_table
from cloison.ui.notice import Tone
from cloison.ui.outcome import Step
from cloison.ui.pick import pick_files, pick_folder
from cloison.ui.plain import PlainLabel
from cloison.ui.taking_files import TakesFiles
from cloison.ui.window.on_screen import Shown, together
from cloison.ui.working import Working

_LIST_WIDTH = 300


class AttachmentsPage(TakesFiles, FlowPage):
    """``note_kept`` carries the uid of the note, which has one more revision."""

    note_kept = Signal(str)

    def __init__(self, clerk: Clerk, note: Note, *, files: Sequence[Path] = (), parent: QWidget | None = None) -> None:
        """Of a note as it is kept; ``files`` are put to it first. A note that was received is only looked at."""
        super().__init__(clerk, clerk.words.text("Attachments of the note"), parent=parent)
        self._note = note
        self._is_writable = note.title.origin is None
        self._files = list(files)
        self._adding: Adding | None = None
        self._is_acting = False
        self._is_leaving = False
        self._model = LineModel(attachment_columns(clerk.policy, clerk.words), clerk.words, self)
        self.table = line_table(clerk, self._model, clerk.words.text("Attachments"))
        self.nothing = PlainLabel(clerk.words.text("Nothing is attached to this note."), role="muted")
        self.view = PageView(clerk.kit)
        self.form = MarkForm(clerk)
        self.working = Working(clerk.words.text("Cancel"))
        self._showing = Showing(clerk, self.view, parent=self)
        words = clerk.words
        self.attach = button(words.text("Attach files…"), role="primary")
        self.mark = button(words.text("Mark…"))
        self.detach = button(words.text("Take out"))
        self.save = button(words.text("Save outside the vault…"))
        self.form.hide()
        self._place()
        self._connect()
        self._show_note(note, 1)

    @property
    def chosen(self) -> AttachmentLine | None:
        """The attachment that is looked at."""
        row = self.table.currentIndex().row()
        return self._model.lines[row] if 0 <= row < len(self._model.lines) else None

    def arrive(self) -> None:
        """The focus on the first attachment, or on the mark of the file that is to become one."""
        if self._files:
            self._ask_next()
        elif self.chosen is not None:
            self.table.setFocus()
        else:
            self.attach.setFocus()

    def leave(self) -> None:
        """Look at nothing any more; a file on its way in is given up first, and what changes the note is waited for.

        The editor behind this page must hear of each revision before anything is written in it again.
        """
        self._showing.end()
        if not self._is_acting:
            super().leave()
            return
        self._is_leaving = True
        self._give_up_adding()

    def choose(self, number: int) -> None:
        """Look at the attachment ``number``, from 1."""
        self.table.selectRow(number - 1)

    def take(self, files: Sequence[Path]) -> None:
        """Ask for the mark of each of ``files``, one after the other, and put it to the note."""
        if not self._is_writable:
            self.refuse(self.clerk.words.text("This note was received: it stays as its sender made it."))
            return
        is_asking = bool(self._files) or self._is_acting
        self._files.extend(files)
        if not is_asking:
            self._ask_next()

    def _show_note(self, note: Note, number: int) -> None:
        """List what is attached to ``note`` and look at the attachment ``number``, or the last before it."""
        self._note = note
        lines = lines_of(note)
        self._model.show_lines(lines)
        self.nothing.setVisible(not lines)
        self.table.setVisible(bool(lines))
        self._follow()
        if lines:
            self.choose(min(number, len(lines)))
        else:
            self._showing.end()

    def _follow(self) -> None:
        """What can be done now, and what is on the page."""
        is_free = not self._is_acting and self.form.isHidden()
        has_one = self.chosen is not None
        self.attach.setEnabled(is_free and self._is_writable)
        for one in (self.mark, self.detach):
            one.setEnabled(is_free and has_one and self._is_writable)
        self.save.setEnabled(is_free and has_one)
        self.table.setEnabled(is_free)
        parts = [Shown(label=one.label, is_settled=one.label is not None) for one in self._model.lines]
        if self._files:
            # The name of a file that nobody has marked yet is on the page, too.
            parts.append(Shown(label=None, is_settled=False))
        shown = together(self.clerk.policy, parts, created=self.clerk.session.now())
        self.show_label(None if shown is None else shown.label, is_settled=shown is None or shown.is_settled)

    def _look(self) -> None:
        line = self.chosen
        self._follow()
        if line is not None:
            self._showing.show(self._note.uid, line.file)

    def _ask_next(self) -> None:
        """Ask for the mark of the next file, or look at the list again."""
        words = self.clerk.words
        if self._files:
            question = words.text("Which mark does “{file}” bear?", file=self._files[0].name)
            self._ask(question, words.text("Attach"), None)
        else:
            self._look_again()

    def _ask(self, question: str, act: str, before: Label | None) -> None:
        self._show_right(self.form)
        self.form.ask(question, act, before=before)
        self._follow()

    def _ask_mark(self) -> None:
        line, words = self.chosen, self.clerk.words
        if line is not None:
            now = mark_text(self.clerk.policy, line.label, is_settled=line.label is not None)
            question = words.text("Which mark does “{file}” bear? It is {mark} now.", file=line.file.name, mark=now)
            self._ask(question, words.text_in("button", "Mark"), line.label)

    def _look_again(self) -> None:
        self._show_right(self.view)
        self._follow()
        (self.attach if self.chosen is None else self.table).setFocus()

    def _marked(self, label: Label, reason: str) -> None:
        if self._files:
            self._add(self._files[0], label)
            return
        line, uid = self.chosen, self._note.uid
        if line is None:
            return
        number, sentence = line.number, self.clerk.words.text("“{file}” is marked anew.", file=line.file.name)
        self._act(lambda session: mark_attachment(session, uid, number, label, reason=reason or None), number, sentence)

    def _give_up_marking(self) -> None:
        """Nothing is marked, and what was to be attached is not."""
        self._files.clear()
        self._look_again()

    def _add(self, path: Path, label: Label) -> None:
        words = self.clerk.words
        self._adding = adding = Adding(self.clerk, self._note.uid, path, label, parent=self)
        verb = words.text("Attaching “{file}”…", file=path.name)
        adding.step.connect(lambda step: self._follow_step(verb, step))
        adding.attached.connect(lambda saved: self._attached(saved, path))
        adding.refused.connect(self._not_done)
        adding.given_up.connect(lambda: self._not_done(words.text("Nothing was attached.")))
        self._is_acting = True
        self._show_right(self.view)
        self.working.start(verb)
        self._follow()
        adding.start()

    def _follow_step(self, verb: str, step: Step) -> None:
        self.working.follow(verb, step)

    def _attached(self, saved: Saved, path: Path) -> None:
        sentence = self.clerk.words.text(
            "“{file}” is attached: revision {revision}.", file=path.name, revision=saved.revision
        )
        self._kept(saved, len(saved.note.attachments), sentence)

    def _act(self, act: Callable[[Session], Saved], number: int, sentence: str) -> None:
        """Do what makes a revision; then look at the attachment ``number`` and say ``sentence``."""
        self._is_acting = True
        self._follow()
        self.clerk.ask(self, act, lambda saved: self._kept(saved, number, sentence), refused=self._not_done)

    def _not_done(self, sentence: str) -> None:
        self._files.clear()
        self._acted()
        self.refuse(sentence)
        self._look_again()

    def _kept(self, saved: Saved, number: int, sentence: str) -> None:
        """There is one more revision; the next file, if there is one, is asked about."""
        del self._files[:1]
        self.say(sentence, Tone.DONE)
        self.note_kept.emit(saved.note.uid)
        self._acted()
        if not self._is_leaving:
            self._show_right(self.view)
            self._show_note(saved.note, number)
            self._ask_next()

    def _acted(self) -> None:
        self._adding, self._is_acting = None, False
        self.working.stop()
        if self._is_leaving:
            super().leave()

    def _detach(self) -> None:
        line, uid = self.chosen, self._note.uid
        if line is None:
            return
        sentence = self.clerk.words.text(
            "“{file}” was taken out of the note. Earlier revisions keep it: History brings it back.",
            file=line.file.name,
        )
        self._act(lambda session: detach_file(session, uid, line.number), line.number, sentence)

    def _pick(self) -> None:
        words = self.clerk.words
        pick_files(self, words, words.text("Attach files"), words.text("All files (*)"), self.take)

    def _pick_folder(self) -> None:
        if self.chosen is None:
            return
        if not self.clerk.session.settings.may_save_attachments:
            # Nobody looks for a folder in vain.
            self.refuse(self.clerk.sentence(SavingNotAllowedError()))
            return
        line = self.chosen
        pick_folder(self, self.clerk.words, self.clerk.words.text("Save into"), lambda folder: self._save(line, folder))

    def _save(self, line: AttachmentLine, folder: Path) -> None:
        uid, path = self._note.uid, folder / line.file.name

        def save(session: Session) -> SavedOut:
            return save_attachment(session, uid, line.number, path)

        self.clerk.ask(self, save, self._saved, refused=self.refuse)

    def _saved(self, saved: SavedOut) -> None:
        words = self.clerk.words
        sentence = words.text(
            "Saved as {file} and entered in the register as {entry}. The vault does not protect that file. It is "
            "{mark}: keep it so.",
            file=saved.path,
            entry=saved.number,
            mark=mark_text(self.clerk.policy, saved.label, is_settled=True),
        )
        self.say(sentence, Tone.BEWARE)

    def _connect(self) -> None:
        self.table.selectionModel().currentRowChanged.connect(self._look)
        self.table.activated.connect(self.view.area.setFocus)
        self.form.chosen.connect(self._marked)
        self.form.given_up.connect(self._give_up_marking)
        self.working.given_up.connect(self._give_up_adding)
        self.attach.clicked.connect(self._pick)
        self.mark.clicked.connect(self._ask_mark)
        self.detach.clicked.connect(self._detach)
        self.save.clicked.connect(self._pick_folder)

    def _show_right(self, part: QWidget) -> None:
        for one in (self.view, self.form):
            one.setVisible(one is part)

    def _give_up_adding(self) -> None:
        if self._adding is not None:
            self._adding.give_up()

    def _place(self) -> None:
        self.setAcceptDrops(True)
        left = QVBoxLayout()
        left.setSpacing(sizes.SPACE_2)
        left.addWidget(self.nothing)
        left.addWidget(self.table, 1)
        left.addWidget(self.working)
        left.addStretch(0)
        holder = QWidget()
        holder.setFixedWidth(_LIST_WIDTH)
        left.setContentsMargins(0, 0, 0, 0)
        holder.setLayout(left)
        across = QHBoxLayout()
        across.setSpacing(sizes.SPACE_4)
        across.addWidget(holder)
        across.addWidget(self.view, 1)
        across.addWidget(self.form, 1)
        self.body.addLayout(across, 1)
        for one in (self.attach, self.mark, self.detach, self.save):
            self.footer.addWidget(one)
        self.footer.addStretch(1)
