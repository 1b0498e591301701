#pragma once
#include <chrono>
#include <mutex>
#include <string>

#include "gateway/fleet/StaffRegistry.h"
#include "gateway/storage/RoleKeyFile.h"

namespace tram::gateway {

/// The signed list of a ward's staff (wire/StaffList.h), made anew when it changes and when half of its life
/// is over: by it a station that has no line knows who may sign in, and for how long nobody who was revoked
/// meanwhile can be kept out.
///
/// A list's version is one more than the last one's, and never less than the seconds since 1970: a gateway
/// that was restored from a backup goes on above what its kiosks have seen.
class StaffPublisher {
  public:
    static constexpr const char* kKey = "staff";  ///< RoleKeyFile
    static constexpr std::chrono::hours kUsualLife{72}, kLongestLife{168};

    StaffPublisher(SharedDatabase& reports, StaffRegistry& staff, const std::filesystem::path& dataDir,
                   std::chrono::hours life)
        : db_(reports), staff_(staff), keyFile_(dataDir, kKey), life_(life) {}

    struct Document {
        std::string bytes, etag;
    };
    /// NotFound while there is no key. Any thread.
    base::Result<Document> of(const std::string& ward, base::WallTime now);

  private:
    struct Published;
    base::Result<RoleKeyFile::Key> key();
    base::Result<Published> last(const std::string& ward);
    base::Result<std::string> sign(const std::string& ward, const Published& last,
                                   const crypto::SigningKey& key, base::WallTime now);

    SharedDatabase& db_;
    StaffRegistry& staff_;
    RoleKeyFile keyFile_;
    std::chrono::hours life_;
    std::mutex signing_;
};

}  // namespace tram::gateway
