//! What the words before a headline announce: 撤稿：, （更正）, CORRECTED-, UPDATE 2-CORRECTED-, MANDATORY KILL.

mod chinese;
mod english;

use crate::story::PubStatus;
use crate::wire::cursor::is_han;

/// What the words around a headline announce.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "an agency may announce several of these at once")]
pub(in crate::wire) struct Announced {
    pub canceled: bool,
    pub corrected: bool,
    pub brief: bool,
    /// Not a story but a message to editors, or a story that they are asked to hold.
    pub advisory: bool,
    /// 1 (a flash) to 3; IPTC urgency.
    pub urgency: Option<u8>,
}

impl Announced {
    pub(in crate::wire) fn pubstatus(self) -> PubStatus {
        match self {
            Self { canceled: true, .. } => PubStatus::Canceled,
            Self { advisory: true, .. } => PubStatus::Withheld,
            _ => PubStatus::Usable,
        }
    }

    /// What either announces.
    pub(in crate::wire) fn or(self, other: Self) -> Self {
        Self {
            canceled: self.canceled || other.canceled,
            corrected: self.corrected || other.corrected,
            brief: self.brief || other.brief,
            advisory: self.advisory || other.advisory,
            urgency: self.urgency.or(other.urgency),
        }
    }

    /// Nothing but how urgent it is.
    fn is_urgency_alone(self) -> bool {
        self.urgency.is_some() && Self { urgency: None, ..self } == Self::default()
    }

    fn is_recall(self) -> bool {
        self.canceled || self.corrected || self.advisory
    }
}

/// What one word of an announcement says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// 撤稿, KILL.
    Kill,
    /// REMOVED: a kill only where the copy is named beside it.
    Removal,
    /// 更正, REFILE.
    Correction,
    /// ADVISORY, WITHHOLD.
    Advisory,
    /// BRIEF, 简讯.
    Brief,
    /// FLASH, 特急.
    Urgent(u8),
    /// UPDATE, WRAPUP, RPT.
    Update,
    /// EXCLUSIVE, FACTBOX: it tells the kind of story, and belongs to its title.
    Genre,
    /// STORY, MANDATORY: with REMOVED or KILL.
    Copy,
    /// The number of an update, NEWS, OFFICIAL: says nothing by itself.
    Beside,
}

/// The words before a headline, as far as they are known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Prefix {
    said: Announced,
    /// UPDATE, RPT: a later version, whatever else it is.
    updates: bool,
    /// Where the headline begins behind all of it.
    end: usize,
    /// Where it begins before the first word that tells its kind.
    title: usize,
}

impl Prefix {
    fn add(&mut self, mark: Mark) {
        match mark {
            Mark::Kill | Mark::Removal => self.said.canceled = true,
            Mark::Correction => self.said.corrected = true,
            Mark::Advisory => self.said.advisory = true,
            Mark::Brief => self.said.brief = true,
            Mark::Urgent(urgency) => self.said.urgency = self.said.urgency.or(Some(urgency)),
            Mark::Update => self.updates = true,
            Mark::Genre | Mark::Copy | Mark::Beside => {}
        }
    }

    fn says_something(self) -> bool {
        self.updates || self.said != Announced::default()
    }
}

fn prefix(headline: &str) -> Option<Prefix> {
    let found = if headline.chars().take(FIRST_WORD).any(is_han) {
        chinese::prefix(headline)
    } else {
        english::prefix(headline)
    };
    found.filter(|found| found.says_something()).map(|mut found| {
        // BULLETIN KILL: what is withdrawn is not urgent to readers.
        found.said.urgency = found.said.urgency.filter(|_| !found.said.canceled);
        found
    })
}

/// How far the language of an announcement is looked for, in characters.
const FIRST_WORD: usize = 4;

/// Reads the words before a headline: 撤稿：, （更正）, CORRECTED-.
pub(in crate::wire) fn in_headline(headline: &str) -> Announced {
    let before = prefix(headline).map_or_else(Announced::default, |found| found.said);
    let behind = chinese::suffix(headline).map(|(mark, _)| {
        let mut found = Prefix::default();
        found.add(mark);
        found.said
    });
    let voided = Announced { canceled: super::recall::voids(headline), ..Announced::default() };
    before.or(behind.unwrap_or_default()).or(voided)
}

/// Whether a text is nothing but words of announcement: CORRECTED, UPDATE 1, BULLETIN KILL, （更正）.
pub(in crate::wire) fn announces(text: &str) -> bool {
    text.len() <= LONGEST && prefix(text).is_some_and(|found| found.end == text.len())
}

/// The longest line of nothing but announcements, in bytes.
const LONGEST: usize = 60;

/// Whether a title that begins so begins a story: nothing within a story is killed, or urgent.
pub(in crate::wire) fn begins_a_story(title: &str) -> bool {
    let said = in_headline(title);
    let recalled = said.is_recall() && !title.starts_with(['补', '補']);
    recalled || said.urgency.is_some() || said.brief
}

/// The headline without the words that announce what became of the story: （更正）, 撤稿：, UPDATE 1-.
pub(in crate::wire) fn unmarked(headline: &str) -> &str {
    let headline = chinese::suffix(headline).map_or(headline, |(_, at)| headline[..at].trim_end());
    let Some(found) = prefix(headline) else { return headline };
    let end = if found.said.is_recall() { found.end } else { found.title };
    let rest = headline[end..].trim_start();
    if rest.is_empty() { headline } else { rest }
}

/// 特急, （急电）, NEWS ALERT: nothing but the word for how urgent it is.
pub(in crate::wire) fn is_urgency(text: &str) -> bool {
    let bare = text.trim_start_matches(OPEN).trim_end_matches(CLOSE);
    in_headline(text).urgency.is_some() && bare.chars().all(|c| c.is_alphanumeric() || c == ' ')
}

/// 特急, FLASH, （更正）, alone in a line: a note, where 更正 without brackets may be the headline of one.
pub(super) fn is_note(text: &str) -> bool {
    if text.len() > LONGEST {
        return false;
    }
    let bracketed = text.starts_with(OPEN) && text.ends_with(CLOSE);
    prefix(text).is_some_and(|found| {
        // 第二次播发：, above the headline.
        let heads = text.ends_with(['：', ':']) && text.chars().any(is_han);
        found.end == text.len() && (bracketed || heads || found.said.is_urgency_alone() && !found.updates)
    })
}

const OPEN: [char; 8] = ['(', '（', '【', '[', '［', '〔', '〖', '*'];
const CLOSE: [char; 8] = [')', '）', '】', ']', '］', '〕', '〗', '*'];

#[cfg(test)]
mod tests {
    use super::*;

    const NEWS: Announced =
        Announced { canceled: false, corrected: false, brief: false, advisory: false, urgency: None };
    const CANCELED: Announced = Announced { canceled: true, ..NEWS };
    const CORRECTED: Announced = Announced { corrected: true, ..NEWS };
    const ADVISORY: Announced = Announced { advisory: true, ..NEWS };

    #[track_caller]
    fn check(table: &[(&str, Announced)]) {
        let wrong: Vec<_> =
            table.iter().map(|&(text, said)| (text, in_headline(text), said)).filter(|(_, a, b)| a != b).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn stories_are_withdrawn() {
        let all = [
            "撤稿：一企业获评“灯塔工厂”",
            "【撤稿】一企业获评“灯塔工厂”",
            "（停发）某地取消夜市",
            "停發：某地取消夜市",
            "撤稿通知",
            "停发通知：某地取消夜市",
            "作废：某地取消夜市",
            "（此前稿件作废）",
            "停用",
            "新华社撤稿通知",
            "紧急撤稿",
            "紧急撤稿：某地取消夜市",
            "中新社紧急撤稿通知",
            "撤回通知",
            "停用通知：某地取消夜市",
            "撤销稿件通知",
            "毙稿通知",
            "本社停发通知",
            "《某地取消夜市》一稿作废",
            "某地取消夜市（撤稿）",
            "某地取消夜市【已撤稿】",
            "WITHDRAWN-Retailer to close stores",
            "Withdrawn: Retailer to close stores",
            "STORY WITHDRAWN: Retailer to close stores",
            "STORY WITHDRAWN",
            "Story removed: Mayor resigns",
            "STORY KILL - Mayor resigns",
            "MANDATORY KILL: Mayor of Redport resigns",
            "MANDATORY KILL - Mayor of Redport resigns",
            "MANDATORY KILL",
            "Mandatory Kill",
            "KILL",
            "*** KILL ***",
            "RETRACTION: Mayor resigns",
            "Retraction - Mayor resigns",
            "NOTICE OF WITHDRAWAL",
            "UPDATE 1-WITHDRAWN-Retailer to close stores",
        ];
        let wrong: Vec<_> = all.iter().filter(|text| !in_headline(text).canceled).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn stories_are_corrected() {
        let all = [
            "（更正）建成首个示范线",
            "【更正】建成首个示范线",
            "更正启事",
            "更正声明",
            "更正：建成首个示范线",
            "（第二次播发，更新数据）客运量突破11万人次",
            "（补充：增加伤员情况）一货车侧翻",
            "（修改稿）建成首个示范线",
            "建成首个示范线（更正）",
            "建成首个示范线（第二次播发）",
            "新华社更正：建成首个示范线",
            "（更新）建成首个示范线",
            "重發：建成首个示范线",
            "勘误",
            "CORRECTED-Developer raises target",
            "UPDATE 2-CORRECTED-Developer raises target",
            "CORRECTED-UPDATE 2-Developer raises target",
            "RPT-CORRECTED-Developer raises target",
            "UPDATE 2-CORRECTED-REFILE-Developer raises target",
            "CORRECTED-(OFFICIAL)-Developer raises target",
            "CORRECTED (OFFICIAL)-Developer raises target",
            "Corrected: Developer raises target",
            "Correction-Developer raises target",
            "Correction: Ferry-Timetable story",
            "CORRECTION",
            "REFILE-Developer raises target",
        ];
        let wrong: Vec<_> = all.iter().filter(|text| in_headline(text) != CORRECTED).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn other_announcements() {
        let urgent = |urgency| Announced { urgency: Some(urgency), ..NEWS };
        check(&[
            ("BRIEF-Ship docks", Announced { brief: true, ..NEWS }),
            ("简讯：两船相会", Announced { brief: true, ..NEWS }),
            ("ADVISORY-Story delayed", ADVISORY),
            ("ADVISORY - Plans for Nov. 19", ADVISORY),
            ("ADVISORY: Plans for Nov. 19", ADVISORY),
            ("ADVISORY", ADVISORY),
            ("Media advisory: Plans for Nov. 19", ADVISORY),
            ("BULLETIN WITHHOLD", Announced { advisory: true, urgency: Some(2), ..NEWS }),
            ("BULLETIN KILL", CANCELED),
            ("BULLETIN", urgent(2)),
            ("FLASH", urgent(1)),
            ("FLASH-7.1 QUAKE HITS OFF CHILE", urgent(1)),
            ("Urgent: quake hits off Chile", urgent(2)),
            ("URGENT-Storm nears coast", urgent(2)),
            ("NEWS ALERT: Storm nears coast", urgent(2)),
            ("快讯：沿海发布风暴潮警报", urgent(1)),
            ("【特急】沿海发布风暴潮警报", urgent(2)),
            ("（急）沿海发布风暴潮警报", urgent(3)),
            ("加急", urgent(2)),
            ("UPDATE 1-Wall St slips", NEWS),
        ]);
    }

    #[test]
    fn headlines_that_begin_alike() {
        let all = [
            "撤销两个县级机构的背后",
            "撤稿之后：一本期刊的自救",
            "紧急撤离：一座小镇的夜晚",
            "撤回通知书的背后",
            "停用通知引来争论",
            "新华社记者探访撤稿中心",
            "本报更正错误的规矩",
            "毙稿十七次之后",
            "桥梁管理办法（修订）",
            "我与撤稿（三）",
            "一场婚礼（补充）",
            "更正错误需要勇气",
            "停用旧版纸币的国家",
            "停发工资三个月的车间",
            "作废声明",
            "补充一点常识",
            "更新城市的记忆",
            "重发展更要重保护",
            "急诊室的一夜",
            "急需用血",
            "快讯时代的慢阅读",
            "Kill-switch law divides senate",
            "Kill Creek bridge reopens",
            "KILL CREEK BRIDGE REOPENS",
            "Flash-flood warning for three counties",
            "Flash-Flood Warning for Three Counties",
            "FLASH-FLOOD WARNING FOR THREE COUNTIES",
            "Flash floods kill nine",
            "Urgent appeal for blood donors",
            "URGENT APPEAL FOR BLOOD DONORS",
            "Urgent-care centres close",
            "Withdrawal: what the retreat cost",
            "Withdrawal from treaty takes effect",
            "Removed: twelve statues in a year",
            "Story time returns to library",
            "Story: how a bridge was built",
            "Correction officers strike",
            "Advisory panel backs vaccine",
            "Travel advisory: avoid the coast",
            "Bulletin-board seller retires",
            "Table tennis: Lin wins",
            "Alert ferryman saves nine",
            "Breaking bread in Redport",
        ];
        let wrong: Vec<_> = all.iter().filter(|text| in_headline(text) != NEWS).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn marks_are_no_part_of_the_title() {
        for (headline, title) in [
            ("（更正）建成首个示范线", "建成首个示范线"),
            ("撤稿：一企业获评“灯塔工厂”", "一企业获评“灯塔工厂”"),
            ("某地取消夜市（撤稿）", "某地取消夜市"),
            ("UPDATE 1-Wall St slips", "Wall St slips"),
            ("UPDATE 1-EXCLUSIVE-Wall St slips", "EXCLUSIVE-Wall St slips"),
            ("EXCLUSIVE-Wall St slips", "EXCLUSIVE-Wall St slips"),
            ("UPDATE 2-CORRECTED-Wall St slips", "Wall St slips"),
            ("CORRECTED-(OFFICIAL)-Wall St slips", "Wall St slips"),
            ("WITHDRAWN-Retailer to close stores", "Retailer to close stores"),
            ("MANDATORY KILL - Mayor resigns", "Mayor resigns"),
            ("RPT-Wall St slips", "Wall St slips"),
            ("快讯：两船相会", "快讯：两船相会"),
            ("杭州：菜园上阳台", "杭州：菜园上阳台"),
            ("（上接第一版）", "（上接第一版）"),
            ("更正", "更正"),
        ] {
            assert_eq!(unmarked(headline), title);
        }
    }

    #[test]
    fn lines_of_nothing_but_announcements() {
        for text in
            ["CORRECTED", "UPDATE 1", "BULLETIN KILL", "更正", "（更正）", "WRAPUP 3", "RPT", "特急", "撤稿通知"]
        {
            assert!(announces(text), "{text}");
        }
        for text in ["更正：第二段", "UPDATE 1-Wall St slips", "Kill Creek", "EXCLUSIVE", "STORY", "2", "急诊"]
        {
            assert!(!announces(text), "{text}");
        }
        for text in [
            "FLASH",
            "URGENT",
            "BULLETIN",
            "Urgent:",
            "特急",
            "（急）",
            "（更正）",
            "【撤稿】",
            "（第二次播发）",
            "第二次播发：",
            "重发：",
        ] {
            assert!(is_note(text), "{text}");
        }
        for text in ["更正", "BULLETIN KILL", "ADVISORY", "UPDATE 1", "（上接第一版）", "急诊室"] {
            assert!(!is_note(text), "{text}");
        }
    }
}
