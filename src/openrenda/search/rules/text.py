"""Text as it is compared: one form for letters that look alike, no invisible marks, runs of characters and words."""

import re
import unicodedata

# Characters of scripts written without spaces, also those newer than this Python's tables.
CHARS = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3038-\u303c\u3041-\u3096\u3099-\u309f\u30a1-\u30fa"
    "\u30fc-\u30ff\u3105-\u312f\u3131-\u318e\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua48c"
    "\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
)
RUNS = re.compile(f"[{CHARS}]+|[^\\W_{CHARS}]+")
FIRST_CHAR = "\u2e80"  # a run that begins here or later is of such characters
WORD_LIMIT = 40  # letters or digits in a row that count

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufe00-\ufe0f\U000e0000-\U000e0fff]"
)
_NEVER_STORED = re.compile("[\x00\ud800-\udfff]")
# What has an everyday form that people type: full-width letters and digits, ① ㎡ ㈱, half-width kana, doubles.
_ODD_FORMS = re.compile(
    "[\u2460-\u24ff\u2f00-\u2fdf\u3200-\u33ff\uf900-\ufaff\ufb00-\ufb06\uff10-\uff19\uff21-\uff3a\uff41-\uff5a"
    "\uff66-\uff9f\U0002f800-\U0002fa1f]+"
)


def shown(text: str) -> str:
    """The text as the index keeps and shows it: as written, but for odd forms of letters and invisible marks."""
    if text.isascii() and "\x00" not in text:
        return text
    text = _INVISIBLE.sub("", _NEVER_STORED.sub(" ", text))
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return _ODD_FORMS.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)


def compared(text: str) -> str:
    """The text as it is compared; both sides pass through here."""
    return shown(text).lower()


def is_chars(run: str) -> bool:
    """Is a run of RUNS one of characters, not a word or a number?"""
    return run >= FIRST_CHAR
