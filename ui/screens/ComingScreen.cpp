#include "ui/screens/ComingScreen.h"

#include "ui/screens/FeedbackScreen.h"
#include "ui/screens/Parts.h"

namespace tram::screens {

using namespace kit;

Page ComingScreen::render() {
    const std::string label = host_.tr(service_ == "login" ? "coming.login" : "home.tile." + service_);
    const std::string key = "coming." + service_;
    auto content =
        centredBody(host_, "page",
                    {hero("schedule", Mood::Info),
                     paragraph(label, {.role = Type::Display, .align = Align::Centre, .heading = true}),
                     muted(host_.tr("coming.what"), Align::Centre),
                     whatToDo(host_, {host_.tr(key + ".1"), host_.tr(key + ".2")})});
    return {.content = content, .right = {primary("report", host_.tr("action.report"), "campaign", [this] {
                                    auto& host = host_;
                                    host.back();
                                    openFeedback(host);
                                })}};
}

}  // namespace tram::screens
