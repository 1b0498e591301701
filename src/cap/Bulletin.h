#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "cap/AlertBook.h"

namespace tram::cap {

/// The notices in force, as the gateway publishes them to all kiosks: the payload of a document signed by
/// the role of alerts (trust::Role::Alerts). What has run out is not in it; the most pressing come first.
struct Bulletin {
    static constexpr std::string_view kPayloadType = "application/vnd.tram.alerts+json";
    static constexpr std::size_t kMaxBytes = 700 * 1024;  ///< base64 of it stays within trust::kMaxDocument
    static constexpr std::size_t kMaxNotices = 200, kMaxPoints = 30'000;
    std::int64_t version = 0;
    base::WallTime signedAt, expires;
    std::vector<Notice> notices;

    /// Malformed with fact key; TooLarge.
    static base::Result<Bulletin> parse(std::string_view json);
    std::string toJson() const;
    /// The least pressing go until the rest fits, or the last of `first`, which tells the places of all
    /// notices in the order in which they are to be kept; how many went.
    std::size_t fit();
    std::size_t fit(const std::vector<std::size_t>& first);
};

/// The notices alone, so that two bulletins can be told apart by what they say.
std::string noticesJson(const std::vector<Notice>& notices);

}  // namespace tram::cap
