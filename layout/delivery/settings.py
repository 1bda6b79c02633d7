"""What a user configures once: the channels by name, and whose sign-off needs a signature."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal, TypeAlias

from msgspec import Struct, field

from layout.core.placed import Placed

Kind: TypeAlias = Literal["folder", "sftp", "ftps", "printer"]
Wanted: TypeAlias = Literal["pages", "issue", "all"]


class Address(Struct, frozen=True):
    """Where a channel leads, from its URL. ``path`` is a folder, or a printer's resource; ``port`` 0: the usual one."""

    kind: Kind
    scheme: str
    host: str = ""
    port: int = 0
    user: str = ""
    path: str = ""

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = f":{self.port}" if self.port else ""
        return f"{self.scheme}://{f'{self.user}@' if self.user else ''}{host}{port}{self.path}"


class Names(Struct, frozen=True):
    """Patterns of the names at the receiver, without the ending: a page, the whole issue, manifest and ticket."""

    page: str = "{paper}{date:%Y%m%d}{section}{page:03}v{version}"
    issue: str = "{paper}{date:%Y%m%d}v{version}"
    sidecar: str = "{paper}{date:%Y%m%d}v{version}"


class ChannelSettings(Placed, frozen=True):
    """One channel. Times are in seconds; no secret is in it, only names of environment variables that hold one."""

    name: str
    address: Address
    proof: bool = False
    files: Wanted = "pages"
    paper: str = ""
    section: str = ""
    names: Names = Names()
    ticket: bool = True
    attempts: int = 4
    timeout: float = 30.0
    backoff: float = 1.0
    staging: str = ""
    known_hosts: Path | None = None
    key: Path | None = None
    passphrase_env: str = ""
    password_env: str = ""
    agent: bool = False
    media: str = ""
    sides: str = ""
    copies: int = 1
    scaling: str = ""
    ca: Path | None = None
    wait: float = 600.0


class Trust(Struct, frozen=True):
    """Whose sign-offs count, whatever a build says of itself.

    ``signers``: the public key that a person's sign-off must be signed with; ``signers_only``: whether others' do not
    count; ``roles``: stages that must be signed beside those of the house style.
    """

    signers: Mapping[str, str] = field(default_factory=dict)
    signers_only: bool = False
    roles: tuple[str, ...] = ()


class Configuration(Struct, frozen=True):
    """The configuration file."""

    channels: Mapping[str, ChannelSettings] = field(default_factory=dict)
    trust: Trust = Trust()
