#include "ui/screens/GuideScreen.h"

#include "ui/screens/Parts.h"
#include "ui/screens/ProblemScreen.h"

namespace tram::screens {

using namespace kit;

GuideScreen::GuideScreen(Host& host, guide::GuideFlow::Settings settings)
    : host_(host),
      flow_(std::move(settings), host.services().outbox, host.services().scheduler, host.services().clock) {
    flow_.onChange = [this] { host_.refresh(); };
}

std::string GuideScreen::name() const {
    namespace situation = guide::situation;
    struct Name {
        std::string operator()(const situation::Choosing&) const { return "guide_phone"; }
        std::string operator()(const situation::OnStep& s) const { return "guide_step_" + s.step->id; }
        std::string operator()(const situation::Wifi&) const { return "guide_wifi"; }
        std::string operator()(const situation::Troubles&) const { return "guide_troubles"; }
        std::string operator()(const situation::Trouble&) const { return "guide_trouble"; }
        std::string operator()(const situation::Fakes&) const { return "guide_fakes"; }
        std::string operator()(const situation::NoPhone&) const { return "guide_no_phone"; }
        std::string operator()(const situation::Ending&) const { return "guide_end"; }
        std::string operator()(const situation::Done&) const { return "guide_done"; }
    };
    return std::visit(Name{}, flow_.state());
}

Page GuideScreen::render() {
    namespace situation = guide::situation;
    struct Show {
        GuideScreen& screen;
        Page operator()(const situation::Choosing&) const { return screen.choosePage(); }
        Page operator()(const situation::OnStep& s) const { return screen.stepPage(*s.step); }
        Page operator()(const situation::Wifi&) const { return screen.wifiPage(); }
        Page operator()(const situation::Troubles&) const { return screen.troublesPage(); }
        Page operator()(const situation::Trouble& s) const { return screen.troublePage(*s.trouble); }
        Page operator()(const situation::Fakes&) const {
            return screen.linesPage("page.fakes", "gpp_bad", screen.host_.tr("guide.fakes.title"),
                                    screen.flow_.guide().fakes);
        }
        Page operator()(const situation::NoPhone&) const { return screen.noPhonePage(); }
        Page operator()(const situation::Ending&) const { return screen.endPage(); }
        Page operator()(const situation::Done& s) const { return screen.donePage(*s.outcome); }
    };
    return std::visit(Show{*this}, flow_.state());
}

bool GuideScreen::back() {
    return flow_.back();
}

ViewRef GuideScreen::heading(const std::string& title) const {
    const auto at = flow_.progress();
    return stepper({.title = title,
                    .label = host_.tr("step.label", {{"step", std::to_string(at.step)},
                                                     {"steps", std::to_string(at.steps)}}),
                    .done = at.step,
                    .total = at.steps});
}

ButtonOptions GuideScreen::troubleButton(const form::GuideStep& step) {
    const bool installing = installs() && !flow_.link(step).address.empty();
    return {.id = "trouble",
            .label = host_.tr(installing ? "guide.trouble.install" : "guide.trouble.do"),
            .icon = "help",
            .kind = ButtonKind::Outline,
            .onPress = [this] { flow_.lookForTrouble(); }};
}

ButtonOptions GuideScreen::resumeButton() {
    return primary("resume", host_.tr("guide.resume"), "arrow_forward", [this] { flow_.resume(); });
}

/// What the guide does not know of a store, the station's configuration may.
void openGuide(Host& host, const std::string& id, const std::string& json) {
    auto guide = form::Guide::parse(json);
    if (!guide)
        return host.open(std::make_unique<ProblemScreen>(host, guide.error(), [&host] { host.back(); }));
    const auto& config = host.services().config.guides;
    for (const auto& app : config.apps)
        if (app.guide == id && guide->app) {
            if (!app.android.empty()) guide->app->android = app.android;
            if (!app.ios.empty()) guide->app->ios = app.ios;
        }
    host.open(std::make_unique<GuideScreen>(
        host, guide::GuideFlow::Settings{id, std::move(*guide), host.services().station.wardCode,
                                         config.group, config.linkHosts}));
}

}  // namespace tram::screens
