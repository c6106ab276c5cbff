"""What may come in: the offices' register of suggestions of past years (建议办理台账)."""

from openrenda.exchange import kinds

from .kind import KIND


def register() -> None:
    """Called once in AppConfig.ready."""
    kinds.register(KIND)


__all__ = ["KIND", "register"]
