"""Receivers that several test modules use, started when the first test asks for them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from delivery_servers import Server, message_bus, openssh


@pytest.fixture(scope="session")
def ssh_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One OpenSSH server for all tests; each sends into a folder of its own."""
    with openssh(tmp_path_factory.mktemp("sshd")) as server:
        yield server


@pytest.fixture(scope="session")
def bus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The message bus that IPP printers need; in a short path, since sockets take no long one."""
    with message_bus(tmp_path_factory.mktemp("bus")) as address:
        yield address


@pytest.fixture
def incoming(tmp_path: Path) -> Path:
    """The plant's folder."""
    folder = tmp_path / "incoming"
    folder.mkdir()
    return folder
