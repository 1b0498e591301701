#include "gateway/alerts/AlertPublisher.h"

#include <algorithm>
#include <map>
#include <set>

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

/// The places of notices as they are to be kept when not all fit: first those on trusted word, then of each
/// source the first, then the second: no flood of one pushes out another's.
std::vector<std::size_t> keepOrder(const cap::AlertBook& book, const std::vector<cap::Notice>& notices) {
    std::map<std::string, std::size_t> told;
    std::vector<std::pair<std::size_t, std::size_t>> turns;
    for (std::size_t place = 0; place < notices.size(); ++place) {
        const auto* voice = book.voiceOf(notices[place].id);
        const bool trusted = voice == nullptr || voice->trusted;
        turns.emplace_back(trusted ? 0 : ++told[voice->origin], place);
    }
    std::ranges::sort(turns);
    std::vector<std::size_t> order;
    for (const auto& [turn, place] : turns) order.push_back(place);
    return order;
}

/// Nobody will decide any more: it has run out, or what it would call off has.
bool waitsInVain(const cap::Alert& alert, const cap::AlertBook& book, base::Millis life, WallTime now) {
    if (alert.infos.empty())
        return std::ranges::all_of(alert.references,
                                   [&](const auto& named) { return book.isOver(named, now); });
    cap::AlertBook alone({.life = life});
    alone.take(alert);
    return alone.isOver(alert.id, now);
}

std::set<std::string> over(const std::vector<AlertStore::Message>& messages, const cap::AlertBook& book,
                           base::Millis life, WallTime now) {
    std::set<std::string> ids;
    for (const auto& message : messages) {
        const bool waits = message.state == AlertState::Waiting;
        const bool told = message.state == AlertState::InForce;
        if ((!waits && !told) || (waits && waitsInVain(*message.alert, book, life, now)) ||
            (told && book.isOver(message.alert->id, now)))
            ids.insert(message.id);
    }
    return ids;
}

}  // namespace

/// What is in force, and what ends others although a person took it back: an Update's retraction must not
/// bring back what it had replaced. A retracted Cancel does not count.
cap::AlertBook AlertPublisher::bookOf(const std::vector<AlertStore::Message>& messages) const {
    cap::AlertBook book(rules_);
    for (const bool silent : {false, true})
        for (const auto& message : messages) {
            const bool retracted =
                message.state == AlertState::Retracted && message.alert->msgType == cap::MsgType::Update;
            if (silent ? retracted : message.state == AlertState::InForce)
                book.take(message.alert, {message.source, message.trusted, silent});
        }
    return book;
}

/// Cut down to what a document holds.
Result<std::vector<cap::Notice>> AlertPublisher::notices(WallTime now) {
    const auto messages = parsed_.all();
    if (!messages) return tl::unexpected(messages.error());
    const auto book = bookOf(*messages);
    cap::Bulletin bulletin{0, now, now + kLife, book.notices(now)};
    if (const auto left = bulletin.fit(keepOrder(book, bulletin.notices)); left > 0)
        base::log::error("alerts.do_not_fit", {{"count", left}});
    return std::move(bulletin.notices);
}

Result<void> AlertPublisher::forget(WallTime now) {
    const auto messages = parsed_.all();
    if (!messages) return tl::unexpected(messages.error());
    if (auto marked = store_.markOver(over(*messages, bookOf(*messages), rules_.life, now), now); !marked)
        return marked;
    const auto crowded = store_.crowded();
    if (!crowded) return tl::unexpected(crowded.error());
    const auto isOld = [&](const AlertStore::Message& message) {
        const bool crowd = crowded->contains({message.source, message.trusted});
        return message.overSince && now - *message.overSince >= (crowd ? kKeptInCrowd : kKept);
    };
    std::set<cap::Reference> stay;
    for (const auto& message : *messages)
        if (!isOld(message)) stay.insert(message.alert->id);
    std::vector<std::string> gone;
    for (const auto& message : *messages) {
        const auto stays = [&](const cap::Reference& named) { return stay.contains(named); };
        if (isOld(message) && std::ranges::none_of(message.alert->references, stays))
            gone.push_back(message.id);
    }
    return store_.forget(gone, now);
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
