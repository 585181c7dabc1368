//! Placed passages to stories: each role into its field, days with their years, and a published time.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveTime, SubsecRound, TimeZone, Utc};

use super::date::{PrintedDay, YearEvidence, YearSource, chinese_day, english_day, nearest_month, numeric_day};
use super::embargo::Scope;
use super::line::glue;
use super::notice::Announced;
use super::passage::{Shape, ends_sentence};
use super::split::{LONGEST_BRIEF, Placed, Role, announced_title};
use super::{Remark, RemarkKind, byline, cursor::Cursor, dateline, embargo, furniture, language, notice};
use crate::story::{Block, BlockKind, Byline, Caption, Dateline, Kind, PubStatus, Story, StoryId};

/// Makes the stories of a page.
pub(super) fn stories<Tz: TimeZone>(
    placed: &[Placed],
    name: &str,
    received: &DateTime<Tz>,
    remarks: &mut Vec<Remark>,
) -> Vec<Story> {
    let years = year_evidence(placed, name);
    let holds = holds(placed);
    let page = page_day(years.head, received.date_naive());
    let mut stories: Vec<Story> = by_story(placed)
        .into_iter()
        .enumerate()
        .map(|(index, mine)| {
            let line = first_line(&mine);
            Draft { years: &years, holds: &holds, page, received, remarks, line, near: None }.story(index, &mine)
        })
        .collect();
    mark_briefs(&mut stories, placed);
    publish(&mut stories, years.head, received);
    stories
}

/// The day that the page prints, if it came within a month of it; else the day on which it came.
fn page_day(printed: Option<NaiveDate>, received: NaiveDate) -> NaiveDate {
    printed.filter(|&day| (0..=31).contains(&(received - day).num_days())).unwrap_or(received)
}

/// The passages of each story.
fn by_story(placed: &[Placed]) -> Vec<Vec<&Placed>> {
    let mut stories: Vec<Vec<&Placed>> = Vec::new();
    for placed in placed {
        if let Some(index) = placed.story {
            stories.resize_with(stories.len().max(index + 1), Vec::new);
            stories[index].push(placed);
        }
    }
    stories
}

/// Short stories after a line that announces a column of briefs are briefs, until something ends the column.
fn mark_briefs(stories: &mut [Story], placed: &[Placed]) {
    let mut in_briefs = false;
    for Placed { passage, role, story, .. } in placed {
        let text = passage.text.as_str();
        match (role, story) {
            (Role::Furniture, _) if furniture::is_briefs_head(text) => in_briefs = true,
            (Role::Furniture, _) if in_briefs => in_briefs = !furniture::ends_column(text),
            (Role::Credits, _) if in_briefs => in_briefs = !furniture::is_column_credit(text),
            (_, Some(index)) if in_briefs => {
                let story = &mut stories[*index];
                let length: usize = story.body.iter().map(|block| block.text.chars().count()).sum();
                in_briefs = matches!(story.kind, Kind::Text | Kind::Brief) && length <= LONGEST_BRIEF;
                if in_briefs {
                    story.kind = Kind::Brief;
                }
            }
            _ => {}
        }
    }
}

/// Says when each story is taken to have been published, in the page's order.
///
/// The received time when it falls on the story's day, else that day at noon. A story without a day has that of the
/// story above, else of the one below, else of the page. Each is a second older than the one above it would be.
fn publish<Tz: TimeZone>(stories: &mut [Story], head: Option<NaiveDate>, received: &DateTime<Tz>) {
    let own_day = |story: &Story| story.dateline.as_ref().and_then(|dateline| dateline.date);
    let taken = |story: &Story| story.captions.iter().find_map(|caption| caption.taken);
    let mut day = stories.iter().find_map(own_day).or(head).or_else(|| stories.iter().find_map(taken));
    let received = received.clone().trunc_subsecs(0);
    for (story, index) in stories.iter_mut().zip(0..) {
        day = own_day(story).or(day);
        let at = match day {
            Some(day) if day != received.date_naive() => {
                let noon = day.and_time(NaiveTime::from_hms_opt(12, 0, 0).expect("noon is a time"));
                received.timezone().from_local_datetime(&noon).earliest().unwrap_or_else(|| received.clone())
            }
            _ => received.clone(),
        };
        story.published = at.to_utc() - Duration::seconds(index);
    }
}

fn first_line(mine: &[&Placed]) -> usize {
    mine.first().and_then(|placed| placed.passage.lines.first()).copied().unwrap_or(0)
}

fn year_evidence(placed: &[Placed], name: &str) -> YearEvidence {
    let mut years = YearEvidence::default();
    let heads = placed.iter().filter(|p| p.role == Role::Furniture).map(|p| p.passage.text.as_str());
    years.head = heads.chain([name]).find_map(full_date);
    for placed in placed {
        years.read(&placed.passage.text);
    }
    years
}

/// The first full date in a page head or file name.
fn full_date(text: &str) -> Option<NaiveDate> {
    let starts = text.char_indices().filter(|&(at, c)| {
        c.is_ascii_alphanumeric() && !text[..at].ends_with(|before: char| before.is_ascii_alphanumeric())
    });
    starts
        .filter_map(|(at, _)| {
            let mut cursor = Cursor::new(&text[at..]);
            chinese_day(&mut cursor).or_else(|| numeric_day(&mut cursor)).or_else(|| english_day(&mut cursor))
        })
        .find_map(|day| day.in_year(day.year?))
}

/// What every story of the page is made with.
struct Draft<'a, Tz: TimeZone> {
    years: &'a YearEvidence,
    holds: &'a [Hold],
    /// The day of the page, near which its embargoes are.
    page: NaiveDate,
    received: &'a DateTime<Tz>,
    remarks: &'a mut Vec<Remark>,
    /// The story's first line, for remarks.
    line: usize,
    /// A day that the story's days are near: that of its embargo.
    near: Option<NaiveDate>,
}

impl<Tz: TimeZone> Draft<'_, Tz> {
    fn story(&mut self, index: usize, mine: &[&Placed]) -> Story {
        for why in mine.iter().filter_map(|placed| placed.why).filter(|why| why.is_unsure()) {
            self.remark(RemarkKind::Unsure(why));
        }
        let texts = |role: Role| mine.iter().filter(move |p| p.role == role).map(|p| p.passage.text.as_str());
        let join = |role| texts(role).collect::<Vec<_>>().join(" ");
        let embargo = self.embargo(index);
        let printed = printed_dateline(mine);
        let dateline = printed.as_ref().map(|printed| self.dateline(printed));
        let (body, captions, kind, loose) = self.body(mine);
        let mut headline = unmarked_item(&join(Role::Headline)).to_owned();
        if headline.is_empty() {
            let mut announced = mine.iter().filter_map(|placed| announced_title(&placed.passage));
            announced.find(|title| !title.is_empty()).unwrap_or_default().clone_into(&mut headline);
        }
        if headline.is_empty() {
            self.remark(RemarkKind::NoHeadline);
            headline = first_sentence(&body, &captions, printed.as_ref());
        }
        let announced = announced(mine, &headline);
        let notes = texts(Role::Notice).filter(|note| !notice::is_urgency(note));
        let mut ednote = notes.collect::<Vec<_>>().join(" ");
        let mut body = body;
        if announced.advisory {
            // It is all for editors.
            let text = body.drain(..).map(|block| block.text);
            ednote =
                [ednote].into_iter().filter(|note| !note.is_empty()).chain(text).collect::<Vec<_>>().join(" ");
        }
        let received = self.received.to_utc().trunc_subsecs(0);
        let mut story = Story {
            id: StoryId::mint("", "", "", ""),
            version: 1,
            kind: if announced.brief { Kind::Brief } else { kind },
            pubstatus: match embargo {
                _ if announced.canceled => PubStatus::Canceled,
                // An embargo that cannot be read does not lift by itself.
                Embargo::Unreadable => PubStatus::Withheld,
                Embargo::Until(moment) if moment > received => PubStatus::Withheld,
                _ => announced.pubstatus(),
            },
            corrected: announced.corrected,
            urgency: announced.urgency,
            language: language::of(mine.iter().map(|p| p.passage.text.as_str())),
            kicker: join(Role::Kicker),
            title: notice::unmarked(&headline).to_owned(),
            headline,
            subheadline: join(Role::Deck),
            slugline: join(Role::Slug),
            bylines: bylines(mine, printed.as_ref()),
            dateline,
            body,
            captions,
            credits: [join(Role::Credits), loose].join(" ").trim().to_owned(),
            ednote,
            embargoed: match embargo {
                Embargo::Until(moment) => Some(moment),
                _ => None,
            },
            published: received,
            versioncreated: received,
            topics: Vec::new(),
            regions: Vec::new(),
        };
        let agency = printed.as_ref().map_or("", |d| d.agency.as_str());
        let printed_day =
            printed.as_ref().and_then(|d| d.day).map_or(String::new(), |d| format!("{}-{}", d.month, d.day));
        story.id = StoryId::mint(agency, &printed_day, &story.title, story.lead());
        story
    }

    fn remark(&mut self, kind: RemarkKind) {
        self.remarks.push(Remark { line: self.line, kind });
    }

    /// A day with its year; a remark says where the year came from.
    fn date(&mut self, day: PrintedDay) -> Option<NaiveDate> {
        if let Some(year) = day.year {
            return day.in_year(year);
        }
        let (year, source) = self.years.year_of(day, self.received, self.near);
        self.remark_year(year, source);
        day.in_year(year)
    }

    /// Says once for each story where a year came from.
    fn remark_year(&mut self, year: i32, source: YearSource) {
        let kind = RemarkKind::Year(year, source);
        let mut of_story = self.remarks.iter().rev().take_while(|remark| remark.line == self.line);
        if !of_story.any(|remark| remark.kind == kind) {
            self.remark(kind);
        }
    }

    /// The latest embargo of those that hold this story.
    fn embargo(&mut self, index: usize) -> Embargo {
        let mut latest = Embargo::None;
        for held in self.holds.iter().filter(|held| held.stories.binary_search(&index).is_ok()) {
            let lifts = held.note.lifts(self.page, &self.received.timezone());
            self.near = held.note.day(self.page).filter(|_| !held.ambiguous).or(self.near);
            if lifts.is_none_or(|moment| held.ambiguous && moment > self.received.to_utc()) {
                self.remark(RemarkKind::Embargo);
            }
            latest = match (lifts, latest) {
                (Some(moment), Embargo::None) => Embargo::Until(moment),
                (Some(moment), Embargo::Until(other)) => Embargo::Until(moment.max(other)),
                (Some(_), Embargo::Unreadable) | (None, _) => Embargo::Unreadable,
            };
        }
        latest
    }

    /// A day without its month, 20日電: the one nearest to the page's.
    fn day_near_page(&mut self, day: u32) -> Option<NaiveDate> {
        let (page, source) =
            self.years.head.map_or((self.page, YearSource::Received), |head| (head, YearSource::Head));
        let found = nearest_month(day, page)?;
        self.remark_year(found.year(), source);
        Some(found)
    }

    fn dateline(&mut self, printed: &dateline::Printed) -> Dateline {
        Dateline {
            agency: printed.agency.clone(),
            places: printed.places.clone(),
            date: match (printed.day, printed.day_alone) {
                (Some(day), _) => self.date(day),
                (None, Some(day)) => self.day_near_page(day),
                (None, None) => None,
            },
            raw: printed.raw.clone(),
        }
    }

    /// Paragraphs, captions, and credits without a caption; a photo story's paragraphs are its caption.
    fn body(&mut self, mine: &[&Placed]) -> (Vec<Block>, Vec<Caption>, Kind, String) {
        let mut body: Vec<Block> = Vec::new();
        let mut captions: Vec<Caption> = Vec::new();
        let mut loose: Vec<&str> = Vec::new();
        let mut credit_alone = None;
        for placed in mine {
            let text = placed.passage.text.as_str();
            match placed.role {
                Role::Paragraph => {
                    let (jump, text) = furniture::split_jump(furniture::split_end(text).0);
                    match body.last_mut() {
                        // The page ended in mid-sentence.
                        Some(last) if !jump.is_empty() && !ends_sentence(&last.text) => glue(&mut last.text, text),
                        // Nothing but marks stood there.
                        _ if text.trim().is_empty() => {}
                        _ => body.push(paragraph(text)),
                    }
                }
                // 新华社照片，… heads a caption; it stands in the dateline.
                Role::Dateline if matches!(placed.passage.shape, Shape::PhotoDateline(_)) => {}
                Role::Dateline => body.push(paragraph(text)),
                Role::Subhead => body.push(Block { kind: BlockKind::Subhead, text: text.to_owned() }),
                Role::Caption | Role::Credit => {
                    let Shape::Caption(found) = &placed.passage.shape else { continue };
                    if !found.text.is_empty() {
                        let taken = found.taken.and_then(|day| self.date(day));
                        captions.push(Caption { text: found.text.clone(), credit: found.credit.clone(), taken });
                    } else if placed.role == Role::Credit && captions.is_empty() && credit_alone.is_none() {
                        credit_alone = Some(found.credit.clone());
                    } else if captions.last().is_some_and(|caption| caption.credit.is_empty()) {
                        let longest = if super::caption::is_shared(text) { captions.len() } else { 1 };
                        let bare = captions.iter_mut().rev().take_while(|caption| caption.credit.is_empty());
                        bare.take(longest).for_each(|caption| caption.credit.clone_from(&found.credit));
                    } else {
                        // The credit of a picture that the page does not describe.
                        loose.push(text);
                    }
                }
                _ => {}
            }
        }
        if let Some(credit) = credit_alone {
            let text = body.iter().map(|block| block.text.as_str()).fold(String::new(), |mut all, text| {
                glue(&mut all, text);
                all
            });
            let taken = super::caption::taken(&text).and_then(|day| self.date(day));
            // Further pictures may follow the first.
            captions.insert(0, Caption { text, credit, taken });
            return (Vec::new(), captions, Kind::Photo, loose.join(" "));
        }
        let kind = if body.is_empty() && !captions.is_empty() { Kind::Photo } else { Kind::Text };
        (body, captions, kind, loose.join(" "))
    }
}

/// What the headline, the lines above it, the notes and the first sentences announce.
fn announced(mine: &[&Placed], headline: &str) -> Announced {
    /// Paragraphs that may say that a story is to be killed.
    const FIRST: usize = 3;
    let texts = |role: Role| mine.iter().filter(move |p| p.role == role).map(|p| p.passage.text.as_str());
    let above = texts(Role::Kicker).filter(|line| notice::announces(line)).map(notice::in_headline);
    let notes = texts(Role::Notice).map(notice::in_note);
    let said = notes.chain(above).chain([notice::in_headline(headline)]).reduce(Announced::or).unwrap_or_default();
    let recalled = texts(Role::Paragraph).take(FIRST).any(notice::asks_to_kill);
    Announced { canceled: said.canceled || recalled, ..said }
}

/// What a story's notes say of its release.
#[derive(Debug, Clone, Copy)]
enum Embargo {
    None,
    Until(DateTime<Utc>),
    Unreadable,
}

/// A note that holds stories back, and which.
struct Hold {
    note: embargo::Note,
    /// In their order, each once.
    stories: Vec<usize>,
    /// It stands between two stories and may be about either; it holds both.
    ambiguous: bool,
}

/// The embargoes in notes, headlines, and brackets at either end of a paragraph.
fn holds(placed: &[Placed]) -> Vec<Hold> {
    let mut holds: Vec<Hold> = Vec::new();
    for (at, this) in placed.iter().enumerate() {
        let text = this.passage.text.as_str();
        let note = match this.role {
            Role::Furniture | Role::Caption | Role::Credit => None,
            Role::Notice if let Some(note) = embargo::read(text) => {
                let (stories, ambiguous) = held(placed, at, note.scope, holds.last());
                holds.push(Hold { note, stories, ambiguous });
                continue;
            }
            Role::Headline | Role::Kicker | Role::Deck | Role::Subhead => embargo::inside(text, true),
            _ => embargo::inside(text, false),
        };
        if let Some(note) = note {
            holds.push(Hold { note, stories: this.story.into_iter().collect(), ambiguous: false });
        }
    }
    holds
}

/// The stories that the note at `at` holds, and whether it may be about only one of them. `last` is the note before it.
fn held(placed: &[Placed], at: usize, scope: Scope, last: Option<&Hold>) -> (Vec<usize>, bool) {
    let all =
        |placed: &[Placed]| placed.iter().filter_map(|p| p.story).collect::<BTreeSet<_>>().into_iter().collect();
    let is_part = |p: &&Placed| !matches!(p.role, Role::Notice | Role::Furniture) && p.story.is_some();
    let last_part = placed[..at].iter().rev().find(is_part);
    let above = last_part.and_then(|p| p.story);
    let below = placed[at..].iter().find(is_part).and_then(|p| p.story);
    let own = || placed[at].story.into_iter().collect::<Vec<_>>();
    // A story that has its own note, or its credits behind it, has nothing to do with one that follows.
    let ended = last_part.is_some_and(|p| matches!(p.role, Role::Credits | Role::EndMark));
    let noted =
        last.is_some_and(|last| !last.ambiguous && above.is_some_and(|above| last.stories.contains(&above)));
    match (scope, above, below) {
        (Scope::Page, ..) => (all(placed), false),
        (Scope::Below, _, Some(_)) => (all(&placed[at..]), false),
        (Scope::Above, Some(_), _) => (all(&placed[..at]), false),
        (_, Some(above), Some(below)) if above != below && (noted || ended && scope == Scope::Unsaid) => {
            (vec![below], false)
        }
        (Scope::This, Some(above), _) => (vec![above], false),
        (_, Some(above), Some(below)) => (vec![above.min(below), above.max(below)], above != below),
        (_, Some(story), None) | (_, None, Some(story)) => (vec![story], false),
        (_, None, None) => (own(), false),
    }
}

/// A headline without the mark of an item: ◆芬兰：….
fn unmarked_item(headline: &str) -> &str {
    let bare =
        headline.trim_start_matches(['◆', '◇', '●', '■', '□', '▲', '△', '▶', '★', '◎', '○', '•']).trim_start();
    if bare.is_empty() { headline } else { bare }
}

fn paragraph(text: &str) -> Block {
    Block { kind: BlockKind::Paragraph, text: text.to_owned() }
}

/// The dateline at the head of the text, else the one that closes it.
fn printed_dateline(mine: &[&Placed]) -> Option<dateline::Printed> {
    let at_head = || {
        mine.iter().find_map(|placed| match &placed.passage.shape {
            Shape::Text(Some(found)) if placed.role == Role::Paragraph => Some(found.clone()),
            Shape::PhotoDateline(found) => Some(found.clone()),
            _ => None,
        })
    };
    // 記者陳小明／台南報導, alone above the text.
    let of_reporter =
        || mine.iter().filter(|p| p.role == Role::Byline).find_map(|p| dateline::of_reporter(&p.passage.text));
    let at_end = || {
        mine.iter().rev().filter(|p| matches!(p.role, Role::Paragraph | Role::Dateline)).find_map(|placed| {
            match &placed.passage.shape {
                Shape::EndDateline(found) => Some(found.clone()),
                _ => dateline::at_end(&placed.passage.text).map(|(found, _)| found),
            }
        })
    };
    at_head().or_else(at_end).or_else(of_reporter)
}

/// The people of byline passages and of the dateline, each once.
fn bylines(mine: &[&Placed], dateline: Option<&dateline::Printed>) -> Vec<Byline> {
    let mut people: Vec<Byline> = Vec::new();
    let mut of_lines: Vec<Byline> = Vec::new();
    for placed in mine.iter().filter(|p| p.role == Role::Byline) {
        match &placed.passage.shape {
            Shape::Byline(names) if names.is_empty() => byline::add_unnamed(&mut of_lines, &placed.passage.text),
            Shape::Byline(names) => of_lines.extend(names.iter().cloned()),
            _ => of_lines.extend(byline::bare_name(&placed.passage.text).unwrap_or_default()),
        }
    }
    let at_ends = mine
        .iter()
        .filter(|p| p.role == Role::Paragraph)
        .filter_map(|placed| byline::at_end(&placed.passage.text))
        .flat_map(|(people, _)| people);
    let of_dateline = dateline.into_iter().flat_map(|d| d.bylines.clone());
    for person in of_lines.into_iter().chain(of_dateline).chain(at_ends) {
        if !people.iter().any(|known| known.name == person.name) {
            people.push(person);
        }
    }
    people
}

/// What heads a story that has no headline: its first sentence, without the dateline.
fn first_sentence(body: &[Block], captions: &[Caption], dateline: Option<&dateline::Printed>) -> String {
    /// Longer than any headline; a sentence is cut there.
    const LONGEST: usize = 60;
    let of_captions = captions.iter().map(|caption| &caption.text).find(|text| !text.is_empty());
    let text = body.first().map(|block| &block.text).or(of_captions);
    let text = text.map_or("", String::as_str).trim_start();
    let raw = dateline.map_or("", |d| d.raw.as_str());
    let whole = text.strip_prefix(raw).unwrap_or(text);
    let text = whole.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '。' | '！' | '？'));
    let end = text
        .char_indices()
        .find(|&(at, c)| matches!(c, '。' | '！' | '？') || (c == '.' && text[at + 1..].starts_with(' ')))
        .map_or(text.len(), |(at, _)| at);
    let sentence = shortened(&text[..end], LONGEST);
    let otherwise = [sentence, shortened(whole.trim(), LONGEST), raw.to_owned()];
    otherwise.into_iter().find(|text| !text.is_empty()).unwrap_or_default()
}

/// At most `longest` characters, cut between words, with an ellipsis where something was cut.
fn shortened(text: &str, longest: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(longest) else { return text.to_owned() };
    let cut = &text[..end];
    let cut = if cut.is_ascii() { cut.rsplit_once(' ').map_or(cut, |(words, _)| words) } else { cut };
    format!("{}…", cut.trim_end())
}
