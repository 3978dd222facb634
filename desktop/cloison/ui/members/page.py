"""Members and compartments: who is in the vault and known how far, who is read in where, what is still to be done."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cloison.actions.compartments import named_compartment
from cloison.actions.members import confirm_member, remove_member
from cloison.actions.membership import Membership, membership
from cloison.actions.reader_records import FallenReader
from cloison.actions.readers import read_in, read_out
from cloison.actions.session import Session
from cloison.ui import sizes
from cloison.ui.clerk import Clerk
from cloison.ui.controls import at_most, button, row, rule
from cloison.ui.directory.compare_form import CompareForm
from cloison.ui.directory.confirm_bar import ConfirmBar
from cloison.ui.directory.warnings_view import WarningsView
from cloison.ui.flow_page import FlowPage
from cloison.ui.members.readers_view import ReadersView
from cloison.ui.notice import Tone
from cloison.ui.plain import PlainLabel
from cloison.ui.two_lines import TwoLineList
from cloison.vault.members import Acquaintance, MemberSummary
from cloison.wording.members import LATER_ONLY, acquaintance_text, fallen_text, member_text, pending_text
from cloison_crypto.identity import fingerprint_text

_WIDTH = 620
_LIST_HEIGHT = 164


class MembersPage(FlowPage):
    """``addition_asked`` leads to a page of its own."""

    addition_asked = Signal()

    def __init__(self, clerk: Clerk, *, said: str = "", parent: QWidget | None = None) -> None:
        """Empty until it is shown; ``said`` is what was just done."""
        words = clerk.words
        super().__init__(clerk, words.text("Members and compartments"), parent=parent)
        self._said = said
        self._found = Membership(members=(), compartments=(), pending=())
        self.pending = WarningsView(clerk.kit.theme)
        self.list = TwoLineList(clerk.kit.theme, words.text("Members"))
        self.list.setFixedHeight(_LIST_HEIGHT)
        self.add = button(words.text("Add a member…"))
        self.fingerprint = PlainLabel(role="muted")
        self.state = PlainLabel(role="warn")
        self.compare = CompareForm(clerk.kit, words.text("Their fingerprint"), words.text("Confirm"))
        self.readers = ReadersView(clerk)
        self.remove = ConfirmBar(words, words.text("Remove from the vault…"))
        self._place()
        self.list.currentItemChanged.connect(self._show_member)
        self.add.clicked.connect(self.addition_asked)
        self.compare.compared.connect(self._confirm)
        self.readers.read_in_asked.connect(self._read_in)
        self.readers.read_out_asked.connect(self._read_out)
        self.remove.confirmed.connect(self._remove)

    def arrive(self) -> None:
        """Read who there is; the focus on them."""
        self._refresh()
        self.list.setFocus()
        if self._said:
            self.say(self._said, Tone.DONE)

    @property
    def present(self) -> MemberSummary | None:
        """Who is looked at."""
        return next((one for one in self._found.members if one.id == self.list.present_id), None)

    def _refresh(self) -> None:
        self.clerk.ask(self, membership, self._fill, refused=self.refuse)

    def _fill(self, found: Membership) -> None:
        words, present = self.clerk.words, self.list.present_id
        self._found = found
        self.pending.show_warnings(tuple(pending_text(one, words) for one in found.pending))
        self.list.clear()
        for one in found.members:
            self.list.add(one.title, member_text(one, len(found.read_into(one.alias)), words), one.id)
        self.list.setCurrentRow(0)
        self.list.pick(present)
        self._show_member()

    def _show_member(self) -> None:
        one, words = self.present, self.clerk.words
        is_other = one is not None and one.acquaintance is not Acquaintance.MYSELF
        is_known = one is not None and one.acquaintance in (Acquaintance.MYSELF, Acquaintance.KNOWN)
        self.fingerprint.setVisible(is_known)
        self.state.setVisible(one is not None and not is_known)
        self.compare.setVisible(one is not None and not is_known and one.fingerprint is not None)
        self.readers.setVisible(is_other and is_known)
        self.remove.setVisible(is_other)
        if one is None:
            return
        if one.fingerprint is not None:
            # Of somebody to be compared nothing is on the screen: whoever types what is there compares nothing.
            self.fingerprint.setText(
                words.text("Fingerprint: {fingerprint}", fingerprint=fingerprint_text(one.fingerprint))
            )
            self.compare.start(one.fingerprint)
        self.state.setText(acquaintance_text(one.acquaintance, words).capitalize())
        self.readers.show_member(self._found, one.alias)
        gone = words.text(
            "{member} opens the vault no longer; it and what they are read into get other keys.", member=one.alias
        )
        self.remove.explain(f"{gone} {words.text(LATER_ONLY)}")

    def _confirm(self, typed: str) -> None:
        one = self.present
        if one is not None:
            said = self.clerk.words.text("{member} is known here from now on, by this fingerprint.", member=one.alias)
            self.clerk.ask(
                self,
                lambda session: confirm_member(session, one.id, typed),
                lambda _: self._done(said),
                refused=self.compare.show_fault,
            )

    def _read_in(self, compartment_id: str) -> None:
        self._act(
            lambda session, id: read_in(session, named_compartment(session, compartment_id), id),
            lambda alias: self.clerk.words.text(
                "{member} is read into “{compartment}”.", member=alias, compartment=self._name(compartment_id)
            ),
        )

    def _read_out(self, compartment_id: str) -> None:
        self._act(
            lambda session, id: read_out(session, named_compartment(session, compartment_id), id),
            lambda alias: self.clerk.words.text(
                "{member} is read out of “{compartment}”.", member=alias, compartment=self._name(compartment_id)
            ),
        )

    def _remove(self) -> None:
        self._act(
            lambda session, id: remove_member(session, id).fallen,
            lambda alias: self.clerk.words.text("{member} is a member of the vault no longer.", member=alias),
        )

    def _act(self, act: Callable[[Session, str], tuple[FallenReader, ...] | None], said: Callable[[str], str]) -> None:
        one = self.present
        if one is not None:
            self.say(self.clerk.words.text("Keys are being made and handed over…"), Tone.PLAIN)
            self.clerk.ask(
                self,
                lambda session: act(session, one.id),
                lambda fallen: self._done(said(one.alias), fallen or ()),
                refused=self.refuse,
            )

    def _done(self, sentence: str, fallen: tuple[FallenReader, ...] = ()) -> None:
        self.say(" ".join((sentence, *(fallen_text(one, self.clerk.words) for one in fallen))), Tone.DONE)
        self._refresh()

    def _name(self, compartment_id: str) -> str:
        return next(one.name for one in self._found.compartments if one.id == compartment_id)

    def _place(self) -> None:
        holder = QWidget()
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(sizes.SPACE_3)
        parts = (
            self.pending,
            self.list,
            row(self.add),
            rule(),
            self.fingerprint,
            self.state,
            self.compare,
            self.readers,
            self.remove,
        )
        for part in parts:
            inside.addWidget(part)
        inside.addStretch(1)
        self.body.addWidget(at_most(_WIDTH, holder))
        self.body.addStretch(1)
