#include "gateway/commands/AlertText.h"

#include <ostream>
#include <sstream>

#include "base/VietnameseText.h"
#include "cap/Shapes.h"

namespace tram::gateway {
namespace {

std::string severityOf(const cap::Alert& alert) {
    auto severity = cap::Severity::Unknown;
    for (const auto& info : alert.infos) severity = std::min(severity, info.severity);
    return alert.infos.empty() ? "-" : std::string(cap::name(severity));
}

/// "2 infos: vi, en"
std::string languagesOf(const cap::Alert& alert) {
    auto text = std::to_string(alert.infos.size()) + (alert.infos.size() == 1 ? " info" : " infos");
    for (std::size_t i = 0; i < alert.infos.size(); ++i)
        text += (i == 0 ? ": " : ", ") + alert.infos[i].language;
    return text;
}

std::string peopleOf(const AlertStore::Row& row) {
    return (row.givenBy.empty() ? "" : "given by " + row.givenBy) +
           (row.decidedBy.empty() ? "" : " decided by " + row.decidedBy);
}

void field(std::ostream& out, const char* name, const std::string& value) {
    if (!value.empty()) out << name << ": " << base::clean(value) << '\n';
}

void moment(std::ostream& out, const char* name, const std::optional<base::WallTime>& time,
            const char* otherwise = "") {
    field(out, name, time ? cap::writeTime(*time) : otherwise);
}

void prose(std::ostream& out, const char* name, const std::string& text) {
    if (text.empty()) return;
    out << name << ":\n";
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) out << "  | " << base::clean(line) << '\n';
}

std::string shapesOf(const cap::Area& area) {
    std::ostringstream text;
    for (const auto& polygon : area.polygons) {
        auto south = polygon.front(), north = polygon.front();
        for (const auto& point : polygon) {
            south = {std::min(south.latitude, point.latitude), std::min(south.longitude, point.longitude)};
            north = {std::max(north.latitude, point.latitude), std::max(north.longitude, point.longitude)};
        }
        text << "; polygon of " << polygon.size() - 1 << " corners within " << south.latitude << ','
             << south.longitude << " and " << north.latitude << ',' << north.longitude;
    }
    for (const auto& circle : area.circles)
        text << "; " << circle.kilometres << " km around " << circle.centre.latitude << ','
             << circle.centre.longitude;
    for (const auto& code : area.geocodes) text << "; " << code.valueName << ' ' << code.value;
    return text.str();
}

void printInfo(std::ostream& out, const cap::Info& info) {
    field(out, "\nlanguage", info.language);
    field(out, "event", info.event);
    out << "urgency, severity, certainty: " << cap::name(info.urgency) << ", " << cap::name(info.severity)
        << ", " << cap::name(info.certainty) << '\n';
    moment(out, "effective", info.effective);
    moment(out, "onset", info.onset);
    moment(out, "expires", info.expires, "not said: after default_hours");
    field(out, "sender name", info.senderName);
    prose(out, "headline", info.headline);
    prose(out, "description", info.description);
    prose(out, "instruction", info.instruction);
    field(out, "contact", info.contact);
    field(out, "web", info.web);
    if (info.areas.empty()) field(out, "area", "not said: the whole city");
    for (const auto& area : info.areas) field(out, "area", area.description + shapesOf(area));
}

}  // namespace

void printLine(std::ostream& out, const AlertStore::Message& message) {
    const auto& alert = *message.alert;
    out << message.id << '\t' << name(message.state) << '\t' << cap::name(alert.status) << '\t'
        << cap::name(alert.msgType) << '\t' << severityOf(alert) << '\t' << message.source << '\t'
        << base::clean(alert.id.sender) << '\t' << base::clean(alert.id.identifier) << '\t'
        << cap::writeTime(alert.id.sent) << '\t' << languagesOf(alert) << '\t'
        << (alert.infos.empty() ? "" : base::clean(alert.infos[0].headline)) << '\t' << peopleOf(message)
        << '\n';
}

void printWhole(std::ostream& out, const AlertStore::Message& message) {
    const auto& alert = *message.alert;
    field(out, "id", message.id);
    field(out, "state", std::string(name(message.state)));
    field(out, "came by", message.source + (message.trusted ? ", trusted" : ""));
    field(out, "received", cap::writeTime(message.receivedAt));
    field(out, "given by", message.givenBy);
    field(out, "decided by", message.decidedBy);
    field(out, "sender", alert.id.sender);
    field(out, "identifier", alert.id.identifier);
    field(out, "sent", cap::writeTime(alert.id.sent));
    out << "status, type, scope: " << cap::name(alert.status) << ", " << cap::name(alert.msgType) << ", "
        << cap::name(alert.scope) << '\n';
    for (const auto& other : alert.references)
        field(out, "ends", other.sender + "," + other.identifier + "," + cap::writeTime(other.sent));
    field(out, "told", languagesOf(alert));
    for (const auto& info : alert.infos) printInfo(out, info);
}

}  // namespace tram::gateway
