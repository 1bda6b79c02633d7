"""A build as ``layout build`` leaves it, without building: reading, signing and sending see only the files."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import yaml
from msgspec.structs import replace

from layout.core import Checked, Diagnostic
from layout.delivery import (
    ChannelSettings,
    Configuration,
    Order,
    Receipt,
    load_configuration,
    place_order,
    send,
    sign,
)

START = datetime(2024, 1, 7, 22, 0, tzinfo=UTC)
PEOPLE = (("初审", "张三"), ("复审", "李四"), ("终审", "王五"))
ROLES = tuple(role for role, _ in PEOPLE)


def pdf(seed: int = 1, size: int = 20_000) -> bytes:
    """Bytes that do not compress, like a page full of photographs."""
    return b"%PDF-1.6\n" + Random(seed).randbytes(size)


Pages = Mapping[int, bytes] | Mapping[int | tuple[int, int], bytes]
"""Press files by page number; by two of them for a spread."""


def make_build(out: Path, pages: Pages | None = None, **edition: Any) -> Path:
    """OUT with a page 1 (or ``pages``), the whole issue and the report."""
    numbered = {n if isinstance(n, tuple) else (n,): data for n, data in (pages or {1: pdf()}).items()}
    names = {"-".join(f"{n:02}" for n in numbers): data for numbers, data in numbered.items()}
    files = {"issue.pdf": b"".join(names.values()), **{f"pages/{name}.pdf": data for name, data in names.items()}}
    for name, data in files.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_bytes(data)
    report = {
        "version": 1,
        "ok": True,
        "edition": {
            "paper": "样报",
            "number": "128",
            "date": "2024-01-08",
            "pages": [{"number": n, "title": "要闻"} for numbers in numbered for n in numbers],
            "standard": "x4",
            "signoff": {"roles": list(ROLES), "same_person": False},
            **edition,
        },
        "press": {"name": "newsprint-240", "condition": "IFRA26", "ink_limit": 2.4},
        "files": {
            name: {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()} for name, data in files.items()
        },
    }
    (out / "report.json").write_text(json.dumps(report), "utf-8")
    return out


def sign_all(out: Path) -> Path:
    for minutes, (role, name) in enumerate(PEOPLE):
        signed = sign(out, role=role, name=name, at=START + timedelta(minutes=minutes))
        assert signed.value is not None, signed.diagnostics
    return out


def signed_build(out: Path, pages: Pages | None = None) -> Path:
    return sign_all(make_build(out, pages))


def codes(found: Iterable[Diagnostic]) -> list[str]:
    return [one.code for one in found]


def write_channels(path: Path, channels: dict[str, Any], **more: Any) -> Path:
    path.write_text(yaml.safe_dump({"channels": channels, **more}, allow_unicode=True), "utf-8")
    return path


def settings_of(folder: Path, channel: dict[str, Any], name: str = "plant") -> ChannelSettings:
    read = load_configuration(write_channels(folder / f"{name}.yaml", {name: channel}))
    assert read.value is not None, read.diagnostics
    return read.value.channels[name]


def order_of(out: Path, settings: ChannelSettings, **how: bool) -> Order:
    placed = place_order(out, settings, Configuration(), **how)
    assert placed.value is not None, placed.diagnostics
    return placed.value


def deliver(out: Path, settings: ChannelSettings, *, told: list[str] | None = None, **how: bool) -> Checked[Receipt]:
    """Place the order and send it at a fixed time, without pausing between attempts."""
    lines = [] if told is None else told
    return send(order_of(out, settings, **how), clock=lambda: START, tell=lines.append, pause=lambda _: None)


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def finals(folder: Path) -> list[str]:
    return [name for name in names_in(folder) if not name.endswith(".part")]


def without_ticket(settings: ChannelSettings) -> ChannelSettings:
    return replace(settings, ticket=False)


def at_once(*work: Callable[[], object]) -> None:
    """Run at the same time; what one raises is raised here."""
    with ThreadPoolExecutor(len(work)) as pool:
        for done in [pool.submit(one) for one in work]:
            done.result(30)
