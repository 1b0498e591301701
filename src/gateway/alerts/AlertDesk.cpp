#include "gateway/alerts/AlertDesk.h"

#include <algorithm>

#include "base/Log.h"

namespace tram::gateway {
namespace {

using base::ProblemKind;

constexpr base::Millis kTurn{1000};
constexpr std::chrono::hours kForgetEvery{1};
constexpr std::chrono::days kKept{30};

cap::AlertBook::Rules rulesOf(const AlertConfig& config, std::set<std::string> wards) {
    return {config.life, config.wardCode, std::move(wards)};
}

}  // namespace

AlertDesk::AlertDesk(SharedDatabase& city, AlertConfig config, std::filesystem::path dataDir,
                     std::set<std::string> wards, const base::Clock& clock)
    : store_(city),
      config_(std::move(config)),
      dataDir_(std::move(dataDir)),
      clock_(clock),
      publisher_(store_, rulesOf(config_, std::move(wards))),
      http_(std::make_shared<net::HttpClient>(net::HttpClient::Options{{}, "tram-gateway"})) {
    if (!config_.folder.empty()) folder_.emplace(dataDir_ / config_.folder);
    for (const auto& feed : config_.feeds) feeds_.push_back({FeedReader(feed, http_)});
}

AlertDesk::~AlertDesk() {
    stop();
}

std::filesystem::path AlertDesk::keyFile(const std::filesystem::path& dataDir) {
    return dataDir / "keys" / "alerts.key";
}

base::Result<void> AlertDesk::checkKey(const std::filesystem::path& dataDir) {
    const auto key = crypto::SigningKey::load(keyFile(dataDir));
    if (!key && key.error().kind == base::ProblemKind::KeyExposed) return tl::unexpected(key.error());
    return {};
}

void AlertDesk::start() {
    publishing_ = std::thread([this] { rest(kTurn, [this] { turn(); }); });
    if (!feeds_.empty()) asking_ = std::thread([this] { rest(kTurn, [this] { askFeeds(); }); });
}

void AlertDesk::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        changed_.notify_all();
    }
    http_->cancel();
    if (publishing_.joinable()) publishing_.join();
    if (asking_.joinable()) asking_.join();
}

void AlertDesk::rest(base::Millis time, const std::function<void()>& turn) {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        lock.unlock();
        turn();
        lock.lock();
        changed_.wait_for(lock, time, [this] { return stopping_; });
    }
}

void AlertDesk::followKey() {
    std::error_code error;
    const auto changed = std::filesystem::last_write_time(keyFile(dataDir_), error);
    if (!error && key_ && changed == keyChanged_) return;
    if (error) {
        if (key_) publisher_.withdraw();
        return key_.reset();
    }
    keyChanged_ = changed;
    auto key = crypto::SigningKey::load(keyFile(dataDir_));
    if (!key) return base::log::problem("alerts.key_not_read", key.error());
    key_.emplace(std::move(*key));
}

void AlertDesk::publish() {
    if (!key_) return;
    const auto published = publisher_.refresh(*key_, clock_.wall());
    if (!published) return base::log::problem("alerts.not_published", published.error());
    if (*published) base::log::info("alerts.published");
}

void AlertDesk::turn() {
    if (folder_)
        for (auto& document : folder_->look()) take(std::move(document), config_.folderSource);
    followKey();
    publish();
    const auto now = clock_.boot();
    if (forgot_ && now.sinceBoot - forgot_->sinceBoot < kForgetEvery) return;
    forgot_ = now;
    if (auto gone = store_.forget(clock_.wall() - kKept); !gone)
        base::log::problem("alerts.forget_failed", gone.error());
}

/// What it says of its sender is looked at before anything else is believed of it, which is all right: the
/// way it came is what is trusted, and a message that cannot be read is refused either way.
void AlertDesk::take(std::string document, const AlertSource& source) {
    AlertStore::Incoming incoming{std::move(document), source.name, "", false};
    if (const auto alert = cap::Alert::parse(incoming.document))
        incoming.trusted = std::ranges::find(source.approved, alert->id.sender) != source.approved.end();
    const auto taken = store_.take(incoming, clock_.wall());
    if (!taken) return base::log::problem("alerts.refused", taken.error());
    if (taken->isNew)
        base::log::info("alerts.taken", {{"alert", base::log::Hex{taken->id}}, {"state", taken->state}});
}

void AlertDesk::askFeeds() {
    for (auto& feed : feeds_)
        if (clock_.boot().sinceBoot >= feed.next) ask(feed);
}

/// Said once for each kind of trouble: a feed may be silent for days.
void AlertDesk::ask(Feed& feed) {
    feed.next = clock_.boot().sinceBoot + feed.reader.feed().every;
    auto messages = feed.reader.read();
    if (!messages) {
        const auto kind = messages.error().kind;
        if (kind != feed.problem && kind != ProblemKind::Cancelled)
            base::log::problem("alerts.feed_not_read", messages.error());
        feed.problem = kind;
        return;
    }
    feed.problem.reset();
    for (auto& message : *messages) take(std::move(message), feed.reader.feed());
}

}  // namespace tram::gateway
