"""Recording an originator's consent, on the page itself, for what the third-party rule keeps from a reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from cloison.actions.consent import ConsentTerms
from cloison.actions.dissemination_plan import Row
from cloison.notes.portion import Origin
from cloison.ui import sizes
from cloison.ui.check_box import CheckBox
from cloison.ui.choice_box import ChoiceBox
from cloison.ui.clerk import Clerk
from cloison.ui.controls import Field, button, row
from cloison.ui.decision_fields import DecisionFields
from cloison.ui.plain import PlainLabel
from cloison.wording.portions import named


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """What a reader is kept from for want of one originator's consent: the parts by number, and whose they are."""

    numbers: tuple[int, ...]
    origin: Origin


def missing_consent(reader: Row, number: int) -> Missing | None:
    """All that one consent would let go on to ``reader``, the part ``number`` with it; None where none is missing."""
    lacking = [one for one in reader.decisions if one.needs_consent and one.decision.permitted]
    origin = next((one.origin for one in lacking if one.number == number), None)
    if origin is None:
        return None
    numbers = [one.number for one in lacking if one.origin is not None and one.origin.fingerprint == origin.fingerprint]
    return Missing(numbers=tuple(numbers), origin=origin)


class ConsentForm(QFrame):
    """Empty until it is opened; ``recorded`` carries the parts and the terms, ``left``: nothing is recorded."""

    recorded = Signal(tuple, object)
    left = Signal()

    def __init__(self, clerk: Clerk, *, parent: QWidget | None = None) -> None:
        """Empty."""
        super().__init__(parent)
        self.setProperty("role", "notice")
        self._words = words = clerk.words
        self._missing: Missing | None = None
        self.about = PlainLabel()
        self.decision = DecisionFields(words)
        self.whom = ChoiceBox()
        self.names = CheckBox(clerk.kit.theme, words.text("Readers may be told where the words come from"))
        self.record = button(words.text("Record the consent"), role="primary")
        keep = button(words.text("Leave it"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(sizes.SPACE_3, sizes.SPACE_2, sizes.SPACE_3, sizes.SPACE_2)
        layout.setSpacing(sizes.SPACE_2)
        for part in (
            self.about,
            self.decision,
            Field(words.text("For"), self.whom),
            self.names,
            row(self.record, keep),
        ):
            layout.addWidget(part)
        layout.addStretch(1)
        self.decision.changed.connect(self._follow)
        self.record.clicked.connect(self._record)
        keep.clicked.connect(self.left)

    def open_form(self, missing: Missing, reader: Row, chosen: Sequence[Row]) -> None:
        """For ``missing``; ``chosen`` are all the recipients of the table."""
        words = self._words
        self._missing = missing
        self.about.setText(
            words.text(
                "{paragraphs}: received from another service under {reference}. Record what it wrote, if it agreed.",
                paragraphs=named(missing.numbers, words),
                reference=missing.origin.reference,
            )
        )
        self.whom.clear()
        self.whom.addItem(words.text("{name} alone", name=reader.contact.card.name), ((reader.contact.id,), ()))
        if len(chosen) > 1:
            everybody = tuple(one.contact.id for one in chosen)
            self.whom.addItem(
                words.plural("The {count} recipient", "All {count} recipients", len(chosen)), (everybody, ())
            )
        nationality = reader.contact.standing.nationality
        if nationality is not None:
            text = words.text("Everybody of nationality {nationality}", nationality=nationality)
            self.whom.addItem(text, ((), (nationality,)))
        self.decision.forget()
        self.names.setChecked(False)
        self._follow()
        self.decision.setFocus()

    def forget(self) -> None:
        """Empty every field."""
        self.decision.forget()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Escape leaves it."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _follow(self) -> None:
        self.record.setEnabled(self.decision.is_filled)

    def _record(self) -> None:
        decision = self.decision.decision()
        if decision is None or self._missing is None:
            return
        contact_ids, nationalities = self.whom.currentData()
        terms = ConsentTerms(
            given_by=decision.authority,
            reference=decision.reference,
            day=decision.day,
            contact_ids=tuple(contact_ids),
            nationalities=tuple(nationalities),
            names_originator=self.names.isChecked(),
        )
        self.recorded.emit(self._missing.numbers, terms)
