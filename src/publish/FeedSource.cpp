#include "publish/FeedSource.h"

#include "publish/EntryId.h"
#include "xml/Element.h"

namespace tram::publish {

namespace {

constexpr std::size_t kMaxBytes = 8u << 20;
constexpr std::string_view kAtom = "http://www.w3.org/2005/Atom";

/// What is no time stays as it is written, so that a date is asked for, not something where there was
/// nothing.
std::string publishedOn(const std::string& time) {
    auto day = dayOf(time);
    return day.empty() ? plainText(time) : day;
}

std::string trimmed(const std::string& text) {
    const auto first = text.find_first_not_of(" \t\r\n"), last = text.find_last_not_of(" \t\r\n");
    return first == text.npos ? "" : text.substr(first, last - first + 1);
}

Row rssItem(const xml::Element& item) {
    const auto link = trimmed(item.child("link").text), guid = trimmed(item.child("guid").text);
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
    return trimmed(first).empty() ? entry.child(otherwise).text : first;
}

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) out += c == '&' ? "&amp;" : c == '<' ? "&lt;" : std::string(1, c);
    return out;
}

/// As HTML again, of which plainText makes lines. Local names: "{http://www.w3.org/1999/xhtml}p".
std::string htmlOf(const xml::Element& element) {
    std::string html;
    std::size_t at = 0;
    for (const auto& child : element.children) {
        const auto name = child.name.substr(child.name.find_last_of("}:") + 1);
        html += escaped(std::string_view(element.text).substr(at, child.at - at));
        html += '<' + name + '>' + htmlOf(child) + "</" + name + '>';
        at = child.at;
    }
    return html + escaped(std::string_view(element.text).substr(at));
}

/// RFC 4287 §3.1: text, html or xhtml, whose markup stands there as elements.
std::string atomText(const xml::Element& construct) {
    if (construct.attribute("type") == "xhtml") return plainText(htmlOf(construct));
    return plainText(construct.text);
}

std::string firstAtomText(const xml::Element& entry, const char* name, const char* otherwise) {
    auto first = atomText(entry.child(name));
    return first.empty() ? atomText(entry.child(otherwise)) : first;
}

Row atomEntry(const xml::Element& entry) {
    return {0,
            {{"id", derivedId(trimmed(entry.child("id").text))},
             {"title", atomText(entry.child("title"))},
             {"published", publishedOn(firstText(entry, "published", "updated"))},
             {"text", firstAtomText(entry, "content", "summary")},
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
    auto root = xml::parseXml(text, kMaxBytes, xml::Blanks::Kept);
    if (!root) return tell(faults, {file, 0, "", refusal(root.error())}), Table();
    if (xml::spaceOf(*root) == kAtom) xml::resolveNames(*root, kAtom);
    const auto& channel = root->child("channel");
    if (root->name == "rss" && !channel.empty()) return tableOf(channel.all("item"), rssItem);
    if (root->name == "feed") return tableOf(root->all("entry"), atomEntry);
    return tell(faults, {file, 0, "", "feed"}), Table();
}

}  // namespace tram::publish
