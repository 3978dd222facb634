"""The one door through which parsed JSON enters: typed reading of an object's fields, faults named by their path."""

import base64
import binascii
import re
from datetime import UTC, datetime
from typing import TypeAlias

from cloison_crypto.errors import CanonicalError

Json: TypeAlias = bool | int | str | list["Json"] | dict[str, "Json"] | None

LARGEST_INTEGER = 2**53 - 1
LONGEST_TEXT = 4096

_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_HEX = re.compile(r"[0-9a-f]*")


class Fields:
    """The fields of one JSON object, each read once by its type; every failure is a CanonicalError with the path.

    `finish` refuses what nobody asked for, so that a format says everything it allows.
    """

    __slots__ = ("_path", "_unread", "_value")

    def __init__(self, value: Json, path: str = "") -> None:
        """Take `value`, found at `path`; raises CanonicalError when it is not an object."""
        if not isinstance(value, dict):
            raise CanonicalError(path, "not an object")
        self._value = value
        self._path = path
        self._unread = set(value)

    @classmethod
    def of(cls, value: "Json | Fields") -> "Fields":
        """Take a parsed value, or fields that a larger object has already given a path."""
        return value if isinstance(value, Fields) else cls(value)

    @property
    def path(self) -> str:
        """Where the object was found; empty for the outermost."""
        return self._path

    def has(self, key: str) -> bool:
        """Whether `key` is there with a value; `null` is the same as absent."""
        if self._value.get(key) is not None:
            return True
        self._unread.discard(key)
        return False

    def text(self, key: str, *, limit: int = LONGEST_TEXT) -> str:
        """A string of at most `limit` code points."""
        return self._short_text(self._take(key), join(self._path, key), limit)

    def optional_text(self, key: str, *, limit: int = LONGEST_TEXT) -> str | None:
        """The same, or None where the field is absent or null."""
        return self.text(key, limit=limit) if self.has(key) else None

    def literal(self, key: str, expected: str) -> None:
        """Insist on one string: a version mark, a kind."""
        if self.text(key) != expected:
            raise self._fault(key, f"not {expected}")

    def integer(self, key: str, *, low: int = 0, high: int = LARGEST_INTEGER) -> int:
        """An integer from `low` to `high`, both included."""
        value = self._take(key)
        if type(value) is not int:
            raise self._fault(key, "not an integer")
        if not low <= value <= high:
            raise self._fault(key, f"not between {low} and {high}")
        return value

    def flag(self, key: str) -> bool:
        """True or false."""
        value = self._take(key)
        if not isinstance(value, bool):
            raise self._fault(key, "not true or false")
        return value

    def object(self, key: str) -> "Fields":
        """A nested object."""
        return Fields(self._take(key), join(self._path, key))

    def items(self, key: str) -> "list[Fields]":
        """A list of objects."""
        path = join(self._path, key)
        return [Fields(item, f"{path}[{index}]") for index, item in enumerate(self._list(key))]

    def texts(self, key: str, *, limit: int = LONGEST_TEXT) -> list[str]:
        """A list of strings, each of at most `limit` code points."""
        path = join(self._path, key)
        return [self._short_text(item, f"{path}[{index}]", limit) for index, item in enumerate(self._list(key))]

    def hex(self, key: str, length: int) -> str:
        """A string of exactly `length` lower-case hexadecimal characters, kept as text."""
        value = self.text(key)
        if len(value) != length or not _HEX.fullmatch(value):
            raise self._fault(key, f"not {length} lower-case hexadecimal characters")
        return value

    def base64(self, key: str, length: int | None = None, *, limit: int = 2**24) -> bytes:
        """Bytes from padded standard base64 in its only spelling: exactly `length` of them where given."""
        value = self.text(key, limit=limit)
        try:
            content = base64.b64decode(value, validate=True)
        except (binascii.Error, ValueError) as error:
            raise self._fault(key, "not base64") from error
        if base64_text(content) != value:
            raise self._fault(key, "not canonical base64")
        if length is not None and len(content) != length:
            raise self._fault(key, f"not {length} bytes long")
        return content

    def time(self, key: str) -> datetime:
        """A moment as `YYYY-MM-DDTHH:MM:SSZ`, aware, in UTC."""
        value = self.text(key)
        try:
            moment = datetime.fromisoformat(value)
        except ValueError as error:
            raise self._fault(key, "not a time") from error
        if not _TIME.fullmatch(value):
            raise self._fault(key, "not a time in UTC to the second")
        return moment

    def finish(self) -> None:
        """Refuse any field that was not read."""
        if self._unread:
            raise self._fault(min(self._unread), "unknown field")

    def _take(self, key: str) -> Json:
        if key not in self._value:
            raise self._fault(key, "missing")
        self._unread.discard(key)
        return self._value[key]

    def _list(self, key: str) -> list[Json]:
        value = self._take(key)
        if not isinstance(value, list):
            raise self._fault(key, "not a list")
        return value

    def _fault(self, key: str, reason: str) -> CanonicalError:
        return CanonicalError(join(self._path, key), reason)

    @staticmethod
    def _short_text(value: Json, path: str, limit: int) -> str:
        if not isinstance(value, str):
            raise CanonicalError(path, "not text")
        if len(value) > limit:
            raise CanonicalError(path, f"longer than {limit} characters")
        return value


def join(path: str, key: str) -> str:
    """The path of `key` inside the object at `path`."""
    return f"{path}.{key}" if path else key


def time_text(moment: datetime) -> str:
    """Spell an aware moment as `YYYY-MM-DDTHH:MM:SSZ`; fractions of a second are dropped."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def base64_text(content: bytes) -> str:
    """Padded standard base64 (RFC 4648, 4)."""
    return base64.b64encode(content).decode()
