#include "gateway/alerts/AlertPublisher.h"

#include <algorithm>

#include "base/Log.h"
#include "wire/Dsse.h"

namespace tram::gateway {
namespace {

using base::Result;
using base::WallTime;

std::int64_t secondsOf(WallTime time) {
    return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
}

WallTime nextEndOf(const std::vector<cap::Notice>& notices) {
    auto next = WallTime::max();
    for (const auto& notice : notices)
        for (const auto& info : notice.infos) next = std::min(next, info.expires.value_or(next));
    return next;
}

}  // namespace

Result<std::vector<cap::Notice>> AlertPublisher::notices(WallTime now) const {
    auto messages = store_.list();
    if (!messages) return tl::unexpected(messages.error());
    cap::AlertBook book(rules_);
    for (auto& message : *messages)
        if (message.state == AlertState::InForce)
            book.take(std::move(message.alert), {message.source, message.trusted});
    return book.notices(now);
}

/// What was published before this start goes on if it holds by this key.
void AlertPublisher::resume(const crypto::SigningKey& key) {
    const auto signer = key.verifyKey().text();
    if (signer_ == signer) return;
    signer_ = signer;
    changes_ = -1;
    const auto bytes = store_.published();
    const auto signedText = bytes ? wire::Cosigned::parse(*bytes) : tl::unexpected(bytes.error());
    if (!signedText) return;
    const auto bulletin = cap::Bulletin::parse(signedText->payload);
    if (!bulletin) return;
    last_ = *bulletin;
    if (signedText->signers({key.verifyKey()}) == 1)
        show(*bytes);
    else
        last_->expires = last_->signedAt;  // the version goes on, the signature does not
}

Result<bool> AlertPublisher::refresh(const crypto::SigningKey& key, WallTime now) {
    resume(key);
    const auto changes = store_.changes();
    if (!changes) return tl::unexpected(changes.error());
    // Signed under a clock that was ahead and has been set right: kiosks are not to live in that time.
    const bool due = !last_ || last_->expires - kRenewBefore <= now || now < last_->signedAt;
    if (!due && *changes == changes_ && now < nextEnd_) return false;
    auto fresh = notices(now);
    if (!fresh) return tl::unexpected(fresh.error());
    cap::Bulletin bulletin{0, now, now + kLife, std::move(*fresh)};
    if (const auto left = bulletin.fit(); left > 0) base::log::error("alerts.do_not_fit", {{"count", left}});
    nextEnd_ = nextEndOf(bulletin.notices);
    const bool same = last_ && cap::noticesJson(last_->notices) == cap::noticesJson(bulletin.notices);
    changes_ = *changes;
    if (same && !due) return false;
    bulletin.version = std::max(secondsOf(now), last_ ? last_->version + 1 : 1);
    if (last_ && now < last_->signedAt) base::log::warning("alerts.clock_went_back");
    if (auto done = sign(std::move(bulletin), key); !done) return changes_ = -1, tl::unexpected(done.error());
    return true;
}

Result<void> AlertPublisher::sign(cap::Bulletin bulletin, const crypto::SigningKey& key) {
    wire::Cosigned document{std::string(cap::Bulletin::kPayloadType), bulletin.toJson(), {}};
    // Kiosks read it the same way: what they would refuse is not published over what they have.
    if (auto read = cap::Bulletin::parse(document.payload); !read) return tl::unexpected(read.error());
    document.sign(key);
    auto bytes = document.toJson();
    if (auto kept = store_.publish(bytes); !kept) return kept;
    last_ = std::move(bulletin);
    show(std::move(bytes));
    return {};
}

void AlertPublisher::show(std::string bytes) {
    const auto etag = '"' + crypto::sha256Hex(crypto::view(bytes)).substr(0, 32) + '"';
    auto document = std::make_shared<const Document>(Document{std::move(bytes), etag});
    const std::lock_guard lock(mutex_);
    document_ = std::move(document);
}

void AlertPublisher::withdraw() {
    signer_.clear();
    const std::lock_guard lock(mutex_);
    document_.reset();
}

std::shared_ptr<const AlertPublisher::Document> AlertPublisher::document() const {
    const std::lock_guard lock(mutex_);
    return document_;
}

}  // namespace tram::gateway
