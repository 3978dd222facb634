"""Whether a label is one its policy allows: a list of reasons, empty for a valid label.

A reason is a fact: which rule, which element, where in the policy. The faces turn it into words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import lru_cache

from cloison.labels.elements import Category, CategoryRef, Classification, Operation, RequiredCategories, Tag
from cloison.labels.inputs import accepted, values_by_category
from cloison.labels.label import Label
from cloison.labels.policy import Placed, Policy
from cloison.labels.succession import in_force


class ValidityRule(Enum):
    """Why a label is not valid, or a clearance cannot be held."""

    OTHER_POLICY = "other policy"
    OTHER_VERSION = "other version"
    UNDECIDED = "undecided"
    UNKNOWN_CLASSIFICATION = "unknown classification"
    UNKNOWN_CATEGORY = "unknown category"
    UNKNOWN_PRIVACY_MARK = "unknown privacy mark"
    EXCLUDED_CLASS = "excluded class"
    REQUIRED_CLASS = "required class"
    EXCLUDED_CATEGORY = "excluded category"
    REQUIRED_CATEGORY = "required category"
    SINGLE_SELECTION = "single selection"
    TOO_MANY = "too many"
    TOO_FEW = "too few"
    OBSOLETE = "obsolete"
    NOT_YET = "not yet"
    EXPIRED = "expired"
    NATIONALITY = "nationality"
    SUCCESSOR = "successor"
    DECLASSIFIED_TOO_LATE = "declassified too late"
    REVIEWED_TOO_LATE = "reviewed too late"
    INPUT_MISSING = "user input missing"
    INPUT_REFUSED = "user input refused"
    INPUT_UNASKED = "user input not asked for"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One rule that is broken: by `element` (a name as the label has it), laid down at `path`, because of `other`."""

    rule: ValidityRule
    element: str
    path: str
    other: str = ""


def check(policy: Policy, label: Label, *, now: datetime, new: bool) -> tuple[Reason, ...]:
    """Why `label` is not valid at `now` under the version of `policy` it was made with; `new` refuses the obsolete.

    What takes over from a label by itself has done so: its successor is what is checked, once its moment has come.
    """
    if label.policy_id != policy.id:
        return (Reason(rule=ValidityRule.OTHER_POLICY, element=label.policy_name, path="securityPolicyId"),)
    policy, label = policy.version_of(label.policy_digest), in_force(label, now=now)
    undecided = tuple(undecided_reason(policy, one) for one in label.undecided)
    reasons = (*undecided, *marking_faults(policy, label.classification, label.categories))
    if any(reason.rule in _UNKNOWN for reason in reasons):
        return reasons
    return (
        *reasons,
        *_inputs(policy, label),
        *_privacy_mark(policy, label, new=new),
        *_dated(policy, label, now),
        *((*_obsolete(policy, label), *_course(policy, label)) if new else ()),
    )


def years_after(moment: datetime, years: int) -> datetime:
    """The same day so many years later; 1 March where that year has no 29 February."""
    try:
        return moment.replace(year=moment.year + years)
    except ValueError:
        return moment.replace(year=moment.year + years, month=3, day=1)


def undecided_reason(policy: Policy, tag_set_id: str) -> Reason:
    """The reason for one entry of `Label.undecided`: a tag set, or the policy itself (see `versions`)."""
    if tag_set_id == policy.id:
        return Reason(rule=ValidityRule.OTHER_VERSION, element=policy.name, path="")
    return Reason(rule=ValidityRule.UNDECIDED, element=tag_set_id, path="")


@lru_cache(maxsize=4096)
def marking_faults(policy: Policy, classification: str, categories: tuple[CategoryRef, ...]) -> tuple[Reason, ...]:
    """What is wrong with a marking whenever it is looked at; remembered, since few markings serve many portions."""
    unknown = tuple(_unknown(policy, classification, categories))
    if unknown:
        return unknown
    placed = [policy.category(ref) for ref in categories]
    refs = tuple(one.ref for one in placed)
    level = policy.classification(classification)
    return (
        *_required(policy, level.required, refs, element=level.name),
        *(reason for one in placed for reason in _category_rules(policy, classification, refs, one)),
        *(reason for tag_set in policy.tag_sets for tag in tag_set.tags for reason in _selection(tag, placed)),
    )


_UNKNOWN = frozenset({ValidityRule.UNKNOWN_CLASSIFICATION, ValidityRule.UNKNOWN_CATEGORY})


def _unknown(policy: Policy, classification: str, categories: tuple[CategoryRef, ...]) -> Iterator[Reason]:
    if not policy.has_classification(classification):
        yield Reason(rule=ValidityRule.UNKNOWN_CLASSIFICATION, element=classification, path="securityClassifications")
    for ref in categories:
        if policy.find_category(ref) is None:
            yield Reason(
                rule=ValidityRule.UNKNOWN_CATEGORY, element=ref.name, path="securityCategoryTagSets", other=ref.tag_set
            )


def _category_rules(
    policy: Policy, classification: str, categories: tuple[CategoryRef, ...], placed: Placed
) -> Iterator[Reason]:
    category = placed.category
    for excluded in category.excluded_classes:
        if excluded.name.casefold() == classification.casefold():
            yield Reason(
                rule=ValidityRule.EXCLUDED_CLASS, element=category.name, path=excluded.path, other=excluded.name
            )
    required = category.required_class
    if required is not None and required.casefold() != classification.casefold():
        yield Reason(rule=ValidityRule.REQUIRED_CLASS, element=category.name, path=category.path, other=required)
    for group in category.excluded:
        members = policy.members(group)
        for ref in categories:
            if ref != placed.ref and ref in members:
                yield Reason(
                    rule=ValidityRule.EXCLUDED_CATEGORY, element=category.name, path=group.path, other=ref.name
                )
    yield from _required(policy, category.required, categories, element=category.name)


def _required(
    policy: Policy, rules: tuple[RequiredCategories, ...], categories: tuple[CategoryRef, ...], *, element: str
) -> Iterator[Reason]:
    for rule in rules:
        matched = [any(ref in policy.members(group) for ref in categories) for group in rule.groups]
        if not _holds(rule.operation, matched):
            wanted = ", ".join(dict.fromkeys(ref.name for group in rule.groups for ref in policy.members(group)))
            yield Reason(rule=ValidityRule.REQUIRED_CATEGORY, element=element, path=rule.path, other=wanted)


def _holds(operation: Operation, matched: list[bool]) -> bool:
    if operation is Operation.ONLY_ONE:
        return sum(matched) == 1
    if operation is Operation.ONE_OR_MORE:
        return any(matched)
    return bool(matched) and all(matched)


def _selection(tag: Tag, placed: list[Placed]) -> Iterator[Reason]:
    count = sum(one.tag is tag for one in placed)
    if tag.single and count > 1:
        yield Reason(rule=ValidityRule.SINGLE_SELECTION, element=tag.name, path=tag.path)
    if tag.most is not None and count > tag.most:
        yield Reason(rule=ValidityRule.TOO_MANY, element=tag.name, path=tag.path, other=str(tag.most))
    if tag.least is not None and count < tag.least:
        yield Reason(rule=ValidityRule.TOO_FEW, element=tag.name, path=tag.path, other=str(tag.least))


def _inputs(policy: Policy, label: Label) -> Iterator[Reason]:
    values = values_by_category(label.inputs)
    for ref in label.categories:
        category, value = policy.category(ref).category, values.pop(ref, None)
        path = f"{category.path}/@userInput"
        if category.asks_for is not None and value is None:
            asked = category.asks_for.value
            yield Reason(rule=ValidityRule.INPUT_MISSING, element=category.name, path=path, other=asked)
        elif category.asks_for is None and value is not None:
            yield Reason(rule=ValidityRule.INPUT_UNASKED, element=category.name, path=path, other=value)
        elif value is not None and accepted(category, value) != value:
            yield Reason(rule=ValidityRule.INPUT_REFUSED, element=category.name, path=path, other=value)
    for ref, value in values.items():  # A value of a category that the label does not have.
        yield Reason(rule=ValidityRule.INPUT_UNASKED, element=ref.name, path="", other=value)


def _dated(policy: Policy, label: Label, now: datetime) -> Iterator[Reason]:
    spans = [(policy.name, "", policy.not_before, policy.not_after)]
    for ref in label.categories:
        category = policy.category(ref).category
        spans.append((category.name, category.path, category.not_before, category.not_after))
    for element, path, not_before, not_after in spans:
        if not_before is not None and now < not_before:
            yield Reason(rule=ValidityRule.NOT_YET, element=element, path=f"{path}/@notBefore".lstrip("/"))
        if not_after is not None and now > not_after:
            yield Reason(rule=ValidityRule.EXPIRED, element=element, path=f"{path}/@notAfter".lstrip("/"))


def _privacy_mark(policy: Policy, label: Label, *, new: bool) -> Iterator[Reason]:
    """Names compare without case, as all others; a policy without a list says nothing of privacy marks."""
    if label.privacy_mark is None or policy.privacy_marks is None:
        return
    found = policy.find_privacy_mark(label.privacy_mark)
    if found is None:
        yield Reason(rule=ValidityRule.UNKNOWN_PRIVACY_MARK, element=label.privacy_mark, path="privacyMarks")
    elif new and found.obsolete:
        yield Reason(rule=ValidityRule.OBSOLETE, element=found.name, path=f"{found.path}/@obsolete")


def _course(policy: Policy, label: Label) -> Iterator[Reason]:
    """What a new label says of its own future: a marking the policy allows takes over, in time; so does a review."""
    level = policy.classification(label.classification)
    then, limits = label.succession, level.handling.requires
    if then is not None and (then.at <= label.created or marking_faults(policy, then.classification, then.categories)):
        yield Reason(rule=ValidityRule.SUCCESSOR, element=then.classification, path="SuccessionHandling")
    within = limits.declassify_within
    if then is not None and within is not None and then.at >= years_after(label.created, within):
        rule = ValidityRule.DECLASSIFIED_TOO_LATE
        yield Reason(rule=rule, element=level.name, path=level.path, other=str(within))
    within = limits.review_within
    if label.review is not None and within is not None and label.review > years_after(label.created, within):
        yield Reason(rule=ValidityRule.REVIEWED_TOO_LATE, element=level.name, path=level.path, other=str(within))


def _obsolete(policy: Policy, label: Label) -> Iterator[Reason]:
    level = policy.classification(label.classification)
    placed = (policy.category(ref).category for ref in label.categories)
    ones: tuple[Classification | Category, ...] = (level, *placed)
    for one in ones:
        if one.obsolete:
            yield Reason(rule=ValidityRule.OBSOLETE, element=one.name, path=f"{one.path}/@obsolete")
