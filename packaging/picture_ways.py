"""Pictures of the ways into the vault: listed, added, removed."""

from pathlib import Path

from PySide6.QtWidgets import QLineEdit

from cloison.ui.desk.desk import Desk
from cloison.ui.window.values import Flow
from picture_stage import Stage


def ways_flow(stage: Stage, desk: Desk, *, passphrase: str, medium: Path) -> None:
    """A key file is added; then the pages of a card and of a removal."""
    _go(stage, desk, "Key file…")
    stage.type(stage.find(desk.frame, QLineEdit, "Passphrase so far"), passphrase)
    stage.type(stage.find(desk.frame, QLineEdit, "Where to write the key file"), str(medium))
    stage.shot(desk.frame, "ways-1-key-file")
    stage.click(desk.frame, "Add")
    stage.settle()
    stage.shot_both(desk.frame, "ways-2-listed")
    for message, name in (("Smart card…", "ways-3-card"), ("Remove…", "ways-4-remove")):
        _go(stage, desk, message)
        stage.shot_both(desk.frame, name)
    stage.type(stage.find(desk.frame, QLineEdit, "Passphrase so far"), passphrase)
    stage.click(desk.frame, "Remove")
    stage.settle()
    stage.shot(desk.frame, "ways-5-would-fall")
    stage.click(desk.frame, "Back")
    stage.wait(lambda: desk.pages.page is None, "not back")


def _go(stage: Stage, desk: Desk, message: str) -> None:
    desk.flows.show(Flow.PERSON)
    stage.settle()
    stage.click(desk.frame, message)
    stage.settle()
