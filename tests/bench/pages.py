"""Invented wire pages, and the same stories as content for Hugo. The same seed gives the same bytes.

A page has a head, one to six stories, and a foot; three in ten are GB18030, the others UTF-8. In a third of the pages
the lines are cut as by a column, and some of those have a blank line in mid-sentence. One story in eight is English.
Run by itself, `pages.py NUMBER FOLDER`, it writes FOLDER/wire, FOLDER/hugo and FOLDER/feeds.
"""

import datetime
import os
import random
import sys

# The slug of each topic, and words that lead to it.
TOPICS = {
    "arts-culture-entertainment-and-media": "艺术节 演出 博物馆 话剧 画展 交响乐 电影节 戏曲 展览 文艺晚会",
    "crime-law-and-justice": "公开宣判 刑事案件 立案侦查 有期徒刑 检察院 法院审理 诈骗 律师 庭审 判决",
    "disaster-accident-and-emergency-incident": "抗震救灾 救援人员 应急响应 山洪 泥石流 塌方 受灾群众 抢险救灾 火灾 失事",
    "economy-business-and-finance": "经济增长 进出口总额 上市公司 净利润 营商环境 供应链 贷款利率 债券 股市 民营企业",
    "education": "高考 义务教育 职业教育 幼儿园 招生简章 教师 课堂 高校 研究生考试 教学改革",
    "environment": "生态环境 碳排放 湿地保护 自然保护区 垃圾分类 水污染 候鸟 退耕还林 生物多样性 空气质量",
    "health": "疫苗 公立医院 疾控中心 临床试验 医保 流感 糖尿病 体检 家庭医生 公共卫生",
    "human-interest": "见义勇为 百岁老人 好人好事 寻亲 道德模范 金婚 善举 失散多年 世界纪录 感人事迹",
    "labour": "招聘会 最低工资 劳动合同 欠薪 失业率 工会 就业 技能培训 农民工 求职者",
    "lifestyle-and-leisure": "自驾游 旅游景点 美食节 滑雪场 民宿 农家乐 露营 主题公园 夜市 休闲度假",
    "politics": "外交部 人大代表 政协委员 国务院 领导干部 选举 议会 常务会议 改革方案 总理",
    "religion-and-belief": "寺院 教堂 佛教 道教 清真寺 宗教事务 法会 信徒 石窟 朝觐",
    "science-and-technology": "科研人员 卫星发射 空间站 人工智能 芯片 机器人 望远镜 深海探测 院士 科技创新",
    "society": "养老服务 志愿者 社区居民 残疾人 留守儿童 慈善 人口普查 低保 老龄化 居委会",
    "sport": "锦标赛 夺冠 金牌 教练 马拉松 联赛 球员 田径 决赛 体育",
    "conflict-war-and-peace": "停火协议 空袭 维和部队 武装冲突 军演 导弹 难民 炮击 和谈 驱逐舰",
    "weather": "台风预警 寒潮 强降雨 气象台 沙尘暴 暴雪 高温预警 大雾 强对流 天气预报",
}
# The code of each region, its name, and places in it.
REGIONS = {
    "cn-bj": ("北京", "海淀区 延庆区 通州区"), "cn-tj": ("天津", "蓟州区 武清区 滨海新区"),
    "cn-he": ("河北", "石家庄 唐山 承德"), "cn-sx": ("山西", "太原 大同 运城"),
    "cn-nm": ("内蒙古", "呼和浩特 包头 鄂尔多斯"), "cn-ln": ("辽宁", "沈阳 大连 丹东"),
    "cn-jl": ("吉林", "长春 延吉 白山"), "cn-hl": ("黑龙江", "哈尔滨 大庆 牡丹江"),
    "cn-sh": ("上海", "崇明区 嘉定区 奉贤区"), "cn-js": ("江苏", "南京 苏州 徐州"),
    "cn-zj": ("浙江", "杭州 宁波 温州"), "cn-ah": ("安徽", "合肥 芜湖 阜阳"),
    "cn-fj": ("福建", "福州 厦门 泉州"), "cn-jx": ("江西", "南昌 赣州 景德镇"),
    "cn-sd": ("山东", "济南 青岛 烟台"), "cn-ha": ("河南", "郑州 洛阳 开封"),
    "cn-hb": ("湖北", "武汉 宜昌 襄阳"), "cn-hn": ("湖南", "长沙 岳阳 株洲"),
    "cn-gd": ("广东", "广州 深圳 珠海"), "cn-gx": ("广西", "南宁 桂林 北海"),
    "cn-hi": ("海南", "海口 三亚 琼海"), "cn-cq": ("重庆", "万州区 涪陵区 黔江区"),
    "cn-sc": ("四川", "成都 绵阳 宜宾"), "cn-gz": ("贵州", "贵阳 遵义 毕节"),
    "cn-yn": ("云南", "昆明 丽江 大理"), "cn-xz": ("西藏", "拉萨 日喀则 林芝"),
    "cn-sn": ("陕西", "西安 延安 榆林"), "cn-gs": ("甘肃", "兰州 敦煌 天水"),
    "cn-qh": ("青海", "西宁 格尔木 海东"), "cn-nx": ("宁夏", "银川 固原 中卫"),
    "cn-xj": ("新疆", "乌鲁木齐 喀什 克拉玛依"), "cn-hk": ("香港", "九龙 沙田 元朗"),
    "cn-mo": ("澳门", "氹仔 路环"), "cn-tw": ("台湾", "台北 高雄 花莲"),
}
WHO = "当地有关部门 项目负责人 村里的老人 几家企业 研究团队 现场工作人员 主办方 一位技术员 合作社 街道办 不少市民 值班员".split()
DOES = "介绍了 推进了 公布了 完善了 启动了 核对了 重新评估了 推广了 修订了 调整了 走访了 整理了 检查了 记录了".split()
HOW = "逐步 首次 稳步 按计划 连夜 分批 主动 重新 集中 反复".split()
WHAT = "方案 设施 流程 清单 线路 标准 样本 名录 渠道 措施 档案 数据 服务点 仓库 展区 工期 预算 台账 设备 名额".split()
WHEN = "入冬以来 日前 当天上午 截至目前 随后 与此同时 此前 今年以来 数小时后 据统计 下一步".split()
UNITS = "公里 吨 户 人次 万元 件 个点位 小时".split()
SURNAMES, GIVEN = "苏梁温顾沈段简林郑和陆尹祝席", "晚晴一苇书航时安北辰小禾丽芳宁舟远山知秋"
# Real news has a long tail of words that are in no list.
PLAIN = "水土木山石田风云光声路桥港湾井塔渡口船坊布纸笔墨灯火米麦豆果茶叶花草林园篱巷坡岭沟溪泉沙泥砖瓦窗门街市集棚架绳网篮筐车轮帆桨"
ENGLISH = """ministry harbour engineers survey bridge ferry report repair district council market season villagers freight
valley warehouse schedule officials agreed reopened measured planned delayed counted moved inspected finished funding
workers north coast rail timber orchard clinic station winter harvest""".split()
ENGLISH_TOPICS = {
    "weather": "weather forecast storm", "health": "vaccine hospital clinic", "sport": "championship coach striker",
    "education": "school teachers curriculum", "disaster-accident-and-emergency-incident": "death toll rescue workers flood",
}
FIRST_DAY = datetime.datetime(2026, 3, 1, 6, 0)


class Stories:
    """Stories by number; each hangs on seed and number alone. They come `a_day` to a day, from the first day on."""

    def __init__(self, seed=1, a_day=400, first_day=FIRST_DAY):
        self.seed, self.a_day, self.first_day = seed, a_day, first_day
        dice = random.Random(f"{seed} words")
        self.tail = ["".join(dice.sample(PLAIN, 2)) for _ in range(5000)]
        self.topics, self.regions = list(TOPICS), list(REGIONS)
        # Some topics and regions have ten times the news of others.
        self.topic_weights = [1 / (at + 2) for at in range(len(self.topics))]
        self.region_weights = [1 / (at + 3) for at in range(len(self.regions))]
        dice.shuffle(self.topics)
        dice.shuffle(self.regions)

    def day(self, number):
        return self.first_day + datetime.timedelta(days=number // self.a_day)

    def story(self, number):
        dice = random.Random(f"{self.seed} {number}")
        if dice.random() < 1 / 8:
            return self.english(number, dice)
        topic = dice.choices(self.topics, self.topic_weights)[0]
        region = dice.choices(self.regions, self.region_weights)[0]
        name, places = REGIONS[region][0], REGIONS[region][1].split()
        words, pick = TOPICS[topic].split(), dice.choice
        person = pick(SURNAMES) + "".join(dice.sample(GIVEN, 2))

        def sentence():
            clauses = []
            for _ in range(dice.randint(2, 4)):
                clause = pick(WHO) + pick(HOW) + pick(DOES) + pick(self.tail) + pick(WHAT)
                chance = dice.random()
                if chance < 0.15:
                    clause = pick(words) + "方面，" + clause
                elif chance < 0.22:
                    clause = "在" + pick(places) + "，" + clause
                elif chance < 0.35:
                    clause += f"{dice.randint(2, 9800)}{pick(UNITS)}"
                elif chance < 0.5:
                    clause += "和" + pick(self.tail) + pick(WHAT)
                clauses.append(clause)
            text = "，".join(clauses)
            if dice.random() < 0.3:
                text = pick(WHEN) + "，" + text
            if dice.random() < 0.1:
                return f"“{text}。”{pick(SURNAMES)}{pick(GIVEN)}{pick(GIVEN)}说。"
            return text + "。"

        headline = f"{name}{pick(places)}{pick(words)}：{pick(self.tail)}{pick(WHAT)}{pick(HOW)}更新 {number}号{pick(WHAT)}"
        day = self.day(number)
        lead = f"东海通讯社{places[0]}{day.month}月{day.day}日电（记者{person}）{name}{pick(words)}有了新进展。" + sentence()
        paragraphs = [lead + sentence()]
        length = dice.randint(500, 1300)
        while sum(map(len, paragraphs)) < length:
            paragraphs.append("".join(sentence() for _ in range(dice.randint(2, 4))))
        return {
            "number": number, "headline": headline, "byline": person, "day": day, "topics": [topic],
            "regions": [region], "paragraphs": paragraphs, "language": "zh",
        }

    def english(self, number, dice):
        topic = dice.choice(list(ENGLISH_TOPICS))
        words, pick = ENGLISH_TOPICS[topic].split(), dice.choice
        day = self.day(number)

        def sentence(least=9):
            text = " ".join(pick(words) if dice.random() < 0.1 else pick(ENGLISH) for _ in range(dice.randint(least, 18)))
            return text.capitalize() + "."

        headline = f"{pick(words).capitalize()} {pick(ENGLISH)} in valley {pick(ENGLISH)} after {pick(ENGLISH)} number {number}"
        lead = f"NAIROBI, {day:%b} {day.day} (East Sea News) - {sentence(14)}"
        paragraphs = [lead] + [" ".join(sentence() for _ in range(dice.randint(2, 4))) for _ in range(dice.randint(4, 12))]
        return {
            "number": number, "headline": headline, "byline": "Grace Wanjiru", "day": day, "topics": [topic],
            "regions": [], "paragraphs": paragraphs, "language": "en",
        }


def column(text, width, language):
    """The lines of a paragraph as a narrow column prints them."""
    if language == "en":
        lines, line = [], ""
        for word in text.split():
            if line and len(line) + len(word) + 1 > 2 * width:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}" if line else word
        return lines + [line]
    return [text[at:at + width] for at in range(0, len(text), width)]


def as_text(story, dice, width):
    indent = "　　" if story["language"] == "zh" else ""
    parts = [story["headline"]]
    for paragraph in story["paragraphs"]:
        lines = [indent + paragraph] if width is None else column(indent + paragraph, width, story["language"])
        if width and len(lines) > 4 and dice.random() < 0.1:
            lines.insert(len(lines) // 2, "")
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


WEEKDAYS = "一二三四五六日"


def page(stories, dice):
    """The bytes of one wire page."""
    width = dice.randint(22, 30) if dice.random() < 1 / 3 else None
    day = stories[0]["day"]
    head = f"{day.year}年{day.month}月{day.day}日　星期{WEEKDAYS[day.weekday()]}　第{dice.randint(1, 12)}版　各地"
    text = "\n\n\n".join([head] + [as_text(story, dice, width) for story in stories]) + "\n"
    return text.encode("gb18030" if dice.random() < 0.3 else "utf-8")


def pages(number, source, start=0):
    """Pages with that many stories in all, from story `start` on, as (bytes, stories)."""
    dice = random.Random(f"{source.seed} pages {start}")
    at, end = start, start + number
    while at < end:
        many = min(dice.choices((1, 2, 3, 4, 5, 6), (4, 4, 3, 2, 1, 1))[0], end - at)
        # A page is of one day.
        stories = [story for story in map(source.story, range(at, at + many)) if story["day"] == source.day(at)]
        at += len(stories)
        yield page(stories, dice), stories


def write_pages(number, folder, source, start=0):
    """Writes a file a page. Returns how many bytes."""
    os.makedirs(folder, exist_ok=True)
    size = 0
    for at, (bytes_, stories) in enumerate(pages(number, source, start)):
        path = os.path.join(folder, f"{start + at:08}.txt")
        with open(path, "wb") as file:
            file.write(bytes_)
        # In the order of news, as a spool would have them, whatever the order in which they are written.
        time = stories[0]["day"].timestamp() + at % 10_000
        os.utime(path, (time, time))
        size += len(bytes_)
    return size


RSS = """{{- $p := .RegularPages.ByDate.Reverse | first 50 -}}
{{- printf "<?xml version=\\"1.0\\" encoding=\\"utf-8\\"?>" | safeHTML }}
<rss version="2.0"><channel><title>{{ .Title }}</title><link>{{ .Permalink }}</link><description>{{ .Title }}</description>
{{- range $p }}
<item><title>{{ .Title }}</title><link>{{ .Permalink }}</link><guid isPermaLink="false">{{ .Params.wid }}</guid>\
<pubDate>{{ .Date.Format "Mon, 02 Jan 2006 15:04:05 -0700" }}</pubDate><author>{{ .Params.byline }}</author>\
{{ range .Params.topics }}<category>{{ . }}</category>{{ end }}{{ range .Params.regions }}<category>{{ . }}</category>{{ end }}\
<description>{{ .Params.description }}</description></item>
{{- end }}
</channel></rss>
"""
ATOM = """{{- $p := .RegularPages.ByDate.Reverse | first 50 -}}
{{- printf "<?xml version=\\"1.0\\" encoding=\\"utf-8\\"?>" | safeHTML }}
<feed xmlns="http://www.w3.org/2005/Atom"><title>{{ .Title }}</title><id>{{ .Permalink }}</id>\
{{ range first 1 $p }}<updated>{{ .Date.Format "2006-01-02T15:04:05Z07:00" }}</updated>{{ end }}
{{- range $p }}
<entry><title>{{ .Title }}</title><id>{{ .Params.wid }}</id><link href="{{ .Permalink }}"/>\
<updated>{{ .Date.Format "2006-01-02T15:04:05Z07:00" }}</updated><author><name>{{ .Params.byline }}</name></author>\
{{ range .Params.topics }}<category term="{{ . }}"/>{{ end }}{{ range .Params.regions }}<category term="{{ . }}"/>{{ end }}\
<summary>{{ .Params.description }}</summary></entry>
{{- end }}
</feed>
"""
# `disableFastRender`: without it Hugo's watcher leaves the feeds of terms as they were.
SITE = """baseURL = "http://127.0.0.1/"
title = "wire"
rssLimit = 50
disableFastRender = true
disableKinds = ["home", "section", "taxonomy", "sitemap", "robotsTXT", "404"]
ignoreErrors = ["error-disable-taxonomy"]
[taxonomies]
topic = "topics"
region = "regions"
[outputs]
term = ["RSS", "ATOM"]
[mediaTypes."application/atom+xml"]
suffixes = ["atom"]
[outputFormats.ATOM]
mediaType = "application/atom+xml"
baseName = "index"
noUgly = true
"""


def put(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def hugo_story(story):
    def listed(values):
        return ", ".join(f'"{value}"' for value in values)

    summary = "".join(story["paragraphs"])[:340].replace('"', "")
    date = story["day"] + datetime.timedelta(seconds=story["number"] % 40_000)
    return f"""+++
title = "{story['headline']}"
date = {date:%Y-%m-%dT%H:%M:%S}+08:00
wid = "W{story['number']:08}"
byline = "{story['byline']}"
topics = [{listed(story['topics'])}]
regions = [{listed(story['regions'])}]
description = "{summary}"
+++
""" + "\n\n".join(story["paragraphs"]) + "\n"


def write_hugo(number, folder, source):
    """The same stories as a site of Hugo's that prints feeds alone: no page a story."""
    put(f"{folder}/config.toml", SITE)
    put(f"{folder}/layouts/_default/term.rss.xml", RSS)
    put(f"{folder}/layouts/_default/term.atom.atom", ATOM)
    put(f"{folder}/content/posts/_index.md", '+++\ntitle="posts"\n[cascade._build]\nrender = "never"\nlist = "always"\n+++\n')
    for story in map(source.story, range(number)):
        put(f"{folder}/content/posts/{story['number'] // 1000:03}/{story['number']}.md", hugo_story(story))


def write_feeds(folder):
    """What Hugo's site has: a feed for each of these topics and regions, and no other."""
    for slug in TOPICS:
        put(f"{folder}/topic-{slug}.toml", f'title = "{slug}"\nhours = 0\nwhere = {{ topic = "{slug}" }}\n')
    for slug in REGIONS:
        put(f"{folder}/region-{slug}.toml", f'title = "{slug}"\nhours = 0\nwhere = {{ region = "{slug}" }}\n')


if __name__ == "__main__":
    count, out = int(sys.argv[1]), sys.argv[2]
    print(write_pages(count, f"{out}/wire", Stories()), "bytes")
    write_hugo(count, f"{out}/hugo", Stories())
    write_feeds(f"{out}/feeds")
