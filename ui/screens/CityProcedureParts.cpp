#include <algorithm>

#include "catalogue/Values.h"
#include "ui/screens/AppointmentScreen.h"
#include "ui/screens/CityEntryScreen.h"
#include "ui/screens/DossierScreen.h"
#include "ui/screens/OfficeHours.h"
#include "ui/screens/Parts.h"

namespace tram::screens {

using namespace kit;

namespace {

ViewRef wayTo(const char* id, std::string label, const char* icon, Action onPress) {
    return button({.id = id,
                   .label = std::move(label),
                   .icon = icon,
                   .kind = ButtonKind::Outline,
                   .onPress = std::move(onPress),
                   .wide = true});
}

}  // namespace

TurnErrand CityEntryScreen::errand() const {
    const auto* code = catalogue::valueOf(values_, "code");
    return {host_.services().config.turns.office, item_.entry.id, code ? code->text : "", item_.entry.title};
}

/// A link that its kind does not allow: said, and not drawn.
ViewRef CityEntryScreen::refused(const catalogue::Field& field) const {
    return banner({.mood = Mood::Warn,
                   .icon = "link_off",
                   .title = field.label.in(host_.session().language),
                   .text = host_.tr("guide.link.refused"),
                   .id = "refused." + field.id});
}

/// Any ward takes a dossier since 2025; this one's counter is where one stands.
ViewRef CityEntryScreen::officeHere() {
    const auto* kind = city_->catalogue().kind(kAgencies);
    const auto& ward = host_.services().station.wardCode;
    Views told{paragraph(host_.tr("procedure.any_ward"), {.role = Type::Heading, .heading = true}),
               paragraph(host_.tr("procedure.any_ward.what"))};
    if (kind && servedHere()) {
        const auto found =
            city_->list({.kind = kAgencies, .ward = ward, .only = {{"type", kDeskType}}, .limit = 1},
                        host_.services().clock.wall());
        for (const auto& item : found.items) {
            const auto values = catalogue::fieldValues(*kind, item.entry.fields);
            told.push_back(muted(host_.tr("procedure.any_ward.here")));
            told.push_back(plainText(item.entry.title, {.role = Type::BodyStrong}));
            for (const char* id : {"address", "hours", "phone"})
                if (const auto* value = catalogue::valueOf(values, id))
                    told.push_back(plainText(valueText(host_, *value)));
            if (const auto open = openNow(host_, values))
                told.push_back(statusPill({.text = open->text,
                                           .mood = open->open ? Mood::Ok : Mood::Warn,
                                           .icon = "schedule",
                                           .id = "office.open"}));
        }
    }
    auto view = card(column(std::move(told), {.gap = 12}));
    view->id = "any_ward";
    return view;
}

void CityEntryScreen::askOffice() {
    const auto& services = host_.services();
    const auto& office = services.config.turns.office;
    if (office.empty() || !services.turns) return;
    services.scheduler.background(
        [this, &ui = services.scheduler, token = lifetime_.token(), ask = services.turns, office] {
            ui.onUi(token, [this, board = ask(office)] {
                board_ = board;
                host_.refresh();
            });
        });
}

/// Another house may take this procedure in (a police station); who could not be asked may.
bool CityEntryScreen::servedHere() const {
    if (!board_ || !*board_ || (*board_)->desks.empty()) return true;
    const auto asked = errand();
    return std::ranges::any_of((*board_)->desks,
                               [&](const auto& desk) { return desk.serves(asked.procedure, asked.code); });
}

/// Only what the office offers. Who could not be asked may offer both: its pages say what then.
Views CityEntryScreen::turnWays() {
    if (!board_) return {};
    const auto asked = errand();
    const bool known = board_->has_value();
    if (!known && board_->error().kind == base::ProblemKind::NotFound) return {};
    const bool turn = servedHere();
    Views ways;
    if (turn)
        ways.push_back(wayTo("turn", host_.tr("turn.button"), "confirmation_number",
                             [this, asked] { host_.open(std::make_unique<TurnScreen>(host_, asked)); }));
    if (turn && (!known || (*board_)->appointments))
        ways.push_back(wayTo("appointment", host_.tr("appointment.ask"), "event", [this, asked] {
            host_.open(std::make_unique<AppointmentScreen>(host_, asked));
        }));
    return ways;
}

Views CityEntryScreen::procedureWays() {
    auto buttons = turnWays();
    if (catalogue::valueOf(values_, "apply"))
        buttons.push_back(wayTo("online", host_.tr("procedure.online"), "language",
                                [this] { host_.reveal(std::string("code.") + "apply"); }));
    buttons.push_back(wayTo("look_up", host_.tr("procedure.look_up"), "folder_shared",
                            [this] { host_.open(std::make_unique<DossierScreen>(host_)); }));
    return {grid(2, std::move(buttons), {.minWidth = 380}), officeHere()};
}

}  // namespace tram::screens
