"""Passwords: hashed with Argon2id, refused when weak, generated when somebody gets a first one."""

import re
import secrets
import unicodedata
from collections.abc import Iterable
from itertools import pairwise

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from models.words import _

MINIMUM_LENGTH = 8
MINIMUM_CLASSES = 3

# 19 MiB and two passes: as strong as a slow centre machine can bear with eight threads signing people in.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_CLASSES = (r"[a-z]", r"[A-Z]", r"[0-9]", r"[^a-zA-Z0-9]")
# What common passwords are put together from; longest first, since one may hold another.
_COMMON_PARTS = (
    "password passw0rd p@ssw0rd p@ssword pa$$word passwd pass admin administrator root user guest test demo login "
    "welcome letmein hello master secret iloveyou woaini nihao mima qwertyuiop qwerty qwert qwer asdfgh asdf "
    "zxcvbn zxcv 1qaz 2wsx 3edc qaz wsx abcdef abcd abc aaa 123456789 12345678 123456 12345 1234 123 654321 "
    "888 666 000 111 5201314 520 1314 !@#$% !@#$ !@#"
)
_YEAR = r"(?:19|20)[0-9]{2}"
_COMMON = re.compile("|".join([*map(re.escape, sorted(_COMMON_PARTS.split(), key=len, reverse=True)), _YEAR]))
_OWN_WORDS = ("甘州", "张掖", "综治", "哨到", "吹哨", "ganzhou", "zhangye", "zongzhi", "shaodao")
# No letters that look alike on a printed slip.
_CONSONANTS = "bcdfghjkmnprstvw"
_VOWELS = "aeiou"


def hash_password(password: str) -> str:
    """The hash that is stored; it holds its salt and parameters."""
    return _HASHER.hash(password)


# For a user name nobody has: checking against it takes as long as a wrong password.
DUMMY_HASH = hash_password(secrets.token_urlsafe(32))


def check_password(hash: str, password: str) -> bool:
    """Whether this password made that hash."""
    try:
        return _HASHER.verify(hash, password)
    except (VerificationError, InvalidHashError):
        return False


def needs_rehash(hash: str) -> bool:
    """Whether a hash was made with other parameters than today's; then it is renewed at the next sign-in."""
    return _HASHER.check_needs_rehash(hash)


def weak_pin_problem(pin: str) -> str | None:
    """Why this PIN is too easy, or nothing."""
    if not re.fullmatch(r"[0-9]{6}", pin):
        return _("A PIN has six digits.")
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    if len(steps) == 1 or len(set(pin)) < 3:
        return _("This PIN is one of those tried first; choose another.")
    return None


def weak_password_problem(password: str, username: str, context_words: Iterable[str] = ()) -> str | None:
    """Why this password is too easy for this person, or nothing; `context_words` are names of centre, unit, person."""
    if len(password) < MINIMUM_LENGTH:
        return _("A password has at least 8 characters.")
    if sum(bool(re.search(sort, password)) for sort in _CLASSES) < MINIMUM_CLASSES:
        return _("Use at least three of: small letters, capital letters, digits, other signs.")
    plain = _plain(password)
    if any(word in plain for word in map(_plain, (username, *_OWN_WORDS, *context_words)) if _is_telling(word)):
        return _("The password must not contain your user name or a name everybody here knows.")
    if len(_COMMON.sub("", plain)) < 4 or len(set(plain)) < 5:
        return _("This password is one of those tried first; choose another.")
    return None


def generated_password() -> str:
    """A first password that can be read out and copied from paper: Kamo-Refu-Tisu-Wabe-47."""
    groups = ("".join(secrets.choice(letters) for letters in (_CONSONANTS, _VOWELS) * 2) for _group in range(4))
    return "-".join([*(group.capitalize() for group in groups), f"{secrets.randbelow(80) + 20}"])


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()


def _is_telling(word: str) -> bool:
    """Two letters occur in any password by chance; two Chinese characters do not."""
    return len(word) >= (3 if word.isascii() else 2)
