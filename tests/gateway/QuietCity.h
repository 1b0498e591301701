#pragma once
#include <functional>
#include <string>
#include <vector>

#include "FakeClock.h"
#include "PretendKiosk.h"
#include "TempDir.h"
#include "gateway/http/City.h"

namespace tram::test {

/// The gateway's rooms without HTTP and without threads, on a clock that stands still until told; one kiosk.
class QuietCity {
  public:
    explicit QuietCity(const std::function<void(gateway::GatewayConfig&)>& change = {});

    struct Sealed {
        base::Uuid id;
        std::string code, secret, bytes;
        std::vector<Attachment> pictures;
    };
    using Change = std::function<void(wire::ActionBody&, wire::FeedbackReport&)>;
    /// A report whose every personal member holds `canary`, with so many pictures, none of it sent yet.
    Sealed seal(const std::string& canary, std::size_t pictures = 0, const Change& change = {});
    void upload(const Attachment& picture);
    wire::ActionResult take(const std::string& bytes);
    /// seal, upload, take; accepted.
    Sealed send(const std::string& canary, std::size_t pictures = 0);
    /// Everything is delivered, and followed until 1022 has closed it.
    void deliverAll();
    void closeAll();
    bool knows(const std::string& code);

    void restart();
    std::filesystem::path data() const { return config.dataDir; }
    void sql(gateway::SharedDatabase& db, const char* statement);
    /// Files below the data directory that hold these bytes.
    std::vector<std::string> filesWith(const std::string& bytes) const;

    TempDir dir;
    FakeClock clock;
    gateway::GatewayConfig config;
    std::unique_ptr<gateway::City> city;
    crypto::SigningKey key = crypto::SigningKey::generate();
    gateway::Kiosk kiosk;
};

/// Files anywhere below `dir` whose bytes, or whose names, hold `bytes`.
std::vector<std::string> filesWith(const std::filesystem::path& dir, const std::string& bytes);

}  // namespace tram::test
