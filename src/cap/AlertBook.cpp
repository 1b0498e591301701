#include "cap/AlertBook.h"

#include <algorithm>
#include <tuple>

namespace tram::cap {

namespace {

bool isForPublic(const Alert& alert) {
    return alert.scope == Scope::Public &&
           (alert.status == Status::Actual || alert.status == Status::Exercise) &&
           (alert.msgType == MsgType::Alert || alert.msgType == MsgType::Update);
}

/// Calling off a drill must not silence the real thing.
bool mayEnd(Status one, Status other) {
    return one == Status::Actual || (one == Status::Exercise && other == Status::Exercise);
}

auto pressure(const Notice& notice) {
    bool calm = true;
    auto severity = Severity::Unknown;
    for (const auto& info : notice.infos) {
        calm = calm && !info.isEmergency();
        severity = std::min(severity, info.severity);
    }
    return std::tuple(notice.drill, calm, severity, -notice.id.sent.time_since_epoch());
}

}  // namespace

bool isBefore(const Notice& one, const Notice& other) {
    return std::tuple(pressure(one), one.id) < std::tuple(pressure(other), other.id);
}

bool AlertBook::take(std::shared_ptr<const Alert> alert, const Voice& voice) {
    const auto& id = alert->id;
    if (entries_.contains(id)) return false;
    if (alert->msgType == MsgType::Update || alert->msgType == MsgType::Cancel)
        for (const auto& named : alert->references) enders_.emplace(&named, &id);
    entries_.emplace(id, Entry{std::move(alert), voice});
    return true;
}

/// Of one that names the other.
bool AlertBook::ends(const Entry& one, const Entry& other) const {
    const auto &by = *one.alert, &what = *other.alert;
    if (!mayEnd(by.status, what.status) || by.id == what.id || by.id.sent < what.id.sent) return false;
    return one.voice.trusted || (one.voice.origin == other.voice.origin && by.id.sender == what.id.sender);
}

bool AlertBook::isEnded(const Entry& entry) const {
    const auto [first, last] = enders_.equal_range(&entry.alert->id);
    return std::any_of(first, last,
                       [&](const auto& ender) { return ends(entries_.at(*ender.second), entry); });
}

bool AlertBook::isEnded(const Reference& id) const {
    const auto found = entries_.find(id);
    return found != entries_.end() && isEnded(found->second);
}

bool AlertBook::isOver(const Reference& id, base::WallTime now) const {
    const auto found = entries_.find(id);
    if (found == entries_.end() || found->second.voice.silent || isEnded(found->second)) return true;
    const auto& alert = *found->second.alert;
    return (alert.msgType != MsgType::Alert && alert.msgType != MsgType::Update) ||
           noticeOf(alert, now).infos.empty();
}

const AlertBook::Voice* AlertBook::voiceOf(const Reference& id) const {
    const auto found = entries_.find(id);
    return found == entries_.end() ? nullptr : &found->second.voice;
}

Area AlertBook::areaOf(const Area& area) const {
    Area ours{area.description, area.polygons, area.circles, {}, {}};
    for (const auto& code : area.geocodes)
        if (!rules_.wardCode.empty() && code.valueName == rules_.wardCode &&
            (rules_.wards.empty() || rules_.wards.contains(code.value)))
            ours.wards.push_back(code.value);
    return ours;
}

Notice AlertBook::noticeOf(const Alert& alert, base::WallTime now) const {
    Notice notice{alert.id, alert.status == Status::Exercise, alert.msgType == MsgType::Update, {}};
    for (const auto& told : alert.infos) {
        auto info = told;
        info.effective = told.effective.value_or(alert.id.sent);  // §3.2.2
        info.expires = told.expires.value_or(std::max(*info.effective, told.onset.value_or(*info.effective)) +
                                             rules_.life);
        if (*info.expires <= now) continue;
        std::ranges::transform(told.areas, info.areas.begin(),
                               [&](const Area& area) { return areaOf(area); });
        notice.infos.push_back(std::move(info));
    }
    return notice;
}

std::vector<Notice> AlertBook::notices(base::WallTime now) const {
    std::vector<Notice> all;
    for (const auto& [id, entry] : entries_) {
        if (!isForPublic(*entry.alert) || entry.voice.silent || isEnded(entry)) continue;
        auto notice = noticeOf(*entry.alert, now);
        if (!notice.infos.empty()) all.push_back(std::move(notice));
    }
    std::ranges::sort(all, isBefore);
    return all;
}

}  // namespace tram::cap
