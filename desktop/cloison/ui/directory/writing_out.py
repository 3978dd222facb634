"""Bytes of the directory on their way out – a card, a list, a policy – to a file whose name nothing else bears."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

from cloison.actions.files import write_part
from cloison.ui.directory.view import DirectoryView
from cloison.ui.lane import Task


def write_out(view: DirectoryView, path: Path, content: bytes, then: Callable[[Path], None]) -> None:
    """Write away from the records; ``then`` hears under which name: a number is added to one that is taken."""

    def write(task: Task) -> Path:
        return write_part(_free(path), content).publish()

    view.clerk.work(view, write, then, refused=view.refuse)


def _free(path: Path) -> Path:
    """That path, or the first of the same name with a number after it that nothing bears."""
    names = (path if number == 1 else path.with_stem(f"{path.stem}-{number}") for number in itertools.count(1))
    return next(one for one in names if not one.exists())
