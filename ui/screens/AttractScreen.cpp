#include "ui/screens/AttractScreen.h"

#include "ui/screens/Parts.h"
#include "ui/screens/Wording.h"

namespace tram::screens {

using namespace kit;

namespace {

ViewRef offer(const std::string& icon, TilePair pair, const std::string& text) {
    return row({iconTile(icon, pair), grow(paragraph(text, {.role = Type::Title}))},
               {.gap = 32, .flow = false});
}

}  // namespace

Page AttractScreen::render() {
    const auto& services = host_.services();
    auto offers = card(column({offer("campaign", TilePair::Red, host_.tr("attract.offer.feedback")),
                               offer("search", TilePair::Blue, host_.tr("attract.offer.follow")),
                               offer("support_agent", TilePair::Green, host_.tr("attract.offer.help"))},
                              {.gap = 32}));
    auto touch =
        card(column({row({icon("touch_app", 72, Colour::OnPrimary),
                          paragraph(host_.tr("attract.touch"),
                                    {.role = Type::Title, .colour = Colour::OnPrimary, .bold = true})},
                         {.gap = 24, .justify = Align::Centre})}),
             {.padding = 48, .fill = Colour::Primary, .lined = false});
    auto content =
        column({spacer(),
                paragraph(host_.tr("attract.title"),
                          {.role = Type::Display, .align = Align::Centre, .heading = true}),
                muted(host_.tr("attract.free"), Align::Centre), gap(16), offers, gap(16), touch, spacer(),
                dangerBanner(host_, "attract.danger"),
                paragraph(dayTime(services.clock.wall()),
                          {.role = Type::Caption, .colour = Colour::Muted, .align = Align::Centre})},
               {.gap = 24});
    auto everywhere = padding(content, Insets::all(40));
    everywhere->id = "start";
    everywhere->role = Role::Button;
    everywhere->spokenName = host_.tr("attract.touch");
    everywhere->onPress = [this] { host_.start(); };
    return {.content = grow(everywhere), .bare = true};
}

}  // namespace tram::screens
