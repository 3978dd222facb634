"""What the editor says: paragraphs and their marks by name, why a mark was refused, what has risen."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtGui import QTextBlock

from cloison.labels.label import Label
from cloison.labels.policy import Policy
from cloison.labels.rendering import strip
from cloison.ui.editor.document import NoteDocument
from cloison.ui.editor.marks import Lowering, MarkProblem, MarkRefused
from cloison.ui.editor.standing import Standing
from cloison.wording.catalogue import Catalogue
from cloison.wording.portions import numbered
from cloison.wording.reasons import reason_text


def paragraph_name(document: NoteDocument, block: QTextBlock, words: Catalogue) -> str:
    """A paragraph and its mark in full: ``§ 4: SECRET – SPÉCIAL FRANCE``."""
    number = block.blockNumber()
    mark = standing_name(document.policy, document.standing(block), words)
    if number == 0:
        return words.text("Title: {mark}", mark=mark)
    return words.text("§ {number}: {mark}", number=number, mark=mark)


def standing_name(policy: Policy, standing: Standing, words: Catalogue) -> str:
    """What a paragraph is worth, in full."""
    if standing.label is None:
        return words.text("not marked")
    mark = _full_mark(policy, standing.label, words.language)
    return mark if standing.is_settled else words.text("{mark} at least, not marked", mark=mark)


@lru_cache(maxsize=1024)
def _full_mark(policy: Policy, label: Label, language: str) -> str:
    """Asked for every paragraph in view at each key press."""
    return strip(policy, label, language)


def refusal_sentence(refused: Sequence[MarkRefused], words: Catalogue) -> str:
    """Why paragraphs kept their marks; the first reason speaks for all of that kind."""
    first = refused[0]
    paragraphs = numbered([one.number for one in refused if one.problem is first.problem], words)
    match first.problem:
        case MarkProblem.NO_LEVEL:
            return words.text("Mark a level first, then add the mention (§ {paragraphs}).", paragraphs=paragraphs)
        case MarkProblem.TWO_ORIGINS:
            return words.text(
                "§ {paragraphs} mixes the text of two issuers. Part them, then mark each.", paragraphs=paragraphs
            )
        case MarkProblem.POLICY:
            reasons = " ".join(reason_text(one, words) for one in first.reasons)
            return words.text(
                "The mark was left as it is (§ {paragraphs}). {reasons}", paragraphs=paragraphs, reasons=reasons
            )


def lowering_question(policy: Policy, lowerings: Sequence[Lowering], words: Catalogue) -> str:
    """What is about to fall."""
    paragraphs = numbered([one.number for one in lowerings], words)
    after = _only([one.after for one in lowerings], policy, words)
    before = _only([one.before for one in lowerings], policy, words)
    if before and after:
        return words.text(
            "§ {paragraphs} would fall from {before} to {after}.", paragraphs=paragraphs, before=before, after=after
        )
    return words.text("The marks of § {paragraphs} would fall.", paragraphs=paragraphs)


def lowered_sentence(lowerings: Sequence[Lowering], words: Catalogue) -> str:
    """What has fallen."""
    paragraphs = numbered([one.number for one in lowerings], words)
    return words.text("Lowered: § {paragraphs}. The reason is kept in the next revision.", paragraphs=paragraphs)


def raised_sentence(document: NoteDocument, numbers: Sequence[int], words: Catalogue) -> str:
    """What has risen because of text that came in."""
    standings = document.standings()
    known = [one for one in numbers if one < len(standings)]
    paragraphs = numbered(known, words)
    if any(not standings[one].is_settled for one in known):
        return words.text("§ {paragraphs} took in text that is not marked: mark it anew.", paragraphs=paragraphs)
    return words.text("§ {paragraphs} took in text marked higher, and rose with it.", paragraphs=paragraphs)


def _only(labels: Sequence[Label], policy: Policy, words: Catalogue) -> str:
    """The one mark all of these are, or nothing."""
    names = {strip(policy, one, words.language) for one in labels}
    return names.pop() if len(names) == 1 else ""
