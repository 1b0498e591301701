#pragma once
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "GatewayBooks.h"

namespace tram::kills {

/// What people were told, held against what is true. A finding begins with its kind: lost, doubled, torn,
/// untrue, stuck, stray, quarantined, damaged.
class Ledger {
  public:
    explicit Ledger(std::filesystem::path gatewayData) : gatewayData_(std::move(gatewayData)) {}

    void acknowledged(std::uint32_t serial, const std::string& code, const std::string& id);
    /// What a keeper wrote; a last line without its end was told to nobody.
    void hear(const std::string& lines);
    /// The receipt under `code` was said to stand at `state`. The gateway runs, or has ended.
    void stands(const std::string& code, const std::string& state);
    /// Receipts to ask about at the next start: those not yet seen accepted, and the newest of the others.
    std::vector<std::string> receipts() const;
    bool knows(std::uint32_t serial) const { return promises_.contains(serial); }
    std::size_t size() const { return promises_.size(); }

    /// At the end, with everything sent: every promise at the gateway and 1022 once and whole, nothing else
    /// there that is not whole.
    void close();
    /// A kiosk's own store at the end. Nothing of its programs runs any more.
    void closeKiosk(const std::filesystem::path& dataDir);

    void find(std::string finding) { findings_.push_back(std::move(finding)); }
    const std::vector<std::string>& findings() const { return findings_; }
    bool found(const std::string& kind) const;

  private:
    struct Promise {
        std::string code, id;
        bool accepted = false;
    };
    void hearLine(const std::string& line);
    bool atGateway(const std::string& id);
    void check(const test::Arrival& arrival);
    void checkPictures(const test::Arrival& arrival, std::uint32_t serial);

    std::filesystem::path gatewayData_;
    std::set<std::string> ids_;  ///< seen in the gateway's store
    std::map<std::uint32_t, Promise> promises_;
    std::map<std::string, std::uint32_t> byCode_;
    std::map<std::uint32_t, std::size_t> arrived_;
    std::set<std::string> numbers_;
    std::vector<std::string> findings_;
};

}  // namespace tram::kills
