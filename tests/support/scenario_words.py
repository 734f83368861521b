"""The words of `scenarios.json`, and what the pages send for them."""

CHANNELS = {
    "窗口": "window",
    "村社区移送": "village",
    "信访移送": "petition",
    "法院委派": "court",
    "乡镇上报": "township",
    "12345移送": "hotline",
    "电话": "telephone",
    "村社区受理": "village_own",
}
PHONE_RESULTS = {
    "答应来": "coming",
    "派代理人": "agent",
    "改日": "another_day",
    "打不通": "no_answer",
    "明确拒绝": "refused",
}
RESULTS = {"当场答复": "answered", "带回研究": "taken_back", "需有权人员到场": "needs_authority"}
LEVELS = {"一般": "ordinary", "紧急": "urgent", "预约": "appointment", "视频": "video"}
RISKS = {"多次110": "police_before"}  # what a person ticks; groups, unpaid wages and repeated visits are computed
