"""People: who they are, how far their card is established, what they may read; adding and comparing cards."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from cloison.actions.cards import confirm_contact
from cloison.actions.endorsements import Person, look_up
from cloison.actions.people import Contact, contacts
from cloison.actions.warnings import Warned, endings
from cloison.ui import sizes
from cloison.ui.chips import chips_of
from cloison.ui.clerk import Clerk
from cloison.ui.controls import button, row
from cloison.ui.directory.cards import CARD_EXTENSION, LIST_EXTENSION
from cloison.ui.directory.clearance_chip import label_of_clearance
from cloison.ui.directory.compare_form import CompareForm
from cloison.ui.directory.details import ContactDetails
from cloison.ui.directory.endorsements_view import EndorsementsView
from cloison.ui.directory.intake import Intake, Taken
from cloison.ui.directory.intake_view import IntakeView
from cloison.ui.directory.view import DirectoryView
from cloison.ui.directory.warnings_view import WarningsView
from cloison.ui.notice import Tone
from cloison.ui.pick import pick_files
from cloison.ui.plain import PlainLabel
from cloison.ui.two_lines import TwoLineList
from cloison.wording.acquaintance import acquaintance_flags, acquaintance_texts
from cloison.wording.endings import ending_text
from cloison.wording.states import clearance_text
from cloison.wording.trust import trust_text

TAKEN_PATTERN: Final = f"Cloison (*{CARD_EXTENSION} *{LIST_EXTENSION})"
_LIST_WIDTH: Final = 280


class PeopleView(DirectoryView):
    """A list, and what is known of the one picked in it."""

    def __init__(self, clerk: Clerk, *, parent: QWidget | None = None) -> None:
        """Nobody yet."""
        super().__init__(clerk, parent=parent)
        words = clerk.words
        self._contacts: dict[str, Contact] = {}
        self._endings: tuple[Warned, ...] = ()
        self._wanted: str | None = None
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(words.text("Search the directory"))
        self.filter.setAccessibleName(words.text("Search the directory"))
        self._list = TwoLineList(clerk.kit.theme, words.text("People"))
        self.warnings = WarningsView(clerk.kit.theme)
        self._details = ContactDetails(clerk)
        self._endorsements = EndorsementsView(clerk)
        self.form = CompareForm(clerk.kit, words.text("Compare the fingerprint"), words.text("Compare"))
        self._add = button(words.text("Add cards, lists…"))
        self.told = IntakeView(clerk.kit.theme, words)
        self.intake = Intake(clerk, parent=self)
        self._place()
        self._list.currentItemChanged.connect(self._show)
        self.filter.textChanged.connect(self._list_people)
        self._add.clicked.connect(self._pick)
        self.form.compared.connect(self._confirm)
        self.intake.ended.connect(self._taken_in)
        self.told.closed.connect(self._list.setFocus)

    def refresh(self) -> None:
        """Read the directory again; the same person stays picked."""
        self.clerk.ask(self, lambda session: (contacts(session), endings(session)), self._fill, refused=self.refuse)

    def begin(self) -> None:
        """On the people."""
        self._list.setFocus()

    def take(self, paths: Sequence[Path]) -> None:
        """Take in files, or say why not."""
        self.intake.start(paths)

    @property
    def picked(self) -> Contact | None:
        """Who is picked."""
        return self._contacts.get(str(self._list.present_id))

    def pick(self, contact_id: str) -> None:
        """Pick somebody, now or as soon as they are listed."""
        self._wanted = contact_id
        self._list.pick(contact_id)

    def _fill(self, found: tuple[tuple[Contact, ...], tuple[Warned, ...]]) -> None:
        known, ending = found
        self._contacts = {one.id: one for one in known}
        self._endings = ending
        self._list_people()

    def _list_people(self) -> None:
        present, wanted = self._list.present_id, self._wanted
        sought = self.filter.text().strip().casefold()
        self._list.clear()
        for one in self._contacts.values():
            self._list_one(one, sought)
        self._list.setCurrentRow(0)
        for contact_id in (present, wanted):
            self._list.pick(contact_id)
        if wanted in self._contacts:
            self._wanted = None
        self._show()

    def _list_one(self, one: Contact, sought: str) -> None:
        policy, words = self.clerk.policy, self.clerk.words
        clearance = clearance_text(policy, one.standing.clearance, words)
        ends = any(each.contact_id == one.id and not each.is_past for each in self._endings)
        flags = (*acquaintance_flags(one, words), words.text("ends soon") if ends else "")
        parts = (*flags, one.standing.nationality, trust_text(one.standing, words))
        about = " · ".join(part for part in parts if part)
        if sought not in f"{one.card.name} {clearance} {about}".casefold():
            return
        label = label_of_clearance(policy, one.standing.clearance)
        marks = () if label is None else chips_of(policy, label, is_settled=True)
        self._list.add_with_chips(one.card.name, marks, clearance, about, one.id)

    def _show(self) -> None:
        picked = self.picked
        self.form.setVisible(picked is not None and not picked.is_mine)
        if picked is None:
            self._details.hide()
            self._endorsements.hide()
            self.warnings.show_warnings(())
            return
        self.form.start(picked.card.fingerprint)
        self.clerk.ask(self, lambda session: look_up(session, picked), self._tell, refused=self.refuse)

    def _tell(self, person: Person) -> None:
        if self.picked != person.contact:
            # Somebody else was picked meanwhile.
            return
        self._details.show_contact(person.contact)
        words = self.clerk.words
        ending = (ending_text(one, words) for one in self._endings if one.contact_id == person.contact.id)
        self.warnings.show_warnings([*acquaintance_texts(person.contact, words), *ending])
        self._endorsements.show_endorsements(person.endorsements)
        self._details.show()
        self._endorsements.show()

    def _taken_in(self, every: tuple[Taken, ...]) -> None:
        words = self.clerk.words
        if len(every) > 1:
            self.told.tell(every)
        kept = [one for one in every if one.contact_id is not None]
        if kept:
            # What was searched for may not be what came in.
            self.filter.clear()
            self.pick(str(kept[-1].contact_id))
        if any(one.tone is not Tone.REFUSED for one in every):
            self.changed.emit()
        if len(every) == 1:
            self.said.emit(every[0].sentence, every[0].tone)
            return
        count, total = sum(one.tone is not Tone.REFUSED for one in every), len(every)
        sentence = words.text("Of {total} files {count} were taken in; each is told above.", count=count, total=total)
        self.said.emit(sentence, Tone.DONE if count == total else Tone.BEWARE)

    def _confirm(self, typed: str) -> None:
        picked = self.picked
        if picked is None:
            return
        self.clerk.ask(
            self,
            lambda session: confirm_contact(session, picked.id, typed),
            self._confirmed,
            refused=self.form.show_fault,
        )

    def _confirmed(self, one: Contact) -> None:
        self.done(
            self.clerk.words.text("The fingerprint of {name} is compared; who and when is kept.", name=one.card.name)
        )

    def _pick(self) -> None:
        pick_files(
            self, self.clerk.words, self.clerk.words.text("Add cards or revocation lists"), TAKEN_PATTERN, self.take
        )

    def _place(self) -> None:
        beside = QWidget()
        beside.setFixedWidth(_LIST_WIDTH)
        left = QVBoxLayout(beside)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(sizes.SPACE_2)
        # Above the list: what is as long as the page may end below what is seen of it.
        left.addWidget(row(self._add))
        left.addWidget(self.filter)
        left.addWidget(self._list, 1)
        right = QVBoxLayout()
        right.setSpacing(sizes.SPACE_4)
        for part in (self.told, self.warnings, self._details, self.form, self._endorsements):
            right.addWidget(part)
        right.addWidget(
            PlainLabel(
                self.clerk.words.text("Cards and revocation lists can be dropped anywhere on this page."), role="muted"
            )
        )
        right.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes.SPACE_5)
        layout.addWidget(beside)
        layout.addLayout(right, 1)
