"""Facts of the file as a whole: trailer, Info, metadata, output intents, layers."""

import re
from collections.abc import Iterator
from typing import Final

from layout.preflight.budget import Budget
from layout.preflight.codecs import DecodeFault, decode_stream
from layout.preflight.content.profiles import Profiles
from layout.preflight.facts.gate import header_version
from layout.preflight.facts.xmp import read_packet
from layout.preflight.model import Document, Info, Intent, Layers, Metadata
from layout.preflight.objects import (
    DIRECT,
    File,
    Stream,
    Value,
    elements,
    entries,
    filters,
    get,
    identity,
    is_holder,
    name,
    raw,
    text,
)

_INTENTS_MAX: Final = 16
_LAYERS_MAX: Final = 1000


def read_document(file: File, data: bytes, profiles: Profiles, budget: Budget) -> Document:
    """The document's facts; of the pages it says nothing."""
    trailer, root = file.trailer, get(file.trailer, "/Root")
    return Document(
        version=max(header_version(data), _version(name(get(root, "/Version")))),
        object_streams=file.object_streams,
        encrypted=file.encrypted,
        identified=_identified(trailer),
        damage=(),
        info=_info(get(trailer, "/Info")),
        metadata=_metadata(get(root, "/Metadata"), budget),
        intents=tuple(_intents(get(root, "/OutputIntents"), profiles)),
        layers=_layers(get(root, "/OCProperties")),
    )


def _version(written: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d)\.(\d)", written)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def _identified(trailer: Value) -> bool:
    parts = [raw(one) for one in elements(get(trailer, "/ID"))]
    return len(parts) == 2 and all(parts)


def _info(info: Value) -> Info:
    texts: list[tuple[str, str]] = []
    strange: list[str] = []
    trapped: str | None = None
    for key, value in entries(info):
        written = text(value)
        if key == "/Trapped":
            trapped = f"/{name(value)}" if name(value) else repr(written if written is not None else value)
        elif written is None:
            strange.append(key[1:])
        else:
            texts.append((key[1:], written))
    return Info(tuple(texts), trapped, tuple(strange))


def _metadata(stream: Value, budget: Budget) -> Metadata | None:
    if not isinstance(stream, Stream):
        return None
    filtered = bool(filters(stream))
    try:
        return read_packet(decode_stream(stream, budget), filtered=filtered)
    except DecodeFault as fault:
        return Metadata(fault=f"it cannot be decoded ({fault})", filtered=filtered)


def _intents(value: Value, profiles: Profiles) -> Iterator[Intent]:
    found = [one for one, _ in zip(elements(value), range(_INTENTS_MAX), strict=False) if is_holder(one)]
    press = next((one for one in found if name(get(one, "/S")) == "GTS_PDFX"), None)
    wanted = identity(get(press, "/DestOutputProfile"))
    for one in found:
        stream = get(one, "/DestOutputProfile")
        yield Intent(
            subtype=name(get(one, "/S")),
            condition=text(get(one, "/OutputConditionIdentifier")) or "",
            registry=text(get(one, "/RegistryName")) or "",
            info=text(get(one, "/Info")) or "",
            profile=profiles.profile(stream) if is_holder(stream) else None,
            same_profile=one is press or stream is None or (identity(stream) == wanted != DIRECT),
        )


def _layers(properties: Value) -> Layers | None:
    if not is_holder(properties):
        return None
    default = get(properties, "/D")
    others = [one for one, _ in zip(elements(get(properties, "/Configs")), range(_LAYERS_MAX), strict=False)]
    everything = [default, *others]
    return Layers(
        configurations=tuple(text(get(one, "/Name")) for one in everything),
        automatic=any(get(one, "/AS") is not None for one in everything),
        alternatives=get(properties, "/Configs") is not None,
        hidden=tuple(text(get(group, "/Name")) or "without a name" for group in _switched_off(properties, default)),
    )


def _switched_off(properties: Value, default: Value) -> Iterator[Value]:
    """The layers that a reader does not show at first (ISO 32000-1, table 101)."""
    if name(get(default, "/BaseState")) == "OFF":
        shown = {identity(group) for group, _ in zip(elements(get(default, "/ON")), range(_LAYERS_MAX), strict=False)}
        everything = zip(elements(get(properties, "/OCGs")), range(_LAYERS_MAX), strict=False)
        yield from (group for group, _ in everything if identity(group) not in shown)
    yield from (group for group, _ in zip(elements(get(default, "/OFF")), range(_LAYERS_MAX), strict=False))
