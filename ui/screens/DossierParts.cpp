#include "ui/screens/DossierParts.h"

#include <algorithm>

#include "feedback/Receipt.h"
#include "qr/QrCode.h"
#include "ui/screens/Parts.h"
#include "ui/screens/Wording.h"

namespace tram::screens {

using namespace kit;
using dossier::Outlook;
using dossier::Timeline;
using wire::DossierState;
using wire::DossierStatus;

namespace {

constexpr double kPaymentCode = 300;  ///< of a QR code, quiet zone included

/// A source's words inside a sentence of ours: its stars set nothing in bold.
std::string unmarked(std::string text) {
    std::erase(text, '*');
    return text;
}

std::string dayOf(calendar::Day at) {
    return day(base::WallTime(at));
}

std::string money(const Host& host, std::int64_t dong) {
    return host.tr("city.money",
                   {{"amount", number(static_cast<std::size_t>(dong), host.session().language)}});
}

/// How far the promised day is, in working days: "còn 5 ngày làm việc".
std::string daysLeft(const Host& host, const Timeline& timeline) {
    if (!timeline.workingDays) return {};
    const int days = *timeline.workingDays;
    // On the free days right after the promised one nothing is late yet, and nothing is promised for today.
    const bool today = *timeline.promised == calendar::dayInCity(host.services().clock.wall());
    if (days == 0) return today ? host.tr("dossier.days.today") : std::string();
    const auto count = std::to_string(std::abs(days));
    if (days < 0)
        return host.tr(timeline.workingDaysRough ? "dossier.days.late_about" : "dossier.days.late",
                       {{"days", count}});
    return host.tr(timeline.workingDaysRough ? "dossier.days.left_about" : "dossier.days.left",
                   {{"days", count}});
}

std::string promise(const Host& host, const Timeline& timeline) {
    if (!timeline.promised) return {};
    const auto text = host.tr("dossier.promised", {{"day", dayOf(*timeline.promised)}});
    const auto left = daysLeft(host, timeline);
    return left.empty() ? text : text + ", " + left;
}

std::string toDoText(const Host& host, const DossierStatus& status, const Timeline& timeline) {
    if (!timeline.doBy) return host.tr("dossier.todo.some_day");
    const base::Words::Values values{{"day", dayOf(*timeline.doBy)}};
    if (timeline.doByOver) return host.tr("dossier.todo.over", values);
    if (status.state == DossierState::PapersAsked) return host.tr("dossier.todo.papers", values);
    if (status.state == DossierState::PaymentAsked) return host.tr("dossier.todo.payment", values);
    return host.tr("dossier.todo.by", values);
}

std::vector<std::string> taskLines(const Host& host, const DossierStatus& status, const Timeline& timeline) {
    std::vector<std::string> lines;
    const auto& task = *status.task;
    for (const auto& paper : task.papers)
        lines.push_back(host.tr("dossier.task.paper", {{"paper", unmarked(paper)}}));
    if (task.fee > 0) lines.push_back(host.tr("dossier.task.fee", {{"amount", money(host, task.fee)}}));
    if (!task.where.empty())
        lines.push_back(host.tr("dossier.task.where", {{"where", unmarked(task.where)}}));
    if (timeline.doBy && !timeline.doByOver)
        lines.push_back(host.tr("dossier.task.by", {{"day", dayOf(*timeline.doBy)}}));
    return lines;
}

/// What our own words can say where the source names no task.
std::vector<std::string> usualLines(const Host& host, const DossierStatus& status, const Timeline& timeline) {
    switch (timeline.outlook) {
        case Outlook::Waiting:
            return {host.tr("dossier.now.waiting")};
        case Outlook::Late:
            return {host.tr("dossier.now.late.1"), host.tr("dossier.now.late.2")};
        case Outlook::Ready:
            return {host.tr("dossier.now.ready.1"), host.tr("dossier.now.ready.2")};
        case Outlook::Closed:
            if (status.state == DossierState::HandedOver) return {host.tr("dossier.now.handed_over")};
            if (status.state == DossierState::Declined)
                return {host.tr("dossier.now.declined.1"), host.tr("dossier.now.declined.2")};
            break;
        case Outlook::ToDo:
        case Outlook::Untold:
            break;
    }
    return {host.tr("dossier.now.ask")};
}

/// One line stands alone; several are counted, so that one can say "I am at the second".
ViewRef numbered(const std::vector<std::string>& lines) {
    constexpr double kNumber = 56;
    if (lines.size() == 1) return paragraph(lines.front());
    Views rows;
    for (std::size_t at = 0; at < lines.size(); ++at)
        rows.push_back(row({sized(plainText(std::to_string(at + 1) + ".",
                                            {.role = Type::BodyStrong, .colour = Colour::Primary}),
                                  {.width = kNumber}),
                            grow(paragraph(lines[at]))},
                           {.gap = 0, .align = Align::Start, .flow = false}));
    return column(std::move(rows), {.gap = 14});
}

/// The source's own code, exactly as it came; whom the money goes to, the bank's app shows.
ViewRef paymentCode(const Host& host, const wire::DossierTask& task) {
    if (task.paymentQr.empty()) return nullptr;
    auto symbol = qr::QrCode::encode(task.paymentQr);
    if (!symbol) return nullptr;
    auto words = column({paragraph(host.tr("dossier.pay.scan"), {.role = Type::BodyStrong}),
                         paragraph(host.tr("dossier.pay.look"), {.role = Type::Small})},
                        {.gap = 12});
    return row(
        {kit::qr(std::move(*symbol), kPaymentCode, host.tr("dossier.pay.scan")), grow(std::move(words))},
        {.gap = 28});
}

std::string entryDetail(const Host& host, const Timeline& timeline, const Timeline::Entry& entry) {
    auto text = dayTime(entry.at);
    if (!entry.office.empty()) text += " · " + entry.office;
    if (entry.state == DossierState::Received && timeline.promised)
        text += " · " + host.tr("dossier.promised.short", {{"day", dayOf(*timeline.promised)}});
    return text;
}

}  // namespace

std::string dossierMeaning(const Host& host, const DossierStatus& status, const Timeline& timeline) {
    switch (timeline.outlook) {
        case Outlook::ToDo:
            return toDoText(host, status, timeline);
        case Outlook::Waiting:
        case Outlook::Late:
            if (timeline.promised) return promise(host, timeline);
            break;
        case Outlook::Ready:
        case Outlook::Closed:
        case Outlook::Untold:
            break;
    }
    return host.tr("dossier.explain." + std::string(wire::name(status.state)));
}

std::string dossierStateName(const Host& host, DossierState state, const std::string& said) {
    if (state == DossierState::Unknown && !said.empty()) return said;
    return host.tr("dossier.state." + std::string(wire::name(state)));
}

std::vector<std::string> dossierTaskLines(const Host& host, const DossierStatus& status,
                                          const Timeline& timeline) {
    auto lines = status.task ? taskLines(host, status, timeline) : std::vector<std::string>();
    return lines.empty() ? usualLines(host, status, timeline) : lines;
}

Mood moodOf(Outlook outlook, DossierState state) {
    switch (outlook) {
        case Outlook::ToDo:
        case Outlook::Late:
            return Mood::Warn;
        case Outlook::Ready:
            return Mood::Ok;
        case Outlook::Closed:
            return state == DossierState::HandedOver ? Mood::Ok : Mood::Warn;
        case Outlook::Waiting:
        case Outlook::Untold:
            break;
    }
    return Mood::Info;
}

const char* dossierIcon(DossierState state) {
    switch (state) {
        case DossierState::Registered:
            return "edit_calendar";
        case DossierState::Received:
            return "check";
        case DossierState::Declined:
            return "assignment_return";
        case DossierState::InProgress:
            return "autorenew";
        case DossierState::PapersAsked:
            return "assignment_late";
        case DossierState::PaymentAsked:
            return "payments";
        case DossierState::Withdrawn:
            return "undo";
        case DossierState::Stopped:
            return "block";
        case DossierState::Finished:
            return "assignment_turned_in";
        case DossierState::HandedOver:
            return "done_all";
        case DossierState::Unknown:
            break;
    }
    return "help_outline";
}

std::string plainState(const Host& host, const DossierStatus& status, Outlook outlook) {
    if (outlook == Outlook::Late) return host.tr("dossier.plain.late");
    if (status.state == DossierState::Unknown && !status.said.empty()) return status.said;
    return host.tr("dossier.plain." + std::string(wire::name(status.state)));
}

std::string dossierLink(const Host& host, const std::string& code) {
    return feedback::linkIn(host.session().language, host.services().station.publicUrl + "/h/" + code);
}

ViewRef dossierBanner(const Host& host, const DossierStatus& status, const Timeline& timeline) {
    return banner({.mood = moodOf(timeline.outlook, status.state),
                   .icon = dossierIcon(status.state),
                   .title = plainState(host, status, timeline.outlook),
                   .text = dossierMeaning(host, status, timeline),
                   .id = "state"});
}

ViewRef dossierTask(const Host& host, const DossierStatus& status, const Timeline& timeline) {
    Views parts{paragraph(host.tr("dossier.task"), {.role = Type::Title, .heading = true}),
                numbered(dossierTaskLines(host, status, timeline)),
                status.task ? paymentCode(host, *status.task) : nullptr};
    std::erase(parts, nullptr);
    auto view = card(column(std::move(parts), {.gap = 16}));
    view->id = "task";
    return view;
}

ViewRef dossierCourse(const Host& host, const Timeline& timeline) {
    if (timeline.entries.empty()) return nullptr;
    std::vector<TimelineEntry> entries;
    for (const auto& entry : timeline.entries)
        entries.push_back({dossierIcon(entry.state), dossierStateName(host, entry.state, entry.said),
                           entryDetail(host, timeline, entry),
                           entries.empty() ? moodOf(timeline.outlook, entry.state) : Mood::Ok});
    return card(column({paragraph(host.tr("dossier.course"), {.role = Type::Title, .heading = true}),
                        kit::timeline(std::move(entries))}));
}

ViewRef dossierFacts(const Host& host, const DossierStatus& status, const Timeline& timeline) {
    std::vector<Fact> rows;
    const auto fact = [&](const char* key, const std::string& value) {
        if (!value.empty()) rows.push_back({host.tr(key), value});
    };
    std::string way;
    if (status.way == wire::DossierWay::Counter) way = host.tr("dossier.way.counter");
    if (status.way == wire::DossierWay::Online) way = host.tr("dossier.way.online");
    if (status.way == wire::DossierWay::Post) way = host.tr("dossier.way.post");
    if (timeline.received)
        fact("dossier.fact.received", day(*timeline.received) + (way.empty() ? way : " · " + way));
    fact("dossier.fact.office", status.office);
    if (timeline.promised) {
        const auto left = daysLeft(host, timeline);
        fact("dossier.fact.promised", dayOf(*timeline.promised) + (left.empty() ? left : " · " + left));
    }
    if (timeline.finished) fact("dossier.fact.finished", day(*timeline.finished));
    if (rows.empty()) return nullptr;
    return card(facts(std::move(rows)));
}

}  // namespace tram::screens
