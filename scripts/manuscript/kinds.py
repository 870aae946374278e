"""What a line or a whole unit is, by how it begins and ends: headings, items, captions, bylines.

Patterns look at `seen` text, so radicals and full-width digits do not hide anything from them.
"""

import re

from manuscript.characters import fits, seen

NUMERALS = "一二三四五六七八九十百〇零"
HEADING_CELLS = 72  # no heading is longer
WEAK_CELLS = 60  # nor one that has the mark of an item


def _spaced(words: str) -> str:
    """A pattern of these words, whose characters may stand apart."""
    return "|".join(r"\s*".join(word) for word in words.split())


NAMED = _spaced(
    "参考文献 参考文献： 参考文献: 参考资料 结语 结论 结束语 后记 编后记 跋 前言 引言 导言 导论 "
    "绪论 序言 序 摘要 致谢 注释 名词解释 术语表 "
    "references conclusion conclusions preface foreword abstract acknowledgments acknowledgements"
)
HEADING = re.compile(
    rf"^(?:([{NUMERALS}]+(?:、|[．.](?!\d))\s*\S|第\s?[{NUMERALS}\d]+\s?(?:[章篇编]|部分)"
    rf"|(?:chapter|part)\s+(?:\d+|[ivx]+)\b|附\s*[录件](?!\s?[:：]\s?\d)\s?[A-Z{NUMERALS}\d]*(?:\s?[:：、]?\s?\S.*)?$"
    rf"|appendix\b|(?:{NAMED})$)|(第\s?[{NUMERALS}\d]+\s?节)"
    rf"|(第\s?[{NUMERALS}\d]+\s?条(?:\s(?!.*[:：？?…]$)|$)))",  # 第一条 … 如下： is text
    re.IGNORECASE,
)  # its groups are the levels
CHAPTER = re.compile(rf"第\s?([{NUMERALS}\d]+)\s?(?:[章篇编]|部分)")  # without a title
# Not behind a number that counts or measures: 12.7亿元
NO_COUNT = (
    r"(?![%％‰℃°]|(?:[\d.,]+\s*)+$|[万亿]{1,2}(?:[元人吨台家户件次个美]|\W|$)"
    r"|[倍年月日个分](?:\W|$))"
)
DECIMAL = re.compile(
    rf"^((?:\d{{1,3}}|[{NUMERALS}]{{1,2}}|[A-Z])(?:\.\d{{1,3}})+)\.?\s+{NO_COUNT}\S"
)
BEGINS = "(?-i:(?=[\u4e00-\u9fffA-Z“《（]))"  # a title, right behind its number
TIGHT = re.compile(rf"^(\d{{1,2}}(?:\.\d{{1,2}})+){NO_COUNT}{BEGINS}")
WHOLE = re.compile(rf"^§?\s?(\d{{1,2}}|[{NUMERALS}]{{1,2}})\s+(?=[\u4e00-\u9fffA-Z])")  # 1 概述
NUMBERED = re.compile(
    rf"^(?:((?:\d+|[{NUMERALS}]+)(?:\.\d+)+)(?:\.?\s|{NO_COUNT}{BEGINS})|(?:第\s?)?([{NUMERALS}]+|\d+)\s?(?:、|(?<=[{NUMERALS}])[．.]|章|篇|编|部分|节)|(?:chapter|part)\s+(\d+))",
    re.IGNORECASE,
)
# What follows a figure's number in a sentence: 图3展示了…
SENTENCE = "[所中可的是为显展给表描反和与至到及以年月日个张幅说呈列对则将由就]"
CAPTION = re.compile(
    rf"^(?:图表?|表格?|figure|fig\.|table)\s*([{NUMERALS}]+|\d+(?:[-.–]\d+)*)"
    rf"(?:\s{{1,4}}|\s?[:：]\s?|\.\s|[.．](?=[\u4e00-\u9fff])|、(?![图表\d])|(?<=\d)(?=[\u4e00-\u9fff])(?!{SENTENCE}))\S",
    re.IGNORECASE,
)
BULLETS = "•‧●⚫◦■◆▪❖✓✔➢➤►▶□❏❑❒◇○★※‣"
ITEM = re.compile(
    rf"^(?:(?:附件[:：]\s?)?(\d{{1,3}})(?:[.．](?!\d)|、)\s*(?=\S)|([（(][{NUMERALS}]{{1,3}}[)）])\s*(?=\S)|([（(]\d{{1,3}}[)）])\s*(?=\S)|(\d{{1,3}}[)）])\s*(?=\S)|([①-⑳㉑-㉟])\s*(?=\S)|[(（]?([a-z])(?:\.\s|[)）])\s*(?=\S)|([{BULLETS}])\s*(?=\S))"
)
STYLES = ("1.", "（一）", "(1)", "1)", "①", "a.", "•")
RUN_IN = re.compile(rf"^第([{NUMERALS}]+)[，,、]")
NOTE = re.compile(r"^(?:[①-⑳]|\[\d{1,3}\]|注\s?\d*\s?[:：]|\*{1,3}\s)")
REFERENCES = re.compile(
    r"^(?:主要)?(?:参\s*考\s*)?文\s*献$|^[注尾]\s*[释注]$|^(?:references|bibliography|notes)$",
    re.IGNORECASE,
)
REFERENCE = re.compile(r"^[\[［〔]\d{1,3}[\]］〕]\s*\S")
ORGANISATION = re.compile(
    r"^[^:：《（]*(?:研究院|研究所|研究中心|中心|大学|分校|学院|学会|协会|委员会|联盟|公司|集团|实验室|课题组|编写组|编委会|工作组|小组|团队|办公室|院|部|局|厅)$"
)
AUTHORS = re.compile(
    r"^(?:(?:文|执笔)\s*[:：/／]\s*|据|\S*班\s+(?=\d{6}))|\s*(?:编?著|主编|原文编述|发布)$"
)


# What stands before the values of a form, as the covers of theses and reports have it.
TITLES = _spaced(
    "题目 论文题目 中文论文题目 中文题目 设计题目 论文题名 报告题目 课题名称 项目名称 论文名称 "
    "报告名称 名称 选题 标题 书名"
)
PERSONS = _spaced(
    "作者 作者姓名 姓名 姓名与学号 学生 学生姓名 研究生 研究生姓名 硕士研究生 博士研究生 "
    "学位申请人 申请人 申请人姓名 著者 撰稿人 撰稿 执笔人 报告人 测试人 编写人 负责人 "
    "负责人姓名 项目负责人 组长 组长姓名 组员 组员姓名 成员 小组成员 团队成员 队长 队员 参赛队员"
)
OTHERS = _spaced(
    "学号 班级学号 学院 二级学院 所在学院 院系 所在院系 院别 系别 系部 专业 专业名称 专业年级 学科 "
    "学科专业 班级 专业班级 年级 导师 导师姓名 校内导师 校外导师 企业导师 指导教师 指导老师 "
    "指导教师姓名 研究方向 分项题目 英文题目 英文论文题目 学位类别 学位类型 申请学位 授予学位单位 "
    "培养单位 所在单位 单位 学校 学校代码 分类号 密级 编号 职称 日期 完成日期 提交日期 报告日期 "
    "答辩日期 时间 完成时间 发布 实施"
)
FIELD = re.compile(
    rf"(?:(?P<title>{TITLES})|(?P<author>{PERSONS})|(?P<other>{OTHERS}))"
    r"(?:[/（(][^\s:：]{1,6})?(?:\s*[:：]\s*|\s+|$)"
)
NEXT_FIELD = re.compile(rf"\s{{4}}|\s+(?={FIELD.pattern})|(?=(?:{OTHERS})\s*[:：])")
LABEL = re.compile(  # what it says is no heading
    rf"(?:{TITLES}|{PERSONS}|{OTHERS}|(?:{_spaced('关键词 关键字 keywords')}|签名|签字))\s*(?:[:：]|$)|\W*(?://|#|—)|附件\s?[:：]\s?\S"
    r"|[\d.,]+\s?[%％‰℃°万亿]\S{,3}$|.{,24}\w@\w",
    re.IGNORECASE,
)
# A line that only says what kind of document this is.
KIND = re.compile(
    r"[^，。]{0,16}(?:学位|毕业)(?:论文|设计)(?:[\[（(](?:论文|设计)[\])）])?"
    rf"|(?:中华人民共和国)?(?:国家|行业|地方|团体|企业)标准|.{{2,12}}学报|白皮书|.{{2,20}}(?<!招标|采购|磋商|谈判|询价)文件|附[录件][{NUMERALS}\d]*[:：]?"
)
# What ends a title, on a line of its own.
DOCUMENT = re.compile(r".{0,6}(?:报告|文档|说明书|手册|方案|白皮[书書])")
LONE = re.compile(r"(?<=\b[\u3400-\u9fff])\s+(?=[\u3400-\u9fff]\b)")  # 李 昕 is one name
CALLS = re.compile(r"(?<=[\u3400-\u9fff])\d{1,2}[)）]?(?=\W|$)")  # of notes, behind a name
ADDRESS = re.compile(r"\S@|www|http|\d{4}|[:：]")
NO_NAME = re.compile(
    r"(?:[版书稿年月号卷期辑章节究告录果息件局社]|[Ee]ngineering|Science|Technology|University|Document|Report|Paper|Manual)$"
)
IMPRINT = re.compile(
    r"地址|电话|邮编|邮箱|网址|传真|公众号|二维码|版权所有|联系|https?:|www\.|@|\btel\b|e-?mail",
    re.IGNORECASE,
)
TERM = re.compile(r"[\u3400-\u9fff]\s*[a-z]+(?:[ -][a-z]+)+$")  # of a glossary, and in English
DATE = re.compile(rf"^[{NUMERALS}\d\s年月日.·—–-]+$")
COLUMNS = re.compile(r"\t+|[ \u3000]{2,}")
CELL = re.compile(r"^[-+±]?[\d.,]+\s?(?:%|‰|万|亿|年|元|倍|个|项|家)?$")
ASIDE = re.compile("[（(].*?[）)]")
LAST = re.compile(r"[\u3400-\u9fff]")  # of a title
WORDS = re.compile(r"[\u3400-\u9fff]{2}|[^\W\d_]{3}|[A-Z][A-Z\u3400-\u9fff]")
NO_END = "。；！;!，,"  # a heading does not end in these


def heading_level(text: str) -> int:
    """1 for parts, 2 for 1.1 and 第X节, 3 for 1.1.1 and so on; 0 for anything else."""
    text = seen(text)
    if text[-1] in NO_END or "；" in text or not fits(text, HEADING_CELLS):
        return 0
    if found := HEADING.match(text):
        return found.lastindex or 0
    found = DECIMAL.match(text)
    return found[1].count(".") + 1 if found else 0


def heading_number(text: str) -> str:
    """`2` of 二、, 第二章 and 2 …, `2.1` of a decimal one, else ``."""
    found = _number(seen(text))
    if not found:
        return ""
    first, _, rest = found[found.lastindex or 0].partition(".")  # 一.2 is 1.2
    return f"{number_of(first)}.{rest}".strip(".")


def unnumbered(text: str) -> str:
    """A heading without its number."""
    found = _number(text)
    return text[found.end() :].strip() if found else text


def _number(text: str) -> re.Match[str] | None:
    return NUMBERED.match(text) or WHOLE.match(text)


def caption_mark(text: str) -> str:
    """`图一` of a caption, without spaces, else ``.

    图一所示 has no gap after the number, a sentence ends in 。
    """
    found = CAPTION.match(seen(text))
    if not found or text[-1] in "。；，" or not fits(text, HEADING_CELLS):
        return ""
    return found.string[: found.end(1)].replace(" ", "")


def is_table(mark: str) -> bool:
    return mark.lower().startswith(("表", "table"))


def caption_number(mark: str) -> str:
    """`1` of 图一, `2-1` of 图2-1, `` where there is none."""
    number = re.sub(rf"^[^{NUMERALS}\d]*", "", mark)
    return str(number_of(number)) if number and number[0] in NUMERALS else number


def item_mark(text: str) -> tuple[str, str]:
    """(style, label as printed) of a list item, else two empty strings: `1.` → ("1.", "1")."""
    found = ITEM.match(seen(text))
    if not found:
        return "", ""
    return next((style, label) for style, label in zip(STYLES, found.groups()) if label)


def is_note(text: str) -> bool:
    return bool(NOTE.match(text))


def is_reference(text: str) -> bool:
    """An entry of a list of references: `[3] …`."""
    return bool(REFERENCE.match(text))


def is_organisation(text: str) -> bool:
    return len(text) <= 30 and bool(ORGANISATION.search(text))


def is_imprint(text: str) -> bool:
    """Says who published, where and when, as a back cover does."""
    return is_organisation(text) or bool(
        len(text) < 60 and (IMPRINT.search(text) or DATE.match(text))
    )


def run_in(text: str) -> str:
    """The numeral of a run-in head: `第一，从时间的维度。`, one short sentence and nothing else."""
    whole = fits(text, WEAK_CELLS) and text.find("。") == len(text) - 1
    found = RUN_IN.match(seen(text)) if whole else None
    return found[1] if found else ""


def stands_alone(text: str) -> bool:
    """A run-in head, or the lead-in of a list: short, and whole in one line."""
    lead_in = text[-1] in "：:" and fits(text, WEAK_CELLS) and "。" not in text
    return lead_in or bool(run_in(text))


def columns(text: str) -> int:
    """How many cells of a table this line seems to hold; 1 for running text."""
    parts = COLUMNS.split(text)
    return len(parts) if len(parts) > 1 and max(map(len, parts)) <= 24 else 1


def is_cell(text: str) -> bool:
    return len(text) <= 16 and bool(CELL.match(seen(text)))


def is_title(text: str) -> bool:
    return (
        fits(text, 2 * WEAK_CELLS)
        and bool(WORDS.search(seen(text)) or LAST.fullmatch(seen(text).rstrip(")）")))
        and not re.search("[。；，！]", ASIDE.sub("", text))
        and not item_mark(text)[0]
        and text[-1] not in "：:."
    )


def is_byline(text: str) -> bool:
    """Names of two to four Han, or of Latin words, side by side."""
    names, field = _parts_of(text), FIELD.match(text)
    return (
        bool(names)
        and (len(names) == 1 or any(len(name) != 4 for name in names))  # 不忘初心，牢记使命
        and not (field and not field["author"])
        and not IMPRINT.search(text)
        and all(
            re.fullmatch(r"[\u2e80-\u9fff·]{2,4}|[A-Z][a-z]+(?: [A-Z][a-z]+){1,2}", name)
            and not (NO_NAME.search(name) or is_organisation(name) or heading_level(name))
            for name in names
        )
    )


def names_of(byline: str) -> list[str]:
    """The persons, or the organisation, that a byline names; no address and no date."""
    parts = _parts_of(byline)
    persons = [part for part in parts if not (ADDRESS.search(part) or is_organisation(part))]
    return persons or parts


def _parts_of(byline: str) -> list[str]:
    byline = seen(byline)
    if is_organisation(byline):
        return [byline]
    found = FIELD.match(byline)
    names = byline[found.end() :] if found and found["author"] else AUTHORS.sub("", byline)
    names = CALLS.sub("", names)
    parts = re.split(
        r"\s{2,}|[、；;，,|｜\u3000]|[（(][^）)]*[）)]|(?<![@A-Z\d])[A-Z]*\d{6,}|\s+(?=[\u4e00-\u9fff]|\S*[@\d])|(?<=[\u4e00-\u9fff])\s+(?=[A-Z])",
        LONE.sub("", names),
    )
    return [name for part in parts if (name := part.strip(" *†‡"))]


def numeral_of(value: int) -> str:
    """A number below a thousand in Chinese; a greater one in digits."""
    if value >= 1000:
        return str(value)
    digits = zip(f"{value:03}", ("百", "十", ""))
    text = "".join("零一二三四五六七八九"[int(digit)] + place for digit, place in digits)
    text = re.sub("零[百十]", "零", text).strip("零") or "零"
    return text[1:] if text.startswith("一十") else text


VALUES = {numeral_of(value): value for value in range(1000)}


def number_of(numeral: str) -> int:
    """The value of a Chinese numeral below a thousand, or of digits."""
    if numeral.isdecimal():
        return int(numeral)
    return VALUES.get(numeral.replace("〇", "零"), 0)
