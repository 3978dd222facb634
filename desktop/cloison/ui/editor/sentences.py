"""What the editor says: paragraphs and their marks by name, why a mark was refused, what has risen."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtGui import QTextBlock

from cloison.labels.label import Label
from cloison.labels.policy import Policy
from cloison.labels.rendering import strip
from cloison.notes.image import Image
from cloison.notes.portion import Portion, numbers_without_mark
from cloison.notes.table import Table
from cloison.ui.editor.document import NoteDocument
from cloison.ui.editor.marks import Lowering, MarkProblem, MarkRefused
from cloison.ui.editor.standing import Standing
from cloison.ui.plain import on_one_line
from cloison.wording.catalogue import Catalogue
from cloison.wording.portions import numbered
from cloison.wording.reasons import reason_text


def paragraph_name(document: NoteDocument, block: QTextBlock, words: Catalogue) -> str:
    """A paragraph and its mark in full: ``§ 4: SECRET – SPÉCIAL FRANCE``."""
    number = block.blockNumber()
    mark = standing_name(document.policy, document.standing(block), words)
    if number == 0:
        return words.text("Title: {mark}", mark=mark)
    content = document.content(block)
    if not isinstance(content, tuple):
        return words.text("§ {number}, {object}: {mark}", number=number, object=object_name(content, words), mark=mark)
    return words.text("§ {number}: {mark}", number=number, mark=mark)


def object_name(content: Table | Image, words: Catalogue) -> str:
    """A table by its size, an image by what it shows."""
    if isinstance(content, Image):
        shown = on_one_line(content.description)
        return words.text("image: {description}", description=shown) if shown else words.text("image, not described")
    rows = words.plural("{count} row", "{count} rows", len(content.rows))
    columns = words.plural("{count} column", "{count} columns", content.columns)
    return words.text("table of {rows} and {columns}", rows=rows, columns=columns)


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
    paragraphs = _named([one.number for one in refused if one.problem is first.problem], words)
    if first.problem is MarkProblem.NO_LEVEL:
        return words.text("Mark a level first, then add the mention: {paragraphs}.", paragraphs=paragraphs)
    if first.problem is MarkProblem.TWO_ORIGINS:
        return words.text(
            "The text of two issuers stands in one paragraph. Part them, then mark each: {paragraphs}.",
            paragraphs=paragraphs,
        )
    if first.problem is MarkProblem.FOREIGN:
        return words.text(
            "The mark of another service is lowered by that service alone. Nothing was changed: {paragraphs}.",
            paragraphs=paragraphs,
        )
    reasons = " ".join(reason_text(one, words) for one in first.reasons)
    return words.text("The mark was left as it is: {paragraphs}. {reasons}", paragraphs=paragraphs, reasons=reasons)


def lowering_question(policy: Policy, lowerings: Sequence[Lowering], words: Catalogue) -> str:
    """What is about to fall."""
    paragraphs = _named([one.number for one in lowerings], words)
    before = {strip(policy, one.before, words.language) for one in lowerings}
    after = {strip(policy, one.after, words.language) for one in lowerings}
    if len(before) == len(after) == 1:
        return words.text(
            "The mark would fall from {before} to {after}: {paragraphs}.",
            before=before.pop(),
            after=after.pop(),
            paragraphs=paragraphs,
        )
    return words.text("Marks that would fall: {paragraphs}.", paragraphs=paragraphs)


def lowered_sentence(lowerings: Sequence[Lowering], words: Catalogue) -> str:
    """What has fallen."""
    paragraphs = _named([one.number for one in lowerings], words)
    return words.text("Lowered: {paragraphs}. The reason is kept in the next revision.", paragraphs=paragraphs)


def inserted_sentence(portions: Sequence[Portion], left_out: int, words: Catalogue) -> str:
    """How many paragraphs came in out of a file, how many are still to be marked, how many pictures were left out."""
    said = [words.plural("{count} paragraph came in.", "{count} paragraphs came in.", len(portions))]
    unmarked = len(numbers_without_mark(portions))
    if unmarked:
        said.append(words.plural("{count} bears no mark yet.", "{count} bear no mark yet.", unmarked))
    if left_out:
        said.append(
            words.plural(
                "{count} picture is not in the note: not of a kind that is read, cropped, or damaged.",
                "{count} pictures are not in the note: not of a kind that is read, cropped, or damaged.",
                left_out,
            )
        )
    return " ".join(said)


def replaced_sentence(count: int, words: Catalogue) -> str:
    """How many were replaced."""
    return words.plural("{count} place replaced.", "{count} places replaced.", count)


def raised_sentence(document: NoteDocument, numbers: Sequence[int], words: Catalogue) -> str:
    """What has risen because of text that came in."""
    standings = document.standings()
    paragraphs = _named(numbers, words)
    if all(standings[one].is_settled for one in numbers):
        return words.text("Text marked higher came in and raised the mark: {paragraphs}.", paragraphs=paragraphs)
    return words.text("Text that is not marked came in; mark it anew: {paragraphs}.", paragraphs=paragraphs)


def _named(numbers: Sequence[int], words: Catalogue) -> str:
    """Paragraphs by number, the title by its name."""
    named = numbered(numbers, words)
    return named if 0 in numbers else words.text("§ {number}", number=named)
