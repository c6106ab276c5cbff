"""Many made-up matters for the search: the fictional district's own sentences, shuffled, in streets that do not exist.

Titles and sentences are recombined within a category, places and people are drawn from long lists, so that there are
words of every frequency: in each fifth text, in each thousandth, in one.
"""

import csv
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from openrenda.cli.load_district import OWN_DISTRICT
from openrenda.kernel import clock
from openrenda.search.values import Doc

OPINION, SUGGESTION = "liaison.opinion", "suggestions.suggestion"
LAST_DAY = datetime(2025, 9, 30, 18, 0, tzinfo=clock.ZONE)
DAYS = 2000
PUBLISHED = 0.5
UNITS, STREETS, STATIONS, DEPUTIES = 60, 14, 90, 900
RARE_UNIT = 61  # handles one matter in some thousands
_SENTENCE = re.compile(r"[^。；！？]+[。；！？]")
_PLACE = re.compile(r"[\u4e00-\u9fff]{2,4}?(?:街道|社区|家属院|小区|路|街|里)")
_FIRST = (
    "安柏长春翠德东恩方枫福光桂海和恒华锦静康兰丽林龙绿梅明南宁平清泉荣瑞山盛顺松泰天文西祥兴秀雅阳银永玉云正芷竹紫"
)
_LAST = "安岸北沧潮池川春岛冈港谷关桂海河湖华江井景径口兰岭柳隆满门明畔坪浦桥清泉阙溪霞香湘谢秀轩涯堰漾苑月运寨洲渚"
_ENDS = ("路", "街", "里", "家属院", "小区", "社区", "苑", "桥")
_FAMILY = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛"
    "叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔"
    "贺赖龚文"
)
_GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀英华慧巧美霞平刚桂兰玉萍红鹏辉建国志新海燕文斌晓东春梅立新雪"
    "松一鸣思远若楠梓涵景行"
)


@dataclass(frozen=True, slots=True)
class Matter:
    """A kind and its one or two entries, the inside one first."""

    kind: str
    docs: tuple[Doc, ...]


class District:
    """What matters are made of."""

    def __init__(self) -> None:
        self.titles: dict[str, list[str]] = defaultdict(list)
        self.sentences: dict[str, list[str]] = defaultdict(list)
        for file, text in (("suggestions.csv", "正文"), ("opinions.csv", "内容")):
            with (OWN_DISTRICT / file).open(encoding="utf-8-sig", newline="") as rows:
                for row in csv.DictReader(rows):
                    self.titles[row["类别"]].append(row["标题"])
                    self.sentences[row["类别"]] += _SENTENCE.findall(row[text])
        self.categories = sorted(self.titles)
        chance = random.Random(1)  # noqa: S311  made-up places
        self.places = [_place(chance) for _ in range(12_000)]
        self.deputies = [_person(chance) for _ in range(DEPUTIES)]

    def matters(self, first: int, count: int, total: int) -> Iterator[Matter]:
        """Numbers first…first+count-1 of `total`, in the order of time; always the same for a number."""
        for number in range(first, first + count):
            yield self._matter(number, total, random.Random(number))  # noqa: S311

    def _matter(self, number: int, total: int, chance: random.Random) -> Matter:
        kind = SUGGESTION if chance.random() < 0.3 else OPINION
        category = chance.choice(self.categories)
        unit = RARE_UNIT if chance.random() < 0.0003 else chance.randrange(1, UNITS + 1)
        street, station = chance.randrange(1, STREETS + 1), chance.randrange(1, STATIONS + 1)
        at = LAST_DAY - timedelta(days=DAYS * (1 - number / total) ** 0.8, seconds=chance.randrange(3600))
        place = self.places[min(int(chance.paretovariate(0.7)) - 1, len(self.places) - 1)]
        title = _PLACE.sub(place, chance.choice(self.titles[category]), count=1)
        body = "".join(chance.choice(self.sentences[category]) for _ in range(chance.choice((2, 3, 3, 4, 4, 5))))
        ref = (
            f"JY-{13 + at.year % 5}-{at.year % 6}-{number % 9999:03}" if kind == SUGGESTION else f"YJ{at.year}-{number}"
        )
        lead = chance.randrange(DEPUTIES)
        doc = Doc(
            object_id=number + 1,
            congress_id=1,
            is_public=False,
            ref=ref,
            title=title,
            at=at,
            body=body,
            names=(self.deputies[lead],) if kind == SUGGESTION else (),
            numbers=(ref, ref.removeprefix("JY-"), f"第{number % 9999:03}号") if kind == SUGGESTION else (ref,),
            audience=frozenset(
                {"district", f"unit:{unit}", f"station:{station}", f"street:{street}", f"mandate:{lead}"}
            ),
            category_id=self.categories.index(category) + 1,
            unit_id=unit,
            street_id=street,
            year=at.year,
            state=chance.choice(("open", "answered", "answered", "closed", "closed", "closed")),
            grade=chance.choice("ABC") if kind == SUGGESTION else "",
        )
        both = chance.random() < PUBLISHED
        return Matter(kind, (doc, replace(doc, is_public=True, audience=frozenset())) if both else (doc,))


def _place(chance: random.Random) -> str:
    return chance.choice(_FIRST) + chance.choice(_LAST) + chance.choice(_ENDS)


def _person(chance: random.Random) -> str:
    return chance.choice(_FAMILY) + "".join(chance.choice(_GIVEN) for _ in range(chance.choice((1, 2, 2))))
