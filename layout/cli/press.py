"""``layout press``: the press conditions, and what their profiles do with colours."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
from msgspec import to_builtins

from layout.cli.console import Exit, show
from layout.core import Diagnostic, error, has_errors, warning

if TYPE_CHECKING:
    from layout.house.model import Press

_INKS: Final = "CMYK"


@click.command()
@click.option("--house", metavar="FILE|NAME", help="The condition of this house style, beside the built-in ones.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(*, house: str | None, as_json: bool) -> None:
    """The press conditions by name: output intent, ink limit, screen, and the profile's black build, measured in it.

    Try a plant's own profile with `--house ours.yaml` before a page goes through it: one that lays more ink than the
    condition takes is warned about (pictures are held below the limit even so).
    """
    presses = _presses(house)
    told: list[dict[str, Any]] = []
    found: list[Diagnostic] = []
    for press in presses:
        facts, faults = _measured(press)
        told.append(facts)
        found += faults
    show(found)
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        for facts in told:
            for line in _lines(facts):
                click.echo(line)
    if has_errors(found):
        sys.exit(Exit.FAULTS)


def _presses(house: str | None) -> "list[Press]":
    """The conditions: of a house style alone, or all that are built in."""
    from layout.core import NOWHERE
    from layout.house import CONDITIONS, load_house

    asked = [(house, ())] if house else [("broadsheet", (({"press": name}, NOWHERE),)) for name in CONDITIONS]
    presses = []
    for name, overrides in asked:
        checked = load_house(name, overrides=overrides)
        if checked.value is None:
            show(checked.diagnostics)
            sys.exit(Exit.FAULTS)
        presses.append(checked.value.press)
    return presses


def _measured(press: "Press") -> tuple[dict[str, Any], list[Diagnostic]]:
    from layout.images import ImageFault
    from layout.images.behaviour import behaviour

    facts = {
        "name": press.name,
        "condition": press.condition,
        "registry": press.registry,
        "info": press.info,
        "profile": str(press.profile),
        "ink_limit": press.ink_limit,
        "screen": press.screen,
        "resolution": press.resolution,
        "intent": press.intent,
        "spots": press.spots,
        "sharpen": to_builtins(press.sharpen),
    }
    try:
        does = behaviour(press.profile, press.intent)
    except ImageFault as fault:
        return facts, [error(fault.code, fault.message, press.span, "ask the plant for its CMYK output profile")]
    found = []
    if does.total > press.ink_limit + 0.005:
        message = f"{press.name}: its profile lays up to {does.total:.0%} of ink, the press takes {press.ink_limit:.0%}"
        found.append(
            warning("profile-ink", message, press.span, "pictures are held below the limit: colours lose depth")
        )
    return {**facts, "black": to_builtins(does)}, found


def _lines(facts: dict[str, Any]) -> Iterator[str]:
    registered = f" ({facts['registry']})" if facts["registry"] else ""
    yield f"{facts['name']}: {facts['condition']}{registered}, {facts['info']}"
    yield f"  profile {Path(facts['profile']).name}, {facts['intent']}; total ink at most {facts['ink_limit']:.0%}"
    cells = facts["resolution"] / facts["screen"]
    yield f"  screen {facts['screen']:g} lpi; pictures {facts['resolution']:g} ppi, {cells:.2g} pixels a cell"
    spots = facts["spots"]
    yield f"  spots {spots if isinstance(spots, str) else ', '.join(f'{k}: {v}' for k, v in spots.items())}"
    black = facts.get("black")
    if black:
        most, total = f"{black['most']:.0%}", f"{black['total']:.0%}"
        yield f"  black sets in at {black['start']:.0%} of grey, {most} at most; total ink up to {total}"
        yield f"  grey (RGB 128) {_inks(black['grey'])}; black (RGB 0) {_inks(black['deepest'])}"


def _inks(tints: tuple[float, ...]) -> str:
    return " ".join(f"{ink}{tint * 100:.0f}" for ink, tint in zip(_INKS, tints, strict=True))
