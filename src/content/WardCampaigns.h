#pragma once
#include <filesystem>
#include <string>

#include "link/GatewayClient.h"
#include "wire/Campaign.h"

namespace tram::content {

/// The ward's campaigns as the gateway told of them last: the agent fetches and replaces them atomically, the
/// kiosk reads. They come over a line that has proven whose it is and are shown to staff only, so nothing in
/// them is signed. dataDir/content/campaigns.json
class WardCampaigns {
  public:
    explicit WardCampaigns(const std::filesystem::path& dataDir);
    /// FileMissing before the first; StoreTooNew: a later program left it; Malformed.
    base::Result<wire::Campaigns> read() const;
    /// What is there stays when it fails. BadResponse (key=ward): of another ward than `ward`.
    base::Result<void> update(link::GatewayClient& gateway, const std::string& ward);
    /// Differs once there may be something else to read.
    std::string stamp() const;

  private:
    std::filesystem::path file_;
};

}  // namespace tram::content
