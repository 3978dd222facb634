"""ASCII armor of age files, strict PEM (C2SP age, "ASCII armor"): base64 in lines of 64 columns between two marks.

White space may stand before and after, nowhere inside; lines end in LF or CRLF.
"""

import base64
import binascii
import re

from cloison_crypto.errors import ArmorError
from cloison_crypto.secrets import Buffer
from cloison_crypto.sources import ByteSource, ByteTarget, LookAheadSource

BEGIN = b"-----BEGIN AGE ENCRYPTED FILE-----"
END = b"-----END AGE ENCRYPTED FILE-----"
_COLUMNS = 64
_BYTES_PER_LINE = 48
_LONGEST_LINE = 80
_WHITE_SPACE = b" \t\r\n"
_PEEKED = 1024
_DASHES = b"-----"
_AGE = b"age-encryption.org/"
_CONTENT_LINE = re.compile(rb"[A-Za-z0-9+/]{1,64}={0,2}")


class ArmorWriter:
    """Armors what is written to it; give it to `age.Writer` as its target and close it afterwards."""

    __slots__ = ("_is_closed", "_pending", "_target")

    def __init__(self, target: ByteTarget) -> None:
        """Write the first mark."""
        self._target = target
        self._pending = bytearray()
        self._is_closed = False
        target.write(BEGIN + b"\n")

    def write(self, content: Buffer) -> None:
        """Take every byte; whole lines are written at once. Raises ValueError once closed."""
        if self._is_closed:
            raise ValueError("this armor has been closed")
        self._pending += content
        whole = len(self._pending) // _BYTES_PER_LINE * _BYTES_PER_LINE
        self._write_lines(self._pending[:whole])
        del self._pending[:whole]

    def close(self) -> None:
        """Write the last line and the last mark; `target` stays open. Harmless a second time."""
        if self._is_closed:
            return
        self._write_lines(self._pending)
        self._target.write(END + b"\n")
        self._is_closed = True

    def _write_lines(self, content: bytearray) -> None:
        encoded = base64.b64encode(content)
        lines = [encoded[start : start + _COLUMNS] + b"\n" for start in range(0, len(encoded), _COLUMNS)]
        self._target.write(b"".join(lines))


class ArmorReader:
    """Gives the bytes inside an armor; raises ArmorError for anything but its strict form."""

    __slots__ = ("_content", "_is_at_end", "_is_started", "_last_line_is_short", "_lines")

    def __init__(self, source: ByteSource) -> None:
        """Read from `source`, from the first mark to the end of the file."""
        self._lines = LookAheadSource(source)
        self._content = bytearray()
        self._is_started = False
        self._is_at_end = False
        self._last_line_is_short = False

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; none at the end."""
        if not self._is_started:
            self._read_begin()
        while len(self._content) < size and not self._is_at_end:
            self._read_line()
        taken = bytes(self._content[:size])
        del self._content[:size]
        return taken

    def _read_begin(self) -> None:
        line = self._lines.line(_LONGEST_LINE)
        while line.endswith(b"\n") and not line.strip(_WHITE_SPACE):
            line = self._lines.line(_LONGEST_LINE)
        if _without_end(line) != BEGIN or not line.endswith(b"\n"):
            raise ArmorError("the first mark is missing")
        self._is_started = True

    def _read_line(self) -> None:
        line = self._lines.line(_LONGEST_LINE)
        text = _without_end(line)
        if text == END:
            self._read_end()
            return
        if self._last_line_is_short or not line.endswith(b"\n"):
            raise ArmorError("the last mark is missing")
        content = _decoded(text)
        self._last_line_is_short = len(content) < _BYTES_PER_LINE
        self._content += content

    def _read_end(self) -> None:
        while line := self._lines.line(_LONGEST_LINE):
            if line.strip(_WHITE_SPACE):
                raise ArmorError("bytes follow the last mark")
        self._is_at_end = True


def unarmored(source: ByteSource) -> ByteSource:
    """The age file in `source`, armored or not, found out from its first kibibyte.

    What does not begin as an age file does and has a mark in it, were it a misspelt one, is taken for an armor, so that
    what is wrong with it is told as a fault of the armor.
    """
    ahead = LookAheadSource(source)
    start = ahead.peek(_PEEKED)
    is_armored = _DASHES in start and not start.startswith(_AGE)
    return ArmorReader(ahead) if is_armored else ahead


def _without_end(line: bytes) -> bytes:
    return line.removesuffix(b"\n").removesuffix(b"\r")


def _decoded(line: bytes) -> bytes:
    if len(line) > _COLUMNS or not _CONTENT_LINE.fullmatch(line):
        raise ArmorError("not a line of base64")
    try:
        content = base64.b64decode(line, validate=True)
    except binascii.Error as error:
        raise ArmorError("not a line of base64") from error
    if base64.b64encode(content) != line:
        raise ArmorError("the base64 is not canonical")
    return content
