"""Notes as a whole: everything found with Ctrl+K, searches saved, files brought in, notes moved, deleted, linked."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from cloison.notes.link import LinkKind
from cloison.ui.desk.desk import Desk
from cloison.ui.filing.bin_page import BinPage
from cloison.ui.filing.import_page import ImportPage
from cloison.ui.filing.links_page import LinksPage
from cloison.ui.window.values import Flow
from picture_stage import Stage


def filing_flow(stage: Stage, desk: Desk, medium: Path) -> None:
    """All of it; the notes stay, but for one that is deleted and one that is moved."""
    _commands(stage, desk)
    _search(stage, desk)
    _import(stage, desk, medium)
    _links(stage, desk)
    _several(stage, desk)
    _bin(stage, desk)
    _close(stage, desk)


def _commands(stage: Stage, desk: Desk) -> None:
    desk.frame.show_empty()
    stage.shot_both(desk.frame, "filing-01-no-note")
    desk.commands.show()
    stage.shot_both(desk.frame, "filing-02-commands")
    desk.frame.commands.leave()
    desk.filing.offer_templates()
    stage.wait(desk.frame.commands.isVisible, "no templates")
    stage.shot(desk.frame, "filing-03-templates")
    desk.frame.commands.leave()


def _search(stage: Stage, desk: Desk) -> None:
    desk.frame.list.line.field.setText("navire")
    desk.searches.ask_name()
    stage.type(desk.frame.list.saving.name, "Navires attendus")
    stage.shot(desk.frame, "filing-04-save-search")
    stage.press(desk.frame.list.saving.name, Qt.Key.Key_Return)
    stage.wait(lambda: desk.searches.saved, "not saved")
    menu = desk.searches.menu()
    menu.popup(desk.frame.mapToGlobal(desk.frame.rect().center()))
    stage.shot(menu, "filing-05-star")
    menu.close()
    desk.frame.list.line.field.clear()
    stage.settle(0.3)


def _import(stage: Stage, desk: Desk, medium: Path) -> None:
    good, bad = medium / "compte-rendu.md", medium / "photo.heic"
    good.write_text("# [DR] Compte rendu\n\n[S] Deux départs de nuit.\n\nÀ recouper.\n", encoding="utf-8")
    bad.write_bytes(b"\0")
    desk.filing.bring_in((good, bad))
    page = desk.pages.page
    stage.wait(lambda: isinstance(page, ImportPage) and page.notice.isVisible(), "not imported")
    stage.shot_both(desk.frame, "filing-06-import")
    stage.click(desk.frame, "Back")
    stage.wait(lambda: desk.pages.page is None, "not back")


def _links(stage: Stage, desk: Desk) -> None:
    rows = desk.frame.list.rows
    desk.frame.list.view.setCurrentIndex(rows.index(1))
    stage.wait(lambda: desk.writing.uid == rows.uid(1), "no note")
    desk.filing.show_links()
    stage.wait(lambda: isinstance(desk.pages.page, LinksPage), "no page")
    page = desk.pages.page
    if not isinstance(page, LinksPage):
        raise AssertionError
    for row, kind in ((2, LinkKind.CORROBORATES), (3, LinkKind.CONTRADICTS)):
        stage.wait(lambda: page.picker.list.count() > 3, "no notes")
        page.picker.list.pick(rows.uid(row))
        page.kind.setCurrentIndex(page.kind.findData(kind))
        page.link.click()
        stage.settle(0.3)
    stage.shot_both(desk.frame, "filing-07-links")
    stage.click(desk.frame, "Back")
    stage.wait(lambda: desk.pages.page is None, "not back")
    stage.shot_both(desk.frame, "filing-08-links-beside")


def _several(stage: Stage, desk: Desk) -> None:
    view = desk.frame.list.view
    view.setCurrentIndex(desk.frame.list.rows.index(0))
    stage.settle()
    stage.press(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    stage.shot_both(desk.frame, "filing-09-several")
    desk.frame.list.several.move_them.click()
    stage.shot_both(desk.frame, "filing-10-move")
    stage.click(desk.frame, "Back")
    stage.wait(lambda: desk.pages.page is None, "not back")
    desk.filing.delete([desk.frame.list.rows.uid(0)])
    stage.settle(0.3)
    stage.shot(desk.frame, "filing-11-deleted")


def _bin(stage: Stage, desk: Desk) -> None:
    desk.frame.flow_chosen.emit(Flow.BIN)
    stage.wait(lambda: isinstance(desk.pages.page, BinPage), "no page")
    stage.settle()
    stage.click(desk.frame, "Destroy…")
    stage.type(stage.find(desk.frame, QLineEdit, "Why it is destroyed; kept on the register"), "Doublon")
    stage.shot_both(desk.frame, "filing-12-bin")
    stage.click(desk.frame, "Back")
    stage.wait(lambda: desk.pages.page is None, "not back")


def _close(stage: Stage, desk: Desk) -> None:
    line = desk.listing.compartments[0]
    desk.places.merge(line)
    stage.shot(desk.frame, "filing-13-merge")
    stage.click(desk.frame, "Back")
    stage.wait(lambda: desk.pages.page is None, "not back")
    desk.places.close(line)
    stage.settle(0.3)
    stage.shot(desk.frame, "filing-14-closed")
    desk.frame.page.notice.act.click()
    stage.settle(0.3)
