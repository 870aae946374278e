"""Whose paper it is, and of what kind: by the words of titles, bylines, forms and imprints."""

import re

from manuscript.characters import HAN, bare, seen
from manuscript.kinds import (
    LAST,
    NUMERALS,
    WORDS,
    heading_level,
    item_mark,
    spaced,
)

ORGANISATION = re.compile(
    r"^(?!.*(?:\s{2}|\S{2}\u3000\S{2}))[（(]?[^:：《（的]*(?:大学|分校|研究[所室会]|联盟|公司|集团"
    r"|(?:学|协|商|委员|编委|理事|董事|基金|促进)会|实验室|(?:课题|项目|专家|编写|工作|小)组|团队|[查总支]队|中心|办公室|院|部|局|厅)[)）]?$"
)
POST = re.compile(  # what stands beside a name: 市发展委员会主任, 研究院首席研究员
    r".*(?:主任|委员|代表|[省市县区局厅部院校会处所]长|(?:理事|董事|秘书)长|主席|书记|经理|总监"
    r"|教授|讲师|研究员|工程师|分析师|学家|记者|博士|院士)"
)
AUTHORS = re.compile(
    r"^(?:(?:文|执笔|撰文|采访|整理|采访整理|(?:编写|编制|主编|起草|发布)单位)\s*[:：/／]\s*|据|\S*班\s+(?=\d{6}))"
    r"|\s*(?:编?著|主编|原文编述|(?:联合)?(?:发布|出品))$|\s+编$"
)


# What stands before the values of a form, as the covers of theses and reports have it.
TITLES = spaced(
    "题目 论文题目 中文论文题目 中文题目 设计题目 论文题名 报告题目 课题名称 项目名称 论文名称 "
    "报告名称 名称 选题 标题 书名 題目 論文題目 中文題目 專題名稱 計畫名稱"
)
PERSONS = spaced(
    "主编 执笔 分析师 证券分析师 课题组组长 课题组长 课题组成员 项目组成员 "
    "作者 作者姓名 姓名 姓名与学号 学生 学生姓名 研究生 研究生姓名 硕士研究生 博士研究生 "
    "学位申请人 申请人 申请人姓名 著者 撰稿人 撰稿 执笔人 报告人 测试人 编写人 负责人 "
    "负责人姓名 项目负责人 组长 组长姓名 组员 组员姓名 成员 小组成员 团队成员 队长 队员 参赛队员 "
    "學生 學生姓名 申請人 報告人 負責人 主持人 計畫主持人 組長 組員 成員 小組成員 團隊成員"
)
OTHERS = spaced(
    "学号 班级学号 学院 二级学院 所在学院 院系 所在院系 院别 系别 系部 专业 专业名称 专业年级 学科 "
    "学科专业 班级 专业班级 年级 导师 导师姓名 校内导师 校外导师 企业导师 指导教师 指导老师 "
    "指导教师姓名 研究方向 分项题目 英文题目 英文论文题目 学位类别 学位类型 申请学位 授予学位单位 "
    "培养单位 所在单位 单位 学校 学校代码 分类号 密级 编号 职称 日期 完成日期 提交日期 报告日期 "
    "答辩日期 时间 完成时间 发布 实施 项目编号 招标编号 采购编号 采购人 招标人 采购单位 "
    "答辩委员会主席 评阅人 联系电话 执业编号 执业证书编号 "
    "學號 系所 學系 班級 學校 導師 指導教授 指導老師 單位 計畫編號 執行期間 執行單位"
)
FIELD = re.compile(
    rf"(?:(?P<title>{TITLES})|(?P<author>{PERSONS})|(?P<other>{OTHERS}))"
    r"(?:[/（(][^\s:：]{1,6})?(?:\s*[:：]\s*|\s+|$)"
)
NEXT_FIELD = re.compile(rf"\s{{4}}|\s+(?={FIELD.pattern})|(?=(?:{OTHERS})\s*[:：])")
LABEL = re.compile(  # what it says is no heading
    rf"(?:{TITLES}|{PERSONS}|{OTHERS}|{spaced('关键词 关键字 keywords 签名 签字')})\s*(?:[:：]|$)"
    r"|\W*(?://|#|—)|附件\s?[:：]\s?\S|[\d.,]+\s?[%％‰℃°万亿]\S{,3}$|.{,24}\w@\w",
    re.IGNORECASE,
)
# A line that only says what kind of document this is.
KIND = re.compile(
    r"[^，。]{0,16}(?:学位|毕业)(?:论文|设计)(?:[\[（(](?:论文|设计)[\])）])?"
    r"|(?:中华人民共和国)?(?:国家|行业|地方|团体|企业)标准|.{2,12}学报|[白蓝绿]皮书"
    rf"|.{{2,20}}(?<!招标|采购|磋商|谈判|询价)文件|附[录件][{NUMERALS}\d]*[:：]?"
)
# What ends a title, on a line of its own.
DOCUMENT = re.compile(r".{0,6}(?:报告|文档|说明书|指导书|计划书?|大纲|手册|方案|[白蓝绿]皮[书書])")
LONE = re.compile(r"(?<=\b[\u3400-\u9fff])\s+(?=[\u3400-\u9fff]\b)")  # 李 昕 is one name
CALLS = re.compile(
    r"(?<=[\u3400-\u9fff])\d{1,2}(?:[,，]\d{1,2})*[)）]?(?=\W|$)"
)  # of notes, behind a name
BETWEEN = re.compile(  # names: marks, numbers of students, what stands in brackets
    r"\s+(?:编?著|译|联合)(?=\s|$)|\[[^\]]*\]|\s{2,}"
    r"|[、；;，,|｜/／\u3000]|[（(][^）)]*[）)]|(?<![@A-Z\d])[A-Z]*\d{6,}"
    r"|\s+(?=[\u4e00-\u9fff]|\S*[@\d])|(?<=[\u4e00-\u9fff])\s+(?=[A-Z])"
)
ADDRESS = re.compile(r"\S@|www|http|\d{4}|[:：]")
NAME = re.compile(rf"[{HAN}]{{2,4}}|[{HAN}]+(?:·[{HAN}]+)+|[A-Z][a-z]+(?: [A-Z][a-z]+){{1,2}}")
NO_NAME = re.compile(
    r"(?:[版书稿年月号卷期辑章节究告录果息件局社]|[Ee]ngineering|Science|Technology|University"
    r"|Document|Report|Paper|Manual)$|^(?:中国·?)?(?:北京|上海|天津|重庆|广州|深圳|南京|武汉|西安|成都|杭州)$"
)
IMPRINT = re.compile(
    r"地址|电话|邮编|邮箱|网址|传真|公众号|二维码|版权所有|联系|https?:|www\.|@|\btel\b|e-?mail",
    re.IGNORECASE,
)
DATE = re.compile(
    rf"^(?:中[华華]民[国國])?[{NUMERALS}○\d\s年月日.·—–-]+(?:第[{NUMERALS}\d]季度|[上下]半年)?$"
    r"|^(?:Jan|Febr)uary \d{4}$|^(?:March|April|May|June|July|August) \d{4}$"
    r"|^(?:Septem|Octo|Novem|Decem)ber \d{4}$"
)
ASIDE = re.compile("[（(].*?[）)]")


def is_organisation(text: str) -> bool:
    return len(text) <= 30 and bool(ORGANISATION.search(text))


def is_imprint(text: str) -> bool:
    """Says who published, where and when, as a back cover does."""
    return is_organisation(text) or bool(
        len(text) < 60 and (IMPRINT.search(text) or DATE.match(text))
    )


def is_title(text: str) -> bool:
    return (
        bool(WORDS.search(bare(seen(text))) or LAST.fullmatch(seen(text).rstrip(")）")))
        and not re.search("[。；，！]", ASIDE.sub("", text))
        and not item_mark(text)[0]
        and text[-1] not in "：:."
    )


def is_byline(text: str) -> bool:
    """Names of two to four Han, or of Latin words, side by side."""
    names = [name for name in _parts_of(text) if not _is_office(name)]
    return (
        bool(names)
        and (len(names) == 1 or any(len(name) != 4 for name in names))  # 不忘初心，牢记使命
        and all(
            NAME.fullmatch(name) and not (NO_NAME.search(name) or heading_level(name))
            for name in names
        )
    )


def names_of(byline: str) -> list[str]:
    """The persons, or the organisation, that a byline names; no address and no date."""
    parts = [part for part in _parts_of(byline) if not ADDRESS.search(part)]
    return [part for part in parts if not _is_office(part)] or parts


def _is_office(text: str) -> bool:
    """Whom a person speaks for, and as what."""
    return is_organisation(text) or bool(POST.fullmatch(text))


def _parts_of(byline: str) -> list[str]:
    if is_organisation(byline):
        return [seen(byline).strip("（()）")]
    names = CALLS.sub("", AUTHORS.sub("", seen(byline)))
    parts = BETWEEN.split(LONE.sub("", names))
    return [name for part in parts if (name := part.strip(" *†‡")) and not FIELD.match(name)]
