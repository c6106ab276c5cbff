"""Counting and what follows: tellers' entries, choices by name, the outcome, confirmations, rulings."""

from django.db import models

from openrenda.kernel.models import values_check
from openrenda.kernel.triggers import append_only_trigger
from openrenda.orgs.models import Mandate
from openrenda.voting.states import Need, Ruling

from .poll import Option, Poll, Scrutineer


class PaperCount(models.Model):
    """One teller's entry, made without seeing the other's. Entered again after a mismatch: `entered` counts."""

    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="paper_counts")
    teller = models.CharField(max_length=120)
    teller_name = models.CharField(max_length=60)
    issued = models.PositiveIntegerField()
    returned = models.PositiveIntegerField()
    valid = models.PositiveIntegerField()
    void = models.PositiveIntegerField()
    lines = models.JSONField()
    entered = models.PositiveSmallIntegerField(default=1)
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["poll", "teller"], name="one_count_per_teller")]

    def __str__(self) -> str:
        return f"{self.poll_id} {self.teller_name}"


class NamedVote(models.Model):
    """A deputy's public choice in a vote by name."""

    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="named_votes")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    choices = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["poll", "mandate"], name="one_named_vote_per_deputy")]
        triggers = [append_only_trigger("named_vote_append_only")]

    def __str__(self) -> str:
        return f"{self.poll_id} {self.name}"


class Outcome(models.Model):
    """What became of one option in this poll."""

    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="outcomes")
    option = models.OneToOneField(Option, on_delete=models.PROTECT, related_name="outcome")
    approve = models.PositiveIntegerField()
    oppose = models.PositiveIntegerField()
    abstain = models.PositiveIntegerField()
    marks = models.JSONField(default=list)
    passed = models.BooleanField()
    chosen = models.BooleanField()
    rank = models.PositiveSmallIntegerField()
    grade = models.CharField(max_length=12, blank=True)

    class Meta:
        ordering = ["rank", "option__position"]
        triggers = [append_only_trigger("outcome_append_only")]

    def __str__(self) -> str:
        return f"{self.option_id}: {self.approve}"


class Confirmation(models.Model):
    """A scrutineer's word that the count is right."""

    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="confirmations")
    scrutineer = models.OneToOneField(Scrutineer, on_delete=models.PROTECT, related_name="confirmation")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        triggers = [append_only_trigger("confirmation_append_only")]

    def __str__(self) -> str:
        return f"{self.poll_id} {self.scrutineer_id}"


class Decision(models.Model):
    """What the presidium decided where the count left something open."""

    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="decisions")
    need = models.CharField(max_length=10)
    ruling = models.CharField(max_length=10)
    chosen = models.JSONField(default=list)
    text = models.CharField(max_length=400)
    at = models.DateTimeField()
    entered_by = models.CharField(max_length=120)

    class Meta:
        ordering = ["pk"]
        constraints = [
            values_check("need", Need, "decision_need"),
            values_check("ruling", Ruling, "decision_ruling"),
            models.UniqueConstraint(fields=["poll"], name="one_decision_per_poll"),
        ]
        triggers = [append_only_trigger("decision_append_only")]

    def __str__(self) -> str:
        return f"{self.poll_id} {self.ruling}"
