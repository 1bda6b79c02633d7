"""The way to a receiver: opened when it is needed, and anew after a failure, a bounded number of times."""

from collections.abc import Callable
from contextlib import ExitStack
from typing import TypeAlias, TypeVar

from layout.delivery.channels import CHANNELS, Channel, DeliveryError, Tell
from layout.delivery.settings import ChannelSettings

T = TypeVar("T")

Pause: TypeAlias = Callable[[float], None]
"""Waits for so many seconds."""


class Line:
    """A channel that is opened and closed as needed; pauses between attempts double."""

    def __init__(self, settings: ChannelSettings, tell: Tell, pause: Pause) -> None:
        self.settings = settings
        self.tell = tell
        self.pause = pause
        self._stack = ExitStack()
        self._channel: Channel | None = None

    def attempt(self, work: Callable[[Channel], T]) -> T:
        """The result of ``work``, tried again after failures that may pass. Raises DeliveryError, the last one."""
        tries = 1
        while True:
            try:
                return work(self._open())
            except DeliveryError as fault:
                self.close()
                if not fault.retry or tries == self.settings.attempts:
                    raise
                self.tell(f"{fault.diagnostic.message}; trying again")
                self.pause(self.settings.backoff * 2 ** (tries - 1))
                tries += 1

    def close(self) -> None:
        """Hang up."""
        self._channel = None
        self._stack.close()

    def _open(self) -> Channel:
        if self._channel is None:
            self._channel = self._stack.enter_context(CHANNELS[self.settings.address.kind](self.settings, self.tell))
        return self._channel
