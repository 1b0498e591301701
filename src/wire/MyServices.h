#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/Result.h"

namespace tram::wire {

/// Which tiles a resident wants first, in their order; GET and PUT /v1/me/services. What a newer version has
/// put into it stays there: members and ids that are not known here are written again as they came.
class MyServices {
  public:
    static constexpr std::int64_t kVersion = 1;
    static constexpr std::size_t kMaxBytes = 8 * 1024, kMost = 64;

    std::int64_t version = kVersion;
    std::int64_t revision = 0;          ///< one more with each change; 0: nothing was chosen yet
    std::vector<std::string> services;  ///< ids of tiles; readOnly(): those of them that are texts

    /// A later program has written it: shown, never written.
    bool readOnly() const { return version > kVersion; }
    /// All but the revision is the same.
    bool saysTheSame(const MyServices& other) const;

    std::string toJson() const;
    static base::Result<MyServices> parse(std::string_view json);

  private:
    std::string whole_;  ///< as it came but for the revision; "" for one that was made here
};

}  // namespace tram::wire
