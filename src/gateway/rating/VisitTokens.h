#pragma once
#include <chrono>
#include <optional>
#include <string>

#include "gateway/rating/RatingKeys.h"
#include "wire/VisitToken.h"

namespace tram::gateway {

/// Tickets for one visit each, to be rated once on its day. Signed, not stored: tens of thousands are printed
/// a day, and few are used.
class VisitTokens {
  public:
    explicit VisitTokens(const RatingKeys& keys) : keys_(keys) {}

    /// `ward` and `day` (of the visit, in the city) as VisitToken::holds has them. What a ticket's QR carries
    /// behind /r/.
    wire::VisitToken issue(const std::string& ward, std::chrono::sys_days day) const;
    /// Nothing for what is not ours.
    std::optional<wire::VisitToken> open(std::string_view text) const;

  private:
    const RatingKeys& keys_;
};

}  // namespace tram::gateway
