"""Sealing of personal fields at rest: SM4-GCM with a named key (domain.md 1.7, 10.3).

Protects against a stolen database copy, not against a stolen server: the key lies in the settings. Format
``sm4:<key id>:<base64 of nonce ‖ tag ‖ ciphertext>``; the key id lets old rows outlive a new key.
"""

import base64
import hashlib
import os

from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from django.conf import settings

_NONCE, _TAG = 12, 16


def _key(key_id: str) -> bytes:
    secret: str = settings.FIELD_KEYS[key_id]
    return hashlib.sha256(f"openrenda field key {secret}".encode()).digest()[:16]


def seal(text: str) -> str:
    """Encrypt `text` (empty stays empty) with the current key."""
    if not text:
        return ""
    key_id: str = settings.FIELD_KEY_CURRENT
    nonce = os.urandom(_NONCE)
    encryptor = Cipher(SM4(_key(key_id)), modes.GCM(nonce)).encryptor()
    body = encryptor.update(text.encode()) + encryptor.finalize()
    return f"sm4:{key_id}:{base64.b64encode(nonce + encryptor.tag + body).decode()}"


def unseal(sealed: str) -> str:
    """Decrypt; raises cryptography's InvalidTag when the value was tampered with."""
    if not sealed:
        return ""
    _, key_id, body = sealed.split(":", 2)
    raw = base64.b64decode(body)
    nonce, tag, cipher = raw[:_NONCE], raw[_NONCE : _NONCE + _TAG], raw[_NONCE + _TAG :]
    decryptor = Cipher(SM4(_key(key_id)), modes.GCM(nonce, tag)).decryptor()
    return (decryptor.update(cipher) + decryptor.finalize()).decode()


def mask_phone(phone: str) -> str:
    """138****1234; short numbers keep only their last two digits."""
    if len(phone) >= 11:
        return phone[:3] + "*" * (len(phone) - 7) + phone[-4:]
    return "*" * max(len(phone) - 2, 0) + phone[-2:]


def mask_name(name: str) -> str:
    """The family name and stars: 张** (a compound name keeps its first character only)."""
    return name[:1] + "*" * (len(name) - 1) if name else ""
