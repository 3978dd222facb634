"""Authorities: those whose whole fingerprint was typed here, and following another one, or one no longer."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cloison.actions.cards import remove_authority, trust_authority
from cloison.actions.people import authorities
from cloison.directory.authority import Scope, TrustedAuthority
from cloison.ui import sizes
from cloison.ui.clerk import Clerk
from cloison.ui.controls import button, row, rule
from cloison.ui.directory.authority_form import AuthorityForm
from cloison.ui.directory.view import DirectoryView
from cloison.ui.plain import PlainLabel
from cloison.ui.two_lines import TwoLineList
from cloison.wording.dates import short_day

_LIST_HEIGHT: Final = 140
_WIDTH: Final = 560


class AuthoritiesView(DirectoryView):
    """A list, a form, two buttons."""

    def __init__(self, clerk: Clerk, *, parent: QWidget | None = None) -> None:
        """None yet."""
        super().__init__(clerk, parent=parent)
        words = clerk.words
        self._list = TwoLineList(clerk.kit.theme, words.text("Authorities followed here"))
        self._list.setFixedHeight(_LIST_HEIGHT)
        self._remove = button(words.text("Follow no longer"))
        self._form = AuthorityForm(clerk.kit)
        self._follow = button(words.text("Follow this authority"), role="primary")
        self._place()
        self._list.currentItemChanged.connect(self._pick)
        self._remove.clicked.connect(self._drop)
        self._follow.clicked.connect(self._trust)
        self._form.entered.connect(self._trust)
        self._pick()
        self.setFocusProxy(self._list)

    def refresh(self) -> None:
        """Read them again."""
        self.clerk.ask(self, lambda session: tuple(authorities(session).values()), self._fill, refused=self.refuse)

    def _fill(self, found: tuple[TrustedAuthority, ...]) -> None:
        words = self.clerk.words
        self._list.clear()
        for one in found:
            until = words.text("card valid until {day}", day=short_day(one.card.expires, words))
            self._list.add(one.card.name, until, one.card.fingerprint)
        self._list.setCurrentRow(0)
        self._pick()

    def _pick(self) -> None:
        self._remove.setEnabled(self._list.currentRow() >= 0)

    def _trust(self) -> None:
        if not self._form.will_do() or self._form.given is None:
            return
        carte, typed = self._form.given
        self.clerk.ask(
            self,
            lambda session: trust_authority(session, carte, typed=typed, scope=Scope()),
            self._trusted,
            refused=self.refuse,
        )

    def _trusted(self, authority: TrustedAuthority) -> None:
        self._form.clear()
        self.done(
            self.clerk.words.text(
                "{name} is followed from now on: the cards it endorses count here.", name=authority.card.name
            )
        )

    def _drop(self) -> None:
        fingerprint = self._list.present_id
        if not isinstance(fingerprint, bytes):
            return
        name = self._list.currentItem().text()
        self.clerk.ask(
            self,
            lambda session: remove_authority(session, fingerprint),
            lambda _: self.done(
                self.clerk.words.text("{name} is followed no longer: what it endorsed counts for nothing.", name=name)
            ),
            refused=self.refuse,
        )

    def _place(self) -> None:
        words = self.clerk.words
        holder = QWidget()
        holder.setMaximumWidth(_WIDTH)
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(sizes.SPACE_3)
        explained = words.text("An authority endorses cards: clearance, nationality, need to know.")
        parts = (
            PlainLabel(explained, role="muted"),
            self._list,
            row(self._remove),
            rule(),
            PlainLabel(words.text("Follow an authority"), role="heading"),
            self._form,
            row(self._follow),
        )
        for part in parts:
            inside.addWidget(part)
        inside.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(holder)
