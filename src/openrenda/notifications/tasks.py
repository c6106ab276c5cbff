"""Queue jobs of notifications."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as queue

from . import actions
from .actions.letters import MOST_TRIES, NotSent


@queue.task(
    name="openrenda.notifications.tasks.send_email",
    retry=RetryStrategy(max_attempts=MOST_TRIES, exponential_wait=4, retry_exceptions={NotSent}),
)
def send_email(notification_id: int) -> None:
    """Send one letter; running again after it was sent does nothing."""
    actions.send_email(notification_id=notification_id)
