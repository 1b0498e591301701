#include "gateway/alerts/AlertDesk.h"

#include <unistd.h>

#include <algorithm>

#include "base/Log.h"

namespace tram::gateway {
namespace {

using base::ProblemKind;

constexpr base::Millis kTurn{1000};
constexpr std::chrono::seconds kAgainEvery{10};  ///< what could not be taken for the moment
constexpr std::chrono::hours kForgetEvery{1}, kTellEvery{1};

cap::AlertBook::Rules rulesOf(const AlertConfig& config, std::set<std::string> wards) {
    return {config.life, config.wardCode, std::move(wards)};
}

}  // namespace

AlertDesk::AlertDesk(SharedDatabase& city, AlertConfig config, const std::filesystem::path& dataDir,
                     std::set<std::string> wards, const base::Clock& clock)
    : store_(city, config.share),
      config_(std::move(config)),
      keyFile_(dataDir, kKey),
      clock_(clock),
      publisher_(store_, rulesOf(config_, std::move(wards))) {
    if (!config_.folder.empty()) folder_.emplace(dataDir / config_.folder);
    for (const auto& feed : config_.feeds) {
        auto http = std::make_shared<net::HttpClient>(net::HttpClient::Options{{}, "tram-gateway"});
        feeds_.push_back(std::make_unique<Feed>(Feed{FeedReader(feed, std::move(http), clock)}));
        feeds_.back()->number = feeds_.size();
    }
}

AlertDesk::~AlertDesk() {
    stop();
}

void AlertDesk::start() {
    publishing_ = std::thread([this] { rest(kTurn, [this] { turn(); }); });
    for (auto& feed : feeds_)
        feed->asking = std::thread([this, &feed = *feed] { rest(kTurn, [&] { askIfDue(feed); }); });
}

void AlertDesk::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        changed_.notify_all();
    }
    for (auto& feed : feeds_) feed->reader.cancel();
    if (publishing_.joinable()) publishing_.join();
    for (auto& feed : feeds_)
        if (feed->asking.joinable()) feed->asking.join();
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
    auto key = keyFile_.follow();
    if (!key) return base::log::problem("alerts.key_not_read", key.error());
    if (!*key && key_) publisher_.withdraw();
    key_ = std::move(*key);
}

void AlertDesk::publish() {
    if (!key_) return;
    const auto published = publisher_.refresh(*key_, clock_.wall());
    if (!published) return base::log::problem("alerts.not_published", published.error());
    if (*published) base::log::info("alerts.published");
}

void AlertDesk::turn() {
    lookIntoFolder();
    followKey();
    publish();
    if (isDue(forgot_, kForgetEvery)) forget();
}

bool AlertDesk::isDue(std::optional<base::BootTime>& last, base::Millis every) {
    const auto now = clock_.boot();
    if (last && now.sinceBoot - last->sinceBoot < every) return false;
    last = now;
    return true;
}

void AlertDesk::lookIntoFolder() {
    if (!folder_) return;
    folder_->look([this](FolderSource::Found found) { return takeFile(std::move(found)); },
                  isDue(again_, kAgainEvery));
}

bool AlertDesk::takeFile(FolderSource::Found found) {
    const auto& source = config_.folderSource;
    if (!found.document) {
        const auto told = store_.tellUnreadable(source.name, found.name, clock_.wall());
        tellRefusal(told ? base::Problem{ProblemKind::FileUnreadable, {{"key", source.name}}} : told.error(),
                    source);
        return false;
    }
    const auto giver = found.owner ? AlertStore::giverOf(*found.owner, geteuid()) : "";
    return take({std::move(*found.document), source.name, giver, false, found.name}, source);
}

void AlertDesk::forget() {
    if (auto gone = publisher_.forget(clock_.wall()); !gone)
        base::log::problem("alerts.forget_failed", gone.error());
}

/// Whether it is settled. What it says of its sender is looked at before anything else is believed of it,
/// which is all right: the way it came is what is trusted, and a message that cannot be read is refused
/// either way.
bool AlertDesk::take(AlertStore::Incoming incoming, const AlertSource& source) {
    if (const auto alert = cap::Alert::parse(incoming.document))
        incoming.trusted = std::ranges::find(source.approved, alert->id.sender) != source.approved.end();
    const auto taken = store_.take(incoming, clock_.wall());
    if (!taken) return tellRefusal(taken.error(), source), AlertStore::isSettled(taken.error());
    if (taken->isNew)
        base::log::info("alerts.taken", {{"alert", base::log::Hex{taken->id}}, {"state", taken->state}});
    return true;
}

/// Each that is refused for good, once; of what is tried again and again, each kind of trouble now and then.
void AlertDesk::tellRefusal(const base::Problem& problem, const AlertSource& source) {
    if (!AlertStore::isSettled(problem)) {
        const auto now = clock_.boot().sinceBoot;
        const std::lock_guard lock(mutex_);
        const auto [told, first] = told_.try_emplace({source.name, problem.kind}, now);
        if (!first && now - told->second < kTellEvery) return;
        told->second = now;
    }
    base::log::problem("alerts.refused", problem);
}

void AlertDesk::askFeeds() {
    for (auto& feed : feeds_) askIfDue(*feed);
}

void AlertDesk::askIfDue(Feed& feed) {
    if (clock_.boot().sinceBoot >= feed.next) ask(feed);
}

/// Said once for each kind of trouble: a feed may be silent for days.
void AlertDesk::ask(Feed& feed) {
    feed.next = clock_.boot().sinceBoot + feed.reader.feed().every;
    const auto read = feed.reader.read([&](std::string document) {
        return take({std::move(document), feed.reader.feed().name, "", false}, feed.reader.feed());
    });
    if (read) {
        if (*read != feed.left && read->any())
            base::log::warning("alerts.feed_links_left", {{"feed", feed.number},
                                                          {"not_allowed", read->notAllowed},
                                                          {"not_fetched", read->notFetched},
                                                          {"too_many", read->tooMany}});
        feed.left = *read;
        return feed.problem.reset();
    }
    const auto kind = read.error().kind;
    if (kind != feed.problem && kind != ProblemKind::Cancelled)
        base::log::problem("alerts.feed_not_read", read.error(), {{"feed", feed.number}});
    feed.problem = kind;
}

}  // namespace tram::gateway
