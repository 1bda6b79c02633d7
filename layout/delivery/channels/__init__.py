"""The channels: one row each in ``CHANNELS``."""

from typing import Final

from layout.delivery.channels.base import Channel, DeliveryError, NameTakenError, Opener, Place
from layout.delivery.channels.folder import open_folder
from layout.delivery.channels.printer import open_printer
from layout.delivery.channels.sftp import open_sftp
from layout.delivery.settings import Kind

CHANNELS: Final[dict[Kind, Opener]] = {"folder": open_folder, "sftp": open_sftp, "printer": open_printer}
"""Kind of channel -> how it is opened. URL schemes are given their kind in ``layout.delivery.load``."""

__all__ = ["CHANNELS", "Channel", "DeliveryError", "NameTakenError", "Opener", "Place"]
