#include "publish/FeedSource.h"

#include "publish/EntryId.h"
#include "xml/Element.h"

namespace tram::publish {

namespace {

constexpr std::size_t kMaxBytes = 8u << 20;

/// What is no time stays as it is written, so that a date is asked for, not something where there was
/// nothing.
std::string publishedOn(const std::string& time) {
    auto day = dayOf(time);
    return day.empty() ? plainText(time) : day;
}

Row rssItem(const xml::Element& item) {
    const auto& link = item.child("link").text;
    const auto& guid = item.child("guid").text;
    return {0,
            {{"id", derivedId(guid.empty() ? link : guid)},
             {"title", plainText(item.child("title").text)},
             {"published", publishedOn(item.child("pubDate").text)},
             {"text", plainText(item.child("description").text)},
             {"link", link}}};
}

/// RFC 4287 §4.2.7.2: without a `rel` it is the alternate one.
std::string atomLink(const xml::Element& entry) {
    for (const auto* link : entry.all("link"))
        if (link->attribute("rel").empty() || link->attribute("rel") == "alternate")
            return link->attribute("href");
    return "";
}

const std::string& firstText(const xml::Element& entry, const char* name, const char* otherwise) {
    const auto& first = entry.child(name).text;
    return first.empty() ? entry.child(otherwise).text : first;
}

Row atomEntry(const xml::Element& entry) {
    return {0,
            {{"id", derivedId(entry.child("id").text)},
             {"title", plainText(entry.child("title").text)},
             {"published", publishedOn(firstText(entry, "published", "updated"))},
             {"text", plainText(firstText(entry, "content", "summary"))},
             {"link", atomLink(entry)}}};
}

template <class Read>
Table tableOf(const std::vector<const xml::Element*>& items, Read read) {
    Table table{{"id", "title", "published", "text", "link"}, {}};
    for (const auto* item : items) {
        table.rows.push_back(read(*item));
        table.rows.back().number = static_cast<int>(table.rows.size());
    }
    return table;
}

const char* refusal(const base::Problem& problem) {
    if (problem.kind == base::ProblemKind::TooLarge || problem.fact("detail") == "count") return "smaller";
    if (problem.fact("detail") == "doctype") return "no_doctype";
    return problem.fact("detail") == "xml" ? "xml" : "feed";
}

}  // namespace

Table readFeed(std::string_view text, const std::string& file, Faults& faults) {
    const auto root = xml::parseXml(text, kMaxBytes);
    if (!root) return tell(faults, {file, 0, "", refusal(root.error())}), Table();
    const auto& channel = root->child("channel");
    if (root->name == "rss" && !channel.empty()) return tableOf(channel.all("item"), rssItem);
    if (root->name == "feed") return tableOf(root->all("entry"), atomEntry);
    return tell(faults, {file, 0, "", "feed"}), Table();
}

}  // namespace tram::publish
