"""The bin: what was deleted, until when it is kept, taking it back, and destroying it with a reason."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from cloison.actions.bin import BinLine, list_bin, take_from_bin
from cloison.actions.destroy_note import Destroyed, destroy_before_term, destroy_note
from cloison.labels.label import Label
from cloison.ui import sizes
from cloison.ui.clerk import Clerk
from cloison.ui.controls import Field, button, row
from cloison.ui.flow_page import FlowPage
from cloison.ui.in_view import bring_into_view
from cloison.ui.line_table import Column, LineModel, line_table
from cloison.ui.notice import Tone
from cloison.ui.plain import PlainLabel
from cloison.ui.window.on_screen import Shown, together
from cloison.wording.catalogue import N_, Catalogue
from cloison.wording.dates import day


class BinPage(FlowPage):
    """``changed``: notes came back, or are no more."""

    changed = Signal()

    def __init__(self, clerk: Clerk, *, parent: QWidget | None = None) -> None:
        """Empty until it is shown."""
        words = clerk.words
        super().__init__(clerk, words.text("Bin"), parent=parent)
        self._model = LineModel(_columns(words), words, self)
        self.table = line_table(clerk, self._model, words.text("Notes in the bin"))
        self._nothing = PlainLabel(words.text("The bin of the open compartments is empty."), role="muted")
        self.destroying = DestroyBar(clerk)
        self.restore = button(words.text("Take it back"), role="primary")
        self.destroy_it = button(words.text("Destroy…"))
        self.body.addWidget(
            PlainLabel(
                words.text("Nothing in it goes by itself. Destroying is an act of its own, entered in the register."),
                role="muted",
            )
        )
        self.body.addWidget(self._nothing)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.destroying)
        self.body.addStretch(0)
        self.footer.addStretch(1)
        self.footer.addWidget(self.destroy_it)
        self.footer.addWidget(self.restore)
        self.table.selectionModel().currentRowChanged.connect(self._follow)
        self.restore.clicked.connect(self._take_back)
        self.destroy_it.clicked.connect(self._ask)
        self.destroying.reasoned.connect(self._destroy)
        self.destroying.left.connect(self.table.setFocus)

    def arrive(self) -> None:
        """Read it; the focus on the note longest in it."""
        self.refresh()
        self.table.setFocus()

    def refresh(self) -> None:
        """Read it again."""
        self.clerk.ask(self, list_bin, self._show, refused=self.refuse)

    @property
    def chosen(self) -> BinLine | None:
        """The note whose row is the present one."""
        number = self.table.currentIndex().row()
        return self._model.lines[number] if 0 <= number < len(self._model.lines) else None

    def _show(self, lines: tuple[BinLine, ...]) -> None:
        self._model.show_lines(lines)
        self.table.setVisible(bool(lines))
        self._nothing.setVisible(not lines)
        self.destroying.hide()
        if lines:
            self.table.selectRow(0)
            self.table.setFocus()
        shown = together(
            self.clerk.policy,
            [Shown(label=one.title_label or one.label, is_settled=one.title_label is not None) for one in lines],
            created=self.clerk.session.now(),
        )
        self.show_label(None if shown is None else shown.label, is_settled=shown is None or shown.is_settled)
        self._follow()

    def _follow(self) -> None:
        for one in (self.restore, self.destroy_it):
            one.setEnabled(self.chosen is not None)
        self.destroying.hide()

    def _take_back(self) -> None:
        line = self.chosen
        if line is not None:
            uid = line.row.uid
            self.clerk.ask(self, lambda session: take_from_bin(session, uid), self._back_again, refused=self.refuse)

    def _back_again(self, line: BinLine) -> None:
        words = self.clerk.words
        sentence = words.text(
            "Note {reference} is out of the bin, back in “{compartment}”.",
            reference=line.row.reference,
            compartment=line.compartment.name,
        )
        self.say(sentence, Tone.DONE)
        self.changed.emit()
        self.refresh()

    def _ask(self) -> None:
        line = self.chosen
        if line is not None:
            self.destroying.ask(line.row.reference, until=line.until, now=self.clerk.session.now())

    def _destroy(self, reason: str) -> None:
        line = self.chosen
        if line is None:
            return
        uid = line.row.uid
        act = destroy_before_term if self.clerk.session.now() < line.until else destroy_note
        self.clerk.ask(self, lambda session: act(session, uid, reason=reason), self._destroyed, refused=self.refuse)

    def _destroyed(self, gone: Destroyed) -> None:
        words = self.clerk.words
        sentence = words.text(
            "Note {reference} was destroyed, and entered in the register as {number}.",
            reference=gone.reference,
            number=gone.number,
        )
        if gone.copies_out:
            out = words.plural(
                "{count} paper copy is still with its holder.",
                "{count} paper copies are still with their holders.",
                gone.copies_out,
            )
            sentence = f"{sentence} {out}"
        self.say(sentence, Tone.BEWARE if gone.copies_out else Tone.DONE)
        self.changed.emit()
        self.refresh()


class DestroyBar(QFrame):
    """Asks why; ``reasoned`` carries the reason, ``left`` thinks better of it."""

    reasoned = Signal(str)
    left = Signal()

    def __init__(self, clerk: Clerk, *, parent: QWidget | None = None) -> None:
        """Hidden."""
        super().__init__(parent)
        self.setProperty("role", "notice")
        self._words = words = clerk.words
        self._said = PlainLabel()
        self.reason = QLineEdit()
        self._field = Field(words.text("Why it is destroyed; kept on the register"), self.reason)
        self.destroy_it = button(words.text("Destroy for good"), role="danger")
        self._leave = button(words.text("Cancel"), role="quiet")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(sizes.SPACE_3, sizes.SPACE_2, sizes.SPACE_3, sizes.SPACE_2)
        layout.setSpacing(sizes.SPACE_2)
        for part in (self._said, self._field, row(self.destroy_it, self._leave)):
            layout.addWidget(part)
        self.reason.textChanged.connect(lambda text: self.destroy_it.setEnabled(bool(text.strip())))
        self.destroy_it.clicked.connect(lambda: self.reasoned.emit(self.reason.text().strip()))
        self._leave.clicked.connect(self._give_up)
        self.hide()

    def ask(self, reference: str, *, until: datetime, now: datetime) -> None:
        """Ask why that note is destroyed; whether the bin would keep it longer is said."""
        words = self._words
        said = words.text("Every revision of note {reference} goes, without return.", reference=reference)
        if now < until:
            kept = words.text("The bin would keep it until {day}: this is before its term.", day=day(until, words))
            said = f"{said} {kept}"
        self._said.setText(said)
        self.reason.clear()
        self.destroy_it.setEnabled(False)
        self.show()
        self.reason.setFocus()
        bring_into_view(self)

    def _give_up(self) -> None:
        self.left.emit()
        self.hide()


def _columns(words: Catalogue) -> tuple[Column[BinLine], ...]:
    def mark(line: BinLine) -> Label | None:
        return line.title_label or line.label

    return (
        Column(name=N_("Mark"), width=120, text=lambda line: "?" if mark(line) is None else "", label=mark),
        Column(name=N_("Title"), width=None, text=lambda line: line.row.title or words.text("Untitled")),
        Column(name=N_("Reference"), width=110, text=lambda line: line.row.reference),
        Column(name=N_("Compartment"), width=130, text=lambda line: line.compartment.name),
        Column(name=N_("Deleted"), width=120, text=lambda line: day(line.at, words)),
        Column(name=N_("Kept until"), width=120, text=lambda line: day(line.until, words)),
    )
