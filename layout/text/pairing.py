"""Which signs of inline markup belong together."""

from collections.abc import Callable, Collection, Iterator
from typing import Final

from msgspec import Struct

from layout.core.patterns import late
from layout.text.items import clusters_of
from layout.text.marked import Fault, MarkKind

TOKEN: Final = late(r"\\[\\*{}\[\]|:：]|\*+|\{\|\}|[{}|:：]|\[\^(?P<note>[^\[\]\\]{1,4})\]")
_SIGNS: Final[dict[str, MarkKind]] = {
    ".": "dots",
    "。": "dots",
    "_": "name",
    "~": "title",
    "=": "keep",
    "!": "typed",
    "！": "typed",
}
_STARS: Final[dict[str, MarkKind]] = {"*": "kai", "**": "hei"}
_NAME: Final = late(r"[^\W\d][\w-]*")
_MOST_STARS: Final = 3
_NOT_BEFORE: Final = frozenset(" \u3000，。、；：！？）》」』】”’,.;:!?)")
"""What cannot be the first sign of a starred passage."""


class _Open(Struct, frozen=True):
    """A sign that waits for its partner; ``breaks`` are the colons and bars since a brace."""

    sign: str
    at: int
    parts: list[int]


class Styled(Struct, frozen=True):
    """A pair of signs that is markup: what it does, where its text ends, where reading goes on."""

    kind: MarkKind
    values: tuple[str, ...]
    stop: int
    after: int


class Pairing:
    """Which signs of a paragraph belong together: ``styled`` by the offset of the opening sign.

    ``inks`` are the names of the palette, None for any; ``plain`` takes the markup out of a piece of copy.
    """

    def __init__(self, copy: str, inks: Collection[str] | None, plain: Callable[[str], str]) -> None:
        self.copy = copy
        self.plain = plain
        self.inks = inks
        self.styled: dict[int, Styled] = {}
        self.faults: list[Fault] = []
        self._open: list[_Open] = []
        for match in TOKEN.finditer(copy):
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
            self.styled[start] = Styled(_STARS[sign], (), at, end)
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

    def _style(self, brace: _Open, end: int) -> "Styled | Fault":
        """What braces do: a sign or an ink behind the last colon, else readings behind the first bar."""
        copy = self.copy
        colon = next((part for part in reversed(brace.parts) if copy[part] in ":："), None)
        if colon is not None and colon > brace.at + 1:
            style = copy[colon + 1 : end].strip()
            if style in _SIGNS:
                return Styled(_SIGNS[style], (), colon, end + 1)
            if style in self.inks if self.inks is not None else _NAME.fullmatch(style):
                return Styled("ink", (style,), colon, end + 1)
        bar = next((part for part in brace.parts if copy[part] == "|"), None)
        if bar is not None and bar > brace.at + 1:
            return self._ruby(brace.at, bar, end)
        known = f"the signs . _ ~ = ! and the inks {', '.join(sorted(self.inks or ()))}"
        said = f"{copy[colon + 1 : end].strip()!r} is no markup" if colon is not None else "the braces say nothing"
        return Fault(brace.at, "markup-unknown", f"{said}; behind the colon go {known}; write \\{{ for the sign itself")

    def _ruby(self, start: int, bar: int, end: int) -> "Styled | Fault":
        base = self.copy[start + 1 : bar]
        if "{" in base or "[^" in base:
            return Fault(start, "markup-ruby", "ruby stands innermost: {{汉字|hàn zì}:red}, not {{汉字:red}|hàn zì}")
        base = self.plain(base)
        reading = self.copy[bar + 1 : end].strip()
        parts = tuple(part.strip() for part in reading.split("|"))
        count = len(clusters_of(base))
        if len(parts) == 1 and len(reading.split()) == count:
            parts = tuple(reading.split())
        if not all(parts) or len(parts) not in (1, count):
            return Fault(
                start, "markup-ruby", f"{len(parts)} readings for {count} characters: give one, or one for each"
            )
        return Styled("ruby", parts, bar, end + 1)

    def _give_up(self, place: int) -> None:
        """Signs from a place of the stack on have no partner."""
        for left in self._open[place:]:
            closing = "}" if left.sign == "{" else left.sign
            told = f"{left.sign} has no {closing} after it; write \\{left.sign[0]} for the sign itself"
            self.faults.append(Fault(left.at, "markup-unclosed", told))
        del self._open[place:]


def _is_ascii_word(char: str) -> bool:
    return char.isascii() and char.isalnum()
