"""要素: what the courts' element forms of complaints ask, by kind of dispute (最高人民法院 示范文本, 2024, 2025).

The headings follow the published forms in short; the court that takes the case may hand out its own sheet.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Elements:
    """`cause` is the cause of action 案由; `asked` are claims and `told` are facts, each a line of the form."""

    cause: str
    asked: tuple[str, ...]
    told: tuple[str, ...]
    note: str = ""


LOAN = Elements(
    "民间借贷纠纷",
    ("本金", "利息", "是否要求提前还款或者解除合同", "是否主张担保权利", "是否主张实现债权的费用", "诉讼费用负担"),
    ("合同签订情况（时间、地点、主体）", "借款金额", "借款期限", "借款利率", "借款提供时间和方式", "还款方式",
     "还款情况", "是否存在逾期还款", "担保情况", "是否催收过"),
)  # fmt: skip
LABOUR = Elements(
    "劳动争议",
    ("工资支付", "未签订书面劳动合同双倍工资", "加班费", "未休年休假工资", "未依法缴纳社会保险费造成的损失",
     "解除劳动合同经济补偿", "违法解除劳动合同赔偿金", "诉讼费用负担"),
    ("劳动合同签订情况", "劳动合同履行情况（岗位、工资、工时、社会保险）", "解除或者终止劳动关系情况", "工伤情况",
     "劳动仲裁情况（裁决书或者不予受理通知书文号、日期）"),
    "劳动争议依法先申请劳动仲裁；以工资欠条为证据直接追索劳动报酬、不涉及其他争议的，可以直接起诉。",
)  # fmt: skip
PROPERTY = Elements(
    "物业服务合同纠纷",
    ("物业费", "违约金", "诉讼费用负担"),
    ("物业服务合同或者前期物业服务合同签订情况", "物业项目情况（小区、房号、面积）", "约定的物业费标准",
     "约定的物业服务期限", "约定的支付方式", "约定的逾期违约金标准", "欠付物业费数额和计算方式", "催缴情况"),
)  # fmt: skip
SALE = Elements(
    "买卖合同纠纷",
    ("给付价款", "迟延给付的利息（违约金）", "赔偿损失", "对标的物瑕疵承担责任", "继续履行或者解除合同",
     "是否主张担保权利", "是否主张实现债权的费用", "诉讼费用负担"),
    ("合同签订情况（名称、主体、时间）", "标的物情况（名称、规格、质量、数量）", "价格和支付方式",
     "交货时间、地点、方式", "质量标准、检验方式和异议期限", "违约金约定", "价款支付和交付情况", "是否存在迟延履行",
     "是否催促过履行", "有无质量争议"),
)  # fmt: skip
DIVORCE = Elements(
    "离婚纠纷",
    ("解除婚姻关系", "夫妻共同财产", "夫妻共同债务", "子女直接抚养", "子女抚养费", "探望权",
     "损害赔偿、经济补偿、经济帮助", "诉讼费用负担"),
    ("婚姻关系基本情况（结婚时间、子女、分居、曾否起诉离婚）", "夫妻共同财产情况", "夫妻共同债务情况",
     "子女直接抚养情况", "抚养费情况", "探望权情况", "损害赔偿、经济补偿、经济帮助相关情况"),
)  # fmt: skip
TRAFFIC = Elements(
    "机动车交通事故责任纠纷",
    ("医疗费", "护理费", "营养费", "住院伙食补助费", "误工费", "交通费", "残疾赔偿金", "死亡赔偿金、丧葬费",
     "精神损害抚慰金", "财产损失和其他费用", "诉讼费用负担"),
    ("交通事故发生情况", "交通事故责任认定", "机动车投保情况（交强险、商业险）", "治疗、伤残鉴定情况", "已付款项"),
)  # fmt: skip
GENERAL = ("标的总额", "诉讼费用负担")
GENERAL_FACTS = ("合同或者法律关系成立的情况", "履行或者侵害经过", "损失和计算方式", "是否协商、催告过")
# Words in the name of a kind of dispute → its form; the first that fits counts, the main kind's name comes last.
FORMS: tuple[tuple[tuple[str, ...], Elements], ...] = (
    (("离婚",), DIVORCE),
    (("民间借贷", "借款"), LOAN),
    (("交通",), TRAFFIC),
    (("物业",), PROPERTY),
    (("买卖合同", "货款", "房屋买卖"), SALE),
    (("劳动", "工资", "工伤", "经济补偿", "社会保险"), LABOUR),
)


def elements(kind: str, main: str) -> Elements:
    """The form for a kind of dispute and its main kind; the general one where the courts have published none."""
    for name in (kind, main):
        for words, form in FORMS:
            if any(word in name for word in words):
                return form
    cause = kind if kind.endswith(("纠纷", "争议")) else f"{kind}纠纷"
    return Elements(cause, GENERAL, GENERAL_FACTS)
