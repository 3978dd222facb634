"""The shown mark of a paragraph, a table or an image covers the true mark of everything in it, whatever is done to it.

The walk itself is in ``walk``; its long form is ``tests/fuzz/editor_walk.py``.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from cloison.actions.compartments import add_compartment
from cloison.labels.label import new_label
from cloison.labels.library import built_in
from cloison.ui.editor.cells import Cells
from cloison.ui.editor.guard import Guard
from cloison.ui.editor.plan import Plan
from cloison.ui.editor.replacement_field import ReplacementField
from cloison.ui.editor.standing import UNMARKED, Standing, covers, is_same
from cloison.ui.kit import Kit
from service import START as NOW
from service import Clock, new_vault
from walk import NOTHING, Desk, LeakError, Walk

EDITS = 3000
SEEDS = range(10)
SABOTAGED = 40


@pytest.fixture
def walks(qtbot: QtBot, kit: Kit, tmp_path: Path, clock: Clock) -> Iterator[Callable[[int], Walk]]:
    session = new_vault(tmp_path / "vault", "Officier", clock)
    compartment = add_compartment(session, "Alpha", ceiling=None, need_to_know=False)
    desk = Desk(kit=kit, session=session, compartment_id=compartment.id, clock=clock)

    def walk(seed: int) -> Walk:
        QGuiApplication.clipboard().clear()
        made = Walk(desk, seed)
        qtbot.addWidget(made.editor)
        return made

    yield walk
    QGuiApplication.clipboard().clear()
    session.vault.close()


@pytest.mark.parametrize("seed", SEEDS)
def test_the_shown_mark_always_covers_the_true_one(walks: Callable[[int], Walk], seed: int) -> None:
    walk = walks(seed)

    for _ in range(EDITS // len(SEEDS)):
        walk.step()
        walk.check_note()


def without_guard(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Guard, "_apply", lambda *arguments: [])


def without_relatives(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Cells, "_reach", lambda *arguments: set())


def without_arrivals(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Plan, "_spread", lambda plan, arrivals, count: [None] * count)


def without_worth_of_the_bar(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(ReplacementField, "take", lambda field, source: field.insert(source.text().replace("\n", " ")))


def without_floors_of_drafts(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("cloison.vault.draft_store.DraftStore.changes", lambda store, uid: ())


def without_marks_of_today(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("cloison.notes.restoring._joined", lambda policy, labels, now: labels[0])


def without_raises_since(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("cloison.notes.restoring._Restoring._rises", lambda restoring, change: False)


def without_parting(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Guard, "_part", lambda guard, blocks: 0)


def without_worth_of_files(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("cloison.ui.editor.passages.of_portion", lambda portion, floor: NOTHING)


# What is kept, lost or restored wrongly shows only where that happens often.
OFTEN = 8
SABOTAGES = [
    pytest.param(without_guard, 1),
    pytest.param(without_relatives, 1),
    pytest.param(without_arrivals, 1),
    pytest.param(without_worth_of_the_bar, 1),
    pytest.param(without_floors_of_drafts, OFTEN),
    pytest.param(without_marks_of_today, OFTEN),
    pytest.param(without_raises_since, OFTEN),
    pytest.param(without_parting, 1),
    pytest.param(without_worth_of_files, 1),
]


@pytest.mark.parametrize(("sabotage", "comings_and_goings"), SABOTAGES)
def test_the_check_fails_once_a_part_of_the_guard_is_gone(
    walks: Callable[[int], Walk],
    monkeypatch: pytest.MonkeyPatch,
    sabotage: Callable[[pytest.MonkeyPatch], None],
    comings_and_goings: int,
) -> None:
    sabotage(monkeypatch)

    with pytest.raises((LeakError, AssertionError, KeyError)):
        for seed in range(SABOTAGED):
            walk = walks(seed)
            walk.comings_and_goings = comings_and_goings
            for _ in range(EDITS // len(SEEDS)):
                walk.step()
                walk.check_note()


def test_the_order_of_the_test_is_the_order_of_the_product() -> None:
    policy = built_in("FR")
    low, high = (
        Standing(label=new_label(policy, classification=name, created=NOW), is_settled=True)
        for name in ("NON PROTÉGÉ", "SECRET")
    )

    assert covers(policy, high, low)
    assert not covers(policy, low, high)
    assert not covers(policy, high, UNMARKED)
    assert not covers(policy, UNMARKED, high)
    assert is_same(low, Standing(label=low.label, is_settled=True))
