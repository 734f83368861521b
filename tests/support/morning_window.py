"""What the window takes down on the busy morning: a matter as it comes in, and everything known about one."""

from collections.abc import Callable
from datetime import date

from blueprints.attachments.intake import keep as kept_file
from models.attachment import Attachment, AttachmentKind
from models.completion import Particulars, complete
from models.dispute import Dispute
from models.party import Party, Side
from models.registration import Entry, join, register
from models.representative import Authority, RepresentativeKind
from models.risk import Risk
from models.visit import VisitPurpose
from security.inspection import inspect
from tests.support import papers
from tests.support.cast import Cast

# What a field says unless the test puts something else into it: `say(field, usual)`.
Say = Callable[[str, str], str]


def entry(cast: Cast, say: Say) -> Dispute:
    with cast.acting() as change:
        entry = Entry(6, say("name", "宋佳"), say("phone", "19000000032"), cast.category("消费"),
                      say("opposite", "甘州某健身馆"), say("demand", "退还预付卡余额"))  # fmt: skip
        visit = register(change, cast.centre, entry)
    with cast.acting() as change:
        visit.print_slip(change)
    return visit.dispute


def registered(cast: Cast, say: Say) -> None:
    """Registered, and everything known about it."""
    dispute = entry(cast, say)
    with cast.acting() as change:
        complete(change, dispute, dispute.version, Particulars(
            dispute.category, say("demand", "退还余额"), say("facts", "健身馆停业"), (say("claim", "退还 1200 元"),),
            120_000, date(2026, 11, 2), False, {Risk.AGITATED, Risk.VULNERABLE}))  # fmt: skip
        secrets = {"id_number": say("id", "620702199001010029"), "phone": say("phone", "19000000033")}
        one = Party.add(
            change, dispute, Side.APPLICANT, say("party", "马玉兰"), address=say("address", "甘泉社区"), **secrets
        )
        Party.add(change, dispute, Side.THIRD, say("party", "甘州某商管公司"), contact=say("contact", "祁经理"))
    with cast.acting() as change:
        speakers = [Authority(RepresentativeKind.AGENT, say("agent", "白志刚"), say("authority", "授权委托书"))]
        one.edit(change, one.version, speakers=speakers, ethnic_group=say("ethnic", "回族"))
    with cast.acting() as change:
        join(change, dispute, VisitPurpose.URGE, 2, say("note", "催问进度"))
        one.reveal(change, "phone")
    material(cast, say, dispute)


def material(cast: Cast, say: Say, dispute: Dispute) -> None:
    """A picture, a card that is not shown, a text that was removed."""
    picture, card, text = (
        kept_file(inspect(f"{name}.{ending}", content))
        for name, ending, content in (
            ("contract", "jpg", papers.photo()), ("card", "png", papers.photo("PNG")), ("text", "txt", b"0931")
        )
    )  # fmt: skip
    with cast.acting() as change:
        kinds = AttachmentKind
        Attachment.upload(change, dispute, [card], kinds.IDENTITY, say("title", "身份证"), say("source", "宋佳"))
        [gone] = Attachment.upload(change, dispute, [text], kinds.OTHER, say("title", "字条"))
        gone.remove(change, say("removal", "传错了案件"))
        [shown] = Attachment.upload(change, dispute, [picture], kinds.EVIDENCE)
        shown.retitle(change, shown.version, kind=kinds.EVIDENCE, title=say("title", "办卡合同"),
                      source=say("source", "宋佳"), pages=2)  # fmt: skip
