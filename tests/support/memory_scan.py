"""Searches the memory of processes for what must not be there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path


def forms_in_memory(text: str) -> tuple[bytes, ...]:
    """The encodings text has in a process."""
    return text.encode(), text.encode("utf-16-le"), text.encode("utf-32-le")


def forms_of_key(key: bytes) -> tuple[bytes, ...]:
    """A key as it is, and as hexadecimal text."""
    return key, *forms_in_memory(key.hex()), *forms_in_memory(key.hex().upper())


def holds(process: int, forms: Iterable[bytes]) -> bool:
    """Whether the memory of a process holds one of ``forms``; only root may look."""
    wanted = tuple(forms)
    return any(one in part for part in _parts(process) for one in wanted)


def _parts(process: int) -> Iterator[bytes]:
    maps = Path(f"/proc/{process}/maps").read_text(encoding="ascii", errors="replace").splitlines()
    with open(f"/proc/{process}/mem", "rb", buffering=0) as memory:  # noqa: PTH123 - unbuffered
        for line in maps:
            span, rights, *_ = line.split()
            if not rights.startswith("rw"):
                continue
            start, end = (int(one, 16) for one in span.split("-"))
            with suppress(OSError, ValueError, OverflowError):
                memory.seek(start)
                yield memory.read(end - start)
