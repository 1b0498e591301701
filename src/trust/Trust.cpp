#include "trust/Trust.h"

#include <algorithm>

#include "base/Files.h"

namespace tram::trust {

using base::fail;
using base::ProblemKind;
using base::Result;
using wire::Cosigned;

namespace {

constexpr std::size_t kMaxBytes = 1u << 20;

/// The document, if enough keys that `root` has for `role` signed it.
Result<Cosigned> opened(std::string_view bytes, std::string_view payloadType, const Root& root, Role role) {
    if (bytes.size() > kMaxBytes) return fail(ProblemKind::TooLarge);
    auto document = Cosigned::parse(bytes);
    if (!document) return document;
    if (document->payloadType != payloadType)
        return fail(ProblemKind::BadSignature, {{"detail", "payload type"}});
    if (!root.isSignedBy(*document, role))
        return fail(ProblemKind::BadSignature, {{"detail", std::string(name(role))}});
    return document;
}

/// A root that vouches for itself; who else vouches for it is the caller's question.
Result<Root> readRoot(std::string_view bytes) {
    if (bytes.size() > kMaxBytes) return fail(ProblemKind::TooLarge);
    const auto document = Cosigned::parse(bytes);
    if (!document) return tl::unexpected(document.error());
    if (document->payloadType != Root::kPayloadType)
        return fail(ProblemKind::BadSignature, {{"detail", "payload type"}});
    auto root = Root::parse(document->payload);
    if (root && !root->isSignedBy(*document, Role::Root))
        return fail(ProblemKind::BadSignature, {{"detail", "root"}});
    return root;
}

}  // namespace

Result<Trust> Trust::open(std::filesystem::path dir, std::string_view pinned) {
    auto root = readRoot(pinned);
    if (!root) return tl::unexpected(root.error());
    Trust trust(std::move(dir));
    trust.root_ = std::move(*root);
    std::error_code wrong;
    std::filesystem::create_directories(trust.dir_, wrong);
    trust.loadKept();
    return trust;
}

/// A kept root was judged by the chain when it came; whoever can write it can write the pinned one too. A
/// kept manifest of keys that the root no longer has is forgotten, and with it its version: that is how a
/// kiosk comes back from a manifest of version 2,147,483,647 (TUF 1.0 §5.3.11).
void Trust::loadKept() {
    const auto rootBytes = base::readFile(dir_ / "root.json", kMaxBytes);
    if (auto kept = rootBytes.and_then([](const std::string& bytes) { return readRoot(bytes); });
        kept && kept->version > root_.version)
        root_ = std::move(*kept);
    auto bytes = base::readFile(dir_ / "content.json", kMaxBytes);
    if (!bytes) return;
    if (auto kept = readContent(*bytes)) {
        content_ = std::move(*kept);
        contentBytes_ = std::move(*bytes);
    }
}

Result<void> Trust::takeRoot(std::string_view bytes) {
    // By the present keys first: nobody else's bytes are looked into.
    if (auto document = opened(bytes, Root::kPayloadType, root_, Role::Root); !document)
        return tl::unexpected(document.error());
    auto next = readRoot(bytes);
    if (!next) return tl::unexpected(next.error());
    if (next->version != root_.version + 1)
        return fail(ProblemKind::RolledBack, {{"detail", std::to_string(next->version)}});
    if (auto kept = base::writeFileAtomically(dir_ / "root.json", bytes); !kept) return kept;
    root_ = std::move(*next);
    return {};
}

Result<Manifest> Trust::readContent(std::string_view bytes) const {
    const auto document = opened(bytes, Manifest::kPayloadType, root_, Role::Content);
    if (!document) return tl::unexpected(document.error());
    return Manifest::parse(document->payload);
}

Result<Manifest> Trust::judgeContent(std::string_view bytes, base::WallTime now) const {
    auto manifest = readContent(bytes);
    if (!manifest) return manifest;
    const bool same = bytes == contentBytes_;
    if (content_ && !same && manifest->version <= content_->version)
        return fail(ProblemKind::RolledBack, {{"detail", std::to_string(manifest->version)}});
    if (!same && manifest->expires <= trustedTime(now)) return fail(ProblemKind::Expired);
    return manifest;
}

Result<bool> Trust::takeContent(std::string_view bytes, base::WallTime now) {
    auto manifest = judgeContent(bytes, now);
    if (!manifest) return tl::unexpected(manifest.error());
    if (bytes == contentBytes_) return false;
    if (auto kept = base::writeFileAtomically(dir_ / "content.json", bytes); !kept)
        return tl::unexpected(kept.error());
    content_ = std::move(*manifest);
    contentBytes_ = bytes;
    return true;
}

base::WallTime Trust::trustedTime(base::WallTime now) const {
    return std::max({now, root_.signedAt, content_ ? content_->signedAt : root_.signedAt});
}

}  // namespace tram::trust
