"""What can be wrong with a note, as facts; the sentences are in ``cloison.wording``."""

from __future__ import annotations

from enum import Enum


class NotesError(Exception):
    """Root of what this layer raises."""


class UnmarkedPortionsError(NotesError):
    """Portions that carry no mark yet: ``numbers``, where 0 is the title."""

    def __init__(self, numbers: tuple[int, ...]) -> None:
        super().__init__(f"unmarked portions: {', '.join(map(str, numbers))}")
        self.numbers = numbers


class UnknownPortionError(NotesError):
    """The note has no portion of that ``number``; ``last`` is its highest."""

    def __init__(self, number: int, *, last: int) -> None:
        super().__init__(f"no portion {number}, the last is {last}")
        self.number = number
        self.last = last


class LoweringNeedsReasonError(NotesError):
    """A mark would fall on portions ``numbers`` and nobody said why."""

    def __init__(self, numbers: tuple[int, ...]) -> None:
        super().__init__(f"a reason is needed to lower portions {', '.join(map(str, numbers))}")
        self.numbers = numbers


class DecisionRequiredError(NotesError):
    """The marks cannot be rolled up without a person's decision: permissive marks that exclude each other."""

    def __init__(self, tag_sets: tuple[str, ...]) -> None:
        super().__init__(f"decision required on {', '.join(tag_sets)}")
        self.tag_sets = tag_sets


class NothingToReadError(NotesError):
    """There is nothing in the note that this reader may read."""


class NoteFormatError(NotesError):
    """Stored or received bytes are not a note; ``path`` names the place."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class ImportProblem(Enum):
    """Why a file cannot become a note."""

    EMPTY = "empty"
    TOO_LARGE = "too large"
    NOT_TEXT = "not text"
    UNKNOWN_KIND = "unknown kind"
    DAMAGED = "damaged"


class ImportRefusedError(NotesError):
    """A file handed in cannot become a note."""

    def __init__(self, problem: ImportProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem
