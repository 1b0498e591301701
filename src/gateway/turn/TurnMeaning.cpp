// What a queue's JSON means, once the mapping is known.
#include <nlohmann/json.hpp>

#include "calendar/WorkingDays.h"
#include "gateway/turn/TurnMapping.h"

namespace tram::gateway {

using nlohmann::json;

namespace {

constexpr std::size_t kMostItems = 1000;

std::string text(const json& value, const std::string& pointer) {
    return pointer.empty() ? "" : textAt(value, pointer);
}

template <class Take>
void each(const json& value, const std::string& pointer, Take take) {
    const json& list = pointer.empty() ? json() : at(value, pointer);
    for (std::size_t i = 0; list.is_array() && i < list.size() && i < kMostItems; ++i) take(list[i]);
}

}  // namespace

wire::TurnDesk TurnMapping::readDesk(const json& value) const {
    wire::TurnDesk one;
    one.id = text(value, desk.id);
    one.name = text(value, desk.name);
    one.open = truthAt(value, desk.open);
    one.opens = text(value, desk.opens);
    one.waiting = countAt(value, desk.waiting);
    one.left = countAt(value, desk.left);
    one.minutes = countAt(value, desk.minutes);
    each(value, desk.procedures, [&](const json& each) { one.procedures.push_back(textAt(each, "")); });
    return one;
}

std::optional<wire::TurnBoard> TurnMapping::readBoard(const json& value) const {
    if (!at(value, board.desks).is_array()) return std::nullopt;
    wire::TurnBoard all;
    all.name = text(value, board.name);
    all.address = text(value, board.address);
    all.hours = text(value, board.hours);
    each(value, board.desks, [&](const json& each) { all.desks.push_back(readDesk(each)); });
    all.appointments =
        !request.url.empty() && (board.appointments.empty() || truthAt(value, board.appointments));
    if (all.appointments)
        each(value, board.days, [&](const json& each) {
            all.days.push_back({dayAt(each, day.day), day.morning.empty() || truthAt(each, day.morning),
                                day.afternoon.empty() || truthAt(each, day.afternoon)});
        });
    return all;
}

std::optional<wire::TurnAnswer> TurnMapping::readTicket(const json& value) const {
    wire::TurnTicket one;
    one.number = text(value, ticket.number);
    const auto why = text(value, ticket.refused);
    wire::TurnAnswer answer;
    if (!why.empty() && (why == closedWord || why == noneWord)) {
        answer.refusal = why == noneWord ? wire::TurnRefusal::NoneLeft : wire::TurnRefusal::Closed;
        return answer;
    }
    if (one.number.empty()) return std::nullopt;
    one.desk = text(value, ticket.desk);
    one.ahead = countAt(value, ticket.ahead);
    one.minutes = countAt(value, ticket.minutes);
    answer.ticket = std::move(one);
    return answer;
}

TurnSource::Now TurnMapping::readNow(const json& value) const {
    return {countAt(value, now.ahead), countAt(value, now.minutes), truthAt(value, now.over)};
}

std::optional<AppointmentStanding> TurnMapping::readStanding(const json& value) const {
    const auto known = states.find(text(value, standing.state));
    if (known == states.end()) return std::nullopt;
    return AppointmentStanding{known->second, dayAt(value, standing.day), text(value, standing.time),
                               text(value, standing.desk), text(value, standing.reason)};
}

}  // namespace tram::gateway
