"""What a policy says of a level, a tag or a category, as rows of a name and a sentence: for its pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from typing import Final

from cloison.labels.elements import (
    Applied,
    Category,
    CategoryGroup,
    CategoryType,
    Classification,
    EquivalentCategory,
    InputKind,
    Operation,
    RequiredCategories,
    Tag,
)
from cloison.labels.layout import OverdueList, Provenance, Requirements, TrustNeeded
from cloison.labels.library import PolicySet
from cloison.labels.policy import Policy
from cloison.labels.rendering import Stamp
from cloison.wording.catalogue import N_, Catalogue
from cloison.wording.dates import day

Rows = Iterator[tuple[str, str]]

REQUIREMENTS: Final[dict[str, str]] = {
    "copy_number": N_("copy number on the first page"),
    "distribution": N_("distribution list"),
    "reference_on_every_page": N_("reference on every page"),
    "double_number": N_("double registration number, as a fraction"),
    "authorisation": N_("authorisation of the issuer to reproduce"),
    "declassification_date": N_("declassification date"),
    "destruction_minutes": N_("minutes of destruction"),
}
_TRUST: Final[dict[TrustNeeded, str]] = {
    TrustNeeded.IMPORTED: N_("Any card that is known here is enough to exchange it."),
    TrustNeeded.COMPARED: N_("It is exchanged with those whose fingerprint was compared."),
    TrustNeeded.ENDORSED: N_("It is exchanged with those whom a trusted authority endorsed."),
    TrustNeeded.ENDORSED_AND_COMPARED: N_(
        "It is exchanged with those whom a trusted authority endorsed and whose fingerprint was compared."
    ),
}
_OVERDUE: Final[dict[OverdueList, str]] = {
    OverdueList.IGNORE: N_("An overdue revocation list changes nothing."),
    OverdueList.WARN: N_("An overdue revocation list warns."),
    OverdueList.REFUSE: N_("An overdue revocation list forbids it."),
}
_TYPES: Final[dict[CategoryType, str]] = {
    CategoryType.RESTRICTIVE: N_("Restrictive: whoever reads must hold each value."),
    CategoryType.PERMISSIVE: N_("Permissive: whoever reads must hold one value at least."),
    CategoryType.INFORMATIVE: N_("Informative: it tells, and keeps nobody out."),
}
_ASKED: Final[dict[InputKind, str]] = {
    InputKind.STRING: N_("words of one’s own"),
    InputKind.INTEGER: N_("a number"),
    InputKind.DATE: N_("a date"),
}
_APPLIED: Final[dict[Applied, str]] = {
    Applied.ENCRYPT: N_("{name} ({policy}), for what leaves this policy"),
    Applied.DECRYPT: N_("{name} ({policy}), for what comes from there"),
    Applied.BOTH: N_("{name} ({policy}), both ways"),
}
_OPERATIONS: Final[dict[Operation, str]] = {
    Operation.ONLY_ONE: N_("exactly one of: {names}"),
    Operation.ONE_OR_MORE: N_("at least one of: {names}"),
    Operation.ALL: N_("all of: {names}"),
}


def level_rows(policies: PolicySet, policy: Policy, level: Classification, words: Catalogue) -> Rows:
    """How a level is handled, what it is worth elsewhere."""
    yield words.text_in("policy page", "Demanded"), _demanded(level.handling.requires, words)
    yield words.text_in("policy page", "Readers"), _readers(level, words)
    yield words.text_in("policy page", "Sealing"), _sealing(level, words)
    if level.required:
        yield words.text_in("policy page", "Goes with"), _required(policy, level.required, words)
    if level.handled_as is not None:
        text = f"{level.handled_as.classification} ({level.handled_as.policy})"
        yield words.text_in("policy page", "Handled as"), _laid_down(text, level.handled_as.provenance, words)
    for one in level.equivalents:
        name = equivalent_level(policies, policy, policy_ref=one.policy_ref, lacv=one.lacv)
        text = words.text(_APPLIED[one.applied], name=name, policy=one.policy_ref)
        if one.required:
            text = words.text("{text}, with {required}", text=text, required=_required(policy, one.required, words))
        provenance = _provenance(policy, one.policy_ref)
        yield words.text_in("policy page", "Equivalent to"), _laid_down(text, provenance, words)
    yield from _obsolete(level, words)


def tag_rows(tag: Tag, words: Catalogue) -> Rows:
    """How the values of a tag count, and how many may be chosen."""
    yield words.text_in("policy page", "Kind"), words.text(_TYPES[tag.type.category_type])
    limits = tuple(_limits(tag, words))
    if limits:
        yield words.text_in("policy page", "Choice"), " ".join(limits)
    if tag.restricts:
        yield words.text_in("policy page", "Together"), words.text("It narrows the circle of readers.")
    if tag.nationality_counts:
        yield words.text_in("policy page", "Held by"), _nationals(tag, words)


def category_rows(policies: PolicySet, policy: Policy, category: Category, words: Catalogue) -> Rows:
    """Who may hold a category, what it goes with and what not, since when and until when."""
    if category.held_by is not None:
        yield words.text_in("policy page", "Held by"), _names(sorted(category.held_by))
    if category.required_class is not None:
        yield words.text_in("policy page", "Only with the level"), category.required_class
    if category.excluded_classes:
        yield (
            words.text_in("policy page", "Never with the level"),
            _names(one.name for one in category.excluded_classes),
        )
    if category.required:
        yield words.text_in("policy page", "Goes with"), _required(policy, category.required, words)
    if category.excluded:
        groups = (_group(policy, one, words) for one in category.excluded)
        yield words.text_in("policy page", "Never with"), "; ".join(groups)
    yield from _span(category, words)
    if category.asks_for is not None:
        asked = words.text(_ASKED[category.asks_for])
        yield words.text_in("policy page", "To be filled in"), f"{asked} {category.date_format or ''}".rstrip()
    for one in category.equivalents:
        text = _equivalent_category(policies, policy, one, words)
        yield (
            words.text_in("policy page", "Equivalent to"),
            _laid_down(text, _provenance(policy, one.policy_ref), words),
        )
    yield from _obsolete(category, words)


def stamp_text(stamp: Stamp, words: Catalogue) -> str:
    """A stamp in words: what it says, in a box or not, its colour."""
    if stamp.boxed:
        return words.text("{text} in a box, colour {colour}", text=stamp.text, colour=stamp.colour)
    return words.text("{text} without a box, colour {colour}", text=stamp.text, colour=stamp.colour)


def equivalent_level(policies: PolicySet, policy: Policy, *, policy_ref: str, lacv: str) -> str:
    """The level another policy numbers `lacv`, by name where that policy is at hand."""
    other = _other(policies, policy, policy_ref)
    levels = () if other is None else other.levels
    return next((one.name for one in levels if one.lacv == lacv), lacv)


def equivalent_category(policies: PolicySet, policy: Policy, one: EquivalentCategory) -> str:
    """The category another policy numbers so, by name where that policy is at hand."""
    other = _other(policies, policy, one.policy_ref)
    every = () if other is None else other.categories
    found = (
        placed.category.name
        for placed in every
        if placed.tag_set.id == one.tag_set_id and placed.tag.type is one.type and placed.category.lacv == one.lacv
    )
    return next(found, one.lacv)


def _other(policies: PolicySet, policy: Policy, ref: str) -> Policy | None:
    stated = policy.equivalent_policy(ref)
    return policies.named(ref) if stated is None else policies.get(stated.id) or policies.named(stated.name)


def _equivalent_category(policies: PolicySet, policy: Policy, one: EquivalentCategory, words: Catalogue) -> str:
    if one.is_discarded:
        return words.text("nothing in {policy}: it is left out there", policy=one.policy_ref)
    name = equivalent_category(policies, policy, one)
    return words.text(_APPLIED[one.applied], name=name, policy=one.policy_ref)


def _provenance(policy: Policy, ref: str) -> Provenance | None:
    stated = policy.equivalent_policy(ref)
    return None if stated is None else stated.provenance


def _laid_down(text: str, provenance: Provenance | None, words: Catalogue) -> str:
    if provenance is None:
        return words.text("{text} (no source given)", text=text)
    return words.text("{text} – {source}, {day}", text=text, source=provenance.source, day=_date(provenance.day, words))


def _date(value: date, words: Catalogue) -> str:
    return day(datetime.combine(value, time(12), tzinfo=UTC), words, zone=UTC)


def _demanded(requires: Requirements, words: Catalogue) -> str:
    named = [words.text(message) for field, message in REQUIREMENTS.items() if getattr(requires, field)]
    if requires.blank_page_text is not None:
        named.append(words.text("“{text}” on blank pages", text=requires.blank_page_text))
    if requires.declassify_within is not None:
        named.append(words.text("declassification within {years} years", years=requires.declassify_within))
    if requires.review_within is not None:
        named.append(words.text("or else a review within {years} years", years=requires.review_within))
    return ", ".join(named) or words.text_in("policy page", "nothing")


def _readers(level: Classification, words: Catalogue) -> str:
    cleared = words.text("A clearance is needed.")
    if level.handling.open_without_clearance:
        cleared = words.text("No clearance is needed.")
    return " ".join(
        (cleared, words.text(_TRUST[level.handling.trust]), words.text(_OVERDUE[level.handling.overdue_list]))
    )


def _sealing(level: Classification, words: Catalogue) -> str:
    recovery = words.text("A package goes to the organisation’s recovery contact as well.")
    return " ".join((_suite(level, words), *((recovery,) if level.handling.needs_recovery else ())))


def _suite(level: Classification, words: Catalogue) -> str:
    if level.handling.minimum_suite == 1:
        return words.text("It is sealed in any suite.")
    return words.text(
        "It is sealed in suite {suite} or a higher one; a card that lacks it receives nothing at this level.",
        suite=level.handling.minimum_suite,
    )


def _limits(tag: Tag, words: Catalogue) -> Iterator[str]:
    if tag.single:
        yield words.text("Only one value may be chosen.")
    if tag.least is not None:
        yield words.plural(
            "At least {count} value must be chosen.", "At least {count} values must be chosen.", tag.least
        )
    if tag.most is not None:
        yield words.plural("At most {count} value may be chosen.", "At most {count} values may be chosen.", tag.most)


def _nationals(tag: Tag, words: Catalogue) -> str:
    if not tag.always:
        return words.text("the nationals of the state named, whatever a clearance says")
    return words.text(
        "the nationals of the state named, and of {names}, whatever a clearance says", names=_names(sorted(tag.always))
    )


def _required(policy: Policy, rules: Iterable[RequiredCategories], words: Catalogue) -> str:
    return "; ".join(
        words.text(_OPERATIONS[rule.operation], names=", ".join(_group(policy, one, words) for one in rule.groups))
        for rule in rules
    )


def _group(policy: Policy, group: CategoryGroup, words: Catalogue) -> str:
    if group.lacv is None:
        return words.text("every value of {name}", name=group.tag_set)
    return _names(ref.name for ref in policy.members(group))


def _span(category: Category, words: Catalogue) -> Rows:
    if category.not_before is not None:
        yield words.text_in("policy page", "In force from"), day(category.not_before, words, zone=UTC)
    if category.not_after is not None:
        yield words.text_in("policy page", "In force until"), day(category.not_after, words, zone=UTC)


def _obsolete(element: Classification | Category, words: Catalogue) -> Rows:
    if element.obsolete:
        yield words.text_in("policy page", "Obsolete"), words.text("Nothing new may bear it; what bears it is read.")


def _names(names: Iterable[str]) -> str:
    return ", ".join(names)
