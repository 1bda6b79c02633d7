"""A house style is laid together from layers: what it extends, its own file, the settings of the issue."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from msgspec.structs import replace

from layout.core import NOWHERE, Checked, Diagnostic, Span, error
from layout.house.palette import replaced
from layout.source import Leaf, Node, Table, as_node, find_inside, merge, nearest, read_table

BUILT_IN: Final = ("broadsheet", "tabloid")
"""The house styles that travel with the program: 对开 and 四开."""

CONDITIONS: Final = ("newsprint-240", "newsprint-220", "coated")
"""The press conditions of ``press.yaml``."""

HERE: Final = Path(__file__).parent
_FILES: Final = (".yaml", ".yml")


def read_layers(
    name: str, *, base: Path, folders: Sequence[Path], span: Span = NOWHERE, above: tuple[Path, ...] = ()
) -> Checked[Table]:
    """A house style by built-in name or path, laid over what it extends.

    ``base`` is the folder that the path is relative to; the file must lie in one of ``folders`` (empty: anywhere).
    ``above`` are the files that extend this one. Codes: house-unknown, house-cycle, path-escapes, file-missing, and
    those of a file that cannot be read.
    """
    located = _locate(name, base, folders, span)
    path = located.value
    if path is None:
        return Checked(None, located.diagnostics)
    if path in above:
        return Checked(None, (error("house-cycle", f"{name} extends itself", span),))
    read = read_table(path)
    own = read.value
    if own is None:
        return read
    parent = _parent(own)
    if parent is None:
        return read
    inner = (path.parent, *folders) if folders else ()
    below = read_layers(parent.raw, base=path.parent, folders=inner, span=parent.span, above=(*above, path))
    if below.value is None:
        return Checked(None, below.diagnostics)
    return Checked(overlay(below.value, own))


def overlay(base: Table, over: Table) -> Table:
    """``over`` laid on ``base``.

    Settings of a press condition are laid over the condition that the base names; an ink of the palette that is told
    in another way takes the place of the one below.
    """
    own, named = over.get("press"), base.get("press")
    if isinstance(own, Table) and isinstance(named, Leaf):
        base = base.put("press", _like(named, own.span))
    base = _without_replaced(base, over)
    merged = merge(base, over)
    assert isinstance(merged, Table)
    return merged


def _without_replaced(base: Table, over: Table) -> Table:
    """The base without the inks that the upper layer replaces as a whole."""
    below, own = base.get("palette"), over.get("palette")
    if not (isinstance(below, Table) and isinstance(own, Table)):
        return base
    gone = {name for name, entry in own.entries.items() if replaced(below.get(name), entry.node)}
    if not gone:
        return base
    kept = {name: entry for name, entry in below.entries.items() if name not in gone}
    return base.put("palette", Table(kept, below.span))


def lay_overrides(house: Table, overrides: Sequence[tuple[Mapping[str, Any] | Node, Span]]) -> Checked[Table]:
    """The settings of an issue, a page, a story laid over a house style, outermost first.

    Codes wrong-type, unknown-key.
    """
    found: list[Diagnostic] = []
    for values, span in overrides:
        node = as_node(values, span)
        if not isinstance(node, Table):
            found.append(error("wrong-type", "'house' must be a mapping of keys to values", span))
            continue
        if "extends" in node.entries:
            hint = "`style:` says which house style the issue has"
            found.append(error("unknown-key", "'extends' is for house style files", node.place("extends"), hint))
        house = overlay(house, node)
    return Checked(house, tuple(found))


def expand(house: Table) -> Checked[Table]:
    """The same settings written out: the press condition by name, ``styles.default`` in every style.

    Codes unknown-name, wrong-type.
    """
    pressed = _expand_press(house)
    styles = house.get("styles")
    if pressed.value is None or not isinstance(styles, Table) or "default" not in styles.entries:
        return pressed
    default = styles.entries["default"].node
    if not isinstance(default, Table):
        return Checked(None, (error("wrong-type", "'default' must be a mapping of keys to values", default.span),))
    return Checked(pressed.value.put("styles", _inherit(styles, default)))


def _inherit(styles: Table, default: Table) -> Table:
    """Every style laid over the default, which is gone then; what is no mapping is left for the schema to judge."""
    entries = {
        name: replace(entry, node=merge(default, entry.node)) if isinstance(entry.node, Table) else entry
        for name, entry in styles.entries.items()
        if name != "default"
    }
    return Table(entries, styles.span)


def _locate(name: str, base: Path, folders: Sequence[Path], span: Span) -> Checked[Path]:
    if name in BUILT_IN:
        return Checked(HERE / f"{name}.yaml")
    if not name.endswith(_FILES):
        hint = nearest(name, BUILT_IN) + "; a house style of your own is a path that ends in .yaml"
        return Checked(None, (error("house-unknown", f"no house style is called {name!r}", span, hint),))
    return find_inside(name, base, folders, span) if folders else Checked(base / name)


def _parent(own: Table) -> Leaf | None:
    """What a house style extends: what it says, else the broadsheet; None when it stands alone."""
    entry = own.entries.get("extends")
    if entry is None:
        return Leaf(BUILT_IN[0], BUILT_IN[0], own.span)
    node = entry.node
    # A value of another type is left to the schema, whose words are better.
    return node if isinstance(node, Leaf) and isinstance(node.value, str) else None


def _like(name: Leaf, span: Span) -> Table:
    return Table({}, span).put("like", name)


def _expand_press(house: Table) -> Checked[Table]:
    press = house.get("press")
    if isinstance(press, Leaf):
        press = _like(press, press.span)
    like = press.get("like") if isinstance(press, Table) else None
    if not isinstance(press, Table) or not isinstance(like, Leaf):
        return Checked(house)
    known = read_table(HERE / "press.yaml").value
    assert known is not None, "press.yaml travels with the program"
    condition = known.get(like.raw)
    if condition is None:
        hint = nearest(like.raw, tuple(known.entries))
        return Checked(None, (error("unknown-name", f"no press condition is called {like.raw!r}", like.span, hint),))
    assert isinstance(condition, Table)
    if not _same_profile(condition, press):
        condition = _unregistered(condition, press)
    return Checked(house.put("press", merge(condition.put("name", like), press)))


def _same_profile(condition: Table, press: Table) -> bool:
    """Whether settings keep the profile of the condition that they are laid over, or say what theirs stands for."""
    own, shipped = press.get("profile"), condition.get("profile")
    named = own is None or (isinstance(own, Leaf) and isinstance(shipped, Leaf) and own.raw == shipped.raw)
    return named or "condition" in press.entries


def _unregistered(condition: Table, press: Table) -> Table:
    """The condition without its registered name, which a profile of one's own must not go under.

    The intent then says Custom, and in words which profile it is (print.md, section 3: Custom and Info).
    """
    profile = press.get("profile")
    assert profile is not None  # it differs from the condition's
    words = profile.raw if isinstance(profile, Leaf) else ""
    for key, value in (("condition", "Custom"), ("registry", None), ("info", f"Press profile {words}")):
        condition = condition.put(key, Leaf(value, value or "", profile.span))
    return condition
