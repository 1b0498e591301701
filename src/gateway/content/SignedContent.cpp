#include "gateway/content/SignedContent.h"

#include "base/Files.h"
#include "wire/Envelope.h"
#include "wire/FeedbackFields.h"

namespace tram::gateway {

base::Result<SignedContent> SignedContent::feedbackFields(const std::filesystem::path& source,
                                                          const crypto::SigningKey& contentKey) {
    auto text = base::readFile(source);
    if (!text) return tl::unexpected(text.error());
    if (auto fields = wire::FeedbackFields::parse(*text); !fields) return tl::unexpected(fields.error());
    const auto keyId = contentKey.verifyKey().fingerprint();
    const auto dsse = wire::Dsse::sign(std::string(wire::FeedbackFields::kPayloadType), std::move(*text),
                                       keyId, contentKey);
    SignedContent content{dsse.toJson(), {}};
    content.etag = '"' + crypto::sha256Hex(crypto::view(content.bytes)).substr(0, 32) + '"';
    return content;
}

}  // namespace tram::gateway
