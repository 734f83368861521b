"""先行调解告知书 and 调解同意书: what both hear before it begins, and their answer (特邀调解规定 art. 11–14)."""

from models.referral_course import CourtMode, Procedure
from papers.blocks import PageBreak, Paper, Paragraph, Signatures, Title, flush, form, heading, pair, wide
from papers.court_case import MODES, CourtCase, sides
from papers.wording import BLANK_DAY

NAME = "先行调解告知书、同意书"
TIMES = {
    (CourtMode.ASSIGNED, None): "调解期限为三十日，自中心签收之日起计算；双方当事人同意延长的，不受此限",
    (
        CourtMode.ENTRUSTED,
        Procedure.ORDINARY,
    ): "调解期限为十五日，自中心签收之日起计算；双方当事人同意的，可以延长三十日",
    (CourtMode.ENTRUSTED, Procedure.SUMMARY): "调解期限为七日，自中心签收之日起计算；双方当事人同意的，可以延长三十日",
}
SUCCESS = {
    CourtMode.ASSIGNED: "达成调解协议的，双方当事人可以自协议生效之日起三十日内共同向人民法院申请司法确认，不收费；"
                        "未达成协议的，中心将案件移交人民法院依法立案",
    CourtMode.ENTRUSTED: "达成调解协议的，可以请求人民法院制作调解书，或者申请撤诉；未达成协议的，案件转入审理，"
                         "当事人应当按规定期限缴纳案件受理费",
}  # fmt: skip


def write(case: CourtCase) -> Paper:
    referral, (asks, answers), (first, second) = case.referral, sides(case.referral), case.titles
    told = (
        f"本案由{referral.court.name}{MODES[referral.mode].removesuffix('调解')}本中心调解。调解以自愿、合法、保密为原则，不收取费用；",
        "不同意调解的，可以拒绝；调解中可以随时要求终止，不影响当事人的诉讼权利；",
        "调解员由双方当事人从名册中共同选定；不能共同选定的，由中心指定；当事人不同意指定的，视为不同意调解；",
        "调解员与本案有利害关系、可能影响公正调解的，当事人可以申请其回避；",
        f"{TIMES[referral.mode, referral.procedure]}；鉴定、评估的期间不计算在内；",
        "为达成协议作出让步而承认的事实，不作为之后诉讼中对其不利的证据，当事人均同意的除外；"
        "双方书面确认的无争议事实，在诉讼中无须再行举证；",
        f"{SUCCESS[referral.mode]}；",
        "当事人应当如实陈述，不得虚构事实、恶意串通。有虚假调解嫌疑的，终止调解并报告人民法院，依法追究责任。",
    )  # fmt: skip
    lines = (f"{first}（签名、盖章或按指印）：", f"{second}（签名、盖章或按指印）：")
    return Paper(NAME, (
        Title("先行调解告知书", case.number), flush(f"{asks}、{answers}："),
        Paragraph(f"你们之间{referral.case_type.name}纠纷一案，现将调解的有关事项告知如下："),
        *(Paragraph(f"{place}. {line}") for place, line in enumerate(told, 1)),
        flush("上述内容已阅读（听明白）。"), Signatures(lines), flush(BLANK_DAY), PageBreak(),
        Title("调解同意书", case.number),
        form(pair(first, asks, second, answers), wide("案由", referral.case_type.name), wide("诉求", referral.claim)),
        heading(f"{first}意见"), Paragraph("□同意调解    □不同意调解"),
        heading(f"{second}意见"), Paragraph("□同意调解    □不同意调解"),
        heading("调解员"), Paragraph("□双方共同选定：____________    □同意由中心指定"),
        heading("调解方式"), Paragraph("□现场调解    □视频调解        □不公开调解    □同意公开调解"),
        Signatures(lines), flush(BLANK_DAY),
    ))  # fmt: skip
