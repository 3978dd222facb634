"""The frame: strips that follow what is in view, columns that fit, keys that lead everywhere."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cloison.actions.requirements import Requirement
from cloison.ui import sizes
from cloison.ui.controls import button
from cloison.ui.kit import Kit
from cloison.ui.notice import Tone
from cloison.ui.window.frame import Frame
from cloison.ui.window.values import Flow
from listed import NOW, POLICY, label, listed_note, marking

NARROW = (sizes.LEAST_WIDTH, sizes.LEAST_HEIGHT)
WIDE = (1440, 900)


@pytest.fixture
def editor() -> QTextEdit:
    made = QTextEdit()
    made.setTabChangesFocus(True)
    made.setAccessibleName("The note")
    return made


@pytest.fixture
def frame(kit: Kit, editor: QTextEdit, qtbot: QtBot) -> Frame:
    """With a page that has a button over the text, as the editor's has."""
    made = Frame(kit, POLICY)
    qtbot.addWidget(made)
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.addWidget(button("DR"))
    column.addWidget(editor)
    whole.setFocusProxy(editor)
    made.set_editor(whole)
    made.resize(*WIDE)
    made.show()
    made.activateWindow()
    qtbot.waitActive(made)
    return made


def texts(frame: Frame) -> set[str]:
    return {frame.strips.top.text, frame.strips.bottom.text}


def test_titles_in_view_are_on_the_strips(frame: Frame) -> None:
    frame.show_notes([listed_note(1, "DR"), listed_note(2, "NP")])

    assert texts(frame) == {"DIFFUSION RESTREINTE"}


def test_titles_are_on_the_strips_of_a_frame_filled_before_it_is_shown(kit: Kit, qtbot: QtBot) -> None:
    made = Frame(kit, POLICY)
    qtbot.addWidget(made)
    made.show_notes([listed_note(1, "S")])

    made.show()

    assert texts(made) == {"SECRET"}


def test_the_strips_follow_the_marks_of_the_note_at_once(frame: Frame) -> None:
    frame.show_note(None)

    frame.show_marking(marking("NP", "S"))
    assert texts(frame) == {"SECRET"}
    frame.show_marking(marking("NP", "S-SF"))
    assert texts(frame) == {"SECRET – SPÉCIAL FRANCE"}
    frame.show_marking(marking("NP", "DR", None))

    assert texts(frame) == {"DIFFUSION RESTREINTE"}
    assert not frame.strips.top.is_settled


def test_a_note_that_is_left_no_longer_counts(frame: Frame) -> None:
    frame.show_note(None)
    frame.show_marking(marking("S"))

    frame.show_empty()

    assert texts(frame) == {"NON PROTÉGÉ"}


def test_a_question_about_the_note_counts_while_the_note_is_shown(frame: Frame) -> None:
    frame.show_note(None)
    frame.show_marking(marking("DR"))
    assert texts(frame) == {"DIFFUSION RESTREINTE"}

    frame.show_requirements([asked("S"), asked("NP")])
    assert texts(frame) == {"SECRET"}
    assert frame.inspector._requirements.isVisible()
    frame.show_requirements(())
    assert texts(frame) == {"DIFFUSION RESTREINTE"}
    assert not frame.inspector._requirements.isVisible()


def test_of_many_questions_the_few_that_wait_longest_are_shown_and_counted(frame: Frame) -> None:
    frame.show_note(None)
    answered = replace(asked("TS"), answered_by=("x",))
    frame.show_requirements([answered, asked("DR"), asked("NP"), asked("NP")])

    assert texts(frame) == {"DIFFUSION RESTREINTE"}
    assert frame.inspector._requirements._others.text() == "and 1 other"


def asked(mark: str) -> Requirement:
    return Requirement(
        id=mark,
        compartment_id="c",
        compartment="C",
        note_uid="n",
        reference="R",
        sender="Cabinet",
        text="Où ?",
        label=label(mark),
        at=NOW,
        answered_by=(),
        closing=None,
    )


def test_a_page_of_another_area_hides_the_notes_and_counts_alone(frame: Frame) -> None:
    frame.show_notes([listed_note(1, "S")])
    guest = QLabel("the directory")

    frame.show_page(guest, Flow.DIRECTORY)
    assert texts(frame) == {"NON PROTÉGÉ"}
    assert not frame.list.isVisible()
    frame.show_page_label(label("DR"))
    assert texts(frame) == {"DIFFUSION RESTREINTE"}
    frame.show_empty()

    assert texts(frame) == {"SECRET"}
    assert guest.parent() is None


def test_a_page_that_shows_unmarked_text_says_so(frame: Frame) -> None:
    frame.show_page(QLabel("a preview"))

    frame.show_page_label(None, is_settled=False)

    assert texts(frame) == {"UNMARKED"}


def test_a_note_can_be_gone_back_to_from_a_page(frame: Frame, editor: QTextEdit) -> None:
    frame.show_note(None)
    frame.show_marking(marking("S"))
    page = QLabel("a page")
    frame.show_page(page)

    frame.show_note(None)

    assert editor.isVisible()
    assert texts(frame) == {"SECRET"}
    assert frame.inspector.isVisible()


def test_the_columns_are_as_wide_as_they_are_meant(frame: Frame) -> None:
    frame.show_note(None)

    assert frame.rail.width() == sizes.RAIL_WIDTH
    assert frame.list.width() == sizes.LIST_WIDTH
    assert frame.inspector.width() == sizes.INSPECTOR_WIDTH
    assert frame.page.width() == WIDE[0] - sizes.RAIL_WIDTH - sizes.LIST_WIDTH - sizes.INSPECTOR_WIDTH
    assert frame.strips.top.height() == frame.strips.bottom.height() == sizes.STRIP


@pytest.mark.parametrize(("width", "is_drawer"), [(sizes.DRAWER_BELOW, False), (sizes.DRAWER_BELOW - 1, True)])
def test_the_inspector_is_a_drawer_below_that_width(frame: Frame, width: int, is_drawer: bool) -> None:
    frame.show_note(None)

    frame.resize(width, 700)

    assert frame.columns.is_narrow is is_drawer
    assert frame.inspector.isVisible() is not is_drawer
    assert frame.page.foot._drawer.isVisible() is is_drawer


def test_the_drawer_opens_over_the_page_and_escape_closes_it(frame: Frame, editor: QTextEdit, qtbot: QtBot) -> None:
    frame.resize(*NARROW)
    frame.show_note(None)
    foot = frame.page.foot._drawer
    foot.click()
    assert frame.inspector.isVisible()
    assert not frame.inspector.geometry().intersects(frame.page.foot.geometry().translated(frame.page.pos()))

    editor.setFocus()
    QTest.keyClick(editor, Qt.Key.Key_Escape)

    assert not frame.inspector.isVisible()
    assert not foot.isChecked()


def test_a_frame_made_wide_again_has_no_drawer(frame: Frame) -> None:
    frame.resize(*NARROW)
    frame.show_note(None)
    frame.page.foot._drawer.click()

    frame.resize(*WIDE)

    assert not frame.columns.is_drawer_open
    assert frame.inspector.isVisible()
    assert frame.inspector.height() == frame.columns.height()


@pytest.mark.parametrize(("key", "signal"), [(Qt.Key.Key_N, "new_note_asked"), (Qt.Key.Key_S, "save_asked")])
def test_chords_are_heard_while_writing(
    frame: Frame, editor: QTextEdit, qtbot: QtBot, key: Qt.Key, signal: str
) -> None:
    frame.show_note(None)
    editor.setFocus()

    with qtbot.waitSignal(getattr(frame, signal)):
        QTest.keyClick(editor, key, Qt.KeyboardModifier.ControlModifier)


def test_ctrl_f_goes_to_the_search(frame: Frame, editor: QTextEdit, qtbot: QtBot) -> None:
    frame.show_note(None)
    editor.setFocus()

    QTest.keyClick(editor, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)

    assert frame.list.line.field.hasFocus()


def test_enter_in_the_list_goes_to_the_note(frame: Frame, editor: QTextEdit, qtbot: QtBot) -> None:
    frame.show_notes([listed_note(1, "S")])
    frame.show_note(listed_note(1, "S").uid)
    frame.list.view.setFocus()

    QTest.keyClick(frame.list.view, Qt.Key.Key_Return)

    assert editor.hasFocus()


def test_tab_goes_from_left_to_right_and_reaches_everything(frame: Frame, qtbot: QtBot) -> None:
    frame.show_notes([listed_note(1, "S")])
    frame.show_note(listed_note(1, "S").uid)
    frame.rail._all.setFocus()
    columns = (frame.rail, frame.list, frame.page, frame.inspector)

    order = [next(column for column in columns if column.isAncestorOf(one)) for one in walk(frame, qtbot)]

    places = [columns.index(one) for one in order]
    assert places == sorted(places)
    assert set(places) == {0, 1, 2, 3}


def walk(frame: Frame, qtbot: QtBot) -> Iterator[QWidget]:
    """Every widget Tab reaches, once round."""
    first = QApplication.focusWidget()
    now = first
    while now is not None:
        yield now
        QTest.keyClick(now, Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        if now is first:
            return


def test_everything_tab_reaches_has_a_name(frame: Frame, qtbot: QtBot) -> None:
    frame.show_note(None)
    frame.show_marking(marking("S", None))
    frame.rail._all.setFocus()

    assert [type(one).__name__ for one in walk(frame, qtbot) if not one.accessibleName()] == []


def test_the_window_is_never_named_after_a_note(frame: Frame) -> None:
    frame.setWindowTitle("Point de situation")

    assert frame.windowTitle() == "Cloison"


def test_what_is_kept_is_said_with_its_time(frame: Frame) -> None:
    local = NOW.astimezone()
    foot = frame.page.foot._saved

    frame.show_saved(None, revision=None)
    assert foot.text() == "Not saved yet"
    frame.show_saved(NOW - timedelta(days=400), revision=None)
    assert foot.text() == "Draft kept on 18 October 2025"
    frame.show_saved(NOW - timedelta(days=400), revision=3)
    assert foot.text() == "Saved on 18 October 2025 · revision 3"
    frame.show_saved(None, revision=2)
    assert foot.text() == "revision 2"
    assert local.minute == NOW.minute


def test_in_the_narrowest_window_the_number_of_the_revision_is_seen_whole(frame: Frame) -> None:
    frame.show_note(None)
    frame.show_saved(NOW - timedelta(days=400), revision=128)
    assert frame.page.foot._saved.lines == ("Saved on 18 October 2025 · revision 128",)

    frame.resize(*NARROW)

    foot = frame.page.foot._saved
    assert len(foot.lines) == 2
    assert foot.lines[1] == "revision 128"
    assert foot.height() >= 2 * foot.fontMetrics().height()


def test_a_sentence_goes_with_the_page_it_was_said_on(frame: Frame) -> None:
    frame.say("Sealed.", Tone.DONE)
    assert frame.page.notice.sentence == "Sealed."

    frame.show_note(None)

    assert frame.page.notice.sentence == ""


def test_a_foreign_title_is_plain_text(frame: Frame) -> None:
    assert frame.list.line.field.echoMode() is QLineEdit.EchoMode.Normal
    assert all(one.textFormat() is Qt.TextFormat.PlainText for one in frame.findChildren(QLabel) if one.text())


def test_closing_is_told(frame: Frame, qtbot: QtBot) -> None:
    with qtbot.waitSignal(frame.closed):
        frame.close()


def test_back_from_a_page_the_keys_go_to_the_text_and_not_to_a_mark(frame: Frame, editor: QTextEdit) -> None:
    page = QWidget()
    QVBoxLayout(page).addWidget(field := QLineEdit())
    frame.show_page(page)
    field.setFocus()
    assert field.hasFocus()

    frame.show_note(None)

    assert editor.hasFocus()


def test_a_note_that_goes_hands_the_keys_to_the_list(frame: Frame, editor: QTextEdit) -> None:
    frame.show_note(None)
    editor.setFocus()
    assert editor.hasFocus()

    frame.show_empty()

    assert frame.list.line.field.hasFocus()


def test_tab_stays_in_the_bar_of_commands(frame: Frame) -> None:
    frame.commands.show_commands(())
    assert frame.commands.field.hasFocus()

    QTest.keyClick(frame.commands.field, Qt.Key.Key_Tab)

    assert frame.commands.field.hasFocus()
    assert frame.commands.isVisible()
