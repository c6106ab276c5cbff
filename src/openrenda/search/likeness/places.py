"""Which places a text names: compounds and yards, roads, public places. By pattern, without a list of names.

A Chinese name has no visible beginning, so a name is its ending and the two characters before it ("望河花园" however
the sentence leads up to it); whether another text names the same place is then a plain substring question.
"""

import re
from dataclasses import dataclass
from pathlib import Path

# Endings; where several fit, the longest counts. What stands before decides whether it is a name.
COMPOUNDS = (
    *(
        "家属院",
        "家属楼",
        "宿舍",
        "小区",
        "花园",
        "家园",
        "佳苑",
        "嘉苑",
        "雅苑",
        "新村",
        "新居",
        "新城",
        "嘉园",
        "佳园",
    ),
    *("雅居", "公寓", "名都", "社区", "南院", "北院", "东院", "西院", "里", "苑", "园", "湾", "坊", "村", "楼"),
)
ROADS = ("大道", "大街", "街", "路", "巷", "胡同")
SPOTS = (
    *("小学", "中学", "幼儿园", "医院", "公园", "游园", "广场", "市场", "早市", "夜市", "车站", "水闸", "泵站"),
    *("步道", "绿道", "电影院", "地铁站", "站", "桥", "渠"),
)
KINDS = {"compounds": COMPOUNDS, "roads": ROADS, "spots": SPOTS}
KIND_OF = {ending: kind for kind, endings in KINDS.items() for ending in endings}
ENDING = re.compile("|".join(sorted(KIND_OF, key=len, reverse=True)).replace("街|", "街(?!道)|"))
YARD_NUMBER = re.compile(r"(\d{1,3})号院")
BUILDING = re.compile(r"\d{1,3}号[院楼]?|\d{1,2}单元")
LINE_NUMBER = re.compile(r"(\d{1,3})路(?!口)")
DIGITS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
SPELT = re.compile(r"([一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])(?=号[院楼])")
HAN = re.compile(r"[\u3400-\u9fff]")

# What leads up to an ending without being a name: "我们小区", "这条路", "屋里", "绕路", "门口小学".
NOT_IN_A_NAME = frozenset(
    "的了是在我你他她它们这那个条些每各某咱俺家住到去从跟与及有没不就都也还又把被让给对向往过出进来回走修很太最多少几两"
    "等着说要能会请座所处片段半整全本该此其为以将由于因而并且或呢吗啊吧呀离近挨沿穿站号栋层"
)
NOT_LAST = frozenset("跑停堵绕靠占倒炸满线大老街路巷条一二四五六七八九十争级施临背化装支主改造市道至号栋层门高顶塌爬")
NOT_FIRST = frozenset("前后左右中内外旁边侧上下头门")
NOT_A_NAME = frozenset((Path(__file__).resolve().parents[1] / "no_places.txt").read_text("utf-8").split())
HOLDERS = frozenset("院屋家夜心手水洞缝杯壶子河群区公楼车店班校池箱柜道场厂房包兜嘴眼街巷路村沟网管桶锅碗")


@dataclass(frozen=True, slots=True)
class Places:
    """The names found, by kind; each is short enough to be looked for in another text."""

    compounds: frozenset[str] = frozenset()
    roads: frozenset[str] = frozenset()
    spots: frozenset[str] = frozenset()
    yards: frozenset[str] = frozenset()
    lines: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.names or self.yards or self.lines)

    @property
    def names(self) -> frozenset[str]:
        """All names that are words."""
        return self.compounds | self.roads | self.spots

    def is_other_home(self, their: "Places") -> bool:
        """Do both name compounds or yards, so that a difference between them is one of homes?"""
        return bool(self.compounds and their.compounds) or bool(self.yards and their.yards)


def numbered(text: str) -> str:
    """Numbers of yards and buildings in figures: "五号院" is "5号院"."""
    return SPELT.sub(_figure, text)


def places_of(text: str) -> Places:
    """The places that a text names; `text` as `numbered` gives it."""
    names: dict[str, set[str]] = {kind: set() for kind in KINDS}
    for found in ENDING.finditer(text):
        core = text[max(0, found.start() - 2) : found.start()]
        if _is_core(core, found[0]):
            names[KIND_OF[found[0]]].add(core + found[0])
    return Places(
        **{kind: frozenset(each) for kind, each in names.items()},
        yards=frozenset(YARD_NUMBER.findall(text)),
        lines=frozenset(LINE_NUMBER.findall(text)),
    )


def without_names(text: str, places: Places) -> str:
    """The text with names and house numbers cut out; what is left are words about a matter."""
    for name in sorted(places.names, key=len, reverse=True):
        text = text.replace(name, "。")
    return BUILDING.sub("。", text)


def common_names(mine: str, places: Places, other: str) -> list[str]:
    """The names of `places`, which `other` tells of, that stand in `mine` too, as far to the left as both agree."""
    longest = (_longest(mine, name, other) for name in places.names if name in mine)
    return sorted(set(longest))


def _longest(mine: str, name: str, other: str) -> str:
    while (at := other.find(name)) > 0:
        longer = other[at - 1] + name
        if longer not in mine or longer[0] in NOT_IN_A_NAME or not HAN.match(longer):
            break
        name = longer
    return name


def _figure(found: re.Match[str]) -> str:
    tens, ten, ones = found[1].rpartition("十")
    return str((DIGITS.get(tens, 1) if ten else 0) * 10 + DIGITS.get(ones, 0))


def _is_core(core: str, ending: str) -> bool:
    return (
        len(core) == 2
        and core not in NOT_A_NAME
        and not (ending == "里" and core[1] in HOLDERS)
        and not (len(ending) == 1 and core[1] in NOT_LAST)
        and core[0] not in NOT_FIRST
        and core[0] != core[1]
        and ending not in core
        and not any(char in NOT_IN_A_NAME or not HAN.match(char) for char in core)
    )


def agree(mine: str, my: Places, other: str, their: Places) -> bool | None:
    """Whether two texts speak of the same place by the names in them; None when they do not say."""
    if my.yards and their.yards and not my.yards & their.yards:
        return False
    if _hit(mine, my.compounds, other, their.compounds):
        return True
    if my.compounds and their.compounds:
        return False
    if my.lines and their.lines:
        return bool(my.lines & their.lines)
    if _hit(mine, my.roads | my.spots, other, their.roads | their.spots):
        return True
    if (my.roads and their.roads) or (my.spots and their.spots):
        return False
    return None


def _hit(mine: str, my: frozenset[str], other: str, their: frozenset[str]) -> bool:
    return any(name in other for name in my) or any(name in mine for name in their)
