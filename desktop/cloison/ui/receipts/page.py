"""The receipt for a package that was accepted: filled in, looked at as it will be sent, sealed into a folder."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cloison.actions.make_receipt import Answered, MadeReceipt, arrived, make_receipt
from cloison.dissemination.sealing import EXTENSION
from cloison.labels.label import Label, label_from_xml
from cloison.notes.portion import new_uid
from cloison.ui import sizes
from cloison.ui.clerk import Clerk
from cloison.ui.controls import button
from cloison.ui.flow_page import FlowPage
from cloison.ui.folder_field import FolderField
from cloison.ui.notice import Tone
from cloison.ui.receipts.form import ReceiptForm
from cloison.ui.receipts.preview import ReceiptPreview
from cloison.ui.receipts.words import made_sentence
from cloison.ui.window.on_screen import Shown, together


class ReceiptPage(FlowPage):
    """For the package of that uid, or of that number in the register of arrivals."""

    def __init__(self, clerk: Clerk, package: str, *, folder: Path | None, parent: QWidget | None = None) -> None:
        """``folder`` is where packages were written last."""
        words = clerk.words
        super().__init__(clerk, words.text("Receipt"), parent=parent)
        self._package = package
        self._answered: Answered | None = None
        self._label: Label | None = None
        self.form: ReceiptForm | None = None
        self.preview = ReceiptPreview(clerk)
        self._folder = FolderField(
            words,
            words.text("Write the receipt to"),
            advice=words.text("A removable medium, or a folder you carry it from."),
        )
        self.seal = button(words.text("Seal the receipt"), role="primary")
        if folder is not None:
            self._folder.set_folder(folder)
        self._columns = QHBoxLayout()
        self._place()
        self.seal.setEnabled(False)
        self.seal.clicked.connect(self._seal)

    @property
    def folder(self) -> Path | None:
        """Where the receipt is written, if that is a folder."""
        return self._folder.given

    def arrive(self) -> None:
        """Read what the register says of the package."""
        self.clerk.ask(self, lambda session: arrived(session, self._package), self._fill, refused=self.refuse)

    def _fill(self, answered: Answered) -> None:
        self._answered = answered
        words, arrival = self.clerk.words, answered.arrival
        self.heading.setText(words.text("Receipt for {reference}", reference=arrival.reference))
        self._label = label_from_xml(arrival.label.encode())
        self.form = form = ReceiptForm(self.clerk, self._label)
        self._form_place.addWidget(form)
        self._form_place.addStretch(1)
        form.changed.connect(self._follow)
        form.setFocus()
        self.seal.setEnabled(True)
        self._follow()

    def _follow(self) -> None:
        form, answered, label = self.form, self._answered, self._label
        if form is None or answered is None or label is None:
            return
        said = form.labels
        parts = [Shown(label=one, is_settled=one is not None) for one in (said or (label,))]
        whole = together(self.clerk.policy, parts, created=self.clerk.session.now())
        worth = None if whole is None or not whole.is_settled else whole.label
        arrival = answered.arrival
        self.preview.show_answer(form.answer, worth, sender=arrival.sender, reference=arrival.reference)
        # The package's own mark stands in every mark field, and what is not settled counts at that level.
        highest = together(
            self.clerk.policy,
            (
                Shown(label=label, is_settled=True),
                *(Shown(label=one or label, is_settled=one is not None) for one in said),
            ),
            created=self.clerk.session.now(),
        )
        if highest is not None:
            self.show_label(highest.label, is_settled=highest.is_settled)

    def _seal(self) -> None:
        form, answered = self.form, self._answered
        if form is None or answered is None:
            return
        if form.fault:
            self.refuse(form.fault)
            return
        if not self._folder.will_do():
            return
        self.notice.clear()
        answer = form.answer
        # Its name tells nobody what it is, of what, or from whom.
        out = self._folder.folder / f"{new_uid(self.clerk.session.randomness)}{EXTENSION}"
        self.seal.setEnabled(False)
        self.clerk.ask(
            self, lambda session: make_receipt(session, answered, answer, out), self._sealed, refused=self._refused
        )

    def _sealed(self, made: MadeReceipt) -> None:
        self.say(made_sentence(made, self.clerk.words), Tone.DONE)
        self._form_holder.setEnabled(False)

    def _refused(self, sentence: str) -> None:
        self.seal.setEnabled(True)
        self.refuse(sentence)

    def _place(self) -> None:
        self._form_holder = QWidget()
        self._form_place = QVBoxLayout(self._form_holder)
        self._form_place.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(sizes.SPACE_5)
        self._columns.addWidget(self._form_holder, 3)
        self._columns.addWidget(self.preview, 2)
        self.body.addLayout(self._columns, 1)
        self.footer.addWidget(self._folder, 1)
        self.footer.addWidget(self.seal, 0, Qt.AlignmentFlag.AlignBottom)
