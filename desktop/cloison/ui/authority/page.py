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
from cloison.ui.directory.views_page import ViewsPage


class AuthorityPage(ViewsPage):
    """In the window of a vault whose member is an authority."""

    def __init__(self, clerk: Clerk, *, parent: QWidget | None = None) -> None:
        """Empty until it is shown."""
        words = clerk.words
        self.endorse = EndorseView(clerk)
        self.register = RegisterView(clerk)
        self.list = ListView(clerk)
        self.policies = SignPolicyView(clerk)
        self.card = MyCardView(clerk)
        views = (
            (words.text("Endorse"), self.endorse),
            (words.text("Endorsed cards"), self.register),
            (words.text("Revocation list"), self.list),
            (words.text("Policies"), self.policies),
            (words.text("My card"), self.card),
        )
        super().__init__(clerk, words.text("Authority"), views, parent=parent)

    def arrive(self) -> None:
        """Read what is in the vault; the focus on the card to endorse."""
        self.refresh()
        self.endorse.begin()

    def take_card(self, path: Path) -> None:
        """A card was dropped elsewhere: it is to be endorsed."""
        self.views.show_view(self.endorse)
        self.endorse.take(path)
