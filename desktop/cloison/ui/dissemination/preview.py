"""What one reader will hold: the PDF of their rendition, drawn as it will be sealed but for number and copy id."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cloison.actions.dissemination_plan import Plan, Row
from cloison.actions.distribution import Copies, copies_of_each
from cloison.actions.paper import Letterhead, PaperCopy, page_model
from cloison.actions.people import myself
from cloison.actions.seal_note import SealOptions
from cloison.notes.release import Rendition
from cloison.ui import sizes
from cloison.ui.choice_box import ChoiceBox
from cloison.ui.clerk import Clerk
from cloison.ui.controls import button
from cloison.ui.lane import Task
from cloison.ui.pdf_view import PdfView
from cloison.wording.paper import paper_words

_NOT_DRAWN: Final = "–"
_WHO: Final = 200


class Preview(QWidget):
    """Who, and a button; ``pdf`` is placed by the page, which hears ``shown`` and ``hidden``."""

    shown = Signal()
    hidden = Signal()
    refused = Signal(str)

    def __init__(self, clerk: Clerk, *, parent: QWidget | None = None) -> None:
        """Nobody to look through the eyes of."""
        super().__init__(parent)
        words = clerk.words
        self._clerk = clerk
        self._rows: tuple[Row, ...] = ()
        self._copies: Mapping[str, Copies] = {}
        self._shows_distribution = False
        self._is_shown = False
        self._who = ChoiceBox()
        self._who.setAccessibleName(words.text("Preview as"))
        self._who.setMinimumWidth(_WHO)
        self._switch = button(words.text("Preview as"))
        self.pdf = PdfView(clerk.kit.theme, words.text("What this reader will hold"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes.SPACE_2)
        layout.addWidget(self._switch)
        layout.addWidget(self._who)
        self._switch.clicked.connect(self._turn)
        self._who.currentIndexChanged.connect(self._follow)
        self.hide()

    @property
    def content(self) -> bytes:
        """The PDF that is shown."""
        return self.pdf.content

    def show_plan(self, found: Plan | None, options: SealOptions) -> None:
        """Offer the recipients of ``found`` to whom something goes out, as sealing with ``options`` would draw it."""
        self._copies = {} if found is None else copies_of_each(found)
        self._shows_distribution = options.shows_distribution
        self._rows = () if found is None else tuple(row for row in found.packages if row.rendition is not None)
        present = self._who.currentText()
        self._who.clear()
        self._who.addItems([row.contact.card.name for row in self._rows])
        self._who.setCurrentIndex(max(0, self._who.findText(present)))
        self._hide()
        self.setVisible(bool(self._rows))

    def look_at(self, name: str) -> None:
        """Be ready to look through the eyes of the recipient called ``name``."""
        if (number := self._who.findText(name)) >= 0:
            self._who.setCurrentIndex(number)

    def draw(self) -> None:
        """Draw the rendition of whoever is picked, and show it."""
        number = self._who.currentIndex()
        if not 0 <= number < len(self._rows):
            return
        row = self._rows[number]
        if row.rendition is None:
            return
        rendition = row.rendition
        self._clerk.ask(
            self,
            lambda session: Letterhead(
                authority=myself(session).card.name, at=session.now(), words=paper_words(rendition.language)
            ),
            lambda letterhead: self._lay_out(row, rendition, letterhead),
            refused=self.refused.emit,
        )

    def _turn(self) -> None:
        if self._is_shown:
            self._hide()
        else:
            self.draw()

    def _follow(self) -> None:
        if self._is_shown:
            self.draw()

    def _lay_out(self, row: Row, rendition: Rendition, letterhead: Letterhead) -> None:
        copies = self._copies[row.contact.id]
        copy = PaperCopy(
            holder=row.contact.card.name,
            copy_id=_NOT_DRAWN,
            registration=None,
            number=copies.number,
            distribution=copies.holders,
            shows_number=self._shows_distribution,
        )
        policy = self._clerk.policy

        def draw_pdf(task: Task) -> bytes:
            from cloison.rendering.pdf import draw

            return draw(page_model(policy, rendition, copy, letterhead))

        self._clerk.work(self, draw_pdf, self._show, refused=self.refused.emit)

    def _show(self, content: bytes) -> None:
        self._is_shown = True
        self._switch.setText(self._clerk.words.text("Back to the table"))
        self._switch.setAccessibleName(self._switch.text())
        self.pdf.show_pdf(content)
        self.shown.emit()

    def _hide(self) -> None:
        self._switch.setText(self._clerk.words.text("Preview as"))
        self._switch.setAccessibleName(self._switch.text())
        self.pdf.clear()
        if self._is_shown:
            self._is_shown = False
            self.hidden.emit()
