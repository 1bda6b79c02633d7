"""``layout sign``: sign-offs, bound to every press file."""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from layout.cli.console import Exit, environment_failed, show
from layout.cli.trust import configured_trust

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layout.delivery import Signer, Standing, Status, Trust

PASSPHRASE = "LAYOUT_KEY_PASSPHRASE"  # noqa: S105 - the variable's name, not what is in it
"""The environment variable that holds the key file's passphrase."""


@click.command()
@click.argument("out", type=click.Path(path_type=Path), default=Path("out"))
@click.option("--role", metavar="ROLE", help="The stage of review, one of the house style's.")
@click.option("--name", metavar="NAME", help="Who signs.")
@click.option("--remark", metavar="TEXT", default="", help="Kept with the sign-off.")
@click.option("--key", type=click.Path(path_type=Path), help="Ed25519 private key that signs the sign-off.")
@click.option("--build", "identity", metavar="ID", default="", help="The build that was looked at; no other is signed.")
@click.option("--status", "only_status", is_flag=True, help="Say how the sign-offs stand; sign nothing.")
@click.option(
    "--channels", type=click.Path(path_type=Path), help="Configuration that says whose sign-off needs which key."
)
def command(
    out: Path,
    *,
    role: str | None,
    name: str | None,
    remark: str,
    key: Path | None,
    identity: str,
    only_status: bool,
    channels: Path | None,
) -> None:
    """Record that NAME has signed the press files in OUT for ROLE, in OUT/signoff.jsonl.

    A sign-off stands for these very files: a file that changes makes it void. The passphrase of a locked key is
    read from the environment variable LAYOUT_KEY_PASSPHRASE.
    """
    if not only_status and (role is None or name is None):
        msg = "a sign-off needs --role and --name (or give --status)"
        raise click.UsageError(msg)
    try:
        trust = configured_trust(channels)
        if role is not None and name is not None and not only_status:
            _sign(out, trust, key, role=role, name=name, remark=remark, identity=identity)
        _show_status(out, trust, strict=only_status)
    except OSError as fault:
        environment_failed(fault)


def _sign(out: Path, trust: "Trust", key: Path | None, **what: str) -> None:
    """``what``: role, name, remark and identity of the sign-off."""
    from layout.delivery import sign

    signed = sign(out, at=datetime.now(UTC), signer=_signer(key), trust=trust, **what)
    show(signed.diagnostics)
    if signed.value is None:
        sys.exit(Exit.FAULTS)


def _signer(key: Path | None) -> "Signer | None":
    from layout.delivery import SignatureError, open_signer

    if key is None:
        return None
    try:
        return open_signer(key, os.environ.get(PASSPHRASE, "").encode() or None)
    except SignatureError as fault:
        show([fault.diagnostic])
        sys.exit(Exit.FAULTS)


def _show_status(out: Path, trust: "Trust", *, strict: bool) -> None:
    from layout.delivery import status

    read = status(out, trust=trust)
    if read.value is not None:
        for line in _lines(read.value):
            click.echo(line)
    if strict or read.value is None:
        show(read.diagnostics)
        if read.value is None or not read.ok:
            sys.exit(Exit.FAULTS)


def _lines(status: "Status") -> "Iterator[str]":
    yield f"build {status.build.identity}"
    yield from (f"{stage.role}: {_stage(stage)}" for stage in status.stages)
    if status.complete:
        yield "all signed: may be sent (付印)"


def _stage(stage: "Standing") -> str:
    if stage.entry is None:
        return "not signed"
    who = f"{stage.entry.name}, {stage.entry.at}{', with key' if stage.entry.key else ''}"
    remark = f" ({stage.entry.remark})" if stage.entry.remark else ""
    if stage.signed:
        return f"signed by {who}{remark}"
    why = f"{stage.reason} changed" if stage.changed else "its key is not the right one"
    return f"void, {why}; was {who}{remark}"
