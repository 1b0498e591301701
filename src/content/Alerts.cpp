#include "content/Alerts.h"

#include <algorithm>
#include <tuple>

#include "cap/Shapes.h"

namespace tram::content {

namespace {

std::string namesOf(const std::vector<cap::Area>& areas) {
    std::string names;
    for (const auto& area : areas) names += (names.empty() ? "" : ", ") + area.description;
    return names;
}

ShownAlert shownFrom(const cap::Notice& notice, const cap::Shown& shown) {
    const auto& info = *shown.info;
    return {notice.id.sender + "," + notice.id.identifier + "," + cap::writeTime(notice.id.sent),
            notice.id.identifier,
            shown.covers,
            shown.drill,
            notice.update,
            info.severity,
            notice.id.sent,
            info.expires.value_or(base::WallTime()),
            info.onset,
            info.language,
            info.senderName,
            info.headline.empty() ? info.event : info.headline,
            info.description,
            info.instruction,
            info.contact,
            info.web,
            namesOf(info.areas)};
}

auto order(const ShownAlert& alert) {
    return std::tuple(alert.drill, !alert.covers, alert.severity, -alert.sent.time_since_epoch());
}

}  // namespace

Alerts::Alerts(const std::filesystem::path& dataDir, RootSource root, const base::Clock& clock,
               cap::Here here)
    : cache_(dataDir), root_(std::move(root)), clock_(clock), here_(std::move(here)) {}

Alerts::RootSource Alerts::rootOf(const PackStore& packs) {
    return {[packs] { return packs.trust().map([](const trust::Trust& trust) { return trust.root(); }); },
            [packs] { return packs.rootStamp(); }};
}

/// A list that cannot be read is looked at again each time: the root that vouches for it may be on its way.
void Alerts::follow() {
    auto stamp = cache_.stamp() + root_.stamp();
    if (stamp == stamp_) return;
    stamp_.clear(), bulletin_.reset();
    const auto root = root_.read();
    if (!root) return;
    if (auto read = cache_.read(*root)) {
        bulletin_ = std::move(*read);
        stamp_ = std::move(stamp);
    }
}

std::vector<ShownAlert> Alerts::active(std::string_view language) {
    follow();
    std::vector<ShownAlert> all;
    if (!bulletin_) return all;
    // STANDARDS 11: never before the newest signed time.
    const auto now = std::max(cache_.trustedTime(clock_), bulletin_->signedAt);
    for (const auto& notice : bulletin_->notices)
        if (const auto shown = cap::show(notice, here_, language, now))
            all.push_back(shownFrom(notice, *shown));
    std::ranges::stable_sort(all, [](const auto& a, const auto& b) { return order(a) < order(b); });
    return all;
}

}  // namespace tram::content
