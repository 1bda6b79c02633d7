r"""Inline markup 行内标记: what an editor types into copy to set a few words apart.

    **黑体**           another face: Hei           {文字:red}         an ink of the house's palette
    *楷体*             another face: Kai           {文字:.}           emphasis dots 着重号
    {汉字|hàn zì}      ruby, a reading a character {张三:_}           proper-name line 专名号
    {汉字|hànzì}       ruby over the whole         {论语:~}           wavy title line 书名号
    增长[^1]           note mark 注码              {国务院:=}         no break inside
    {|}                a new line here             {3.15:!}           as typed, not normalised
    \* \{ \[ \| \\     the sign itself

Signs that have no partner, and braces that say nothing known, stay in the copy as they are typed; each is a ``Fault``.
A star with a letter or digit on both sides (3*5) is a times sign, four and more in a row are no markup.
"""

from bisect import bisect_left
from collections.abc import Collection
from typing import Final

from msgspec.structs import replace

from layout.text.kinds import FIXED_STOPS
from layout.text.marked import Fault, Mark, Marked, MarkKind
from layout.text.normalise import traced
from layout.text.pairing import TOKEN, Pairing, Styled

__all__ = ["Fault", "Mark", "MarkKind", "Marked", "parse", "press_copy", "with_notes"]

_STOPS: Final = FIXED_STOPS | frozenset("。，、")


def parse(copy: str, inks: Collection[str] | None = None) -> Marked:
    """Read the markup of one paragraph as typed. ``inks`` are the names of the palette; None takes any name for one.

    Codes of the faults: markup-unclosed, markup-unopened, markup-unknown, markup-ruby.
    """
    if not any(sign in copy for sign in "*{}[\\"):
        return Marked(copy, (), tuple(range(len(copy) + 1)))
    return _Writer(copy, Pairing(copy, inks, _plain)).run()


def _plain(copy: str) -> str:
    return parse(copy).text


def press_copy(copy: str, role: str = "body", inks: Collection[str] | None = None) -> Marked:
    """``parse``, and the text in press orthography: normalised as a whole, as if there were no markup in it.

    Note marks take no part in that; one typed behind a stop stands before it (rule R-5).
    """
    typed = parse(copy, inks)
    if role == "byline":
        typed = _parted(typed)
    text, moved = traced(typed.text, role, typed.kept)
    marks = tuple(
        replace(mark, start=bisect_left(moved, mark.start), end=bisect_left(moved, mark.end)) for mark in typed.marks
    )
    origin = tuple(typed.origin[at] for at in moved)
    return with_notes(Marked(text, marks, origin, typed.faults))


def _parted(marked: Marked) -> Marked:
    """A byline with a space where a line ends by hand, so that the names on both sides are two (rule B-1)."""
    for number, mark in enumerate(marked.marks):
        if mark.kind == "break":
            at = marked.marks[number].start
            marks = tuple(_moved(each, at, 1) for each in marked.marks)
            origin = (*marked.origin[: at + 1], *marked.origin[at:])
            marked = replace(marked, text=f"{marked.text[:at]} {marked.text[at:]}", marks=marks, origin=origin)
    return marked


def with_notes(marked: Marked) -> Marked:
    """The text with its note marks in place: ``parse`` only says where they stand."""
    for number, mark in enumerate(marked.marks):
        if mark.kind == "note" and mark.start == mark.end:
            marked = _with_note(marked, number)
    return marked


def _with_note(marked: Marked, number: int) -> Marked:
    note, text, origin = marked.marks[number], marked.text, marked.origin
    (sign,) = note.values
    at = note.start
    while at and text[at - 1] in _STOPS:
        at -= 1
    marks = [_moved(mark, at, len(sign)) for mark in marked.marks]
    marks[number] = replace(note, start=at, end=at + len(sign))
    return replace(
        marked,
        text=text[:at] + sign + text[at:],
        marks=tuple(marks),
        origin=(*origin[:at], *[origin[at]] * len(sign), *origin[at:]),
    )


def _moved(mark: Mark, at: int, by: int) -> Mark:
    """A mark when ``by`` characters are put in at an offset; they become part of it only where they part it."""
    start = mark.start + by if mark.start >= at else mark.start
    return replace(mark, start=start, end=max(start, mark.end + by if mark.end > at else mark.end))


class _Writer:
    """Copies the text of a paragraph without the signs that are markup."""

    def __init__(self, copy: str, pairing: Pairing) -> None:
        self._copy = copy
        self._pairing = pairing
        self._text: list[str] = []
        self._origin: list[int] = []
        self._marks: list[Mark] = []

    def run(self) -> Marked:
        """The whole paragraph."""
        closing: list[tuple[int, Styled]] = []  # the mark's place in the list, and where its text stops
        at = 0
        while at < len(self._copy):
            if closing and at == closing[-1][1].stop:
                number, styled = closing.pop()
                self._marks[number] = replace(self._marks[number], end=len(self._text))
                at = styled.after
            elif at in self._pairing.styled:
                styled = self._pairing.styled[at]
                closing.append((len(self._marks), styled))
                self._marks.append(Mark(styled.kind, len(self._text), len(self._text), styled.values))
                at += styled.after - styled.stop if styled.kind in ("hei", "kai") else 1
            else:
                at = self._plain(at)
        faults = tuple(sorted(self._pairing.faults, key=lambda fault: fault.offset))
        return Marked("".join(self._text), tuple(self._marks), (*self._origin, len(self._copy)), faults)

    def _plain(self, at: int) -> int:
        """One character of copy, an escaped sign, a note mark or a break."""
        token = TOKEN.match(self._copy, at)
        here = len(self._text)
        if token is None or token[0][0] in "*|:：" or token[0] in "{}":
            self._text.append(self._copy[at])
            self._origin.append(at)
            return at + 1
        if token["note"]:
            self._marks.append(Mark("note", here, here, (token["note"],)))
        elif token[0] == "{|}":
            self._marks.append(Mark("break", here, here))
        else:
            self._text.append(token[0][1])
            self._origin.append(at + 1)
        return token.end()
