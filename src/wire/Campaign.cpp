#include "wire/Campaign.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "wire/Json.h"
#include "wire/Members.h"

namespace tram::wire {

namespace {

using base::Result;
using nlohmann::json;

constexpr std::size_t kMaxSlug = 64;
constexpr std::int64_t kVersion = 1, kFarVersion = 1'000'000'000;

/// Told only, or also what an operator may write of it.
enum class Form { Told, Planned };

bool isWard(std::string_view text) {
    return text.size() == 5 && std::ranges::all_of(text, [](char c) { return '0' <= c && c <= '9'; });
}
bool isKioskGroup(std::string_view text) {
    return text.empty() || isSlug(text);
}
bool isDateOrNone(std::string_view text) {
    return text.empty() || isDate(text);
}

json toJsonValue(const Campaign::Unit& unit, Form form) {
    json cells = json::array();
    for (const auto& cell : unit.cells) {
        json one{{"group", cell.group}, {"target", cell.target}};
        if (form == Form::Told) one["counted"] = cell.counted;
        cells.push_back(std::move(one));
    }
    json value{{"name", unit.name}, {"cells", std::move(cells)}};
    if (form == Form::Told) value.update({{"counted", unit.counted}, {"last", unit.last}});
    return value;
}

json toJsonValue(const Campaign& campaign, Form form) {
    json groups = json::array(), units = json::array();
    for (const auto& group : campaign.groups)
        groups.push_back({{"id", group.id}, {"name", toJsonValue(group.name)}});
    for (const auto& unit : campaign.units) units.push_back(toJsonValue(unit, form));
    json value{{"id", campaign.id},
               {"title", toJsonValue(campaign.title)},
               {"guides", campaign.guides},
               {"from", campaign.from},
               {"deadline", campaign.deadline},
               {"groups", std::move(groups)},
               {"kiosk_group", campaign.kioskGroup},
               {"units", std::move(units)}};
    if (form == Form::Planned) return value;
    json days = json::array(), obstacles = json::array();
    for (const auto& day : campaign.days) days.push_back({{"day", day.day}, {"count", day.count}});
    for (const auto& one : campaign.obstacles)
        obstacles.push_back({{"reason", one.reason}, {"count", one.count}});
    value["days"] = std::move(days);
    value["obstacles"] = std::move(obstacles);
    value["elsewhere"] = campaign.elsewhere;
    return value;
}

Result<void> finish(const Members& members, Form form) {
    return form == Form::Told ? members.finishLeniently() : members.finish();
}

/// A later program's meaning is not guessed at.
Result<void> checkVersion(const json& document) {
    Members members(document);
    const auto version = members.integer("v", 1, kFarVersion);
    if (auto read = members.finishLeniently(); !read) return read;
    if (version > kVersion)
        return base::fail(base::ProblemKind::StoreTooNew,
                          {{"key", "v"}, {"expected", std::to_string(kVersion)}});
    return {};
}

void readGuides(Members& members, Campaign& campaign) {
    for (const json& one : members.array("guides", 1, Campaign::kMostGuides)) {
        const auto* text = one.get_ptr<const std::string*>();
        if (!text || text->size() > kLongestEntryId || !isEntryId(*text)) return members.refuse("guides");
        campaign.guides.push_back(*text);
    }
}

void readGroups(Members& members, Campaign& campaign, Form form) {
    for (const json& one : members.array("groups", 1, Campaign::kMostGroups)) {
        Members group(one);
        Campaign::Group read;
        read.id = group.text("id", kMaxSlug, isSlug);
        read.name = readBilingual(group.object("name"), group);
        if (campaign.hasGroup(read.id)) group.refuse("id");
        members.adopt(finish(group, form));
        campaign.groups.push_back(std::move(read));
    }
    campaign.kioskGroup = members.optionalText("kiosk_group", kMaxSlug, isKioskGroup);
    if (!campaign.kioskGroup.empty() && !campaign.hasGroup(campaign.kioskGroup))
        members.refuse("kiosk_group");
}

Campaign::Cell readCell(const json& value, Members& unit, const Campaign& campaign, Form form) {
    Members cell(value);
    Campaign::Cell read;
    read.group = cell.text("group", kMaxSlug, isSlug);
    read.target = cell.integer("target", 0, Campaign::kMost);
    if (form == Form::Told) read.counted = cell.integer("counted", 0, Campaign::kMost);
    if (!campaign.hasGroup(read.group)) cell.refuse("group");
    unit.adopt(finish(cell, form));
    return read;
}

void readUnits(Members& members, Campaign& campaign, Form form) {
    std::set<std::string> names;
    for (const json& one : members.array("units", 1, Campaign::kMostUnits)) {
        Members unit(one);
        Campaign::Unit read;
        read.name = unit.text("name", Campaign::kMaxName, isNotEmpty);
        std::set<std::string> groups;
        for (const json& value : unit.array("cells", 0, Campaign::kMostGroups)) {
            read.cells.push_back(readCell(value, unit, campaign, form));
            if (!groups.insert(read.cells.back().group).second) unit.refuse("cells");
        }
        if (form == Form::Told) {
            read.counted = unit.integer("counted", 0, Campaign::kMost);
            read.last = unit.text("last", 10, isDateOrNone);
        }
        if (!names.insert(read.name).second) unit.refuse("name");
        members.adopt(finish(unit, form));
        campaign.units.push_back(std::move(read));
    }
}

void readDays(Members& members, Campaign& campaign) {
    for (const json& one : members.array("days", 0, Campaign::kMostDays)) {
        Members day(one);
        Campaign::DayCount read;
        read.day = day.text("day", 10, isDate);
        read.count = day.integer("count", 0, Campaign::kMost);
        if (!campaign.days.empty() && campaign.days.back().day >= read.day) day.refuse("day");
        members.adopt(day.finishLeniently());
        campaign.days.push_back(std::move(read));
    }
    for (const json& one : members.array("obstacles", 0, Campaign::kMostObstacles)) {
        Members obstacle(one);
        Campaign::Obstacle read;
        read.reason = obstacle.text("reason", kMaxSlug, isSlug);
        read.count = obstacle.integer("count", 0, Campaign::kMost);
        members.adopt(obstacle.finishLeniently());
        campaign.obstacles.push_back(std::move(read));
    }
    campaign.elsewhere = members.integer("elsewhere", 0, Campaign::kMost);
}

Campaign readCampaign(const json& value, Members& parent, Form form) {
    Members members(value);
    Campaign campaign;
    campaign.id = members.text("id", kMaxSlug, isSlug);
    campaign.title = readBilingual(members.object("title"), members);
    readGuides(members, campaign);
    campaign.from = members.text("from", 10, isDate);
    campaign.deadline = members.text("deadline", 10, isDate);
    if (campaign.deadline < campaign.from) members.refuse("deadline");
    readGroups(members, campaign, form);
    readUnits(members, campaign, form);
    if (form == Form::Told) readDays(members, campaign);
    parent.adopt(finish(members, form));
    return campaign;
}

}  // namespace

std::int64_t Campaign::Unit::target() const {
    std::int64_t sum = 0;
    for (const auto& cell : cells) sum += cell.target;
    return sum;
}

std::int64_t Campaign::target() const {
    std::int64_t sum = 0;
    for (const auto& unit : units) sum += unit.target();
    return sum;
}

std::int64_t Campaign::counted() const {
    std::int64_t sum = elsewhere;
    for (const auto& unit : units) sum += unit.counted;
    return sum;
}

bool Campaign::hasUnit(std::string_view name) const {
    return std::ranges::find(units, name, &Unit::name) != units.end();
}

bool Campaign::hasGroup(std::string_view group) const {
    return std::ranges::find(groups, group, &Group::id) != groups.end();
}

std::vector<const Campaign::Unit*> Campaign::silent() const {
    std::vector<const Unit*> found;
    for (const auto& unit : units)
        if (unit.last.empty()) found.push_back(&unit);
    return found;
}

std::string Campaigns::toJson() const {
    json list = json::array();
    for (const auto& campaign : all) list.push_back(toJsonValue(campaign, Form::Told));
    return dumpJson(json{{"v", kVersion}, {"ward", ward}, {"as_of", asOf}, {"campaigns", std::move(list)}});
}

Result<Campaigns> Campaigns::parse(std::string_view text) {
    const auto parsed = parseJson(text, kMaxBytes, kMaxValues);
    if (!parsed) return tl::unexpected(parsed.error());
    if (auto known = checkVersion(*parsed); !known) return tl::unexpected(known.error());
    Members members(*parsed);
    members.version(kVersion);
    Campaigns campaigns;
    campaigns.ward = members.text("ward", 5, isWard);
    campaigns.asOf = members.text("as_of", 40, isRfc3339);
    for (const json& one : members.array("campaigns", 0, kMostCampaigns))
        campaigns.all.push_back(readCampaign(one, members, Form::Told));
    return members.finishLeniently().map([&] { return std::move(campaigns); });
}

std::string CampaignPlan::toJson() const {
    auto document = toJsonValue(campaign, Form::Planned);
    document.update({{"v", kVersion}, {"ward", ward}});
    return dumpJson(document);
}

Result<CampaignPlan> CampaignPlan::parse(std::string_view text) {
    auto parsed = parseJson(text, kMaxBytes);
    if (!parsed) return tl::unexpected(parsed.error());
    if (auto known = checkVersion(*parsed); !known) return tl::unexpected(known.error());
    // The rest is the campaign's own members.
    json head = json::object();
    for (const char* key : {"v", "ward"})
        if (parsed->contains(key)) {
            head[key] = parsed->at(key);
            parsed->erase(key);
        }
    Members members(head);
    members.version(kVersion);
    CampaignPlan plan;
    plan.ward = members.text("ward", 5, isWard);
    plan.campaign = readCampaign(*parsed, members, Form::Planned);
    return members.finish().map([&] { return std::move(plan); });
}

}  // namespace tram::wire
