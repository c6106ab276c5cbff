"""How Chinese names sound: full pinyin and initials, so that they are found by typing letters."""

from functools import lru_cache

from pypinyin import lazy_pinyin

# Family names that are read otherwise than the dictionary's first reading.
_FAMILY = {
    "单": "shan", "曾": "zeng", "解": "xie", "仇": "qiu", "区": "ou", "朴": "piao", "查": "zha", "盖": "ge",
    "缪": "miao", "任": "ren", "翟": "zhai", "乐": "yue", "冼": "xian", "牟": "mou", "种": "chong", "折": "she",
    "员": "yun", "尉迟": "yu chi", "万俟": "mo qi", "单于": "chan yu", "长孙": "zhang sun",
}  # fmt: skip


@lru_cache(maxsize=20_000)
def syllables(name: str) -> tuple[str, ...]:
    """One per character, lower case; characters without a reading stay themselves."""
    family = next((name[:n] for n in (2, 1) if name[:n] in _FAMILY and len(name) > n), "")
    rest = lazy_pinyin(name[len(family) :].replace("·", ""))
    return tuple(syllable.lower() for syllable in (*_FAMILY.get(family, "").split(), *rest))


def pinyin_of(name: str) -> tuple[str, str]:
    """(full pinyin without spaces or dots, initials), lower case; characters without a reading stay themselves."""
    found = syllables(name)
    initials = "".join(syllable[0] if syllable.isascii() else syllable for syllable in found)
    return "".join(found)[:200], initials[:60]
