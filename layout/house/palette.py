"""The palette: inks by name, out of the process inks, spot inks of their own plates, and tints of either.

What becomes of a spot ink is the press condition's to say (``press.spots``): a plate of its own, a mixture of the
process inks, or a refusal wherever it is used, so that somebody decides. A newspaper press has four plates (GWG 2022,
R0020), so newsprint refuses.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final, Literal, TypeAlias

from layout.core import Diagnostic, Ink, Span, Spot, Tints, error
from layout.source import Node, Table

SpotUse: TypeAlias = Literal["plates", "process", "refuse"]
Spots: TypeAlias = SpotUse | Mapping[str, SpotUse]
"""What becomes of spot inks: of all, or of each by its name; those that are not named are refused."""

_INKS: Final = ("c", "m", "y", "k")
_WHOLE: Final = frozenset({"spot", "cmyk", "of"})
_RESERVED: Final = frozenset({"all", "none", "cyan", "magenta", "yellow", "black"})
"""Names of Separation that stand for something else (ISO 32000-1, 8.6.6.4), whatever their case."""

_Entry: TypeAlias = Mapping[str, Any]


def use_of(spot: Spot, spots: Spots) -> SpotUse:
    """What becomes of a spot ink."""
    return spots if isinstance(spots, str) else spots.get(spot.name, "refuse")


def read_palette(entries: Mapping[str, _Entry], *, spots: Spots, grey: bool) -> dict[str, Ink]:
    """The inks by name as this press prints them; ``entries`` have no faults.

    A page that is printed in black only has tints of black, whatever a colour was made of.
    """
    inks = {name: _ink(entries, entry) for name, entry in entries.items()}
    if grey:
        return {name: ink.grey for name, ink in inks.items()}
    return {
        name: ink.process if ink.spot and use_of(ink.spot, spots) == "process" else ink for name, ink in inks.items()
    }


def _ink(entries: Mapping[str, _Entry], entry: _Entry) -> Ink:
    share = entry.get("tint", 1.0)
    if "of" in entry:
        return _ink(entries, entries[entry["of"]]).screened(share)
    if "spot" in entry:
        return Ink(spot=_spot(entry), tint=share)
    return Ink(*_tints(entry)).screened(share)


def _spot(entry: _Entry) -> Spot:
    return Spot(entry["spot"], _tints(entry))


def _tints(entry: _Entry) -> Tints:
    cyan, magenta, yellow, black = entry.get("cmyk") or (entry.get(key, 0.0) for key in _INKS)
    return cyan, magenta, yellow, black


def replaced(base: Node | None, over: Node) -> bool:
    """Whether an entry of a palette takes the place of the one below as a whole.

    Only tints by name are laid over tints by name.
    """
    tables = [node for node in (base, over) if isinstance(node, Table)]
    return any(_WHOLE & set(table.entries) for table in tables)


def palette_faults(entries: Mapping[str, _Entry], palette: Table) -> tuple[Diagnostic, ...]:
    """What is wrong with the inks of a palette that satisfies the schema, each at its own place.

    Codes bad-ink, spot-name, spot-differs.
    """
    return tuple(_faults(entries, palette))


def _faults(entries: Mapping[str, _Entry], palette: Table) -> Iterator[Diagnostic]:
    first: dict[str, tuple[str, Spot]] = {}
    for name, entry in entries.items():
        place = palette.place(name)
        yield from _entry_faults(name, entry, place)
        if "of" in entry and _endless(entries, name):
            yield error("bad-ink", f"{name} is a tint of itself", place, "name an ink that says what it is made of")
        if "spot" not in entry:
            continue
        spot = _spot(entry)
        owner, other = first.setdefault(plate(spot), (name, spot))
        if other.name != spot.name:
            message = f"{spot.name!r} and {other.name!r} would be two plates"
            yield error(
                "spot-differs", message, place, f"{owner} writes {other.name!r}: plates are told apart by letters"
            )
        elif other != spot:
            message = f"{name} and {owner} are the spot {spot.name!r}, but not of the same process tints"
            yield error("spot-differs", message, place, f"a tint of it is {{of: {owner}, tint: 40}}")


def plate(spot: Spot) -> str:
    """The ink that a name means to a reader: case and blanks do not tell inks apart."""
    return "".join(spot.name.casefold().split())


def _entry_faults(name: str, entry: _Entry, place: Span) -> Iterator[Diagnostic]:
    tints = set(_INKS) & set(entry)
    if "of" in entry and set(entry) - {"of", "tint"}:
        yield error("bad-ink", f"{name} is a tint of {entry['of']} and has inks of its own", place, "leave out either")
    if "cmyk" in entry and tints:
        yield error("bad-ink", f"{name} has `cmyk` and {', '.join(sorted(tints))}", place, "leave out either")
    if "spot" in entry:
        if not any(_tints(entry)):
            hint = "as in {spot: PANTONE 185 C, cmyk: [0, 91, 76, 0]}"
            yield error("bad-ink", f"{name} does not say what its spot looks like in process inks", place, hint)
        if entry["spot"].strip().lower() in _RESERVED:
            yield error("spot-name", f"{entry['spot']!r} is no name for a spot ink", place, "the name on the ink's tin")


def _endless(entries: Mapping[str, _Entry], name: str) -> bool:
    """Whether following ``of`` never comes to an ink."""
    seen: set[str] = set()
    while name not in seen and "of" in entries.get(name, {}):
        seen.add(name)
        name = entries[name]["of"]
    return name in seen
