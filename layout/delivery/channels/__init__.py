"""The channels: one row each in ``CHANNELS``. Each is imported when it is opened: signing needs no network library."""

from contextlib import AbstractContextManager
from typing import Final

from layout.delivery.channels.base import Channel, DeliveryError, NameTakenError, Opener, Place, Tell
from layout.delivery.settings import ChannelSettings, Kind


def _folder(settings: ChannelSettings, tell: Tell) -> AbstractContextManager[Channel]:  # noqa: ARG001 - waits for nobody
    from layout.delivery.channels.folder import open_folder

    return open_folder(settings)


def _sftp(settings: ChannelSettings, tell: Tell) -> AbstractContextManager[Channel]:  # noqa: ARG001 - waits for nobody
    from layout.delivery.channels.sftp import open_sftp

    return open_sftp(settings)


def _ftps(settings: ChannelSettings, tell: Tell) -> AbstractContextManager[Channel]:  # noqa: ARG001 - waits for nobody
    from layout.delivery.channels.ftps import open_ftps

    return open_ftps(settings)


def _printer(settings: ChannelSettings, tell: Tell) -> AbstractContextManager[Channel]:
    from layout.delivery.channels.printer import open_printer

    return open_printer(settings, tell)


CHANNELS: Final[dict[Kind, Opener]] = {"folder": _folder, "sftp": _sftp, "ftps": _ftps, "printer": _printer}
"""Kind of channel -> how it is opened. URL schemes are given their kind in ``layout.delivery.load``."""

__all__ = ["CHANNELS", "Channel", "DeliveryError", "NameTakenError", "Opener", "Place", "Tell"]
