#include "ui/screens/ComingScreen.h"

#include "ui/screens/FeedbackScreen.h"
#include "ui/screens/Parts.h"

namespace tram::screens {

using namespace kit;

Page ComingScreen::render() {
    const std::string label = host_.tr("home.tile." + service_);
    const std::string key = "coming." + service_;
    auto content =
        outcomeBody(host_, {.icon = "schedule",
                            .mood = Mood::Info,
                            .title = label,
                            .what = host_.tr("coming.what"),
                            .ways = {whatToDo(host_, {host_.tr(key + ".1"), host_.tr(key + ".2")})}});
    // What 1022 takes as well is offered right here; the rest leads back to all that already works.
    if (service_ == "rating")
        return {.content = content,
                .right = {primary("report", host_.tr("action.report"), "campaign", [&host = host_] {
                    host.back();
                    openFeedback(host);
                })}};
    return {.content = content,
            .right = {primary("home", host_.tr("action.home"), "home", [this] { host_.home(); })}};
}

}  // namespace tram::screens
