"""The settings of sign-in; GB/T 22239-2019 8.1.4.1 draws their bounds."""

from openrenda.kernel.parameters import Kind, declare
from openrenda.kernel.text import N_

_SOURCE = "GB/T 22239-2019 8.1.4.1"

LOCK_FAILURES = declare(
    "accounts.lock_failures",
    5,
    Kind.INT,
    N_("连续输错几次密码后锁定"),
    _SOURCE,
    minimum=3,
    maximum=5,
)
LOCK_MINUTES = declare(
    "accounts.lock_minutes",
    15,
    Kind.INT,
    N_("锁定多少分钟（不少于 10 分钟）"),
    _SOURCE,
    minimum=10,
    maximum=1440,
)
ORIGIN_FAILURES = declare(
    "accounts.origin_failures",
    60,
    Kind.INT,
    N_("同一网络地址失败多少次后暂停登录（办公室常共用地址）"),
    _SOURCE,
    minimum=20,
    maximum=1000,
)
IDLE_MINUTES = declare(
    "accounts.idle_minutes",
    30,
    Kind.INT,
    N_("多少分钟没有操作就自动退出（不超过 30 分钟）"),
    _SOURCE,
    minimum=5,
    maximum=30,
)
SESSION_HOURS = declare(
    "accounts.session_hours",
    12,
    Kind.INT,
    N_("一次登录最长多少小时"),
    _SOURCE,
    minimum=1,
    maximum=24,
)
PASSWORD_LENGTH = declare(
    "accounts.password_length",
    10,
    Kind.INT,
    N_("密码至少多少个字符"),
    _SOURCE,
    minimum=8,
    maximum=64,
)
PASSWORD_CLASSES = declare(
    "accounts.password_classes",
    3,
    Kind.INT,
    N_("大写、小写、数字、符号中至少包含几类"),
    _SOURCE,
    minimum=2,
    maximum=4,
)
PASSWORD_DAYS = declare(
    "accounts.password_days",
    90,
    Kind.INT,
    N_("密码多少天后必须更换"),
    _SOURCE,
    minimum=30,
    maximum=365,
)
INITIAL_PASSWORD_DAYS = declare(
    "accounts.initial_password_days",
    7,
    Kind.INT,
    N_("管理员发的初始密码多少天内有效"),
    _SOURCE,
    minimum=1,
    maximum=30,
)
