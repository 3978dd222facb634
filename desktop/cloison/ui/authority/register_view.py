"""What this authority endorsed, line by line, and taking it back: an endorsement, or the whole card."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QButtonGroup, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from cloison.actions.endorsements import Given, given
from cloison.actions.revocations import revoke
from cloison.directory.revocations import Fallen
from cloison.labels.policy import Policy
from cloison.ui import sizes
from cloison.ui.clerk import Clerk
from cloison.ui.directory.clearance_chip import label_of_clearance
from cloison.ui.directory.confirm_bar import ConfirmBar
from cloison.ui.directory.view import DirectoryView
from cloison.ui.line_table import Column, LineModel, line_table
from cloison.ui.plain import PlainLabel
from cloison.wording.catalogue import N_, Catalogue
from cloison.wording.dates import short_day
from cloison.wording.states import clearance_text
from cloison.wording.trust import lapse_text

_TABLE_HEIGHT: Final = 240


class RegisterView(DirectoryView):
    """A table with a field to search it, and what falls of the line that is picked."""

    def __init__(self, clerk: Clerk, *, parent: QWidget | None = None) -> None:
        """Nothing read yet."""
        super().__init__(clerk, parent=parent)
        words = clerk.words
        self._every: tuple[Given, ...] = ()
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(words.text("Search names, clearances, states"))
        self.filter.setAccessibleName(words.text("Search names, clearances, states"))
        self.model = LineModel(_columns(clerk.policy, words), words, self)
        self.table = line_table(clerk, self.model, words.text("Endorsed cards"))
        self.table.setFixedHeight(_TABLE_HEIGHT)
        self._empty = PlainLabel(words.text("Nothing was endorsed here yet."), role="muted")
        self._fallen = QButtonGroup(self)
        self._choices = QWidget()
        self.endorsement = self._choice(words.text("What was endorsed so far; it can be endorsed anew"))
        self.card = self._choice(words.text("The card itself, for good: its keys are lost or its holder is gone"))
        self.revoke = ConfirmBar(words, words.text("Revoke…"))
        self._place()
        self.filter.textChanged.connect(self._list)
        self.table.selectionModel().currentRowChanged.connect(lambda now, before: self._follow())
        self._fallen.buttonClicked.connect(lambda pressed: self._follow())
        self.revoke.confirmed.connect(self._revoke)
        self._follow()

    def refresh(self) -> None:
        """Read the register again."""
        self.clerk.ask(self, given, self._fill, refused=self.refuse)

    @property
    def picked(self) -> Given | None:
        """The line that is picked."""
        row = self.table.currentIndex().row()
        return self.model.lines[row] if 0 <= row < len(self.model.lines) else None

    def _fill(self, every: tuple[Given, ...]) -> None:
        self._every = every
        self._list()

    def _list(self) -> None:
        present = self.picked
        sought = self.filter.text().strip().casefold()
        columns = self.model.columns
        found = [one for one in self._every if sought in " ".join(column.text(one) for column in columns).casefold()]
        self.model.show_lines(found)
        self.table.setVisible(bool(self._every))
        self._empty.setVisible(not self._every)
        if found:
            # What was just revoked stays the line that is looked at, rather than somebody else.
            same = (
                row for row, one in enumerate(found) if present is not None and one.endorsement == present.endorsement
            )
            self.table.selectRow(next(same, 0))
        self._follow()

    def _follow(self) -> None:
        one, words = self.picked, self.clerk.words
        self._choices.setVisible(one is not None)
        self.revoke.setVisible(one is not None)
        if one is None:
            return
        day = short_day(one.endorsement.expires, words)
        card = words.text(
            "The card of {name} then counts nowhere, whoever endorses it, and this cannot be taken back. It is in the "
            "next list that you hand out; until a workstation has that list, nothing changes there.",
            name=one.card.name,
        )
        endorsement = words.text(
            "What was endorsed of {name}, until {day}, then counts no more; the card can be endorsed anew. It is in "
            "the next list that you hand out; until a workstation has that list, nothing changes there.",
            name=one.card.name,
            day=day,
        )
        self.revoke.explain(card if self.card.isChecked() else endorsement)

    def _revoke(self) -> None:
        one = self.picked
        if one is None:
            return
        fallen = Fallen.CARD if self.card.isChecked() else Fallen.ENDORSEMENT
        self.clerk.ask(
            self,
            lambda session: revoke(session, one.card.fingerprint, fallen),
            lambda _: self._revoked(one),
            refused=self.refuse,
        )

    def _revoked(self, one: Given) -> None:
        self.endorsement.setChecked(True)
        self.done(
            self.clerk.words.text(
                "Revoked: {name}. Write a new list now and hand it out: until a workstation has it, nothing changes "
                "there.",
                name=one.card.name,
            )
        )

    def _choice(self, text: str) -> QRadioButton:
        made = QRadioButton(text)
        made.setAccessibleName(text)
        made.setChecked(not self._fallen.buttons())
        self._fallen.addButton(made)
        return made

    def _place(self) -> None:
        words = self.clerk.words
        choices = QVBoxLayout(self._choices)
        choices.setContentsMargins(0, 0, 0, 0)
        choices.setSpacing(0)
        choices.addWidget(PlainLabel(words.text("What falls of the card that is picked"), role="heading"))
        choices.addWidget(self.endorsement)
        choices.addWidget(self.card)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes.SPACE_3)
        for part in (self.filter, self._empty, self.table, self._choices, self.revoke):
            layout.addWidget(part)
        layout.addStretch(1)


def _columns(policy: Policy, words: Catalogue) -> tuple[Column[Given], ...]:
    return (
        Column(name=N_("Name"), width=180, text=lambda line: line.card.name),
        Column(
            name=N_("Clearance"),
            width=100,
            text=lambda line: clearance_text(policy, line.endorsement.clearance, words),
            label=lambda line: label_of_clearance(policy, line.endorsement.clearance),
        ),
        Column(name=N_("Nationality"), width=100, text=lambda line: line.endorsement.nationality),
        Column(name=N_("Compartments"), width=115, text=lambda line: str(len(line.endorsement.need_to_know) or "–")),
        Column(name=N_("From"), width=95, text=lambda line: short_day(line.endorsement.issued, words)),
        Column(name=N_("Until"), width=95, text=lambda line: short_day(line.endorsement.expires, words)),
        Column(name=N_("State"), width=None, text=lambda line: _state(line, words)),
    )


def _state(line: Given, words: Catalogue) -> str:
    return words.text_in("endorsement", "in force") if line.lapse is None else lapse_text(line.lapse, words)
