"""The poll, its options, who may vote, who watches."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from openrenda.kernel.models import values_check
from openrenda.orgs.models import Congress, Mandate
from openrenda.voting.states import BEFORE_OPENING, Duty, Form, Issued, Kind, Method, Need, Repeat, State

from .frozen import frozen_columns, frozen_rows

RULE_COLUMNS = (
    "congress_id", "key", "title", "method", "form", "base", "line", "quota", "minimum", "maximum", "quorum",
    "threshold", "rules", "rules_hash", "repeats_id", "repeat_reason", "uuid", "opened_at",
    "election_hash", "trustees_hash", "credentials_hash",
)  # fmt: skip


class Poll(models.Model):
    """One vote on one ballot paper. `rules` is what was hashed at opening; figures of the count are in `tally`."""

    congress = models.ForeignKey(Congress, on_delete=models.PROTECT, related_name="polls")
    key = models.SlugField(max_length=40)
    title = models.CharField(max_length=120)
    method = models.CharField(max_length=10)
    form = models.CharField(max_length=6)
    state = models.CharField(max_length=9, default=State.DRAFT.value)
    subject_kind = models.CharField(max_length=60, blank=True)
    subject_id = models.BigIntegerField(default=0)
    meeting_ref = models.CharField(max_length=60, blank=True)

    base = models.PositiveIntegerField()
    quorum = models.PositiveIntegerField(default=0)
    line = models.PositiveIntegerField()
    quota = models.PositiveSmallIntegerField(default=0)
    minimum = models.PositiveSmallIntegerField(default=0)
    maximum = models.PositiveSmallIntegerField(default=1)
    rules = models.JSONField(default=dict)
    rules_hash = models.CharField(max_length=64, blank=True)

    repeats = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="followers")
    repeat_reason = models.CharField(max_length=10, default=Repeat.NOTHING.value)

    threshold = models.PositiveSmallIntegerField(default=0)
    uuid = models.CharField(max_length=40, blank=True)
    election_hash = models.CharField(max_length=64, blank=True)
    trustees_hash = models.CharField(max_length=64, blank=True)
    credentials_hash = models.CharField(max_length=64, blank=True)
    board_height = models.IntegerField(default=-1)
    board_head = models.CharField(max_length=64, blank=True)

    tally = models.JSONField(default=dict)
    need = models.CharField(max_length=10, default=Need.NOTHING.value)
    tied = models.JSONField(default=list)
    places = models.PositiveSmallIntegerField(default=0)
    void_reason = models.CharField(max_length=200, blank=True)

    created_by = models.CharField(max_length=120)
    created_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    counted_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["congress", "key"], name="one_poll_per_key"),
            values_check("method", Method, "poll_method"),
            values_check("form", Form, "poll_form"),
            values_check("need", Need, "poll_need"),
            values_check("repeat_reason", Repeat, "poll_repeat_reason"),
            models.CheckConstraint(name="poll_marks_in_order", condition=Q(maximum__gte=F("minimum"))),
            models.CheckConstraint(name="poll_line_within_base", condition=Q(line__lte=F("base"))),
            models.CheckConstraint(
                name="poll_open_is_hashed",
                condition=Q(state__in=[*BEFORE_OPENING, State.CANCELLED])
                | (~Q(rules_hash="") & Q(opened_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(fields=["congress", "state", "-id"], name="poll_by_state"),
            models.Index(fields=["subject_kind", "subject_id"], name="poll_by_subject"),
        ]
        triggers = [frozen_columns("poll_rules_frozen", RULE_COLUMNS, BEFORE_OPENING)]

    def __str__(self) -> str:
        return f"{self.key} {self.title}"

    @property
    def kind(self) -> Kind:
        return Method(self.method).kind

    @property
    def is_electronic(self) -> bool:
        return self.method == Method.ELECTRONIC

    @property
    def is_secret(self) -> bool:
        return self.kind != Kind.OPEN


class Option(models.Model):
    """One line of the ballot. `ref` is the caller's name for it, e.g. a project's number."""

    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="options")
    position = models.PositiveSmallIntegerField()
    ref = models.CharField(max_length=40)
    label = models.CharField(max_length=120)
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["poll", "position"], name="one_option_per_position"),
            models.UniqueConstraint(fields=["poll", "ref"], name="one_option_per_ref"),
        ]
        triggers = [
            frozen_rows(
                "option_frozen", BEFORE_OPENING, pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.label


class RollEntry(models.Model):
    """Somebody entitled to vote: present or not, and whether a ballot was handed out. Never how she voted.

    `is_swapped`: an electronic slip was taken back and a paper handed out instead.
    """

    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="roll")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    delegation = models.CharField(max_length=40, blank=True)
    is_present = models.BooleanField(default=False)
    issued = models.CharField(max_length=10, default=Issued.NOTHING.value)
    issued_on = models.DateField(null=True)
    is_swapped = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            values_check("issued", Issued, "roll_issued"),
            models.UniqueConstraint(fields=["poll", "mandate"], name="one_roll_entry_per_deputy"),
            models.CheckConstraint(
                name="roll_only_present_are_issued", condition=Q(issued=Issued.NOTHING) | Q(is_present=True)
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Scrutineer(models.Model):
    """Who watches this vote. Those with an `index` (from 1) keep the keys of an electronic one.

    `cert`, `polynomial`, `verification_key` are public messages; the seed behind them never comes here.
    """

    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="scrutineers")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    duty = models.CharField(max_length=10)
    index = models.PositiveSmallIntegerField(null=True)
    cert = models.TextField(blank=True)
    polynomial = models.TextField(blank=True)
    verification_key = models.TextField(blank=True)
    has_decrypted = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            values_check("duty", Duty, "scrutineer_duty"),
            models.UniqueConstraint(fields=["poll", "mandate"], name="one_duty_per_deputy"),
            models.UniqueConstraint(fields=["poll", "index"], name="one_trustee_per_index"),
            models.UniqueConstraint(
                fields=["poll"], condition=Q(duty=Duty.CHIEF), name="one_chief_scrutineer_per_poll"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name
