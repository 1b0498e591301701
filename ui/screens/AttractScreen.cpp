#include "ui/screens/AttractScreen.h"

#include "base/VietnameseText.h"
#include "ui/screens/AlertScreen.h"
#include "ui/screens/EntryWords.h"
#include "ui/screens/Parts.h"

namespace tram::screens {

using namespace kit;

namespace {

ViewRef offer(const std::string& icon, TilePair pair, const std::string& text) {
    return row({iconTile(icon, pair), grow(paragraph(text, {.role = Type::Title}))},
               {.gap = 32, .flow = false});
}

}  // namespace

/// What the city and this ward have made known last, for whoever walks by.
Views AttractScreen::notices() const {
    constexpr std::size_t kAsked = 20, kLongest = 110;
    const std::size_t shown = host_.theme().portrait() ? 3 : 2;
    const auto city = host_.services().city();
    const auto& ward = host_.services().station.wardCode;
    Views rows;
    for (const auto& kind : city->catalogue().kinds()) {
        if (!kind.signage) continue;
        for (const auto& item :
             city->list({.kind = kind.id, .limit = kAsked}, host_.services().clock.wall()).items) {
            if (rows.size() == shown || (!item.entry.ward.empty() && item.entry.ward != ward)) continue;
            const auto line = lineText(host_, kind, catalogue::fieldValues(kind, item.entry.fields));
            rows.push_back(column(
                {plainText(base::firstCharacters(item.entry.title, kLongest), {.role = Type::BodyStrong}),
                 line.empty() ? nullptr : plainText(line, {.role = Type::Caption, .colour = Colour::Muted})},
                {.gap = 4}));
        }
    }
    return rows;
}

ViewRef AttractScreen::signage() const {
    auto rows = notices();
    if (rows.empty()) return nullptr;
    rows.insert(rows.begin(), row({icon("newspaper", 36, Colour::Primary),
                                   grow(paragraph(host_.tr("attract.notices"), {.role = Type::Heading}))},
                                  {.gap = 16, .flow = false}));
    auto view = card(column(std::move(rows), {.gap = 20}));
    view->id = "notices";
    return view;
}

Page AttractScreen::render() {
    auto offers = card(column({offer("campaign", TilePair::Red, host_.tr("attract.offer.feedback")),
                               offer("search", TilePair::Blue, host_.tr("attract.offer.follow")),
                               offer("support_agent", TilePair::Green, host_.tr("attract.offer.help"))},
                              {.gap = 32}));
    const auto alerts = host_.services().alerts(host_.session().language);
    const bool covered = !alerts.empty() && alerts.front().covers;
    // A screen that lies has no height to spare beside an alert.
    const double room = covered && !host_.theme().portrait() ? 16 : 48;
    auto touch =
        card(column({row({icon("touch_app", 72, Colour::OnPrimary),
                          paragraph(host_.tr("attract.touch"),
                                    {.role = Type::Title, .colour = Colour::OnPrimary, .bold = true})},
                         {.gap = 24, .justify = Align::Centre})}),
             {.padding = room, .fill = Colour::Primary, .lined = false});
    if (covered)
        return {.content = grow(startsAt(alertView(host_, alerts.front(), "page.alert", touch))),
                .bare = true};
    auto danger = alerts.empty() ? dangerBanner(host_, "attract.danger") : lesserAlert(alerts.front());
    auto head = column({paragraph(host_.tr("attract.title"),
                                  {.role = Type::Display, .align = Align::Centre, .heading = true}),
                        muted(host_.tr("attract.free"), Align::Centre)});
    const bool large = largeText(host_);
    auto content =
        host_.theme().portrait() || large
            ? column({spacer(), head, large ? nullptr : offers, large ? nullptr : signage(), touch, spacer(),
                      danger, staffEntry()},
                     {.gap = 40})
            : row({grow(column({spacer(), head, touch, danger, spacer(), staffEntry()}, {.gap = 40})),
                   grow(column({spacer(), offers, signage(), spacer()}, {.gap = 32}))},
                  {.gap = 60, .align = Align::Stretch, .flow = false, .even = true});
    return {.content = grow(startsAt(padding(content, Insets::all(40)))), .bare = true};
}

/// Small and plain: residents need not know of it.
ViewRef AttractScreen::staffEntry() const {
    if (!host_.services().duty || largeText(host_)) return nullptr;  // a fresh page is never in large letters
    return row({button({.id = "staff",
                        .label = host_.tr("attract.staff"),
                        .icon = "badge",
                        .kind = ButtonKind::Quiet,
                        .onPress = [this] { host_.signInStaff({}); },
                        .close = true})});
}

/// One that covers no page; a drill is told as one.
ViewRef AttractScreen::lesserAlert(const content::ShownAlert& alert) {
    constexpr std::size_t kMost = 120;
    auto headline = base::firstCharacters(alert.headline, kMost);
    std::erase(headline, '*');  // no marks of ours in a sender's words
    return banner({.mood = alert.drill ? Mood::Info : Mood::Warn,
                   .icon = alert.drill ? "event_note" : "warning",
                   .title = host_.tr(alert.drill ? "alert.drill" : "alert.notice"),
                   .text = headline,
                   .id = "alert"});
}

/// All of it is the button.
ViewRef AttractScreen::startsAt(ViewRef page) {
    page->id = "start";
    page->role = Role::Button;
    page->spokenName = host_.tr("attract.touch");
    page->onPress = [this] { host_.start(); };
    return page;
}

}  // namespace tram::screens
