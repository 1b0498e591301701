#include "calendar/WorkingDays.h"
#include "feedback/Receipt.h"
#include "ui/screens/AppointmentScreen.h"
#include "ui/screens/OfficeHours.h"
#include "ui/screens/PaperSheets.h"
#include "ui/screens/Parts.h"
#include "ui/screens/PrintScreen.h"
#include "ui/screens/ReceiptParts.h"
#include "ui/screens/Wording.h"

namespace tram::screens {

using namespace kit;
using turn::AppointmentReceipt;
using wire::AppointmentState;
using wire::AppointmentStatus;

namespace {

constexpr double kReceiptCode = 320;

/// Confirmed: its day and time; else what was wished, and what happens next.
std::string meaning(const Host& host, const AppointmentStatus& status) {
    const bool confirmed = status.state == AppointmentState::Confirmed;
    const auto half = host.tr("appointment.half." + std::string(wire::name(status.half)));
    auto text = host.tr("appointment.what." + std::string(wire::name(status.state)),
                        {{"day", weekdayAndDay(host, confirmed ? status.confirmedDay : status.day)},
                         {"time", status.confirmedTime.empty() ? half : status.confirmedTime}});
    if (status.reason.empty()) return text;
    return host.tr("appointment.reason", {{"reason", status.reason}}) + "\n" + text;
}

}  // namespace

std::string weekdayAndDay(const Host& host, const std::string& text) {
    const auto day = calendar::dayFrom(text);
    if (!day) return text;
    const auto weekday = std::chrono::weekday(*day).iso_encoding();
    return unbroken(host.tr("weekday." + std::to_string(weekday))) + " " + calendar::shown(text);
}

std::string appointmentLink(const Host& host, const std::string& code) {
    return feedback::linkIn(host.session().language, host.services().station.publicUrl + "/hen/" + code);
}

std::string appointmentIcon(AppointmentState state) {
    if (state == AppointmentState::Confirmed) return "event_available";
    return state == AppointmentState::Refused || state == AppointmentState::Withdrawn ? "event_busy"
                                                                                      : "schedule";
}

Mood appointmentMood(AppointmentState state) {
    if (state == AppointmentState::Confirmed) return Mood::Ok;
    return state == AppointmentState::Refused || state == AppointmentState::Withdrawn ? Mood::Warn
                                                                                      : Mood::Info;
}

ViewRef appointmentBanner(const Host& host, const AppointmentStatus& status) {
    return banner({.mood = appointmentMood(status.state),
                   .icon = appointmentIcon(status.state),
                   .title = host.tr("appointment.state." + std::string(wire::name(status.state))),
                   .text = meaning(host, status),
                   .id = "state"});
}

ViewRef appointmentFacts(const Host& host, const AppointmentStatus& status) {
    std::vector<Fact> rows;
    const auto fact = [&](const char* key, const std::string& value) {
        if (!value.empty()) rows.push_back({host.tr(key), value});
    };
    fact("follow.status.code", base::TrackingCode::group(status.trackingCode));
    fact("appointment.fact.errand", status.procedureName);
    fact("appointment.fact.office", wardName(host.services(), status.office));
    fact("appointment.fact.hours", officeHours(host, status.office).words);
    fact("appointment.fact.wished", weekdayAndDay(host, status.day) + ", " +
                                        host.tr("appointment.half." + std::string(wire::name(status.half))));
    fact("appointment.fact.desk", status.desk);
    return card(kit::facts(std::move(rows)));
}

Page AppointmentScreen::receiptPage(const AppointmentReceipt& receipt) {
    const auto code = receipt.code.grouped();
    const bool answered = receipt.answered();
    const char* headKey = !receipt.stuck.empty() && !receipt.gatewayAt ? "appointment.receipt.stuck"
                          : answered                                   ? nullptr
                          : receipt.gatewayAt                          ? "appointment.receipt.gateway"
                          : host_.online()                             ? "appointment.receipt.sending"
                                                                       : "appointment.receipt.offline";
    auto head =
        answered
            ? appointmentBanner(host_, *receipt.status)
            : banner({.mood = headKey == std::string("appointment.receipt.gateway") ? Mood::Ok : Mood::Info,
                      .icon = receipt.gatewayAt ? "cloud_done" : "schedule_send",
                      .title = host_.tr("appointment.receipt.title"),
                      .text = host_.tr(headKey),
                      .id = "state"});
    auto truthsView = truths(
        {{host_.tr("receipt.truth.kept"), clockTime(receipt.keptAt), TruthState::Done, "", "truth.kept"},
         {host_.tr(receipt.gatewayAt ? "receipt.truth.gateway" : "receipt.truth.gateway.not"),
          receipt.gatewayAt ? clockTime(*receipt.gatewayAt) : "",
          receipt.gatewayAt ? TruthState::Done : TruthState::Waiting, "", "truth.gateway"},
         {host_.tr(answered ? "appointment.truth." + std::string(wire::name(receipt.status->state))
                            : "appointment.truth.waiting"),
          "",
          answered            ? TruthState::Done
          : receipt.gatewayAt ? TruthState::Waiting
                              : TruthState::Ahead,
          "", "truth.answered"}},
        largeText(host_));
    auto words = column(
        {paragraph(host_.tr("receipt.code"), {.role = Type::Caption, .colour = Colour::Muted}),
         paragraph(code, {.role = Type::Code, .least = 0.7, .id = "receipt.code", .spoken = code}),
         paragraph(host_.tr("appointment.receipt.follow"), {.role = Type::Caption, .colour = Colour::Muted})},
        {.gap = 16});
    auto codes = card(row({qrCard(appointmentLink(host_, receipt.code.symbols()), kReceiptCode,
                                  host_.tr("appointment.receipt.qr")),
                           grow(std::move(words))},
                          {.gap = 32}));
    auto about = card(kit::facts(facts(false)));
    auto source = receipt.status ? sourceLine(host_, receipt.status->source, receipt.status->asOf) : nullptr;
    Views rows;
    if (!host_.theme().portrait() && !largeText(host_))
        rows = {row({grow(column({head, truthsView, about})), grow(column({codes, source}))},
                    {.gap = 40, .align = Align::Start, .even = true})};
    else
        rows = {head, codes, truthsView, about, source};
    Page page{.content = body(host_, "page.receipt", std::move(rows)),
              .staff = !receipt.stuck.empty() && !receipt.gatewayAt};
    receiptButtons(host_, page, seen_, printButton(host_, [this] {
                       const auto& kept = *flow_.receipt();
                       return appointmentSheet(host_, kept.code, errand_.title, {errand_.office, place()},
                                               flow_.day(), *flow_.half(), kept.status);
                   }));
    return page;
}

}  // namespace tram::screens
