#include "wire/PinnedRoot.h"

#include "wire/Dsse.h"

namespace tram::wire {

using base::fail;
using base::ProblemKind;

std::string PinnedRoot::sign(std::string rootDocument, const crypto::SigningKey& identity) {
    return Dsse::sign(std::string(kPayloadType), std::move(rootDocument), identity.verifyKey().fingerprint(),
                      identity)
        .toJson();
}

base::Result<std::string> PinnedRoot::open(std::string_view text, const crypto::VerifyKey& identity) {
    if (text.size() > kMaxBytes) return fail(ProblemKind::TooLarge);
    auto dsse = Dsse::parse(text);
    if (!dsse) return tl::unexpected(dsse.error());
    if (dsse->payloadType != kPayloadType)
        return fail(ProblemKind::BadSignature, {{"detail", "payload type"}});
    if (!dsse->verify(identity)) return fail(ProblemKind::BadSignature);
    return std::move(dsse->payload);
}

}  // namespace tram::wire
