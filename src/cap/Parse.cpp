#include <algorithm>
#include <array>

#include "cap/Alert.h"
#include "cap/Node.h"
#include "cap/Shapes.h"

namespace tram::cap {

namespace {

using base::Result;

constexpr std::size_t kMostInfos = 16, kMostAreas = 200, kMostShapes = 200, kMostCodes = 500, kMostWords = 12,
                      kMostPoints = 8'000;
constexpr std::size_t kMostReferenceBytes = 64 * 1024;

template <class Value>
Value word(const Node& node, const char* name) {
    const auto text = node.neededLine(name);
    // §3.2.2: "Very Likely" of CAP 1.0 is to be taken for Likely.
    if (const auto value = valueOf<Value>(text == "Very Likely" ? "Likely" : text)) return *value;
    node.refuse(name, "word");
    return Value();
}

std::optional<base::WallTime> time(const Node& node, const char* name) {
    const auto text = node.line(name);
    if (text.empty()) return {};
    const auto time = readTime(text);
    if (!time) node.refuse(name, "time");
    return time;
}

std::string nameIn(const Node& node, const char* name) {
    auto text = node.neededLine(name);
    if (!isName(text)) node.refuse(name, "name");
    return text;
}

std::vector<Code> codes(const Node& node, const char* name) {
    std::vector<Code> all;
    for (auto& code : node.nodes(name, kMostCodes)) {
        code.allow({"valueName", "value"}, {});
        all.push_back({code.neededLine("valueName"), code.line("value")});
    }
    return all;
}

Area readArea(Node node) {
    node.allow({"areaDesc", "altitude", "ceiling"}, {"polygon", "circle", "geocode"});
    Area area;
    area.description = node.neededLine("areaDesc", 4000);
    for (const auto& text : node.texts("polygon", kMostShapes)) {
        auto polygon = readPolygon(text);
        if (!polygon) node.refuse("polygon", "polygon");
        if (polygon) area.polygons.push_back(std::move(*polygon));
    }
    for (const auto& text : node.texts("circle", kMostShapes)) {
        const auto circle = readCircle(text);
        if (!circle) node.refuse("circle", "circle");
        if (circle) area.circles.push_back(*circle);
    }
    area.geocodes = codes(node, "geocode");
    return area;
}

/// A person is to open it, by a picture of it: of what is no web address nothing is shown, which is no reason
/// to keep back an emergency.
std::string webAddress(std::string text) {
    const bool web = text.starts_with("https://") || text.starts_with("http://");
    return web && text.find(' ') == text.npos ? text : "";
}

void readTexts(const Node& node, Info& info) {
    info.senderName = node.line("senderName");
    info.headline = node.line("headline");
    info.description = node.prose("description");
    info.instruction = node.prose("instruction");
    info.contact = node.line("contact");
    info.web = webAddress(node.line("web"));
}

Info readInfo(Node node) {
    node.allow({"language", "event", "urgency", "severity", "certainty", "audience", "effective", "onset",
                "expires", "senderName", "headline", "description", "instruction", "web", "contact"},
               {"category", "responseType", "eventCode", "parameter", "resource", "area"});
    Info info;
    if (auto language = node.line("language"); !language.empty()) info.language = std::move(language);
    if (!isLanguage(info.language)) node.refuse("language", "language");
    info.categories = node.texts("category", kMostWords);
    if (info.categories.empty()) node.refuse("category", "missing");
    if (!std::ranges::all_of(info.categories, isCategory)) node.refuse("category", "word");
    info.event = node.neededLine("event");
    info.urgency = word<Urgency>(node, "urgency");
    info.severity = word<Severity>(node, "severity");
    info.certainty = word<Certainty>(node, "certainty");
    info.effective = time(node, "effective");
    info.onset = time(node, "onset");
    info.expires = time(node, "expires");
    readTexts(node, info);
    for (auto& area : node.nodes("area", kMostAreas)) info.areas.push_back(readArea(std::move(area)));
    return info;
}

std::size_t pointsOf(const std::vector<Info>& infos) {
    std::size_t count = 0;
    for (const auto& info : infos)
        for (const auto& area : info.areas)
            for (const auto& polygon : area.polygons) count += polygon.size();
    return count;
}

void readReferencesOf(const Node& node, Alert& alert) {
    const auto references = readReferences(node.line("references", kMostReferenceBytes));
    if (!references) node.refuse("references", "references");
    if (references) alert.references = *references;
    // §3.2.1: every type but Alert is about the messages it names.
    if (alert.msgType != MsgType::Alert && alert.references.empty())
        node.refuse("references", "needs_references");
}

Alert readAlert(Node node) {
    node.allow({"identifier", "sender", "sent", "status", "msgType", "source", "scope", "restriction",
                "addresses", "note", "references", "incidents"},
               {"code", "info"});
    Alert alert;
    alert.id = {nameIn(node, "sender"), nameIn(node, "identifier"), {}};
    const auto sent = time(node, "sent");
    if (!sent) node.refuse("sent", "missing");
    alert.id.sent = sent.value_or(base::WallTime());
    alert.status = word<Status>(node, "status");
    alert.msgType = word<MsgType>(node, "msgType");
    alert.scope = word<Scope>(node, "scope");
    readReferencesOf(node, alert);
    for (auto& info : node.nodes("info", kMostInfos)) alert.infos.push_back(readInfo(std::move(info)));
    const bool tells = alert.msgType == MsgType::Alert || alert.msgType == MsgType::Update;
    if (tells && alert.infos.empty()) node.refuse("info", "needs_info");
    if (pointsOf(alert.infos) > kMostPoints) node.refuse("info", "many");
    return alert;
}

/// What stands at a "&" that is none of XML 1.0 §4.6's five nor a character's number. pugixml leaves such
/// an entity as it is written; the standard (§4.1) has no meaning for one that nobody declared.
bool isEntity(std::string_view text) {
    const auto end = text.find(';');
    const auto inside = text.substr(1, end == text.npos ? 0 : end - 1);
    for (const auto* known : {"amp", "lt", "gt", "quot", "apos"})
        if (inside == known) return false;
    return !inside.starts_with('#');
}

bool namesEntity(std::string_view xml) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kNoMarkup{
        {{"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<?", "?>"}}};
    for (std::size_t at = xml.find_first_of("<&"); at != xml.npos; at = xml.find_first_of("<&", at + 1)) {
        const auto rest = xml.substr(at);
        if (rest.front() == '&' && isEntity(rest)) return true;
        for (const auto& [begin, end] : kNoMarkup)
            if (rest.starts_with(begin)) at = std::min(xml.find(end, at), xml.size() - 1);
    }
    return false;
}

/// Its prefix, where the root is <alert> of CAP 1.2; nothing else counts as one.
std::optional<std::string> prefixOf(const xml::Element& root) {
    const auto colon = root.name.find(':');
    const auto prefix = colon == root.name.npos ? "" : root.name.substr(0, colon);
    const bool alert = root.name == (prefix.empty() ? "alert" : prefix + ":alert");
    if (!alert || root.attribute(prefix.empty() ? "xmlns" : "xmlns:" + prefix) != kNamespace) return {};
    return prefix;
}

Result<xml::Element> elementsOf(std::string_view text) {
    auto root = xml::parseXml(text, Alert::kMaxBytes);
    if (!root && root.error().kind == base::ProblemKind::Malformed)
        for (const char* rule : {"doctype", "depth", "count", "xml"})
            if (root.error().fact("detail") == rule) return tl::unexpected(malformed("", rule));
    if (root && namesEntity(text)) return tl::unexpected(malformed("", "entity"));
    return root;
}

}  // namespace

Result<Alert> Alert::parse(std::string_view text) {
    const auto root = elementsOf(text);
    if (!root) return tl::unexpected(root.error());
    const auto prefix = prefixOf(*root);
    if (!prefix) return tl::unexpected(malformed("", "namespace"));
    Fault fault;
    auto alert = readAlert(Node(*root, "", *prefix, fault));
    if (fault.any()) return tl::unexpected(fault.problem());
    return alert;
}

}  // namespace tram::cap
