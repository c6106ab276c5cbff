"""Facts of the exchange."""

from dataclasses import dataclass
from typing import ClassVar

from openrenda.kernel.event import Event


@dataclass(frozen=True)
class ExportEnded(Event):
    """A large export is ready, or has failed."""

    kind: ClassVar[str] = "exchange.export_ended"
    export_id: int
    is_ready: bool
