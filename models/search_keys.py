"""Keys under which Chinese names and sentences are sorted, compared and found."""

import re
import unicodedata

_HAN = r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff々〇]"
_WORDS = re.compile(rf"{_HAN}+|(?:(?!{_HAN})[^\W_])+")
_IS_HAN = re.compile(_HAN)
LONGEST = 120
# Characters that are read differently as a surname.
_SURNAMES = {
    **{"单": "shan", "曾": "zeng", "仇": "qiu", "解": "xie", "查": "zha", "区": "ou", "盖": "ge", "朴": "piao"},
    **{"翟": "zhai", "乐": "yue", "种": "chong", "缪": "miao", "冼": "xian", "覃": "qin", "尉迟": "yu chi"},
    **{"万俟": "mo qi"},
}


def folded(name: str) -> str:
    """A name as it is compared: neither width, case, spaces, dots nor other punctuation count."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return "".join(sign for sign in plain if unicodedata.category(sign)[0] in "LNM")


def pinyin_key(name: str, *, person: bool = False) -> str:
    """The key by which lists are sorted: the sound of each character, then the name itself to keep equals in order.

    With `person` the first characters are read as a surname. A name longer than any in use is told apart by its
    beginning: the key has to fit into its column.
    """
    # Imported here: the tables of readings take time and memory that most requests never need.
    from pypinyin import lazy_pinyin

    plain = unicodedata.normalize("NFKC", name).strip().casefold()
    surname = next((plain[:size] for size in (2, 1) if person and plain[:size] in _SURNAMES), "")
    sounds = [_SURNAMES[surname]] if surname else []
    sounds += [sound.strip() for sound in lazy_pinyin(plain[len(surname) :])]
    # The tab sorts before the space: 王力 stands before 王力宏.
    return f"{' '.join(sound for sound in sounds if sound)}\t{plain}".strip()[:LONGEST]


def bigrams(text: str) -> list[str]:
    """The words a text is found by: every two neighbouring Chinese characters, other words and numbers whole."""
    found: list[str] = []
    for word in _WORDS.findall(unicodedata.normalize("NFKC", text).casefold()):
        if len(word) > 1 and _IS_HAN.match(word):
            found += [word[at : at + 2] for at in range(len(word) - 1)]
        else:
            found.append(word)
    return found
