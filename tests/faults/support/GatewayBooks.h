#pragma once
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace tram::test {

/// One envelope at the gateway, opened with its own keys, and what became of it.
struct Arrival {
    std::string id, kiosk, state;  ///< "stored", "opened", "quarantined"
    bool opens = false;            ///< seal, body and report could be read
    std::string code, text;
    std::vector<std::optional<std::string>> pictures;  ///< plain; nothing when broken or missing
    std::size_t reports = 0, picturesTold = 0;         ///< rows in reports.db, and their count of pictures
    std::string number;                                ///< 1022's, as the gateway noted it
    std::vector<std::string> cases;                    ///< 1022's own, of this report
};

/// What a gateway's data directory holds, read beside the gateway or after it.
class GatewayBooks {
  public:
    static std::vector<Arrival> arrivals(const std::filesystem::path& dataDir);
    static std::set<std::string> ids(const std::filesystem::path& dataDir);  ///< of all stored envelopes
    /// Files under attachments/ that no stored action names, and named ones that are not there.
    static std::vector<std::string> attachmentFaults(const std::filesystem::path& dataDir);
    /// Each database by PRAGMA integrity_check; cases of no report.
    static std::vector<std::string> storeFaults(const std::filesystem::path& dataDir);
    static std::size_t unsettled(const std::filesystem::path& dataDir);  ///< not opened, or not yet with 1022
    /// So that the next sweep takes uploads that nobody named. The gateway is stopped.
    static void forgetTouched(const std::filesystem::path& dataDir);
};

}  // namespace tram::test
