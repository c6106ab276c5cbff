"""The environment is read once and complains once."""

from pathlib import Path

import pytest

from openrenda.config.settings.env import read_dotenv, read_env, read_mail


def test_everything_that_is_missing_is_named_at_once() -> None:
    with pytest.raises(SystemExit, match=r"SECRET_KEY, BASE_URL\. Copy \.env\.example"):
        read_env({"DATABASE_URL": "postgresql://x/y"}, required=("SECRET_KEY", "DATABASE_URL", "BASE_URL"))


@pytest.mark.parametrize(
    ("setting", "value"),
    [("DATABASE_URL", "sqlite:///x"), ("BASE_URL", "www.example.gov.cn"), ("EMAIL_URL", "imap://mail")],
)
def test_what_cannot_be_right_is_refused(setting: str, value: str) -> None:
    with pytest.raises(SystemExit, match=setting):
        read_env({setting: value})


def test_a_path_is_absolute_and_an_address_has_no_slash_at_its_end() -> None:
    env = read_env({"OPENRENDA_DATA": "somewhere", "BASE_URL": "https://renda.example/"})
    assert env.data.is_absolute()
    assert env.base_url == "https://renda.example"


@pytest.mark.parametrize(
    ("url", "host", "port", "tls", "starttls"),
    [
        ("", "localhost", 25, False, False),
        ("smtp://mail:2525", "mail", 2525, False, False),
        ("smtps://mail", "mail", 465, True, False),
        ("smtp+starttls://mail:587", "mail", 587, False, True),
    ],
)
def test_mail(url: str, host: str, port: int, tls: bool, starttls: bool) -> None:
    mail = read_mail(url)
    assert (mail.host, mail.port, mail.tls, mail.starttls) == (host, port, tls, starttls)


def test_a_password_in_an_address_may_hold_anything() -> None:
    assert read_mail("smtp://me:a%40b%3A@mail").password == "a@b:"


def test_a_dotenv_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("# a comment\nSECRET_KEY='a = b'\n\nBASE_URL=https://x\n", "utf-8")
    assert read_dotenv(tmp_path / ".env") == {"SECRET_KEY": "a = b", "BASE_URL": "https://x"}
    assert read_dotenv(tmp_path / "none") == {}
