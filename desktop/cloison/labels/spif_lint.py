"""What a policy must hold to besides its form: nothing twice that must tell apart, no reference into the void.

Every fault is found, in document order of the kinds below, so that whoever mends a file sees them all at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cloison.labels.elements import (
    Category,
    CategoryGroup,
    EquivalentCategory,
    EquivalentClassification,
    EquivalentTagSet,
    TagSet,
)
from cloison.labels.errors import BadValueError, DanglingReferenceError, DuplicateError, MissingError, PolicyError
from cloison.labels.policy import Policy


def lint(policy: Policy) -> tuple[PolicyError, ...]:
    """Every fault of a policy that was read; none for a sound one."""
    return tuple(_faults(policy))


def _faults(policy: Policy) -> Iterator[PolicyError]:
    if not policy.classifications:
        yield MissingError("securityClassifications", "securityClassification")
    levels = policy.classifications
    yield from _twice((f"{one.path}/@name", one.name.casefold()) for one in levels)
    yield from _twice((f"{one.path}/@lacv", one.lacv) for one in levels)
    yield from _twice((f"{one.path}/@hierarchy", str(one.hierarchy)) for one in levels)
    yield from _twice((f"{one.path}/@id", one.id) for one in policy.tag_sets)
    yield from _twice((f"{one.path}/@name", one.name.casefold()) for one in policy.tag_sets)
    yield from _twice((f"{one.path}/@name", one.name.casefold()) for one in policy.equivalents)
    yield from _twice((f"{one.path}/@id", one.id) for one in policy.equivalents)
    yield from _twice((f"{one.path}/@name", one.name.casefold()) for one in policy.privacy_marks or ())
    for level in levels:
        yield from _unknown_policies(policy, level.equivalents)
        yield from _dangling(policy, (group for rule in level.required for group in rule.groups))
    for tag_set in policy.tag_sets:
        yield from _unknown_policies(policy, tag_set.equivalents)
        yield from _tag_set_faults(tag_set)
        for tag in tag_set.tags:
            for category in tag.categories:
                yield from _category_faults(policy, category)


def _tag_set_faults(tag_set: TagSet) -> Iterator[PolicyError]:
    placed = [(tag.type, one) for tag in tag_set.tags for one in tag.categories]
    for tag in tag_set.tags:
        most = 1 if tag.single else tag.most
        if tag.least is not None and most is not None and tag.least > most:  # No label could ever be valid.
            yield BadValueError(f"{tag.path}/@minSelection", str(tag.least))
    yield from _twice((f"{one.path}/@lacv", f"{kind.value} {one.lacv}") for kind, one in placed)
    yield from _twice((f"{one.path}/@name", f"{kind.category_type} {one.name.casefold()}") for kind, one in placed)


def _category_faults(policy: Policy, category: Category) -> Iterator[PolicyError]:
    if len(category.excluded_classes) > 1:
        yield from _twice((one.path, one.name.casefold()) for one in category.excluded_classes)
    for one in category.excluded_classes:
        if not policy.has_classification(one.name):
            yield DanglingReferenceError(one.path, one.name)
    if category.required_class is not None and not policy.has_classification(category.required_class):
        yield DanglingReferenceError(f"{category.path}/@requiredClass", category.required_class)
    yield from _dangling(policy, (group for rule in category.required for group in rule.groups))
    yield from _dangling(policy, category.excluded)
    yield from _unknown_policies(policy, category.equivalents)


def _dangling(policy: Policy, groups: Iterable[CategoryGroup]) -> Iterator[PolicyError]:
    for group in groups:
        if not policy.members(group):
            yield DanglingReferenceError(group.path, f"{group.tag_set} {group.lacv or 'all'}")


def _unknown_policies(
    policy: Policy, equivalents: Iterable[EquivalentClassification | EquivalentCategory | EquivalentTagSet]
) -> Iterator[PolicyError]:
    for one in equivalents:
        if policy.equivalent_policy(one.policy_ref) is None:
            yield DanglingReferenceError(f"{one.path}/@policyRef", one.policy_ref)


def _twice(pairs: Iterable[tuple[str, str]]) -> Iterator[PolicyError]:
    seen: set[str] = set()
    for path, key in pairs:
        if key in seen:
            yield DuplicateError(path, key)
        seen.add(key)
