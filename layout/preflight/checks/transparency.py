"""Transparency and layers: what is only decided when the page is flattened."""

from collections.abc import Iterator
from typing import Final

from layout.preflight.checks.case import X4, Case, Found
from layout.preflight.model import Group, Trait

_MODES: Final = frozenset(
    [
        "Normal",
        "Compatible",
        "Multiply",
        "Screen",
        "Overlay",
        "Darken",
        "Lighten",
        "ColorDodge",
        "ColorBurn",
        "HardLight",
        "SoftLight",
        "Difference",
        "Exclusion",
        "Hue",
        "Saturation",
        "Color",
        "Luminosity",
    ]
)
_TRANSPARENT: Final = {Trait.SOFT_MASK, Trait.IMAGE_MASK, Trait.ALPHA, Trait.BLEND, Trait.GROUP}


def live(case: Case) -> Iterator[Found]:
    """PDF/X-1a is for RIPs that cannot blend: soft masks, opacity, blend modes and groups must be flattened before."""
    for use in case.facts.uses:
        if use.trait in _TRANSPARENT:
            detail = f" ({use.detail})" if use.detail else ""
            yield Found(f"{use.trait}{detail}", use.page, use.place)


def blend_modes(case: Case) -> Iterator[Found]:
    """A blend mode that ISO 32000 does not know is taken for Normal by one program and refused by another."""
    for use in case.facts.uses:
        if use.trait is Trait.BLEND and use.detail not in _MODES:
            yield Found(f"the blend mode {use.detail} does not exist", use.page, use.place)


def blend_space(case: Case) -> Iterator[Found]:
    """Blending happens in the group's colour space: in any but the press's own, inks are converted to and fro."""
    if case.standard.name != X4:
        return  # PDF/X-1a has no group at all
    for group in case.facts.groups:
        if group.space is not None and not _fits(case, group):
            yield Found(f"the {group.role} group blends in {group.space.family}", group.page)


def page_group(case: Case) -> Iterator[Found]:
    """A page with transparency that names no blend space is blended in whatever space the RIP prefers."""
    named = {one.page for one in case.facts.groups if one.role == "page" and one.space is not None}
    blended = {one.page for one in case.facts.uses if one.trait in _TRANSPARENT and one.detail != "page"}
    for page in sorted(blended - named):
        yield Found("the page has transparency, but no group with a colour space", page)


def layers(case: Case) -> Iterator[Found]:
    """PDF/X-1a knows no layers: what is switched off would print."""
    if case.facts.document.layers is not None:
        yield Found("the file has layers")


def layer_names(case: Case) -> Iterator[Found]:
    """Each set of layers has a name of its own and no rule that switches layers by themselves (/AS)."""
    found = case.facts.document.layers
    if found is None:
        return
    if None in found.configurations or "" in found.configurations:
        yield Found("a layer configuration has no name")
    if len(set(found.configurations)) < len(found.configurations):
        yield Found("two layer configurations have the same name")
    if found.automatic:
        yield Found("a layer configuration switches layers by itself (/AS)")


def layer_configurations(case: Case) -> Iterator[Found]:
    """A file with several sets of layers is several pages: nobody knows which was proofed."""
    if case.facts.document.layers is not None and case.facts.document.layers.alternatives:
        yield Found("the file has alternative layer configurations (/Configs)")


def hidden_layers(case: Case) -> Iterator[Found]:
    """What lies on a layer that is switched off may come back at the plant."""
    found = case.facts.document.layers
    for name in found.hidden if found else ():
        yield Found(f"the layer {name} is switched off")


def _fits(case: Case, group: Group) -> bool:
    """Whether a blend space is the press's own; gray will do for a luminosity mask."""
    space = group.space
    assert space is not None
    if space.family == "DeviceCMYK":
        return case.press_space == "CMYK"
    if space.family == "DeviceGray":
        return group.role != "page" or not case.limits.early_binding or case.press_space == "GRAY"
    if space.family == "DeviceRGB":
        return not case.limits.early_binding and (space.remapped or case.press_space == "RGB")
    return not case.limits.early_binding
