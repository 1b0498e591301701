#include "ui/screens/DisplayScreen.h"

#include "ui/screens/Parts.h"

namespace tram::screens {

using namespace kit;

ViewRef DisplayScreen::option(std::string id, const std::string& label, bool selected,
                              std::function<void(Session&)> set) {
    return button({.id = std::move(id),
                   .label = label,
                   .icon = selected ? "check" : "",
                   .kind = ButtonKind::Secondary,
                   .selected = selected,
                   .onPress = [this, set = std::move(set)] {
                       Session session = host_.session();
                       set(session);
                       host_.setSession(std::move(session));
                   }});
}

ViewRef DisplayScreen::group(const std::string& heading, Views options, int columns) {
    return card(column(
        {paragraph(heading, {.role = Type::Title, .heading = true}), grid(columns, std::move(options))}));
}

Page DisplayScreen::render() {
    const Session& now = host_.session();
    Views sizes;
    for (const int percent : {100, 125, 150, 200})
        sizes.push_back(
            option("text." + std::to_string(percent), host_.tr("display.size." + std::to_string(percent)),
                   now.textPercent == percent, [percent](Session& s) { s.textPercent = percent; }));
    Views colours{option("contrast.off", host_.tr("display.contrast.off"), !now.highContrast,
                         [](Session& s) { s.highContrast = false; }),
                  option("contrast.on", host_.tr("display.contrast.on"), now.highContrast,
                         [](Session& s) { s.highContrast = true; })};
    Views languages{option("language.vi", host_.tr("display.language.vi"), now.language == "vi",
                           [](Session& s) { s.language = "vi"; }),
                    option("language.en", host_.tr("display.language.en"), now.language == "en",
                           [](Session& s) { s.language = "en"; })};
    Views heights{option("height.normal", host_.tr("display.height.normal"), !now.lowered,
                         [](Session& s) { s.lowered = false; }),
                  option("height.low", host_.tr("display.height.low"), now.lowered,
                         [](Session& s) { s.lowered = true; })};
    Views groups{title(host_.tr("display.title")), group(host_.tr("display.size"), std::move(sizes), 2),
                 group(host_.tr("display.contrast"), std::move(colours), 2),
                 group(host_.tr("display.language"), std::move(languages), 2)};
    if (host_.theme().portrait()) groups.push_back(group(host_.tr("display.height"), std::move(heights), 2));
    groups.push_back(muted(host_.tr("display.reset")));
    return {.content = body(host_, "page", std::move(groups)),
            .help = false,
            .left = {{.id = "call",
                      .label = host_.tr("action.call"),
                      .icon = "support_agent",
                      .onPress = [this] { host_.callOfficer(); }}},
            .right = {primary("done", host_.tr("action.done"), "check", [this] { host_.back(); })}};
}

}  // namespace tram::screens
