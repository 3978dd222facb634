"""Title and portions as strips: the mark in front of each (``[S-SF] texte``), first and last lines kept in company."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cloison.notes.image import Image
from cloison.notes.portion import Kind, Run, Style
from cloison.notes.table import Table
from cloison.rendering.breaking import break_lines
from cloison.rendering.flow import Strip, text_strip
from cloison.rendering.fonts import Face
from cloison.rendering.ink import GREY, Line, Picture, Rule, Span, advance
from cloison.rendering.page import PageModel, PagePortion
from cloison.rendering.tables import table_strips

BULLET = "–  "
PIXEL = 0.5  # points: 144 to the inch
_STYLES = {None: None, Style.STRONG: Face.BOLD, Style.EMPHASIS: Face.ITALIC}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Setting:
    """How a kind of portion is set; ``left`` and ``right`` are indents from the text area."""

    size: float = 11.0
    leading: float = 15.0
    face: Face = Face.REGULAR
    gap: float = 7.0
    left: float = 0.0
    right: float = 0.0
    bullet: str = ""
    has_rule: bool = False
    stays_with_next: bool = False


_TITLE = _Setting(size=14.5, leading=19.0, face=Face.SEMIBOLD, gap=16.0, stays_with_next=True)
_EVALUATION = _Setting(gap=15.0)
_ATTACHED = _Setting(gap=4.0)
_SETTINGS = {
    Kind.PARAGRAPH: _Setting(),
    Kind.HEADING: _Setting(size=12.5, leading=17.0, face=Face.SEMIBOLD, gap=15.0, stays_with_next=True),
    Kind.ITEM: _Setting(gap=4.0, left=12.0, bullet=BULLET),
    Kind.QUOTE: _Setting(left=20.0, right=20.0, has_rule=True),
    Kind.TABLE: _Setting(gap=9.0),
    Kind.IMAGE: _Setting(gap=9.0),
}


def body_strips(model: PageModel, *, measure: float, height: float) -> Iterator[Strip]:
    """Title (the reference where it is withheld), every portion, the names of attachments, the evaluation.

    ``measure`` and ``height`` are the size of the text area.
    """
    yield from _title(model, measure=measure)
    for number, portion in enumerate(model.portions):
        setting = _SETTINGS[portion.kind]
        bullet = (Span(text=setting.bullet, face=Face.REGULAR, size=setting.size),) if setting.bullet else ()
        lead = (*bullet, *_mark(portion, setting))
        extra = 5.0 if number == 0 else 0.0
        if portion.figure is not None:
            yield from _figure(portion, lead, gap=setting.gap + extra, measure=measure, height=height)
            continue
        yield from _strips(portion.runs, setting, lead, hang=advance(bullet), extra=extra, measure=measure)
    for number, attached in enumerate(model.attachments):
        extra = _EVALUATION.gap if number == 0 else 0.0
        yield from _strips(attached.runs, _ATTACHED, _mark(attached, _ATTACHED), hang=0.0, extra=extra, measure=measure)
    if model.evaluation is not None:
        lead = _mark(model.evaluation, _EVALUATION)
        yield from _strips(model.evaluation.runs, _EVALUATION, lead, hang=0.0, extra=0.0, measure=measure)


def _title(model: PageModel, *, measure: float) -> Iterator[Strip]:
    if model.title is None:
        yield from _strips((Run(text=model.reference),), _TITLE, (), hang=0.0, extra=0.0, measure=measure)
        return
    subject = Span(text=f"{model.words.subject}{model.words.colon} ", face=Face.REGULAR, size=11.0, colour=GREY)
    lead = (subject, *_mark(model.title, _TITLE))
    yield from _strips(model.title.runs, _TITLE, lead, hang=0.0, extra=0.0, measure=measure)


def _figure(portion: PagePortion, lead: Line, *, gap: float, measure: float, height: float) -> Iterator[Strip]:
    """The mark on a line of its own, then the table or the image, which begins on the same page."""
    leading = _SETTINGS[portion.kind].leading if lead else 0.0
    if lead:
        yield text_strip(lead, leading=leading, gap=gap, is_glued=True)
    below = 1.0 if lead else gap
    if isinstance(portion.figure, Table):
        yield from table_strips(portion.figure, measure=measure, gap=below)
    if isinstance(portion.figure, Image):
        yield _picture(portion.figure, gap=below, measure=measure, height=height - leading - below)


def _picture(image: Image, *, gap: float, measure: float, height: float) -> Strip:
    """The image as large as a screen shows it, at most the text area: whole, never cut."""
    scale = min(PIXEL, measure / image.width, height / image.height)
    wide, high = image.width * scale, image.height * scale
    return Strip(height=high, gap=gap, inks=(Picture(x=0.0, y=0.0, width=wide, height=high, image=image),))


def _mark(portion: PagePortion, setting: _Setting) -> Line:
    if not portion.mark:
        return ()
    return (Span(text=f"{portion.mark} ", face=Face.SEMIBOLD, size=setting.size),)


def _strips(
    runs: tuple[Run, ...], setting: _Setting, lead: Line, *, hang: float, extra: float, measure: float
) -> Iterator[Strip]:
    spans = [Span(text=run.text, face=_STYLES[run.style] or setting.face, size=setting.size) for run in runs]
    room = measure - setting.left - setting.right
    lines = break_lines(spans, first=room - advance(lead), rest=room - hang)
    last = len(lines) - 1
    for number, line in enumerate(lines):
        strip = text_strip(
            (*lead, *line) if number == 0 else line,
            leading=setting.leading,
            x=setting.left + (0.0 if number == 0 else hang),
            gap=setting.gap + extra if number == 0 else 0.0,
            is_glued=setting.stays_with_next if number == last else number in {0, last - 1},
        )
        yield _ruled(strip, setting) if setting.has_rule else strip


def _ruled(strip: Strip, setting: _Setting) -> Strip:
    x = setting.left - 10.0
    rule = Rule(x=x, y=0.0, x2=x, y2=strip.height, weight=1.5, colour="#B5BDC7")
    return Strip(height=strip.height, gap=strip.gap, inks=(rule, *strip.inks), is_glued=strip.is_glued)
