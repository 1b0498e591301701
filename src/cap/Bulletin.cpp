#include "cap/Bulletin.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <numeric>

#include "cap/Shapes.h"
#include "strict/Json.h"
#include "wire/Members.h"

namespace tram::cap {

namespace {

using nlohmann::json;
using wire::Members;

constexpr std::size_t kMaxValues = 400'000, kLine = 4000, kProse = 40'000;

json pairOf(const Point& point) {
    return {point.latitude, point.longitude};
}

json toJson(const Area& area) {
    json object{{"name", area.description}};
    if (!area.wards.empty()) object["wards"] = area.wards;
    for (const auto& polygon : area.polygons) {
        auto ring = json::array();
        for (const auto& point : polygon) ring.push_back(pairOf(point));
        object["polygons"].push_back(std::move(ring));
    }
    for (const auto& circle : area.circles)
        object["circles"].push_back({circle.centre.latitude, circle.centre.longitude, circle.kilometres});
    return object;
}

json toJson(const Info& info) {
    json object{{"language", info.language},
                {"categories", info.categories},
                {"event", info.event},
                {"urgency", name(info.urgency)},
                {"severity", name(info.severity)},
                {"certainty", name(info.certainty)},
                {"from", base::toRfc3339(info.effective.value_or(base::WallTime()))},
                {"until", base::toRfc3339(info.expires.value_or(base::WallTime()))},
                {"areas", json::array()}};
    if (info.onset) object["onset"] = base::toRfc3339(*info.onset);
    for (const auto& [key, text] :
         {std::pair<const char*, const std::string&>{"sender_name", info.senderName},
          {"headline", info.headline},
          {"description", info.description},
          {"instruction", info.instruction},
          {"contact", info.contact},
          {"web", info.web}})
        if (!text.empty()) object[key] = text;
    for (const auto& area : info.areas) object["areas"].push_back(toJson(area));
    return object;
}

json toJson(const Notice& notice) {
    json object{{"sender", notice.id.sender},
                {"identifier", notice.id.identifier},
                {"sent", base::toRfc3339(notice.id.sent)},
                {"drill", notice.drill},
                {"update", notice.update},
                {"infos", json::array()}};
    for (const auto& info : notice.infos) object["infos"].push_back(toJson(info));
    return object;
}

base::WallTime readMoment(Members& members, const char* key) {
    base::WallTime time;
    base::fromRfc3339(members.text(key, 40, wire::isRfc3339), time);
    return time;
}

template <class Value>
Value readWord(Members& members, const char* key) {
    const auto value = valueOf<Value>(members.text(key, 20));
    if (!value) members.refuse(key);
    return value.value_or(Value());
}

std::string optionalProse(Members& members, const char* key) {
    return members.has(key) ? members.prose(key, kProse).reveal() : std::string();
}

bool isNumbers(const json& value, std::size_t count) {
    return value.is_array() && value.size() == count &&
           std::ranges::all_of(value, [](const json& one) { return one.is_number(); });
}

bool readPair(const json& value, std::size_t numbers, Point& out) {
    if (!isNumbers(value, numbers)) return false;
    out = {value[0].get<double>(), value[1].get<double>()};
    return isPoint(out);
}

void readPolygons(Members& members, Area& area) {
    for (const auto& ring : members.array("polygons", 1, 200)) {
        Polygon polygon;
        if (!ring.is_array()) return members.refuse("polygons");
        for (const auto& pair : ring)
            if (!readPair(pair, 2, polygon.emplace_back())) return members.refuse("polygons");
        if (polygon.size() < 4 || polygon.front() != polygon.back()) return members.refuse("polygons");
        area.polygons.push_back(std::move(polygon));
    }
}

void readCircles(Members& members, Area& area) {
    for (const auto& numbers : members.array("circles", 1, 200)) {
        Circle circle;
        if (!readPair(numbers, 3, circle.centre)) return members.refuse("circles");
        circle.kilometres = numbers[2].get<double>();
        if (circle.kilometres < 0) return members.refuse("circles");
        area.circles.push_back(circle);
    }
}

std::vector<std::string> readWords(Members& members, const char* key, std::size_t most, std::size_t longest) {
    std::vector<std::string> all;
    for (const auto& word : members.array(key, 1, most)) {
        if (!word.is_string() || word.get_ref<const std::string&>().size() > longest)
            return members.refuse(key), all;
        all.push_back(word.get<std::string>());
    }
    return all;
}

Area readArea(const json& value, Members& parent) {
    Members members(value);
    Area area;
    area.description = members.text("name", kLine);
    if (members.has("wards")) area.wards = readWords(members, "wards", 500, kLine);
    if (members.has("polygons")) readPolygons(members, area);
    if (members.has("circles")) readCircles(members, area);
    parent.adopt(members.finish());
    return area;
}

Info readInfo(const json& value, Members& parent) {
    Members members(value);
    Info info;
    info.language = members.text("language", 40, isLanguage);
    info.categories = readWords(members, "categories", 12, 20);
    if (!std::ranges::all_of(info.categories, isCategory)) members.refuse("categories");
    info.event = members.text("event", kLine);
    info.urgency = readWord<Urgency>(members, "urgency");
    info.severity = readWord<Severity>(members, "severity");
    info.certainty = readWord<Certainty>(members, "certainty");
    info.effective = readMoment(members, "from");
    info.expires = readMoment(members, "until");
    if (members.has("onset")) info.onset = readMoment(members, "onset");
    info.senderName = members.optionalText("sender_name", kLine);
    info.headline = members.optionalText("headline", kLine);
    info.description = optionalProse(members, "description");
    info.instruction = optionalProse(members, "instruction");
    info.contact = members.optionalText("contact", kLine);
    info.web = members.optionalText("web", kLine);
    for (const auto& area : members.array("areas", 0, 200)) info.areas.push_back(readArea(area, members));
    parent.adopt(members.finish());
    return info;
}

Notice readNotice(const json& value, Members& parent) {
    Members members(value);
    Notice notice{{members.text("sender", 300, isName), members.text("identifier", 300, isName),
                   readMoment(members, "sent")},
                  members.flag("drill"),
                  members.flag("update"),
                  {}};
    for (const auto& info : members.array("infos", 1, 16)) notice.infos.push_back(readInfo(info, members));
    parent.adopt(members.finish());
    return notice;
}

std::size_t pointsOf(const Notice& notice) {
    std::size_t count = 0;
    for (const auto& info : notice.infos)
        for (const auto& area : info.areas) {
            count += area.circles.size();
            for (const auto& polygon : area.polygons) count += polygon.size();
        }
    return count;
}

}  // namespace

base::Result<Bulletin> Bulletin::parse(std::string_view text) {
    const auto parsed = strict::parseJson(text, kMaxBytes, kMaxValues);
    if (!parsed) return tl::unexpected(parsed.error());
    Members members(*parsed);
    members.version(1);
    Bulletin bulletin;
    bulletin.version = members.integer("version", 1, std::int64_t{1} << 53);
    bulletin.signedAt = readMoment(members, "signed_at");
    bulletin.expires = readMoment(members, "expires");
    if (bulletin.expires <= bulletin.signedAt) members.refuse("expires");
    for (const auto& notice : members.array("alerts", 0, kMaxNotices))
        bulletin.notices.push_back(readNotice(notice, members));
    return members.finish().map([&] { return std::move(bulletin); });
}

std::string Bulletin::toJson() const {
    json document{{"v", 1},
                  {"version", version},
                  {"signed_at", base::toRfc3339(signedAt)},
                  {"expires", base::toRfc3339(expires)},
                  {"alerts", json::array()}};
    for (const auto& notice : notices) document["alerts"].push_back(cap::toJson(notice));
    return strict::dumpJson(document);
}

std::size_t Bulletin::fit() {
    std::vector<std::size_t> asTheyStand(notices.size());
    std::iota(asTheyStand.begin(), asTheyStand.end(), 0);
    return fit(asTheyStand);
}

std::size_t Bulletin::fit(const std::vector<std::size_t>& first) {
    constexpr std::size_t kAround = 400;  // what stands around the notices
    std::size_t bytes = kAround, points = 0, kept = 0;
    std::vector<bool> stays(notices.size());
    for (const auto place : first) {
        const auto size = noticesJson({notices[place]}).size(), shapes = pointsOf(notices[place]);
        if (kept == kMaxNotices || bytes + size > kMaxBytes || points + shapes > kMaxPoints) continue;
        bytes += size, points += shapes, ++kept;
        stays[place] = true;
    }
    std::size_t place = 0;
    return std::erase_if(notices, [&](const Notice&) { return !stays[place++]; });
}

std::string noticesJson(const std::vector<Notice>& notices) {
    auto list = json::array();
    for (const auto& notice : notices) list.push_back(toJson(notice));
    return strict::dumpJson(list);
}

}  // namespace tram::cap
