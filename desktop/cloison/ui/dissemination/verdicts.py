"""What one reader receives of one note, in a few letters and in full."""

from __future__ import annotations

from cloison.actions.dissemination_plan import Plan, Row
from cloison.actions.distribution import Shown
from cloison.labels.policy import Policy
from cloison.labels.rendering import strip
from cloison.wording.catalogue import Catalogue
from cloison.wording.trust import shortfall_text


def share_text(table: Plan, row: Row, words: Catalogue) -> str:
    """How many paragraphs go out, for a narrow cell; why nothing does, where nothing does."""
    if row.shortfall is not None:
        return shortfall_text(row.shortfall, words)
    if row.rendition is None:
        return words.text("nothing to read")
    return words.text("{count} of {total} §", count=len(row.rendition.portions), total=len(table.note.portions))


def verdict_text(policy: Policy, table: Plan, row: Row, words: Catalogue) -> str:
    """The whole of it: the banner and how many paragraphs, or why nothing can be sealed."""
    if row.shortfall is not None:
        return shortfall_text(row.shortfall, words)
    if row.rendition is None:
        return words.text("nothing of it is theirs to read")
    return f"{strip(policy, row.rendition.label, words.language)}, {share_text(table, row, words)}"


def distribution_text(shown: Shown, words: Catalogue) -> str:
    """What a copy tells of those who receive the same text: its number among them, their names."""
    told = []
    if shown.number is not None:
        told.append(words.text("copy {number} of {total}", number=shown.number.number, total=shown.number.total))
    if shown.holders:
        told.append(words.text("distribution list: {names}", names=", ".join(shown.holders)))
    return "; ".join(told)
