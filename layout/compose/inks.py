"""Which inks type and rules may be made of, told to the desk at the setting or the copy that says so.

Sources: GWG 2022, Newspaper Ads CMYK (R0015 to R0020), and plants' terms; the numbers are the press condition's. What
a preflight finds in the file is found here before there is one, with its place in the issue.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeAlias

from msgspec import Struct

from layout.compose.overprint import extent, too_much
from layout.core import Diagnostic, Ink, Span, Spot, error, fits, warning
from layout.core.patterns import late
from layout.display import Curve, Fill, Foreign, GlyphRun, Item, Picture, Stroke
from layout.house.model import House
from layout.issue.model import Passage, Story

_RICH: Final = (0.85, 2.2)  # black, and total ink, of rich black type (R0015)
_GROUND: Final = 0.45  # of ink: on less than that white type cannot be read (plants' terms)
_SHOWN: Final = 10  # characters of the copy that a message quotes

_READING: Final = late(r"\{([^{}|]+)\|")
"""Ruby as typed: what stands below it."""

_Line: TypeAlias = Stroke | Curve


class _Fault(Struct, frozen=True):
    severity: Callable[..., Diagnostic]
    code: str
    message: str
    hint: str


def ink_findings(
    items: Sequence[Item], house: House, span: Span, page: int, story: Story | None = None
) -> Iterator[Diagnostic]:
    """What is wrong with the inks of a story's items, or of a page's furniture.

    ``span`` is the place of what built-in styles say. Codes spot-refused, type-inks-small, type-inks-tiny,
    type-reversed-small, type-reversed-tiny, type-reversed-faint, type-invisible, type-rich-black, type-ink-total,
    rule-inks-thin, rule-thin. Each fault of a kind of type or rule is told once.
    """
    yield from _spots(items, house, span, page)
    told: set[tuple[str, str, Span]] = set()
    grounds: list[Fill | Picture] = []
    heavy = False  # whether a ground leaves no room for black
    for item in items:
        if isinstance(item, Fill | Picture):
            grounds.append(item)
            heavy = heavy or (isinstance(item, Fill) and item.ink.coverage + 1 > house.press.ink_limit)
        elif not isinstance(item, Foreign) and (heavy or not _plain(item, house)):
            ruby = _ruby(item, story) if isinstance(item, GlyphRun) and not item.text else None
            for fault in _faults(item, grounds, house, ruby):
                place = ruby.place if ruby and ruby.place else _place(item, house, span, story)
                if (item.tag, fault.code, place) not in told:
                    told.add((item.tag, fault.code, place))
                    yield fault.severity(fault.code, fault.message, place, fault.hint, page)


def _plain(item: GlyphRun | _Line, house: House) -> bool:
    """Whether nothing can be wrong with it: black alone, as almost everything is."""
    return item.ink.black_only and (isinstance(item, GlyphRun) or item.width >= house.press.ink_rules.rule_min)


def _spots(items: Sequence[Item], house: House, span: Span, page: int) -> Iterator[Diagnostic]:
    """Spot inks for which the press condition has no plate (GWG 2022, R0020); others were converted on reading."""
    known: dict[Spot, str] = {}
    for name, ink in house.palette.items():
        if ink.spot is not None and house.refuses(ink.spot):
            known.setdefault(ink.spot, name)
    used = [item.ink.spot for item in items if not isinstance(item, Picture | Foreign)] if known else []
    for spot in dict.fromkeys(spot for spot in used if spot is not None and spot in known):
        message = f"{house.press.name} has no plate for the spot ink {spot.name!r}"
        hint = "press: {spots: process} prints it out of the process inks, {spots: plates} on a plate of its own"
        yield error("spot-refused", message, house.place((f"palette.{known[spot]}",), span), hint, page)


def _faults(
    item: GlyphRun | _Line, grounds: Sequence[Fill | Picture], house: House, ruby: "_Ruby | None"
) -> Iterator[_Fault]:
    if not isinstance(item, GlyphRun):
        yield from _line_faults(item, house)
        return
    kind = ruby.kind if ruby else _kind(item)
    if item.ink.coverage == 0:
        yield from _reversed_faults(item, kind, grounds, house)
    elif item.ink.black_only:
        yield from _total_faults(item, kind, grounds, house)
    else:
        yield from _colour_faults(item, kind, house)


def _colour_faults(run: GlyphRun, kind: str, house: House) -> Iterator[_Fault]:
    """Type out of several inks is as sharp as the register is good (R0015, R0017)."""
    rules, ink = house.press.ink_rules, run.ink
    named = f"{kind} of {run.size:.4g} pt is set in {ink.colourants} inks"
    if ink.black >= _RICH[0] and ink.coverage > _RICH[1]:
        yield _Fault(warning, "type-rich-black", f"{kind} is black out of {ink.colourants} inks", "use k: 100 alone")
    if ink.colourants < 2 or fits(rules.inks_warn, run.size):
        return
    hint = f"set it in one ink, or at {rules.inks_warn:g} pt and more (press: ink_rules)"
    if fits(rules.inks_min, run.size):
        yield _Fault(warning, "type-inks-small", named, hint)
    else:
        yield _Fault(error, "type-inks-tiny", named, hint)


def _reversed_faults(run: GlyphRun, kind: str, grounds: Sequence[Fill | Picture], house: House) -> Iterator[_Fault]:
    """Ink runs into small white type from all sides (R0016); on paper it does not show at all."""
    rules, place = house.press.ink_rules, extent(run)
    ground = next((one for one in reversed(grounds) if one.rect.overlaps(place)), None)
    if ground is None or (isinstance(ground, Fill) and ground.ink.coverage == 0):
        hint = "give it a ground: head or section `tint` in the house style, or a `box`"
        yield _Fault(error, "type-invisible", f"{kind} is white on white paper", hint)
        return
    if isinstance(ground, Fill) and ground.ink.coverage < _GROUND:
        message = f"{kind} is white on a ground of {ground.ink.coverage:.0%} ink"
        yield _Fault(warning, "type-reversed-faint", message, f"a ground of {_GROUND:.0%} and more")
    if fits(rules.reversed_warn, run.size):
        return
    message, hint = f"{kind} of {run.size:.4g} pt is reversed out of a ground", f"at least {rules.reversed_warn:g} pt"
    if fits(rules.reversed_min, run.size):
        yield _Fault(warning, "type-reversed-small", message, hint)
    else:
        yield _Fault(error, "type-reversed-tiny", message, hint)


def _total_faults(run: GlyphRun, kind: str, grounds: Sequence[Fill | Picture], house: House) -> Iterator[_Fault]:
    """Small black type overprints whatever it lies on, and adds its ink to it."""
    if not run.overprint:
        return
    place = extent(run)
    for ground in grounds:
        if isinstance(ground, Fill) and too_much(run.ink, ground, house) and ground.rect.overlaps(place):
            total = ground.ink.coverage - ground.ink.black + run.ink.black
            message = f"{kind} in black over its ground lays {total:.0%} of ink"
            hint = f"{house.press.name} takes {house.press.ink_limit:.0%}; set it in white, or on a lighter ground"
            yield _Fault(warning, "type-ink-total", message, hint)
            return


def _line_faults(line: _Line, house: House) -> Iterator[_Fault]:
    """A fine rule out of several inks, or a white one, falls apart where the register is off (R0018, R0019)."""
    rules, ink = house.press.ink_rules, line.ink
    if not line.width:
        return
    if ink.colourants != 1 and not fits(rules.rule_inks_min, line.width):
        made = f"in {ink.colourants} inks" if ink.coverage else "in white"
        hint = f"at least {rules.rule_inks_min:g} pt"
        yield _Fault(warning, "rule-inks-thin", f"a rule of {line.width:.3g} pt {made}", hint)
    elif not fits(rules.rule_min, line.width):
        message = f"a rule of {line.width:.3g} pt breaks up in print"
        yield _Fault(warning, "rule-thin", message, f"at least {rules.rule_min:g} pt")


def _kind(run: GlyphRun) -> str:
    """Which type it is, with the beginning of its copy."""
    copy = run.text
    return f"{run.tag or 'type'} “{copy[:_SHOWN]}{'…' if len(copy) > _SHOWN else ''}”"


class _Ruby(Struct, frozen=True):
    """Ruby, which has no copy of its own: what it is, and where the first of its kind is typed."""

    kind: str
    place: Span | None


def _ruby(run: GlyphRun, story: Story | None) -> _Ruby:
    for passage in _passages(story) if story else ():
        found = _READING.search(passage.text) if run.tag.startswith(passage.role) else None
        if found:
            return _Ruby(f"{run.tag} ruby over “{found[1]}”", passage.at(found.start()))
    return _Ruby(f"{run.tag} ruby", None)


def _place(item: GlyphRun | _Line, house: House, span: Span, story: Story | None) -> Span:
    """Where the ink is named: in the copy's markup, else in a style or a rule of one's own, else ``span``."""
    if isinstance(item, GlyphRun):
        style = house.styles.get(item.tag)
        if style is not None and house.palette[style.ink] == item.ink:
            own = (f"styles.{item.tag}.size", f"styles.{item.tag}.ink", f"palette.{style.ink}")
            return house.place(own, span)
        return _typed(item.ink, house, story) or span
    names = [name for name, rule in house.rules.items() if _draws(rule.ink, item, house)]
    return house.place([f"rules.{name}" for name in names if item.width in _widths(house, name)], span)


def _draws(name: str, line: _Line, house: House) -> bool:
    return house.palette[name] == line.ink


def _widths(house: House, name: str) -> tuple[float, float]:
    return house.rules[name].width, house.rules[name].second


def _typed(ink: Ink, house: House, story: Story | None) -> Span | None:
    """Where the copy asks for an ink by markup."""
    names = [name for name, known in house.palette.items() if known == ink]
    for passage in _passages(story) if story else ():
        for name in names:
            at = passage.text.find(f":{name}}}")
            if at >= 0:
                return passage.at(at + 1)
    return None


def _passages(story: Story) -> Iterator[Passage]:
    """All copy of a story."""
    heads = (story.kicker, story.headline, story.deck, story.byline)
    captions = (photo.caption for photo in story.photos)
    yield from (passage for passage in (*heads, *story.text, *captions, story.credit) if passage is not None)
