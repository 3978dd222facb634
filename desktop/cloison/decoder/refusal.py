"""Why a picture is not decoded; the numbers are part of the answer and never change their meaning."""

from __future__ import annotations

from enum import Enum


class Refusal(Enum):
    """The first byte of an answer without a picture."""

    UNKNOWN_KIND = 1
    DAMAGED = 2
    TOO_LARGE = 3
    ENCRYPTED = 4
    NO_SANDBOX = 5


class RefusedError(Exception):
    """This file gives no picture."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.name)
        self.refusal = refusal
