"""The project: what is promised, how it was weighed, its plan and its story."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from openrenda.kernel.models import values_check
from openrenda.kernel.triggers import append_only_trigger
from openrenda.livelihood.states import Fund, Grade, Lamp, OpinionKind, ProjectState
from openrenda.orgs.models import Congress, Unit

from .year import Year


class Project(models.Model):
    """A livelihood project (民生实事项目). Sums are in units of ten thousand yuan (万元)."""

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="+")
    year = models.ForeignKey(Year, on_delete=models.PROTECT, related_name="projects")
    state = models.CharField(max_length=16, default=ProjectState.IDEA_POOL)
    serial = models.PositiveSmallIntegerField()  # stable number within the year; part of the address
    cand_no = models.PositiveSmallIntegerField(null=True)  # place on the ballot
    final_no = models.PositiveSmallIntegerField(null=True)  # place in the result, by votes

    # what is promised
    name = models.CharField(max_length=80)
    category = models.CharField(max_length=20)
    content = models.TextField()
    target = models.TextField(blank=True)  # quantified
    place = models.CharField(max_length=200, blank=True)
    streets = models.ManyToManyField(Unit, related_name="+")
    lng = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    lat = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    beneficiaries = models.CharField(max_length=200, blank=True)
    investment_total = models.DecimalField(max_digits=12, decimal_places=2, null=True)  # as approved now
    investment_voted = models.DecimalField(max_digits=12, decimal_places=2, null=True)  # as deputies chose it
    fund_code = models.CharField(max_length=10, blank=True)
    fund_source = models.CharField(max_length=300, blank=True)
    lead_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", null=True)
    co_units = models.ManyToManyField(Unit, related_name="+")
    leader = models.CharField(max_length=80, blank=True)
    starts_on = models.DateField(null=True)
    finishes_on = models.DateField(null=True)
    is_multi_year = models.BooleanField(default=False)
    annual_goal = models.TextField(blank=True)
    land_status = models.CharField(max_length=200, blank=True)

    # the vote
    approve_votes = models.PositiveIntegerField(null=True)
    oppose_votes = models.PositiveIntegerField(null=True)
    abstain_votes = models.PositiveIntegerField(null=True)
    is_reserved = models.BooleanField(default=False)  # kept for a later year
    came_from = models.ForeignKey("self", on_delete=models.PROTECT, related_name="continued_as", null=True)

    # plan and works
    plan_text = models.TextField(blank=True)
    plan_published_on = models.DateField(null=True)
    schedule = models.JSONField(default=dict)  # {"2025-03": 5, …}: planned percent at a month's end
    funded_on = models.DateField(null=True)
    planned_percent = models.PositiveSmallIntegerField(null=True)
    actual_percent = models.PositiveSmallIntegerField(null=True)
    paid = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    lamp = models.CharField(max_length=8, blank=True)
    lamp_reasons = models.JSONField(default=list)
    last_month = models.CharField(max_length=7, blank=True)
    completed_on = models.DateField(null=True)
    accepted_on = models.DateField(null=True)
    acceptance_note = models.TextField(blank=True)
    grade = models.CharField(max_length=8, blank=True)

    # putting right
    rectify_plan_due = models.DateField(null=True)
    rectify_result_due = models.DateField(null=True)
    rectify_plan = models.TextField(blank=True)
    rectify_plan_on = models.DateField(null=True)
    rectify_result = models.TextField(blank=True)
    rectify_result_on = models.DateField(null=True)

    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        ordering = ["serial"]
        constraints = [
            models.UniqueConstraint(fields=["year", "serial"], name="one_project_per_serial"),
            models.UniqueConstraint(fields=["year", "cand_no"], name="one_project_per_cand_no"),
            models.UniqueConstraint(fields=["year", "final_no"], name="one_project_per_final_no"),
            values_check("state", ProjectState, "project_state"),
            *[
                models.CheckConstraint(
                    name=f"project_{field}",
                    condition=Q(**{field: ""}) | Q(**{f"{field}__in": [str(v) for v in enum]}),
                )
                for field, enum in (("fund_code", Fund), ("lamp", Lamp), ("grade", Grade))
            ],
            models.CheckConstraint(
                name="project_dates_in_order",
                condition=Q(starts_on=None) | Q(finishes_on=None) | Q(finishes_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="project_money", condition=Q(investment_total=None) | Q(investment_total__gte=Decimal(0))
            ),
            models.CheckConstraint(
                name="project_percent", condition=Q(actual_percent=None) | Q(actual_percent__lte=100)
            ),
        ]
        indexes = [models.Index(fields=["lead_unit", "state"], name="project_by_unit")]

    def __str__(self) -> str:
        return self.name


class Milestone(models.Model):
    """A point of the plan; the weights of a project's milestones make 100."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="milestones")
    name = models.CharField(max_length=80)
    plan_date = models.DateField()
    weight = models.PositiveSmallIntegerField()
    actual_date = models.DateField(null=True)
    proof = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["plan_date", "pk"]
        constraints = [
            models.CheckConstraint(name="milestone_weight", condition=Q(weight__gte=1) & Q(weight__lte=100)),
        ]

    def __str__(self) -> str:
        return self.name


class Score(models.Model):
    """One scorer's marks by the ten criteria; scored again, the later marks count."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="scores")
    scorer = models.CharField(max_length=120)
    scorer_name = models.CharField(max_length=80)
    marks = models.JSONField()
    total = models.PositiveSmallIntegerField()
    comment = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "scorer"], name="one_score_per_scorer"),
            models.CheckConstraint(name="score_total", condition=Q(total__lte=100)),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.total}"


class ScreeningOpinion(models.Model):
    """Is it lawful (合法性审查), is there money for it (财政评估)? The latest of each kind counts."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="opinions")
    kind = models.CharField(max_length=10)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    is_positive = models.BooleanField()
    text = models.TextField()
    by = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [values_check("kind", OpinionKind, "screening_opinion_kind")]
        triggers = [append_only_trigger("screening_opinion_append_only")]

    def __str__(self) -> str:
        return f"{self.project_id} {self.kind}"


class Revision(models.Model):
    """What a project was from then on, and why: as voted, as adjusted, as filed. Never changed."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=500)
    decided_by = models.CharField(max_length=120, blank=True)
    snapshot = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["project", "number"], name="one_revision_per_number")]
        triggers = [append_only_trigger("revision_append_only")]

    def __str__(self) -> str:
        return f"{self.project_id} v{self.number}"


class ProjectStep(models.Model):
    """One step of the life story, in a sentence; `params` fill its placeholders. Never changed."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="steps")
    at = models.DateTimeField()
    kind = models.CharField(max_length=30)
    text = models.CharField(max_length=200)
    params = models.JSONField(default=dict)
    note = models.TextField(blank=True)
    who = models.CharField(max_length=80)
    from_state = models.CharField(max_length=16, blank=True)
    to_state = models.CharField(max_length=16)
    is_public = models.BooleanField(default=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["project", "id"], name="project_step_by_project")]
        triggers = [append_only_trigger("project_step_append_only")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.kind}"
