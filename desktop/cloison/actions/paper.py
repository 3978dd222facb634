"""From a rendition to the page model of one copy: what the policy demands on paper is asked of it here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from cloison.actions.distribution import Copies, asked_for, demanded
from cloison.labels.label import Label
from cloison.labels.marks import portion_mark
from cloison.labels.phrasing import Place
from cloison.labels.policy import Policy
from cloison.labels.rendering import render, stamps
from cloison.labels.succession import in_force
from cloison.labels.versions import standing
from cloison.notes.attaching import attached_files
from cloison.notes.evaluation import Evaluation
from cloison.notes.portion import Kind, Portion, Run
from cloison.notes.release import Rendition
from cloison.rendering.page import CopyNumber, FirstPage, PageModel, PagePortion, Words

WordsFor = Callable[[str], Words]
"""Gives the words for a language tag; the wording layer has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperCopy:
    """What tells one copy from another; ``distribution`` names the holders of all copies.

    ``shows_number``: the sender asked that both be shown.
    """

    holder: str
    copy_id: str
    registration: str | None
    number: CopyNumber
    shows_number: bool = False
    distribution: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """Who issues the paper, when, and in which words; ``former`` are the whole's labels before its date was changed."""

    authority: str
    at: datetime
    words: Words
    former: tuple[Label, ...] = ()


def page_model(policy: Policy, rendition: Rendition, copy: PaperCopy, letterhead: Letterhead) -> PageModel:
    """The model of one copy; copy n / N and the distribution list stand on it only where they are due."""
    label = rendition.label
    language = rendition.language
    requirements = policy.version_of(label.policy_digest).classification(label.classification).handling.requires
    copies = Copies(number=copy.number, holders=copy.distribution)
    shown = asked_for(copies) if copy.shows_number else demanded(policy, label, copies)
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
            subject_level=_subject_level(policy, rendition, at=letterhead.at),
            declassification=_becomes(policy, label, language, letterhead.words),
            review=None if label.review is None else letterhead.words.day(label.review),
            struck=tuple(_struck(policy, one, language, letterhead.words) for one in letterhead.former),
        ),
        title=None if rendition.title is None else _portion(policy, rendition.title, at=letterhead.at),
        portions=tuple(_portion(policy, one, at=letterhead.at) for one in rendition.portions),
        attachments=_attachments(policy, rendition, letterhead.words, at=letterhead.at),
        evaluation=_evaluation(policy, rendition.evaluation, letterhead.words, at=letterhead.at),
        holder=copy.holder,
        copy_id=copy.copy_id,
        copy_number=shown.number,
        distribution=shown.holders,
        reference_on_every_page=True,
        blank_page_text=requirements.blank_page_text,
    )


def _becomes(policy: Policy, label: Label, language: str, words: Words) -> str | None:
    """The day, and what takes over then unless it is the lowest level alone."""
    if label.succession is None:
        return None
    day = words.day(label.succession.at)
    then = in_force(label, now=label.succession.at)
    lowest = policy.version_of(label.policy_digest).levels[0].name
    if then.classification == lowest and not then.categories:
        return day
    return f"{day} ({render(policy, then, Place.DOCUMENT_START, language)})"


def _struck(policy: Policy, label: Label, language: str, words: Words) -> str:
    becomes = _becomes(policy, label, language, words)
    if becomes is not None:
        return f"{words.declassification} {becomes}"
    return "" if label.review is None else f"{words.review} {words.day(label.review)}"


def _subject_level(policy: Policy, rendition: Rendition, *, at: datetime) -> str | None:
    if rendition.title is None or rendition.title.label is None:
        return None
    label = standing(policy, rendition.title.label, now=at)
    return render(policy, label, Place.SUBJECT, rendition.language)


def _mark(policy: Policy, label: Label | None, *, at: datetime) -> str:
    """The portion mark as it stands: what takes over by itself has done so."""
    return "" if label is None else portion_mark(policy, standing(policy, label, now=at))


def _portion(policy: Policy, portion: Portion, *, at: datetime) -> PagePortion:
    mark = _mark(policy, portion.label, at=at)
    content = portion.in_text
    if isinstance(content, tuple):
        return PagePortion(mark=mark, kind=portion.kind, runs=content)
    return PagePortion(mark=mark, kind=portion.kind, figure=content)


def _attachments(policy: Policy, rendition: Rendition, words: Words, *, at: datetime) -> tuple[PagePortion, ...]:
    """Each by its name; the files themselves go with the paper or they do not."""
    return tuple(
        PagePortion(
            mark=_mark(policy, one.label, at=at), kind=Kind.PARAGRAPH, runs=(Run(text=words.attached(number, file)),)
        )
        for number, (one, file) in enumerate(attached_files(rendition), start=1)
    )


def _evaluation(policy: Policy, evaluation: Evaluation | None, words: Words, *, at: datetime) -> PagePortion | None:
    if evaluation is None:
        return None
    mark = _mark(policy, evaluation.label, at=at)
    return PagePortion(mark=mark, kind=Kind.PARAGRAPH, runs=(Run(text=words.evaluated(evaluation)),))
