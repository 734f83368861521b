"""Whether a party is a person or an organisation, as far as its name tells."""

from enum import StrEnum

# An ending of this kind makes it an organisation until somebody says otherwise.
ORGANISATION_ENDINGS = (
    "公司",
    "厂",
    "店",
    "馆",
    "医院",
    "学校",
    "中心",
    "局",
    "集团",
    "政府",
    "街道",
    "镇",
    "乡",
    "办",
    "处",
    "站",
    "队",
    "学",
    "园",
    "超市",
    "社",
    "银行",
    "支行",
    "分行",
    "商行",
    "厅",
    "药房",
    "工作室",
    "部",
    "所",
    "场",
    "会",
    "院",
    "社区",
    "村",
    "物业",
)


class PartyKind(StrEnum):
    PERSON = "person"
    ORGANISATION = "organisation"


def kind_of(name: str) -> PartyKind:
    ends = name.split("(")[0].split("（")[0].endswith(ORGANISATION_ENDINGS)
    return PartyKind.ORGANISATION if ends and len(name) > 3 else PartyKind.PERSON
