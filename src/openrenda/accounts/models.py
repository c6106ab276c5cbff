"""Logins, their sign-ins, and the counters that lock out guessers."""

from datetime import timedelta

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from openrenda.kernel import clock
from openrenda.orgs.models import Congress, Person

from .states import SignInEnd


class User(AbstractBaseUser):
    """A login; what it may do comes from the posts and mandates of its person."""

    last_login = None  # SignIn rows tell more, and are never overwritten
    login = models.CharField(max_length=80, unique=True)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="user")
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=True)
    password_is_initial = models.BooleanField(default=False)
    password_changed_at = models.DateTimeField()
    last_hat = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField()

    USERNAME_FIELD = "login"
    objects = BaseUserManager()

    class Meta:
        ordering = ["login"]

    def __str__(self) -> str:
        return self.login


class SignIn(models.Model):
    """One session of a login, from its beginning to its end; the limits in force at its beginning hold for it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_ins")
    hat = models.CharField(max_length=40, blank=True)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    idle_minutes = models.PositiveSmallIntegerField()
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=20, blank=True)
    origin = models.CharField(max_length=60, blank=True)
    agent = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="sign_in_end_is_whole",
                condition=Q(ended_at=None, end_reason="")
                | Q(ended_at__isnull=False, end_reason__in=[str(e.value) for e in SignInEnd]),
            ),
            models.CheckConstraint(name="sign_in_lives_forward", condition=Q(ends_at__gt=F("began_at"))),
        ]
        indexes = [models.Index(fields=["user"], condition=Q(ended_at=None), name="sign_in_open")]

    def __str__(self) -> str:
        return f"{self.user} {self.began_at:%Y-%m-%d %H:%M}"

    def overrun(self) -> SignInEnd | None:
        """Why this session may not go on, if it may not. A clock set back counts as idle: nobody sat there."""
        now = clock.now()
        if now >= self.ends_at:
            return SignInEnd.LIFETIME
        idle = timedelta(minutes=self.idle_minutes)
        return SignInEnd.IDLE if not -idle < now - self.seen_at < idle else None


class Lockout(models.Model):
    """Failures in a row for a login name (known or not) or an address; the key is a keyed hash of it."""

    key = models.CharField(max_length=64, unique=True)
    congress = models.ForeignKey(Congress, on_delete=models.CASCADE, related_name="lockouts")
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="lockouts")
    failures = models.PositiveIntegerField(default=0)
    last_failed_at = models.DateTimeField(null=True)
    locked_until = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["last_failed_at"], name="lockout_by_age")]

    def __str__(self) -> str:
        return f"{self.user or self.key[:8]}: {self.failures}"
