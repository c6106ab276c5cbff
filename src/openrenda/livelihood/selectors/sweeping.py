"""What the clockwork looks at every night."""

from collections.abc import Iterator
from datetime import date

from openrenda.kernel import clock
from openrenda.kernel.calendars import load_calendar
from openrenda.kernel.parameters import number
from openrenda.livelihood.models import Progress, Project
from openrenda.livelihood.rules import clocks
from openrenda.livelihood.states import RUNNING


def missing_reports(congress_id: int) -> Iterator[tuple[int, str]]:
    """(project, month) for each report that is overdue and neither there nor marked, oldest first. Three queries.

    A project owes its first report for the month in which its plan was published, one carried over for January."""
    today = clock.today()
    owing = Project.objects.filter(congress_id=congress_id, state__in=RUNNING, plan_published_on__isnull=False)
    rows = list(owing.select_related("year"))
    there = set(Progress.objects.filter(project__in=[row.pk for row in rows]).values_list("project_id", "month"))
    due = _overdue_months(congress_id, min((row.plan_published_on or today for row in rows), default=today))
    for month in due:
        for row in rows:
            began = max(clocks.month_of(row.plan_published_on or today), f"{row.year.year}-01")
            if month >= began and (row.pk, month) not in there:
                yield row.pk, month


def _overdue_months(congress_id: int, since: date) -> list[str]:
    calendar, allowed = load_calendar(), number(clocks.REPORT_WORKDAYS, congress_id)
    month, found = clocks.month_of(since), []
    while calendar.add(clocks.last_day(month), allowed) < clock.today():
        found.append(month)
        month = clocks.next_month(month)
    return found
