"""What a process did to files, read from strace: every write, its place and content, every sync, name and folder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

OPTIONS = (
    "-y",
    "-xx",
    "-s",
    "100000000",
    "-e",
    "trace=openat,creat,lseek,write,pwrite64,fsync,fdatasync,ftruncate,rename,renameat,renameat2,unlink,unlinkat,"
    "mkdir,mkdirat,rmdir,writev,pwritev,pwritev2,sendfile,copy_file_range,fallocate,truncate,link,linkat,symlink",
)
ACKNOWLEDGED = "acknowledged"
"""Whoever removes a file of this name, which is not there, says that the act is done."""

_CALL = re.compile(r"^(?:\d+ +)?(\w+)\((.*)\) += (-?\d+)(?:<[^>]*>)?")
_FOLDER = re.compile(r"^(?:AT_FDCWD|\d+)(?:<([^>]*)>)?$")
_DESCRIPTOR = re.compile(r"^(\d+)<([^>]*)>$")
_UNKNOWN = frozenset(
    (
        "writev",
        "pwritev",
        "pwritev2",
        "sendfile",
        "copy_file_range",
        "fallocate",
        "truncate",
        "link",
        "linkat",
        "symlink",
    )
)


@dataclass(frozen=True, slots=True)
class Write:
    """Bytes put somewhere in a file."""

    path: Path
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Cut:
    """A file given a size."""

    path: Path
    size: int


@dataclass(frozen=True, slots=True)
class Sync:
    """A file or folder brought to the disk."""

    path: Path


@dataclass(frozen=True, slots=True)
class Make:
    """A new file, or a new folder."""

    path: Path
    is_folder: bool


@dataclass(frozen=True, slots=True)
class Rename:
    """Another name."""

    path: Path
    to: Path


@dataclass(frozen=True, slots=True)
class Remove:
    """A file or folder removed."""

    path: Path


@dataclass(frozen=True, slots=True)
class Acknowledge:
    """The process says that the act is done."""


Step = Write | Cut | Sync | Make | Rename | Remove | Acknowledge


def steps(log: Path, root: Path) -> list[Step]:
    """What was done under ``root``, in order."""
    return list(_Reader(root).read(log))


class _Reader:
    def __init__(self, root: Path) -> None:
        self._root = root
        self._positions: dict[int, int] = {}

    def read(self, log: Path) -> Iterator[Step]:
        for line in log.read_text(encoding="ascii").splitlines():
            if (call := _CALL.match(line)) is None:
                if "unfinished" in line or "resumed" in line:
                    raise ValueError(f"two threads at once: {line[:200]}")
                continue
            name, given, result = call[1], call[2].split(", "), int(call[3])
            if name in ("unlink", "unlinkat") and _text(given[-1 if name == "unlink" else 1]).endswith(ACKNOWLEDGED):
                yield Acknowledge()
            elif result >= 0:
                yield from (step for step in self._step(name, given, result) if self._is_ours(step))

    def _is_ours(self, step: Step) -> bool:
        return isinstance(step, Acknowledge) or step.path.is_relative_to(self._root)

    def _step(self, name: str, given: list[str], result: int) -> Iterator[Step]:
        match name:
            case "openat":
                yield from self._opened(given, result)
            case "lseek":
                self._positions[_descriptor(given[0])[0]] = result
            case "write":
                number, path = _descriptor(given[0])
                offset = self._positions.get(number, 0)
                self._positions[number] = offset + result
                yield Write(path, offset, _bytes(given[1])[:result])
            case "pwrite64":
                yield Write(_descriptor(given[0])[1], int(given[-1]), _bytes(given[1])[:result])
            case "fsync" | "fdatasync":
                yield Sync(_descriptor(given[0])[1])
            case "ftruncate":
                yield Cut(_descriptor(given[0])[1], int(given[1]))
            case _:
                yield from _names(name, given)

    def _opened(self, given: list[str], descriptor: int) -> Iterator[Step]:
        path, flags = _joined(given[0], given[1]), given[2]
        self._positions[descriptor] = 0
        if "O_CREAT" in flags:
            yield Make(path, is_folder=False)
        if "O_TRUNC" in flags:
            yield Cut(path, 0)


def _names(name: str, given: list[str]) -> Iterator[Step]:
    here = "AT_FDCWD"
    match name:
        case "rename":
            yield Rename(_joined(here, given[0]), _joined(here, given[1]))
        case "renameat" | "renameat2":
            yield Rename(_joined(given[0], given[1]), _joined(given[2], given[3]))
        case "unlink" | "rmdir":
            yield Remove(_joined(here, given[0]))
        case "unlinkat":
            yield Remove(_joined(given[0], given[1]))
        case "mkdir":
            yield Make(_joined(here, given[0]), is_folder=True)
        case "mkdirat":
            yield Make(_joined(given[0], given[1]), is_folder=True)
        case _ if name in _UNKNOWN:
            raise ValueError(f"{name} is not replayed")


def _descriptor(text: str) -> tuple[int, Path]:
    found = _DESCRIPTOR.match(text)
    if found is None:
        return -1, Path("/nowhere")
    return int(found[1]), Path(_unescaped(found[2]).decode(errors="surrogateescape"))


def _joined(folder: str, name: str) -> Path:
    found = _FOLDER.match(folder)
    base = _unescaped(found[1]).decode() if found is not None and found[1] else "/"
    return Path(base, _text(name))


def _text(quoted: str) -> str:
    return _bytes(quoted).decode(errors="surrogateescape")


def _bytes(quoted: str) -> bytes:
    return _unescaped(quoted.strip().strip('"'))


def _unescaped(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", "")) if text.startswith("\\x") else text.encode()
