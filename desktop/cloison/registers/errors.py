"""What can be wrong with a register, as facts."""

from __future__ import annotations


class RegistersError(Exception):
    """Root of what this layer raises."""


class BrokenChainError(RegistersError):
    """A register was altered: ``sequence`` is its first bad entry."""

    def __init__(self, sequence: int) -> None:
        super().__init__(f"entry {sequence} does not follow from the one before")
        self.sequence = sequence


class EntryFormatError(RegistersError):
    """Stored bytes are not a register entry; ``path`` names the place."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path
