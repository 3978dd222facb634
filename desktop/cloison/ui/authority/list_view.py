"""The revocation list of this authority: what stands in it, and a new number of it to hand out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from cloison.actions.people import contacts
from cloison.actions.revocations import LIST_LIFE, export_revocations, own_list, revoke
from cloison.actions.session import Session
from cloison.directory.revocations import Fallen, Revocation, RevocationList
from cloison.ui import sizes
from cloison.ui.clerk import Clerk
from cloison.ui.controls import Field, at_most, button, row, rule
from cloison.ui.decision_fields import DayField
from cloison.ui.directory.cards import LIST_EXTENSION
from cloison.ui.directory.confirm_bar import ConfirmBar
from cloison.ui.directory.view import DirectoryView
from cloison.ui.directory.writing_out import write_out
from cloison.ui.folder_field import FolderField
from cloison.ui.line_table import Column, LineModel, line_table
from cloison.ui.plain import PlainLabel
from cloison.wording.catalogue import N_, Catalogue
from cloison.wording.dates import day, short_day
from cloison.wording.trust import fallen_text
from cloison_crypto.errors import KeyFormatError
from cloison_crypto.identity import fingerprint_from_text, fingerprint_text

_TABLE_HEIGHT: Final = 170
_WIDTH: Final = 620
_END_OF_DAY: Final = timedelta(days=1) - timedelta(seconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListLine:
    """A line of the list, and whose card it is where it is known here."""

    revocation: Revocation
    name: str | None


class ListView(DirectoryView):
    """The list as a table, a form for the next number of it, and revoking a card that is not known here."""

    def __init__(self, clerk: Clerk, *, parent: QWidget | None = None) -> None:
        """Nothing read yet."""
        super().__init__(clerk, parent=parent)
        words = clerk.words
        self.about = PlainLabel()
        self.model = LineModel(_columns(words), words, self)
        self.table = line_table(clerk, self.model, words.text("Revoked so far"))
        self.table.setFixedHeight(_TABLE_HEIGHT)
        self.due = DayField(words.text("The next list is due on"), words)
        self.folder = FolderField(
            words,
            words.text("Write the list to"),
            advice=words.text("Hand it to every workstation that follows this authority, also when nothing was added."),
        )
        self.export = button(words.text("Write a new list"), role="primary")
        self.typed = QLineEdit()
        self._fingerprint = Field(
            words.text("Whole fingerprint of a card that was not endorsed here"),
            self.typed,
            advice=words.text("All 52 characters, as printed or read out to you. Spaces and capitals do not matter."),
        )
        self.revoke = ConfirmBar(words, words.text("Revoke this card…"))
        self.revoke.explain(
            words.text(
                "The card then counts nowhere, whoever endorses it, and this cannot be taken back. It is in the next "
                "list that you hand out."
            )
        )
        self._place()
        self.export.clicked.connect(self._start)
        self.revoke.confirmed.connect(self._revoke)
        self.typed.textEdited.connect(lambda typed: self._fingerprint.show_advice())
        self._propose()

    def refresh(self) -> None:
        """Read the list again."""
        self.clerk.ask(self, _read, lambda found: self._fill(*found), refused=self.refuse)

    def _fill(self, known: RevocationList, lines: tuple[ListLine, ...]) -> None:
        words = self.clerk.words
        self.model.show_lines(lines)
        self.table.setVisible(bool(lines))
        if known.number == 0:
            self.about.setText(words.text("No list was made yet. The first one says that you make them."))
            return
        self.about.setText(
            words.plural(
                "List number {number} of {issued}, {count} card revoked; the next is due on {due}.",
                "List number {number} of {issued}, {count} cards revoked; the next is due on {due}.",
                len(lines),
                number=known.number,
                issued=short_day(known.issued, words),
                due=short_day(known.next_due, words),
            )
        )

    def _start(self) -> None:
        due = self._due()
        if due is None or not self.folder.will_do():
            return
        self.clerk.ask(
            self,
            lambda session: export_revocations(session, due),
            lambda made: self._write(*made),
            refused=self.refuse,
        )

    def _due(self) -> datetime | None:
        typed = self.due.day()
        if typed is None:
            return None
        end = typed + _END_OF_DAY
        if end <= self.clerk.session.now():
            self.due.show_fault(self.clerk.words.text("This day is past. Choose a later one."))
            return None
        return end

    def _write(self, new: RevocationList, content: bytes) -> None:
        path = self.folder.folder / f"{new.issued:%Y-%m-%d}-{new.number}{LIST_EXTENSION}"
        write_out(self, path, content, lambda written: self._written(new, written))

    def _written(self, new: RevocationList, path: Path) -> None:
        words = self.clerk.words
        self._propose()
        self.done(
            words.text(
                "List number {number} was written to “{file}”. The next one is due on {due}.",
                number=new.number,
                file=path,
                due=day(new.next_due, words),
            )
        )

    def _revoke(self) -> None:
        try:
            fingerprint = fingerprint_from_text(self.typed.text())
        except KeyFormatError:
            self._fingerprint.show_fault(
                self.clerk.words.text(
                    "“{value}” is no fingerprint: it has 52 letters and digits from 2 to 7.", value=self.typed.text()
                )
            )
            return
        self.clerk.ask(
            self,
            lambda session: revoke(session, fingerprint, Fallen.CARD),
            lambda _: self._revoked(),
            refused=self.refuse,
        )

    def _revoked(self) -> None:
        self.typed.clear()
        self.done(
            self.clerk.words.text(
                "The card is revoked. Write a new list now and hand it out: until a workstation has it, nothing "
                "changes there."
            )
        )

    def _propose(self) -> None:
        self.due.line.setText(short_day(self.clerk.session.now() + LIST_LIFE, self.clerk.words, zone=UTC))

    def _place(self) -> None:
        words = self.clerk.words
        form = QWidget()
        inside = QVBoxLayout(form)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(sizes.SPACE_3)
        for part in (
            self.due,
            self.folder,
            row(self.export),
            rule(),
            PlainLabel(words.text("A card that is not in the register"), role="heading"),
            self._fingerprint,
            self.revoke,
        ):
            inside.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes.SPACE_3)
        for part in (self.about, self.table, at_most(_WIDTH, form)):
            layout.addWidget(part)
        layout.addStretch(1)


def _read(session: Session) -> tuple[RevocationList, tuple[ListLine, ...]]:
    known = own_list(session)
    names = {one.card.fingerprint: one.card.name for one in contacts(session)}
    lines = (ListLine(revocation=one, name=names.get(one.subject)) for one in known.revocations)
    return known, tuple(sorted(lines, key=lambda line: line.revocation.at, reverse=True))


def _columns(words: Catalogue) -> tuple[Column[ListLine], ...]:
    return (
        Column(name=N_("Name"), width=220, text=lambda line: line.name or words.text("not known here")),
        Column(name=N_("What fell"), width=200, text=lambda line: fallen_text(line.revocation.fallen, words)),
        Column(name=N_("Since"), width=110, text=lambda line: short_day(line.revocation.at, words)),
        Column(name=N_("Fingerprint"), width=None, text=lambda line: fingerprint_text(line.revocation.subject)),
    )
