#include "ui/screens/staff/CounterScreen.h"

#include "ui/screens/Parts.h"

namespace tram::screens {

using namespace kit;

Page CounterScreen::render() {
    auto begin = primary("start", host_.tr("staff.sign_in"), "badge", [this] { host_.start(); });
    begin.shortcut = Shortcut{WXK_F1};
    return {
        .content = centredBody(host_, "page",
                               {hero("support_agent", Mood::Info),
                                paragraph(host_.tr("counter.title"),
                                          {.role = Type::Display, .align = Align::Centre, .heading = true}),
                                muted(host_.tr("counter.what"), Align::Centre),
                                row({button(std::move(begin))}, {.justify = Align::Centre})}),
        .bare = true};
}

}  // namespace tram::screens
