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

bool AlertBook::take(Alert alert, const Voice& voice) {
    const auto same = [&](const Entry& entry) { return entry.alert.id == alert.id; };
    if (std::ranges::any_of(entries_, same)) return false;
    entries_.push_back({std::move(alert), voice});
    return true;
}

bool AlertBook::ends(const Entry& one, const Entry& other) const {
    const auto &by = one.alert, &what = other.alert;
    if (by.msgType != MsgType::Update && by.msgType != MsgType::Cancel) return false;
    if (!mayEnd(by.status, what.status) || by.id == what.id || by.id.sent < what.id.sent) return false;
    if (!one.voice.trusted && (one.voice.origin != other.voice.origin || by.id.sender != what.id.sender))
        return false;
    return std::ranges::find(by.references, what.id) != by.references.end();
}

bool AlertBook::isEnded(const Entry& entry) const {
    return std::ranges::any_of(entries_, [&](const Entry& one) { return ends(one, entry); });
}

bool AlertBook::isEnded(const Reference& id) const {
    return std::ranges::any_of(entries_,
                               [&](const Entry& entry) { return entry.alert.id == id && isEnded(entry); });
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
    for (const auto& entry : entries_) {
        if (!isForPublic(entry.alert) || isEnded(entry)) continue;
        auto notice = noticeOf(entry.alert, now);
        if (!notice.infos.empty()) all.push_back(std::move(notice));
    }
    std::ranges::sort(all, isBefore);
    return all;
}

}  // namespace tram::cap
