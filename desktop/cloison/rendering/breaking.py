"""Breaking text into lines: between words, and inside a word only where it is longer than a whole line.

Lines stay ragged on the right and words whole (no hyphenation). A line does not begin with the sign that French sets
off by a space (``;`` ``:`` ``?`` ``!`` ``»`` ``%``), nor end with ``«``, ``§`` or ``n°``, nor
part ``12 400``; references such as ``S-SF`` are not cut at their hyphen.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain

from cloison.rendering.fonts import advances
from cloison.rendering.ink import Line, Span

_SPACE = "[ \u1680\u2000-\u2006\u2008-\u200a\u205f\u3000]"  # without U+00A0, U+2007 and U+202F, which hold together
_OPPORTUNITY = re.compile(
    rf"(?<![«§°№])(?P<spaces>{_SPACE}+)(?![?!:;»%€]|(?<=\d.)\d{{3}}(?!\d)|{_SPACE}|$)"
    r"|(?<=\w)[-\u2010\u2013\u2014](?=[^\W\d])"
)
_GOOD_CUT = re.compile(r"[/\\.,;:?&=_@+-]")


def break_lines(spans: Sequence[Span], *, first: float, rest: float) -> tuple[Line, ...]:
    """The lines of ``spans``, the first of at most ``first`` points, the others of ``rest``. At least one line."""
    text = "".join(span.text for span in spans)
    ends = [found.end() for found in re.finditer("\n", text)]
    lines: list[Line] = []
    for paragraph in _split_at(spans, ends):
        whole = tuple(span.with_text(span.text.replace("\n", "")) for span in paragraph)
        lines.extend(_split_at(whole, list(_cuts(whole, first=rest if lines else first, rest=rest))))
    return tuple(lines)


def _cuts(spans: Line, *, first: float, rest: float) -> Iterator[int]:
    """Where the lines end: each takes as many words as fit."""
    text = "".join(span.text for span in spans)
    reached = list(accumulate(chain.from_iterable(advances(s.text, s.face, s.size) for s in spans), initial=0.0))
    start, word_start, room = 0, 0, first
    for word_end, next_word in _words(text):
        if word_start > start and reached[word_end] - reached[start] > room:
            yield word_start
            start, room = word_start, rest
        while reached[word_end] - reached[start] > room:
            start = _cut_inside(text, start, bisect_right(reached, reached[start] + room) - 1)
            yield start
            room = rest
        word_start = next_word


def _words(text: str) -> Iterator[tuple[int, int]]:
    """Where each word ends, and where the next begins."""
    for found in _OPPORTUNITY.finditer(text):
        if found["spaces"]:
            yield found.start(), found.end()
        elif text[found.start() - 1].islower():
            yield found.end(), found.end()
    yield len(text.rstrip(" ")), len(text)


def _cut_inside(text: str, start: int, end: int) -> int:
    """Where to cut a word: at ``end`` at most, after a sign where one is near, at least one character further.

    A letter and its accent stay together, because accents have no width and so fit wherever their letter does.
    """
    signs = [found.end() for found in _GOOD_CUT.finditer(text, start, end)]
    near = signs[-1] if signs and signs[-1] - start > (end - start) // 2 else end
    return max(near, start + 1)


def _split_at(spans: Sequence[Span], positions: Sequence[int]) -> list[Line]:
    """The spans in pieces cut at ``positions`` of the whole text, in order."""
    pieces: list[Line] = []
    current: list[Span] = []
    begin, next_cut = 0, 0
    for span in spans:
        start, end = 0, len(span.text)
        while next_cut < len(positions) and positions[next_cut] <= begin + end:
            cut = positions[next_cut] - begin
            current.append(span.with_text(span.text[start:cut]))
            pieces.append(tuple(current))
            current, start = [], cut
            next_cut += 1
        if start < end:
            current.append(span.with_text(span.text[start:]))
        begin += end
    return [*pieces, tuple(current)]
