"""Ed25519 signatures of sign-offs. Keys are files as ``ssh-keygen -t ed25519`` or OpenSSL (PKCS 8) write them.

Needs the package ``cryptography`` (the extra ``sign``), and only where there is a signature.
"""

from base64 import b64decode, b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from layout.core import Diagnostic, Span, error

INSTALL: Final = "pip install 'newspaper-layout[sign]'"


class SignatureError(Exception):
    """A key that cannot be used; ``diagnostic`` says why and what to do."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


class Signer(Struct, frozen=True):
    """A private key ready to sign. ``public`` is its public half, ``ssh-ed25519 AAAA...``."""

    public: str
    sign: Callable[[bytes], str]


def open_signer(path: Path, passphrase: bytes | None = None) -> Signer:
    """The signer of a key file. Raises SignatureError: package-missing, key-locked, key-broken; OSError."""
    span = Span(str(path))
    key = _private_key(path.read_bytes(), passphrase, span)
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    if not isinstance(key, Ed25519PrivateKey):
        raise SignatureError(error("key-broken", f"{path} is no Ed25519 key", span, "ssh-keygen -t ed25519 makes one"))
    public = key.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).decode()
    return Signer(public, lambda data: b64encode(key.sign(data)).decode())


def verifies(public: str, data: bytes, signature: str) -> bool:
    """Whether ``signature`` is that of ``data`` by ``public``. Raises SignatureError: package-missing."""
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
        from cryptography.hazmat.primitives.serialization import load_ssh_public_key
    except ImportError:
        raise _no_package(Span()) from None
    try:
        key = load_ssh_public_key(public.encode())
        if not isinstance(key, Ed25519PublicKey):
            return False
        key.verify(b64decode(signature, validate=True), data)
    except (InvalidSignature, ValueError):
        return False
    return True


def same_key(one: str, other: str) -> bool:
    """Whether two public keys are one, whatever comment stands behind them."""
    return one.split()[:2] == other.split()[:2]


def _private_key(data: bytes, passphrase: bytes | None, span: Span) -> Any:
    try:
        from cryptography.exceptions import UnsupportedAlgorithm
        from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_ssh_private_key
    except ImportError:
        raise _no_package(span) from None
    load = load_ssh_private_key if b"BEGIN OPENSSH PRIVATE KEY" in data else load_pem_private_key
    try:
        return load(data, passphrase)
    except (TypeError, UnsupportedAlgorithm) as fault:  # TypeError: a passphrase is needed and not there
        hint = "put its passphrase into the environment variable LAYOUT_KEY_PASSPHRASE"
        raise SignatureError(error("key-locked", f"{span} is locked: {fault}", span, hint)) from None
    except ValueError:
        hint = "is it the private key, and is the passphrase right?"
        raise SignatureError(error("key-broken", f"{span} cannot be read as a key", span, hint)) from None


def _no_package(span: Span) -> SignatureError:
    message = "signatures need the package cryptography, which is not installed"
    return SignatureError(error("package-missing", message, span, INSTALL))
