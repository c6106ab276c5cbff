"""What people type about accounts, and in the administration."""

from .manage import (
    AccountForm,
    AuditFilterForm,
    CalendarForm,
    ExportForm,
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
    "ExportForm",
    "HatForm",
    "PasswordForm",
    "PersonForm",
    "PostEndForm",
    "PostForm",
    "SettingForm",
    "SignInForm",
]
