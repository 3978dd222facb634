"""From a rendition to the page model of one copy: what the policy demands on paper is asked of it here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from cloison.labels.marks import portion_mark
from cloison.labels.phrasing import Place
from cloison.labels.policy import Policy
from cloison.labels.rendering import render, stamps
from cloison.notes.evaluation import Evaluation
from cloison.notes.portion import Kind, Portion, Run
from cloison.notes.release import Rendition
from cloison.rendering.page import CopyNumber, FirstPage, PageModel, PagePortion, Words

WordsFor = Callable[[str], Words]
"""Gives the words for a language tag; the wording layer has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperCopy:
    """What tells one copy from another."""

    holder: str
    copy_id: str
    registration: str | None
    number: CopyNumber
    shows_number: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """Who issues the paper, when, and in which words."""

    authority: str
    at: datetime
    words: Words


def page_model(policy: Policy, rendition: Rendition, copy: PaperCopy, letterhead: Letterhead) -> PageModel:
    """The model of one copy; "copy n / N" stands on it only where the policy demands it or the sender asked."""
    label = rendition.label
    language = rendition.language
    requirements = policy.version_of(label.policy_digest).classification(label.classification).handling.requires
    top = stamps(policy, label, Place.PAGE_TOP, language)
    return PageModel(
        language=language,
        words=letterhead.words,
        marking=render(policy, label, Place.DOCUMENT_START, language),
        reference=rendition.reference,
        created=letterhead.at,
        top=top,
        bottom=stamps(policy, label, Place.PAGE_BOTTOM, language),
        first_page=FirstPage(
            authority=(letterhead.authority,),
            date=letterhead.words.day(letterhead.at),
            level=top,
            registration=copy.registration,
            subject_level=_subject_level(policy, rendition),
        ),
        title=None if rendition.title is None else _portion(policy, rendition.title),
        portions=tuple(_portion(policy, one) for one in rendition.portions),
        evaluation=_evaluation(policy, rendition.evaluation, letterhead.words),
        holder=copy.holder,
        copy_id=copy.copy_id,
        copy_number=copy.number if requirements.copy_number or copy.shows_number else None,
        reference_on_every_page=True,
        blank_page_text=requirements.blank_page_text,
    )


def _subject_level(policy: Policy, rendition: Rendition) -> str | None:
    if rendition.title is None or rendition.title.label is None:
        return None
    return render(policy, rendition.title.label, Place.SUBJECT, rendition.language)


def _portion(policy: Policy, portion: Portion) -> PagePortion:
    mark = "" if portion.label is None else portion_mark(policy, portion.label)
    if isinstance(portion.content, tuple):
        return PagePortion(mark=mark, kind=portion.kind, runs=portion.content)
    return PagePortion(mark=mark, kind=portion.kind, figure=portion.content)


def _evaluation(policy: Policy, evaluation: Evaluation | None, words: Words) -> PagePortion | None:
    if evaluation is None:
        return None
    mark = "" if evaluation.label is None else portion_mark(policy, evaluation.label)
    return PagePortion(mark=mark, kind=Kind.PARAGRAPH, runs=(Run(text=words.evaluated(evaluation)),))
