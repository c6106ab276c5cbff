"""What stands in the cells of an office's register of suggestions (建议办理台账). Pure: texts in, values out.

Both ways in read with it: the replay of a district's folder and the import of a register in bulk. Offices write the
same thing in different words; what is understood is listed here, everything else is a fault.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from openrenda.kernel.text import N_
from openrenda.orgs.states import SessionPeriod
from openrenda.suggestions.states import ContactWay, Publicity, Rating, ReplyClass

NOT_TOLD = "（台账没有记载）"
"""Stands where the register is silent and a text is needed: nothing is invented."""
OWN_SERIES = re.compile(r"(?:闭会?|B|b)\s*第?\s*(?=\d)")

_DAY = r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
_RETURNED = re.compile(rf"{_DAY}\s*由(.+?)退办[:：](.+)[,，;；]\s*{_DAY}\s*改交(.+)")
_REHANDLED = re.compile(rf"{_DAY}\s*重新答复[|｜,，;；]\s*改为(满意|基本满意|不满意)(?:[|｜,，;；](.*))?", re.DOTALL)
V = TypeVar("V")


class BadText(ValueError):
    """A cell that cannot be understood; `reason` is a msgid filled by `params`."""

    def __init__(self, reason: str, **params: object) -> None:
        super().__init__(reason.format(**params))
        self.reason, self.params = reason, params


@dataclass(frozen=True, slots=True)
class ReturnCell:
    """退办: on a day unit `by` gave it back for a reason, and on another it went to `to` (as the cell names them)."""

    on: date
    by: str
    reason: str
    reassigned_on: date
    to: str


@dataclass(frozen=True, slots=True)
class RehandleCell:
    """重办: answered again on a day, then rated `verdict`; `reason` is what was done."""

    on: date
    verdict: Rating
    reason: str


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


@dataclass(frozen=True, slots=True)
class Words(Generic[V]):
    """What the words of a column mean; `shown` are those a person is told to use."""

    meaning: Mapping[str, V]
    shown: str

    def __getitem__(self, word: str) -> V:
        return self.meaning[word]


def _words(table: Mapping[V, tuple[str, ...]]) -> Words[V]:
    meaning = {word.upper(): value for value, words in table.items() for word in words}
    return Words(meaning, "、".join(words[0] for words in table.values()))


RATINGS = _words(
    {
        Rating.GOOD: ("满意", "很满意", "非常满意", "十分满意", "good"),
        Rating.FAIR: ("基本满意", "较满意", "比较满意", "一般", "fair"),
        Rating.BAD: ("不满意", "很不满意", "非常不满意", "bad"),
    }
)
WAYS = _words(
    {
        ContactWay.MEETING: ("面商", "当面沟通", "面谈", "座谈", "走访", "上门", "上门走访", "见面", "登门"),
        ContactWay.ON_SITE: ("现场办理", "现场", "现场办公", "实地察看", "实地查看", "现场踏勘"),
        ContactWay.PHONE: ("电话", "电话沟通", "电话联系"),
        ContactWay.WRITING: ("书面", "书面沟通", "函件", "微信", "短信", "邮件"),
    }
)
CLASSES = _words(
    {
        ReplyClass.A: (
            "已解决",
            "已经解决",
            "基本解决",
            "已解决或基本解决",
            "已经解决或基本解决",
            "解决",
            "采纳",
            "已采纳",
        ),
        ReplyClass.B: ("B", "正在解决", "正在解决或列入计划", "正在解决或列入规划", "列入计划", "列入计划解决"),
        ReplyClass.C: ("C", "留待以后解决", "暂时难以解决", "因条件限制留待以后解决", "列入规划", "待条件具备"),
        ReplyClass.D: ("D", "留作参考", "参考", "作为参考", "不可行", "解释说明"),
    }
)
PERIODS = _words(
    {
        SessionPeriod.IN_SESSION: ("大会", "大会期间", "会议期间", "会上", "会中", "人代会", "人代会期间"),
        SessionPeriod.CLOSED: ("闭会", "闭会期间", "平时", "会后", "日常"),
    }
)
EXTENDED = _words(
    {
        False: ("三个月", "3个月", "三月", "90天", "否", "无", "未延期"),
        True: ("六个月", "6个月", "六月", "180天", "是", "延期", "已延期"),
    }
)
OPENNESS = _words(
    {
        Publicity.FULL: ("公开", "全文公开", "主动公开", "同意公开", "同意", "是"),
        Publicity.NO: ("不公开", "不予公开", "不同意公开", "不同意", "否"),
        Publicity.PENDING: ("待定", "待审", "未定"),
    }
)
YES_NO = _words(
    {
        True: ("是", "有", "√", "✓", "重点", "重点督办", "督办", "Y", "YES", "1"),
        False: ("否", "无", "×", "✗", "一般", "普通", "N", "NO", "0", "-", "—", "/"),
    }
)


def word(words: Words[V], text: str) -> V | None:
    """What a word means in one of the tables above; None for an empty cell, BadText for an unknown word."""
    folded = _folded(text).upper()
    if not folded:
        return None
    if folded not in words.meaning:
        raise BadText(N_("“{value}”不在可用的取值里：{choices}"), value=text.strip(), choices=words.shown)
    return words.meaning[folded]


def reply_class(text: str) -> ReplyClass | None:
    """A, A类, A1, 类别A, 已解决 … None when empty."""
    folded = _folded(text).upper()
    found = re.fullmatch(r"(?:类别)?[(（]?([A-D])[)）]?[12]?(?:[^A-Z0-9].*)?", folded)
    return ReplyClass(found.group(1)) if found else word(CLASSES, text)


def returned(text: str) -> ReturnCell | None:
    """2025-03-11 由B29退办:理由,2025-03-13改交B04. None when empty; BadText tells how it should be written."""
    if not text.strip():
        return None
    found = _RETURNED.fullmatch(text.strip())
    if found is None:
        raise BadText(N_("应写成“日期 由X退办:理由,日期改交Y”"))
    year, month, day, by, reason, *rest = found.groups()
    return ReturnCell(_day(year, month, day), by.strip(), reason.strip(), _day(*rest[:3]), rest[3].strip())


def rehandled(text: str) -> RehandleCell | None:
    """2025-07-15重新答复|改为满意|说明. None when empty; BadText tells how it should be written."""
    if not text.strip():
        return None
    found = _REHANDLED.fullmatch(text.strip())
    if found is None:
        raise BadText(N_("应写成“日期重新答复|改为满意|说明”"))
    year, month, day, verdict, reason = found.groups()
    return RehandleCell(_day(year, month, day), RATINGS[verdict], (reason or "").strip())


def _day(year: str, month: str, day: str) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise BadText(N_("其中的日期不存在")) from None


def split_text(text: str) -> tuple[str, str]:
    """(problem, proposals): a register keeps both in one cell, parted by 建议：."""
    problem, mark, proposal = text.partition("建议：")
    return (problem.strip(), proposal.strip()) if mark and problem.strip() and proposal.strip() else (text, text)


def serial(text: str) -> tuple[int, bool]:
    """(number, whether it is written as one of the closed period's own series): 041, 第41号, 闭会第5号, B005,
    JY-16-5-041. BadText when there is no number."""
    folded = _folded(text).upper()
    tail = folded.rpartition("-")[2] if folded.startswith("JY") else folded
    own = OWN_SERIES.match(tail)
    found = re.fullmatch(r"第?(\d{1,7})(?:\.0+)?[号件]?(?:建议)?", tail[own.end() :] if own else tail)
    if found is None or not 0 < int(found.group(1)) < 5_000_000:
        raise BadText(N_("“{value}”不是编号数字"), value=text.strip())
    return int(found.group(1)), own is not None


_NUMERAL = r"(\d{1,2}|[一二三四五六七八九十]{1,3})"
_SESSION = re.compile(rf"(?:.*?第?{_NUMERAL}届.*?第?{_NUMERAL}次.*)|(?:(\d{{1,2}})\s*[-—–]\s*(\d{{1,2}}))")
_DIGITS = {char: n for n, char in enumerate("零一二三四五六七八九")}


def session_numbers(text: str) -> tuple[int, int]:
    """(term, session): 十六届五次, 第十六届人民代表大会第五次会议, 16-5. BadText when it is none of these."""
    found = _SESSION.fullmatch(_folded(text))
    if found is None:
        raise BadText(N_("“{value}”不是届次，应写成 十六届五次 或 16-5"), value=text.strip())
    term, number = (part for part in found.groups() if part)
    return _spoken(term), _spoken(number)


def _spoken(text: str) -> int:
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _DIGITS.get(text, 0)
    return (_DIGITS.get(tens, 1) if tens else 1) * 10 + _DIGITS.get(ones, 0)


_GRADE = "(?:绝密|机密|秘密)"
_SECRET = re.compile(rf"{_GRADE}\s*[★☆*级件]|[【\[(（]{_GRADE}[】\])）]|密级[:：]\s*{_GRADE}")


def looks_secret(*texts: str) -> bool:
    """Is a text marked as a state secret? Such matters never enter this system (domain.md 2.7)."""
    return any("密" in text and _SECRET.search(text) for text in texts)
