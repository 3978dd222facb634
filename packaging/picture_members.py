"""Pictures of the members of a vault: a new one, one read in, one about to be read out."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from cloison.actions.members import add_member
from cloison.ui.desk.desk import Desk
from cloison.ui.members.page import MembersPage
from cloison.ui.window.values import Flow
from cloison_crypto.argon2 import LOWEST
from picture_receiving import on_records
from picture_stage import Stage

NAME = "Bérénice Aubrac"


def members_flow(stage: Stage, desk: Desk) -> None:
    """The form of a new member; then somebody who is one, read in, and about to be read out."""
    desk.flows.show(Flow.MEMBERS)
    stage.settle()
    stage.click(desk.frame, "Add a member…")
    stage.settle()
    stage.type(stage.find(desk.frame, QLineEdit, "What they are called"), NAME)
    stage.shot(desk.frame, "members-1-new")
    on_records(stage, desk, lambda session: add_member(session, NAME, passphrase=bytearray(b"x"), cost=LOWEST))
    desk.flows.show(Flow.MEMBERS)
    stage.settle()
    page = desk.pages.page
    if not isinstance(page, MembersPage):
        raise AssertionError
    stage.press(page.list, Qt.Key.Key_Down)
    stage.click(desk.frame, "Read in")
    stage.settle()
    stage.shot_both(desk.frame, "members-2-read-in")
    stage.click(desk.frame, "Read out…")
    stage.settle()
    stage.shot(desk.frame, "members-3-read-out")
    stage.click(desk.frame, "Back")
    stage.wait(lambda: desk.pages.page is None, "not back")
