"""What the made-up white paper of `made_up` is made of: things, sentences and titles, each in both languages."""

THINGS = (
    ("主河道", "the main channel"),
    ("北湿地", "the north wetland"),
    ("二号泵站", "pumping station no. 2"),
    ("老城管网", "the old-town pipe network"),
    ("上游水厂", "the upper waterworks"),
    ("东堤", "the east embankment"),
    ("蓄水池", "the reservoir"),
    ("河口闸门", "the estuary gate"),
    ("雨水花园", "the rain garden"),
    ("灌溉渠", "the irrigation ditch"),
    ("水质监测点", "the water quality post"),
    ("潮汐站", "the tide gauge"),
)
SENTENCES = (
    (
        "{a}在第 {n} 个月完成检修，{b}随后恢复供水。",
        "In month {n} {a} was overhauled, and {b} went back into supply.",
    ),
    (
        "统计显示，{a}的流量比前一年增加 {n}%，渗漏减少 {m}%。",
        "The records show that the flow of {a} rose by {n}% over the year before, and leakage fell by {m}%.",
    ),
    (
        "居民代表认为，{a}“离得近、看得见、管得住”，比{b}更让人放心。",
        "Residents’ delegates find that {a} is “near, in sight and in hand”, and more to be trusted than {b}.",
    ),
    (
        "与{b}相比，{a}每天的维护费用低 {n} 元，使用年限却长 {m} 年。",
        "Compared with {b}, {a} costs {n} yuan a day less to keep up, yet serves {m} years longer.",
    ),
    (
        "春季水位回落时，巡查队沿{a}走完 {n} 公里，记录了 {m} 处隐患。",
        "When levels fell in spring, patrols walked {n} km along {a} and noted {m} weak spots.",
    ),
    (
        "如果{a}与{b}同时停运，全镇仍有 {n} 小时的储备。",
        "Should {a} and {b} stop at once, the town would still have {n} hours in store.",
    ),
    (
        "{a}改造之后，{b}的压力明显减轻，夜间噪声也降到 {n} 分贝以下。",
        "Since {a} was rebuilt, the load on {b} has clearly eased, and noise at night has dropped below {n} decibels.",
    ),
    (
        "有人问：“{a}为什么不早些动工？”答案是，{b}当时还没有腾出来。",
        "Some ask: “Why did work on {a} not begin sooner?” The answer is that {b} had not yet been freed.",
    ),
    (
        "按照规程（见手册 {n}），{a}每 {m} 天冲洗一次；",
        "By the rules (handbook {n}), {a} is flushed every {m} days;",
    ),
    (
        "工程队采用 GIS 与 SCADA 两套系统，把{a}和{b}的数据汇到一处。",
        "The crews use two systems, GIS and SCADA, to bring the data of {a} and {b} together.",
    ),
)
SUBJECTS = (
    ("水源", "Sources"),
    ("管网", "Pipes"),
    ("堤防", "Embankments"),
    ("湿地", "Wetlands"),
    ("灌溉", "Irrigation"),
    ("排涝", "Drainage"),
    ("水价", "Prices"),
    ("巡查", "Patrols"),
    ("用水", "Use"),
    ("航运", "Shipping"),
)
ASPECTS = (
    ("的由来", "and Where They Come From"),
    ("的现状", "as They Stand"),
    ("的账目", "and Their Accounts"),
    ("的隐患", "and Their Weak Spots"),
    ("的改造", "and Their Rebuilding"),
    ("的前景", "and What Lies Ahead"),
)
PLANS = (
    ("先修复，后扩建", "mend first, then extend"),
    ("先量后动", "measure before moving"),
    ("边用边修", "mended while in use"),
    ("停用以后", "after its closing"),
)
ORDINALS = ("First", "Second", "Third", "Fourth")
