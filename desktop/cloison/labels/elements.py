"""What a policy is made of: classifications, tag sets, tags, categories, and the phrases that word them.

One value per SPIF element, with `path`, its place in the policy file, so that whatever is refused later can name the
rule it was refused by.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, StrEnum

from cloison.labels.layout import CLOSED, HandledAs, Handling, PageEdge, Provenance, ScreenColours, StampStyle


class CategoryType(StrEnum):
    """How a category counts in a decision, by its name in a STANAG 4774 label."""

    RESTRICTIVE = "RESTRICTIVE"
    PERMISSIVE = "PERMISSIVE"
    INFORMATIVE = "INFORMATIVE"


class TagType(Enum):
    """The tag types of SPIF 2.1; `tagType7` is its name for informative."""

    RESTRICTIVE = "restrictive"
    ENUMERATED_RESTRICTIVE = "enumerated restrictive"
    PERMISSIVE = "permissive"
    ENUMERATED_PERMISSIVE = "enumerated permissive"
    INFORMATIVE = "tagType7"
    NOT_APPLICABLE = "notApplicable"

    @property
    def category_type(self) -> CategoryType:
        """How the categories of such a tag count; what is not applicable counts for nothing."""
        return _CATEGORY_TYPES[self]


_CATEGORY_TYPES = {
    TagType.RESTRICTIVE: CategoryType.RESTRICTIVE,
    TagType.ENUMERATED_RESTRICTIVE: CategoryType.RESTRICTIVE,
    TagType.PERMISSIVE: CategoryType.PERMISSIVE,
    TagType.ENUMERATED_PERMISSIVE: CategoryType.PERMISSIVE,
    TagType.INFORMATIVE: CategoryType.INFORMATIVE,
    TagType.NOT_APPLICABLE: CategoryType.INFORMATIVE,
}


class MarkingCode(Enum):
    """The sixteen marking codes of SPIF 2.1: twelve places and four effects."""

    PAGE_TOP = "pageTop"
    PAGE_BOTTOM = "pageBottom"
    PAGE_TOP_BOTTOM = "pageTopBottom"
    DOCUMENT_START = "documentStart"
    DOCUMENT_END = "documentEnd"
    FIRST_LINE = "firstLineOfText"
    LAST_LINE = "lastLineOfText"
    SUBJECT = "subject"
    X_HEADER = "xHeader"
    PORTION = "portionMarking"
    INPUT_TITLE = "inputTitle"
    WATERMARK = "waterMark"
    NO_NAME = "noNameDisplay"
    NO_MARKING = "noMarkingDisplay"
    SUPPRESS_CLASS_NAME = "suppressClassName"
    REPLACE_POLICY = "replacePolicy"


EFFECTS = frozenset(
    {MarkingCode.NO_NAME, MarkingCode.NO_MARKING, MarkingCode.SUPPRESS_CLASS_NAME, MarkingCode.REPLACE_POLICY}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A `markingData`: how an element reads. Without places it counts for all; `text` None stands for the name."""

    text: str | None
    language: str | None
    places: frozenset[MarkingCode]
    effects: frozenset[MarkingCode]


class QualifierKind(Enum):
    """Which part of a list a qualifier is."""

    PREFIX = "prefix"
    SUFFIX = "suffix"
    SEPARATOR = "separator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Qualifier:
    """The prefix, suffix or separator around the values of a tag, or around the whole marking."""

    kind: QualifierKind
    text: str
    language: str | None
    place: MarkingCode | None


class Operation(Enum):
    """How many groups of a required-category rule must be there."""

    ONLY_ONE = "onlyOne"
    ONE_OR_MORE = "oneOrMore"
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryGroup:
    """A reference to one category, or to all those of a tag set and type (`lacv` None)."""

    tag_set: str
    type: TagType
    lacv: str | None
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequiredCategories:
    """Categories that must come with the element which holds the rule."""

    operation: Operation
    groups: tuple[CategoryGroup, ...]
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcludedClass:
    """A classification that may not come with the category which holds the rule."""

    name: str
    path: str


class Applied(Enum):
    """Which way an equivalence counts, seen from the policy that states it."""

    ENCRYPT = "encrypt"
    DECRYPT = "decrypt"
    BOTH = "both"

    @property
    def is_outward(self) -> bool:
        """Whether it counts for labels that leave this policy."""
        return self is not Applied.DECRYPT

    @property
    def is_inward(self) -> bool:
        """Whether it counts for labels of the other policy."""
        return self is not Applied.ENCRYPT


@dataclass(frozen=True, slots=True, kw_only=True)
class EquivalentPolicy:
    """Another policy that equivalences refer to; `required` are categories every label mapped to it must have."""

    name: str
    id: str
    path: str
    required: tuple[RequiredCategories, ...] = ()
    provenance: Provenance | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EquivalentClassification:
    """The classification of another policy, by number, that one is worth; with it must come the `required`."""

    policy_ref: str
    lacv: str
    applied: Applied
    required: tuple[RequiredCategories, ...]
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EquivalentCategory:
    """The category of another policy that one is worth, or that it is left out there (`is_discarded`)."""

    policy_ref: str
    tag_set_id: str
    type: TagType
    lacv: str
    applied: Applied
    is_discarded: bool
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EquivalentTagSet:
    """A tag set of another policy in which categories bear the same numbers; `id` goes before `name`, one is there."""

    policy_ref: str
    id: str
    name: str
    required: tuple[RequiredCategories, ...]
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Classification:
    """A level. `positions` None means that the policy has no position table for it: top and bottom alike."""

    name: str
    lacv: str
    hierarchy: int
    path: str
    obsolete: bool = False
    colour: str | None = None
    phrases: tuple[Phrase, ...] = ()
    qualifiers: tuple[Qualifier, ...] = ()
    required: tuple[RequiredCategories, ...] = ()
    equivalents: tuple[EquivalentClassification, ...] = ()
    positions: frozenset[PageEdge] | None = None
    screen: ScreenColours | None = None
    stamp: StampStyle | None = None
    handling: Handling = CLOSED
    handled_as: HandledAs | None = None


class InputKind(Enum):
    """What a person adds to a category that asks for it (SPIF 2.1, `userInput`)."""

    STRING = "string"
    INTEGER = "integer"
    DATE = "date"


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """A value of a tag; `held_by` are the nationalities (ISO 3166 alpha-3) that may hold it, None for all.

    Where `asks_for` is not None a label must say more than the name: an expiry date, a number (see `inputs`).
    `date_format` is how the policy words such a date, as in `dd.MM.yyyy`.
    """

    name: str
    lacv: str
    path: str
    obsolete: bool = False
    required_class: str | None = None
    excluded_classes: tuple[ExcludedClass, ...] = ()
    required: tuple[RequiredCategories, ...] = ()
    excluded: tuple[CategoryGroup, ...] = ()
    equivalents: tuple[EquivalentCategory, ...] = ()
    not_before: datetime | None = None
    not_after: datetime | None = None
    asks_for: InputKind | None = None
    date_format: str | None = None
    phrases: tuple[Phrase, ...] = ()
    qualifiers: tuple[Qualifier, ...] = ()
    positions: frozenset[PageEdge] | None = None
    chip: ScreenColours | None = None
    stamp: StampStyle | None = None
    held_by: frozenset[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """Categories that are worded together.

    `restricts` says of a permissive tag that its values narrow the circle of readers rather than widen it, so that
    rolling up keeps the values of those portions that have any. With `nationality_counts` a value is held
    by those of the nationality it names, whatever a clearance says, and by those of the nationalities in `always`.
    """

    name: str
    type: TagType
    path: str
    categories: tuple[Category, ...]
    qualifiers: tuple[Qualifier, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    single: bool = False
    least: int | None = None
    most: int | None = None
    restricts: bool = False
    nationality_counts: bool = False
    always: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivacyMark:
    """A privacy mark the policy knows."""

    name: str
    path: str
    obsolete: bool = False
    phrases: tuple[Phrase, ...] = ()
    qualifiers: tuple[Qualifier, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TagSet:
    """Tags under one identifier (an OID) and one name."""

    id: str
    name: str
    path: str
    tags: tuple[Tag, ...]
    equivalents: tuple[EquivalentTagSet, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class CategoryRef:
    """A category as a label or a clearance names it: tag set, type, name."""

    tag_set_id: str
    tag_set: str
    type: CategoryType
    name: str


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Input:
    """What a label says beyond the name of a category that asks for it; dates as YYYY-MM-DD."""

    ref: CategoryRef
    value: str
