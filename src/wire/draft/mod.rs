//! Placed passages to stories: each role into its field.

mod body;
mod day;
mod head;
mod hold;

use chrono::{DateTime, NaiveDate, SubsecRound, TimeZone};

use self::hold::{Embargo, Holds};
use super::date::{YearEvidence, YearSource};
use super::split::{LONGEST_BRIEF, Placed, Role};
use super::{Remark, RemarkKind, dateline, furniture, language, notice};
use crate::story::{Kind, PubStatus, Story, StoryId};

/// Makes the stories of a page.
pub(super) fn stories<Tz: TimeZone>(
    placed: &[Placed],
    name: &str,
    received: &DateTime<Tz>,
    remarks: &mut Vec<Remark>,
) -> Vec<Story> {
    let years = day::year_evidence(placed, name);
    let holds = Holds::of_page(placed);
    let page = day::page_day(years.head, received.date_naive());
    let mut draft = Draft {
        years: &years,
        holds: &holds,
        page,
        received,
        remarks,
        years_told: Vec::new(),
        line: 0,
        near: None,
    };
    let mut stories: Vec<Story> =
        by_story(placed).into_iter().enumerate().map(|(index, mine)| draft.story(index, &mine)).collect();
    remarks.sort_by_key(|remark| remark.line);
    mark_briefs(&mut stories, placed);
    day::publish(&mut stories, years.head, received);
    stories
}

fn first_line(mine: &[&Placed]) -> usize {
    mine.first().and_then(|placed| placed.passage.lines.first()).copied().unwrap_or(0)
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
    let mut measured = None;
    for Placed { passage, role, story, .. } in placed {
        let text = passage.text.as_str();
        match (role, story) {
            (Role::Furniture, _) if furniture::is_briefs_head(text) => in_briefs = true,
            (Role::Furniture, _) if in_briefs => in_briefs = !furniture::ends_column(text),
            (Role::Credits, _) if in_briefs => in_briefs = !furniture::is_column_credit(text),
            (_, Some(index)) if in_briefs => {
                // The passages of a story stand together: it is measured once.
                if measured == Some(*index) {
                    continue;
                }
                measured = Some(*index);
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

/// The texts of a story's passages in one role.
fn texts<'a>(mine: &[&'a Placed], role: Role) -> impl Iterator<Item = &'a str> {
    mine.iter().filter(move |placed| placed.role == role).map(|placed| placed.passage.text.as_str())
}

fn joined(mine: &[&Placed], role: Role) -> String {
    texts(mine, role).collect::<Vec<_>>().join(" ")
}

/// What every story of the page is made with.
struct Draft<'a, Tz: TimeZone> {
    years: &'a YearEvidence,
    holds: &'a Holds,
    /// The day of the page, near which its embargoes are.
    page: NaiveDate,
    received: &'a DateTime<Tz>,
    remarks: &'a mut Vec<Remark>,
    /// Years that a remark has told the source of.
    years_told: Vec<(i32, YearSource)>,
    /// The story's first line, for remarks.
    line: usize,
    /// A day that the story's days are near: that of its embargo.
    near: Option<NaiveDate>,
}

impl<Tz: TimeZone> Draft<'_, Tz> {
    fn story(&mut self, index: usize, mine: &[&Placed]) -> Story {
        self.line = first_line(mine);
        for placed in mine {
            if let Some(why) = placed.why.filter(|why| why.is_unsure()) {
                let line = placed.passage.lines.first().copied().unwrap_or(self.line);
                self.remarks.push(Remark { line, kind: RemarkKind::Unsure(why) });
            }
        }
        self.near = self.day_of_embargo(index);
        let printed = head::printed_dateline(mine);
        let dateline = printed.as_ref().map(|printed| self.dateline(printed));
        let embargo = self.embargo(index, dateline.as_ref());
        let mut body = self.body(mine);
        let kind = body.kind();
        let headline = self.headline(mine, &body, printed.as_ref());
        let announced = head::announced(mine, &headline);
        let mut ednote: Vec<String> =
            texts(mine, Role::Notice).filter(|note| !notice::is_urgency(note)).map(str::to_owned).collect();
        if announced.advisory {
            // It is all for editors.
            ednote.extend(body.blocks.drain(..).map(|block| block.text));
        }
        let received = self.received.to_utc().trunc_subsecs(0);
        let credits = [joined(mine, Role::Credits), body.credits.join(" ")].join(" ");
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
            kicker: joined(mine, Role::Kicker),
            title: notice::unmarked(&headline).to_owned(),
            headline,
            subheadline: joined(mine, Role::Deck),
            slugline: joined(mine, Role::Slug),
            bylines: head::bylines(mine, printed.as_ref()),
            dateline,
            body: body.blocks,
            captions: body.captions,
            credits: credits.trim().to_owned(),
            ednote: ednote.join(" "),
            correction: if announced.corrected { correction(mine) } else { String::new() },
            embargoed: match embargo {
                Embargo::Until(moment) => Some(moment),
                _ => None,
            },
            published: received,
            versioncreated: received,
            topics: Vec::new(),
            regions: Vec::new(),
        };
        story.id = minted(&story, printed.as_ref());
        story
    }

    fn remark(&mut self, kind: RemarkKind) {
        self.remarks.push(Remark { line: self.line, kind });
    }
}

/// What the notes of a corrected story tell readers of it.
fn correction(mine: &[&Placed]) -> String {
    texts(mine, Role::Notice).filter_map(notice::correction).collect::<Vec<_>>().join(" ")
}

/// The id of a story, from what does not change when a later version comes.
fn minted(story: &Story, dateline: Option<&dateline::Printed>) -> StoryId {
    let agency = dateline.map_or("", |found| found.agency.as_str());
    let day = dateline.and_then(|found| found.day);
    let day = day.map_or(String::new(), |day| format!("{}-{}", day.month, day.day));
    StoryId::mint(agency, &day, &story.title, story.lead())
}
