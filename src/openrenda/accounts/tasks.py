"""Nightly: what no longer matters is dropped (剩余信息保护, GB/T 22239-2019 8.1.4.9)."""

from django.contrib.sessions.backends.db import SessionStore
from procrastinate.contrib.django import app as queue

from .actions.lockouts import sweep_counters


@queue.periodic(cron="40 3 * * *")
@queue.task(
    name="openrenda.accounts.tasks.sweep_sessions", queueing_lock="openrenda.sweep_sessions", pass_context=False
)
def sweep_sessions(timestamp: int) -> None:
    """Expired browser sessions and counters of old failures; the SignIn rows stay as the record of who came when."""
    SessionStore.clear_expired()
    sweep_counters()
