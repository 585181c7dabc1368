//! OPML 2.0 (opml.org/spec2.opml): lists of feeds that a reader imports at once.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::catalogue::{Definition, Each, Member, unlisted_names};
use super::{Catalogue, Feed, Format, Site, content};
use crate::story::Agency;
use crate::taxonomy::Taxonomy;

/// All feeds, each family in an outline of its own; among the agencies also these, which no table names.
#[must_use]
pub fn all(catalogue: &Catalogue, site: &Site, taxonomy: &Taxonomy, unlisted: &[Agency]) -> String {
    document(&site.title, |writer| {
        for definition in catalogue.definitions() {
            if definition.each.is_none() {
                outline(writer, &definition.feed(site), site)?;
                continue;
            }
            let title = [("text", definition.heading(site))];
            writer
                .create_element("outline")
                .with_attributes(title.iter().map(|(name, text)| (*name, text.as_str())))
                .write_inner_content(|writer| members(writer, definition, site, taxonomy, unlisted))?;
        }
        Ok(())
    })
}

/// The feeds of one family, flat, with those of agencies that no table names; `None` when there is none of this name.
#[must_use]
pub fn family(
    name: &str,
    catalogue: &Catalogue,
    site: &Site,
    taxonomy: &Taxonomy,
    unlisted: &[Agency],
) -> Option<String> {
    let definition = catalogue.definitions().find(|one| one.name == name && one.each.is_some())?;
    let title = format!("{}: {}", site.title, definition.heading(site));
    Some(document(&title, |writer| members(writer, definition, site, taxonomy, unlisted)))
}

fn members(
    writer: &mut Writer<Vec<u8>>,
    definition: &Definition,
    site: &Site,
    taxonomy: &Taxonomy,
    unlisted: &[Agency],
) -> std::io::Result<()> {
    definition
        .members(taxonomy)
        .try_for_each(|member| outline(writer, &definition.member(&member, site), site))?;
    for agency in unlisted.iter().filter(|_| definition.each == Some(Each::Agency)) {
        let names = unlisted_names(agency);
        outline(writer, &definition.member(&Member::unlisted(agency, &names), site), site)?;
    }
    Ok(())
}

fn outline(writer: &mut Writer<Vec<u8>>, feed: &Feed, site: &Site) -> std::io::Result<()> {
    let (xml, html) = (site.url(&feed.path_as(Format::Atom)), site.url(&feed.page()));
    let attributes =
        [("type", "rss"), ("text", &*feed.title), ("title", &*feed.title), ("xmlUrl", &*xml), ("htmlUrl", &*html)];
    writer.create_element("outline").with_attributes(attributes).write_empty()?;
    Ok(())
}

fn document(title: &str, outlines: impl FnOnce(&mut Writer<Vec<u8>>) -> std::io::Result<()>) -> String {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 1);
    let write = || -> std::io::Result<()> {
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
        writer.create_element("opml").with_attribute(("version", "2.0")).write_inner_content(|writer| {
            writer.create_element("head").write_inner_content(|writer| {
                writer.create_element("title").write_text_content(BytesText::new(title))?;
                Ok(())
            })?;
            writer.create_element("body").write_inner_content(outlines)?;
            Ok(())
        })?;
        Ok(())
    };
    write().expect("writing to memory does not fail");
    content::legal(String::from_utf8(writer.into_inner()).expect("the writer is given strings"))
}
