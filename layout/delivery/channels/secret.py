"""Secrets are in environment variables that the configuration names, and nowhere else."""

import os

from layout.delivery.channels.base import DeliveryError


def secret(variable: str) -> str | None:
    """What an environment variable holds; None when no variable is named. Raises DeliveryError: secret-missing."""
    if not variable:
        return None
    if not os.environ.get(variable):
        message = f"the environment variable {variable}, which should hold a password, is not set"
        raise DeliveryError("secret-missing", message)
    return os.environ[variable]
