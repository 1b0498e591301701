#pragma once
#include <filesystem>
#include <string>

#include "base/Result.h"
#include "crypto/Keys.h"

namespace tram::gateway {

/// One published document: DSSE bytes made once at the start, and a strong ETag over them (RFC 9110 §8.8.3).
struct SignedContent {
    std::string bytes, etag;

    /// 1022's fields from a source file, refused unless the kiosk's own parser takes them.
    static base::Result<SignedContent> feedbackFields(const std::filesystem::path& source,
                                                      const crypto::SigningKey& contentKey);
};

}  // namespace tram::gateway
