"""What the user's configuration says of sign-offs: whose sign-off counts only with their key."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from layout.cli.console import Exit, show

if TYPE_CHECKING:
    from layout.delivery import Trust


def configured_trust(channels: Path | None = None) -> "Trust":
    """What the configuration says; nothing where there is no configuration and none was named."""
    from layout.delivery import Trust, configuration_path, load_configuration

    path = channels or configuration_path()
    if channels is None and not path.exists():
        return Trust()
    read = load_configuration(path)
    show(read.diagnostics)
    if read.value is None:
        sys.exit(Exit.FAULTS)
    return read.value.trust
