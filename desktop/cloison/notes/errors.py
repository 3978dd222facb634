"""What can be wrong with a note, as facts; the sentences are in ``cloison.wording``."""

from __future__ import annotations

from enum import Enum

from cloison.labels.validity import Reason


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


class DateRefusedError(NotesError):
    """A date cannot be set on the parts ``numbers``, for these ``reasons`` of the policy."""

    def __init__(self, numbers: tuple[int, ...], reasons: tuple[Reason, ...]) -> None:
        super().__init__("; ".join(one.rule.value for one in reasons))
        self.numbers = numbers
        self.reasons = reasons


class ForeignMarkError(NotesError):
    """The mark that another service gave would fall on portions ``numbers``: that is its originator's to decide."""

    def __init__(self, numbers: tuple[int, ...]) -> None:
        super().__init__(f"foreign portions {', '.join(map(str, numbers))} would be lowered")
        self.numbers = numbers


class ReceivedTemplateError(NotesError):
    """A note that came in from elsewhere stays as its issuer made it, and is no template."""


class ConsentProblem(Enum):
    """Why a consent cannot be recorded."""

    NO_REFERENCE = "no reference, or nobody who gave it"
    NOBODY_NAMED = "nobody named who may receive it"
    NOT_FOREIGN = "not from another service"
    SEVERAL_ORIGINATORS = "from several services"


class ConsentRefusedError(NotesError):
    """An originator's consent that cannot be recorded."""

    def __init__(self, problem: ConsentProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


class DecisionRequiredError(NotesError):
    """The marks cannot be rolled up without a person's decision: permissive marks that exclude each other."""

    def __init__(self, tag_sets: tuple[str, ...]) -> None:
        super().__init__(f"decision required on {', '.join(tag_sets)}")
        self.tag_sets = tag_sets


class OlderVersionError(DecisionRequiredError):
    """Marks follow an older version of the policy, which the one in force does not say in the same way."""


class ReasonMissingError(NotesError):
    """An act that takes a written reason was given none."""


class LeavingNeedToKnowError(NotesError):
    """A note would leave a need-to-know compartment, whose identifier then no longer restricts it, and nobody said why.

    ``uids`` are the notes.
    """

    def __init__(self, uids: tuple[str, ...]) -> None:
        super().__init__(f"a reason is needed for notes {', '.join(uids)}")
        self.uids = uids


class LinkedToItselfError(NotesError):
    """A note bears on others, never on itself."""


class NotARaiseError(NotesError):
    """The label says no more than the parts of the note do already, or less; nothing of it is marked, at worst."""


class InvalidRaiseError(NotesError):
    """The policy does not allow the label to which the whole should be raised, for these ``reasons``."""

    def __init__(self, reasons: tuple[Reason, ...]) -> None:
        super().__init__("; ".join(f"{one.rule.value}: {one.element}" for one in reasons))
        self.reasons = reasons


class NothingRaisedError(NotesError):
    """The note is worth what its parts are: there is no raise to take back."""


class UnconfirmedError(NotesError):
    """ "Confirmed by other sources" with fewer than two independent sources on record: ``independent`` of them."""

    def __init__(self, independent: int) -> None:
        super().__init__(f"confirmed by {independent} independent sources")
        self.independent = independent


class SourceProblem(Enum):
    """Why a source cannot be recorded."""

    NAMELESS = "nameless"
    NAME_TOO_LONG = "name too long"
    TOO_MANY = "too many"


class SourceRefusedError(NotesError):
    """A source that cannot be recorded."""

    def __init__(self, problem: SourceProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


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


class PageProblem(Enum):
    """Why a page of an attachment is not shown."""

    UNKNOWN_KIND = "unknown kind"
    DAMAGED = "damaged"
    TOO_LARGE = "too large"
    TOO_SLOW = "too slow"
    ENCRYPTED = "locked with a password of its own"
    NO_SANDBOX = "the system confines no process"


class PageRefusedError(NotesError):
    """A page of a foreign file that is not shown."""

    def __init__(self, problem: PageProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


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
    NO_SANDBOX = "the system confines no process"
    DESCRIPTION_TOO_LONG = "description too long"


class ImageRefusedError(NotesError):
    """A picture that cannot be an image of a note; ``kind`` is what a file of an unknown kind seems to be."""

    def __init__(self, problem: ImageProblem, *, kind: str | None = None) -> None:
        super().__init__(problem.value)
        self.problem = problem
        self.kind = kind


class AttachmentProblem(Enum):
    """Why a file cannot be attached to a note."""

    NOT_A_FILE = "a pipe, a device or a socket"
    UNSAFE_NAME = "a name that could be taken for more than a name"
    TOO_LARGE = "too large"
    TOO_MANY = "too many"


class AttachmentRefusedError(NotesError):
    """A file that cannot be attached to a note."""

    def __init__(self, problem: AttachmentProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


class UnknownAttachmentError(NotesError):
    """The note has no attachment of that ``number``, from 1; ``last`` is its highest, 0 where it has none."""

    def __init__(self, number: int, *, last: int) -> None:
        super().__init__(f"no attachment {number}, the last is {last}")
        self.number = number
        self.last = last


class SavingNotAllowedError(NotesError):
    """The settings of this workstation do not let attachments be saved out of the vault."""


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
