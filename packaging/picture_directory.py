"""Pictures of the directory: people, groups, authorities, my own card."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListWidget

from cloison.ui.desk.desk import Desk
from cloison.ui.window.values import Flow
from picture_stage import Stage


def directory_flows(stage: Stage, desk: Desk) -> None:
    """With nothing else on the desk; the directory is shown at the end."""
    desk.flows.show(Flow.DIRECTORY)
    stage.settle()
    people = stage.find(desk.frame, QListWidget, "People")
    people.setCurrentRow(1)
    stage.shot_both(desk.frame, "directory-1-people")
    stage.click(desk.frame, "By telephone, word by word…")
    stage.shot_both(desk.frame, "directory-1-word-by-word")
    stage.click(desk.frame, "Groups")
    stage.type(stage.find(desk.frame, QLineEdit, "New group"), "Cellule Kessar")
    stage.click(desk.frame, "Make the group")
    stage.settle(0.3)
    members = stage.find(desk.frame, QListWidget, "Who is in the group")
    for number in range(2):
        members.item(number).setCheckState(Qt.CheckState.Checked)
        stage.settle(0.3)
    stage.shot_both(desk.frame, "directory-2-groups")
    stage.click(desk.frame, "Authorities")
    stage.shot_both(desk.frame, "directory-3-authorities")
    stage.click(desk.frame, "Follow no longer…")
    stage.shot(desk.frame, "directory-3-no-longer")
    stage.click(desk.frame, "Leave it as it is")
    stage.click(desk.frame, "Policies")
    stage.shot(desk.frame, "directory-4-policies")
    stage.click(desk.frame, "My card")
    stage.shot_both(desk.frame, "directory-5-my-card")
    stage.click(desk.frame, "Make new keys…")
    stage.shot_both(desk.frame, "directory-6-new-keys")
    stage.click(desk.frame, "Leave it as it is")
