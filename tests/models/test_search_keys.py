"""Sorting, comparing and finding Chinese names."""

import subprocess
import sys
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from models.search_keys import bigrams, folded, pinyin_key


def test_names_sort_by_sound() -> None:
    names = ["张伟", "马成龙", "阿依古丽·买买提", "李守国", "李四", "Bob"]
    assert sorted(names, key=pinyin_key) == ["阿依古丽·买买提", "Bob", "李守国", "李四", "马成龙", "张伟"]


def test_a_shorter_name_comes_before_the_longer_one() -> None:
    assert pinyin_key("王力") < pinyin_key("王力宏") < pinyin_key("王伦")


def test_surnames_have_their_own_reading() -> None:
    assert pinyin_key("单立人", person=True).startswith("shan li ren")
    assert pinyin_key("尉迟恭", person=True).startswith("yu chi gong")
    assert pinyin_key("曾国藩", person=True).startswith("zeng")
    assert pinyin_key("重庆路").startswith("chong qing")


def test_equal_sounds_keep_an_order() -> None:
    assert pinyin_key("张伟") != pinyin_key("章伟")
    assert pinyin_key("") == ""


def test_names_are_compared_without_dress() -> None:
    assert folded("阿依古丽 • 买买提") == folded("阿依古丽·买买提") == "阿依古丽买买提"
    assert folded("ＡＢＣ（张掖）公司") == folded("abc(张掖)公司")
    assert folded(" 马　成龙。") == "马成龙"


def test_pairs_of_characters() -> None:
    assert bigrams("拖欠工资") == ["拖欠", "欠工", "工资"]
    assert bigrams("A座12号,水 WeChat") == ["a", "座", "12", "号", "水", "wechat"]
    assert bigrams("，。 ") == []


@settings(deadline=None)  # the first text loads the tables of readings
@given(st.text(max_size=40))
def test_any_text_has_keys(text: str) -> None:
    assert isinstance(pinyin_key(text), str)
    assert all(word and not word.isspace() for word in bigrams(text))
    assert not any(sign.isspace() for sign in folded(text))


@given(st.text("甘州区拖欠工资物业供暖", min_size=2, max_size=20), st.data())
def test_every_part_of_a_text_is_found(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 2))
    end = data.draw(st.integers(start + 2, len(text)))
    assert set(bigrams(text[start:end])) <= set(bigrams(text))


def test_readings_are_loaded_only_when_wanted() -> None:
    seen = "import sys, models.search_keys; sys.exit('pypinyin' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", seen], cwd=Path(__file__).parents[2], check=False).returncode == 0
