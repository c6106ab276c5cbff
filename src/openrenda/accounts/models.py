"""Logins."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models


class User(AbstractBaseUser):
    """A login; what it may do comes from the posts of its person."""

    username = models.CharField(max_length=80, unique=True)
    USERNAME_FIELD = "username"
    objects: BaseUserManager["User"] = BaseUserManager()
