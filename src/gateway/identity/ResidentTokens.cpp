#include "gateway/identity/ResidentTokens.h"

#include "crypto/Bytes.h"

namespace tram::gateway {
namespace {

/// Neither is what was issued later than now: somebody has set the clock back.
bool alive(base::WallTime issued, base::WallTime now) {
    return issued <= now && now - issued < ResidentTokens::kLife;
}

}  // namespace

std::string ResidentTokens::issue(const base::SecretText& sub, const DossierOwner& owner,
                                  const std::string& kiosk, base::WallTime now) {
    auto token = crypto::toBase64Url(crypto::randomBytes(32));
    const std::lock_guard lock(mutex_);
    std::erase_if(tokens_, [&](const auto& entry) { return !alive(entry.second.issued, now); });
    tokens_.emplace(crypto::sha256Hex(token), Entry{sub.copy(), owner.copy(), kiosk, now});
    return token;
}

std::optional<ResidentTokens::Holder> ResidentTokens::find(std::string_view token, base::WallTime now) {
    const std::lock_guard lock(mutex_);
    const auto found = tokens_.find(crypto::sha256Hex(token));
    if (found == tokens_.end() || !alive(found->second.issued, now)) return std::nullopt;
    return Holder{found->second.sub.copy(), found->second.owner.copy(), found->second.kiosk};
}

void ResidentTokens::revoke(std::string_view token, const std::string& kiosk) {
    const std::lock_guard lock(mutex_);
    const auto found = tokens_.find(crypto::sha256Hex(token));
    if (found != tokens_.end() && found->second.kiosk == kiosk) tokens_.erase(found);
}

void ResidentTokens::endAll(const std::string& kiosk) {
    const std::lock_guard lock(mutex_);
    std::erase_if(tokens_, [&](const auto& entry) { return entry.second.kiosk == kiosk; });
}

std::size_t ResidentTokens::count() const {
    const std::lock_guard lock(mutex_);
    return tokens_.size();
}

}  // namespace tram::gateway
