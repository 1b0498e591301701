#include "trust/Documents.h"

#include <algorithm>

namespace tram::trust {

using base::fail;
using base::ProblemKind;
using base::Result;
using wire::Cosigned;

namespace {

Result<Cosigned> openKind(std::string_view bytes, std::string_view payloadType) {
    if (bytes.size() > kMaxDocument) return fail(ProblemKind::TooLarge);
    auto document = Cosigned::parse(bytes);
    if (document && document->payloadType != payloadType)
        return fail(ProblemKind::BadSignature, {{"detail", "payload type"}});
    return document;
}

}  // namespace

Result<Cosigned> openSigned(std::string_view bytes, std::string_view payloadType, const Root& root,
                            Role role) {
    auto document = openKind(bytes, payloadType);
    if (document && !root.isSignedBy(*document, role))
        return fail(ProblemKind::BadSignature, {{"detail", std::string(name(role))}});
    return document;
}

Signatures signaturesOf(const Cosigned& document, const RoleKeys& keys) {
    Signatures found;
    found.needed = keys.threshold;
    std::vector<std::string> ofRole;
    for (const auto& key : keys.keys) {
        ofRole.push_back(key.fingerprint());
        if (document.signers({key}) > 0) found.good.push_back(ofRole.back());
    }
    const auto has = [](const std::vector<std::string>& all, const std::string& one) {
        return std::ranges::find(all, one) != all.end();
    };
    for (const auto& one : document.signatures) {
        const Cosigned alone{document.payloadType, document.payload, {one}};
        if (alone.signers(keys.keys) > 0) continue;
        (has(ofRole, one.keyId) ? found.broken : found.foreign).push_back(one.keyId);
    }
    return found;
}

Result<Root> openRoot(std::string_view bytes) {
    const auto document = openKind(bytes, Root::kPayloadType);
    if (!document) return tl::unexpected(document.error());
    auto root = Root::parse(document->payload);
    if (root && !root->isSignedBy(*document, Role::Root))
        return fail(ProblemKind::BadSignature, {{"detail", "root"}});
    return root;
}

Result<Manifest> openManifest(std::string_view bytes, const Root& root) {
    const auto document = openSigned(bytes, Manifest::kPayloadType, root, Role::Content);
    if (!document) return tl::unexpected(document.error());
    return Manifest::parse(document->payload);
}

}  // namespace tram::trust
