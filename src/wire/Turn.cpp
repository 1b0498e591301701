#include "wire/Turn.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "wire/Json.h"
#include "wire/Members.h"

namespace tram::wire {
namespace {

using base::Result;
using nlohmann::json;

constexpr std::size_t kMaxBoard = 256 * 1024, kMaxTicket = 16 * 1024, kMaxTurnLine = 512, kMaxDesks = 60,
                      kMaxProcedures = 400, kMaxTurnDays = 60, kMaxNumber = 16, kMaxVisit = 256;
constexpr std::int64_t kMostWaiting = 100'000, kMostMinutes = 24 * 60;

bool isTurnHalf(std::string_view text) {
    return halfDayFrom(text).has_value();
}

bool isRefusal(std::string_view text) {
    return text == name(TurnRefusal::Closed) || text == name(TurnRefusal::NoneLeft);
}

void addCount(json& object, const char* key, const std::optional<int>& value) {
    if (value) object[key] = *value;
}

std::optional<int> count(Members& members, const char* key, std::int64_t most) {
    if (!members.has(key)) return std::nullopt;
    return static_cast<int>(members.integer(key, 0, most));
}

json toJsonValue(const TurnDesk& desk) {
    json value = {{"id", desk.id}, {"name", desk.name}, {"open", desk.open}};
    if (!desk.procedures.empty()) value["procedures"] = desk.procedures;
    addIfAny(value, "opens", desk.opens);
    addCount(value, "waiting", desk.waiting);
    addCount(value, "left", desk.left);
    addCount(value, "minutes", desk.minutes);
    return value;
}

TurnDesk readDesk(const json& value, Members& parent) {
    Members members(value);
    TurnDesk desk;
    desk.id = members.text("id", kLongestEntryId, isOfficeId);
    desk.name = members.text("name", kMaxTurnLine, isNotEmpty);
    desk.open = members.flag("open");
    if (members.has("procedures"))
        for (const json& one : members.array("procedures", 0, kMaxProcedures)) {
            const auto* text = one.get_ptr<const std::string*>();
            if (text && text->size() <= kLongestEntryId)
                desk.procedures.push_back(*text);
            else
                members.refuse("procedures");
        }
    desk.opens = members.optionalText("opens", 5, isClock);
    desk.waiting = count(members, "waiting", kMostWaiting);
    desk.left = count(members, "left", kMostWaiting);
    desk.minutes = count(members, "minutes", kMostMinutes);
    parent.adopt(members.finishLeniently());
    return desk;
}

json toJsonValue(const TurnDay& day) {
    json halves = json::array();
    if (day.morning) halves.push_back(name(HalfDay::Morning));
    if (day.afternoon) halves.push_back(name(HalfDay::Afternoon));
    return {{"day", day.day}, {"halves", std::move(halves)}};
}

TurnDay readDay(const json& value, Members& parent) {
    Members members(value);
    TurnDay day{members.text("day", 10, isDate)};
    for (const json& one : members.array("halves", 0, 2)) {
        const auto* text = one.get_ptr<const std::string*>();
        if (!text || !isTurnHalf(*text)) {
            members.refuse("halves");
            continue;
        }
        (*halfDayFrom(*text) == HalfDay::Morning ? day.morning : day.afternoon) = true;
    }
    parent.adopt(members.finishLeniently());
    return day;
}

json toJsonValue(const TurnTicket& ticket) {
    json value = {{"id", ticket.id},     {"office", ticket.office}, {"desk_id", ticket.deskId},
                  {"desk", ticket.desk}, {"number", ticket.number}, {"taken_at", ticket.takenAt},
                  {"over", ticket.over}, {"source", ticket.source}, {"as_of", ticket.asOf}};
    addIfAny(value, "office_name", ticket.officeName);
    addCount(value, "ahead", ticket.ahead);
    addCount(value, "minutes", ticket.minutes);
    addIfAny(value, "visit", ticket.visit);
    return value;
}

TurnTicket readTicket(Members& members) {
    TurnTicket ticket;
    ticket.id = members.text("id", 36, isUuid);
    ticket.office = members.text("office", kLongestEntryId, isOfficeId);
    ticket.deskId = members.text("desk_id", kLongestEntryId, isOfficeId);
    ticket.officeName = members.optionalText("office_name", kMaxTurnLine);
    ticket.desk = members.text("desk", kMaxTurnLine, isNotEmpty);
    ticket.number = members.text("number", kMaxNumber, isToken);
    ticket.ahead = count(members, "ahead", kMostWaiting);
    ticket.minutes = count(members, "minutes", kMostMinutes);
    ticket.takenAt = members.text("taken_at", 40, isRfc3339);
    ticket.over = members.flag("over");
    ticket.visit = members.optionalText("visit", kMaxVisit, isToken);
    ticket.source = members.text("source", 256);
    ticket.asOf = members.text("as_of", 40, isRfc3339);
    return ticket;
}

}  // namespace

std::string_view name(HalfDay half) {
    return half == HalfDay::Morning ? "morning" : "afternoon";
}

std::optional<HalfDay> halfDayFrom(std::string_view text) {
    if (text == "morning") return HalfDay::Morning;
    return text == "afternoon" ? std::optional(HalfDay::Afternoon) : std::nullopt;
}

std::string_view name(TurnRefusal refusal) {
    return refusal == TurnRefusal::Closed ? "closed" : "none_left";
}

bool isOfficeId(std::string_view text) {
    return isEntryId(text) && text.size() <= kLongestEntryId;
}

bool isClock(std::string_view text) {
    const auto digit = [&](std::size_t at) { return '0' <= text[at] && text[at] <= '9'; };
    if (text.size() != 5 || text[2] != ':' || !digit(0) || !digit(1) || !digit(3) || !digit(4)) return false;
    return text.substr(0, 2) < "24" && text.substr(3) < "60";
}

bool TurnDesk::serves(const std::string& id_, const std::string& code) const {
    return procedures.empty() || std::ranges::any_of(procedures, [&](const auto& one) {
               return one == id_ || (!code.empty() && one == code);
           });
}

std::string TurnBoard::toJson() const {
    json value = {{"office", office},      {"desks", json::array()}, {"appointments", appointments},
                  {"days", json::array()}, {"source", source},       {"as_of", asOf}};
    addIfAny(value, "name", name);
    addIfAny(value, "address", address);
    addIfAny(value, "hours", hours);
    for (const auto& desk : desks) value["desks"].push_back(toJsonValue(desk));
    for (const auto& day : days) value["days"].push_back(toJsonValue(day));
    return dumpJson(value);
}

Result<TurnBoard> TurnBoard::parse(std::string_view text) {
    const auto parsed = parseJson(text, kMaxBoard);
    if (!parsed) return tl::unexpected(parsed.error());
    Members members(*parsed);
    TurnBoard board;
    board.office = members.text("office", kLongestEntryId, isOfficeId);
    board.name = members.optionalText("name", kMaxTurnLine);
    board.address = members.optionalText("address", kMaxTurnLine);
    board.hours = members.optionalText("hours", kMaxTurnLine);
    for (const json& one : members.array("desks", 0, kMaxDesks))
        board.desks.push_back(readDesk(one, members));
    board.appointments = members.flag("appointments");
    for (const json& one : members.array("days", 0, kMaxTurnDays))
        board.days.push_back(readDay(one, members));
    board.source = members.text("source", 256);
    board.asOf = members.text("as_of", 40, isRfc3339);
    return members.finishLeniently().map([&] { return std::move(board); });
}

std::string TurnRequest::toJson() const {
    return dumpJson(json{{"v", 1}, {"id", id.text()}, {"desk", desk}});
}

Result<TurnRequest> TurnRequest::parse(std::string_view text) {
    const auto parsed = parseJson(text, kMaxBytes);
    if (!parsed) return tl::unexpected(parsed.error());
    Members members(*parsed);
    members.version(1);
    TurnRequest request{members.uuid("id"), members.text("desk", kLongestEntryId, isOfficeId)};
    return members.finish().map([&] { return std::move(request); });
}

std::string TurnTicket::toJson() const {
    return dumpJson(toJsonValue(*this));
}

Result<TurnTicket> TurnTicket::parse(std::string_view text) {
    const auto parsed = parseJson(text, kMaxTicket);
    if (!parsed) return tl::unexpected(parsed.error());
    Members members(*parsed);
    auto ticket = readTicket(members);
    return members.finishLeniently().map([&] { return std::move(ticket); });
}

std::string TurnAnswer::toJson() const {
    if (ticket) return dumpJson(json{{"ticket", toJsonValue(*ticket)}});
    json value = {{"refused", name(refusal)}};
    addIfAny(value, "opens", opens);
    return dumpJson(value);
}

Result<TurnAnswer> TurnAnswer::parse(std::string_view text) {
    const auto parsed = parseJson(text, kMaxTicket);
    if (!parsed) return tl::unexpected(parsed.error());
    Members members(*parsed);
    TurnAnswer answer;
    if (members.has("ticket")) {
        Members inner(members.object("ticket"));
        answer.ticket = readTicket(inner);
        members.adopt(inner.finishLeniently());
    } else {
        const auto word = members.text("refused", 16, isRefusal);
        answer.refusal = word == name(TurnRefusal::NoneLeft) ? TurnRefusal::NoneLeft : TurnRefusal::Closed;
        answer.opens = members.optionalText("opens", 5, isClock);
    }
    return members.finishLeniently().map([&] { return std::move(answer); });
}

}  // namespace tram::wire
