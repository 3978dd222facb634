"""How far a long reading is, on standard error where that is a terminal."""

from __future__ import annotations

import time
from typing import BinaryIO, Final, Protocol, Self

from cloison.cli.environment import Environment
from cloison_crypto.sources import ByteSource

_EVERY_SECONDS: Final = 0.3
_MEBIBYTE: Final = 1024 * 1024
_CLEAR_LINE: Final = "\r\x1b[K"


class FillingSource(ByteSource, Protocol):
    """A source that reads into a buffer as well."""

    def readinto(self, buffer: memoryview, /) -> int:
        """Read into ``buffer``; the number of bytes, 0 at the end."""
        ...


def watched(source: FillingSource, here: Environment) -> ByteSource:
    """``source``, and on a terminal the count of what was read from it."""
    return WatchedSource(source, here.errors) if here.shows_progress else source


class WatchedSource:
    """A source that says how much was read, at most three times a second, and clears its line at the end."""

    def __init__(self, source: FillingSource, errors: BinaryIO) -> None:
        self._source = source
        self._errors = errors
        self._count = 0
        self._shown_at = time.monotonic()
        self._is_shown = False

    def read(self, size: int, /) -> bytes:
        """At most ``size`` bytes."""
        content = self._source.read(size)
        self._add(len(content))
        return content

    def readinto(self, buffer: memoryview, /) -> int:
        """Read into ``buffer``; the number of bytes, 0 at the end."""
        count = self._source.readinto(buffer)
        self._add(count)
        return count

    def _add(self, count: int) -> None:
        self._count += count
        now = time.monotonic()
        if count == 0 and self._is_shown:
            self._show(_CLEAR_LINE)
            self._is_shown = False
        elif now - self._shown_at >= _EVERY_SECONDS:
            self._shown_at = now
            self._is_shown = True
            self._show(f"{_CLEAR_LINE}{self._count // _MEBIBYTE} MiB")

    def _show(self, text: str) -> None:
        self._errors.write(text.encode())
        self._errors.flush()


class Counted:
    """A step that says on a terminal how much of how much is done, at most three times a second; clears its line."""

    def __init__(self, here: Environment) -> None:
        self._errors = here.errors if here.shows_progress else None
        self._shown_at = time.monotonic()
        self._is_shown = False

    def __call__(self, done: int, total: int) -> None:
        """``done`` of ``total`` bytes."""
        now = time.monotonic()
        if self._errors is not None and now - self._shown_at >= _EVERY_SECONDS:
            self._shown_at, self._is_shown = now, True
            self._errors.write(f"{_CLEAR_LINE}{done // _MEBIBYTE} / {total // _MEBIBYTE} MiB".encode())
            self._errors.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._errors is not None and self._is_shown:
            self._errors.write(_CLEAR_LINE.encode())
            self._errors.flush()
