"""A policy whole: as text for a terminal, and as the object for a program."""

from __future__ import annotations

from typing import Final

from cloison.cli.answer import Json
from cloison.cli.call import Call
from cloison.labels.elements import EquivalentCategory, EquivalentClassification, RequiredCategories, Tag
from cloison.labels.layout import Provenance, Requirements
from cloison.labels.library import PolicySet
from cloison.labels.policy import Policy
from cloison.labels.rendering import DEFAULT_STAMP, Stamp
from cloison.labels.specimen import CategorySpecimen, LevelSpecimen, PolicySpecimen, Specimen
from cloison.rendering.policy_page import PolicyDocument, PolicySection
from cloison.wording.policy_facts import REQUIREMENTS, equivalent_category, equivalent_level
from cloison_crypto.fields import time_text

_INDENT: Final = "  "


def tell_policy(call: Call, document: PolicyDocument, *, entries: int | None) -> None:
    """The pages as text; of a long list the first ``entries``, all where that is None."""
    call.answer.say(document.title)
    for section in document.sections:
        call.answer.say("")
        call.answer.say(section.heading.upper() if section.is_part else section.heading)
        width = max((len(row.name) for row in section.rows), default=0)
        for row in section.rows:
            call.answer.say(f"{_INDENT}{row.name.ljust(width)}{_INDENT}{row.value}")
        _tell_entries(call, section, entries=entries)


def policy_object(policies: PolicySet, shown: PolicySpecimen) -> dict[str, Json]:
    """All of it for a program; the keys are named in the help of ``policy show``."""
    policy = shown.policy
    return {
        "levels": [one.level.name for one in shown.levels],
        "categories": [one.placed.category.name for tag in shown.tags for one in tag.categories],
        "level_pages": [_level(policies, policy, one) for one in shown.levels],
        "category_pages": [_category(policies, policy, tag.tag, one) for tag in shown.tags for one in tag.categories],
        "privacy_marks": None
        if policy.privacy_marks is None
        else [{"name": one.name, "obsolete": one.obsolete} for one in policy.privacy_marks],
    }


def _tell_entries(call: Call, section: PolicySection, *, entries: int | None) -> None:
    if section.columns is None:
        return
    shown = section.entries[:entries]
    rows = [(one.name, one.marking, one.mark, one.note) for one in shown]
    call.answer.table((section.columns.name, section.columns.marking, section.columns.mark, ""), rows)
    if len(shown) < len(section.entries):
        call.answer.say(
            call.words.plural(
                "… and {count} more: --all shows it, and --out FILE.pdf draws them all.",
                "… and {count} more: --all shows them, and --out FILE.pdf draws them all.",
                len(section.entries) - len(shown),
            )
        )


def _level(policies: PolicySet, policy: Policy, shown: LevelSpecimen) -> Json:
    level, handling = shown.level, shown.level.handling
    style = level.stamp or DEFAULT_STAMP
    handled = level.handled_as
    return {
        "name": level.name,
        "obsolete": level.obsolete,
        **_readings(shown.specimen),
        "stamp": {"colour": style.colour, "boxed": style.boxed},
        "requires": _requirements(handling.requires),
        "declassify_within": handling.requires.declassify_within,
        "review_within": handling.requires.review_within,
        "blank_page_text": handling.requires.blank_page_text,
        "open_without_clearance": handling.open_without_clearance,
        "trust": handling.trust.value,
        "overdue_list": handling.overdue_list.value,
        "minimum_suite": handling.minimum_suite,
        "recovery": handling.needs_recovery,
        "handled_as": None
        if handled is None
        else {"level": handled.classification, "policy": handled.policy, **_source(handled.provenance)},
        "equivalents": [_equivalent_level(policies, policy, one) for one in level.equivalents],
        "goes_with": _required(policy, level.required),
    }


def _category(policies: PolicySet, policy: Policy, tag: Tag, shown: CategorySpecimen) -> Json:
    category = shown.placed.category
    return {
        "name": category.name,
        "tag_set": shown.placed.tag_set.name,
        "type": shown.placed.ref.type.value,
        "obsolete": category.obsolete,
        **_readings(shown.specimen),
        "held_by": None if category.held_by is None else [*sorted(category.held_by)],
        "only_with_level": category.required_class,
        "never_with_levels": [one.name for one in category.excluded_classes],
        "goes_with": _required(policy, category.required),
        "never_with": [*sorted({ref.name for group in category.excluded for ref in policy.members(group)})],
        "selection": {"single": tag.single, "least": tag.least, "most": tag.most},
        "not_before": None if category.not_before is None else time_text(category.not_before),
        "not_after": None if category.not_after is None else time_text(category.not_after),
        "user_input": None if category.asks_for is None else category.asks_for.value,
        "equivalents": [_equivalent_category(policies, policy, one) for one in category.equivalents],
    }


def _readings(specimen: Specimen | None) -> dict[str, Json]:
    """What stands at each place with the example; null where there is none."""
    if specimen is None:
        return {"example": None, "places": None, "stamps": None}
    categories: list[Json] = [ref.name for ref in specimen.label.categories]
    return {
        "example": {"level": specimen.label.classification, "categories": categories},
        "places": {place.value: text for place, text in specimen.readings.items()},
        "stamps": {"page-top": _stamps(specimen.top), "page-bottom": _stamps(specimen.bottom)},
    }


def _stamps(stamps: tuple[Stamp, ...]) -> Json:
    return [{"text": one.text, "colour": one.colour, "boxed": one.boxed} for one in stamps]


def _requirements(requires: Requirements) -> Json:
    return [name for name in REQUIREMENTS if getattr(requires, name)]


def _required(policy: Policy, rules: tuple[RequiredCategories, ...]) -> Json:
    return [
        {
            "operation": rule.operation.value,
            "categories": [ref.name for group in rule.groups for ref in policy.members(group)],
        }
        for rule in rules
    ]


def _equivalent_level(policies: PolicySet, policy: Policy, one: EquivalentClassification) -> Json:
    return {
        "policy": one.policy_ref,
        "level": equivalent_level(policies, policy, policy_ref=one.policy_ref, lacv=one.lacv),
        "applied": one.applied.value,
        "goes_with": _required(policy, one.required),
        **_stated(policy, one.policy_ref),
    }


def _equivalent_category(policies: PolicySet, policy: Policy, one: EquivalentCategory) -> Json:
    return {
        "policy": one.policy_ref,
        "category": None if one.is_discarded else equivalent_category(policies, policy, one),
        "applied": one.applied.value,
        **_stated(policy, one.policy_ref),
    }


def _stated(policy: Policy, ref: str) -> dict[str, Json]:
    stated = policy.equivalent_policy(ref)
    return _source(None if stated is None else stated.provenance)


def _source(provenance: Provenance | None) -> dict[str, Json]:
    if provenance is None:
        return {"source": None, "date": None}
    return {"source": provenance.source, "date": provenance.day.isoformat()}
