"""How the chunks of a backup are sealed: as they are, or by AES-256-GCM with a key made of a passphrase.

Each file has a salt, hence a key, of its own, so a chunk's number is its nonce: none is ever used twice. The number and
whether it is the last one are part of what is sealed, so chunks that are missing, exchanged or taken from another file
are found; the header is as well.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

SALT_BYTES = 16
_SCRYPT = {"n": 1 << 15, "r": 8, "p": 1}
"""32 MB and a tenth of a second for each guess. Another choice is another format."""


class Broken(Exception):
    """A chunk is not as it was sealed."""


class Seal(Protocol):
    """Seals and opens the chunks of one file."""

    def close(self, number: int, last: bool, chunk: bytes) -> bytes: ...

    def open(self, number: int, last: bool, sealed: bytes) -> bytes: ...


class Plain:
    """Without a passphrase: the checksum of the whole file tells whether it is as it was written."""

    def close(self, number: int, last: bool, chunk: bytes) -> bytes:
        return chunk

    def open(self, number: int, last: bool, sealed: bytes) -> bytes:
        return sealed


@dataclass(frozen=True, slots=True)
class Encrypted:
    """`header`: what else the file says, and can't be changed without being found out."""

    cipher: AESGCM
    header: bytes

    def close(self, number: int, last: bool, chunk: bytes) -> bytes:
        return self.cipher.encrypt(_nonce(number, last), chunk, self.header)

    def open(self, number: int, last: bool, sealed: bytes) -> bytes:
        from cryptography.exceptions import InvalidTag

        try:
            return self.cipher.decrypt(_nonce(number, last), sealed, self.header)
        except InvalidTag:
            raise Broken from None


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def new_salt() -> bytes:
    return os.urandom(SALT_BYTES)


@dataclass(frozen=True, slots=True)
class Key:
    """Made of a passphrase and a file's salt. `check` tells a wrong passphrase from damage, and nothing else."""

    secret: bytes
    check: str

    def seal(self, header: bytes) -> Encrypted:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        return Encrypted(AESGCM(self.secret), header)

    def fits(self, check: str) -> bool:
        return hmac.compare_digest(self.check.encode(), check.encode())


def key_of(passphrase: str, salt: bytes) -> Key:
    """Thai letters may be typed in several ways that look alike: they are taken as one."""
    import unicodedata

    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    typed = unicodedata.normalize("NFKC", passphrase).encode()
    made = Scrypt(salt=salt, length=64, **_SCRYPT).derive(typed)
    return Key(made[:32], hashlib.sha256(made[32:]).hexdigest())
