#pragma once
#include <string>
#include <vector>

#include "base/Clock.h"
#include "base/Result.h"
#include "gateway/storage/Storage.h"
#include "wire/Campaign.h"

namespace tram::gateway {

/// The wards' drives to help people with apps, in gateway.db: plans that an operator gave, and how far each
/// is, counted out of GuideTallies when somebody asks.
class CampaignBook {
  public:
    explicit CampaignBook(SharedDatabase& city) : city_(city) {}

    enum class Added { New, Replaced };
    /// One of that ward and id, closed ones too, is replaced; what was counted stays counted. OutOfRange
    /// (key, expected): it is longer than wire::Campaign::kMostDays; TooLarge: the ward has as many open ones
    /// as it can be told of.
    base::Result<Added> add(const wire::CampaignPlan& plan);
    /// It is told to nobody any more. NotFound: there is none, or it was closed.
    base::Result<void> close(const std::string& ward, const std::string& id, base::WallTime now);

    struct Row {
        wire::CampaignPlan plan;
        bool open = true;
    };
    /// By ward, deadline and id.
    base::Result<std::vector<Row>> list();
    /// The ward's open ones, with all that was counted, by deadline and id.
    base::Result<wire::Campaigns> told(const std::string& ward, base::WallTime now);
    base::Result<bool> empty();

  private:
    SharedDatabase& city_;
};

}  // namespace tram::gateway
