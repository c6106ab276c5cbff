"""Marking of translatable text in modules that know no Django."""


def N_(text: str) -> str:
    """Mark `text` (Chinese, the msgid) for the catalogue; it is translated where it is shown."""
    return text
