"""Spans for lines that are set already: headlines, which are divided and fitted as plain copy."""

from collections.abc import Sequence
from dataclasses import replace

from layout.text.justify import Line, Placed
from layout.text.kinds import kind_of
from layout.text.spans import BARE, Span, put_on


def dress_lines(lines: Sequence[Line], copy: str, spans: Sequence[Span]) -> tuple[Line, ...]:
    """The lines with the inks, dots and lines of spans, which change no width.

    ``spans`` are offsets into ``copy``; the lines set it in its order and may leave out spaces and marks at their ends.
    """
    worn = [span for span in spans if span.ink or span.dots or span.line]
    if not worn:
        return tuple(lines)
    dressed, at = [], 0
    for line in lines:
        clusters: list[Placed] = []
        for placed in line.clusters:
            start = -1 if placed.text.isspace() else copy.find(placed.text, at)
            at = at if start < 0 else start + len(placed.text)
            clusters.append(_dressed(placed, start, worn))
        dressed.append(replace(line, clusters=tuple(clusters)))
    return tuple(dressed)


def _dressed(placed: Placed, start: int, spans: Sequence[Span]) -> Placed:
    dress = BARE
    for span in spans:
        if span.start <= start < span.end:
            dress = put_on(dress, span, kind_of(placed.text))
    return placed._replace(dress=dress)
