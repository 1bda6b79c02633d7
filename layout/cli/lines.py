"""``layout lines``: paragraphs set to a measure, to see what the composer does."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click
from msgspec.structs import replace

from layout.cli.console import Exit, environment_failed, show
from layout.core import error

if TYPE_CHECKING:
    from layout.house.model import House
    from layout.text import Broken, Metrics, Paragraph, Setting

_LEVELS = ("none", "basic", "gb", "news", "strict")
_PUNCTUATION = ("quanjiao", "kaiming", "banjiao")
_PROFILES = ("news", "gb")
_QUOTES = ("double-first", "corner-first")
_REPLACE = ("punctuation", "level", "hyphenate", "profile", "quotes")  # what the house says when left out
_LEAST, _MOST = 1.0, 1000.0  # em
_DIGITS = 6  # of an em: far below what a press can show


@click.command()
@click.argument("file", type=click.File(encoding="utf-8"), default="-")
@click.option("--measure", type=float, required=True, metavar="EM", help="Width of the lines.")
@click.option("--style", metavar="NAME", help="A style of the house; body when left out.")
@click.option("--house", metavar="FILE|NAME", help="A house style; broadsheet when left out.")
@click.option("--punctuation", type=click.Choice(_PUNCTUATION), help="Width of marks.")
@click.option("--level", type=click.Choice(_LEVELS), help="Prohibitions at line start and line end.")
@click.option("--indent", type=click.FloatRange(0), default=2.0, show_default=True, metavar="EM", help="First line.")
@click.option("--vertical", is_flag=True, help="Set in columns from top to bottom.")
@click.option("--profile", type=click.Choice(_PROFILES), help="How digits stand in vertical setting.")
@click.option("--quotes", type=click.Choice(_QUOTES), help="Which vertical quotes come first, ﹃﹄ or ﹁﹂.")
@click.option("--face", type=click.Path(path_type=Path), help="Set with this font file.")
@click.option("--metrics", type=click.Choice(["reference"]), help="Widths by character class, without a face.")
@click.option("--hyphenate/--no-hyphenate", default=None, help="Whether long Latin words are hyphenated.")
@click.option("--raw", is_flag=True, help="Take the copy as it is, without normalisation.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a paragraph.")
def command(file: Any, measure: float, *, raw: bool, as_json: bool, **options: Any) -> None:
    """Set the paragraphs of FILE (standard input), one a line, to a measure.

    Prints one composed line a line and an empty line between paragraphs. Lengths are in em of the style's size.
    """
    from layout.text import break_lines, set_paragraph

    if not max(options["indent"], _LEAST) < measure <= _MOST:
        raise click.BadParameter(
            f"lines are wider than the indent and 1 em, up to {_MOST:g} em", param_hint="--measure"
        )
    setting = _setting(options)
    try:
        copy = [line.strip("\n") for line in file if line.strip()]
    except UnicodeDecodeError:
        _refuse("not-utf8", f"{file.name} is not UTF-8 text")
    for number, text in enumerate(copy if raw else _normalised(copy, options["style"])):
        paragraph = set_paragraph(text, setting)
        broken = break_lines(paragraph, (measure,))
        assert broken is not None
        for line in _json(paragraph, broken) if as_json else _text(broken, first=not number):
            click.echo(line)


def _setting(options: dict[str, Any]) -> "Setting":
    """The setting that style, house and options ask for; the options win."""
    from layout.text import Setting

    asked = {key: options[key] for key in _REPLACE if options[key] is not None}
    styled = options["style"] or options["house"] or not (options["metrics"] or options["face"])
    house = _house(options["house"] or "broadsheet") if styled else None
    name = options["style"] or "body"
    if house is not None and name not in house.styles:
        _refuse("unknown-style", f"the house style has no {name!r}; it has {', '.join(house.styles)}")
    metrics = _metrics(house, name, options["face"], reference=options["metrics"] is not None)
    setting = Setting(metrics, indent=options["indent"], vertical=options["vertical"])
    if house is not None:
        style = house.styles[name]
        setting = replace(
            setting,
            size=style.size,
            level=style.level,
            punctuation=style.punctuation,
            han_latin=style.han_latin,
            tracking=style.tracking,
            align=style.align,
            hyphenate=style.hyphenate,
            profile=house.vertical.profile,
            quotes=house.vertical.quotes,
        )
    return replace(setting, **asked)


def _house(name: str) -> "House":
    from layout.house import load_house

    try:
        checked = load_house(name)
    except OSError as fault:
        environment_failed(fault)
    show(checked.diagnostics)
    if checked.value is None or not checked.ok:
        sys.exit(Exit.FAULTS)
    return checked.value


def _metrics(house: "House | None", style: str, face: Path | None, *, reference: bool) -> "Metrics":
    from layout.text import ReferenceMetrics

    if reference:
        return ReferenceMetrics()
    from layout.fonts import Book, FontError
    from layout.house.model import FaceRef
    from layout.text import FaceMetrics

    if face is None:
        assert house is not None
        book, role = Book(house.faces), house.styles[style].role
    else:
        book, role = Book({"face": (FaceRef(face),)}), "face"
    try:
        book.chain(role)
    except FontError as fault:
        _refuse(fault.code, fault.message)
    return FaceMetrics(book, role)


def _normalised(copy: list[str], style: str | None) -> Iterator[str]:
    from layout.text.normalise import ROLES, normalise

    role = style if style in ROLES else "body"
    return (text for text in (normalise(line, role) for line in copy) if text)


def _text(broken: "Broken", *, first: bool) -> Iterator[str]:
    if not first:
        yield ""
    for line in broken.lines:
        yield line.text


def _json(paragraph: "Paragraph", broken: "Broken") -> Iterator[str]:
    lines = [
        {
            "text": line.text,
            "measure": _em(line.measure),
            "width": _em(line.width),
            "natural": _em(line.natural),
            "tracking": _em(line.tracking),
            "last": line.last,
            "clusters": [
                {"text": c.text, "advance": _em(c.advance), "offset": _em(c.offset), "form": c.form}
                for c in line.clusters
            ],
        }
        for line in broken.lines
    ]
    answer: dict[str, Any] = {
        "text": paragraph.text,
        "pass": broken.passed,
        "cost": round(broken.cost, 2),
        "lines": lines,
    }
    if paragraph.missing:
        answer["missing"] = [{"offset": offset, "text": char} for offset, char in paragraph.missing]
    yield json.dumps(answer, ensure_ascii=False)


def _em(length: float) -> float:
    return round(length, _DIGITS) + 0.0


def _refuse(code: str, message: str) -> NoReturn:
    show([error(code, message)])
    sys.exit(Exit.FAULTS)
