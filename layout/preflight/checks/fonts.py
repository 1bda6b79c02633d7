"""Fonts: embedded, sound, and known by a name."""

from collections.abc import Iterator

from layout.preflight.checks.case import X4, Case, Found
from layout.preflight.checks.colour import legal_name
from layout.preflight.model import FontUse


def embedding(case: Case) -> Iterator[Found]:
    """A font that is not in the file is replaced by another: lines run differently, characters vanish."""
    seen: set[tuple[int, str]] = set()
    for use in case.facts.fonts:
        key = use.page, use.font.name
        needed = use.visible or case.standard.name != X4
        if needed and not use.font.program and key not in seen:
            seen.add(key)
            yield _found("is not embedded", use)


def programs(case: Case) -> Iterator[Found]:
    """A font program that is no font stops the RIP, or is silently replaced."""
    for use in _once(case):
        if use.font.program and not use.font.sound:
            yield _found("is embedded, but damaged", use)


def open_type(case: Case) -> Iterator[Found]:
    """OpenType programs came with PDF 1.6; RIPs for PDF 1.4 do not read them."""
    for use in _once(case):
        if use.font.program == "FontFile3/OpenType":
            yield _found("is embedded as OpenType", use)


def glyph_maps(case: Case) -> Iterator[Found]:
    """An embedded TrueType font with CIDs says which glyph each is; without that every program guesses."""
    for use in _once(case):
        if use.font.program and not use.font.cid_map:
            yield _found("has no CIDToGIDMap", use)


def encodings(case: Case) -> Iterator[Found]:
    """A CMap that is neither embedded nor known to every reader leaves its text unreadable."""
    for use in _once(case):
        if not use.font.encoding_known:
            yield _found("has an encoding that is not in the file", use)


def names(case: Case) -> Iterator[Found]:
    """Names of fonts are UTF-8 in PDF/X-4; other bytes are shown and matched differently everywhere."""
    for use in _once(case):
        if not legal_name(use.font.name):
            yield Found("the name of a font is not UTF-8", use.page, use.place)


def courier(case: Case) -> Iterator[Found]:
    """Courier is what programs put in place of a font that they do not have."""
    for use in _once(case):
        if use.font.name.rpartition("+")[2].startswith("Courier"):
            yield _found("may stand for a font that was missing", use)


def _once(case: Case) -> Iterator[FontUse]:
    """The first use of each font on each page."""
    seen: set[object] = set()
    for use in case.facts.fonts:
        if (use.page, use.font) not in seen:
            seen.add((use.page, use.font))
            yield use


def _found(fault: str, use: FontUse) -> Found:
    name = use.font.name if legal_name(use.font.name) else ascii(use.font.name)
    return Found(f"the font {name or 'without a name'} {fault}", use.page, use.place)
