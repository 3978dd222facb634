"""What can come of a task, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Done(Generic[T]):
    """The task ended; ``value`` is what it returned."""

    value: T


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """The task raised one of the errors it said it might."""

    error: Exception


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancelled:
    """The task was cancelled before it ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crashed:
    """The task raised what nobody expected: our bug."""

    error: BaseException


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """How far a task has come."""

    done: int
    total: int


Outcome = Done[T] | Failed | Cancelled
