"""``layout send``: what is signed goes to the plant, and only that; proofs go to a printer."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from layout.cli.console import Exit, environment_failed, show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from layout.delivery import ChannelSettings, Configuration, Order


@click.command()
@click.argument("out", type=click.Path(path_type=Path), default=Path("out"))
@click.option("--to", "name", metavar="CHANNEL", help="The channel, by its name in the configuration.")
@click.option(
    "--channels",
    type=click.Path(path_type=Path),
    help="The configuration; ~/.config/newspaper-layout/channels.yaml when left out.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be sent; send nothing.")
@click.option("--again", is_flag=True, help="Send what went before once more.")
@click.option("--unsigned-proof", is_flag=True, help="Send without sign-offs, to a printer for proofs only.")
@click.option("--status", "only_status", is_flag=True, help="Say what went where; send nothing.")
def command(
    out: Path,
    *,
    name: str | None,
    channels: Path | None,
    dry_run: bool,
    again: bool,
    unsigned_proof: bool,
    only_status: bool,
) -> None:
    """Send the press files in OUT that carry all sign-offs to CHANNEL: SFTP, a hot folder, a printer.

    What arrived is in OUT/receipts. What went before is not sent again without --again.
    """
    if only_status:
        _show_status(out, name)
        return
    if name is None:
        msg = "where to? give --to CHANNEL"
        raise click.UsageError(msg)
    from layout.delivery import DeliveryError, place_order

    try:
        settings, configuration = _channel(name, channels)
        ordered = place_order(out, settings, configuration, unsigned_proof=unsigned_proof, again=again)
        show(ordered.diagnostics)
        if ordered.value is None:
            click.echo("nothing was sent", err=True)
            sys.exit(Exit.FAULTS)
        (_plan if dry_run else _send)(ordered.value)
    except OSError as fault:
        environment_failed(fault)
    except DeliveryError as fault:
        show([fault.diagnostic])
        sys.exit(Exit.ENVIRONMENT)


def _channel(name: str, path: Path | None) -> "tuple[ChannelSettings, Configuration]":
    from layout.delivery import configuration_path, find_channel, load_configuration

    path = path or configuration_path()
    read = load_configuration(path)
    show(read.diagnostics)
    if read.value is None:
        sys.exit(Exit.FAULTS)
    found = find_channel(read.value, name, path)
    show(found.diagnostics)
    if found.value is None:
        sys.exit(Exit.FAULTS)
    return found.value, read.value


def _plan(order: "Order") -> None:
    from layout.delivery import plan

    planned = plan(order)
    show(planned.diagnostics)
    if planned.value is None or not planned.ok:
        sys.exit(Exit.FAULTS)
    for key, title in planned.value:
        click.echo(f"would send {key} to {order.settings.address} as {title}")
    if not planned.value:
        click.echo("nothing to send: all of it went before")


def _send(order: "Order") -> None:
    from layout.delivery import send

    sent = send(order, clock=lambda: datetime.now(UTC), tell=click.echo)
    show(sent.diagnostics)
    if sent.value is None:
        sys.exit(Exit.FAULTS)
    if sent.value.items:
        click.echo(f"receipt: {order.build.out / sent.value.file}")


def _show_status(out: Path, name: str | None) -> None:
    from layout.delivery import read_build

    build = read_build(out)
    show(build.diagnostics)
    if build.value is None:
        sys.exit(Exit.FAULTS)
    now = dict(build.value.fingerprint)
    try:
        for line in _status_lines(out, name, now):
            click.echo(line)
    except ValueError as fault:
        click.echo(str(fault), err=True)
        sys.exit(Exit.FAULTS)
    except OSError as fault:
        environment_failed(fault)


def _status_lines(out: Path, name: str | None, now: dict[str, str]) -> "Iterator[str]":
    """Per channel and artifact its last state, and whether that is the file as it is now."""
    from layout.delivery import last_sent, read_receipts, receipt_channels

    for channel in [name] if name else receipt_channels(out):
        receipts = read_receipts(out, channel)
        for key in dict.fromkeys(item.key for receipt in receipts for item in receipt.items):
            last = last_sent(receipts, key)
            assert last is not None
            stale = ", not the file as it is now" if key in now and now[key] != last.sha256 else ""
            yield f"{channel}: {key} {last.state} {last.at} as {last.name}{stale}"
