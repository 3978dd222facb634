"""What one reader receives of one note, in a few letters and in full."""

from __future__ import annotations

from cloison.actions.dissemination_plan import Plan, Recovery, Row
from cloison.actions.distribution import Shown
from cloison.dissemination.errors import RecoveryRefusedError
from cloison.labels.policy import Policy
from cloison.labels.rendering import strip
from cloison.wording.catalogue import Catalogue
from cloison.wording.errors import sentence_for
from cloison.wording.trust import shortfall_text


def can_be_sealed(table: Plan) -> bool:
    """Whether everybody in the table receives something, and the recovery contact what the policy asks for."""
    return not table.refused and (table.recovery is None or table.recovery.problem is None)


def recovery_sentence(recovery: Recovery, words: Catalogue) -> str:
    """What the policy asks for recovery: to whom a package goes as well, or why nothing leaves."""
    if recovery.problem is not None:
        return sentence_for(RecoveryRefusedError(recovery.problem, name=recovery.name), words) or ""
    return words.text("The policy asks for recovery: a package goes to {name} as well.", name=recovery.name)


def share_text(table: Plan, row: Row, words: Catalogue) -> str:
    """How many paragraphs go out, for a narrow cell; why nothing does, where nothing does."""
    if row.shortfall is not None:
        return shortfall_text(row.shortfall, words)
    if row.rendition is None:
        return words.text("nothing to read")
    share = words.text("{count} of {total} §", count=len(row.rendition.portions), total=len(table.note.portions))
    if not table.note.attachments:
        return share
    count, total = len(row.rendition.attachments), len(table.note.attachments)
    return words.text("{share}, {count} of {total} attached", share=share, count=count, total=total)


def verdict_text(policy: Policy, table: Plan, row: Row, words: Catalogue) -> str:
    """The whole of it: the banner and how many paragraphs, or why nothing can be sealed."""
    if row.shortfall is not None:
        return shortfall_text(row.shortfall, words)
    if row.rendition is None:
        return words.text("nothing of it is theirs to read")
    return f"{strip(policy, row.rendition.label, words.language)}, {share_text(table, row, words)}"


def distribution_text(shown: Shown, words: Catalogue) -> str:
    """What a copy tells of those who receive one: its number among them, their names."""
    told = []
    if shown.number is not None:
        told.append(words.text("copy {number} of {total}", number=shown.number.number, total=shown.number.total))
    if shown.holders:
        told.append(words.text("distribution list: {names}", names=", ".join(shown.holders)))
    return "; ".join(told)
