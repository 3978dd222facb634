"""Authorities: those whose whole fingerprint was typed here, how far, and following another one, or one no longer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cloison.actions.cards import remove_authority, trust_authority
from cloison.actions.people import Contact, authorities
from cloison.actions.roll_over import RollOver, relying_on, roll_over
from cloison.actions.session import Session
from cloison.actions.warnings import Ending, Warned, endings
from cloison.directory.authority import ListState, TrustedAuthority
from cloison.ui import sizes
from cloison.ui.clerk import Clerk
from cloison.ui.controls import at_most, button, row, rule
from cloison.ui.directory.authority_form import AuthorityForm
from cloison.ui.directory.confirm_bar import ConfirmBar
from cloison.ui.directory.fact_lines import FactLines
from cloison.ui.directory.scope_form import ScopeForm
from cloison.ui.directory.view import DirectoryView
from cloison.ui.directory.warnings_view import WarningsView
from cloison.ui.plain import PlainLabel
from cloison.ui.two_lines import TwoLineList
from cloison.wording.authorities import (
    list_text,
    roll_over_text,
    scope_clearance_text,
    scope_nationalities_text,
    scope_policies_text,
)
from cloison.wording.dates import short_day
from cloison.wording.endings import ending_text

_LIST_HEIGHT: Final = 236
_LIST_WIDTH: Final = 280
_WIDTH: Final = 620


class AuthoritiesView(DirectoryView):
    """A list with what is known of the one picked in it, and a form."""

    def __init__(self, clerk: Clerk, *, parent: QWidget | None = None) -> None:
        """None yet."""
        super().__init__(clerk, parent=parent)
        words = clerk.words
        self._known: dict[bytes, TrustedAuthority] = {}
        self._list = TwoLineList(clerk.kit.theme, words.text("Authorities followed here"))
        self._list.setFixedSize(_LIST_WIDTH, _LIST_HEIGHT)
        self.facts = FactLines(
            (
                words.text("Clearances"),
                words.text("Nationalities"),
                words.text("Policies"),
                words.text("Followed since"),
                words.text("Its card"),
                words.text("Revocation list"),
            )
        )
        self._none = PlainLabel(
            words.text(
                "No authority is followed here yet: no clearance counts. Choose the card of one below and type its "
                "whole fingerprint."
            )
        )
        self._again = PlainLabel(
            words.text("To change how far one is followed, follow it again with other limits."), role="muted"
        )
        self.warnings = WarningsView(clerk.kit.theme)
        self.remove = ConfirmBar(words, words.text("Follow no longer…"))
        self._form = AuthorityForm(clerk.kit)
        self.scope = ScopeForm(clerk)
        self._follow = button(words.text("Follow this authority"), role="primary")
        self._place()
        self._none.hide()
        self._list.currentItemChanged.connect(self._pick)
        self.remove.confirmed.connect(self._drop)
        self._follow.clicked.connect(self._trust)
        self._form.entered.connect(self._trust)
        self._pick()

    def refresh(self) -> None:
        """Read them again."""
        self.clerk.ask(self, authorities, self._fill, refused=self.refuse)
        self.clerk.ask(self, endings, self._warn, refused=self.refuse)

    def _warn(self, found: tuple[Warned, ...]) -> None:
        theirs = (one for one in found if one.ending in (Ending.AUTHORITY, Ending.LIST))
        self.warnings.show_warnings([ending_text(one, self.clerk.words) for one in theirs])

    @property
    def picked(self) -> TrustedAuthority | None:
        """The one picked in the list."""
        fingerprint = self._list.present_id
        return self._known.get(fingerprint) if isinstance(fingerprint, bytes) else None

    def _fill(self, found: dict[bytes, TrustedAuthority]) -> None:
        words, now = self.clerk.words, self.clerk.session.now()
        present = self._list.present_id
        self._known = found
        self._list.clear()
        for one in found.values():
            until = words.text("card valid until {day}", day=short_day(one.card.expires, words))
            overdue = words.text("revocation list overdue")
            about = overdue if one.list_state(now) is ListState.OVERDUE else until
            self._list.add(one.card.name, about, one.card.fingerprint)
        self._list.setCurrentRow(0)
        self._list.pick(present)
        for part, is_seen in ((self._none, not found), (self._list, bool(found)), (self._again, bool(found))):
            part.setVisible(is_seen)
        self._pick()

    def _pick(self) -> None:
        one, words = self.picked, self.clerk.words
        self.facts.setVisible(one is not None)
        self.remove.setVisible(one is not None)
        if one is None:
            return
        told = (
            scope_clearance_text(one.scope, self.clerk.policy, words),
            scope_nationalities_text(one.scope, words),
            scope_policies_text(one.scope, self.clerk.session.policies, words),
            words.text(
                "{day}, its fingerprint typed by {name}", day=short_day(one.accepted_at, words), name=one.accepted_by
            ),
            words.text("valid until {day}", day=short_day(one.card.expires, words)),
            list_text(one, words, now=self.clerk.session.now()),
        )
        self.facts.show_facts(one.card.name, dict(zip(self.facts.texts, told, strict=True)))
        self._explain(one, ())
        self.clerk.ask(
            self,
            lambda session: relying_on(session, one),
            lambda relying: self._name(one, relying),
            refused=self.refuse,
        )

    def _name(self, one: TrustedAuthority, relying: Sequence[Contact]) -> None:
        """Unless another one was picked meanwhile, or somebody reads already."""
        if self.picked is one and not self.remove.is_open:
            self._explain(one, relying)

    def _explain(self, one: TrustedAuthority, relying: Sequence[Contact]) -> None:
        words = self.clerk.words
        text = words.text(
            "From then on nothing that {name} endorsed counts here: whoever it alone vouches for is sent nothing "
            "above the lowest levels, and nothing above them is taken from them. Cards that it alone revoked count "
            "again. Its policies and what was received stay. To follow it again, its whole fingerprint is typed again.",
            name=one.card.name,
        )
        if relying:
            names = ", ".join(each.card.name for each in relying)
            text = f"{text} {words.text('Endorsed by it now: {names}.', names=names)}"
        self.remove.explain(text)

    def _trust(self) -> None:
        scope = self.scope.scope()
        if not self._form.will_do() or self._form.given is None or scope is None:
            return
        carte, typed = self._form.given

        def trust(session: Session) -> tuple[TrustedAuthority, RollOver | None]:
            trusted = trust_authority(session, carte, typed=typed, scope=scope)
            return trusted, roll_over(session, trusted)

        self.clerk.ask(self, trust, lambda made: self._trusted(*made), refused=self.refuse)

    def _trusted(self, authority: TrustedAuthority, found: RollOver | None) -> None:
        words = self.clerk.words
        self._form.clear()
        self.scope.clear()
        text = words.text("{name} is followed from now on: the cards it endorses count here.", name=authority.card.name)
        self.done(text if found is None else f"{text} {roll_over_text(found, words)}")

    def _drop(self) -> None:
        one = self.picked
        if one is None:
            return
        self.clerk.ask(
            self,
            lambda session: remove_authority(session, one.card.fingerprint),
            lambda _: self.done(
                self.clerk.words.text(
                    "{name} is followed no longer: what it endorsed counts for nothing.", name=one.card.name
                )
            ),
            refused=self.refuse,
        )

    def _place(self) -> None:
        words = self.clerk.words
        explained = words.text("An authority endorses cards: clearance, nationality, need to know.")
        beside = QHBoxLayout()
        beside.setSpacing(sizes.SPACE_5)
        beside.addWidget(self._list)
        beside.addWidget(self.facts, 1)
        new = QWidget()
        form = QVBoxLayout(new)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(sizes.SPACE_3)
        for part in (
            PlainLabel(words.text("Follow an authority"), role="heading"),
            self._again,
            self._form,
            self.scope,
            row(self._follow),
        ):
            form.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(sizes.SPACE_3)
        layout.addWidget(PlainLabel(explained, role="muted"))
        layout.addWidget(self.warnings)
        layout.addWidget(self._none)
        layout.addLayout(beside)
        layout.addWidget(self.remove)
        layout.addWidget(rule())
        layout.addWidget(at_most(_WIDTH, new))
        layout.addStretch(1)
