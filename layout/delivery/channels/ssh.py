"""Logging in with SSH, and what can go wrong with it, in words that quote nothing secret."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from layout.delivery.channels.base import DeliveryError
from layout.delivery.channels.secret import secret
from layout.delivery.settings import ChannelSettings


def credentials(settings: ChannelSettings) -> dict[str, Any]:
    """How to log in: just what the configuration names."""
    return {
        "client_keys": [str(settings.key)] if settings.key else None,
        "passphrase": secret(settings.passphrase_env),
        "password": secret(settings.password_env),
        "agent_path": os.environ.get("SSH_AUTH_SOCK") if settings.agent else None,
    }


@contextmanager
def told(settings: ChannelSettings) -> Iterator[None]:
    """Turn what goes wrong with SSH into faults of the delivery, whose texts quote nothing that was typed."""
    import asyncssh

    host = settings.address.host
    try:
        yield
    except asyncssh.HostKeyNotVerifiable:
        hint = f"do not send; compare the key in {settings.known_hosts} with the plant's"
        raise DeliveryError("host-key", f"{host} does not have the host key that is known", hint) from None
    except asyncssh.PermissionDenied:
        hint = "check the user in the address, and the key or the password"
        raise DeliveryError("login-refused", f"{host} refuses the login", hint) from None
    except (asyncssh.KeyImportError, asyncssh.KeyEncryptionError) as fault:
        hint = "is it a private key, and is the passphrase right?"
        raise DeliveryError("key-broken", f"{settings.key} cannot be used: {fault}", hint) from None
    except TimeoutError:
        message = f"{host} has not answered for {settings.timeout:g} s"
        raise DeliveryError("no-answer", message, "is the server well?", retry=True) from None
    except (asyncssh.SFTPNoConnection, asyncssh.SFTPConnectionLost, asyncssh.DisconnectError, OSError) as fault:
        message = f"the connection with {host} failed: {fault}"
        raise DeliveryError("connection", message, "is the network there?", retry=True) from None
    except asyncssh.SFTPNoSuchFile:
        raise DeliveryError("folder-missing", f"{host} has no folder {settings.address.path}") from None
    except asyncssh.SFTPPermissionDenied:
        hint = "ask the plant for the right to write there"
        raise DeliveryError(
            "folder-refused", f"{host} does not let us write into {settings.address.path}", hint
        ) from None
    except asyncssh.Error as fault:
        raise DeliveryError("server-refused", f"{host}: {fault}", retry=True) from None
