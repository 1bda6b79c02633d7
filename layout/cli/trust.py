"""What the user's configuration says of sign-offs: whose sign-off counts only with their key."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from layout.cli.console import Exit, show
from layout.core import Checked

if TYPE_CHECKING:
    from layout.delivery import Trust


def configured_trust(channels: Path | None = None) -> "Trust":
    """What the configuration says. A configuration that cannot be read ends the command."""
    read = read_trust(channels)
    show(read.diagnostics)
    if read.value is None:
        sys.exit(Exit.FAULTS)
    return read.value


def read_trust(channels: Path | None = None) -> "Checked[Trust]":
    """What the configuration says; nothing where there is no configuration and none was named."""
    from layout.delivery import Trust, configuration_path, load_configuration

    path = channels or configuration_path()
    if channels is None and not path.exists():
        return Checked(Trust())
    read = load_configuration(path)
    return Checked(None if read.value is None else read.value.trust, read.diagnostics)
