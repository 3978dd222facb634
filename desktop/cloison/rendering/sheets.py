"""From the model to the inks of each page, in reading order: head, text, foot."""

from __future__ import annotations

from cloison.rendering.body import body_strips
from cloison.rendering.flow import paginate
from cloison.rendering.fonts import Face
from cloison.rendering.ink import Ink, Span, Text, line_width
from cloison.rendering.margins import HEIGHT, MEASURE, SIDE, WIDTH, Margins, margins, page_number
from cloison.rendering.opening import opening_strips
from cloison.rendering.page import PageModel

Sheet = tuple[Ink, ...]  # one page, in the order in which it is read


def sheets(model: PageModel) -> tuple[Sheet, ...]:
    """Every page of ``model``, which has been through ``printable``; raises ``NoRoomError``."""
    around = margins(model)
    pages = _pages(model, around)
    drawn: list[Sheet] = []
    for number, inks in enumerate(pages, start=1):
        text = (ink.moved(SIDE, around.top) for ink in inks)
        foot = page_number(model, around, number=number, pages=len(pages))
        drawn.append((*around.head, *text, foot, *around.foot))
    return tuple(drawn)


def _pages(model: PageModel, around: Margins) -> tuple[tuple[Ink, ...], ...]:
    """The text of each page. Laid out until the total printed on the first page is the total that comes out."""
    height = around.bottom - around.top
    body = tuple(body_strips(model, measure=MEASURE, height=height))
    pages: tuple[tuple[Ink, ...], ...] = ()
    total = -1
    while total != len(pages):
        total = len(pages)
        opening = tuple(opening_strips(model, measure=MEASURE, pages=total))
        pages = paginate((*opening, *body), height=height)
        if model.two_sided and len(pages) % 2:
            pages = (*pages, _blank(model, around))
    return pages


def _blank(model: PageModel, around: Margins) -> tuple[Ink, ...]:
    if not model.blank_page_text:
        return ()
    line = (Span(text=model.blank_page_text, face=Face.BOLD, size=22.0),)
    return (Text(x=(WIDTH - line_width(line)) / 2 - SIDE, y=HEIGHT / 2 - around.top, line=line),)
