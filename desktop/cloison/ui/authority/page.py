"""The authority's own page: what it endorses, revokes and signs."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from cloison.ui.authority.endorse_view import EndorseView
from cloison.ui.authority.list_view import ListView
from cloison.ui.authority.register_view import RegisterView
from cloison.ui.authority.sign_policy_view import SignPolicyView
from cloison.ui.clerk import Clerk
from cloison.ui.directory.my_card_view import MyCardView
from cloison.ui.flow_page import FlowPage
from cloison.ui.view_stack import ViewStack


class AuthorityPage(FlowPage):
    """In the window of a vault whose member is an authority."""

    def __init__(self, clerk: Clerk, *, parent: QWidget | None = None) -> None:
        """Empty until it is shown."""
        words = clerk.words
        super().__init__(clerk, words.text("Authority"), parent=parent)
        self.endorse = EndorseView(clerk)
        self.register = RegisterView(clerk)
        self.list = ListView(clerk)
        self.policies = SignPolicyView(clerk)
        self.card = MyCardView(clerk)
        self.views = ViewStack()
        names = (
            words.text("Endorse"),
            words.text("Endorsed cards"),
            words.text("Revocation list"),
            words.text("Policies"),
            words.text("Its card"),
        )
        self._all = (self.endorse, self.register, self.list, self.policies, self.card)
        for name, view in zip(names, self._all, strict=True):
            self.views.add(name, view)
            view.said.connect(self.say)
            view.changed.connect(self._refresh)
        self.body.addWidget(self.views, 1)
        self.views.shown.connect(self.notice.clear)

    def arrive(self) -> None:
        """Read what is in the vault; the focus on the card to endorse."""
        self._refresh()
        self.endorse.setFocus()

    def take_card(self, path: Path) -> None:
        """A card was dropped elsewhere: it is to be endorsed."""
        self.views.show_view(self.endorse)
        self.endorse.take(path)

    def _refresh(self) -> None:
        for view in self._all:
            view.refresh()
