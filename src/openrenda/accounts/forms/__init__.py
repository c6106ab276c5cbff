"""What people type about accounts, and in the administration."""

from .manage import (
    AccountForm,
    AuditFilterForm,
    CalendarForm,
    PersonForm,
    PostEndForm,
    PostForm,
    SettingForm,
)
from .session import HatForm, PasswordForm, SignInForm

__all__ = [
    "AccountForm",
    "AuditFilterForm",
    "CalendarForm",
    "HatForm",
    "PasswordForm",
    "PersonForm",
    "PostEndForm",
    "PostForm",
    "SettingForm",
    "SignInForm",
]
