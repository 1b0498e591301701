#include "trust/Trust.h"

#include <algorithm>

#include "base/Files.h"
#include "trust/Documents.h"

namespace tram::trust {

using base::fail;
using base::ProblemKind;
using base::Result;

Result<Trust> Trust::open(std::filesystem::path dir, std::string_view pinned) {
    auto root = openRoot(pinned);
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
    const auto rootBytes = base::readFile(dir_ / "root.json", kMaxDocument);
    if (auto kept = rootBytes.and_then([](const std::string& bytes) { return openRoot(bytes); });
        kept && kept->version > root_.version)
        root_ = std::move(*kept);
    auto bytes = base::readFile(dir_ / "content.json", kMaxDocument);
    if (!bytes) return;
    if (auto kept = openManifest(*bytes, root_)) {
        content_ = std::move(*kept);
        contentBytes_ = std::move(*bytes);
    }
}

Result<void> Trust::takeRoot(std::string_view bytes) {
    // By the present keys first: nobody else's bytes are looked into.
    if (auto document = openSigned(bytes, Root::kPayloadType, root_, Role::Root); !document)
        return tl::unexpected(document.error());
    auto next = openRoot(bytes);
    if (!next) return tl::unexpected(next.error());
    if (next->version != root_.version + 1)
        return fail(ProblemKind::RolledBack, {{"detail", std::to_string(next->version)}});
    if (auto kept = base::writeFileAtomically(dir_ / "root.json", bytes); !kept) return kept;
    root_ = std::move(*next);
    return {};
}

Result<Manifest> Trust::judgeContent(std::string_view bytes, base::WallTime now) const {
    auto manifest = openManifest(bytes, root_);
    if (!manifest) return manifest;
    const bool same = bytes == contentBytes_;
    if (content_ && !same && manifest->version <= content_->version)
        return fail(ProblemKind::RolledBack, {{"detail", std::to_string(manifest->version)}});
    if (!same && manifest->expires <= trustedTime(now)) return fail(ProblemKind::Expired);
    // TUF 1.0 §5.3.10: whoever holds back newer roots holds on to nothing for ever.
    if (!same && root_.expires <= trustedTime(now)) return fail(ProblemKind::Expired, {{"detail", "root"}});
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
