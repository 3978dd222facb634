"""A disk that may lose power: what of the steps so far it holds for certain, and the states it may be found in.

Content is certain once its file was synced, a name once its folder was. Whatever else was written may be lost, kept, or
kept in part, sector by sector; of the names of one folder, a beginning is kept, as file systems journal them.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from stage.calls import Acknowledge, Cut, Make, Remove, Rename, Step, Sync, Write

SECTOR = 512
State = dict[Path, bytes | None]
"""What lies at each path: the content of a file, None for a folder."""


@dataclass(eq=False)
class _File:
    """A file, whatever it is called: ``content`` is certain, ``pending`` came since."""

    content: bytes = b""
    pending: list[Write | Cut] = field(default_factory=list)


@dataclass(eq=False)
class _Folder:
    """A folder: the names in it that are certain, and each change since; a name given to None is gone."""

    certain: dict[str, _Node] = field(default_factory=dict)
    now: dict[str, _Node] = field(default_factory=dict)
    pending: list[dict[str, _Node | None]] = field(default_factory=list)

    def change(self, names: dict[str, _Node | None]) -> None:
        """One change, in one step of the file system."""
        self.pending.append(names)
        _apply(self.now, names)


_Node = _File | _Folder
Keep = Callable[[list[Write | Cut]], list[Write | Cut]]
KeepNames = Callable[[list[dict[str, _Node | None]]], int]


class Disk:
    """The disk under ``root`` as it was, and as steps change it."""

    def __init__(self, root: Path) -> None:
        self._root_path = root
        self._root = _folder_from(root)
        self.is_acknowledged = False

    def take(self, step: Step) -> None:
        """Do one step."""
        match step:
            case Write(path=path) | Cut(path=path):
                node = self._find(path)
                if isinstance(node, _File):  # what has no name any more comes back for nobody
                    node.pending.append(step)
            case Sync(path=path):
                _sync(self._find(path))
            case Make(path=path, is_folder=is_folder):
                if self._find(path) is None:
                    self._parent(path).change({path.name: _Folder() if is_folder else _File()})
            case Rename():
                self._rename(step)
            case Remove(path=path):
                self._parent(path).change({path.name: None})
            case Acknowledge():
                self.is_acknowledged = True

    def lost(self) -> State:
        """Nothing but what is certain."""
        return self._state(lambda pending: [], lambda names: 0)

    def kept(self) -> State:
        """All of it."""
        return self._state(lambda pending: pending, len)

    def torn(self, draw: random.Random) -> State:
        """A part of it, drawn anew each time."""
        likely = draw.choice((0.1, 0.5, 0.9))

        def some(pending: list[Write | Cut]) -> list[Write | Cut]:
            return [part for step in pending if draw.random() < likely for part in _sectors(step, draw)]

        return self._state(some, lambda names: draw.randint(0, len(names)))

    def _rename(self, step: Rename) -> None:
        moved = self._find(step.path)
        if step.path.parent == step.to.parent:
            self._parent(step.to).change({step.path.name: None, step.to.name: moved})
        else:
            self._parent(step.to).change({step.to.name: moved})
            self._parent(step.path).change({step.path.name: None})

    def _find(self, path: Path) -> _Node | None:
        node: _Node | None = self._root
        for name in path.relative_to(self._root_path).parts:
            node = node.now.get(name) if isinstance(node, _Folder) else None
        return node

    def _parent(self, path: Path) -> _Folder:
        folder = self._find(path.parent)
        assert isinstance(folder, _Folder), path
        return folder

    def _state(self, keep: Keep, keep_names: KeepNames) -> State:
        return dict(_found(self._root, self._root_path, keep, keep_names))


def put(state: State) -> None:
    """Lay a state down where nothing is."""
    for path, content in state.items():
        if content is None:
            path.mkdir()
        else:
            path.write_bytes(content)


def _folder_from(path: Path) -> _Folder:
    names: dict[str, _Node] = {
        one.name: _folder_from(one) if one.is_dir() else _File(content=one.read_bytes()) for one in path.iterdir()
    }
    return _Folder(certain=names, now=dict(names))


def _found(folder: _Folder, path: Path, keep: Keep, keep_names: KeepNames) -> Iterator[tuple[Path, bytes | None]]:
    """A folder and all in it, from the top down."""
    yield path, None
    names = dict(folder.certain)
    for change in folder.pending[: keep_names(folder.pending)]:
        _apply(names, change)
    for name, node in sorted(names.items()):
        if isinstance(node, _Folder):
            yield from _found(node, path / name, keep, keep_names)
        else:
            yield path / name, _content(node, keep(node.pending))


def _sync(node: _Node | None) -> None:
    match node:
        case _Folder():
            node.certain = dict(node.now)
            node.pending = []
        case _File():
            node.content = _content(node, node.pending)
            node.pending = []


def _apply(names: dict[str, _Node], change: dict[str, _Node | None]) -> None:
    for name, node in change.items():
        if node is None:
            names.pop(name, None)
        else:
            names[name] = node


def _content(file: _File, kept: list[Write | Cut]) -> bytes:
    if not kept:
        return file.content
    content = bytearray(file.content)
    for step in kept:
        size = step.size if isinstance(step, Cut) else step.offset + len(step.data)
        if isinstance(step, Cut):
            del content[size:]
        if len(content) < size:
            content += bytes(size - len(content))
        if isinstance(step, Write):
            content[step.offset : size] = step.data
    return bytes(content)


def _sectors(step: Write | Cut, draw: random.Random) -> list[Write | Cut]:
    """A write, whole or in some of its sectors."""
    if isinstance(step, Cut) or len(step.data) <= SECTOR or draw.random() < 0.5:
        return [step]
    parts: list[Write | Cut] = []
    start = step.offset - step.offset % SECTOR
    for place in range(start, step.offset + len(step.data), SECTOR):
        first, last = max(place, step.offset), min(place + SECTOR, step.offset + len(step.data))
        if draw.random() < 0.5:
            parts.append(Write(step.path, first, step.data[first - step.offset : last - step.offset]))
    return parts
