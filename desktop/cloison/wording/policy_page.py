"""The pages about a policy: every level and category as it looks on paper, in the words of a language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Final

from cloison.labels.library import PolicySet
from cloison.labels.phrasing import Place
from cloison.labels.policy import Policy
from cloison.labels.specimen import (
    CategorySpecimen,
    LevelSpecimen,
    PolicySpecimen,
    Specimen,
    TagSpecimen,
)
from cloison.rendering.policy_page import MiniPage, PolicyDocument, PolicyEntry, PolicyRow, PolicySection
from cloison.wording.catalogue import N_, Catalogue
from cloison.wording.dates import day
from cloison.wording.policy_facts import category_rows, level_rows, stamp_text, tag_rows

MOST_PAGES: Final = 12
"""With more categories than this, a tag shows its first as a page and all as a list."""

PLACES: Final[dict[Place, str]] = {
    Place.PAGE_TOP: N_("Top of the page"),
    Place.PAGE_BOTTOM: N_("Bottom of the page"),
    Place.DOCUMENT_START: N_("Start of the document"),
    Place.DOCUMENT_END: N_("End of the document"),
    Place.PORTION: N_("In front of a paragraph"),
    Place.WATERMARK: N_("Watermark"),
    Place.SUBJECT: N_("Subject line"),
}


def policy_document(
    policies: PolicySet, shown: PolicySpecimen, words: Catalogue, *, created: datetime
) -> PolicyDocument:
    """All of a policy; `policies` are those at hand, for the names of what it is equivalent to."""
    policy = shown.policy
    return PolicyDocument(
        language=words.language,
        title=words.text("Marking policy {name}, version {version}", name=policy.name, version=policy.version),
        reference=f"{policy.name} {policy.version}",
        page=words.text_in("paper", "page"),
        colon=words.text_in("paper", ":"),
        created=created,
        sections=tuple(_sections(policies, shown, words)),
    )


def _sections(policies: PolicySet, shown: PolicySpecimen, words: Catalogue) -> Iterator[PolicySection]:
    yield PolicySection(heading=words.text("The policy"), is_part=True, rows=_rows(_policy_rows(shown.policy, words)))
    yield PolicySection(heading=words.text("Levels, lowest first"), is_part=True)
    for level in shown.levels:
        yield _level(policies, shown.policy, level, words)
    for tag in shown.tags:
        yield from _tag(policies, shown.policy, tag, words)
    marks = shown.policy.privacy_marks
    if marks is not None:
        names = [words.text("{name} (obsolete)", name=one.name) if one.obsolete else one.name for one in marks]
        row = (words.text_in("policy page", "Known"), ", ".join(names) or words.text_in("policy page", "nothing"))
        yield PolicySection(heading=words.text("Privacy marks"), is_part=True, rows=_rows([row]))


def _policy_rows(policy: Policy, words: Catalogue) -> Iterator[tuple[str, str]]:
    yield words.text_in("column", "Identifier"), policy.id
    yield words.text_in("column", "Version"), str(policy.version)
    yield words.text_in("policy page", "Fingerprint of the file"), policy.digest
    if policy.not_before is not None:
        yield words.text_in("policy page", "In force from"), day(policy.not_before, words, zone=UTC)
    if policy.not_after is not None:
        yield words.text_in("policy page", "In force until"), day(policy.not_after, words, zone=UTC)
    if not policy.has_layout:
        yield (
            words.text_in("policy page", "Layout"),
            words.text("The file gives none: stamps are red boxes, and every level is handled as strictly as can be."),
        )


def _level(policies: PolicySet, policy: Policy, shown: LevelSpecimen, words: Catalogue) -> PolicySection:
    return PolicySection(
        heading=shown.level.name,
        page=_page(shown.specimen, words),
        rows=_rows((*_readings(shown.specimen, words), *level_rows(policies, policy, shown.level, words))),
    )


def _tag(policies: PolicySet, policy: Policy, shown: TagSpecimen, words: Catalogue) -> Iterator[PolicySection]:
    heading = shown.tag_set.name
    if shown.tag.name.casefold() != heading.casefold():
        heading = f"{heading} – {shown.tag.name}"
    yield PolicySection(heading=heading, is_part=True, rows=_rows(tag_rows(shown.tag, words)))
    is_long = len(shown.categories) > MOST_PAGES
    for one in shown.categories[:1] if is_long else shown.categories:
        yield _category(policies, policy, one, words)
    if is_long:
        yield PolicySection(
            heading=words.text("All values of {name}", name=shown.tag.name),
            columns=PolicyEntry(
                name=words.text_in("column", "Name"),
                marking=words.text_in("policy page", "On the page, with an example level"),
                mark=words.text_in("policy page", "Paragraph"),
                note="",
            ),
            entries=tuple(_entries(policies, policy, shown.categories, words)),
        )


def _category(policies: PolicySet, policy: Policy, shown: CategorySpecimen, words: Catalogue) -> PolicySection:
    facts = category_rows(policies, policy, shown.placed.category, words)
    return PolicySection(
        heading=shown.placed.category.name,
        page=_page(shown.specimen, words),
        rows=_rows((*_readings(shown.specimen, words), *facts)),
    )


def _entries(
    policies: PolicySet, policy: Policy, shown: tuple[CategorySpecimen, ...], words: Catalogue
) -> Iterator[PolicyEntry]:
    """Of the facts, only those that set a value apart from the first, which stands above as a page."""
    usual = set(category_rows(policies, policy, shown[0].placed.category, words))
    for one in shown:
        apart = [
            f"{name}{words.text_in('paper', ':')} {value}"
            for name, value in category_rows(policies, policy, one.placed.category, words)
            if (name, value) not in usual
        ]
        readings = {} if one.specimen is None else one.specimen.readings
        yield PolicyEntry(
            name=one.placed.category.name,
            marking=readings.get(Place.PAGE_TOP, "") or readings.get(Place.DOCUMENT_START, ""),
            mark=readings.get(Place.PORTION, ""),
            note="; ".join(apart),
        )


def _page(specimen: Specimen | None, words: Catalogue) -> MiniPage | None:
    if specimen is None:
        return None
    return MiniPage(
        top=specimen.top,
        bottom=specimen.bottom,
        mark=specimen.readings[Place.PORTION],
        text=words.text("Text of a paragraph."),
    )


def _readings(specimen: Specimen | None, words: Catalogue) -> Iterator[tuple[str, str]]:
    """What stands at each place, and the stamps of the page."""
    if specimen is None:
        yield (
            words.text_in("policy page", "On paper"),
            words.text("The policy allows no marking with it, as far as could be found."),
        )
        return
    for place, name in PLACES.items():
        yield words.text(name), specimen.readings[place] or words.text_in("policy page", "nothing")
    drawn = dict.fromkeys(stamp_text(one, words) for one in (*specimen.top, *specimen.bottom))
    yield words.text_in("policy page", "Stamps"), "; ".join(drawn) or words.text_in("policy page", "nothing")


def _rows(pairs: Iterable[tuple[str, str]]) -> tuple[PolicyRow, ...]:
    return tuple(PolicyRow(name=name, value=value) for name, value in pairs)
