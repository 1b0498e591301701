#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/Result.h"
#include "wire/Bilingual.h"

namespace tram::wire {

/// A drive of the ward's to help people with apps: whom, by when, and how far it is; GET /v1/campaigns.
struct Campaign {
    static constexpr std::size_t kMostGuides = 16, kMostGroups = 12, kMostUnits = 200, kMostDays = 400,
                                 kMostObstacles = 64, kMaxName = 400;
    static constexpr std::int64_t kMost = 10'000'000;

    /// Whom it is about: officials, members, forces, residents …; which there are is the campaign's to say.
    struct Group {
        std::string id;  ///< a slug
        Bilingual name;
    };
    struct Cell {
        std::string group;
        std::int64_t target = 0, counted = 0;
    };
    /// A khu phố, an agency.
    struct Unit {
        std::string name;
        std::vector<Cell> cells;   ///< in the order of the groups, those without a target left out
        std::int64_t counted = 0;  ///< help that came to its end, of whatever group
        std::string last;          ///< the last day it told of anything, an obstacle too; "" for none yet

        std::int64_t target() const;
    };
    struct DayCount {
        std::string day;
        std::int64_t count = 0;
    };
    struct Obstacle {
        std::string reason;  ///< what stands behind "not_done:"
        std::int64_t count = 0;
    };

    std::string id;  ///< a slug
    Bilingual title;
    std::vector<std::string> guides;  ///< entries' ids whose tallies count; the first is what a tap counts
    std::string from, deadline;       ///< days, both of them within
    std::vector<Group> groups;
    std::string kioskGroup;  ///< the group of whoever was helped at a station itself; "" for none
    std::vector<Unit> units;
    std::vector<DayCount> days;  ///< of those with any, in order
    std::vector<Obstacle> obstacles;
    std::int64_t elsewhere = 0;  ///< counted for units that it does not name

    std::int64_t target() const;
    std::int64_t counted() const;  ///< `elsewhere` with it
    bool hasUnit(std::string_view name) const;
    bool hasGroup(std::string_view id) const;
    std::vector<const Unit*> silent() const;  ///< those that have told of nothing yet
};

/// A ward's campaigns, in the order of their deadlines.
struct Campaigns {
    static constexpr std::size_t kMaxBytes = 4 * 1024 * 1024, kMaxValues = 256 * 1024, kMostCampaigns = 16;

    std::string ward, asOf;  ///< five digits; RFC 3339
    std::vector<Campaign> all;

    std::string toJson() const;
    /// Members that a later version added are passed over. StoreTooNew: its `v` is beyond ours, so that it
    /// means something else; Malformed (key) for anything else that is wrong.
    static base::Result<Campaigns> parse(std::string_view json);
};

/// What an operator writes of one: everything but what was counted (docs/OPERATING.md, Campaigns).
struct CampaignPlan {
    static constexpr std::size_t kMaxBytes = 256 * 1024;
    std::string ward;
    Campaign campaign;

    std::string toJson() const;
    static base::Result<CampaignPlan> parse(std::string_view json);  ///< strict; StoreTooNew as above
};

}  // namespace tram::wire
