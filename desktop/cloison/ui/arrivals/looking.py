"""Reading one package or receipt over both lanes: what the checks need is in the records, they run in the work lane.

The file is read once; what its second entry is called tells which of the two doors it is for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from cloison.actions.open_package import is_long, look_at, receiver, sealed_bytes
from cloison.actions.session import Session, session_on
from cloison.actions.take_receipt import receipt_checks
from cloison.dissemination.checks import Milestone, Opened, Receiver
from cloison.dissemination.opening import Waiting, examine
from cloison.dissemination.receipt_file import OpenedReceipt, is_receipt, open_receipt
from cloison.ui.arrivals.history import HistoryAcrossLanes, ask_records
from cloison.ui.clerk import EXPECTED, Clerk
from cloison.ui.lane import Task

Look = Opened | Waiting | OpenedReceipt | Exception


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ready:
    """What to check with, and the sealed file where it lies in quarantine."""

    checks: Receiver
    sealed: bytes | None


def look(
    clerk: Clerk,
    owner: QObject,
    source: Path | str,
    then: Callable[[Look], None],
    *,
    refused: Callable[[str], None],
    passed: Callable[[Milestone], None],
) -> None:
    """Check the file at a path, or the package of that uid in quarantine; ``then`` hears what came of it."""

    def check(ready: _Ready) -> None:
        clerk.work(
            owner,
            partial(_run, clerk, source, ready),
            then,
            refused=refused,
            progress=lambda step: passed(Milestone(step.done)),
        )

    clerk.ask(owner, lambda session: _ready(session, source), check, refused=refused)


def _ready(session: Session, source: Path | str) -> _Ready:
    if isinstance(source, Path):
        return _Ready(checks=receiver(session), sealed=None)
    # A session keeps the policies it began with, and the one that was missing may have been taken in since.
    fresh = session_on(session.vault, settings=session.settings, clock=session.clock, randomness=session.randomness)
    return _Ready(checks=receiver(fresh), sealed=session.vault.quarantine.sealed(source))


def _run(clerk: Clerk, source: Path | str, ready: _Ready, task: Task) -> Look:
    runner = clerk.kit.runner
    across = replace(
        ready.checks,
        history=HistoryAcrossLanes(runner, ready.checks.history),
        passed=lambda milestone: task.report(done=milestone.value, total=len(Milestone)),
    )
    try:
        if isinstance(source, Path) and is_long(source):  # No receipt is, and nothing that long is held in memory.
            return look_at(source, across)
        sealed = sealed_bytes(source) if isinstance(source, Path) else ready.sealed or b""
        if is_receipt(sealed, across.identities):
            return open_receipt(sealed, ask_records(runner, lambda: receipt_checks(clerk.session)))
        return examine(sealed, across)
    except EXPECTED as error:
        return error
