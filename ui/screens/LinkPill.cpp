#include "ui/screens/LinkPill.h"

namespace tram::screens {

namespace {

const char* linkKey(device::AgentState::Link link, bool terse) {
    using Link = device::AgentState::Link;
    if (link == Link::Online) return "status.online";
    if (link == Link::SendingFails) return terse ? "status.not_sent.short" : "status.not_sent";
    return terse ? "status.offline.short" : "status.offline";
}

}  // namespace

kit::ViewRef linkPill(const Host& host, bool terse) {
    const auto words = host.tr(linkKey(host.link(), terse));
    return kit::statusPill({.text = kit::unbroken(words),
                            .mood = host.online() ? kit::Mood::Ok : kit::Mood::Warn,
                            .id = "link",
                            .spoken = words});
}

}  // namespace tram::screens
