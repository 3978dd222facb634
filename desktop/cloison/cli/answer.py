"""How a command answers: sentences and tables for a person, or one JSON object for a program.

With ``--json`` the object alone goes to standard output, and sentences to standard error. Text from files and people is
made visible on its way out: a terminal would obey what is hidden in it.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
from typing import BinaryIO, Final

from cloison.wording.plain import on_one_line, visible

Json = None | bool | int | str | list["Json"] | dict[str, "Json"]

_GAP: Final = "  "
_CLEAR_LINE: Final = "\r\x1b[K"
_WIDE: Final = ("W", "F")


class Answer:
    """Where the answer of one run goes."""

    def __init__(self, output: BinaryIO, errors: BinaryIO, *, as_json: bool) -> None:
        self.as_json = as_json
        self._output = output
        self._errors = errors
        self._is_in_progress = False

    def say(self, sentence: str) -> None:
        """A sentence about what was done."""
        self._end_progress()
        if self.as_json:
            _write(self._errors, visible(sentence))
        else:
            self._put(visible(sentence))

    def warn(self, sentence: str) -> None:
        """A sentence that must be seen whatever happens to the output."""
        self._end_progress()
        _write(self._errors, visible(sentence))

    def progress(self, line: str) -> None:
        """How far long work is, on a terminal: one line that the next one takes the place of."""
        self._errors.write(f"{_CLEAR_LINE}{visible(line)}".encode("utf-8", "backslashreplace"))
        self._errors.flush()
        self._is_in_progress = True

    def table(self, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Columns for a person; a program has the object."""
        self._end_progress()
        if self.as_json:
            return
        cells = [[on_one_line(cell) for cell in row] for row in (headers, *rows)]
        widths = [max(map(_columns, column)) for column in zip(*cells, strict=True)]
        for row in cells:
            line = _GAP.join(cell + " " * (width - _columns(cell)) for cell, width in zip(row, widths, strict=True))
            self._put(line.rstrip())

    def give(self, **keys: Json) -> None:
        """The object, for a program; a person has the sentences."""
        if self.as_json:
            self._put(json.dumps(keys, ensure_ascii=False))

    def _put(self, line: str) -> None:
        """A line for standard output, which may lie on a disk; raises ``OutputError``, and ``BrokenPipeError``."""
        try:
            _write(self._output, line)
        except BrokenPipeError:
            raise
        except OSError as error:
            from cloison.cli.inputs import STANDARD
            from cloison.cli.streams import OutputError
            from cloison.vault.files import problem_of

            raise OutputError(problem_of(error), file=STANDARD) from error

    def _end_progress(self) -> None:
        if self._is_in_progress:
            self._errors.write(_CLEAR_LINE.encode())
            self._errors.flush()
            self._is_in_progress = False


def _write(stream: BinaryIO, line: str) -> None:
    # A lone surrogate, as file names may hold, is left as the escape that JSON knows.
    stream.write(f"{line}\n".encode("utf-8", "backslashreplace"))
    stream.flush()


def _columns(text: str) -> int:
    return sum(_width(character) for character in text)


def _width(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
        return 0
    return 2 if unicodedata.east_asian_width(character) in _WIDE else 1
