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


class NoteTooLargeError(NotesError):
    """A note takes more than ``most`` bytes when it is stored, images included."""

    def __init__(self, most: int) -> None:
        super().__init__(f"a note of more than {most} bytes")
        self.most = most


class TableProblem(Enum):
    """Why rows of cells are no table of a note."""

    EMPTY = "empty"
    NOT_RECTANGULAR = "rows of different length"
    TOO_MANY_ROWS = "too many rows"
    TOO_MANY_COLUMNS = "too many columns"
    CELL_TOO_LONG = "a cell too long"
    TOO_MUCH_TEXT = "too much text"


class TableRefusedError(NotesError):
    """Rows of cells that are no table of a note; ``path`` names the row or the cell (``rows[3][0]``)."""

    def __init__(self, path: str, problem: TableProblem) -> None:
        super().__init__(f"{path}: {problem.value}")
        self.path = path
        self.problem = problem


class ImageProblem(Enum):
    """Why a picture cannot be an image of a note."""

    UNKNOWN_KIND = "unknown kind"
    DAMAGED = "damaged"
    TOO_LARGE = "too large"
    TOO_SLOW = "too slow"
    DESCRIPTION_TOO_LONG = "description too long"


class ImageRefusedError(NotesError):
    """A picture that cannot be an image of a note; ``kind`` is what a file of an unknown kind seems to be."""

    def __init__(self, problem: ImageProblem, *, kind: str | None = None) -> None:
        super().__init__(problem.value)
        self.problem = problem
        self.kind = kind


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
