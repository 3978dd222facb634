"""What can be wrong with a command itself, before any action is called."""

from __future__ import annotations


class UsageError(Exception):
    """The command cannot be understood: ``message`` is a message of the catalogue, ``values`` fill its places."""

    def __init__(self, message: str, /, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values = values


class KeyFileError(Exception):
    """A key file, or a secret that was given, cannot be used; ``message`` and ``values`` as above."""

    def __init__(self, message: str, /, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values = values


class EndOfRun(Exception):  # noqa: N818 - not an error: the answer was already given
    """A run that ends with ``code``, everything said."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code
