r"""Inline markup 行内标记: what an editor types into copy to set a few words apart.

    **黑体**           another face: Hei           {文字:red}         an ink of the house's palette
    *楷体*             another face: Kai           {文字:.}           emphasis dots 着重号
    {汉字|hàn zì}      ruby, a reading a character {张三:_}           proper-name line 专名号
    {汉字|hànzì}       ruby over the whole         {论语:~}           wavy title line 书名号
    增长[^1]           note mark 注码              {国务院:=}         no break inside
    {|}                a new line here             \* \{ \[ \| \\     the sign itself

Signs that have no partner, and braces that say nothing known, stay in the copy as they are typed; each is a ``Fault``.
A star with a letter or digit on both sides (3*5) is a times sign, four and more in a row are no markup.
"""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal, NamedTuple, TypeAlias

from layout.text.items import clusters_of
from layout.text.kinds import FIXED_STOPS
from layout.text.normalise import traced

MarkKind: TypeAlias = Literal["hei", "kai", "ink", "dots", "name", "title", "keep", "ruby", "note", "break"]


@dataclass(frozen=True, slots=True)
class Mark:
    """What is marked: ``text[start:end]``. ``values`` is the ink's name, or the readings of ruby.

    One reading stands over the whole, several over one cluster each. A break is empty and stands where the line ends.
    """

    kind: MarkKind
    start: int
    end: int
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """Markup that cannot be read: offset into the copy as typed, stable kebab-case code, message."""

    offset: int
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Marked:
    """Copy without its markup, and the marks, the outer before the inner.

    ``origin`` holds for each character of ``text``, and for its end, the offset in the copy as typed.
    """

    text: str
    marks: tuple[Mark, ...]
    origin: tuple[int, ...]
    faults: tuple[Fault, ...] = ()


_TOKEN: Final = re.compile(r"\\[\\*{}\[\]|:：]|\*+|\{\|\}|[{}|:：]|\[\^(?P<note>[^\[\]\\]{1,4})\]")
_SIGNS: Final[dict[str, MarkKind]] = {".": "dots", "。": "dots", "_": "name", "~": "title", "=": "keep"}
_STARS: Final[dict[str, MarkKind]] = {"*": "kai", "**": "hei"}
_NAME: Final = re.compile(r"[^\W\d][\w-]*")
_MOST_STARS: Final = 3
_NOT_BEFORE: Final = frozenset(" \u3000，。、；：！？）》」』】”’,.;:!?)")
"""What cannot be the first sign of a starred passage."""

_STOPS: Final = FIXED_STOPS | frozenset("。，、")


def parse(copy: str, inks: Collection[str] | None = None) -> Marked:
    """Read the markup of one paragraph as typed. ``inks`` are the names of the palette; None takes any name for one.

    Codes of the faults: markup-unclosed, markup-unopened, markup-unknown, markup-ruby.
    """
    if not any(sign in copy for sign in "*{}[\\"):
        return Marked(copy, (), tuple(range(len(copy) + 1)))
    return _Writer(copy, _Pairing(copy, inks)).run()


def press_copy(copy: str, role: str = "body", inks: Collection[str] | None = None) -> Marked:
    """``parse``, and the text in press orthography: normalised as a whole, as if there were no markup in it.

    Note marks take no part in that; one typed behind a stop stands before it (rule R-5).
    """
    typed = parse(copy, inks)
    text, moved = traced(typed.text, role)
    marks = tuple(
        replace(mark, start=bisect_left(moved, mark.start), end=bisect_left(moved, mark.end)) for mark in typed.marks
    )
    origin = tuple(typed.origin[at] for at in moved)
    return with_notes(Marked(text, marks, origin, typed.faults))


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


class _Open(NamedTuple):
    """A sign that waits for its partner; ``breaks`` are the colons and bars since a brace."""

    sign: str
    at: int
    parts: list[int]


class _Styled(NamedTuple):
    """A pair of signs that is markup: what it does, where its text ends, where reading goes on."""

    kind: MarkKind
    values: tuple[str, ...]
    stop: int
    after: int


class _Pairing:
    """Which signs of a paragraph belong together: ``styled`` by the offset of the opening sign."""

    def __init__(self, copy: str, inks: Collection[str] | None) -> None:
        self.copy = copy
        self.inks = inks
        self.styled: dict[int, _Styled] = {}
        self.faults: list[Fault] = []
        self._open: list[_Open] = []
        for match in _TOKEN.finditer(copy):
            self._take(match[0], match.start())
        self._give_up(0)

    def _take(self, sign: str, at: int) -> None:
        if sign[0] == "*":
            for star, place in self._stars(sign, at):
                self._star(star, place)
        elif sign == "{":
            self._open.append(_Open(sign, at, []))
        elif sign == "}":
            self._close_brace(at)
        elif sign in "|:：":
            brace = self._find("{")
            if brace is not None:
                self._open[brace].parts.append(at)

    def _find(self, sign: str) -> int | None:
        """The innermost open sign of a kind; stars never reach out of their braces."""
        for place in range(len(self._open) - 1, -1, -1):
            if self._open[place].sign == sign:
                return place
            if self._open[place].sign == "{":
                break
        return None

    def _stars(self, run: str, at: int) -> Iterator[tuple[str, int]]:
        """A run of stars as signs: three are a pair and a single one, closed in the reverse order."""
        before, after = self.copy[at - 1 : at], self.copy[at + len(run) : at + len(run) + 1]
        if len(run) > _MOST_STARS or (_is_ascii_word(before) and _is_ascii_word(after)):
            return
        if len(run) < _MOST_STARS:
            yield run, at
        elif self._open and self._open[-1].sign == "*":
            yield from (("*", at), ("**", at + 1))
        else:
            yield from (("**", at), ("*", at + 2))

    def _star(self, sign: str, at: int) -> None:
        end = at + len(sign)
        place = self._find(sign)
        if place is not None and self.copy[at - 1] not in " \u3000" and at > self._open[place].at + len(sign):
            start = self._open[place].at
            self._give_up(place + 1)
            self._open.pop()
            self.styled[start] = _Styled(_STARS[sign], (), at, end)
        elif place is None and self.copy[end : end + 1] not in _NOT_BEFORE and end < len(self.copy):
            self._open.append(_Open(sign, at, []))

    def _close_brace(self, at: int) -> None:
        place = next((n for n in range(len(self._open) - 1, -1, -1) if self._open[n].sign == "{"), None)
        if place is None:
            self.faults.append(Fault(at, "markup-unopened", "} has no { before it; write \\} for the sign itself"))
            return
        self._give_up(place + 1)
        brace = self._open.pop()
        styled = self._style(brace, at)
        if isinstance(styled, Fault):
            self.faults.append(styled)
        else:
            self.styled[brace.at] = styled

    def _style(self, brace: _Open, end: int) -> "_Styled | Fault":
        """What braces do: a sign or an ink behind the last colon, else readings behind the first bar."""
        copy = self.copy
        colon = next((part for part in reversed(brace.parts) if copy[part] in ":："), None)
        if colon is not None and colon > brace.at + 1:
            style = copy[colon + 1 : end].strip()
            if style in _SIGNS:
                return _Styled(_SIGNS[style], (), colon, end + 1)
            if style in self.inks if self.inks is not None else _NAME.fullmatch(style):
                return _Styled("ink", (style,), colon, end + 1)
        bar = next((part for part in brace.parts if copy[part] == "|"), None)
        if bar is not None and bar > brace.at + 1:
            return self._ruby(brace.at, bar, end)
        known = f"the signs . _ ~ = and the inks {', '.join(sorted(self.inks or ()))}"
        said = f"{copy[colon + 1 : end].strip()!r} is no markup" if colon is not None else "the braces say nothing"
        return Fault(brace.at, "markup-unknown", f"{said}; behind the colon go {known}; write \\{{ for the sign itself")

    def _ruby(self, start: int, bar: int, end: int) -> "_Styled | Fault":
        base = self.copy[start + 1 : bar]
        if "{" in base or "[^" in base:
            return Fault(start, "markup-ruby", "ruby stands innermost: {{汉字|hàn zì}:red}, not {{汉字:red}|hàn zì}")
        base = parse(base).text
        reading = self.copy[bar + 1 : end].strip()
        parts = tuple(part.strip() for part in reading.split("|"))
        count = len(clusters_of(base))
        if len(parts) == 1 and len(reading.split()) == count:
            parts = tuple(reading.split())
        if not all(parts) or len(parts) not in (1, count):
            return Fault(
                start, "markup-ruby", f"{len(parts)} readings for {count} characters: give one, or one for each"
            )
        return _Styled("ruby", parts, bar, end + 1)

    def _give_up(self, place: int) -> None:
        """Signs from a place of the stack on have no partner."""
        for left in self._open[place:]:
            closing = "}" if left.sign == "{" else left.sign
            told = f"{left.sign} has no {closing} after it; write \\{left.sign[0]} for the sign itself"
            self.faults.append(Fault(left.at, "markup-unclosed", told))
        del self._open[place:]


def _is_ascii_word(char: str) -> bool:
    return char.isascii() and char.isalnum()


class _Writer:
    """Copies the text of a paragraph without the signs that are markup."""

    def __init__(self, copy: str, pairing: _Pairing) -> None:
        self._copy = copy
        self._pairing = pairing
        self._text: list[str] = []
        self._origin: list[int] = []
        self._marks: list[Mark] = []

    def run(self) -> Marked:
        """The whole paragraph."""
        closing: list[tuple[int, _Styled]] = []  # the mark's place in the list, and where its text stops
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
        token = _TOKEN.match(self._copy, at)
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
