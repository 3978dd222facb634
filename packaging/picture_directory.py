"""Pictures of the directory: people, groups, authorities, my own card."""

from PySide6.QtWidgets import QListWidget

from cloison.ui.desk.desk import Desk
from cloison.ui.window.values import Flow
from picture_stage import Stage


def directory_flows(stage: Stage, desk: Desk) -> None:
    """With nothing else on the desk; the directory is shown at the end."""
    desk.flows.show(Flow.DIRECTORY)
    stage.settle()
    people = stage.find(desk.frame, QListWidget, "People")
    people.setCurrentRow(1)
    stage.shot(desk.frame, "directory-1-people")
    stage.click(desk.frame, "Authorities")
    stage.shot_both(desk.frame, "directory-2-authorities")
    stage.click(desk.frame, "Policies")
    stage.shot(desk.frame, "directory-4-policies")
    stage.click(desk.frame, "My card")
    stage.shot_both(desk.frame, "directory-3-my-card")
