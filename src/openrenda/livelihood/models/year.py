"""A year of livelihood projects."""

from django.db import models
from django.db.models import F, Q

from openrenda.kernel.models import values_check
from openrenda.livelihood.states import YearState
from openrenda.orgs.models import Congress


class Year(models.Model):
    """One round: ideas, candidates, vote, works, judgement. `year` is the year in which the works are done."""

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="project_years")
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, default=YearState.COLLECTING)
    quota = models.PositiveSmallIntegerField(default=10)
    opens_on = models.DateField()
    closes_on = models.DateField()
    notice = models.TextField(blank=True)
    candidates_fixed_on = models.DateField(null=True)
    candidates_decided_by = models.CharField(max_length=120, blank=True)
    difference_percent = models.PositiveSmallIntegerField(null=True)
    booklet_sent_on = models.DateField(null=True)
    session_on = models.DateField(null=True)
    voted_on = models.DateField(null=True)
    poll_key = models.CharField(max_length=40, blank=True)
    plan_due = models.DateField(null=True)
    judged_on = models.DateField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["congress", "year"], name="one_project_year"),
            values_check("state", YearState, "project_year_state"),
            models.CheckConstraint(name="project_year_call_in_order", condition=Q(closes_on__gte=F("opens_on"))),
            models.CheckConstraint(name="project_year_quota", condition=Q(quota__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.year}年度民生实事项目"
