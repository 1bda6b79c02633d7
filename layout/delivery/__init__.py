"""L5: signing off and sending. Knows press files and the report of their build; nothing of how pages are made."""

from layout.delivery.channels import CHANNELS, DeliveryError
from layout.delivery.ledger import Entry, read_ledger
from layout.delivery.load import channels_schema, configuration_path, find_channel, load_configuration
from layout.delivery.order import Order, place_order
from layout.delivery.package import disk_faults, read_build
from layout.delivery.receipts import Receipt, Sent, last_sent, read_receipts, receipt_channels
from layout.delivery.send import plan, send
from layout.delivery.settings import ChannelSettings, Configuration, Trust
from layout.delivery.signature import SignatureError, Signer, open_signer
from layout.delivery.signoff import Standing, Status, sign, status

__all__ = [
    "CHANNELS",
    "ChannelSettings",
    "Configuration",
    "DeliveryError",
    "Entry",
    "Order",
    "Receipt",
    "Sent",
    "SignatureError",
    "Signer",
    "Standing",
    "Status",
    "Trust",
    "channels_schema",
    "configuration_path",
    "disk_faults",
    "find_channel",
    "last_sent",
    "load_configuration",
    "open_signer",
    "place_order",
    "plan",
    "read_build",
    "read_ledger",
    "read_receipts",
    "receipt_channels",
    "send",
    "sign",
    "status",
]
