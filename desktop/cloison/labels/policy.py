"""A security policy as read from an XML SPIF file: what may be marked, how it reads, how it is handled.

Everything here is a value. The SPIF schema says what is allowed and how it is worded; what SPIF has no field for –
screen colours, stamps, positions on the page, who may hold a category, what a level asks of those who handle it – comes
from the layout block in the file's `extensions` element (see `spif_layout`). A policy without such a block gets safe
defaults: a clearance is needed at every level, and a stamp is a red box.

Names compare without case (ADatP-4774 §5.2); the policy's own spelling is what is kept and written.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from cloison.labels.elements import (
    Category,
    CategoryGroup,
    CategoryRef,
    CategoryType,
    Classification,
    EquivalentPolicy,
    Phrase,
    PrivacyMark,
    Qualifier,
    Tag,
    TagSet,
    TagType,
)
from cloison.labels.errors import UnknownCategoryError, UnknownClassificationError


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Placed:
    """A category with where it stands; `order` counts in document order."""

    order: int
    ref: CategoryRef
    category: Category
    tag: Tag
    tag_set: TagSet


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Policy:
    """One policy file. Two loads are two policies: what identifies one is its `digest`.

    `id` is the OID without prefix, `version` the policy's own number (0 where it gives none), `digest` the SHA-256 of
    the file's bytes in hexadecimal, `source` where the file came from, for messages. `privacy_marks` None means the
    policy has no list of them: a label may bear any. `family` are the versions of this policy that are at hand, by
    digest (see `library.PolicySet`), so that a label can be taken under the one it was made with.
    """

    id: str
    name: str
    version: int
    digest: str
    source: str
    classifications: tuple[Classification, ...]
    tag_sets: tuple[TagSet, ...]
    phrases: tuple[Phrase, ...] = ()
    qualifiers: tuple[Qualifier, ...] = ()
    not_before: datetime | None = None
    not_after: datetime | None = None
    equivalents: tuple[EquivalentPolicy, ...] = ()
    privacy_marks: tuple[PrivacyMark, ...] | None = None
    has_layout: bool = False
    family: Mapping[str, Policy] = field(default_factory=dict)
    _classifications: dict[str, Classification] = field(init=False, repr=False)
    _categories: dict[tuple[str, CategoryType, str], Placed] = field(init=False, repr=False)
    _groups: dict[tuple[str, TagType, str | None], dict[CategoryRef, None]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Index what labels look up."""
        by_name = {one.name.casefold(): one for one in self.classifications}
        placed: dict[tuple[str, CategoryType, str], Placed] = {}
        groups: dict[tuple[str, TagType, str | None], dict[CategoryRef, None]] = {}
        for one in self._all_placed():
            placed.setdefault((one.ref.tag_set_id, one.ref.type, one.ref.name.casefold()), one)
            for lacv in (one.category.lacv, None):
                groups.setdefault((one.tag_set.name.casefold(), one.tag.type, lacv), {})[one.ref] = None
        object.__setattr__(self, "_classifications", by_name)
        object.__setattr__(self, "_categories", placed)
        object.__setattr__(self, "_groups", groups)

    def __repr__(self) -> str:
        """Who it is; its content is as long as its file."""
        return f"Policy({self.name} {self.id}, version {self.version}, {self.digest[:12]})"

    def version_of(self, digest: str | None) -> Policy:
        """The version of this policy with that digest; this one where it is not at hand, or none is named."""
        if digest is None or digest == self.digest:
            return self
        return self.family.get(digest, self)

    def classification(self, name: str) -> Classification:
        """The level of that name, in any case; raises `UnknownClassificationError`."""
        found = self._classifications.get(name.casefold())
        if found is None:
            raise UnknownClassificationError("ConfidentialityInformation/Classification", name)
        return found

    def has_classification(self, name: str) -> bool:
        """Whether there is such a level."""
        return name.casefold() in self._classifications

    def find_category(self, ref: CategoryRef) -> Placed | None:
        """The category `ref` names, or None; its tag set goes by identifier, and the name must agree with it."""
        found = self._categories.get((ref.tag_set_id, ref.type, ref.name.casefold()))
        if found is None or found.ref.tag_set.casefold() != ref.tag_set.casefold():
            return None
        return found

    def category(self, ref: CategoryRef) -> Placed:
        """The category `ref` names; raises `UnknownCategoryError`."""
        found = self.find_category(ref)
        if found is None:
            raise UnknownCategoryError(f"ConfidentialityInformation/Category[{ref.tag_set}]", ref.name)
        return found

    def find_privacy_mark(self, name: str) -> PrivacyMark | None:
        """The privacy mark of that name, in any case; None where there is none, or no list of them."""
        return next((one for one in self.privacy_marks or () if one.name.casefold() == name.casefold()), None)

    def members(self, group: CategoryGroup) -> Collection[CategoryRef]:
        """The categories a reference inside the policy names, its tag set by name; empty where it names none."""
        return self._groups.get((group.tag_set.casefold(), group.type, group.lacv), ())

    def equivalent_policy(self, ref: str) -> EquivalentPolicy | None:
        """The policy an equivalence refers to, by name in any case or by identifier; None where it is not stated."""
        return next((one for one in self.equivalents if one.id == ref or one.name.casefold() == ref.casefold()), None)

    @property
    def categories(self) -> tuple[Placed, ...]:
        """Every category, in document order."""
        return tuple(self._categories.values())

    @property
    def languages(self) -> frozenset[str]:
        """The languages some phrase or qualifier is written in."""
        tags = [tag for tag_set in self.tag_sets for tag in tag_set.tags]
        worded: list[Policy | Classification | Tag | Category] = [self, *self.classifications, *tags]
        worded += [one.category for one in self.categories]
        parts: list[Phrase | Qualifier] = []
        for element in worded:
            parts += [*element.phrases, *element.qualifiers]
        return frozenset(part.language for part in parts if part.language is not None)

    @property
    def levels(self) -> tuple[Classification, ...]:
        """The classifications, lowest first."""
        return tuple(sorted(self.classifications, key=lambda one: one.hierarchy))

    def _all_placed(self) -> Iterator[Placed]:
        order = 0
        for tag_set in self.tag_sets:
            for tag in tag_set.tags:
                for category in tag.categories:
                    ref = CategoryRef(
                        tag_set_id=tag_set.id, tag_set=tag_set.name, type=tag.type.category_type, name=category.name
                    )
                    yield Placed(order=order, ref=ref, category=category, tag=tag, tag_set=tag_set)
                    order += 1
