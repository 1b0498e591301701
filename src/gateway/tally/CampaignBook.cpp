#include "gateway/tally/CampaignBook.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "calendar/WorkingDays.h"
#include "gateway/storage/Sql.h"

namespace tram::gateway {

using base::ProblemKind;
using base::Result;
using wire::Campaign;

namespace {

constexpr std::string_view kNotDone = "not_done:";

/// Sums may grow beyond what the wire tells; then as much is told.
void addTo(std::int64_t& sum, std::int64_t count) {
    sum = std::clamp<std::int64_t>(sum + std::clamp<std::int64_t>(count, 0, Campaign::kMost), 0,
                                   Campaign::kMost);
}

/// What the sums say of one campaign, a row after the other.
class Counting {
  public:
    explicit Counting(Campaign& campaign) : campaign_(campaign) {
        for (auto& unit : campaign.units) units_.emplace(unit.name, &unit);
    }
    struct Row {
        std::string day, unit, outcome, audience;
        bool away = false;
        std::int64_t count = 0;
    };
    void take(const Row& row) {
        const auto found = units_.find(row.unit);
        auto* unit = found == units_.end() ? nullptr : found->second;
        if (unit && unit->last < row.day) unit->last = row.day;
        if (row.outcome.starts_with(kNotDone))
            return addTo(obstacles_[row.outcome.substr(kNotDone.size())], row.count);
        addTo(days_[row.day], row.count);
        if (!unit) return addTo(campaign_.elsewhere, row.count);
        addTo(unit->counted, row.count);
        const auto& group = row.audience.empty() && !row.away ? campaign_.kioskGroup : row.audience;
        for (auto& cell : unit->cells)
            if (cell.group == group) addTo(cell.counted, row.count);
    }
    void end() {
        for (const auto& [day, count] : days_) campaign_.days.push_back({day, count});
        for (const auto& [reason, count] : obstacles_) campaign_.obstacles.push_back({reason, count});
        std::ranges::stable_sort(campaign_.obstacles, std::ranges::greater(), &Campaign::Obstacle::count);
        if (campaign_.obstacles.size() > Campaign::kMostObstacles)
            campaign_.obstacles.resize(Campaign::kMostObstacles);
    }

  private:
    Campaign& campaign_;
    std::unordered_map<std::string, Campaign::Unit*> units_;
    std::map<std::string, std::int64_t> days_, obstacles_;
};

void countOut(SQLite::Database& db, const std::string& ward, Campaign& campaign) {
    Counting counting(campaign);
    auto rows = sql::query(db, R"sql(SELECT day, grp, guide, outcome, audience, away, count
        FROM guide_tallies WHERE ward = ? AND day BETWEEN ? AND ?)sql",
                           ward, campaign.from, campaign.deadline);
    const auto text = [&](int column) { return rows.getColumn(column).getString(); };
    const std::set<std::string> guides(campaign.guides.begin(), campaign.guides.end());
    while (rows.executeStep())
        if (guides.contains(text(2)))
            counting.take({text(0), text(1), text(3), text(4), rows.getColumn(5).getInt() != 0,
                           rows.getColumn(6).getInt64()});
    counting.end();
}

Result<void> checkLength(const Campaign& campaign) {
    const auto from = calendar::dayFrom(campaign.from), deadline = calendar::dayFrom(campaign.deadline);
    if (!from || !deadline)
        return base::fail(ProblemKind::OutOfRange,
                          {{"key", from ? "deadline" : "from"}, {"expected", "a day that exists"}});
    if (*deadline - *from >= std::chrono::days(Campaign::kMostDays))
        return base::fail(ProblemKind::OutOfRange, {{"key", "deadline"}, {"expected", "within 400 days"}});
    return {};
}

Result<wire::CampaignPlan> planIn(SQLite::Statement& row, int column) {
    auto plan = wire::CampaignPlan::parse(row.getColumn(column).getString());
    if (!plan && plan.error().kind != ProblemKind::StoreTooNew) return base::fail(ProblemKind::StoreDamaged);
    return plan;
}

}  // namespace

Result<CampaignBook::Added> CampaignBook::add(const wire::CampaignPlan& plan) {
    const auto& campaign = plan.campaign;
    if (auto fits = checkLength(campaign); !fits) return tl::unexpected(fits.error());
    return city_.write([&](SQLite::Database& db) -> Result<Added> {
        const bool known =
            sql::query(db, "SELECT 1 FROM campaigns WHERE ward = ? AND id = ?", plan.ward, campaign.id)
                .executeStep();
        auto others =
            sql::query(db, "SELECT count(*) FROM campaigns WHERE ward = ? AND id <> ? AND closed_at IS NULL",
                       plan.ward, campaign.id);
        others.executeStep();
        constexpr std::int64_t kMost = wire::Campaigns::kMostCampaigns;
        if (others.getColumn(0).getInt64() >= kMost)
            return base::fail(ProblemKind::TooLarge, {{"key", "campaigns"}, {"expected", "16 open ones"}});
        sql::exec(db, "INSERT OR REPLACE INTO campaigns (ward, id, deadline, plan) VALUES (?, ?, ?, ?)",
                  plan.ward, campaign.id, campaign.deadline, plan.toJson());
        return known ? Added::Replaced : Added::New;
    });
}

Result<void> CampaignBook::close(const std::string& ward, const std::string& id, base::WallTime now) {
    return city_.write([&](SQLite::Database& db) -> Result<void> {
        const int changed = sql::exec(
            db, "UPDATE campaigns SET closed_at = ? WHERE ward = ? AND id = ? AND closed_at IS NULL",
            sql::millis(now), ward, id);
        if (changed != 1) return base::fail(ProblemKind::NotFound, {{"detail", "campaign"}});
        return {};
    });
}

Result<std::vector<CampaignBook::Row>> CampaignBook::list() {
    return city_.read([&](SQLite::Database& db) -> Result<std::vector<Row>> {
        std::vector<Row> all;
        auto rows =
            sql::query(db, "SELECT plan, closed_at IS NULL FROM campaigns ORDER BY ward, deadline, id");
        while (rows.executeStep()) {
            auto plan = planIn(rows, 0);
            if (!plan) return tl::unexpected(plan.error());
            all.push_back({std::move(*plan), rows.getColumn(1).getInt() != 0});
        }
        return all;
    });
}

Result<wire::Campaigns> CampaignBook::told(const std::string& ward, base::WallTime now) {
    return city_.read([&](SQLite::Database& db) -> Result<wire::Campaigns> {
        wire::Campaigns told{ward, base::toRfc3339(now), {}};
        auto rows = sql::query(db, R"sql(SELECT plan FROM campaigns WHERE ward = ? AND closed_at IS NULL
            ORDER BY deadline, id LIMIT ?)sql",
                               ward, static_cast<std::int64_t>(wire::Campaigns::kMostCampaigns));
        while (rows.executeStep()) {
            auto plan = planIn(rows, 0);
            if (!plan) return tl::unexpected(plan.error());
            told.all.push_back(std::move(plan->campaign));
            countOut(db, ward, told.all.back());
        }
        return told;
    });
}

Result<bool> CampaignBook::empty() {
    return city_.read([&](SQLite::Database& db) -> Result<bool> {
        return !sql::query(db, "SELECT 1 FROM campaigns LIMIT 1").executeStep();
    });
}

}  // namespace tram::gateway
