"""The life story and what stands beside the handling."""

from django.db import models
from django.db.models import Q

from openrenda.kernel.models import values_check
from openrenda.kernel.triggers import append_only_trigger
from openrenda.orgs.models import Mandate, Unit
from openrenda.suggestions.states import NudgeKind, Publicity

from .suggestion import Suggestion


class Step(models.Model):
    """One step of the life story: who did what, when, and how long it had waited. Never changed.

    Kept beside the audit and not derived from it: the story is shown to the public for years, names offices and
    not accounts, and holds sentences; the audit is for auditors, holds digests, and may be cleared after its term.
    """

    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, related_name="steps")
    at = models.DateTimeField()
    kind = models.CharField(max_length=30)
    text = models.CharField(max_length=200)
    params = models.JSONField(default=dict)
    who = models.CharField(max_length=80)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", null=True)
    from_state = models.CharField(max_length=16, blank=True)
    to_state = models.CharField(max_length=16)
    waited_days = models.PositiveSmallIntegerField(default=0)
    is_public = models.BooleanField(default=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["suggestion", "id"], name="step_by_suggestion")]
        triggers = [append_only_trigger("step_append_only")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.kind}"


class Supplement(models.Model):
    """An explanation added after review; the text itself stands (domain.md 2.9)."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, related_name="supplements")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        triggers = [append_only_trigger("supplement_append_only")]

    def __str__(self) -> str:
        return f"{self.suggestion_id} 补充说明"


class Objection(models.Model):
    """The deputy objects to the unit assigned; an answer is due (SHJY §14)."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, related_name="objections")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["suggestion"], condition=Q(answered_at=None), name="objection_open")]

    def __str__(self) -> str:
        return f"{self.suggestion_id} 异议"


class Nudge(models.Model):
    """A step of supervision towards a unit (催办、督办单、约谈、通报)."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, related_name="nudges")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8)
    text = models.TextField()
    at = models.DateTimeField()
    by = models.CharField(max_length=120)
    answer_due = models.DateField(null=True)
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [values_check("kind", NudgeKind, "nudge_kind")]
        indexes = [models.Index(fields=["unit"], condition=Q(answered_on=None), name="nudge_open")]

    def __str__(self) -> str:
        return f"{self.suggestion_id} {self.kind}"


class Publication(models.Model):
    """What the public may read, masked; written at release, replaced by the next release."""

    suggestion = models.OneToOneField(Suggestion, on_delete=models.PROTECT, related_name="publication")
    decision = models.CharField(max_length=10)
    reason = models.CharField(max_length=200, blank=True)
    summary = models.TextField(blank=True)
    problem = models.TextField(blank=True)
    analysis = models.TextField(blank=True)
    proposal = models.TextField(blank=True)
    masked_count = models.PositiveSmallIntegerField(default=0)
    secrecy_checked_by = models.CharField(max_length=60)
    secrecy_checked_on = models.DateField()
    released_by = models.CharField(max_length=120)
    released_at = models.DateTimeField()

    class Meta:
        constraints = [
            values_check("decision", Publicity, "publication_decision"),
            models.CheckConstraint(
                name="publication_no_has_reason",
                condition=Q(decision__in=[Publicity.FULL, Publicity.SUMMARY]) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.suggestion_id} {self.decision}"


class FacetCount(models.Model):
    """How many numbered suggestions carry a facet's value: sums of small rows which a trigger adds.

    Only ever added to, so writers never wait for each other; `tasks.fold_facets` sums the rows of a value into one.
    """

    congress_id = models.BigIntegerField()
    year = models.PositiveSmallIntegerField()
    facet = models.CharField(max_length=12)
    value = models.CharField(max_length=40)
    n = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["congress_id", "year", "facet", "value"], name="facet_by_value")]

    def __str__(self) -> str:
        return f"{self.year} {self.facet}={self.value}: {self.n}"
