"""Marking of translatable text in modules that know no Django."""


def N_(text: str) -> str:  # noqa: N802  the name that catalogue tools look for
    """Mark `text` (Chinese, the msgid) for the catalogue; it is translated where it is shown."""
    return text
