#pragma once
#include <filesystem>

#include "base/Result.h"
#include "crypto/Keys.h"
#include "link/GatewayClient.h"
#include "wire/FeedbackFields.h"

namespace tram::content {

/// 1022's fields as last published: the agent fetches, verifies before it parses, replaces atomically, and
/// never goes back a version; the kiosk reads, and verifies again. dataDir/content/feedback-fields.json
/// (DSSE).
class FieldsCache {
  public:
    FieldsCache(std::filesystem::path dataDir, crypto::VerifyKey contentKey);
    base::Result<wire::FeedbackFields> read() const;  ///< FileMissing before the first update
    /// True when something new came. RolledBack: an older version, or other content under the same one.
    base::Result<bool> update(link::GatewayClient& gateway);

  private:
    base::Result<wire::FeedbackFields> open(std::string_view dsse) const;
    base::Result<bool> take(const link::GatewayClient::Content& content);
    std::string etag() const;

    std::filesystem::path file_, etagFile_;
    crypto::VerifyKey key_;
};

}  // namespace tram::content
