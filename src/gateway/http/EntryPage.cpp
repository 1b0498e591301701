#include "gateway/http/EntryPage.h"

#include "base/Markup.h"

#include "catalogue/Freshness.h"
#include "catalogue/Values.h"
#include "wire/Directions.h"

namespace tram::gateway {
namespace {

using catalogue::FieldType;
using catalogue::FieldValue;

/// What a pack holds is Vietnamese, whatever the page is in (WCAG 3.1.2).
constexpr const char* kPublished = " lang=\"vi\"";

/// Lines of their own beneath the label, not a value beside it.
bool isLong(const FieldValue& value) {
    return value.field->type == FieldType::Prose || value.field->type == FieldType::List;
}

bool isPublished(const FieldValue& value) {
    return isLong(value) || value.field->type == FieldType::Text;
}

/// `inner` is HTML.
std::string element(const std::string& name, const std::string& attributes, const std::string& inner) {
    return "<" + name + attributes + ">" + inner + "</" + name + ">\n";
}

std::string link(const std::string& target, const std::string& text) {
    return "<a href=\"" + base::markupText(target) + "\" rel=\"noopener noreferrer\">" +
           base::markupText(text) + "</a>";
}

std::string listed(const FieldValue& value) {
    std::string items;
    for (const auto& line : value.lines) {
        const auto text = base::markupText(line);
        items += element("li", "",
                         value.field->checklist
                             ? "<label><input type=\"checkbox\"><span>" + text + "</span></label>"
                             : text);
    }
    const auto& field = *value.field;
    const std::string look = field.numbered ? "steps" : field.checklist ? "checks" : "points";
    return element(field.numbered ? "ol" : "ul", " class=\"" + look + "\"" + kPublished, items);
}

}  // namespace

EntryPage::EntryPage(const Pages& pages, const WardNames& wards, const std::string& directions,
                     std::string language)
    : pages_(pages),
      wards_(wards),
      directions_(directions),
      language_(std::move(language)),
      words_(language_, [&pages, in = language_](std::string_view key, const Pages::Values& values) {
          return pages.say(in, key, values);
      }) {}

std::string EntryPage::say(std::string_view key, const Pages::Values& values) const {
    return pages_.say(language_, key, values);
}

std::string EntryPage::label(const FieldValue& value) const {
    return base::markupText(value.field->label.in(language_));
}

std::string EntryPage::shortValue(const FieldValue& value) const {
    const auto text = words_.text(value);
    if (value.field->type == FieldType::Link) return link(value.text, catalogue::hostOf(value.text));
    if (value.field->type == FieldType::Phone) return link(catalogue::dialled(value.text), text);
    return base::markupText(text);
}

std::string EntryPage::longValue(const FieldValue& value) const {
    if (value.field->type == FieldType::List) return listed(value);
    return element("p", std::string(" class=\"text\"") + kPublished, base::markupText(words_.text(value)));
}

std::string EntryPage::section(const catalogue::Section& section,
                               const std::vector<FieldValue>& values) const {
    std::string facts, longs;
    for (const auto& id : section.fields) {
        const auto* value = catalogue::valueOf(values, id);
        if (!value) continue;
        if (isLong(*value)) {
            if (section.fields.size() > 1) longs += element("h3", "", label(*value));
            longs += longValue(*value);
        } else {
            facts += element("dt", "", label(*value)) +
                     element("dd", isPublished(*value) ? kPublished : "", shortValue(*value));
        }
    }
    if (facts.empty() && longs.empty()) return "";
    if (!facts.empty()) facts = element("dl", "", "\n" + facts);
    return element("section", " class=\"card\"",
                   "\n" + element("h2", "", base::markupText(section.title.in(language_))) + facts + longs);
}

std::string EntryPage::notice(const catalogue::Kind& kind, const EntryShelf::Found& found,
                              base::WallTime now) const {
    const auto told = [&](std::string_view title, const std::string& text) {
        return element(
            "section", " class=\"card notice\"",
            element("h2", "", base::markupText(say(title, {}))) + element("p", "", base::markupText(text)));
    };
    if (catalogue::isTooOld(kind, found.about.asOf, now))
        return told("city.too_old.title",
                    say("web.entry.old.text", {{"day", catalogue::day(found.about.asOf)}}));
    if (!catalogue::isOver(kind, found.entry.fields, now)) return "";
    const auto last = catalogue::dateIn(found.entry.fields, kind.until) + "T12:00:00+07:00";
    return told("web.entry.over.title", say("web.entry.over.text", {{"day", catalogue::day(last)}}));
}

std::string EntryPage::way(const pack::Entry& entry) const {
    if (!entry.place) return "";
    const auto link = wire::directionsTo(directions_, entry.place->latitude, entry.place->longitude);
    return element("p", "",
                   "<a class=\"button\" href=\"" + base::markupText(link) +
                       "\" rel=\"noopener noreferrer\">" + base::markupText(say("web.entry.way", {})) +
                       "</a>");
}

std::string EntryPage::main(const catalogue::Kind& kind, const EntryShelf::Found& found,
                            base::WallTime now) const {
    const auto& entry = found.entry;
    const auto values = catalogue::fieldValues(kind, entry.fields);
    std::string sections;
    if (!catalogue::isTooOld(kind, found.about.asOf, now)) {
        sections = way(entry);
        for (const auto& one : kind.sections) sections += section(one, values);
    }
    auto where = kind.name.in(language_);
    if (!entry.ward.empty()) where += " · " + wardName(wards_, entry.ward);
    const auto source = say("follow.status.source",
                            {{"source", found.about.source}, {"time", catalogue::day(found.about.asOf)}});
    return pages_.fill("entry.html", language_,
                       {{"title", entry.title}, {"where", where}, {"origin", source}},
                       {{"notice", notice(kind, found, now)}, {"sections", sections}});
}

}  // namespace tram::gateway
