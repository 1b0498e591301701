#include "content/SignedCache.h"

#include <sys/stat.h>

#include <algorithm>

#include "base/Files.h"
#include "trust/Documents.h"

namespace tram::content {

namespace {

using base::fail;
using base::ProblemKind;
using base::Result;
using base::WallTime;

/// It goes back out as a header (RFC 9110 §8.8.3).
bool isTag(std::string_view text) {
    return text.size() <= 200 &&
           std::ranges::all_of(text, [](unsigned char c) { return c > 0x20 && c != 0x7F; });
}

template <class Document>
struct Of;
template <>
struct Of<cap::Bulletin> {
    static constexpr auto kDirectory = "alerts";
    static constexpr auto kRole = trust::Role::Alerts;
    static constexpr auto kFetch = &link::GatewayClient::alerts;
};
template <>
struct Of<wire::StaffList> {
    static constexpr auto kDirectory = "staff";
    static constexpr auto kRole = trust::Role::Staff;
    static constexpr auto kFetch = &link::GatewayClient::staff;
};

}  // namespace

template <class Document>
SignedCache<Document>::SignedCache(const std::filesystem::path& dataDir)
    : file_(dataDir / Of<Document>::kDirectory / "list.json"),
      time_(dataDir / Of<Document>::kDirectory / "time.json") {}

template <class Document>
Result<Document> SignedCache<Document>::read(const trust::Root& root) const {
    const auto bytes = base::readFile(file_, trust::kMaxDocument);
    if (!bytes) return tl::unexpected(bytes.error());
    const auto document = trust::openSigned(*bytes, Document::kPayloadType, root, Of<Document>::kRole);
    if (!document) return tl::unexpected(document.error());
    return Document::parse(document->payload);
}

template <class Document>
Result<bool> SignedCache<Document>::update(link::GatewayClient& gateway, const trust::Root& root,
                                           const base::Clock& clock) {
    // Never "not modified" for what this root does not vouch for, or what is no more as it was left here.
    if (etagRoot_ != root.version || left_ != stamp()) etag_.clear();
    const auto told = (gateway.*Of<Document>::kFetch)(etag_);
    if (!told) return tl::unexpected(told.error());
    const auto said = gateway.gatewayTime();
    auto taken = *told ? take((*told)->bytes, root, said, clock) : false;
    if (!taken) return taken;
    if (!*taken) noteKept(root, said, clock);
    if (*told) etag_ = isTag((*told)->etag) ? (*told)->etag : "";
    etagRoot_ = root.version;
    left_ = stamp();
    return taken;
}

/// What a list proves that counts no more, or that the newer one takes back (it was signed before it: the
/// signer's clock was ahead and has been set right), is not proven. `said`: a kiosk whose clock is ahead must
/// not be without alerts.
template <class Document>
Result<bool> SignedCache<Document>::take(const std::string& bytes, const trust::Root& root, WallTime said,
                                         const base::Clock& clock) {
    const auto document = trust::openSigned(bytes, Document::kPayloadType, root, Of<Document>::kRole);
    if (!document) return tl::unexpected(document.error());
    const auto fresh = Document::parse(document->payload);
    if (!fresh) return tl::unexpected(fresh.error());
    const auto kept = read(root);
    if (kept && base::readFile(file_, trust::kMaxDocument) == bytes) return false;
    if (kept && fresh->version <= kept->version)
        return fail(ProblemKind::RolledBack, {{"detail", std::to_string(fresh->version)}});
    const bool goesOn = kept && kept->signedAt <= fresh->signedAt;
    const auto proven = goesOn ? std::max(fresh->signedAt, time_.proven(clock)) : fresh->signedAt;
    if (fresh->expires <= std::max(said, proven)) return fail(ProblemKind::Expired);
    if (auto made = base::makeDirectories(file_.parent_path(), 0750); !made)
        return tl::unexpected(made.error());
    if (auto written = base::writeFileAtomically(file_, bytes); !written)
        return tl::unexpected(written.error());
    time_.note(proven, said, fresh->expires, clock);
    return true;
}

template <class Document>
void SignedCache<Document>::noteKept(const trust::Root& root, WallTime said, const base::Clock& clock) {
    if (time_.isFresh(clock)) return;
    const auto kept = read(root);
    if (kept) time_.note(std::max(kept->signedAt, time_.proven(clock)), said, kept->expires, clock);
}

template <class Document>
WallTime SignedCache<Document>::trustedTime(const base::Clock& clock) const {
    return time_.now(clock);
}

template <class Document>
std::string SignedCache<Document>::stamp() const {
    struct stat info{};
    if (::stat(file_.c_str(), &info) != 0) return "none";
    return std::to_string(info.st_ino) + ":" + std::to_string(info.st_mtim.tv_sec) + "." +
           std::to_string(info.st_mtim.tv_nsec);
}

template class SignedCache<cap::Bulletin>;
template class SignedCache<wire::StaffList>;

}  // namespace tram::content
