#include "ui/screens/PaperSheets.h"

#include "catalogue/ValueWords.h"
#include "ui/screens/AppointmentScreen.h"
#include "ui/screens/DossierParts.h"
#include "ui/screens/EntryWords.h"
#include "ui/screens/OfficeHours.h"
#include "ui/screens/Parts.h"
#include "ui/screens/Wording.h"

namespace tram::screens {

using catalogue::FieldType;
using catalogue::FieldValue;

namespace {

/// Paper knows no bold within a line.
std::string plain(std::string text) {
    std::erase(text, '*');
    return text;
}

void endWith(paper::Sheet& sheet, const Host& host, const std::string& source, const std::string& asOf) {
    sheet.blocks.push_back(paper::Rule{});
    sheet.blocks.push_back(paper::Small{
        host.tr("follow.status.source", {{"source", sourceName(host, source)}, {"time", dayTime(asOf)}})});
}

std::vector<std::string> plain(std::vector<std::string> lines) {
    for (auto& line : lines) line = plain(std::move(line));
    return lines;
}

void addSection(paper::Sheet& sheet, const Host& host, const catalogue::Section& section,
                const std::vector<FieldValue>& values) {
    const auto& language = host.session().language;
    paper::Rows rows;
    std::vector<paper::Block> lists;
    for (const auto& id : section.fields) {
        const auto* value = catalogue::valueOf(values, id);
        if (!value) continue;
        const auto& field = *value->field;
        if (field.type == FieldType::List)
            lists.push_back(paper::Items{
                field.checklist ? paper::Items::Mark::Box : paper::Items::Mark::Number, value->lines});
        else if (field.type == FieldType::Prose)
            lists.push_back(paper::Paragraph{valueText(host, *value)});
        else
            rows.rows.push_back({field.label.in(language), valueText(host, *value)});
    }
    if (rows.rows.empty() && lists.empty()) return;
    sheet.blocks.push_back(paper::Heading{section.title.in(language)});
    for (auto& list : lists) sheet.blocks.push_back(std::move(list));
    if (!rows.rows.empty()) sheet.blocks.push_back(std::move(rows));
}

}  // namespace

paper::Sheet sheetFromHere(const Host& host) {
    const auto& services = host.services();
    // Filled in once it is known how many there are (paper/Sheet.h).
    paper::Sheet sheet{.pageLabel = host.tr("paper.page", {{"page", "{page}"}, {"pages", "{pages}"}})};
    sheet.blocks.push_back(
        paper::Small{host.tr("paper.from", {{"ward", wardName(services, services.station.wardCode)},
                                            {"station", services.station.stationName},
                                            {"time", dayTime(services.clock.wall())}})});
    return sheet;
}

paper::Sheet dossierSheet(const Host& host, const wire::DossierStatus& status,
                          const dossier::Timeline& timeline) {
    auto sheet = sheetFromHere(host);
    auto& blocks = sheet.blocks;
    blocks.push_back(paper::Title{status.procedure});
    blocks.push_back(paper::Code{status.code, host.tr("dossier.code.label")});
    blocks.push_back(paper::Heading{plainState(host, status, timeline.outlook)});
    blocks.push_back(paper::Paragraph{plain(dossierMeaning(host, status, timeline))});
    blocks.push_back(paper::Heading{host.tr("dossier.task")});
    blocks.push_back(
        paper::Items{paper::Items::Mark::Number, plain(dossierTaskLines(host, status, timeline))});
    if (!timeline.entries.empty()) {
        paper::Rows rows;
        for (const auto& entry : timeline.entries) {
            auto told = dossierStateName(host, entry.state, entry.said);
            if (!entry.office.empty()) told += " · " + entry.office;
            rows.rows.push_back({dayTime(entry.at), std::move(told)});
        }
        blocks.push_back(paper::Heading{host.tr("dossier.course")});
        blocks.push_back(std::move(rows));
    }
    blocks.push_back(paper::Qr{dossierLink(host, status.code), host.tr("paper.dossier.qr")});
    endWith(sheet, host, status.source, status.asOf);
    return sheet;
}

namespace {

/// What was sent, under its title, with the code it is followed by.
paper::Sheet followed(const Host& host, const feedback::Receipt& receipt, const std::string& sheetTitle,
                      const std::string& label, const std::string& what) {
    auto sheet = sheetFromHere(host);
    auto& blocks = sheet.blocks;
    blocks.push_back(paper::Title{sheetTitle});
    blocks.push_back(paper::Code{receipt.code.grouped(), host.tr("receipt.code")});
    if (!what.empty()) blocks.push_back(paper::Rows{{{label, what}}});
    blocks.push_back(paper::Qr{feedback::linkIn(host.session().language, receipt.phoneUrl),
                               plain(host.tr("receipt.scan"))});
    blocks.push_back(paper::Small{host.tr("paper.receipt.keep")});
    return sheet;
}

}  // namespace

paper::Sheet receiptSheet(const Host& host, const feedback::Receipt& receipt, const std::string& field) {
    return followed(host, receipt, host.tr("paper.receipt.title"), host.tr("feedback.check.field"), field);
}

paper::Sheet rightSheet(const Host& host, const feedback::Receipt& receipt, const std::string& right) {
    return followed(host, receipt, host.tr("paper.right.title"), host.tr("rights.check.right"), right);
}

paper::Sheet checklistSheet(const Host& host, const catalogue::Kind& kind, const content::City::Item& item,
                            const std::vector<FieldValue>& values) {
    auto sheet = sheetFromHere(host);
    sheet.blocks.push_back(paper::Title{item.entry.title});
    for (const auto& section : kind.sections) addSection(sheet, host, section, values);
    endWith(sheet, host, item.about->source, item.about->asOf);
    return sheet;
}

namespace {

/// Only where they are known.
void addHours(paper::Rows& rows, const Host& host, const std::string& office) {
    const auto hours = officeHours(host, office);
    if (!hours.words.empty()) rows.rows.push_back({host.tr("appointment.fact.hours"), hours.words});
}

}  // namespace

paper::Sheet ticketSheet(const Host& host, const wire::TurnTicket& ticket) {
    auto sheet = sheetFromHere(host);
    auto& blocks = sheet.blocks;
    blocks.push_back(paper::Code{ticket.number, host.tr("turn.number")});
    blocks.push_back(paper::Title{ticket.desk});
    if (!ticket.officeName.empty()) blocks.push_back(paper::Paragraph{ticket.officeName});
    paper::Rows rows{{{host.tr("paper.ticket.taken"), dayTime(ticket.takenAt)},
                      {host.tr("paper.ticket.wait"), plain(aheadText(host, ticket))}}};
    addHours(rows, host, ticket.office);
    blocks.push_back(std::move(rows));
    blocks.push_back(paper::Paragraph{plain(host.tr("turn.listen"))});
    blocks.push_back(paper::Qr{ticketLink(host, ticket), plain(host.tr("turn.phone"))});
    if (!ticket.visit.empty())
        blocks.push_back(paper::Qr{visitLink(host, ticket), plain(host.tr("paper.ticket.rate"))});
    endWith(sheet, host, ticket.source, ticket.asOf);
    return sheet;
}

paper::Sheet appointmentSheet(const Host& host, const base::TrackingCode& code, const std::string& errand,
                              const OfficeOnPaper& office, const std::string& day, wire::HalfDay half,
                              const std::optional<wire::AppointmentStatus>& status) {
    auto sheet = sheetFromHere(host);
    auto& blocks = sheet.blocks;
    blocks.push_back(paper::Title{host.tr("paper.appointment.title")});
    blocks.push_back(paper::Code{code.grouped(), host.tr("receipt.code")});
    paper::Rows rows;
    if (!errand.empty()) rows.rows.push_back({host.tr("appointment.fact.errand"), errand});
    rows.rows.push_back({host.tr("appointment.fact.office"), office.place});
    addHours(rows, host, office.id);
    const bool confirmed = status && status->state == wire::AppointmentState::Confirmed;
    if (confirmed) {
        rows.rows.push_back({host.tr("appointment.state.confirmed"),
                             weekdayAndDay(host, status->confirmedDay) +
                                 (status->confirmedTime.empty() ? "" : ", " + status->confirmedTime)});
        if (!status->desk.empty()) rows.rows.push_back({host.tr("appointment.fact.desk"), status->desk});
    }
    rows.rows.push_back(
        {host.tr("appointment.fact.wished"),
         weekdayAndDay(host, day) + ", " + host.tr("appointment.half." + std::string(wire::name(half)))});
    blocks.push_back(std::move(rows));
    blocks.push_back(
        paper::Qr{appointmentLink(host, code.symbols()), plain(host.tr("appointment.receipt.qr"))});
    blocks.push_back(paper::Small{host.tr("paper.appointment.keep")});
    return sheet;
}

}  // namespace tram::screens
