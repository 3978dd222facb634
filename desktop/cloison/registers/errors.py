"""What can be wrong with a register, as facts."""

from __future__ import annotations

from datetime import datetime


class RegistersError(Exception):
    """Root of what this layer raises."""


class BrokenChainError(RegistersError):
    """A register was altered: ``sequence`` is its first bad entry."""

    def __init__(self, sequence: int) -> None:
        super().__init__(f"entry {sequence} does not follow from the one before")
        self.sequence = sequence


class ClockSetBackError(RegistersError):
    """The clock stands before the last register entry, of ``latest``: whatever would be dated now is refused."""

    def __init__(self, latest: datetime) -> None:
        super().__init__(latest.isoformat())
        self.latest = latest


class EntryFormatError(RegistersError):
    """Stored bytes are not a register entry; ``path`` names the place."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path
