"""Pictures of the attachments of a note: the mark that is asked for, a page that is looked at, one that is not."""

import io
from pathlib import Path

import pikepdf
from PySide6.QtCore import Qt

from cloison.ui.attachments.page import AttachmentsPage
from cloison.ui.desk.desk import Desk
from picture_stage import Stage

_LINES = ("Télégramme 2026-118", "Relevé des passages au détroit de Kessar,", "du 14 au 20 novembre 2026.")


def attachments_flow(stage: Stage, desk: Desk, medium: Path) -> None:
    """Two files are attached to the note that is open."""
    report, locked = medium / "releve-kessar.pdf", medium / "annexe-verrouillee.pdf"
    report.write_bytes(_report())
    locked.write_bytes(_locked(report.read_bytes()))
    stage.click(desk.frame, "Attachments…")
    stage.wait(lambda: isinstance(desk.pages.page, AttachmentsPage), "no page of attachments")
    page = desk.pages.page
    if not isinstance(page, AttachmentsPage):
        return
    stage.shot(desk.frame, "attachments-1-none")
    page.take([report])
    stage.settle()
    stage.shot_both(desk.frame, "attachments-2-mark")
    _attach(stage, page, "SECRET")
    stage.wait(lambda: page.view.place.text(), "no page of the file")
    stage.shot_both(desk.frame, "attachments-3-page")
    page.take([locked])
    stage.settle()
    _attach(stage, page, "DIFFUSION")
    opening = ("", stage.text("Opening…"))
    stage.wait(lambda: page.view.sentence.text() not in opening, "nothing said of the locked one")
    stage.shot_both(desk.frame, "attachments-4-locked")
    stage.click(desk.frame, "Back")
    stage.wait(lambda: desk.pages.page is None and desk.writing.uid is not None, "not back")
    stage.shot(desk.frame, "attachments-5-note")


def _attach(stage: Stage, page: AttachmentsPage, level: str) -> None:
    picker = page.form.picker
    picker.filter.setText(level)
    stage.press(picker.filter, Qt.Key.Key_Down)
    stage.press(picker.list, Qt.Key.Key_Return)
    page.form.do.click()
    stage.settle()


def _report() -> bytes:
    made, target = pikepdf.new(), io.BytesIO()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type1,
        BaseFont=pikepdf.Name.Helvetica,
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )
    for number in range(1, 4):
        page = made.add_blank_page(page_size=(595, 842))
        page.Contents = made.make_stream(_drawing(number).encode("cp1252"))
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F0=font))
    made.save(target)
    return target.getvalue()


def _drawing(page: int) -> str:
    lines = [f"{page}.{place}  Passage n° {100 * page + place}, cap au sud." for place in range(1, 29)]
    head = " T* ".join(f"({line}) Tj" for line in _LINES)
    body = " T* ".join(f"({line}) Tj" for line in lines)
    return f"BT /F0 20 Tf 30 TL 70 740 Td {head} ET BT /F0 11 Tf 18 TL 70 620 Td {body} ET"


def _locked(content: bytes) -> bytes:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as document:
        document.save(target, encryption=pikepdf.Encryption(owner="maître", user="valet"))
    return target.getvalue()
