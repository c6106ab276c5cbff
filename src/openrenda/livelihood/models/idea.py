"""Ideas for projects, who had them, and what became of them."""

from django.db import models
from django.db.models import Q

from openrenda.kernel.models import values_check
from openrenda.kernel.triggers import append_only_trigger
from openrenda.liaison.models import Opinion
from openrenda.livelihood.states import DeclineCode, IdeaChannel, IdeaPublicity, IdeaSource, IdeaState, Outcome
from openrenda.orgs.models import Congress, Mandate, Unit

from .project import Project
from .year import Year


class Idea(models.Model):
    """Somebody's idea for a project. The text stands as it was written; `public_*` are what everybody may read."""

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="+")
    year = models.ForeignKey(Year, on_delete=models.PROTECT, related_name="ideas")
    key = models.CharField(max_length=30)
    state = models.CharField(max_length=10, default=IdeaState.NEW)
    source = models.CharField(max_length=12)
    channel = models.CharField(max_length=10)
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="+", null=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", null=True)
    opinion = models.ForeignKey(Opinion, on_delete=models.PROTECT, related_name="+", null=True)
    written_by = models.CharField(max_length=120)
    proposer_person_id = models.BigIntegerField(null=True)

    title = models.CharField(max_length=80)
    content = models.TextField()
    category = models.CharField(max_length=20, blank=True)
    place = models.CharField(max_length=120, blank=True)
    beneficiaries = models.CharField(max_length=200, blank=True)
    estimate = models.DecimalField(max_digits=12, decimal_places=2, null=True)  # 万元

    notice_version = models.CharField(max_length=20, blank=True)
    may_publish = models.BooleanField(default=False)
    publicity = models.CharField(max_length=10, default=IdeaPublicity.WAITING)
    publicity_reason = models.CharField(max_length=200, blank=True)
    public_title = models.CharField(max_length=80)
    public_content = models.TextField()

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="ideas", null=True)
    decline_code = models.CharField(max_length=12, blank=True)
    explanation = models.TextField(blank=True)
    settled_on = models.DateField(null=True)
    submitted_at = models.DateTimeField()
    code_hash = models.CharField(max_length=100, blank=True)
    idempotency_key = models.CharField(max_length=64)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["congress", "key"], name="one_idea_per_key"),
            models.UniqueConstraint(fields=["congress", "idempotency_key"], name="one_idea_per_form"),
            values_check("state", IdeaState, "idea_state"),
            values_check("source", IdeaSource, "idea_source"),
            values_check("channel", IdeaChannel, "idea_channel"),
            values_check("publicity", IdeaPublicity, "idea_publicity"),
            models.CheckConstraint(
                name="idea_decline_code",
                condition=Q(decline_code="") | Q(decline_code__in=[str(v) for v in DeclineCode]),
            ),
            models.CheckConstraint(
                name="idea_published_with_consent", condition=~Q(publicity="published") | Q(may_publish=True)
            ),
        ]
        indexes = [models.Index(fields=["year", "state", "id"], name="idea_by_state")]

    def __str__(self) -> str:
        return self.key


class IdeaContact(models.Model):
    """Who wrote, sealed; never shown, used only to send letters."""

    idea = models.OneToOneField(Idea, on_delete=models.PROTECT, related_name="contact")
    name_sealed = models.TextField(blank=True)
    phone_sealed = models.TextField(blank=True)
    email_sealed = models.TextField(blank=True)
    name_masked = models.CharField(max_length=60, blank=True)
    phone_masked = models.CharField(max_length=30, blank=True)

    def __str__(self) -> str:
        return f"{self.idea_id} {self.name_masked}"


class IdeaStep(models.Model):
    """An outcome told to the proposer. The table's constraint makes it once per idea, outcome and project."""

    idea = models.ForeignKey(Idea, on_delete=models.PROTECT, related_name="steps")
    outcome = models.CharField(max_length=12)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="+", null=True)
    note = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["idea", "outcome", "project"], name="told_once", nulls_distinct=False),
            values_check("outcome", Outcome, "idea_step_outcome"),
        ]
        triggers = [append_only_trigger("idea_step_append_only")]

    def __str__(self) -> str:
        return f"{self.idea_id} {self.outcome}"
