"""Pictures of the health page and of a backup that becomes a vault."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from cloison.ui.desk.desk import Desk
from cloison.ui.door import Door
from cloison.ui.health.page import HealthPage
from cloison.ui.restore.screen import RestoreScreen
from cloison.ui.window.values import Flow
from picture_stage import Stage


def health_flow(stage: Stage, desk: Desk, backups: Path) -> None:
    """How the vault is, a backup made and looked through, every page looked through."""
    desk.flows.show(Flow.HEALTH)
    stage.wait(lambda: isinstance(desk.pages.page, HealthPage), "no page")
    page = desk.pages.page
    if not isinstance(page, HealthPage):
        raise TypeError(type(page))
    stage.wait(lambda: bool(page.lines.lines), "no lines")
    stage.shot(desk.frame, "health-1-never-backed-up")
    backups.mkdir(exist_ok=True)
    stage.type(stage.find(desk.frame, QLineEdit, "Folder of the backups"), str(backups))
    stage.click(desk.frame, "Back up now")
    stage.wait(lambda: not page.backup.is_at_work and bool(page.backup.backups.backups), "no backup")
    stage.click(desk.frame, "Look it through")
    stage.wait(lambda: page.backup.backups.inspected is not None, "not looked through")
    stage.shot_both(desk.frame, "health-2-backed-up")
    stage.click(desk.frame, "Look every page through")
    stage.wait(lambda: page.look.isEnabled(), "not looked through")
    stage.shot(desk.frame, "health-3-looked-through")
    stage.click(desk.frame, "Back")
    stage.wait(lambda: desk.pages.page is None, "not back")


def restore_flow(stage: Stage, door: Door, backups: Path) -> None:
    """The backup chosen and looked through, before anything is made of it."""
    stage.click(door, "Restore a backup…")
    screen = door.currentWidget()
    if not isinstance(screen, RestoreScreen):
        raise TypeError(type(screen))
    stage.shot(door, "restore-1-which")
    stage.type(stage.find(door, QLineEdit, "Folder of the backups"), str(backups))
    stage.wait(lambda: screen.backups.inspected is not None, "not looked through")
    passphrase = stage.find(door, QLineEdit, "Passphrase of that time")
    stage.type(passphrase, "not this one")
    stage.shot_both(door, "restore-2-looked-through")
    stage.press(passphrase, Qt.Key.Key_Return)
    stage.wait(lambda: bool(screen.notice.sentence), "not refused")
    stage.shot(door, "restore-3-refused")
    stage.click(door, "Back")
