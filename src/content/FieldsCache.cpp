#include "content/FieldsCache.h"

#include <algorithm>

#include "base/Files.h"
#include "wire/Envelope.h"

namespace tram::content {

using base::fail;
using base::ProblemKind;
using wire::FeedbackFields;

namespace {

constexpr auto kRole = "feedback-fields";
constexpr std::size_t kMaxBytes = 1u << 20;
constexpr std::size_t kMaxEtag = 200;

/// It goes back out as a header, so nothing that could end one (RFC 9110 §8.8.3).
bool isEtag(std::string_view text) {
    return text.size() <= kMaxEtag &&
           std::all_of(text.begin(), text.end(), [](unsigned char c) { return c > 0x20 && c != 0x7F; });
}

}  // namespace

FieldsCache::FieldsCache(std::filesystem::path dataDir, crypto::VerifyKey contentKey)
    : file_(dataDir / "content" / "feedback-fields.json"),
      etagFile_(dataDir / "content" / "feedback-fields.etag"),
      key_(std::move(contentKey)) {}

base::Result<FeedbackFields> FieldsCache::read() const {
    return base::readFile(file_, kMaxBytes).and_then([this](const std::string& bytes) {
        return open(bytes);
    });
}

base::Result<FeedbackFields> FieldsCache::open(std::string_view bytes) const {
    if (bytes.size() > kMaxBytes) return fail(ProblemKind::TooLarge);
    const auto dsse = wire::Dsse::parse(bytes);
    if (!dsse) return tl::unexpected(dsse.error());
    if (dsse->payloadType != FeedbackFields::kPayloadType)
        return fail(ProblemKind::BadSignature, {{"detail", "payload type"}});
    if (!dsse->verify(key_)) return fail(ProblemKind::BadSignature);
    return FeedbackFields::parse(dsse->payload);
}

std::string FieldsCache::etag() const {
    auto text = base::readFile(etagFile_, kMaxEtag).value_or("");
    return isEtag(text) && read() ? text : "";  // never "not modified" for a cache that cannot be read
}

base::Result<bool> FieldsCache::update(link::GatewayClient& gateway) {
    const auto content = gateway.content(kRole, etag());
    if (!content) return tl::unexpected(content.error());
    return *content ? take(**content) : false;
}

base::Result<bool> FieldsCache::take(const link::GatewayClient::Content& content) {
    const auto fields = open(content.bytes);
    if (!fields) return tl::unexpected(fields.error());
    const auto kept = read();
    const bool same = kept && base::readFile(file_, kMaxBytes) == content.bytes;
    if (kept && !same && fields->version <= kept->version)
        return fail(ProblemKind::RolledBack, {{"detail", std::to_string(fields->version)}});

    std::error_code ignored;  // the write below tells what is wrong
    std::filesystem::create_directories(file_.parent_path(), ignored);
    if (!same)
        if (const auto written = base::writeFileAtomically(file_, content.bytes); !written)
            return tl::unexpected(written.error());
    // The tag last: one that is older than the file costs a download, one that is newer would hide an update.
    if (isEtag(content.etag))
        if (const auto written = base::writeFileAtomically(etagFile_, content.etag); !written)
            return tl::unexpected(written.error());
    return !same;
}

}  // namespace tram::content
