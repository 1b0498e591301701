#include <algorithm>

#include "base/VietnameseText.h"
#include "calendar/WorkingDays.h"
#include "gateway/turn/TurnHall.h"
#include "wire/Members.h"

namespace tram::gateway {
namespace {

constexpr std::size_t kMostLine = 512, kMostDesks = 60, kMostDays = 60, kMostProcedures = 400,
                      kMostNumber = 16, kMostId = 64;
constexpr int kMostWaiting = 100'000, kMostMinutes = 24 * 60;

void count(std::optional<int>& value, int most) {
    if (value && (*value < 0 || *value > most)) value.reset();
}

void tidyDesk(wire::TurnDesk& desk) {
    desk.name = tidyLine(desk.name);
    if (!wire::isClock(desk.opens)) desk.opens.clear();
    count(desk.waiting, kMostWaiting);
    count(desk.left, kMostWaiting);
    count(desk.minutes, kMostMinutes);
    std::erase_if(desk.procedures, [](const auto& one) { return one.empty() || one.size() > kMostId; });
    if (desk.procedures.size() > kMostProcedures) desk.procedures.resize(kMostProcedures);
}

}  // namespace

std::string tidyLine(const std::string& text) {
    auto line = base::clean(text);
    while (line.size() > kMostLine)
        line = base::firstCharacters(line, base::characters(line) * kMostLine / (line.size() + 1));
    return line;
}

bool isDayToCome(const std::string& text, base::WallTime now) {
    const auto day = calendar::dayFrom(text);
    const auto today = calendar::dayInCity(now);
    return day && *day >= today && *day <= today + kFarthestDay;
}

void makeTidy(wire::TurnBoard& board, base::WallTime now) {
    board.name = tidyLine(board.name);
    board.address = tidyLine(board.address);
    board.hours = tidyLine(board.hours);
    board.source = base::firstCharacters(tidyLine(board.source), 64);
    for (auto& desk : board.desks) tidyDesk(desk);
    std::erase_if(board.desks,
                  [](const auto& desk) { return !wire::isOfficeId(desk.id) || desk.name.empty(); });
    if (board.desks.size() > kMostDesks) board.desks.resize(kMostDesks);
    std::erase_if(board.days, [&](const auto& one) {
        return !isDayToCome(one.day, now) || (!one.morning && !one.afternoon);
    });
    std::ranges::sort(board.days, {}, &wire::TurnDay::day);
    if (board.days.size() > kMostDays) board.days.resize(kMostDays);
    base::WallTime at{};
    if (!base::fromRfc3339(board.asOf, at) || at > now) board.asOf = base::toRfc3339(now);
}

void makeTidy(wire::TurnTicket& ticket) {
    ticket.desk = tidyLine(ticket.desk);
    ticket.officeName = tidyLine(ticket.officeName);
    if (!wire::isToken(ticket.number) || ticket.number.size() > kMostNumber) ticket.number.clear();
    count(ticket.ahead, kMostWaiting);
    count(ticket.minutes, kMostMinutes);
}

}  // namespace tram::gateway
