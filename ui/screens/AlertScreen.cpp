#include "ui/screens/AlertScreen.h"

#include <algorithm>

#include "ui/screens/Parts.h"
#include "ui/screens/Wording.h"

namespace tram::screens {

using namespace kit;
using content::ShownAlert;

namespace {

struct AlertLook {
    const char* title;
    const char* icon;
    Colour ground, ink, mark, panel, card, cardInk;
};

AlertLook lookOf(const ShownAlert& alert) {
    if (alert.drill)
        return {"alert.drill",   "event_note", Colour::Surface,     Colour::Ink,
                Colour::Primary, Colour::Card, Colour::PrimarySoft, Colour::PrimaryInk};
    if (!alert.covers)
        return {"alert.notice", "warning",    Colour::Surface,  Colour::Ink,
                Colour::Warn,   Colour::Card, Colour::WarnSoft, Colour::Ink};
    return {"alert.emergency", "warning",          Colour::AlertGround, Colour::AlertInk,
            Colour::AlertMark, Colour::AlertPanel, Colour::AlertCard,   Colour::AlertCardInk};
}

/// Today's time alone; of another day the day too.
std::string untilText(const Host& host, base::WallTime until) {
    const auto now = host.services().clock.wall();
    return day(now) == day(until) ? clockTime(until) : dayTime(until);
}

class AlertForm {
  public:
    AlertForm(const Host& host, const ShownAlert& alert)
        : host_(host), alert_(alert), look_(lookOf(alert)), roomy_(isRoomy(host, alert)) {}

    ViewRef head() const {
        auto words =
            column({say(host_.tr(look_.title), {.role = Type::Heading, .colour = look_.mark}),
                    largeText(host_) ? nullptr : sender(),
                    otherLanguage() ? say(host_.tr(otherLanguage()),
                                          {.role = Type::Small, .colour = look_.ink, .id = "language"})
                                    : nullptr},
                   {.gap = 4});
        return row({icon(look_.icon, largeText(host_) ? 72 : 110, look_.mark), grow(words)},
                   {.gap = 28, .flow = false});
    }
    /// With large letters it stands at the end: whom to call comes before who says so.
    ViewRef sender() const {
        return say(alert_.senderName + " · " + dayTime(alert_.sent),
                   {.role = Type::Small, .colour = look_.ink});
    }
    Views told() const {
        Views all{say(alert_.headline, {.role = roomy_             ? Type::AlertTitle
                                                : largeText(host_) ? Type::Title
                                                                   : Type::Display,
                                        .colour = look_.ink,
                                        .heading = true,
                                        .id = "alert"})};
        if (!alert_.description.empty())
            all.push_back(say(alert_.description, {.role = text(), .colour = look_.ink}));
        return all;
    }
    ViewRef toDo() const {
        if (alert_.instruction.empty()) return nullptr;
        return card(column({say(host_.tr(alert_.drill ? "alert.now.drill" : "alert.now"),
                                {.role = Type::Heading, .colour = look_.ink}),
                            say(alert_.instruction, {.role = text(), .colour = look_.ink})},
                           {.gap = 16}),
                    {.fill = look_.panel, .line = look_.ink, .lined = host_.session().highContrast});
    }
    ViewRef numbers() const {
        Views cards;
        const auto& language = host_.session().language;
        for (const auto& line : host_.services().hotlines)
            if (line.danger) cards.push_back(numberCard(line.number, line.label(language)));
        const int count = static_cast<int>(cards.size());
        return column({say(host_.tr("alert.call"), {.role = Type::SmallStrong, .colour = look_.ink}),
                       grid(count, std::move(cards), {.gap = 20, .minWidth = 120})},
                      {.gap = 16});
    }
    ViewRef foot() const {
        const auto until = untilText(host_, alert_.until);
        auto text = host_.tr("alert.until", {{"time", until}});
        for (const auto& part : {alert_.area, alert_.contact})
            if (!part.empty()) text += " · " + part;
        text += " · " + host_.tr("alert.number", {{"number", alert_.identifier}});
        return say(text, {.role = Type::Caption, .colour = look_.ink});
    }
    Colour ground() const { return look_.ground; }

  private:
    /// Read from across a room, where there is little to read.
    static bool isRoomy(const Host& host, const ShownAlert& alert) {
        // Bytes; about two in three are letters.
        const std::size_t shortTitle = host.theme().portrait() ? 120 : 90;
        const std::size_t shortText = host.theme().portrait() ? 900 : 400;
        return !largeText(host) && alert.headline.size() <= shortTitle &&
               alert.description.size() + alert.instruction.size() <= shortText;
    }
    /// Nothing when the texts are in the language of the page.
    const char* otherLanguage() const {
        const auto main = std::string_view(alert_.language).substr(0, 2);
        if (main == host_.session().language) return nullptr;
        return main == "vi"   ? "alert.language.vi"
               : main == "en" ? "alert.language.en"
                              : "alert.language.other";
    }
    Type text() const { return roomy_ ? Type::AlertText : Type::Body; }
    /// Texts of their senders: no marks are looked for in them.
    static ViewRef say(const std::string& text, TextStyle style) { return plainText(text, std::move(style)); }
    ViewRef numberCard(const std::string& number, const std::string& label) const {
        return card(
            column(
                {say(number, {.role = roomy_ ? Type::Code : Type::Title,
                              .colour = look_.cardInk,
                              .align = Align::Centre}),
                 say(label, {.role = Type::CaptionStrong, .colour = look_.cardInk, .align = Align::Centre})},
                {.gap = 4}),
            {.padding = 20,
             .fill = look_.card,
             .line = look_.cardInk,
             .lined = host_.session().highContrast});
    }

    const Host& host_;
    const ShownAlert& alert_;
    const AlertLook look_;
    const bool roomy_;
};

}  // namespace

/// Numbers and time stand at the bottom, where whoever sits reaches and looks; `below` never scrolls away.
ViewRef alertView(const Host& host, const ShownAlert& alert, const std::string& id, ViewRef below) {
    const AlertForm form(host, alert);
    const auto numbers = alert.drill ? nullptr : form.numbers();
    Views rows{form.head()};
    auto left = form.told();
    if (!host.theme().portrait() && !largeText(host)) {
        left.push_back(form.foot());
        rows.push_back(row({grow(column(std::move(left))), grow(column({form.toDo(), numbers}))},
                           {.gap = 60, .align = Align::Start, .flow = false, .even = true}));
    } else {
        // However large the letters: what to do and whom to call come before what has happened.
        Views after{form.toDo(), spacer(), numbers, form.foot()};
        if (largeText(host)) {
            after = {form.toDo(), numbers};
            std::move(left.begin() + 1, left.end(), std::back_inserter(after));
            after.push_back(form.sender());
            after.push_back(form.foot());
            left.resize(1);
        }
        for (auto& view : left) rows.push_back(std::move(view));
        for (auto& view : after) rows.push_back(std::move(view));
    }
    auto page = grow(body(host, id, {grow(column(std::move(rows), {.gap = largeText(host) ? 20.0 : 36.0}))}));
    if (below) page = grow(column({std::move(page), padding(std::move(below), Insets::all(40))}, {.gap = 0}));
    return ground(std::move(page), form.ground());
}

ViewRef alertChip(Host& host, bool brief) {
    const auto alerts = host.services().alerts(host.session().language);
    if (alerts.empty()) return nullptr;
    const auto& first = alerts.front();
    const bool danger = first.covers && !first.drill;
    const auto words = host.tr(first.drill ? "alert.chip.drill" : "alert.chip");
    return button({.id = "alerts",
                   .label = brief ? std::string() : unbroken(words),
                   .icon = first.drill ? "event_note" : "warning",
                   .kind = danger ? ButtonKind::DangerChip : ButtonKind::Chip,
                   .onPress =
                       [&host, key = first.key] {
                           host.start();
                           host.open(std::make_unique<AlertScreen>(host, key, AlertScreen::Opened::ByHand));
                       },
                   .spoken = words});
}

std::optional<ShownAlert> AlertScreen::alert() const {
    for (auto& one : host_.services().alerts(host_.session().language))
        if (one.key == key_) return one;
    return {};
}

/// Who opened it sees all that is in force; over somebody's work only emergencies that are new to them
/// follow.
std::optional<ShownAlert> AlertScreen::next() const {
    const auto all = host_.services().alerts(host_.session().language);
    const auto here = std::ranges::find(all, key_, &ShownAlert::key);
    if (here == all.end()) return {};
    const auto follows = std::find_if(here + 1, all.end(), [this](const ShownAlert& one) {
        return opened_ == Opened::ByHand || (one.covers && !host_.hasReadAlert(one.key));
    });
    if (follows == all.end()) return {};
    return *follows;
}

std::string AlertScreen::name() const {
    const auto now = alert();
    const char* sort = !now          ? "alert_over"
                       : now->drill  ? "alert_drill"
                       : now->covers ? "alert"
                                     : "alert_notice";
    return turn_ == 0 ? sort : std::string(sort) + "_" + std::to_string(turn_ + 1);
}

void AlertScreen::goOn() {
    host_.alertRead(key_);
    const auto following = next();
    if (!following) return host_.back();
    key_ = following->key;
    ++turn_;
    host_.refresh();
}

bool AlertScreen::back() {
    host_.alertRead(key_);
    return false;
}

Page AlertScreen::over() {
    const auto what = headline_.empty() ? host_.tr("alert.over.what")
                                        : host_.tr("alert.over.named", {{"alert", headline_}});
    return {.content = outcomeBody(host_, {.icon = "check_circle",
                                           .mood = Mood::Info,
                                           .title = host_.tr("alert.over.title"),
                                           .what = what}),
            .back = false,
            .end = false,
            .help = false,
            .right = {primary("done", host_.tr("alert.over.close"), "check", [this] { host_.back(); })}};
}

Page AlertScreen::render() {
    const auto now = alert();
    if (!now) return over();
    headline_ = now->headline;
    const bool more = next().has_value();
    const auto turn = std::to_string(turn_);
    return {
        .content = alertView(host_, *now, "page.alert." + turn),
        .back = opened_ == Opened::ByHand,
        .end = opened_ == Opened::ByHand,  // over somebody's work nothing stands that would end it
        .right = {primary(turn_ == 0 ? "read" : "read." + turn, host_.tr(more ? "alert.next" : "alert.read"),
                          more ? "arrow_forward" : "check", [this] { goOn(); })}};
}

}  // namespace tram::screens
