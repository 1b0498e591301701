#include <algorithm>

#include "base/VietnameseText.h"
#include "calendar/WorkingDays.h"
#include "gateway/dossier/DossierDesk.h"

namespace tram::gateway {
namespace {

using wire::DossierEvent;
using wire::DossierState;
using namespace std::chrono;

constexpr std::size_t kMostLine = 512, kMostProcedureCode = 64, kMostQr = 1024, kMostPapers = 40,
                      kMostEvents = 200;
constexpr std::int64_t kMostFee = 1'000'000'000'000;
constexpr sys_days kFirst = 1990y / January / 1;
constexpr days kSkew{1}, kFarthest{366 * 20};

void line(std::string& text, std::size_t most = kMostLine) {
    text = base::clean(text);
    while (text.size() > most)
        text = base::firstCharacters(text, base::characters(text) * most / (text.size() + 1));
}

bool canBe(const std::string& time, base::WallTime now) {
    base::WallTime at{};
    return base::fromRfc3339(time, at) && at >= kFirst && at <= now + kSkew;
}

void time(std::string& text, base::WallTime now) {
    if (!canBe(text, now)) text.clear();
}

void day(std::string& text, base::WallTime now) {
    const auto day = calendar::dayFrom(text);
    if (!day || *day < kFirst || *day > calendar::dayInCity(now) + kFarthest) text.clear();
}

base::WallTime timeOf(const DossierEvent& event) {
    base::WallTime at{};
    base::fromRfc3339(event.at, at);
    return at;
}

/// What it says of an unknown state is needed there alone.
void said(DossierState state, std::string& text) {
    if (state == DossierState::Unknown)
        line(text);
    else
        text.clear();
}

void tidyEvents(std::vector<DossierEvent>& events, base::WallTime now) {
    std::erase_if(events, [&](const auto& event) { return !canBe(event.at, now); });
    std::vector<DossierEvent> sorted;
    for (auto& event : events) {
        line(event.office);
        said(event.state, event.said);
        const auto at = timeOf(event);
        auto after = sorted.end();
        while (after != sorted.begin() && timeOf(*std::prev(after)) > at) --after;
        sorted.insert(after, std::move(event));
        if (sorted.size() > kMostEvents) sorted.erase(sorted.begin());
    }
    events = std::move(sorted);
}

/// A payment's QR is what it is: cut it would pay somebody else.
void tidyTask(wire::DossierTask& task, base::WallTime now) {
    day(task.by, now);
    for (auto& paper : task.papers) line(paper);
    std::erase(task.papers, "");
    if (task.papers.size() > kMostPapers) task.papers.resize(kMostPapers);
    if (task.fee < 0 || task.fee > kMostFee) task.fee = 0;
    const bool odd =
        std::ranges::any_of(task.paymentQr, [](unsigned char c) { return c < 0x20 || c == 0x7f; });
    if (odd || task.paymentQr.size() > kMostQr || !base::isUtf8(task.paymentQr)) task.paymentQr.clear();
    line(task.where);
}

bool isEmpty(const wire::DossierTask& task) {
    return task.by.empty() && task.papers.empty() && task.fee == 0 && task.paymentQr.empty() &&
           task.where.empty();
}

}  // namespace

void makeTidy(wire::DossierStatus& status, base::WallTime now) {
    line(status.procedure);
    line(status.procedureCode, kMostProcedureCode);
    said(status.state, status.said);
    line(status.office);
    time(status.received, now);
    time(status.finished, now);
    day(status.promised, now);
    tidyEvents(status.events, now);
    if (status.task) tidyTask(*status.task, now);
    if (status.task && isEmpty(*status.task)) status.task.reset();
}

}  // namespace tram::gateway
