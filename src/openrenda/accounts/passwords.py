"""What a password must be, said so that one can do it."""

import secrets
import string
import unicodedata
from dataclasses import dataclass

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from openrenda.kernel import parameters
from openrenda.kernel.text import N_

from .parameters import PASSWORD_CLASSES, PASSWORD_LENGTH

LONGEST = 128
_LETTERS = "abcdefghjkmnpqrstuvwxyz"
_DIGITS = "23456789"
_SIGNS = "-+=?"
_COMMON = CommonPasswordValidator()


@dataclass(frozen=True, slots=True)
class PasswordRules:
    """The rules in force in a congress."""

    length: int
    classes: int


def rules_of(congress_id: int) -> PasswordRules:
    """Read from the register. Two queries."""
    return PasswordRules(
        length=parameters.number(PASSWORD_LENGTH, congress_id),
        classes=parameters.number(PASSWORD_CLASSES, congress_id),
    )


def classes_in(password: str) -> int:
    """How many of upper case, lower case, digits and everything else it has; Chinese counts as everything else."""
    kinds = {
        "upper"
        if c in string.ascii_uppercase
        else "lower"
        if c in string.ascii_lowercase
        else "digit"
        if c in string.digits
        else "other"
        for c in password
    }
    return len(kinds)


def faults(password: str, *, rules: PasswordRules, login: str, names: tuple[str, ...] = ()) -> list[str]:
    """Everything wrong with it at once (msgids with {length} and {classes}); empty when it is good."""
    folded = unicodedata.normalize("NFKC", password).casefold()
    found = []
    if len(password) < rules.length:
        found.append(N_("密码至少要 {length} 个字符。"))
    if len(password) > LONGEST:
        found.append(N_("密码太长，请不要超过 128 个字符。"))
    if classes_in(password) < rules.classes:
        found.append(N_("大写字母、小写字母、数字、符号中至少要有 {classes} 类。"))
    if any(len(word) >= 3 and word.casefold() in folded for word in (login, *names)):
        found.append(N_("密码里不能含有登录名或姓名的拼音。"))
    if _is_common(password):
        found.append(N_("这个密码太常见，容易被猜中。"))
    return found


def _is_common(password: str) -> bool:
    try:
        _COMMON.validate(password)
    except ValidationError:
        return True
    return False


def one_time_password() -> str:
    """Twelve characters that cannot be mistaken for one another on paper, of all four classes."""
    groups = [
        secrets.choice(_LETTERS).upper() + "".join(secrets.choice(_LETTERS) for _ in range(3)),
        "".join(secrets.choice(_DIGITS) for _ in range(4)),
        "".join(secrets.choice(_LETTERS) for _ in range(4)),
    ]
    return secrets.choice(_SIGNS).join(groups)
