#include "ui/screens/staff/ConsentScreen.h"

#include "ui/screens/Parts.h"

namespace tram::screens {

using namespace kit;
using How = wire::Handling::How;

namespace {

/// The words' own version stands beside them, in each language.
constexpr const char* kVersion = "staff.consent.version";

std::string helperText(const Host& host) {
    const auto& who = host.services().duty->session()->who();
    return who.name + " · " + host.tr("staff.role." + std::string(wire::name(who.role)));
}

}  // namespace

Page ConsentScreen::render() {
    const auto* session = host_.services().duty->session();
    if (!session) return {.content = spacer()};
    auto told = card(facts({{host_.tr("staff.consent.who"), helperText(host_)},
                            {host_.tr("staff.consent.where"), host_.services().station.stationName},
                            {host_.tr("staff.consent.data"), host_.tr("staff.consent.data.what")},
                            {host_.tr("staff.consent.purpose"), host_.tr("staff.consent.purpose.what")},
                            {host_.tr("staff.consent.rights"), host_.tr("staff.consent.rights.what")}}));
    return {.content =
                body(host_, "page.consent",
                     {title(host_.tr("staff.consent.title")), muted(host_.tr("staff.consent.what")), told}),
            .end = false,
            .help = false,
            .left = {{.id = "refuse",
                      .label = host_.tr("staff.consent.refuse"),
                      .icon = "block",
                      .onPress = [this] { refused(); }}},
            .right = {
                {.id = "agree.aloud",
                 .label = host_.tr("staff.consent.aloud"),
                 .icon = "record_voice_over",
                 .onPress = [this] { agreed(How::Aloud); },
                 .shortcut = Shortcut{WXK_F10}},
                primary("agree", host_.tr("staff.consent.agree"), "check", [this] { agreed(How::Touch); })}};
}

void ConsentScreen::agreed(How how) {
    auto& duty = *host_.services().duty;
    duty.openFile(assist::Identified::NotAtAll);
    duty.consent(host_.tr(kVersion), how);
    auto& host = host_;
    auto wanted = std::move(wanted_);
    host.back();
    if (wanted) host.open(std::move(wanted));
}

void ConsentScreen::refused() {
    auto& duty = *host_.services().duty;
    duty.openFile(assist::Identified::NotAtAll);
    duty.refuse(host_.tr(kVersion));
    host_.back();
}

}  // namespace tram::screens
