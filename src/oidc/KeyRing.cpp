#include "oidc/KeyRing.h"

namespace tram::oidc {

using base::ProblemKind;
using base::Result;

KeyRing::KeyRing(Fetch fetch, const base::Clock& clock) : fetch_(std::move(fetch)), clock_(clock) {}

Result<void> KeyRing::fetchKeys() {
    auto text = fetch_();
    if (!text) return tl::unexpected(text.error());
    auto keys = Jwks::parse(*text);
    if (!keys) return base::fail(ProblemKind::BadResponse, {{"detail", "keys"}});
    keys_ = std::move(*keys);
    return {};
}

bool KeyRing::mayAskAgain() {
    const auto now = clock_.boot();
    const bool lately = askedAgainAt_ && askedAgainAt_->bootId == now.bootId &&
                        now.sinceBoot < askedAgainAt_->sinceBoot + kPause;
    if (!lately) askedAgainAt_ = now;
    return !lately;
}

Result<IdToken> KeyRing::verify(std::string_view jwt, const Expectations& expected, base::WallTime now) {
    const std::lock_guard lock(mutex_);
    const bool fresh = !keys_;
    if (fresh)
        if (auto fetched = fetchKeys(); !fetched) return tl::unexpected(fetched.error());
    auto token = IdToken::verify(jwt, expected, *keys_, now);
    const bool unknown = !token && token.error().kind == ProblemKind::UnknownKey;
    if (!unknown || fresh || !mayAskAgain()) return token;
    if (auto fetched = fetchKeys(); !fetched) return tl::unexpected(fetched.error());
    return IdToken::verify(jwt, expected, *keys_, now);
}

}  // namespace tram::oidc
