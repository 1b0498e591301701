#pragma once
#include <filesystem>

#include "base/Result.h"
#include "crypto/Keys.h"
#include "link/GatewayClient.h"
#include "wire/FeedbackFields.h"

namespace tram::content {

/// 1022's fields as last published: the agent fetches, verifies before it parses, replaces atomically, and never
/// goes back a version; the kiosk reads, and verifies again. dataDir/content/feedback-fields.json (DSSE).
class FieldsCache {
  public:
    FieldsCache(std::filesystem::path dataDir, crypto::VerifyKey contentKey);
    base::Result<wire::FeedbackFields> read() const;   ///< FileMissing before the first update
    base::Result<bool> update(link::GatewayClient& gateway);  ///< true when something new came

  private:
    std::filesystem::path file_, etagFile_;
    crypto::VerifyKey key_;
};

}  // namespace tram::content
