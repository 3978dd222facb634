"""The two scales of the evaluation of information, in words (STANAG 2511)."""

from __future__ import annotations

from typing import Final

from cloison.notes.evaluation import Credibility, Evaluation, Reliability
from cloison.notes.portion import OBJECTS, Portion
from cloison.wording.catalogue import N_, Catalogue
from cloison.wording.portions import kind_name

_RELIABILITY: Final[dict[Reliability, str]] = {
    Reliability.COMPLETELY: N_("completely reliable"),
    Reliability.USUALLY: N_("usually reliable"),
    Reliability.FAIRLY: N_("fairly reliable"),
    Reliability.NOT_USUALLY: N_("not usually reliable"),
    Reliability.UNRELIABLE: N_("unreliable"),
    Reliability.CANNOT_BE_JUDGED: N_("reliability cannot be judged"),
}
_CREDIBILITY: Final[dict[Credibility, str]] = {
    Credibility.CONFIRMED: N_("confirmed by other sources"),
    Credibility.PROBABLY_TRUE: N_("probably true"),
    Credibility.POSSIBLY_TRUE: N_("possibly true"),
    Credibility.DOUBTFUL: N_("doubtful"),
    Credibility.IMPROBABLE: N_("improbable"),
    Credibility.CANNOT_BE_JUDGED: N_("truth cannot be judged"),
}


def reliability_name(reliability: Reliability, words: Catalogue) -> str:
    """What a letter says of the source."""
    return words.text(_RELIABILITY[reliability])


def credibility_name(credibility: Credibility, words: Catalogue) -> str:
    """What a figure says of the item."""
    return words.text(_CREDIBILITY[credibility])


def evaluation_text(evaluation: Evaluation, words: Catalogue) -> str:
    """The whole block in one line: ``B2 – usually reliable, probably true. Sources: Alpha, Bravo (repeated)``."""
    judged = words.text(
        "{code} – {reliability}, {credibility}",
        code=evaluation.code,
        reliability=reliability_name(evaluation.reliability, words),
        credibility=credibility_name(evaluation.credibility, words),
    )
    if not evaluation.sources:
        return judged
    names = (
        one.name if one.is_independent else words.text("{source} (repeats another source)", source=one.name)
        for one in evaluation.sources
    )
    return words.text("{evaluation}. Sources: {sources}", evaluation=judged, sources=", ".join(names))


def part_text(part: Portion | Evaluation, words: Catalogue) -> str:
    """What a part of a note says: the words of a portion, an evaluation in words; a wordless image, that it is one."""
    if isinstance(part, Evaluation):
        return evaluation_text(part, words)
    return part.text or (kind_name(part.kind, words) if part.kind in OBJECTS else "")
