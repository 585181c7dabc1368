//! Where a story belongs: the places that it is about, out of all that it names.
//!
//! Each name is read twice. The first reading collects what is beyond doubt; the second settles the names that
//! mean several places, or a place and a word, by what the first one found. Then every place's *area*, a country
//! or one of the provinces below it, is weighed, and the areas that outweigh the rest become labels, as deep as most
//! of their evidence goes.

mod reading;
mod sense;
mod trust;
mod weigh;

use std::collections::{BTreeSet, HashMap, HashSet};

use self::reading::Mention;
use self::sense::{Meaning, Sense};
use super::Ambiguous;
use super::find::{Finder, Found};
use super::fold::Folded;
use super::passage::Passage;
use super::tree::Tree;
use crate::story::{Label, Part, Region};
use crate::taxonomy;

/// Finds regions.
pub(super) struct Regions {
    finder: Finder<Meaning>,
    tree: Tree<Region>,
    /// By term: what its meanings come to.
    senses: Vec<Sense>,
    /// By term: the full names that it is short for in a story that prints one: 海南 for 海南州.
    full_names: HashMap<usize, Vec<usize>>,
    /// Terms that are a district's short name, with the district: they count behind what it lies in (北京朝阳) or
    /// beside its full name, and never by themselves.
    short_of_districts: HashSet<(usize, usize)>,
}

impl Regions {
    pub(super) fn new(regions: &taxonomy::Regions) -> Self {
        let tree = Tree::new(regions);
        let finder = Finder::new(sense::written(regions));
        let senses: Vec<Sense> = finder.terms().map(|term| Sense::of(&term.meanings, &tree)).collect();
        let full_names = sense::full_names(&finder, &senses);
        let short_of_districts = sense::short_of_districts(&finder);
        Self { finder, tree, senses, full_names, short_of_districts }
    }

    /// The regions that the story is about, and the names that could be of several and were left out.
    pub(super) fn labels(&self, passages: &[Passage], house: &Folded) -> (Vec<Label<Region>>, Vec<Ambiguous>) {
        let mut found: Vec<Vec<Found>> = passages.iter().map(|passage| self.names(&passage.text)).collect();
        self.lengthen(&mut found);
        let mut mentions = self.sure(passages, &found);
        // 深圳特区报 says which 南山 its stories mean, and is not what they are about.
        let of_house = self.names(house).into_iter().flat_map(|name| &self.senses[name.term].all);
        let known: HashSet<usize> =
            mentions.iter().map(|m| &m.concept).chain(of_house).flat_map(|&at| self.tree.path(at)).collect();
        let (settled, open) = self.settled(passages, &found, &known);
        mentions.extend(settled);
        self.drop_home_words(&mut mentions);
        self.drop_country_of_the_dateline(&mut mentions);
        // Points fall from mention to mention, so the order must be that of the parts, not that of the readings.
        mentions.sort_by_key(|mention| mention.part);
        (self.tree.labels(self.verdict(self.cases(&mentions))), self.ambiguous(&open))
    }

    /// KUNSHAN, China: the country tells where the town is, and is nothing more where headline or lead names a place in
    /// it.
    fn drop_country_of_the_dateline(&self, mentions: &mut Vec<Mention>) {
        let tree = &self.tree;
        let is_country = |mention: &Mention| tree.root(mention.concept) == mention.concept;
        let places = mentions
            .iter()
            .filter(|m| matches!(m.part, Part::Headline | Part::Lead) && m.trust >= 50 && !is_country(m));
        let within: BTreeSet<usize> = places.map(|mention| tree.root(mention.concept)).collect();
        mentions.retain(|mention| {
            let is_seat = self.senses[mention.term].seat_of.is_some();
            mention.part != Part::Dateline || is_seat || !is_country(mention) || !within.contains(&mention.concept)
        });
    }

    /// The names in a text that stand for places there.
    fn names(&self, text: &Folded) -> Vec<Found> {
        let mut found = self.finder.find(text);
        found.retain(|found| !self.finder.term(found.term).meanings.is_empty());
        found
    }

    fn ambiguous(&self, terms: &BTreeSet<usize>) -> Vec<Ambiguous> {
        let meanings =
            |term: usize| self.senses[term].one_of.iter().map(|&at| self.tree.codes[at].clone()).collect();
        terms
            .iter()
            .map(|&term| Ambiguous { name: self.finder.term(term).text.clone(), regions: meanings(term) })
            .collect()
    }

    /// A country, or the part of one that is a step below it.
    fn area(&self, concept: usize) -> usize {
        self.tree.at_depth(concept, 1)
    }
}

#[cfg(test)]
mod tests {
    use crate::tag::tests::{regions, told};

    #[track_caller]
    fn check(headline: &str, text: &str, expected: &str) {
        let story = told(headline, text);
        assert_eq!(regions(&story), expected, "{headline}\n{:#?}", story.regions);
    }

    #[test]
    fn headline_and_dateline_say_where() {
        check("江苏今冬新修水渠千里", "@南京\n连日来，各地水利工地一片繁忙。", "CN-JS (CN)");
        check("山村通了自来水", "@贵阳\n大山里的乡亲拧开龙头。", "CN-GZ (CN)");
        check("Kenyan farmers plant early", "@NAIROBI\nRains came two weeks early, growers said.", "KE");
    }

    #[test]
    fn a_county_is_in_all_that_it_lies_in() {
        check("靖江：江边小城添新绿", "江苏靖江的街头公园又多了三座。", "321282 (321200) (CN-JS) (CN)");
    }

    #[test]
    fn a_capital_bureau_writes_of_the_whole_country() {
        check("我国秋粮收购超一亿吨", "@北京\n记者从有关部门获悉，收购进展顺利。", "CN");
        check("货币供应量平稳增长", "@北京\n有关会议1日在北京举行。", "CN");
        check("北京地铁新线试运行", "@北京\n北京市交通委介绍，新线共设12站。", "CN-BJ (CN)");
    }

    #[test]
    fn a_place_in_the_lead_makes_news_of_its_own() {
        check("法院调解一起租房纠纷", "@北京\n北京市朝阳区人民法院20日调解一起租房纠纷。", "110105 (CN-BJ) (CN)");
        check(
            "Schools close as snow falls",
            "@KUNSHAN, China\nSchools in Jiangsu Province closed on Friday.",
            "CN-JS (CN)",
        );
    }

    #[test]
    fn a_desk_abroad_is_not_where_the_story_is() {
        check("India buys palm oil", "@LONDON\nThe State Trading Corp of India bought two cargoes.", "IN");
        check("India and Britain sign accord", "@LONDON\nMinisters of India and Britain signed.", "GB IN");
        check("Traders see firm oil", "@LONDON\nTraders see firm prices for oil.", "GB");
        check(
            "地質所發現新化石",
            "中国科学院南京地质古生物研究所的人员在云南澄江发现化石。",
            "530481 (530400) (CN-YN) (CN)",
        );
    }

    #[test]
    fn what_is_merely_mentioned_is_no_label() {
        check(
            "湖南油茶走俏",
            "@长沙\n湖南的油茶今年走俏。\n来自浙江的客商订了五吨。\n湖南省林业部门说，湖南将扩种。",
            "CN-HN (CN)",
        );
    }

    #[test]
    fn several_provinces_are_several() {
        check("川渝携手建通道", "四川和重庆将共建铁路。重庆说开工在即，四川说资金已备。", "CN-CQ CN-SC (CN)");
    }

    #[test]
    fn a_survey_of_many_provinces_is_of_the_country() {
        check(
            "各地多措并举保障冬季用水",
            "入冬以来，各地纷纷行动。\n山东检修管网。\n河南加固水厂。\n四川备足设备。\n辽宁巡查泵站。",
            "CN",
        );
    }

    #[test]
    fn a_story_without_a_place_is_of_the_country_that_it_speaks_of() {
        check("新规明年施行", "国务院近日公布条例，我国将完善有关制度。", "CN");
        check("秋日私语", "落叶铺满小径。", "");
        check("法国学校放假", "@巴黎\n法国教育部宣布，全国学校放假。", "FR");
    }

    #[test]
    fn institutions_streets_and_brands_are_no_places() {
        check("专家谈阅读", "北京大学教授与中国人民大学学者对谈。", "");
        check("老字号开新店", "南京路上的老店与黄山牌香皂一同回来。", "");
        check("Paper wins prize", "The Washington Post won for its series on the Paris Agreement.", "");
        check("峰会闭幕", "上海合作组织成员国领导人出席。", "");
    }

    #[test]
    fn names_do_not_grow_from_neighbouring_words() {
        check("船队驶向远方", "河流的出海口岸边，人们坐在长沙发上等候。", "");
        check("南通老港换新颜", "@南京\n南通港的码头上塔吊林立。", "320600 (CN-JS) (CN)");
        check("云南通报招商进展", "云南南部的园区进展最快。", "CN-YN (CN)");
        check("新片上映", "3月5日本片将上映。", "");
    }

    #[test]
    fn people_may_be_called_like_places() {
        check("乡村邮递员的二十年", "邮递员王吉林每天骑行。记者李海南跟随他走访。", "");
    }

    #[test]
    fn ambiguous_names_are_settled_by_the_story() {
        check("鼓楼区老街翻新", "老街的石板路铺好了。", "");
        check("朝阳棚户区居民迁新居", "@沈阳\n辽宁朝阳的居民搬进新楼。", "211300 (CN-LN) (CN)");
        check("Georgia votes", "@TBILISI\nGeorgians went to the polls.", "GE");
        check("Georgia votes", "@ATLANTA\nAmericans in Georgia went to the polls.", "US");
    }

    #[test]
    fn a_district_is_known_by_its_short_name_behind_its_city() {
        for (headline, lead, expected) in [
            ("北京朝阳添新园", "北京朝阳的又一座公园开放。", "110105 (CN-BJ) (CN)"),
            ("北京朝阳添新园", "辽宁客人来到北京朝阳。", "110105 (CN-BJ) (CN)"),
            ("廣州天河添新園", "廣州天河的又一座公園開放。", "440106 (440100) (CN-GD) (CN)"),
            ("深圳南山添新园", "", "440305 (440300) (CN-GD) (CN)"),
            ("上海浦东添新园", "", "310115 (CN-SH) (CN)"),
            ("重庆江北添新园", "江北区的又一座公园开放。", "500105 (CN-CQ) (CN)"),
            // The full name elsewhere tells as well.
            ("鼓楼添新园", "南京市鼓楼区的又一座公园开放。", "320106 (320100) (CN-JS) (CN)"),
            // By itself it is a word, and behind another city it is not this one.
            ("朝阳升起的地方", "北京的清晨，朝阳照着公园。", "CN-BJ (CN)"),
            ("武汉和平安相伴", "武汉的夜晚和平而宁静。", "420100 (CN-HB) (CN)"),
            ("上海天河相望", "上海的夜里能看见天河。", "CN-SH (CN)"),
            ("南山的松", "老人寿比南山。", ""),
        ] {
            check(headline, lead, expected);
        }
    }

    #[test]
    fn words_that_are_short_for_some_district_are_no_ambiguous_names() {
        use crate::tag::tests::ambiguous;
        assert_eq!(ambiguous("和平鸽飞过新城", "向阳的坡上，和平鸽飞过。"), [""; 0]);
    }

    #[test]
    fn a_country_that_the_body_names_once_is_passed_by() {
        for (text, expected) in [
            ("The bank kept its rate.\nThe office in Oslo said so, unlike Sweden and Denmark.", "NO"),
            ("The bank kept its rate.\nOslo said so. Sweden and Denmark differ. Sweden and Denmark cut.", "SE DK"),
        ] {
            check("Bank keeps key rate", text, expected);
        }
    }

    #[test]
    fn where_guests_come_from_is_not_where_they_are() {
        for (headline, lead, expected) in [
            (
                "陶艺展迎客",
                "陶艺展在江西景德镇开幕，来自法国、巴西、伊朗等国的匠人展出作品。",
                "360200 (CN-JX) (CN)",
            ),
            ("陶艺展迎客", "法国、巴西、伊朗的匠人展出作品。", "FR BR IR"),
        ] {
            check(headline, lead, expected);
        }
    }

    #[test]
    fn what_spoke_for_a_label_adds_up_to_its_weight() {
        let text = "入冬以来，各地纷纷行动。\n山东检修管网。\n河南加固水厂。\n四川备足设备。\n全国进度过半。";
        let story = told("各地保障冬季供水", text);
        assert_eq!(regions(&story), "CN");
        for label in story.regions.iter().filter(|label| !label.implied) {
            assert_eq!(label.weight, label.evidence.iter().map(|e| e.weight).sum::<i32>(), "{label:#?}");
        }
    }

    #[test]
    fn a_short_name_is_that_of_the_full_name_in_the_story() {
        check("海南绿电送出千亿度", "@西宁\n青海省海南藏族自治州的光伏园区送电。", "632500 (CN-QH) (CN)");
        check("海南瓜菜出岛", "@海口\n海南的瓜菜装船出岛。", "CN-HI (CN)");
    }

    #[test]
    fn places_listed_in_one_breath_are_meant_alike() {
        check(
            "Tin producers extend curbs",
            "@KUALA LUMPUR\nMalaysia, Indonesia and Thailand will extend curbs.\nMalaysia sold less. Malaysia expects more.",
            "MY ID TH",
        );
    }

    #[test]
    fn a_list_that_begins_in_doubt_takes_in_no_name_before_it() {
        check("France buys coffee", "France buys from Peru, not from Georgia and Armenia.", "FR AM");
    }

    #[test]
    fn names_that_nothing_settles_are_told() {
        use crate::tag::tests::ambiguous;
        assert_eq!(ambiguous("鼓楼区老街翻新", "老街的石板路铺好了。"), ["鼓楼区"]);
        assert_eq!(ambiguous("鼓楼区老街翻新", "@南京\n南京鼓楼区的石板路铺好了。"), [""; 0]);
        // A word, not a place.
        assert_eq!(ambiguous("资源循环利用", "旧手机里的资源被再次利用。"), [""; 0]);
    }

    #[test]
    fn suzhou_and_suzhou_never_meet() {
        check("宿州引来新企业", "@合肥\n安徽宿州的园区扩建。", "341300 (CN-AH) (CN)");
        check("苏州老城焕新", "@南京\n江苏苏州的小巷修好了。", "320500 (CN-JS) (CN)");
    }

    #[test]
    fn a_foreign_dateline_and_the_home_country_are_both_meant() {
        check("中国医疗队抵达肯尼亚", "@内罗毕\n中国医疗队抵达，肯尼亚官员到机场迎接。", "KE CN");
    }

    #[test]
    fn script_width_and_adjectives_are_seen_through() {
        check("臺灣與廣東茶農交流", "兩地茶農在廣東見面，臺灣茶農帶來新茶。", "CN-TW CN-GD (CN)");
        check("German carmakers warn", "German output fell, Berlin said.", "DE");
    }
}
