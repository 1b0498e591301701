#include "gateway/demo/DemoCampaigns.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/Files.h"
#include "calendar/WorkingDays.h"
#include "gateway/tally/CampaignBook.h"
#include "gateway/tally/GuideTallies.h"
#include "wire/Json.h"
#include "wire/Members.h"

namespace tram::gateway {
namespace {

namespace fs = std::filesystem;
using base::Result;

constexpr std::int64_t kMostCounted = 1000;

/// Of the files: their days stand around this one.
calendar::Day drawnUp() {
    return std::chrono::sys_days(std::chrono::year(2026) / 12 / 1);
}

struct Counted {
    wire::GuideTally tally;
    std::string day;
    std::int64_t count = 0;
};

std::string moved(const std::string& day, std::chrono::days by) {
    const auto read = calendar::dayFrom(day);
    return read ? calendar::toText(*read + by) : day;
}

Result<Counted> countedFrom(const nlohmann::json& value, const std::string& ward, std::chrono::days by) {
    wire::Members members(value);
    Counted read;
    read.day = moved(members.text("day", 10, wire::isDate), by);
    read.tally.guide = members.text("guide", wire::kLongestEntryId, wire::isEntryId);
    read.tally.group = members.text("unit", wire::Campaign::kMaxName);
    read.tally.outcome = members.text("outcome", 64, wire::isGuideOutcome);
    read.tally.audience = members.text("audience", 64);
    read.count = members.integer("count", 1, kMostCounted);
    read.tally.platform = "any";
    read.tally.ward = ward;
    read.tally.helped = read.tally.away = true;
    return members.finish().map([&] { return std::move(read); });
}

/// Help that was given before; campaigns-counted.json.
Result<std::vector<Counted>> readCounted(const fs::path& file, std::chrono::days by) {
    const auto text = base::readFile(file);
    if (!text) return tl::unexpected(text.error());
    const auto parsed = wire::parseJson(*text, 256 * 1024);
    if (!parsed) return tl::unexpected(parsed.error());
    wire::Members members(*parsed);
    const auto ward = members.text("ward", 5);
    std::vector<Counted> all;
    for (const auto& one : members.array("counted", 0, 1000)) {
        auto read = countedFrom(one, ward, by);
        if (!read) return tl::unexpected(read.error());
        all.push_back(std::move(*read));
    }
    return members.finish().map([&] { return std::move(all); });
}

Result<std::vector<wire::CampaignPlan>> readPlans(const fs::path& dir, std::chrono::days by) {
    std::vector<wire::CampaignPlan> all;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(dir, error)) {
        const auto text = base::readFile(entry.path(), wire::CampaignPlan::kMaxBytes);
        if (!text) return tl::unexpected(text.error());
        auto plan = wire::CampaignPlan::parse(*text);
        if (!plan) return tl::unexpected(plan.error());
        plan->campaign.from = moved(plan->campaign.from, by);
        plan->campaign.deadline = moved(plan->campaign.deadline, by);
        all.push_back(std::move(*plan));
    }
    return all;
}

}  // namespace

Result<void> planDemoCampaigns(SharedDatabase& city, const fs::path& demoDir, base::WallTime now) {
    CampaignBook book(city);
    const auto empty = book.empty();
    if (!empty) return tl::unexpected(empty.error());
    if (!*empty) return {};
    const auto by = calendar::dayInCity(now) - drawnUp();
    const auto plans = readPlans(demoDir / "campaigns", by);
    if (!plans) return tl::unexpected(plans.error());
    const auto counted = readCounted(demoDir / "campaigns-counted.json", by);
    if (!counted) return tl::unexpected(counted.error());
    auto written = city.write([&](SQLite::Database& db) -> Result<void> {
        for (const auto& one : *counted)
            for (std::int64_t i = 0; i < one.count; ++i) GuideTallies::add(db, one.tally, one.day);
        return {};
    });
    if (!written) return written;
    for (const auto& plan : *plans)
        if (auto added = book.add(plan); !added) return tl::unexpected(added.error());
    return {};
}

}  // namespace tram::gateway
