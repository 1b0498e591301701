#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/Clock.h"
#include "base/Result.h"

namespace tram::trust {

/// Which packs there are, in which version of the whole: a kiosk takes all of them or none.
struct Manifest {
    static constexpr std::string_view kPayloadType = "application/vnd.tram.content-manifest+json";
    static constexpr std::int64_t kMaxPackBytes = 1 << 30;
    struct Pack {
        std::string name;    ///< "city"
        std::string sha256;  ///< hex, of the file
        std::int64_t bytes = 0;
        bool operator==(const Pack&) const = default;
    };
    int version = 0;
    base::WallTime signedAt, expires;
    std::vector<Pack> packs;  ///< at most 64, each name once

    /// Malformed with fact key; TooLarge.
    static base::Result<Manifest> parse(std::string_view json);
    std::string toJson() const;
};

}  // namespace tram::trust
